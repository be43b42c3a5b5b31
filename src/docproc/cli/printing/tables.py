"""Tables on standard output: aligned columns, plain enough for a pipe."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from docproc.text.output import one_line


def width() -> int:
    """How many cells a line of standard output has: the terminal's, and 80 in a pipe."""
    import shutil

    return shutil.get_terminal_size().columns if sys.stdout.isatty() else 80


def can_write(characters: str) -> bool:
    """Whether standard output can write *characters* in its encoding."""
    try:
        characters.encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return False
    return True


def print_table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print *rows* under *head*: a fitted table on a terminal, tab-separated lines in a pipe."""
    if not sys.stdout.isatty():
        for row in rows:
            print("\t".join(one_line(str(cell)) for cell in row))
        return
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from docproc.rendering.console import console_for

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in head:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*(Text(one_line(str(cell))) for cell in row))
    console_for(sys.stdout).print(table)
