"""Layout: the lines of all pages to one reading text, running heads and page numbers apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import field, replace
from itertools import pairwise
from statistics import median

from docproc.dataclass_on_use import dataclass
from docproc.formats.composer import Composer
from docproc.letters.paragraphs.forms import is_salutation, is_signature
from docproc.records import BlockKind, Span
from docproc.stages.parse.pages.pdf.capitals import LONGEST, is_capital
from docproc.stages.parse.pages.pdf.lines import PdfLine
from docproc.stages.parse.pages.pdf.notes import notes_of
from docproc.text.layout.drop_capitals import gap_after_capital
from docproc.text.layout.running_heads import is_numbered_head
from docproc.text.patterns import compile_on_use

_FIGURES = compile_on_use(r"\d+|\b[ivxlc]+\b", re.IGNORECASE)
_ENDED = compile_on_use(r"[.!?:;…][\W\d]*$")
_RECURS = 3
"""A line at the edge of so many pages, its figures aside, is a running head."""
_GOES_ON = 2
"""With figures that go on as the pages do, so many are enough."""
_PLACE = 12.0
"""Points between which lines stand at one place of their pages."""
_ARTICLE = compile_on_use(
    r"(?:the|an?|der|die|das|eine?|les?|la|il|lo|el|los|las|une?)\s|l['’]", re.IGNORECASE
)
"""How titles begin, and seldom names: ``The Grain Office``."""
_SPEAKER = compile_on_use(r"[^\W\d_][\w.’' -]{0,40}:(?:\s|$)|[QA]\.\s")
"""Who speaks, in a transcript: ``Mr. Orlov:``."""
_LEVEL = 0.3
"""Two lines that share so much of their height stand beside one another."""
_APART = 1.6
"""Of the usual distance between lines; what is set further apart is another paragraph."""


@dataclass(frozen=True, slots=True)
class PageLines:
    """One page: its number from 1, its printed label, its lines in reading order."""

    number: int
    label: str
    lines: tuple[PdfLine, ...]


@dataclass(slots=True)
class Laid:
    """The text of all pages, and where each line of them stands in it."""

    composer: Composer = field(default_factory=Composer)
    places: list[tuple[Span, int, PdfLine]] = field(default_factory=list)
    """The span, the number of the page, the line."""

    def around(self, lines: list[tuple[int, PdfLine]]) -> None:
        """Write *lines*, with the numbers of their pages, that stand around the text; empty it."""
        for number, line in lines:
            self.composer.begin(BlockKind.FURNITURE, gap="\n")
            self.places.append((self.composer.write(line.text), number, line))
        lines.clear()


def lay_out(pages: Sequence[PageLines]) -> Laid:
    """Write *pages* one after another.

    What stands around the text of a page waits, where a sentence goes on over the page's end,
    until that has ended.
    """
    result = Laid()
    own = _own_lines(pages)
    notes = notes_of(own)
    opening, within, marks = notes.opening, notes.within, notes.marks
    composer, places = result.composer, result.places
    last: PdfLine | None = None
    waiting: list[tuple[int, PdfLine]] = []
    for page in pages:
        goes_on = _goes_on(last, own[page.number])
        if not goes_on:
            result.around(waiting)
        composer.begin(gap="\n" if goes_on else "\n\n")
        composer.page(page.label, page.number)
        step = _step(page.lines)
        before: PdfLine | None = None
        ends = set(page.lines).difference(own[page.number])
        for line in page.lines:
            if line in ends:
                waiting.append((page.number, line))
                if before is None and not goes_on:
                    result.around(waiting)
                    composer.begin(gap="\n\n")
                continue
            gap = _gap(before, line, step) if before is not None else ""
            if waiting and (gap == "\n\n" or (before and _ENDED.search(before.text))):
                result.around(waiting)
                gap = gap or "\n"
            if line in opening:
                key = opening[line]
                composer.note(key, key[1], numbered=False)
            elif line in within:
                if gap == " ":
                    composer.put(" ")
                else:
                    composer.break_line()
            else:
                last = line
                if gap or before is not None:
                    composer.begin(gap=gap)
            span = composer.write(line.text)
            for word in line.doubtful:
                composer.doubt(word.shift(span.start), word.of(line.text))
            for mark, anchored in marks.get(line, ()) if marks else ():
                composer.anchor(anchored, mark.shift(span.start))
            places.append((span, page.number, line))
            before = line
    result.around(waiting)
    return result


def _own_lines(pages: Sequence[PageLines]) -> dict[int, list[PdfLine]]:
    """The lines of each page, by its number, without running heads and feet of up to two lines."""
    for within in (False, True):
        recurring = _recurring(pages, within=within)
        if not recurring:
            break
        pages = [replace(page, lines=_strip(page.lines, recurring)) for page in pages]
    return {page.number: list(page.lines) for page in pages}


def _strip(lines: tuple[PdfLine, ...], recurring: frozenset[str]) -> tuple[PdfLine, ...]:
    """*lines* without the first and the last where those are *recurring*."""
    if len(lines) <= 2:
        return lines
    return lines[_key(lines[0]) in recurring : len(lines) - (_key(lines[-1]) in recurring)]


def _gap(before: PdfLine, line: PdfLine, step: float) -> str:
    """What parts two lines: nothing much on one height, a blank line where they stand apart."""
    if line.confidence is not None:
        return "\n\n" if line.begins else "\n"
    if (
        len(before.text) <= LONGEST
        and is_capital(before, line)
        and (gap := gap_after_capital(before.text, line.text)) is not None
    ):
        return gap
    if line.left >= before.left and line.top < before.bottom:
        shared = min(before.bottom, line.bottom) - max(before.top, line.top)
        if shared > _LEVEL * min(before.height, line.height):
            return " "
    return "\n" if 0 < line.top - before.top <= step * _APART else "\n\n"


_Edge = tuple[PageLines, PdfLine, int]
"""A line at the edge of a page, and its place there."""


def _recurring(pages: Sequence[PageLines], *, within: bool) -> frozenset[str]:
    """The running heads and feet, their figures aside; *within*, those that others surround.

    Words in capitals beside the number of a page are one by themselves.  Others stand at the
    edges of several pages, at one place; or at two, with figures that go on as the pages do.
    A salutation, a speaker's name and a signature recur as well.
    """
    seen: dict[str, list[_Edge]] = {}
    for page in pages:
        for place in {0, len(page.lines) - 1} if len(page.lines) > 2 else ():
            line = page.lines[place]
            seen.setdefault(_key(line), []).append((page, line, place))
    numbered = (
        _key(page.lines[0])
        for page in pages
        if len(page.lines) > 2 and is_numbered_head(page.lines[0].text) and _is_apart(page, 0)
    )
    running = (
        key
        for key, found in seen.items()
        if _is_running(key, found)
        and not (within and not all(_is_apart(page, place) for page, _, place in found))
    )
    return frozenset((*running, *numbered))


def _is_running(key: str, found: Sequence[_Edge]) -> bool:
    """Whether the lines *found* on some pages, alike except for figures, are a running head."""
    if len(found) < _GOES_ON:
        return False
    if key.strip(" -–—.[]()") == "#":
        return True
    words = found[0][1].text
    if is_salutation(words, opening=False) or _SPEAKER.match(words):
        return False
    tops = [line.top for _, line, _ in found]
    usual = median(tops)
    placed = sum(abs(top - usual) <= _PLACE for top in tops)
    if (
        is_signature(words)
        and not _ARTICLE.match(words)
        and not (placed == len(found) and all(_is_apart(page, place) for page, _, place in found))
    ):
        return False
    if len(found) >= _RECURS:
        return placed >= _RECURS or placed * 2 > len(found)
    return placed == len(found) and _counts(found)


def _counts(found: Sequence[_Edge]) -> bool:
    """Whether a figure in each line goes on as the numbers of the pages do."""
    apart = [
        {int(figure) - page.number for figure in re.findall(r"\d{1,6}", line.text)}
        for page, line, _ in found
    ]
    return bool(set.intersection(*apart))


def _is_apart(page: PageLines, place: int) -> bool:
    """Whether a line at the edge of *page* stands further from the next one than lines do."""
    step = _step(page.lines)
    before, after = (page.lines[0], page.lines[1]) if place == 0 else page.lines[-2:]
    return not 0 < after.top - before.top <= step * _APART


def _key(line: PdfLine) -> str:
    return _FIGURES.sub("#", line.text)


def _step(lines: Sequence[PdfLine]) -> float:
    """The usual distance from one line to the next, in points."""
    steps = [b.top - a.top for a, b in pairwise(lines) if 0 < b.top - a.top < 100]
    return median(steps) if steps else 0.0


def _goes_on(last: PdfLine | None, lines: Sequence[PdfLine]) -> bool:
    """Whether a sentence runs on from the page before; *lines* are the page's own."""
    first = next(iter(lines), None)
    if last is None or first is None or _ENDED.search(last.text):
        return False
    return last.text.endswith("-") or first.text[:1].islower()
