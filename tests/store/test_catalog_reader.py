"""Asking a catalog: by id, by the beginning of one, by the name of a source; and damage."""

import threading

import pytest
from store_samples import fond, letter, put

from docproc.errors import StoreError
from docproc.records import PassageKind, Span
from docproc.records.citation_id import place_of
from docproc.store.catalog import Catalog, Failure
from docproc.store.catalog.tables import schema
from docproc.store.catalog.writing.writer import CatalogWriter


@pytest.fixture
def pairs():
    return [
        letter("seeds/box 1/a.txt", note="See there.", reference=fond(), note_reference=fond("17")),
        letter("seeds/b.txt", ("Only one.",), sender=None, edtf=None),
    ]


@pytest.fixture
def path(tmp_path, pairs):
    with CatalogWriter(tmp_path / "catalog.sqlite") as writer:
        put(writer, *pairs)
        writer.finish()
    return tmp_path / "catalog.sqlite"


@pytest.fixture
def catalog(path):
    with Catalog(path) as catalog:
        yield catalog


def test_a_line_of_the_list_says_who_wrote_what_when(catalog, pairs):
    first, second = catalog.documents()
    assert (first.title, first.sender, first.recipient) == (
        "Ivan Ivanov to Pyotr Petrov",
        "Ivan Ivanov",
        "Pyotr Petrov",
    )
    assert (first.date, first.date_printed) == ("1921-11-02", "printed 1921-11-02")
    assert first.reference == fond().printed
    assert first.characters == len(pairs[0][0].text)
    assert (second.sender, second.date, second.reference) == (None, None, None)
    assert catalog.document_row(second.id) == second
    rows = catalog.document_rows([second.id, "0" * 64, first.id])
    assert rows == {first.id: first, second.id: second}


def test_a_view_is_a_passage_without_its_texts(catalog, pairs):
    note, body = catalog.views([2, 0])
    assert (note.row, note.kind, note.note, note.locator) == (2, PassageKind.NOTE, "1", "note 1")
    assert (body.span, body.document_id) == (Span(0, 12), pairs[0][0].id)


def test_the_beginning_of_an_id_finds_what_begins_so(catalog, pairs):
    documents = [d.id for d, _ in pairs]
    for name in documents:
        assert catalog.finder.documents_starting(name[:10]) == [name]
    assert catalog.finder.documents_starting("") == sorted(documents)
    for row, passage in enumerate(p for _, own in pairs for p in own):
        for length in (8, 16, 20, 64):
            assert catalog.finder.rows_starting(passage.id[:length]) == [row]
        wrong = passage.id[:-1] + ("0" if passage.id[-1] != "0" else "1")
        assert catalog.finder.rows_starting(wrong) == []
    assert catalog.finder.rows_starting("not hexadecimal") == []


def test_a_source_is_found_by_its_name_or_the_end_of_its_path(catalog, pairs):
    for name in ("seeds/box 1/a.txt", "box 1/a.txt", "a.txt"):
        assert catalog.finder.documents_of(name) == [pairs[0][0].id]
    for name in ("", ".txt", "x/a.txt", "A.TXT", "%"):
        assert catalog.finder.documents_of(name) == []
    assert catalog.finder.documents_of("seeds/box 1/a.txt", exactly=True) == [pairs[0][0].id]
    assert catalog.finder.documents_of("a.txt", exactly=True) == []


def test_a_document_is_found_by_the_digits_of_its_place(catalog, pairs):
    for document, _ in pairs:
        (row,) = catalog.finder.documents_at_place(place_of(document.source.path, document.member))
        assert row == catalog.document_row(document.id)
    assert (
        catalog.finder.documents_at_place("00000000")
        == catalog.finder.documents_at_place("ffffffff")
        == []
    )


