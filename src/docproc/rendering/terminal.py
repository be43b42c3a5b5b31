"""Answers and documents on a terminal, with colour and width by rich, or in a pipe, without.

White space is the only thing that display changes: inside a quotation, every run of it
becomes one space or the end of a line (always the end of a line where the source leaves
one empty).  All other characters stand as in the source and in its order; what is left out
of a long quotation is marked ``[…]``; and a character that could command the terminal is
written out, as ``<U+001B>``.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple, TextIO, TypeAlias

from docproc.records import Answer, Citation, Document, Passage, Span, WrittenAnswer
from docproc.rendering.answer_view import answer_view
from docproc.rendering.lines import Line, Piece, asked_width, plain
from docproc.text.output import encodable, terminal_safe

if TYPE_CHECKING:
    from rich.console import Console

_COLOURED = ("FORCE_COLOR", "CLICOLOR_FORCE", "TTY_COMPATIBLE")
"""What may ask for colours in a pipe: rich knows when it does."""

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


class Paper(NamedTuple):
    """A stream that is no terminal, and its columns: to import rich for it takes 10 ms."""

    stream: TextIO
    width: int


Screen: TypeAlias = "Console | Paper"


def screen_for(stream: TextIO) -> Screen:
    """What prints lines to *stream*: 80 columns, or ``COLUMNS``, where it is no terminal."""
    if stream.isatty() or any(map(os.environ.get, _COLOURED)):
        from docproc.rendering.console import console_for

        return console_for(stream)
    return Paper(stream, asked_width() or 80)


def render_answer(
    answer: Answer, console: Screen, *, full: bool = False, nearest: bool = False
) -> None:
    """Print *answer*: ``full`` quotes at length, ``nearest`` shows what a refusal passed by."""
    show(answer_view(answer, console.width, full=full, nearest=nearest), console)


def render_written(written: WrittenAnswer, console: Screen) -> None:
    """Print *written*, what a model made of an answer, with a line between it and the answer."""
    from docproc.rendering.written_view import written_view

    show([*written_view(written, console.width), ()], console)


def render_explanation(
    answer: Answer, behind: Callable[[Citation], Sequence[tuple[str, str]]], console: Screen
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
    console: Screen,
    mark: Span | None = None,
    unread: str | None = None,
) -> None:
    """Print *document*: what is known of it, then its text by its structure, with its notes.

    ``passages`` give the locators.  The passage at ``mark``, a span of the reading text, stands
    out.  ``unread`` says which parts of its source could not be read.
    """
    from docproc.rendering.document_view import document_view

    show(document_view(document, passages, console.width, mark=mark, unread=unread), console)


def show(lines: Iterable[Line], console: Screen) -> None:
    """Print *lines* in their styles, and nothing in them as markup."""
    if isinstance(console, Paper):
        console.stream.write(plain(lines).expandtabs())
        return
    from rich.text import Text

    for line in lines:
        text = Text()
        for piece in line:
            text.append(encodable(terminal_safe(piece.text), console.encoding), STYLES[piece.style])
        text.rstrip()
        console.print(text, soft_wrap=True, highlight=False)
