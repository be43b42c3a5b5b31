"""Labels: the marks that number the points of a list and the notes of a document."""

from __future__ import annotations

import re

from docproc.dataclass_on_use import dataclass
from docproc.text.patterns import compile_on_use

_ROMAN = r"(?=[ivxlc])(?:x[cl]|l?x{0,3})(?:i[xv]|v?i{0,3})"
_LIST = compile_on_use(
    rf"""
    (?P<mark>
        \(? (?P<number> \d{{1,3}} (?:\.\d{{1,3}}){{0,3}} )
        (?: \) | \.\) | \.(?!\d) | \s?°(?=\s) )
      | [(] (?P<bracketed> {_ROMAN} | [a-zа-яё] ) [)]
      | (?P<letter> {_ROMAN} | [a-zа-яё] ) [)]
      | §\ ?(?P<section> \d{{1,3}} ) \.?
      | (?P<bullet> [-–—•·▪] | \*(?!\s?\*) )
    )
    (?=\s)
    """,
    re.VERBOSE,
)
_FORMS = ("number", "bracketed", "letter", "section", "bullet")
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_NOTE = compile_on_use(
    r"""
    (?: [\[{] (?P<square> \d{1,3} | \*{1,4} | (?<=\[) [a-zа-яё] ) [\]}] \s*
      | (?P<super> [⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3} ) \s*
      | \( (?P<round> \d{1,3} | \*{1,4} | [a-zа-яё] ) \) \s+
      | (?P<closed> \d{1,3} | \*{1,4} | [a-zа-яё] ) \) \s*
      | (?P<dotted> \d{1,3} ) \s?\. \s+
      | (?! (?P<emphasis> \*{1,3} ) [^\s*] [^*\n]{0,400} (?P=emphasis) )
        (?! (?P<ornament> \*{1,4} ) [ ] [^*\n]{1,200} (?P=ornament) \s* (?:\n|\Z) )
        (?P<star> \*{1,4} | † | ‡ ) \s* (?![_*])
      | (?P<bare> \d{1,3} ) \s+
    )
    (?=\S)
    """,
    re.VERBOSE,
)


BRACKETED_NOTE = compile_on_use(
    r"\s*(?: \[(?:foot-?|end)?note \s+ (?P<named>\d{1,3}|[a-zа-яё]|\*{1,3}|[†‡§]) \s?[:.]"
    r" | [\[{](?P<label>\d{1,3}|(?<=\[)[a-zа-яё]|\*{1,3}) [\]}] (?=\s*\S) )",
    re.IGNORECASE | re.VERBOSE,
)
"""How a note in brackets opens: ``[Footnote A: …]``, ``[1] …``; it may stand within the text."""

EMPHASIS = compile_on_use(r"(?<![\w*])(\*{1,3})(?=[^\s*])[^*\n]{1,400}(?<=\S)\1(?!\*)")
"""Words between stars, as Markdown and typewriters emphasise them: the stars mark no note."""


@dataclass(frozen=True, slots=True)
class Label:
    """A label as it opens a paragraph.

    ``text`` is the label without punctuation, ``None`` for a bullet; ``form`` says how it is
    printed (``"dotted"``, ``"square"``, …); ``length`` is how many characters it takes up,
    the white space behind it included for a note's.
    """

    text: str | None
    form: str
    length: int


def label_of(line: str) -> Label | None:
    """The list label that *line* begins with: ``1)``, ``(a)``, ``2.``, ``§ 3``, a bullet."""
    match = _LIST.match(line)
    if not match:
        return None
    form = next(name for name in _FORMS if match[name] is not None)
    text = None if form == "bullet" else match[form]
    if form == "number":
        form = "closed" if match["mark"].endswith((")", "]")) else "dotted"
    return Label(text, form, match.end("mark"))


def note_label_of(line: str) -> Label | None:
    """The note label that *line* begins with: ``1``, ``1.``, ``[1]``, ``¹``, ``*``, …"""
    match = _NOTE.match(line)
    if not match:
        return None
    assert match.lastgroup is not None
    text = match[match.lastgroup].translate(_SUPERSCRIPTS)
    return Label(text, match.lastgroup, match.end())
