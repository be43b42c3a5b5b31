"""A catalog grows from its parent's: what changed is replaced, the rest keeps its order."""

import dataclasses
import random
import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_samples import fond, letter, put, state_of

from docproc.errors import StoreError
from docproc.store.catalog import Catalog, Failure, SourceState, each_document
from docproc.store.catalog.writing.writer import CatalogWriter


def letters(name, count):
    return [
        letter(f"seeds/{name}.txt", (f"{name} {n}.", "Words."), member=str(n)) for n in range(count)
    ]


def write(path, *pairs, parent=None):
    with CatalogWriter(path, parent) as writer:
        put(writer, *pairs)
        return writer.finish()


def texts(catalog):
    return [p.text for p in catalog.passages(range(catalog.counts.passages))]


def test_a_changed_source_goes_to_the_end_and_the_others_stay_in_order(tmp_path):
    write(tmp_path / "1", letter("a", ("a",)), letter("b", ("b1", "b2")), letter("c", ("c",)))
    with CatalogWriter(tmp_path / "2", tmp_path / "1") as writer:
        put(writer, letter("b", ("b3",)))
        counts = writer.finish()
    with Catalog(tmp_path / "1") as old, Catalog(tmp_path / "2") as new:
        assert texts(old) == ["a", "b1", "b2", "c"]
        assert texts(new) == ["a", "c", "b3"]
        kept = [0, 1]
        assert np.array_equal(new.columns.embed_keys()[kept], old.columns.embed_keys()[[0, 3]])
        assert counts == new.counts
        assert counts.passages == 3


def test_a_removed_source_leaves_nothing_behind(tmp_path):
    write(tmp_path / "1", letter("a", reference=fond()), letter("b"))
    with CatalogWriter(tmp_path / "2", tmp_path / "1") as writer:
        writer.remove_source("a")
        writer.finish()
    write(tmp_path / "3", letter("b"))
    with Catalog(tmp_path / "2") as removed, Catalog(tmp_path / "3") as never:
        for table in ("sources", "documents", "texts", "passages", "rows", "refs", "levels"):
            (left,) = removed._queries.db.execute(f"SELECT count(*) FROM {table}").fetchone()
            (right,) = never._queries.db.execute(f"SELECT count(*) FROM {table}").fetchone()
            assert left == right, table
        assert list(removed.documents()) == list(never.documents())


step = st.one_of(
    st.tuples(st.just("put"), st.sampled_from("abcd"), st.integers(0, 3)),
    st.tuples(st.just("remove"), st.sampled_from("abcd"), st.just(0)),
)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.lists(step, max_size=4), min_size=1, max_size=4))
def test_however_a_corpus_came_about_its_catalog_holds_it_and_only_it(generations):
    with tempfile.TemporaryDirectory() as folder:
        expected, parent = {}, None
        for number, steps in enumerate(generations):
            path = Path(folder, str(number))
            with CatalogWriter(path, parent) as writer:
                for what, name, count in steps:
                    source = f"seeds/{name}.txt"
                    expected.pop(source, None)
                    if what == "remove":
                        writer.remove_source(source)
                    else:
                        pairs = letters(name, count) or [letter(source, ())]
                        put(writer, *pairs)
                        expected[source] = pairs
                assert writer.sources().keys() == expected.keys()
                writer.finish()
            parent = path
            pairs = [pair for own in expected.values() for pair in own]
            with Catalog(path) as catalog:
                assert [row.id for row in catalog.documents()] == [d.id for d, _ in pairs]
                assert [own for _, own in each_document(catalog)] == [own for _, own in pairs]
                first = 0
                for row, (document, own) in zip(catalog.documents(), pairs, strict=True):
                    assert catalog.rows_of(document.id) == range(first, first + len(own))
                    assert (row.first_row, row.passages) == (first, len(own))
                    first += len(own)


def test_what_fails_half_way_leaves_what_was_there(tmp_path):
    good = letter("a", ("kept",))

    def half():
        yield letter("a", ("new",))
        raise RuntimeError("the parser broke")

    with CatalogWriter(tmp_path / "c") as writer:
        put(writer, good)
        with pytest.raises(RuntimeError):
            writer.replace_source(state_of(letter("a", ("new",))[0]), half())
        assert writer.sources() == {"a": state_of(good[0])}
        writer.finish()
    with Catalog(tmp_path / "c") as catalog:
        assert texts(catalog) == ["kept"]


def test_a_failure_is_counted_until_the_source_can_be_read(tmp_path):
    failure = Failure(path="a", cause="binary", recipe="r1", size=4, mtime_ns=9, sha256="ab")
    with CatalogWriter(tmp_path / "1") as writer:
        writer.fail(failure, "2026-11-23T18:00:00Z")
        assert writer.finish().failures == 1
    with CatalogWriter(tmp_path / "2", tmp_path / "1") as writer:
        writer.fail(dataclasses.replace(failure, cause="empty"), "2026-11-24T18:00:00Z")
        writer.fail(Failure(path="half \udcff", cause="a name that is not Unicode"), "2026")
        writer.finish()
    with Catalog(tmp_path / "2") as catalog:
        assert catalog.readings.failures()["a"] == dataclasses.replace(
            failure,
            cause="empty",
            count=2,
            first_seen="2026-11-23T18:00:00Z",
            last_seen="2026-11-24T18:00:00Z",
        )
        assert "half \\udcff" in catalog.readings.failures()
    with CatalogWriter(tmp_path / "3", tmp_path / "2") as writer:
        put(writer, letter("a"))
        assert "a" not in writer.failures()


def test_a_touched_source_is_the_same_but_for_its_time(tmp_path):
    pair = letter("a")
    with CatalogWriter(tmp_path / "c") as writer:
        put(writer, pair)
        writer.touch_source("a", 77)
        writer.finish()
    with Catalog(tmp_path / "c") as catalog:
        assert catalog.readings.sources() == {
            "a": SourceState(pair[0].source, 77, "text", "1.0", "r1")
        }


def test_an_unfinished_catalog_is_none(tmp_path):
    write(tmp_path / "whole", letter("a"))
    for parent in (None, tmp_path / "whole"):
        with CatalogWriter(tmp_path / "half", parent) as writer:
            put(writer, letter("b"))
        with pytest.raises(StoreError, match="half: not a catalog"):
            Catalog(tmp_path / "half")
        with pytest.raises(StoreError, match="half: not a catalog"):
            CatalogWriter(tmp_path / "next", tmp_path / "half")
        (tmp_path / "half").unlink()


def test_the_parent_is_read_and_never_written(tmp_path):
    write(tmp_path / "1", letter("a"), letter("b"))
    before = (tmp_path / "1").read_bytes()
    with CatalogWriter(tmp_path / "2", tmp_path / "1") as writer:
        writer.remove_source("a")
        writer.finish()
    assert (tmp_path / "1").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["1", "2"]


def test_the_room_of_what_left_is_given_back(tmp_path):
    chance = random.Random(1)  # such words as hardly become smaller
    long = [" ".join(f"{chance.getrandbits(64):x}" for _ in range(600)) for _ in range(50)]
    write(tmp_path / "1", letter("long", long), letter("short"))
    with CatalogWriter(tmp_path / "2", tmp_path / "1") as writer:
        writer.remove_source("long")
        writer.finish()
    assert (tmp_path / "2").stat().st_size < (tmp_path / "1").stat().st_size / 4
    with Catalog(tmp_path / "2") as catalog:
        assert texts(catalog) == ["First words.", "Second words."]
