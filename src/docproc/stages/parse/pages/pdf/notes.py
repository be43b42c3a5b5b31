"""Notes of PDF: raised figures in the text, and the lines below that open with the same ones."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import field

from docproc.dataclass_on_use import dataclass
from docproc.records import Span
from docproc.stages.parse.pages.pdf.lines import PdfLine

_LONGEST = 4
_SMALLER = 0.8
"""Of the height of the words beside it; those have ascenders or descenders, and it has none."""
Key = tuple[int, str]
"""The number of the page that a note stands on, and its label."""


@dataclass(slots=True)
class PdfNotes:
    """Which lines open a note, which go on with one, and where the marks of notes stand."""

    opening: dict[PdfLine, Key] = field(default_factory=dict)
    within: set[PdfLine] = field(default_factory=set)
    marks: dict[PdfLine, list[tuple[Span, Hashable]]] = field(default_factory=dict)


def notes_of(pages: Mapping[int, Sequence[PdfLine]]) -> PdfNotes:
    """The notes of *pages*, the lines of each by its number, running heads left out.

    Notes stand at the end of a page.  A figure is the mark of one if it is raised, and the note
    of its label stands on the same page or, where no two have that label, on any later one.
    """
    marks = [(page, line, span) for page, lines in pages.items() for line, span in _marks(lines)]
    found = PdfNotes()
    if not marks:
        return found
    labels = {(page, span.of(line.text)) for page, line, span in marks}
    anywhere = {label for _, label in labels}
    for page, lines in pages.items():
        opened = [number for number, line in enumerate(lines) if _label(lines, number)]
        opened = [number for number in opened if _label(lines, number) in anywhere]
        for number in opened:
            found.opening[lines[number]] = (page, _label(lines, number))
        if opened:
            found.within.update(line for line in lines[opened[0] :] if line not in found.opening)
    by_label: dict[str, list[Key]] = {}
    for key in found.opening.values():
        by_label.setdefault(key[1], []).append(key)
    for page, line, span in marks:
        label = span.of(line.text)
        keys = by_label.get(label, ())
        own = [key for key in keys if key[0] == page] or [key for key in keys if len(keys) == 1]
        if own and own[0][0] >= page and line not in found.within:
            found.marks.setdefault(line, []).append((span, own[0]))
    tied = {key for each in found.marks.values() for _, key in each}
    if not tied:
        return PdfNotes()
    return found


def _marks(lines: Sequence[PdfLine]) -> Iterator[tuple[PdfLine, Span]]:
    """The raised figures that stand behind words."""
    for number, line in enumerate(lines):
        for span in line.raised:
            if span.start:
                yield line, span
        if _is_alone(line) and number and _beside(lines[number - 1], line):
            yield line, Span(0, len(line.text))


def _label(lines: Sequence[PdfLine], number: int) -> str:
    """The raised figure that a line opens with, as a note does; ``""`` where there is none."""
    line = lines[number]
    if not number or _beside(lines[number - 1], line):
        return ""
    if line.raised and not line.raised[0].start:
        return line.raised[0].of(line.text)
    alone = _is_alone(line) and number + 1 < len(lines) and _beside(line, lines[number + 1])
    return line.text if alone else ""


def _is_alone(line: PdfLine) -> bool:
    """Whether a line is a figure alone, as pdfium parts one that is raised far."""
    return line.text.isdecimal() and len(line.text) < _LONGEST


def _beside(left: PdfLine, right: PdfLine) -> bool:
    """Whether *right* goes on where *left* ends, the figure of the two being the smaller."""
    figure, words = (left, right) if _is_alone(left) else (right, left)
    return (
        left.right <= right.left + 1
        and right.left - left.right < 2 * words.height
        and min(left.bottom, right.bottom) > max(left.top, right.top)
        and (not _is_alone(figure) or figure.height < _SMALLER * words.height)
    )
