"""Lines: the text of one page as pdfium reads it, each line with its place, in reading order."""

from __future__ import annotations

import ctypes
import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate, count, pairwise, repeat
from operator import add
from statistics import median
from typing import Any

from docproc.dataclass_on_use import dataclass
from docproc.formats.numerals import BULLET_OF_SYMBOL
from docproc.records import Span
from docproc.text.patterns import compile_on_use

_BREAK = compile_on_use("\r\n|\r|\n|(?<=\ufffe)")
_CONTROLS = compile_on_use("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_BULLET = chr(BULLET_OF_SYMBOL)
_ARABIC = compile_on_use("[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufeff]")

_FIGURE = compile_on_use(
    r"\d(?:(?<=[^\W\d_]\d)|(?<=[.,;:!?)\]\"'”’»]\d))\d{0,2}(?!\d|[.,]\d)|^\d{1,3}(?=\s?[^\W\d_])"
)
"""A figure right behind a word or its stop, or one that opens a line of words."""
_SMALLER = 0.85
"""Of the size of what stands beside it; word processors set raised figures at 58 to 70 of 100."""
_GUTTER = 1.6
"""Of the height of a letter; a wider gap that pdfium bridges with a space parts two columns."""
_AROUND = 3
"""Lines at either end among which the head or the foot of a page may stand."""
_PROSE = 20
"""Characters of a line of a column; the cells of a table are mostly shorter."""


@dataclass(slots=True, eq=False)
class PdfLine:
    """A line of a page, which nobody changes; two of the same words are two lines.

    ``text`` has one character for each of the page's own from the ``first`` on, so that any
    part of it can be found again on the page.  The box is in points, seen as the text is
    read, whichever way the page is turned: ``left < right``, ``top < bottom``.
    """

    text: str
    first: int
    left: float
    top: float
    right: float
    bottom: float
    doubtful: tuple[Span, ...] = ()
    """The words of ``text`` of which OCR is not sure."""
    confidence: float | None = None
    """How sure OCR is of the line, from 0 to 100; ``None`` where there was text to read."""
    begins: bool = False
    """Whether OCR sees a paragraph begin here."""
    raised: tuple[Span, ...] = ()
    """The figures of ``text`` that are set small behind a word or before one, as those of notes."""

    @property
    def height(self) -> float:
        """From the highest of its ends to the lowest."""
        return self.bottom - self.top


class PageText:
    """The characters of one page; closes what pdfium holds when it is left."""

    def __init__(self, library: Any, page: Any) -> None:
        self._raw = library.raw
        self._page = page
        self._text = page.get_textpage()
        self._handle = self._text.raw  # which ctypes takes faster than what wraps it
        self._edges_read = tuple(ctypes.c_double() for _ in range(4))
        self._angle = 0

    def __enter__(self) -> PageText:
        return self

    def __exit__(self, *_: object) -> None:
        self._text.close()

    def lines(self) -> list[PdfLine]:
        """The lines that are not blank, in reading order."""
        count = self._text.count_chars()
        if not count:
            return []
        text = self._text.get_text_range()
        if len(text) != count:  # characters beyond the 65,536 first, or some that map to nothing
            text = "".join(self._character(index) for index in range(count))
        angle = self._raw.FPDFText_GetCharAngle(self._text, 0)
        self._angle = round(math.degrees(angle) / 90) % 4 if angle > 0 else 0
        bridges = self._bridges(text)
        found: list[PdfLine] = []
        start = 0
        for end, after in [*(m.span() for m in _BREAK.finditer(text)), (count, count)]:
            self._apart(found, text, start, end, bridges)
            start = after
        return around_the_text(in_reading_order(found))

    def box(self, index: int, width: int, height: int) -> tuple[float, float, float, float] | None:
        """Left, top, right, bottom of one character on the page drawn *width* by *height*."""
        edges = self._edges(index)
        if edges is None:
            return None
        left, right, bottom, top = edges
        across, down = ctypes.c_int(), ctypes.c_int()
        corners = []
        for x, y in ((left, top), (right, bottom)):
            self._raw.FPDF_PageToDevice(
                self._page, 0, 0, width, height, 0, x, y, ctypes.byref(across), ctypes.byref(down)
            )
            corners.append((across.value, down.value))
        (x1, y1), (x2, y2) = corners
        return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)

    def _edges(self, index: int) -> tuple[float, float, float, float] | None:
        """Left, right, bottom, top in the page's own space."""
        left, right, bottom, top = self._edges_read
        if not self._raw.FPDFText_GetCharBox(self._handle, index, left, right, bottom, top):
            return None
        return left.value, right.value, bottom.value, top.value

    def _read_box(self, index: int) -> tuple[float, float, float, float] | None:
        """Left, top, right, bottom of one character, seen as the text is read."""
        edges = self._edges(index)
        if edges is None:
            return None
        left, right, bottom, top = edges
        if self._angle == 0:
            return left, -top, right, -bottom
        if self._angle == 1:
            return bottom, left, top, right
        return (-right, bottom, -left, top) if self._angle == 2 else (-top, -right, -bottom, -left)

    def _bridges(self, text: str) -> list[int]:
        """Where in *text* pdfium has put a space itself: each may bridge a gutter."""
        ends = accumulate(map(len, text.split(" ")))  # many times as fast as a look at each sign
        spaces = list(map(add, ends, count()))[:-1]
        ask = _caller_of(_address(self._raw.FPDFText_IsGenerated))
        generated = map(ask, repeat(_address(self._handle)), spaces)
        return [place for place, told in zip(spaces, generated, strict=True) if told == 1]

    def _apart(
        self, found: list[PdfLine], text: str, start: int, end: int, bridges: Sequence[int]
    ) -> None:
        """Add the line from *start* to *end*, parted where one of *bridges* leads over a gutter."""
        at = start
        if bridges:
            inner = slice(bisect_right(bridges, start), bisect_left(bridges, end - 1))
            for place in bridges[inner]:
                before, after = self._read_box(place - 1), self._read_box(place + 1)
                if before and after and after[0] - before[2] > _GUTTER * (before[3] - before[1]):
                    self._line(found, text, at, place)
                    at = place + 1
        self._line(found, text, at, end)

    def _line(self, found: list[PdfLine], text: str, start: int, end: int) -> None:
        """Add the line from *start* to *end*, if it has words and a place."""
        words = text[start:end].lstrip()
        start = end - len(words)
        words = words.rstrip()
        if not words:
            return
        end = start + len(words)
        first, last = self._read_box(start), self._read_box(end - 1)
        one, other = first or last, last or first
        if one is None or other is None:
            return
        if not words.isascii() and _ARABIC.search(words):
            words = self._undo_ligatures(words, start)
        if not words.isprintable():
            words = _CONTROLS.sub(lambda sign: "-" if sign[0] == "\ufffe" else " ", words)
            words = words.replace(_BULLET, "•")
        left, top, right, bottom = one
        left2, top2, right2, bottom2 = other
        line = PdfLine(
            words,
            start,
            left if left < left2 else left2,
            top if top < top2 else top2,
            right if right > right2 else right2,
            bottom if bottom > bottom2 else bottom2,
        )
        if _FIGURE.search(words):
            line.raised = tuple(self._find_raised(words, start))
        found.append(line)

    def _find_raised(self, words: str, start: int) -> Iterator[Span]:
        """The figures in *words* that are set smaller than the letter beside them."""
        size = self._raw.FPDFText_GetFontSize
        for match in _FIGURE.finditer(words):
            beside = match.start() - 1
            if not match.start():
                behind = match.end()
                beside = behind + (words[behind : behind + 1] == " ")
            if size(self._handle, start + match.start()) < _SMALLER * size(
                self._handle, start + beside
            ):
                yield Span(*match.span())

    def _undo_ligatures(self, words: str, start: int) -> str:
        """*words* with the letters of each Arabic ligature in the order in which they are read.

        pdfium gives lam-alef, one glyph, as alef before lam; the two have the same box.
        """
        letters = list(words)
        before = None
        for place, letter in enumerate(letters):
            box = self._edges(start + place) if _ARABIC.match(letter) else None
            if box and box == before:
                letters[place - 1], letters[place] = letters[place], letters[place - 1]
                before = None
            else:
                before = box
        return "".join(letters)

    def _character(self, index: int) -> str:
        code = self._raw.FPDFText_GetUnicode(self._text, index)
        return chr(code) if 0 < code < 0x110000 else " "


