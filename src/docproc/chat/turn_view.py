"""A turn of the conversation as lines: how the question was understood, and the answer."""

from __future__ import annotations

from docproc.chat.asking import Turn
from docproc.rendering.answer_view import WaysOn, answer_view
from docproc.rendering.lines import Line, Piece, measure, wrap


def turn_view(turn: Turn, width: int, ways: WaysOn) -> list[Line]:
    """*turn* as lines of at most *width* cells.

    Where the question was completed, a dim line first says how, and where it was looked for.
    """
    if not turn.understood:
        return answer_view(turn.answer, width, ways=ways)
    width = measure(width)
    undo = f" ({ways.typed})" if ways.typed else ""
    said = wrap([Piece(f"{turn.said}{undo}", "dim")], width)
    return [*said, (), *answer_view(turn.answer, width, ways=ways, scope_said=True)]
