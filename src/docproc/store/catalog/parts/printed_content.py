"""What the documents of a catalog print and name: correspondents, places, references, registers."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Literal

import msgspec

from docproc.persons import Register
from docproc.records import ArchivalReference
from docproc.references import PrintedForms
from docproc.store.catalog.parts.scoping import documents_printing, persons_in, register_of
from docproc.store.catalog.parts.shelves import Shelf, shelves_of
from docproc.store.catalog.tables import schema
from docproc.store.catalog.tables.queries import Queries


class PrintedContent:
    """Whom, what and which archives the documents name."""

    def __init__(self, queries: Queries) -> None:
        self._queries = queries

    def names(self, column: Literal["sender", "recipient", "place"]) -> list[str]:
        """The distinct senders, recipients or places, as printed, sorted.

        After them come the other names, folded, by which letters call these persons.
        """
        sql = f"SELECT DISTINCT {column} FROM documents WHERE {column} IS NOT NULL ORDER BY 1"  # noqa: S608
        found = [name for (name,) in self._queries.all(sql)]
        if column == "place":
            return found
        sql = f"SELECT DISTINCT {column}_folded FROM documents WHERE instr({column}_folded, ?)"  # noqa: S608
        own = self._queries.all(sql, (schema.OWN_NAME,))
        return found + sorted({n for (f,) in own for n in f.split(schema.OWN_NAME)[1:]})

    def correspondents(self) -> dict[str, tuple[str | None, str | None]]:
        """The identities of sender and recipient of each document, by id, where one is known."""
        found: dict[str, list[str | None]] = {}
        for at, level in enumerate((schema.SENDER, schema.RECIPIENT)):
            for document, value in self._queries.all(
                "SELECT id, value FROM levels JOIN documents ON key = document WHERE level = ?",
                (level,),
            ):
                found.setdefault(document, [None, None])[at] = value
        return {document: (sender, recipient) for document, (sender, recipient) in found.items()}

    def has_words(self, words: str) -> bool:
        """Whether the text of any document prints *words*, as ``references.prints`` matches."""
        with self._queries.naming_file():
            return bool(len(documents_printing(self._queries.db, words)))

    def has_reference(self, reference: str) -> bool:
        """Whether a reference of any document is printed so, from one of its words on."""
        return self._references.holds(reference)

    @functools.cached_property
    def _references(self) -> PrintedForms:
        decode = msgspec.json.Decoder(ArchivalReference).decode
        with self._queries.naming_file(), self._queries.decoding():
            every = self._queries.db.execute("SELECT record FROM refs")
            return PrintedForms(decode(record) for (record,) in every)

    def persons(self) -> list[str]:
        """Every entry of every register, as it is stored, each once."""
        with self._queries.naming_file():
            return persons_in(self._queries.db)

    @functools.cached_property
    def register(self) -> Register:
        """Every person, body and place of the registers that the documents hold or come with."""
        with self._queries.naming_file(), self._queries.decoding():
            return register_of(self._queries.db)

    @functools.cached_property
    def shelves(self) -> Mapping[str, Shelf]:
        """Where each document is kept, its edition and its witness, by the document's id."""
        with self._queries.naming_file(), self._queries.decoding():
            return shelves_of(self._queries.db)