def _address(thing: Any) -> int:
    return ctypes.cast(thing, ctypes.c_void_p).value or 0


@cache
def _caller_of(function: int) -> Any:
    """The *function* of pdfium at that address, which is asked of every space.

    Called with addresses it takes two thirds of its time.
    """
    return ctypes.PYFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int)(function)


def in_reading_order(lines: Sequence[PdfLine]) -> list[PdfLine]:
    """*lines* as the file has them, or column by column.

    The latter where it climbs the page less often, or where the file goes from one column
    to the other on every line, and what stands there is prose and no table.
    """
    climbs, crosses = _climbs(lines), _crosses(lines)
    if climbs or crosses:
        columns = _cut(list(lines), 0)
        if _climbs(columns) < climbs or (crosses and not _crosses(columns)):
            return columns
    return list(lines)


def around_the_text(lines: list[PdfLine]) -> list[PdfLine]:
    """*lines*, those at the foot last and those at the head first.

    Many programs write the head and the foot of a page before its text, or after it.
    """
    for _ in range(_AROUND):
        if len(lines) <= _AROUND:
            break
        low = max(range(_AROUND), key=lambda place: lines[place].top)
        foot = lines[low]
        if all(foot.top >= other.bottom for other in lines if other is not foot):
            lines = [*lines[:low], *lines[low + 1 :], foot]
        high = min(range(len(lines) - _AROUND, len(lines)), key=lambda place: lines[place].bottom)
        head = lines[high]
        if all(head.bottom <= other.top for other in lines if other is not head):
            lines = [head, *lines[:high], *lines[high + 1 :]]
    return lines


