"""What a catalog keeps compressed: found again to the letter, and damage never taken for a text."""

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from store_samples import letter, put

from docproc.errors import StoreError
from docproc.store.catalog import Catalog
from docproc.store.catalog.tables import schema
from docproc.store.catalog.tables.compressed import (
    compress,
    compress_record,
    restore,
    restore_record,
)
from docproc.store.catalog.writing.writer import CatalogWriter


@given(st.text(st.characters(exclude_categories=["Cs"])), st.text(max_size=50))
def test_a_text_is_found_again_whatever_it_was_like(text, like):
    kept = compress(text * 5, like)
    assert restore(kept, like) == text * 5
    assert len(kept if isinstance(kept, bytes) else kept.encode()) <= len((text * 5).encode())


def test_a_text_much_like_another_takes_next_to_nothing():
    text = " ".join(
        f"In the year {n} the harvest of grain was {n * 7919 % 613}." for n in range(40)
    )
    assert len(compress(text.replace("harvest", "crop"), text)) < len(text) / 10
    assert len(compress(text)) < len(text) / 2
    assert compress("short") == "short"


@given(st.binary())
def test_any_record_is_found_again(content):
    record = b'{"text":"' + content
    assert restore_record(compress_record(record)) == record


def test_half_a_character_is_refused():
    with pytest.raises(UnicodeEncodeError):
        compress("half \ud800 of one")


@pytest.mark.parametrize(
    "harm", [lambda d: d[:-3], lambda d: d + b"x", lambda d: d[:9] + b"\0" + d[10:]]
)
def test_what_is_damaged_is_no_text(harm):
    for kept, read in (
        (compress("the same words " * 20), restore),
        (compress_record(b'{"source":{"path":"' + b"a" * 200), restore_record),
    ):
        with pytest.raises(zlib.error):
            read(harm(kept))


def test_a_damaged_text_is_an_error_that_names_the_catalog(tmp_path):
    path = tmp_path / "c.sqlite"
    document, passages = letter("seeds/a.txt", ("The same words again. " * 30,))
    with CatalogWriter(path) as writer:
        put(writer, (document, passages))
        writer.finish()
    db = schema.connect(path, "rw")
    for table, column in (("texts", "piece"), ("documents", "record")):
        (kept,) = db.execute(f"SELECT {column} FROM {table}").fetchone()
        assert isinstance(kept, bytes)
        db.execute(f"UPDATE {table} SET {column} = ?", (kept[:20] + b"\0" + kept[21:],))
    db.close()
    with Catalog(path) as catalog:
        for read in (
            lambda: catalog.passages([0]),
            lambda: catalog.document(document.id),
            lambda: catalog.printed.shelves,
            lambda: catalog.printed.has_words("7/42"),
        ):
            with pytest.raises(StoreError, match=r"c\.sqlite: .*verify"):
                read()


@pytest.mark.parametrize("before", [schema.PIECE - 5, schema.PIECE - 1, schema.PIECE, 100])
def test_a_reference_over_the_border_of_two_pieces_is_printed_in_the_text(tmp_path, before):
    text = "x" * (before - 1) + " Fond 7, opis 42, delo 133 " + "y" * 300
    pair = letter("seeds/a.txt", (text,))
    with CatalogWriter(tmp_path / "c.sqlite") as writer:
        put(writer, pair)
        writer.finish()
    with Catalog(tmp_path / "c.sqlite") as catalog:
        assert catalog.printed.has_words("fond 7 opis 42 delo 133")
        assert not catalog.printed.has_words("fond 7 opis 43")