def test_the_last_look_at_a_file_is_that_of_its_failure(tmp_path, pairs):
    with CatalogWriter(tmp_path / "c") as writer:
        put(writer, *pairs)
        known = {path: (s.source.size, s.mtime_ns) for path, s in writer.sources().items()}
        for path in ("seeds/b.txt", "seeds/new.txt"):
            writer.fail(Failure(path=path, cause="torn", size=7, mtime_ns=9), "now")
        writer.finish()
    with Catalog(tmp_path / "c") as catalog:
        looks = catalog.readings.looks()
        assert looks == known | {"seeds/b.txt": (7, 9), "seeds/new.txt": (7, 9)}
        some = [catalog.readings.some_looks(1, turn) for turn in range(len(known))]
        assert {count for count, _ in some} == {len(looks)}
        assert [list(found.items()) for _, found in some if found] == [
            [each] for each in known.items() if each[0] != "seeds/b.txt"
        ]


def test_what_is_not_there_is_a_key_error(catalog):
    for ask in (
        catalog.document,
        catalog.document_row,
        catalog.passages_of,
        catalog.rows_of,
        catalog.finder.row_of,
    ):
        with pytest.raises(KeyError):
            ask("0" * 64)


@pytest.mark.parametrize("row", [-1, 4, 10**9])
def test_a_row_that_there_is_not_means_another_generations_index(catalog, row):
    with pytest.raises(StoreError, match="has 4 passages"):
        catalog.passages([0, row])


def test_the_same_row_may_be_asked_for_twice_or_no_row_at_all(catalog):
    assert catalog.passages([1, 1]) == catalog.passages([1]) * 2
    assert catalog.passages([]) == []
    assert catalog.views([]) == []


def test_more_rows_than_one_query_takes_come_in_order(tmp_path):
    many = letter("m.txt", tuple(f"Paragraph {n}." for n in range(1300)))
    with CatalogWriter(tmp_path / "c") as writer:
        put(writer, many)
        writer.finish()
    with Catalog(tmp_path / "c") as catalog:
        assert catalog.passages(reversed(range(1300))) == many[1][::-1]


def test_any_thread_may_read(catalog, pairs):
    found = []
    thread = threading.Thread(target=lambda: found.append(catalog.document(pairs[0][0].id)))
    thread.start()
    thread.join()
    assert found == [pairs[0][0]]


@pytest.mark.parametrize("name", ["a?mode=rw#b", "50% & «опись» 3", "new\nline", "e\udcff"])
def test_a_folder_may_have_any_name(tmp_path, name, pairs):
    try:
        (tmp_path / name).mkdir()
    except OSError:
        pytest.skip("this file system has no such names")
    with CatalogWriter(tmp_path / name / "c.sqlite") as writer:
        put(writer, *pairs)
        writer.finish()
    with Catalog(tmp_path / name / "c.sqlite") as catalog:
        assert catalog.counts.documents == 2


def test_reading_leaves_no_trace(path, catalog):
    before = path.read_bytes()
    catalog.passages(range(4))
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_catalog_that_is_missing_or_of_another_format_is_named(tmp_path, path):
    with pytest.raises(StoreError, match=r"nowhere\.sqlite: there is no such file"):
        Catalog(tmp_path / "nowhere.sqlite")
    data = bytearray(path.read_bytes())
    data[60:64] = (schema.FORMAT + 1).to_bytes(4, "big")  # user_version, in SQLite's header
    path.write_bytes(data)
    with pytest.raises(StoreError, match=r"catalog\.sqlite: a catalog of format 3.*reads format 2"):
        Catalog(path)
    path.write_bytes(b"not a database at all, but long enough for a header" * 9)
    with pytest.raises(StoreError, match=r"catalog\.sqlite: "):
        Catalog(path)


def test_a_byte_flipped_anywhere_gives_the_right_records_or_a_named_error(path, pairs):
    sound = path.read_bytes()
    expected = [p for _, own in pairs for p in own]
    caught = 0
    for at in range(0, len(sound), 331):
        data = bytearray(sound)
        data[at] ^= 0x15
        path.write_bytes(data)
        try:
            with Catalog(path) as catalog:
                found = catalog.passages(range(4))
                list(catalog.documents())
                [catalog.document(document.id) for document, _ in pairs]
        except StoreError as error:
            assert str(path) in str(error)  # noqa: PT017 - only some flips are noticed here
            caught += 1
        except KeyError:
            caught += 1  # the id itself was hit
        else:
            # what is only text cannot be seen to be wrong here: `generation.verify` sees it
            assert len(found) == len(expected)
    assert caught > 10