def _crosses(lines: Sequence[PdfLine]) -> bool:
    """Whether lines of prose stand side by side, the one after the other."""
    beside = [
        pair
        for pair in pairwise(lines)
        if pair[1].left > pair[0].right
        and min(pair[0].bottom, pair[1].bottom) > max(pair[0].top, pair[1].top)
        and min(len(line.text) for line in pair) >= _PROSE
    ]
    return len(beside) >= max(3, len(lines) * 0.3)


def _climbs(lines: Sequence[PdfLine]) -> int:
    """How often a line stands wholly above the one before it."""
    return sum(after.bottom <= before.top for before, after in pairwise(lines))


def _cut(lines: list[PdfLine], depth: int) -> list[PdfLine]:
    """The recursive XY-cut (Nagy and Seth, 1984): gutters first, then gaps between the lines."""
    if len(lines) < 2 or depth > 20:
        return sorted(lines, key=lambda line: (line.top, line.left))
    height = median(line.height for line in lines)
    columns = _split(lines, lambda line: (line.left, line.right), max(height, 6.0))
    if len(columns) > 1:
        return [line for part in columns for line in _cut(part, depth + 1)]
    bands = _split(lines, lambda line: (line.top, line.bottom), 0.0)
    if len(bands) > 1:
        return [line for part in _regroup(bands) for line in _cut(part, depth + 1)]
    return sorted(lines, key=lambda line: (line.top, line.left))


def _split(lines: list[PdfLine], edges: Any, gap: float) -> list[list[PdfLine]]:
    """*lines* parted where, along one axis, at least *gap* points are empty."""
    parts: list[list[PdfLine]] = []
    reach = 0.0
    for line in sorted(lines, key=edges):
        start, end = edges(line)
        if not parts or start - reach > gap:
            parts.append([])
            reach = end
        parts[-1].append(line)
        reach = max(reach, end)
    return parts


def _regroup(bands: list[list[PdfLine]]) -> list[list[PdfLine]]:
    """Neighbouring bands of one line each, or of two that stand side by side, taken together.

    So a title is parted from the columns below it, and the columns stay whole.
    """
    groups: list[list[PdfLine]] = []
    wide = None
    for band in bands:
        several = len(band) > 1
        if not groups or several != wide:
            groups.append([])
        groups[-1] += band
        wide = several
    return groups if len(groups) > 1 else bands
