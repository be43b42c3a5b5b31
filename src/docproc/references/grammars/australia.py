"""References to the National Archives of Australia: series, control symbol, part.

``NAA: A1838, 532/7 part 1``, older ``AA: CP 290/6, bundle 1, item 28``, and, in editions
of departmental papers, the departments' own (``FA : A2937, YAMPI SOUND``).  A series cited
in the form of OCR is read as meant (``Al838`` is ``A1838``).  The levels: ``series``,
``control symbol``, ``part`` (a Roman number after the symbol is one), ``bundle``, ``box``,
``item``, ``folio``; for the National Library ``collection``, ``item``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from docproc.records import ArchivalReference, Archive, Span
from docproc.references.archives import find_archive
from docproc.references.grammars.chain import Level, Levels
from docproc.references.grammars.grammar import Grammar, holds_sign, reference
from docproc.references.grammars.walk import plain_value
from docproc.references.lookalikes import to_digits
from docproc.text.patterns import compile_on_use

SCHEME = "australia"

_HEAD = compile_on_use(
    r"(?<![\w.])(?:(?P<archive>NAA|AA|AWM|National Archives of Australia|Australian Archives"
    r"|Commonwealth Archives Office|CAO|ANL|NLA|National Library of Australia)"
    r"(?:\s\((?:NAA|AA|ACT|Vic|NSW|[A-Z]{2,3})\)|,\sCanberra)?|(?P<agency>FA|DFAT|PM\s?&\s?C|DEFENCE))"
    r"(?:\s?:\s?|,\s)(?=[A-Z\d])"
)
# A letter or two and a number: A1838, CP 290/6, AA1970/556, MP1185/8; A1, Al838, A l l 604 by OCR.
_SERIES = compile_on_use(
    r"(?P<series>(?:CRS\s)?(?:[A-Z]{1,3}?\s?(?:[lI]\s?){0,2}|(?=\d{3}))\d[\dlIOBS]{0,5}(?:/\d{1,4}(?![\d/]))?"
    r"|[A-Z]{1,2}\s?[lI]{1,2}\s?\d{1,4})(?!\w)"
)
_SIGNS = ("AA", "AWM", "Archives", "CAO", "ANL", "NLA", "Library", "FA", "PM", "DEFENCE")
"""Every form holds one of these; most texts hold none."""
_SEPARATOR = compile_on_use(r"\s?[,;.]\s?|/(?=\d)")
_ROMAN = r"[ivxl]{1,7}[ab]?(?!\w)"
_CODED = compile_on_use(
    r"(?P<symbol>(?:[A-Z]{0,4}|[A-Z]{1,2}\s)\d[\w/]{0,24}(?:(?<=/)[\w]|[-–][\dlI]{1,4}[A-Z]?)?(?:\(\d{1,3}\))?"
    r"(?:\s(?=\d{2}/)\d{2}[\d/]{1,16})?(?:\s[A-Z]\s?\d?(?![\w]))?"
    r"|[A-Z][lI]\s?\d{0,2}|[A-Z]\s[lI]?\s?\d{1,3}|[A-Z]\d\s\d)(?!\w)"
    # A day is no control symbol (A2694, 8 April 1938).
    r"(?!\s[A-Z][a-z]{2,8}\s\d{4}|\s(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[A-Z]*\s\d{4})"
)
# A title that ends in a number (GERMANY 43, EA Dept 152, Disarmament 34).
_TITLED = compile_on_use(
    r"(?P<symbol>[A-Z](?=[A-Za-z.])[\w.&'’:-]{0,20}(?:\s\(?[\w.&'’:-]{1,20}\)?){0,6}?,?\s\d{1,4}[A-Z]?)(?![\w/])"
)
_CAPITALS = compile_on_use(r"(?P<symbol>[A-Z][A-Z.&'’:()\d -]{2,90}[A-Z\d)])(?![a-z])")
_SEGMENT = compile_on_use(r"(?P<symbol>[^,;\s][^,;]*?)(?=\s(?:[Pp]art|PART)\s|\s?[,;]|\s?\Z)")
_FURTHER = compile_on_use(r"\s?[,;]\s?(?P<segment>[^,;\s][^,;]*)")
_BOUNDARY = compile_on_use(r"\s?(?:[,;]|\Z|(?:[Pp]art|PART|[Aa]nnex|[ivxl]{1,7}\Z))")
_ANOTHER = compile_on_use(r";\s(?=[A-Z]{1,3}\s?\d[\d/]{0,8},\s?[A-Z]{0,3}\d)")
_LEVELS = Levels(
    (
        Level("bundle", 1, r"(?:[Bb]undle|BUNDLE)", r"\d{1,4}[A-Z]?"),
        Level("box", 1, r"(?:[Bb]ox|BOX)", r"\d{1,4}[A-Z]?"),
        Level("folder", 1, r"(?:[Ff]older|FOLDER)", r"\d{1,4}[A-Z]?"),
        Level(
            "item",
            2,
            r"(?:[Ii]tem|ITEM|[Ff]ile|FILE)",
            r"(?:\d{1,5}[A-Z]?(?:/\d{1,5}){0,4}(?:\(\d{1,3}\))?"
            r"|[A-Z][A-Z. ]{2,30}\d{0,3}[A-Z]?)(?!\w)",
        ),
        Level(
            "part",
            3,
            r"(?:[Pp]art|PART|[Pp]t\.?)",
            rf"(?:\d{{1,3}}[A-Za-z]?|[lI][a-zA-Z]?|{_ROMAN})(?!\w)",
        ),
        Level("part", 3, r"", rf"(?:{_ROMAN}|[IVX]{{1,6}}(?!\w))"),
        Level("annex", 4, r"", r"(?:[Aa]nnex|[Aa]ttachment)(?:\s[A-Z\d])?(?!\w)"),
        Level("folio", 5, r"(?:[Ff]olios?|[Ff]ol?\.|[Ff]f?\.|pp?\.)", r"\d{1,4}(?:[-–]\d{1,4})?"),
    ),
    separator=r"\s?[,;·]{0,2}\s{0,2}",
)


def _find(text: str, start: int, end: int, whole: bool) -> Iterator[ArchivalReference]:
    if not holds_sign(text, start, end, _SIGNS):
        return
    for head in _HEAD.finditer(text, start, end):
        archive = find_archive(head["archive"]) if head["archive"] else None
        begin, at = head.start(), head.end()
        while True:
            components, stop = _read(text, at, end, archive, whole)
            if not components:
                break
            yield reference(text, Span(begin, stop), SCHEME, components, archive)
            # "…, 532/7 part 1; A1209, 1957/5406": the next series of the same archive.
            another = _ANOTHER.match(text, stop, end)
            if not another:
                break
            begin = at = another.end()


def _read(
    text: str, at: int, end: int, archive: Archive | None, whole: bool
) -> tuple[list[tuple[str, str]], int]:
    """The components that follow a name and its colon, and where they end."""
    library = archive is not None and archive.scheme != SCHEME
    series = None if library else _SERIES.match(text, at, end)
    components: list[tuple[str, str]] = []
    if series:
        components.append(("series", _series(series["series"])))
        at = _symbol(text, series.end(), end, components, whole)
    else:
        titled = (_SEGMENT if whole else _TITLED).match(text, at, end)
        if not titled or not (whole or library):
            return [], at
        name, _, number = titled["symbol"].rpartition(" ")
        if library and name and number.isdigit():
            components += [("collection", name), ("item", number)]
        else:
            components.append(("collection", titled["symbol"]))
        at = titled.end()
    chain = _LEVELS.follow(text, at, end)
    components += [(link.level.name, _part(link.level.name, link.value)) for link in chain]
    at = chain[-1].end if chain else at
    return components, _read_description(text, at, end, components) if whole else at


def _symbol(text: str, at: int, end: int, components: list[tuple[str, str]], whole: bool) -> int:
    """Read the control symbol after a series, add it, and say where it ends."""
    separator = _SEPARATOR.match(text, at, end)
    if not separator or _LEVELS.follow(text, at, end):
        return at
    capitals = whole or text[at : at + 40].isupper()
    for form in (_CODED, _TITLED, _CAPITALS) if capitals else (_CODED, _TITLED):
        match = form.match(text, separator.end(), end)
        if match and whole and not _BOUNDARY.match(text, match.end(), end):
            continue
        if match:
            symbol = match["symbol"]
            components.append(("control symbol", _code(symbol) if form is _CODED else symbol))
            return match.end()
    segment = _SEGMENT.match(text, separator.end(), end) if whole else None
    if segment and not re.search(r"[A-Za-z]{4}", segment["symbol"]):
        components.append(("control symbol", _code(segment["symbol"])))
        return segment.end()
    return at


def _read_description(text: str, at: int, end: int, components: list[tuple[str, str]]) -> int:
    """Read what else a reference says of its document, comma by comma (``MINUTE 2030``)."""
    while match := _FURTHER.match(text, at, end):
        segment = match["segment"]
        chain = _LEVELS.follow(segment, 0, len(segment))
        if chain and chain[-1].end == len(segment):
            components += [(link.level.name, _part(link.level.name, link.value)) for link in chain]
        else:
            components.append(("description", segment))
        at = match.end()
    return at


def _code(printed: str) -> str:
    """A control symbol in figures without the spaces and the letters that OCR put in."""
    compact = re.sub(r"\s", "", printed)
    return re.sub(
        r"(?<=[\d/])[lI](?![A-Za-z])|(?:(?<=\A[A-Z])|(?<=/[A-Z]))[lI](?=\d|\Z)", "1", compact
    )


def _series(printed: str) -> str:
    letters = re.match(r"(?:CRS\s)?([A-Z]{1,3})?", printed)
    start = letters.end() if letters else 0
    number = to_digits(re.sub(r"\s", "", printed[start:])).replace("S", "5").replace("B", "8")
    name = (letters[1] or "") if letters else ""
    # "AI838": the second letter is the first figure.
    while len(name) > 1 and name[-1] in "I" and number[:1].isdigit():
        name, number = name[:-1], "1" + number
    return f"{name} {number}" if "/" in number and name not in ("AA", "A") else name + number


def _part(level: str, value: str) -> str:
    if level == "part" and value[0] in "lI" and len(value) <= 2 and value not in ("II", "IV", "IX"):
        return to_digits(value[0]) + value[1:]
    return plain_value(value)


GRAMMAR = Grammar(SCHEME, _find, "National Archives of Australia: series, control symbol, part")
