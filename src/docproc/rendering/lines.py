"""Lines: what is shown, as styled pieces of text, before any terminal is known.

Every view of docproc is a list of lines made here, so that the terminal and the pipe show
the same characters, and so that no character of a document reaches either unchecked.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from rich.cells import cell_len

from docproc.text.output import visible as visible
from docproc.text.patterns import compile_on_use

MEASURE = 100
"""Running text is never set wider, in cells: longer lines are hard to follow."""


def asked_width() -> int | None:
    """The width that ``COLUMNS`` asks for, ``None`` where it does not."""
    asked = os.environ.get("COLUMNS", "")
    return int(asked) if asked.isascii() and asked.isdigit() and int(asked) else None


def running_width(width: int) -> int:
    """How wide running text is set in *width* cells: no wider than ``MEASURE``, unless asked."""
    return width if asked_width() == width else min(width, MEASURE)


_NARROWEST = 8
_SPACE = compile_on_use(r"(\s+)")


class Piece(NamedTuple):
    """A stretch of one line in one style; the styles' looks are the terminal's own."""

    text: str
    style: str = ""


Line: TypeAlias = tuple[Piece, ...]


def width_of(pieces: Iterable[Piece]) -> int:
    """The width of *pieces* in cells of a terminal."""
    return sum(cell_len(piece.text) for piece in pieces)


def plain(lines: Iterable[Line]) -> str:
    """The characters of *lines*, without their styles, each ended by a newline."""
    return "".join("".join(p.text for p in line).rstrip() + "\n" for line in lines)


def wrap(
    pieces: Iterable[Piece],
    width: int,
    first: Sequence[Piece] = (),
    rest: Sequence[Piece] | None = None,
) -> list[Line]:
    """Set *pieces* in lines of at most *width* cells.

    ``first`` stands before the first line and ``rest`` before the others (the same width in
    blanks if not given).  White space is the only thing that changes: a run of it becomes
    one space or the end of a line, and always the end of a line where it holds an empty
    line; at the two ends it goes.  A word wider than a line is broken.  Characters that
    could command the terminal are made visible.
    """
    if rest is None:
        rest = (Piece(" " * width_of(first)),) if first else ()
    width = max(width, width_of(first) + _NARROWEST, width_of(rest) + _NARROWEST)
    lines: list[Line] = []
    line, used, started = list(first), width_of(first), False

    def end() -> None:
        nonlocal line, used, started
        lines.append(_join(line))
        line, used, started = list(rest), width_of(rest), False

    for word in _words(pieces):
        letters, size = word.pieces, width_of(word.pieces)
        endless = size > width - width_of(rest)
        if started and (word.paragraph or (used + 1 + size > width and not endless)):
            end()
        elif started and used + 1 < width:
            line.append(word.gap)
            used += 1
        while used + size > width:
            head, letters = _break(letters, width - used, at_least_one=not started)
            line += head
            end()
            size = width_of(letters)
        line += letters
        used += size
        started = True
    lines.append(_join(line))
    return lines


def set_at_both_margins(
    left: Sequence[Piece], right: Piece, width: int, first: Sequence[Piece] = ()
) -> list[Line]:
    """*left* and, at the right margin, *right*: on one line, or on two where it is narrow."""
    lines = wrap(left, width, first)
    end = _on_one_line(right)
    blank = width - width_of(lines[0]) - width_of([end])
    if len(lines) == 1 and blank >= 2:
        return [(*lines[0], Piece(" " * blank), end)]
    return lines + wrap([end], width, [Piece(" " * max(0, width - width_of([end])))])


def append_piece(
    lines: list[Line], piece: Piece, width: int, rest: Sequence[Piece] = ()
) -> list[Line]:
    """*lines* with *piece* two cells after the last of them, or on a line of its own."""
    end = _on_one_line(piece)
    if end.text and width_of(lines[-1]) + 2 + width_of([end]) <= width:
        return [*lines[:-1], (*lines[-1], Piece("  "), end)]
    return lines + wrap([end], width, rest) if end.text else lines


def columns(label: str, value: Iterable[Piece], width: int, label_width: int) -> list[Line]:
    """One row of a table of two columns: a label and its value."""
    return wrap(value, width, [Piece(f"{label:<{label_width}}", "label")])


class _Word(NamedTuple):
    pieces: list[Piece]
    gap: Piece
    paragraph: bool


def _words(pieces: Iterable[Piece]) -> Iterator[_Word]:
    """The words of *pieces*, each with the white space before it."""
    word: list[Piece] = []
    gap, styles = "", set[str]()

    def make_word() -> _Word:
        newlines = gap.replace("\r\n", "\n")
        paragraph = sum(newlines.count(mark) for mark in "\n\r\x85\u2028\u2029\f") > 1
        return _Word(word, Piece(" ", styles.pop() if len(styles) == 1 else ""), paragraph)

    for piece in pieces:
        for part in _SPACE.split(visible(piece.text)):
            if not part:
                continue
            if _SPACE.match(part):
                if word:
                    yield make_word()
                    word, gap, styles = [], "", set()
                gap += part
                styles.add(piece.style)
            else:
                word.append(Piece(part, piece.style))
    if word:
        yield make_word()


def _break(
    pieces: list[Piece], room: int, *, at_least_one: bool
) -> tuple[list[Piece], list[Piece]]:
    """Break a word after as many characters as fit into *room* cells."""
    head: list[Piece] = []
    for number, piece in enumerate(pieces):
        for at, character in enumerate(piece.text):
            size = cell_len(character)
            if size > room and not at_least_one:
                head.append(Piece(piece.text[:at], piece.style))
                tail = [Piece(piece.text[at:], piece.style), *pieces[number + 1 :]]
                return [p for p in head if p.text], tail
            room -= size
            at_least_one = False
        head.append(piece)
    return head, []


def _on_one_line(piece: Piece) -> Piece:
    return Piece(_SPACE.sub(" ", visible(piece.text)).strip(), piece.style)


def _join(line: Iterable[Piece]) -> Line:
    """*line* with neighbours of one style made one piece."""
    joined: list[Piece] = []
    for piece in line:
        if joined and joined[-1].style == piece.style:
            joined[-1] = Piece(joined[-1].text + piece.text, piece.style)
        elif piece.text:
            joined.append(piece)
    return tuple(joined)
