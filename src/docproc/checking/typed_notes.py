"""Notes that an author typed by hand: numbered at the end, with marks such as ``(1)``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from docproc.records import Block, BlockKind, Span
from docproc.text.patterns import compile_on_use

_LABELLED = compile_on_use(r"[\[(]?(\d{1,4})[\])]?[.:]?\s+\S")
_HIGH = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_MARK = compile_on_use(
    r"[\[(](\d{1,4})[\])]|([¹²³⁴⁵⁶⁷⁸⁹][⁰¹²³⁴⁵⁶⁷⁸⁹]{0,3})|(?<=[”»“\"’'])[.,;]?(\d{1,3})(?!\w)"
)


def split_typed_notes(text: str, blocks: Sequence[Block]) -> tuple[list[Block], list[Block]]:
    """*blocks* without the notes among them, and those notes, each tied to its mark.

    They are the blocks at the end that count 1, 2, 3, …, where the text before them has a mark
    of each number.
    """
    ordered = sorted(blocks, key=lambda each: each.span)
    first = len(ordered)
    labels: list[str] = []
    for block in reversed(ordered):
        match = _LABELLED.match(text, block.span.start, block.span.end)
        if match is None or (labels and int(match[1]) != int(labels[-1]) - 1):
            break
        labels.append(match[1])
        first -= 1
        if match[1] == "1":
            break
    if not labels or labels[-1] != "1" or not first:
        return list(ordered), []
    marks: dict[str, Span] = {}
    for match in _MARK.finditer(text, 0, ordered[first].span.start):
        number = next(place for place in (1, 2, 3) if match[place])
        label = match[number].translate(_HIGH)
        wanted = str(len(marks) + 1)
        if label == wanted:
            marks[label] = Span(match.start() if number < 3 else match.start(3), match.end())
    if len(marks) < len(labels):
        return list(ordered), []
    notes = [
        replace(block, kind=BlockKind.NOTE, label=label, anchor=marks[label])
        for block, label in zip(ordered[first:], reversed(labels), strict=True)
    ]
    return list(ordered[:first]), notes
