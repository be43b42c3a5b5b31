"""What stands between quotation marks: those of English, Russian, French, German, and TeX.

One pair may stand within another.  Apostrophes are no marks: a single mark closes only where no
letter follows, and not after the *s* of a plural where a better one follows.
"""

from __future__ import annotations

from collections.abc import Iterator

from docproc.dataclass_on_use import dataclass
from docproc.records import Span
from docproc.text.patterns import compile_on_use

_PAIRS = {
    "“": "”“", "„": "“”", "‟": "”", "”": "”", "«": "»", "»": "«»", "‹": "›", "›": "‹", "‘": "’",
    "‚": "‘’", '"': '"', "'": "'", "`": "'", "``": ("''", '"'), ",,": ("''", "``", '"'),
    '"`': ('"\'', '"'), "<<": (">>",), "″": "″",
}  # fmt: skip
"""What closes each mark that opens."""
_SINGLE = frozenset("‘‚'`")
_EITHER = frozenset("\"“”»›'‘″")
"""Marks that may open as well as close: where they stand tells."""
_MARK = compile_on_use("<<|>>|``|''|,,|\"`|\"'|[“”„‟«»‹›‘’‚\"'`″]")
_YEAR = compile_on_use(r"\d\d(?:er|e?s)?(?![\d.)])")
_GOES_ON = compile_on_use(r"\s[a-zà-ÿ]")
_LATER = compile_on_use(r"(?<=[^\Ws])['’](?![^\W_])|(?<=[.,;:!?…])['’](?![^\W_])")
_OPENED = compile_on_use(r"(?<![^\W_])['‘](?=[^\W_])")
DEEPEST = 6
"""Pairs within pairs; what opens deeper is no quotation."""
LONGEST = 60_000
"""Characters; a quotation mark that has not closed by then never will."""
_FEWEST = 3
"""Words between single marks that are no apostrophes."""


@dataclass(frozen=True, slots=True)
class Marked:
    """What stands between marks, without them; and whether the mark that opens it closes."""

    span: Span
    mark: str
    closed: bool = True


def between_marks(text: str, within: Span) -> Iterator[Marked]:
    """What stands between marks in *within*, in order; of those that never close, the outermost."""
    open_: list[tuple[str, int]] = []
    found: list[Marked] = []
    for at, mark in _marks(text, within, open_):
        end = at + len(mark)
        closes = _find_opening(open_, mark) if _may_close(text, at, end, mark) else None
        if closes is not None and not _is_possessive(text, at, mark, within.end):
            opening, start = open_[closes]
            del open_[closes:]
            if _is_quotation(text, start, at, opening):
                found.append(Marked(Span(start, at), opening))
        elif mark in _PAIRS and _may_open(text, at, end, mark) and len(open_) < DEEPEST:
            open_.append((mark, end))
    for mark, start in open_:
        if mark not in _SINGLE and start < within.end:
            inside = Span(start, min(within.end, start + LONGEST))
            found.append(Marked(inside, mark, closed=False))
            break
    for each in sorted(found, key=lambda each: (each.span.start, -each.span.end)):
        if any(char.isalnum() for char in each.span.of(text)):
            yield each


def _marks(text: str, within: Span, open_: list[tuple[str, int]]) -> Iterator[tuple[int, str]]:
    """Every mark and where it stands; two that only look like one are told apart."""
    for match in _MARK.finditer(text, within.start, within.end):
        mark, at = match[0], match.start()
        if mark in ("''", "\"'", '"`') and not _is_one(mark, open_):
            yield at, mark[0]
            yield at + 1, mark[1]
        else:
            yield at, mark


def _is_one(mark: str, open_: list[tuple[str, int]]) -> bool:
    if mark == '"`':
        return not open_
    return any(mark in _PAIRS[opening] and len(opening) == 2 for opening, _ in open_)


def _find_opening(open_: list[tuple[str, int]], mark: str) -> int | None:
    """Which of *open_* the *mark* closes, the innermost first; single ones may be apostrophes."""
    for place in range(len(open_) - 1, -1, -1):
        opening, _ = open_[place]
        if mark in _PAIRS[opening]:
            return place
        if opening not in _SINGLE and mark in _SINGLE | {"’"}:
            return None
    return None


def _may_open(text: str, at: int, end: int, mark: str) -> bool:
    before, after = text[at - 1 : at], text[end : end + 1]
    if before.isalnum():
        return False
    if mark == "‘" and after.isdigit():  # and no year without its century
        return not _YEAR.match(text, end)
    if mark in _SINGLE:
        return after.isalpha() or (after in "[(…." and bool(after))
    return mark not in _EITHER or (not after.isspace() and bool(after))


def _may_close(text: str, at: int, end: int, mark: str) -> bool:
    """A straight or single mark closes only where no letter follows, and something is before."""
    after = text[end : end + 1]
    if mark in "\"'’‘“″":
        return not after.isalpha() and not text[at - 1 : at].isspace()
    return True


def _is_possessive(text: str, at: int, mark: str, end: int) -> bool:
    """Whether *mark* is the apostrophe of a plural (``the pilots’ pay’``)."""
    if mark not in "’'" or text[at - 1 : at] != "s" or not _GOES_ON.match(text, at + 1):
        return False
    later = _LATER.search(text, at + 1, min(end, at + 2_000))
    return later is not None and _OPENED.search(text, at + 1, later.start()) is None


def _is_quotation(text: str, start: int, end: int, mark: str) -> bool:
    if mark not in _SINGLE:
        return True
    if mark == "`" and "`" in text[start:end]:
        return False
    return mark == "‚" or len(text[start:end].split()) >= _FEWEST
