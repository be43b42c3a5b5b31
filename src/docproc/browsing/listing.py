"""The list of documents: those within a scope, in an order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from docproc.citing.wording import undated_headline
from docproc.citing.written import one_line
from docproc.errors import UsageError, nearest
from docproc.letters.vocabulary.words import SENT
from docproc.persons import natural_order, sorted_order
from docproc.records import DocumentRow, Mention, Metadata, Scope, SourceFile
from docproc.references import date_bounds
from docproc.store.catalog import Catalog

_ORDERS: dict[str, Callable[[DocumentRow], Any]] = {
    "date": lambda row: known_bounds(row.date),
    "sender": lambda row: _fold(row.sender and sorted_order(row.sender)),
    "recipient": lambda row: _fold(row.recipient and sorted_order(row.recipient)),
    "title": lambda row: name_document(row).casefold(),
    "reference": lambda row: _figures(row.reference),
    "source": lambda row: _figures(place_document(row)),
}
SORTS = tuple(_ORDERS)
"""What a list can be sorted by; what is not known comes last."""


def documents_within(catalog: Catalog, scope: Scope, kind: str | None = None) -> list[DocumentRow]:
    """The documents of which a passage lies within *scope*, and that are of that *kind*."""
    rows: Iterable[DocumentRow] = catalog.documents()
    if not scope.everything:
        there = np.delete(hold_passages(catalog, scope), catalog.absent)
        rows = (row for row, within in zip(rows, there, strict=True) if within)
    found = list(rows)
    if kind is None:
        return found
    wanted = check_kind(kind, {row.kind for row in found if row.kind})
    return [row for row in found if row.kind == wanted]


def hold_passages(catalog: Catalog, scope: Scope) -> NDArray[np.bool_]:
    """Of each document, by its number, whether a passage of it lies within *scope*."""
    firsts = catalog.first_rows
    held = np.zeros(len(firsts) - 1, np.bool_)
    held[np.searchsorted(firsts, catalog.scoped.rows(scope), side="right") - 1] = True
    return held


def check_kind(kind: str, there: Iterable[str]) -> str:
    """*kind* as documents have it.  Raises ``UsageError`` where it is not among those *there*."""
    known = sorted(there)
    if kind.casefold() not in known:
        said = ", ".join(known) or "none"
        raise UsageError(f"no document here is a {kind!r}{nearest(kind, known)}; kinds: {said}")
    return kind.casefold()


def sort_rows(
    rows: Iterable[DocumentRow], order: str, *, reverse: bool = False
) -> list[DocumentRow]:
    """*rows* sorted by one of ``SORTS``.  Raises ``UsageError`` for another."""
    every = list(rows)
    return [every[at] for at in arrange(every, order, reverse=reverse)]


def arrange(rows: Sequence[DocumentRow], order: str, *, reverse: bool = False) -> list[int]:
    """Where in *rows* each stands in an order of ``SORTS``.  Raises ``UsageError`` for another."""
    if order not in _ORDERS:
        raise UsageError(
            f"cannot sort by {order!r}{nearest(order, SORTS)}; there are: {', '.join(SORTS)}"
        )
    keys = [_ORDERS[order](row) for row in rows]
    known = [at for at, key in enumerate(keys) if key is not None]
    known.sort(key=keys.__getitem__, reverse=reverse)
    return known + [at for at, key in enumerate(keys) if key is None]


def known_bounds(edtf: str | None) -> tuple[date, date] | None:
    """The first and the last day that *edtf* can mean; ``None`` where it is not understood."""
    if edtf is None:
        return None
    try:
        return date_bounds(edtf)
    except ValueError:
        return None


def name_document(row: DocumentRow) -> str:
    """What the document is called: its title, its correspondents; its file where it has neither."""
    metadata = Metadata(
        title=_mention(row.title), sender=_mention(row.sender), recipient=_mention(row.recipient)
    )
    return one_line(undated_headline(metadata, SourceFile(place_document(row), "", 0, "")))


def place_document(row: DocumentRow) -> str:
    """The document's file, and its place in a file that holds several: ``a.zip › papers/b.txt``."""
    return f"{row.source} › {row.member}" if row.member else row.source


def correspondents_phrase(row: DocumentRow) -> str:
    """``"J. V. Stalin → L. D. Trotsky"``, with ``?`` for who is not known; ``""`` for no one.

    Of what is sent to nobody, a book or the papers of somebody, the author or the creator alone.
    """
    if not row.sender and not row.recipient:
        return ""
    if row.sender and not row.recipient and row.kind not in (*SENT, "e-mail"):
        return one_line(natural_order(row.sender))
    names = (natural_order(name) if name else "?" for name in (row.sender, row.recipient))
    return one_line(" → ".join(names))


def as_json(row: DocumentRow) -> dict[str, object]:
    """*row* for ``--json``."""
    known = asdict(row).items()
    return {name: value for name, value in known if name not in ("characters", "first_row")}


def _mention(text: str | None) -> Mention | None:
    return Mention(text) if text else None


def _fold(text: str | None) -> str | None:
    return " ".join(text.split()).casefold() if text else None


def _figures(text: str | None) -> list[tuple[int, str]] | None:
    """*text* so that figures sort by what they count: ``D. 9`` before ``D. 51``."""
    if not text:
        return None
    words = " ".join(text.split()).casefold().replace(".", " ").replace("/", " ").split()
    return [
        (int(word), "") if word.isascii() and word.isdigit() else (1 << 60, word) for word in words
    ]
