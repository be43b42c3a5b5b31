"""Answers and documents on a terminal: colour, width and ``NO_COLOR`` by rich.

White space is the only thing that display changes: inside a quotation, every run of it
becomes one space or the end of a line (always the end of a line where the source leaves
one empty).  All other characters stand as in the source and in its order; what is left out
of a long quotation is marked ``[…]``; and a character that could command the terminal is
written out, as ``<U+001B>``.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from typing import TextIO

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.text import Text

from docproc.records import Answer, Citation, Document, Passage, Span, WrittenAnswer
from docproc.rendering.answer_view import answer_view
from docproc.rendering.lines import Line, Piece, asked_width
from docproc.text.output import encodable, raw_stream, terminal_safe

STYLES = {
    "": "",
    "title": "bold",
    "rank": "bold",
    "locator": "cyan",
    "mark": "dim",
    "highlight": "bold magenta",
    "marked": "bold",
    "pointer": "bold magenta",
    "elision": "dim",
    "anchor": "bold cyan",
    "heading": "bold",
    "reference": "",
    "label": "dim",
    "gutter": "dim",
    "good": "green",
    "warning": "bold yellow",
    "cut": "dim",
    "dim": "dim",
}


def render_answer(
    answer: Answer, console: Console, *, full: bool = False, nearest: bool = False
) -> None:
    """Print *answer*: ``full`` quotes at length, ``nearest`` shows what a refusal passed by."""
    show(answer_view(answer, console.width, full=full, nearest=nearest), console)


def render_written(written: WrittenAnswer, console: Console) -> None:
    """Print *written*, what a model made of an answer, with a line between it and the answer."""
    from docproc.rendering.written_view import written_view

    show([*written_view(written, console.width), ()], console)


def render_explanation(
    answer: Answer, behind: Callable[[Citation], Sequence[tuple[str, str]]], console: Console
) -> None:
    """Print why each citation of *answer* is one; after a refusal, how near the nearest came.

    *behind* says what took part in making one (``ReadingRoom.behind``): of each citation, what
    is not as with the one before.
    """
    said: set[tuple[str, str]] = set()
    for citation in answer.citations or answer.nearest[:1]:
        made = [tuple(each) for each in behind(citation)]
        new = [(what, by) for what, by in made if (what, by) not in said]
        said = {(what, by) for what, by in made}
        from docproc.rendering.explanation_view import explanation_view

        lines = explanation_view(citation, answer.searched, new, console.width)
        show([(), (Piece(f"Why {citation.rank}", "rank"),), *lines], console)


def render_document(
    document: Document,
    passages: Sequence[Passage],
    console: Console,
    mark: Span | None = None,
    unread: str | None = None,
) -> None:
    """Print *document*: what is known of it, then its text by its structure, with its notes.

    ``passages`` give the locators.  The passage at ``mark``, a span of the reading text, stands
    out.  ``unread`` says which parts of its source could not be read.
    """
    from docproc.rendering.document_view import document_view

    show(document_view(document, passages, console.width, mark=mark, unread=unread), console)


def show(lines: Iterable[Line], console: Console) -> None:
    """Print *lines* in their styles, and nothing in them as markup."""
    for line in lines:
        text = Text()
        for piece in line:
            text.append(encodable(terminal_safe(piece.text), console.encoding), STYLES[piece.style])
        text.rstrip()
        console.print(text, soft_wrap=True, highlight=False)


class SafeConsole(Console):
    """A console that lets no text of what it draws command the terminal, anyone who made it."""

    def render(
        self, renderable: RenderableType, options: ConsoleOptions | None = None
    ) -> Iterable[Segment]:
        """The segments of *renderable*; of those that are text, ``terminal_safe``."""
        for segment in super().render(renderable, options):
            if segment.control:
                yield segment
            else:
                yield Segment(encodable(terminal_safe(segment.text), self.encoding), segment.style)


def console_for(stream: TextIO) -> Console:
    """The console over *stream*: 80 columns and no colour where it is no terminal.

    ``COLUMNS`` says otherwise of the one, ``FORCE_COLOR`` or ``CLICOLOR_FORCE`` of the other.
    """
    width = None if stream.isatty() else asked_width() or 80
    forced = os.environ.get("CLICOLOR_FORCE", "0") not in ("", "0")
    return SafeConsole(
        file=raw_stream(stream), width=width, force_terminal=True if forced else None,
        highlight=False, markup=False, emoji=False,
    )  # fmt: skip
