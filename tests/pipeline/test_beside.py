"""Files that a source names in its folder are read with it, and it hangs on their bytes."""

import hashlib
import os

import pytest
from tei_files import NAMESPACE, edition
from test_parse_mets import alto, division, mets
from tiny_workspace import index, tiny_workspace, wiring_of

from docproc.config import Limits
from docproc.pipeline.reading.files_beside import FilesBeside, digest_of
from docproc.store.generations.open_catalog import open_catalog


@pytest.fixture
def folder(tmp_path):
    tmp_path = tmp_path.resolve()
    (tmp_path / "secret.xml").write_text("secret")
    inner = tmp_path / "seeds"
    (inner / "parts").mkdir(parents=True)
    (inner / "whole.xml").write_text("whole")
    (inner / "a b.xml").write_text("one")
    (inner / "parts" / "two.xml").write_text("two")
    return inner


def near(folder, names, **limits):
    return FilesBeside(folder / "whole.xml", Limits(**limits)).read(names)


def test_files_in_the_folder_and_below_it_are_found_by_the_names_they_are_given(folder):
    names = ["a%20b.xml", "./parts/two.xml", "gone.xml", "parts/../a b.xml"]
    found = near(folder, names)
    assert found == {names[0]: b"one", names[1]: b"two", names[3]: b"one"}


@pytest.mark.parametrize(
    "name",
    [
        *("../secret.xml", "parts/../../secret.xml", "%2e%2e/secret.xml", "..", ".", "", "parts"),
        *("whole.xml", "file:///etc/passwd", "/etc/passwd", "http://x.example/a.xml", "C:\\a.xml"),
        "a\0b",
    ],
)
def test_what_leads_out_of_the_folder_or_is_no_file_is_not_read(folder, name):
    assert near(folder, [name]) == {}


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="no links here")
def test_no_link_is_followed_neither_a_file_nor_a_folder(folder):
    (folder / "link.xml").symlink_to(folder.parent / "secret.xml")
    (folder / "linked").symlink_to(folder.parent)
    assert near(folder, ["link.xml", "linked/secret.xml"]) == {}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_not_waited_for(folder):
    os.mkfifo(folder / "pipe.xml")
    assert near(folder, ["pipe.xml"]) == {}


def test_what_goes_past_the_limits_is_left_out(folder):
    (folder / "large.xml").write_bytes(b"x" * 1_500_000)
    assert near(folder, ["large.xml", "a b.xml"], unpacked_megabytes=1) == {"a b.xml": b"one"}
    assert near(folder, ["a b.xml", "parts/two.xml"], parts=1) == {"a b.xml": b"one"}


def test_the_hash_is_the_files_own_unless_others_were_read_with_it():
    own = hashlib.sha256(b"whole").hexdigest()
    assert digest_of(own, {}) == own
    first = digest_of(own, {"a": b"1", "b": b"2"})
    assert first == digest_of(own, {"b": b"2", "a": b"1"})
    assert (
        len({own, first, digest_of(own, {"a": b"1"}), digest_of(own, {"a": b"1", "b": b"3"})}) == 4
    )


INCLUDING = (
    '<text xmlns:xi="http://www.w3.org/2001/XInclude"><body><p>The first part is here.</p>'
    '<xi:include href="parts/part.xml"/></body></text>'
)
PART = "<div {}><p>The second part lay in the attic of the {}.</p></div>"


def put_part(root, place):
    part = root / "seeds" / "parts" / "part.xml"
    part.parent.mkdir(exist_ok=True)
    part.write_text(PART.format(NAMESPACE, place), "utf-8")


def published(root):
    application = wiring_of(root)
    with open_catalog(application.generations.current()) as catalog:
        texts = {row.source: catalog.document(row.id).text for row in catalog.documents()}
    return texts, application.rereader.verify(None)


@pytest.mark.slow
def test_a_source_hangs_on_what_it_includes(tmp_path):
    root = tiny_workspace(tmp_path.resolve() / "w")
    with (root / "config.toml").open("a") as config:
        config.write('\n[sources]\nexclude = ["parts/"]\n')
    (root / "seeds" / "whole.xml").write_bytes(edition(INCLUDING))
    (root / "seeds" / "other.txt").write_text("Another letter, which nothing concerns.\n")

    report = index(root)  # the part is missing, and told
    assert [failure.path for failure in report.failures] == ["seeds/whole.xml"]
    assert index(root).plan.nothing

    put_part(root, "mill")
    report = index(root)
    assert report.plan.words() == "1 changed"
    texts, checks = published(root)
    assert texts["seeds/whole.xml"].endswith("attic of the mill.")
    assert all(check.stands for check in checks), checks
    assert index(root).plan.nothing

    put_part(root, "barn")  # as long as before
    _, checks = published(root)
    fallen = [check for check in checks if not check.stands]
    assert {check.words for check in fallen} == {
        "source changed since indexing; the quote no longer stands in it"
    }
    assert index(root).plan.words() == "1 changed"
    texts, checks = published(root)
    assert texts["seeds/whole.xml"].endswith("attic of the barn.")
    assert all(check.stands for check in checks)


@pytest.mark.slow
def test_the_pages_that_mets_binds_are_drawn_published_and_verified(tmp_path):
    image = pytest.importorskip("PIL.Image")
    root = tiny_workspace(tmp_path.resolve() / "w")
    with (root / "config.toml").open("a") as config:
        config.write('\n[sources]\nexclude = ["alto/", "images/"]\n')
    for name in ("alto", "images"):
        (root / "seeds" / name).mkdir()
    image.new("RGB", (100, 400), "white").save(root / "seeds" / "images" / "1.tif")
    groups = {"IMG": {"i1": "images/1.tif"}, "FULLTEXT": {"t1": "alto/1.xml", "t2": "alto/2.xml"}}
    bound = mets(groups, division("i1 t1", 'ORDERLABEL="7"') + division("t2"))
    (root / "seeds" / "book.xml").write_bytes(bound)
    (root / "seeds" / "alto" / "1.xml").write_bytes(alto("The mill stood still."))
    (root / "seeds" / "alto" / "2.xml").symlink_to(root / "seeds" / "alto" / "1.xml")

    report = index(root)
    assert [failure.path for failure in report.failures] == ["seeds/book.xml"]  # no link is read
    application = wiring_of(root)
    with open_catalog(application.generations.current()) as catalog:
        (row,) = catalog.documents()
        document = catalog.document(row.id)
    assert document.text.endswith("The mill stood still.")
    (page,) = document.pages
    (drawn,), more = application.rereader.draw(document, page.span)
    assert (drawn.label, more) == ("7", False)
    assert all(check.stands for check in application.rereader.verify(None))
    assert index(root).plan.nothing

    (root / "seeds" / "alto" / "1.xml").write_bytes(alto("The mill stood idle."))
    assert index(root).plan.words() == "1 changed"
