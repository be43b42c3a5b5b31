"""References to the US National Archives, and record numbers.

``NARA, RG 59, entry 3, box 12, folder 4``, ``RG 59, 861.00/1234, NARA``, ``NARA, M316,
roll 12``, and the record numbers of the JFK Collection (``124-90137-10230``).  Canadian
references (``LAC, RG 25, vol. 1234``) go the same way.  The levels: ``record group``,
``entry``, ``lot file``, ``decimal file``, ``series``, ``volume``, ``box``, ``folder``,
``microfilm``, ``roll``, ``frame``; ``record number`` and ``identifier`` stand alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from docproc.records import ArchivalReference, Span
from docproc.references.archives import find_archive
from docproc.references.grammars.chain import Level, Levels, Link
from docproc.references.grammars.grammar import Grammar, holds_sign, reference
from docproc.references.grammars.nearby_archives import archive_after, archive_before, find_archives
from docproc.references.grammars.walk import plain_value
from docproc.text.patterns import compile_on_use

SCHEME = "record group"

_N = r"\d{1,5}[A-Z]?(?:\s?[-–]\s?\d{1,5}[A-Z]?)?(?!\w)"
_QUOTED = r"(?:[“\"‘'][^“”\"’'\n]{1,80}[”\"’'])"
_LEVELS = Levels(
    (
        Level("record group", 0, r"(?:RG|R\.\s?G\.|Record Group|MG|M\.\s?G\.)", r"\d{1,3}(?!\d)"),
        Level(
            "entry",
            1,
            r"(?:[Ee]ntr(?:y|ies)|[Ee]nt\.)",
            r"(?:[A-Z]{1,2}\d?[\s-])?\d{1,5}[A-Z]?(?:-[A-Z])?",
        ),
        Level("lot file", 1, r"[Ll]ot(?:\s[Ff]iles?)?(?:\sNo\.)?", r"\d{2}\s?[A-Z]\s?\d{1,4}"),
        Level("series", 1, r"[Ss]eries", rf"(?:[A-Z]?\d{{1,4}}|[IVX]{{1,5}}(?!\w)|{_QUOTED})"),
        Level(
            "decimal file",
            1,
            r"(?:CDF|(?:[Cc]entral )?[Dd]ecimal [Ff]iles?,?)",
            r"\d{4}\s?[-–]\s?\d{2,4}",
        ),
        Level(
            "decimal number",
            2,
            r"(?:[Ff]ile\s)?",
            r"\d{3}[A-Z]?\.[\dA-Z]{1,6}(?:\s[A-Z]{1,4}){0,2}/\d{1,2}(?:[-–]\d{1,4}|\d{0,4})(?!\w)",
        ),
        Level("volume", 2, r"[Vv]ol(?:ume|\.)?", _N),
        Level(
            "microfilm",
            2,
            r"(?:[Mm]icro(?:film|copy)(?:\s[Pp]ublication)?(?:\sNo\.)?)?",
            r"[MT]-?\d{2,4}(?!\w)",
        ),
        Level("roll", 3, r"(?:[Rr]olls?|[Rr]eels?)", _N),
        Level("frame", 4, r"(?:[Ff]rames?|fr\.)", r"\d{1,6}(?:\s?[-–]\s?\d{1,6})?"),
        Level("box", 3, r"(?:[Bb]ox(?:es)?|[Bb]x\.|[Cc]ontainer)", _N),
        Level("folder", 4, r"(?:[Ff]older|[Ff]ile|[Ff]ld\.)", rf"(?:{_N}|{_QUOTED})"),
    ),
    separator=r"\s{0,2}[,;:.]?\s{0,2}",
    ordered=False,
)
_GROUP = compile_on_use(r"[RM](?<!\w.)(?:G|\.\s?G\.|(?<=R)ecord Group)\s{0,2}\d")
_RECORD = compile_on_use(
    r"(?<![\w-])(?:(?P<rif>\d{3}-\d{5}-\d{5})"
    r"|(?:NAID|NARA ID|National Archives (?:Catalog )?Identifier|ARC Identifier):?\s"
    r"(?P<id>\d{3,10}))(?![\w-])"
)
_SIGNS = ("-", "NAID", "NARA ID", "Identifier")
"""Every record number holds one of these; most texts hold none."""
_INNER = {"entry", "lot file", "decimal number", "box", "microfilm", "folder", "volume"}


def _find(text: str, start: int, end: int, whole: bool) -> Iterator[ArchivalReference]:
    for chain in _chains(text, start, end):
        names = {link.level.name for link in chain}
        if not names & (_INNER | {"record group"}):
            continue
        archive, begin = archive_before(text, start, chain[0].start, any_case=whole)
        stop = chain[-1].end
        if archive is None:
            archive, stop = archive_after(text, stop, end)
        if archive and archive.scheme != SCHEME:
            archive, begin, stop = None, chain[0].start, chain[-1].end
        if _counts(chain, names, archive is not None, whole):
            components = [
                (link.level.name, plain_value(link.value).strip("“”\"‘’'")) for link in chain
            ]
            yield reference(text, Span(begin, stop), SCHEME, components, archive)
    if not holds_sign(text, start, end, _SIGNS):
        return
    for match in _RECORD.finditer(text, start, end):
        level = "record number" if match["rif"] else "identifier"
        span = Span(*match.span())
        value = match["rif"] or match["id"]
        yield reference(text, span, SCHEME, [(level, value)], find_archive("NARA"))


def _chains(text: str, start: int, end: int) -> Iterator[list[Link]]:
    # Nothing counts without a record group or an archive's name: most texts hold neither.
    if _GROUP.search(text, start, end) or any(find_archives(text, start, end, SCHEME)):
        yield from _LEVELS.chains(text, start, end)


def _counts(chain: list[Link], names: set[str], archive: bool, whole: bool) -> bool:
    if "record group" in names:
        spelled = chain[0].label == "Record Group"
        return archive or whole or spelled or bool(names & _INNER)
    return archive


GRAMMAR = Grammar(SCHEME, _find, "US National Archives: record group, entry, box, folder")
