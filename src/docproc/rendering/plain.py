"""Answers and documents for a pipe: the terminal's characters without its looks.

The layout is stable; there is no colour and no drawing, and nothing but white space is
added inside a quotation, so that ``grep`` finds in it what the source holds.
"""

from __future__ import annotations

from collections.abc import Sequence

from docproc.records import Answer, Document, Passage, Span
from docproc.rendering.answer_view import WaysOn, answer_view
from docproc.rendering.document_view import document_view
from docproc.rendering.lines import plain

WIDTH = 80


def render_plain(
    answer: Answer,
    width: int = WIDTH,
    *,
    full: bool = False,
    nearest: bool = False,
    ways: WaysOn | None = None,
) -> str:
    """*answer* as plain text, its lines at most *width* cells wide."""
    return plain(answer_view(answer, width, full=full, nearest=nearest, ways=ways))


def render_document_plain(
    document: Document,
    passages: Sequence[Passage],
    mark: Span | None = None,
    width: int = WIDTH,
) -> str:
    """*document* as plain text; lines of the passage at *mark* begin with ``>``."""
    return plain(document_view(document, passages, width, mark=mark))
