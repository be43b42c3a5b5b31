"""Dates as the field of a finding aid states them: ``1936 - Oct. 1938``, ``1898, 1901``.

In a field four figures are a year, which in a sentence they need not be.
"""

from __future__ import annotations

import re

from docproc.references.dates import edtf
from docproc.references.dates.months import MONTHS, SEASONS
from docproc.text.patterns import compile_on_use

_UNDATED = compile_on_use(
    r"(?<!\w)(?:undated|n\.?\s?d\.?|s\.?\s?d\.?|o\.?\s?d\.?|без даты|б\.\s?д\.)(?!\w)|\bund\.", re.I
)
_BULK = compile_on_use(r"[,;]?\s*[(\[]?\s*(?:bulk|mostly|predominantly|chiefly)[^)\]]*[)\]]?", re.I)
_LIST = compile_on_use(r"\s*(?:[,;&]|\s(?:and|und|et|e|y|и)\s)\s*", re.IGNORECASE)
_OR = compile_on_use(r"\s(?:or|oder|ou|или)\s", re.IGNORECASE)
_RANGE = compile_on_use(r"\s*(?:[-–—/]|\s(?:to|through|bis|until|по|до|au|à)\s)\s*", re.IGNORECASE)
_BETWEEN = compile_on_use(r"(?:between|zwischen|entre|между)\s(.+?)\s(?:and|und|et|и)\s(.+)", re.I)
_ABOUT = compile_on_use(
    r"(?:circa|ca\.?|c\.|about|approximately|approx\.|um|etwa|vers|environ|около|ок\.)\s*", re.I
)
_CENTURY = compile_on_use(
    r"(?:(?:early|mid-?|late|the|first half of the|second half of the)\s?)*"
    r"(\d\d)(?:st|nd|rd|th)?\.?\s(?:century|cent\.|c\.|Jahrhundert|Jh\.|века?|в\.)",
    re.IGNORECASE,
)
_OPEN = compile_on_use(r"(?:present|ongoing|heute|н\.\s?в\.)?", re.IGNORECASE)
_AFTER = compile_on_use(r"(?:after|since|nach|seit|après|depuis|после|с)\s", re.IGNORECASE)
_BEFORE = compile_on_use(r"(?:before|until|vor|bis|avant|до)\s", re.IGNORECASE)
_YEAR = compile_on_use(r"(?:1\d|20)\d{2}")
_DECADE = compile_on_use(r"([12]\d\d)0['’]?(?:s|er|-е|-х)(?:\s(?:годы|гг\.))?")
_YEAR_LAST = compile_on_use(r"([^\W\d_]{3,12}\.?\s\d{1,2}),\s(?=[12]\d{3})")
_YEAR_FIRST = compile_on_use(r"([12]\d{3}),\s(?=[^\W\d_]{3,12}\.?(?:\s\d{1,2})?(?:\s*[-–—,;]|\Z))")
_WORD = compile_on_use(r"[^\W\d_]{3,12}\.?|\d{1,4}")
_RUSSIAN = compile_on_use(r"\s?(?:гг?\.?|год[аы]?)\Z")
_LONGEST = 120


def parse_statement(text: str) -> str | None:
    """The EDTF of a *text* that is nothing but dates, of a list their span; else ``None``."""
    if len(text) > _LONGEST or not (_YEAR.search(text) or _CENTURY.search(text)):
        return None
    words = _RUSSIAN.sub("", text.strip(" ,;."))
    words = " ".join(_UNDATED.sub(" ", _BULK.sub("", words)).split()).strip(" ,;.")
    if words.startswith("[") and words.endswith("]"):
        words = words[1:-1].strip()
    if either := _either(words):
        low, high = map(_point, either)
        return _check(f"[{low}..{high}]") if low and high else None
    pieces = [piece for piece in _LIST.split(_without_comma(words)) if piece]
    found = [_span(piece) for piece in pieces]
    if not found or None in found:
        return None
    spans = [each for each in found if each]
    if len(spans) == 1:
        first, last = spans[0]
        return _check(first if first == last else f"{first}/{last}")
    if any(not first or not last or ".." in (first, last) for first, last in spans):
        return None
    return _check(f"{min(first for first, _ in spans)}/{max(last for _, last in spans)}")


def _either(words: str) -> tuple[str, str] | None:
    """The two dates between which, or one of which, *words* say that it is."""
    if between := _BETWEEN.fullmatch(words):
        return between[1], between[2]
    halves = _OR.split(words)
    return (halves[0], halves[1]) if len(halves) == 2 else None


def _without_comma(words: str) -> str:
    """*words*, the comma of ``May 3, 1901`` and ``1901, May 3`` left out."""
    return _YEAR_FIRST.sub(r"\1 ", _YEAR_LAST.sub(r"\1 ", words))


def _span(piece: str) -> tuple[str, str] | None:
    """The first and the last date of *piece*, which are one where it states no range."""
    if _AFTER.match(piece):
        point = _point(piece[_AFTER.match(piece).end() :])  # type: ignore[union-attr]
        return (point, "..") if point else None
    if _BEFORE.match(piece):
        point = _point(piece[_BEFORE.match(piece).end() :])  # type: ignore[union-attr]
        return ("..", point) if point else None
    if point := _point(piece):
        return point, point
    ends = _RANGE.split(piece)
    if len(ends) != 2:
        return None
    first, last = ends
    about = _ABOUT.match(first) is not None
    start = _point(first) or _point(f"{first} {_year_of(last)}")
    if start and re.fullmatch(r"\d\d", last) and _YEAR.fullmatch(start[:4]):
        last = start[:2] + last  # 1920-33
    end = ".." if _OPEN.fullmatch(last) else _point(last) or _point(f"{_year_of(first)} {last}")
    if not start or not end:
        return None
    if about and end[-1] not in "~.":
        end += "~"
    return start, end


def _year_of(words: str) -> str:
    found = _YEAR.search(words)
    return found[0] if found else ""


def _point(words: str) -> str | None:
    """The one date that *words* are: a year, a month or a day of it, a decade, a century."""
    words = words.strip(" .,[]()")
    mark = "?" if words.endswith("?") else ""
    words = words.rstrip("?").strip(" []")
    if about := _ABOUT.match(words):
        words, mark = words[about.end() :].strip(" []"), "~" if not mark else "%"
    words = _RUSSIAN.sub("", words)
    if decade := _DECADE.fullmatch(words):
        return decade[1] + "X" + mark
    if century := _CENTURY.fullmatch(words):
        return f"{int(century[1]) - 1:02d}XX{mark}"
    return _day(words, mark)


def _day(words: str, mark: str) -> str | None:
    pieces = re.sub(r"(?<!\w)(\d\d?)\.(?=\s)", r"\1", words).split()
    if not 0 < len(pieces) < 4 or not all(map(_WORD.fullmatch, pieces)):
        return None
    years = [piece for piece in pieces if _YEAR.fullmatch(piece)]
    names = [piece.rstrip(".").casefold() for piece in pieces if piece[0].isalpha()]
    days = [int(piece) for piece in pieces if piece.isdigit() and len(piece) < 3]
    if len(years) != 1 or len(names) > 1 or len(days) > 1 or len(pieces) != 1 + len(names + days):
        return None
    if not names:
        return None if days else years[0] + mark
    month = MONTHS.get(names[0], SEASONS.get(names[0]))
    if month is None:
        return None
    try:
        return edtf.write_edtf(int(years[0]), month, *days) + mark
    except ValueError:
        return None


def _check(written: str) -> str | None:
    return written if edtf.is_edtf(written) else None
