"""Duplicates: the documents that have the words of another, or nearly, as indexing found them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docproc.records import DocumentRow
from docproc.store.catalog import Catalog
from docproc.store.layout import DUPLICATES


class DuplicateGroups:
    """The groups of documents that a generation's *folder* holds; read when first asked."""

    def __init__(self, folder: Path, catalog: Catalog) -> None:
        self._path = folder / DUPLICATES
        self._catalog = catalog
        self._groups: dict[str, list[str]] | None = None

    def of(self, document_id: str) -> list[DocumentRow]:
        """The other documents of the groups that this one is in.  Raises ``KeyError``."""
        if self._groups is None:
            self._groups = self._read()
        row = self._catalog.document_row(document_id)
        names = self._groups.get(_name(row), ())
        find = self._catalog.finder.documents_of
        ids = {each for name in names for each in find(_source(name), exactly=True)}
        rows = self._catalog.document_rows(ids - {row.id}).values()
        return sorted((each for each in rows if _name(each) in names), key=lambda each: each.source)

    def _read(self) -> dict[str, list[str]]:
        if not self._path.exists():  # a generation that an earlier docproc published
            return {}
        found: dict[str, list[str]] = {}
        for group in _groups(json.loads(self._path.read_text("utf-8"))):
            for name in group:
                found.setdefault(name, []).extend(each for each in group if each != name)
        return found


def _groups(written: dict[str, Any]) -> Iterator[list[str]]:
    yield from written["exact"]
    yield from (each["documents"] for each in written["near"])


def _name(row: DocumentRow) -> str:
    """A document as the list of duplicates names it."""
    return f"{row.source} ({row.member})" if row.member else row.source


def _source(name: str) -> str:
    """The path of the source that *name* begins with: a member follows in parentheses."""
    return name.rpartition(" (")[0] if name.endswith(")") and " (" in name else name
