"""Notes: the marks ``[^1]`` that the definitions of footnotes belong to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from docproc.records import Block, BlockKind, Span
from docproc.text.patterns import compile_on_use

_MARK = compile_on_use(r"\[\^(?P<label>[^\[\]\s]{1,80})\]")


def anchor_notes(text: str, start: int, blocks: Sequence[Block]) -> list[Block]:
    """*blocks*, each note anchored at its first mark in *text* from *start* on, or nowhere."""
    notes = [block.span for block in blocks if block.kind is BlockKind.NOTE]
    if not notes:
        return list(blocks)
    marks: dict[str, Span] = {}
    number = 0
    for match in _MARK.finditer(text, start):
        span = Span(*match.span())
        while number < len(notes) and notes[number].end <= span.start:
            number += 1
        if number == len(notes) or not notes[number].contains(span):
            marks.setdefault(match["label"], span)
    return [
        replace(block, anchor=marks.get(block.label or ""))
        if block.kind is BlockKind.NOTE
        else block
        for block in blocks
    ]
