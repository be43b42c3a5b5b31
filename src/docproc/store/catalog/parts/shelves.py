"""Where each document is kept, in which edition it stands and of which witness it is: for lists."""

from __future__ import annotations

import msgspec

from docproc.dataclass_on_use import dataclass
from docproc.records import ArchivalReference
from docproc.store.catalog.tables.compressed import restore_record
from docproc.store.catalog.tables.connection import Database
from docproc.store.catalog.tables.schema import WITNESS

_WITHIN_A_FILE = ("leaves",)
"""Levels below which a document has no place of its own."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """``path`` leads from the archive down to the file (``("RGASPI", "fond 558", "opis 2")``)."""

    path: tuple[str, ...] = ()
    witness: tuple[str, ...] = ()
    collection: str | None = None


class _Collection(msgspec.Struct):
    title: str


class _Metadata(msgspec.Struct):
    collection: _Collection | None = None


class _Record(msgspec.Struct):
    metadata: _Metadata


def shelves_of(db: Database) -> dict[str, Shelf]:
    """The shelf of every document, by its id; its reference is the one that lists show."""
    reference = msgspec.json.Decoder(ArchivalReference).decode
    record = msgspec.json.Decoder(_Record).decode
    paths: dict[int, tuple[str, ...]] = {}
    kept = (
        "SELECT document, refs.record FROM refs JOIN documents ON key = document "
        "WHERE printed = reference ORDER BY document, ordinal DESC"
    )
    for key, written in db.execute(kept):
        paths[key] = path_of(reference(written))
    witnesses: dict[int, list[str]] = {}
    for key, value in db.execute("SELECT document, value FROM levels WHERE level = ?", (WITNESS,)):
        witnesses.setdefault(key, []).append(value)
    found = {}
    for key, name, written in db.execute("SELECT key, id, record FROM documents"):
        collection = record(restore_record(written)).metadata.collection
        title = " ".join(collection.title.split()) if collection else None
        found[name] = Shelf(paths.get(key, ()), tuple(witnesses.get(key, ())), title)
    return found


def path_of(reference: ArchivalReference) -> tuple[str, ...]:
    """The archive as it is called now, and each level with its name, down to the file."""
    archive = reference.archive_now or reference.archive
    levels = (
        " ".join((value if level == "repository" else f"{level} {value}").split())
        for level, value in reference.components
        if level not in _WITHIN_A_FILE
    )
    return (*((archive,) if archive else ()), *levels)
