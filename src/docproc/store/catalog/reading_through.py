"""Reading a catalog through: every document with its passages, some hundred passages at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from docproc.records import DocumentRow, Passage
from docproc.store.catalog.reader import Catalog

_AT_ONCE = 500


def each_document(catalog: Catalog, start: int = 0) -> Iterator[tuple[DocumentRow, list[Passage]]]:
    """The documents of *catalog* from number *start* on, each with its passages, by row."""
    batch: list[DocumentRow] = []
    for row in catalog.documents(start):
        batch.append(row)
        if row.first_row + row.passages - batch[0].first_row >= _AT_ONCE:
            yield from _with_passages(catalog, batch)
            batch = []
    yield from _with_passages(catalog, batch)


def _with_passages(
    catalog: Catalog, batch: Sequence[DocumentRow]
) -> Iterator[tuple[DocumentRow, list[Passage]]]:
    if batch:
        rows = (range(each.first_row, each.first_row + each.passages) for each in batch)
        found = catalog.passages(chain.from_iterable(rows))
        at = 0
        for row in batch:
            yield row, found[at : at + row.passages]
            at += row.passages
