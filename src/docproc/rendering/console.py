"""The console of rich over a stream: what tables, progress and coloured lines are drawn on."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TextIO

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

from docproc.rendering.lines import asked_width
from docproc.text.output import encodable, raw_stream, terminal_safe


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
