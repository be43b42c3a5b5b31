"""A Zotero library as a source: collections, notes, attachments, changes."""

import sqlite3

import pytest
from shipped_sources import made, run, use
from zotero_library import LETTER, make_library

from docproc.errors import SourceError
from docproc.testing import SourceContract

pytestmark = pytest.mark.slow

pytest_plugins = ["docproc.testing.fixtures"]


@pytest.fixture(scope="module")
def own_library(tmp_path_factory):
    return make_library(tmp_path_factory.mktemp("zotero"))


class TestZotero(SourceContract):
    @pytest.fixture
    def plugin(self, own_library):
        return made("zotero", library=str(own_library))

    @pytest.fixture
    def files(self, own_library):
        return [own_library]


@pytest.fixture
def library(tmp_path):
    return make_library(tmp_path / "Zotero")


@pytest.fixture
def zotero(docproc_workspace, library):
    use(docproc_workspace, "zotero", f'uses = "zotero"\nlibrary = "{library}"')
    return docproc_workspace


def test_a_library_is_fetched_with_what_it_knows_of_each_document(zotero):
    report, stopped = run(zotero)
    assert stopped is None
    assert sorted(report.new) == [
        "seeds/there/Riga 1921/Quays boats/On the quay-NOTE0001.html",
        "seeds/there/Riga 1921/Quays boats/letter-FILE0001.txt",
        "seeds/there/group-GROUP001.txt",
    ]
    told = dict(report.failed)
    assert "its file is not on this machine" in told["zotero://select/library/items/FILE0002"]
    assert "it is linked and not stored" in told["zotero://select/library/items/FILE0003"]
    assert "is no name of a file" in told["zotero://select/library/items/FILE0004"]
    assert len(told) == 3
    (letter,) = zotero.read("letter-FILE0001.txt")
    about = letter.metadata
    assert (about.title.text, about.sender.text) == ("Boats", "Lind, Anna")
    assert about.recipient.text == "The Harbour Office"
    assert (about.date.edtf, about.date.printed) == ("1921-11-02", "2 November 1921")
    assert about.kind == "letter"
    assert letter.references[0].printed == "LVVA, f. 1, apr. 2"
    assert about.origin.address == "zotero://select/library/items/FILE0001"
    (note,) = zotero.read("On the quay-NOTE0001.html")
    assert "She meant the northern quay." in note.text
    (group,) = zotero.read("group-GROUP001.txt")
    assert group.metadata.origin.address == "zotero://select/groups/4711/items/GROUP001"
    zotero.index()
    (cited, *_) = zotero.ask("Where do the boats lie idle since Easter?").citations
    assert cited.verified
    assert "Fetched from <zotero://select/library/items/FILE0001>" in _plain(cited)


def _plain(cited):
    from docproc.citing import built_in_style

    return built_in_style("plain").render([cited])


def test_only_the_collections_that_are_named(zotero, library):
    use(zotero, "zotero", f'uses = "zotero"\nlibrary = "{library}"\ncollections = ["Riga 1921"]')
    report, _ = run(zotero)
    assert len(report.new) == 2
    assert report.failed == []
    use(zotero, "zotero", f'uses = "zotero"\nlibrary = "{library}"\ncollections = ["Rga"]')
    _, stopped = run(zotero)
    assert "no collection is called 'Rga'; there are: Elsewhere, Quays / boats" in str(stopped)


def test_zotero_may_be_open_and_its_database_is_never_touched(zotero, library):
    file = library / "zotero.sqlite"
    writer = sqlite3.connect(file, isolation_level=None)
    writer.execute("BEGIN EXCLUSIVE")  # as Zotero holds it
    writer.execute("DELETE FROM itemNotes")
    before = file.read_bytes()
    report, stopped = run(zotero)
    assert (stopped, len(report.new)) == (None, 3)  # what it was about to write is not there yet
    assert file.read_bytes() == before
    writer.execute("ROLLBACK")
    writer.close()
    assert sorted(path.name for path in library.iterdir()) == ["storage", "zotero.sqlite"]


def test_what_zotero_changes_and_drops_is_seen_at_the_next_fetch(zotero, library):
    run(zotero)
    (library / "storage/FILE0001/letter.txt").write_bytes(LETTER + b"And so on.\n")
    with sqlite3.connect(library / "zotero.sqlite") as database:
        database.execute("INSERT INTO deletedItems (itemID) VALUES (8)")
    database.close()
    report, _ = run(zotero)
    assert report.changed == ["seeds/there/Riga 1921/Quays boats/letter-FILE0001.txt"]
    assert report.gone == [("seeds/there/group-GROUP001.txt", "it is no longer named")]
    assert (zotero.root / "seeds/there/group-GROUP001.txt").is_file()


@pytest.mark.parametrize("what", ["missing", "no database", "empty", "no tables", "a folder"])
def test_a_library_that_is_none_is_told_in_words(zotero, library, what):
    file = library / "zotero.sqlite"
    file.unlink()
    if what == "no database":
        file.write_bytes(b"SQLite format 3\x00" + b"x" * 4000)
    elif what == "empty":
        file.write_bytes(b"")
    elif what == "no tables":
        sqlite3.connect(file).execute("CREATE TABLE a (b)").connection.close()
    elif what == "a folder":
        file.mkdir()
    _, stopped = run(zotero)
    assert isinstance(stopped, SourceError)
    assert "zotero.sqlite" in str(stopped)


def test_a_link_in_the_storage_is_left(zotero, library, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("no", "utf-8")
    file = library / "storage/FILE0001/letter.txt"
    file.unlink()
    file.symlink_to(secret)
    report, _ = run(zotero)
    assert any("a link" in cause for _, cause in report.failed)
    assert not any("FILE0001" in path for path in report.new)
