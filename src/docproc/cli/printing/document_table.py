"""The table of documents: fitted to a terminal, or columns between tabs for a pipe."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from docproc.browsing.listing import correspondents_phrase, name_document, place_document
from docproc.citing.written import one_line
from docproc.persons import natural_order
from docproc.records import DocumentRow

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text


def print_documents(rows: Sequence[DocumentRow]) -> None:
    """Print *rows*, nothing of them cut off."""
    if not sys.stdout.isatty():
        for row in rows:
            names = (natural_order(name) if name else None for name in (row.sender, row.recipient))
            known = (row.date, *names, row.title, row.reference)
            print("\t".join(one_line(cell or "") for cell in (*known, row.source, row.member)))
        return
    from docproc.rendering.console import console_for

    console_for(sys.stdout).print(document_table(rows))


def document_table(rows: Sequence[DocumentRow]) -> Table:
    """*rows* as a terminal shows them."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1))
    table.add_column("date", no_wrap=True)
    table.add_column("document", ratio=3, overflow="fold")
    table.add_column("reference", ratio=2, overflow="fold")
    for row in rows:
        reference = one_line(row.reference or "") or one_line(place_document(row))
        style = "" if row.reference else "dim"
        table.add_row(Text(row.date or "no date", "" if row.date else "dim"), _name_row(row),
                      Text(reference, style))  # fmt: skip
    return table


def _name_row(row: DocumentRow) -> Text:
    """Who to whom, and the title where it says something else."""
    from rich.text import Text

    who, title = correspondents_phrase(row), one_line(row.title or "")
    names = [
        one_line(natural_order(name)).casefold() for name in (row.sender, row.recipient) if name
    ]
    if not who:
        return Text(name_document(row))
    if not title or _says_no_more(title, names):
        return Text(who)
    return Text.assemble(who, "\n", (title, "dim"))


def _says_no_more(title: str, names: Sequence[str]) -> bool:
    """Whether *title* is made of all *names* and a word or two between them."""
    rest = title.casefold()
    for name in names:
        if name not in rest:
            return False
        rest = rest.replace(name, " ", 1)
    return len(rest.split()) <= 2
