"""Files in ``embeddings/`` that somebody made to have others removed, overwritten or read."""

import os
import sqlite3
import struct

import msgspec
import pytest
from store_samples import letter, put

from docproc.errors import StoreError
from docproc.store.catalog.tables import schema
from docproc.store.catalog.writing.writer import CatalogWriter
from docproc.store.layout import Layout
from docproc.store.runs.unfinished import Unfinished

MAGIC = bytes.fromhex("d9d505f920a163d7")


@pytest.fixture
def layout(tmp_path):
    return Layout(tmp_path / "w" / "embeddings")


@pytest.fixture
def thesis(tmp_path):
    path = tmp_path / "thesis.tex"
    path.write_bytes(b"years of work")
    return path


def leave_unfinished(layout):
    """A reading that was killed: a catalog that is not finished, and no checksum of it."""
    unfinished = Unfinished(layout)
    unfinished.folder.mkdir(parents=True)
    with CatalogWriter(unfinished.catalog) as writer:
        put(writer, letter(paragraphs=("Words.",)))
        writer.settle()
    about = {"base": None, "progress": {"read": 1, "of": 2}, "file": None}
    (unfinished.folder / "about.json").write_bytes(msgspec.json.encode(about))
    return unfinished


def journal_of(catalog, names):
    """A journal that takes nothing back, and belongs to a change whose super-journal is *names*."""
    size = struct.unpack(">H", catalog.read_bytes()[16:18])[0]
    pages = catalog.stat().st_size // size
    head = MAGIC + struct.pack(">5I", 0, 7, pages, 512, size)
    name = os.fsencode(names)
    end = struct.pack(">I", 0x40000000 // size + 1) + name
    end += struct.pack(">2I", len(name), sum(name)) + MAGIC
    catalog.with_name(catalog.name + "-journal").write_bytes(head.ljust(512, b"\0") + end)


def test_sqlite_alone_would_remove_what_a_journal_names(layout, thesis):
    """That the journal of these tests is one that SQLite believes."""
    catalog = leave_unfinished(layout).catalog
    journal_of(catalog, thesis)
    db = sqlite3.connect(catalog)
    db.execute("SELECT count(*) FROM documents").fetchone()
    db.close()
    assert not thesis.exists()


def test_an_unfinished_reading_whose_journal_names_another_file_is_dropped(layout, thesis):
    unfinished = leave_unfinished(layout)
    journal_of(unfinished.catalog, thesis)
    said = []
    assert not unfinished.examine(None, said.append)
    assert thesis.read_bytes() == b"years of work"
    assert "names a file that SQLite would remove" in said[0]
    assert not unfinished.folder.exists()


def test_a_journal_of_docprocs_own_is_taken_back(layout):
    unfinished = leave_unfinished(layout)
    journal = unfinished.catalog.with_name("catalog.sqlite-journal")
    with sqlite3.connect(unfinished.catalog) as db:
        db.execute("PRAGMA cache_size=1")
        db.execute("BEGIN")
        db.execute("CREATE TABLE big (words TEXT)")
        db.executemany("INSERT INTO big VALUES (?)", [("x" * 3000,)] * 100)
        killed = unfinished.catalog.read_bytes(), journal.read_bytes()
        db.rollback()
    db.close()
    unfinished.catalog.write_bytes(killed[0])
    journal.write_bytes(killed[1])
    assert unfinished.examine(None, print)
    with schema.connect(unfinished.catalog, "rw", unfinished=True) as db:
        assert db.execute("SELECT count(*) FROM documents").fetchone() == (1,)
        assert not db.execute("SELECT name FROM sqlite_master WHERE name = 'big'").fetchall()
    db.close()


@pytest.mark.parametrize("ending", ["-journal", "-wal", "-shm"])
def test_what_sqlite_would_write_to_has_no_second_name(layout, thesis, ending):
    unfinished = leave_unfinished(layout)
    os.link(thesis, unfinished.catalog.with_name(unfinished.catalog.name + ending))
    with pytest.raises(StoreError, match="second name"):
        schema.connect(unfinished.catalog, "rw", unfinished=True)
    assert not unfinished.examine(None, print)
    assert thesis.read_bytes() == b"years of work"


def test_the_catalog_that_is_gone_on_with_has_no_second_name(layout, tmp_path):
    unfinished = leave_unfinished(layout)
    os.link(unfinished.catalog, tmp_path / "another.sqlite")
    with pytest.raises(StoreError, match="second name"):
        CatalogWriter(unfinished.catalog, resume=True)


def test_the_copy_that_a_catalog_begins_as_writes_through_no_second_name(tmp_path, thesis):
    parent, catalog = tmp_path / "parent.sqlite", tmp_path / "catalog.sqlite"
    with CatalogWriter(parent) as writer:
        put(writer, letter(paragraphs=("Words.",)))
        writer.finish()
    os.link(thesis, tmp_path / "catalog.sqlite.copy")
    CatalogWriter(catalog, parent).close()
    assert thesis.read_bytes() == b"years of work"
