"""Archives: members in their order by their path inside, and none that leads elsewhere."""

from __future__ import annotations

import io
import tarfile
import zipfile

import pytest
from letter_workspace import product

from docproc.config import Limits
from docproc.errors import SourceError
from docproc.pipeline.reading.read import Reader
from docproc.records import Child, SourceFile, Unread
from docproc.stages.parse.containers.archive import make
from docproc.stages.parse.text.plain import make as make_text


def zipped(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def tarred(members: dict[str, bytes], mode: str = "w:gz", link: str = "") -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode=mode) as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        if link:
            info = tarfile.TarInfo("link")
            info.type, info.linkname = tarfile.SYMTYPE, link
            archive.addfile(info)
    return stream.getvalue()


def parts(data: bytes, limits: Limits | None = None) -> list:
    parser = make({"limits": limits or Limits()})
    return list(parser.parse(SourceFile("a.zip", "x/y", len(data), "0" * 64), data))


MEMBERS = {"b/two.txt": b"Two", "a.txt": b"One", ".hidden": b"x", "__MACOSX/a.txt": b"x"}


@pytest.mark.parametrize(
    "data", [zipped(MEMBERS), tarred(MEMBERS), tarred(MEMBERS, "w:xz"), tarred(MEMBERS, "w")]
)
def test_members_come_in_their_order_and_what_a_folder_hides_is_passed_over(data):
    assert parts(data) == [Child("b/two.txt", b"Two"), Child("a.txt", b"One")]


@pytest.mark.parametrize("name", ["../x.txt", "/etc/x.txt", "a/../../x.txt", "C:\\x.txt"])
@pytest.mark.parametrize("make_archive", [zipped, tarred])
def test_a_path_that_leads_out_of_the_archive_is_told_and_not_read(make_archive, name):
    (found,) = parts(make_archive({name: b"x"}))
    assert isinstance(found, Unread)
    assert "leads out" in found.cause


@pytest.mark.parametrize("name", ["a\nb.txt", "half \udcff.txt"])
def test_a_name_that_cannot_be_shown_is_told_as_such(name):
    (found,) = parts(tarred({name: b"x"}))
    assert isinstance(found, Unread)
    assert "is not Unicode" in found.cause


def zipped_in(page, names):
    """A zip file whose names are in the code *page*, without a flag that says which."""

    class Old(zipfile.ZipInfo):
        def _encodeFilenameFlags(self):  # noqa: N802 - the name that zipfile calls
            return self.filename.encode(page), self.flag_bits & ~0x800

    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(Old(name), b"x")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("page", "names"),
    [
        ("cp866", ["Письма/Орловой, 2 ноября.txt", "Дело № 51.txt", "a.txt"]),
        ("cp1251", ["Письмо Орловой.txt"]),
        ("utf-8", ["Письмо Орловой.txt", "naïve.txt"]),
        ("cp437", ["Übersicht.txt", "naïve.txt", "Straße/öffentliche Briefe.txt"]),
    ],
)
def test_names_of_a_zip_without_a_flag_are_read_in_the_page_that_they_are_in(page, names):
    assert [found.name for found in parts(zipped_in(page, names))] == names


def test_a_link_is_told_and_not_followed():
    assert parts(tarred({}, link="/etc/passwd")) == [
        Unread("link", "it is a link or a device, not a file")
    ]


@pytest.mark.parametrize("make_archive", [zipped, tarred])
def test_a_bomb_is_refused_before_it_is_unpacked(make_archive):
    bomb = make_archive({"a.txt": b"x" * 1_100_000})
    assert len(bomb) < 20_000
    with pytest.raises(SourceError, match=r"unpacks to more than 1 MB \(limits"):
        parts(bomb, Limits(unpacked_megabytes=1))


def test_archives_within_archives_are_read_as_folders_in_folders_within_one_bound():
    inner = zipped({"letter.txt": b"Hello"})
    parsers = [("archive", make({})), ("text", make_text({}))]
    source = SourceFile("a.zip", "application/zip", 1, "0" * 64)
    (document,) = Reader(parsers).parse(source, zipped({"in/b.zip": inner}))[1]
    assert (document.member, document.text) == ("in/b.zip/letter.txt", "Hello")
    quine = inner
    for _ in range(20):
        quine = zipped({"a.zip": quine})
    with pytest.raises(SourceError, match="nested more than"):
        Reader(parsers).parse(source, quine)


@pytest.mark.parametrize(
    "data",
    [b"PK\x03\x04", zipped(MEMBERS)[:90], tarred(MEMBERS)[:60], tarred(MEMBERS)[:3], b"x"],
    ids=["a zip's mark", "part of a zip", "part of a tar", "three bytes of a tar", "one letter"],
)
def test_what_is_damaged_is_one_clear_message(data):
    with pytest.raises(SourceError, match="damaged, or no"):
        parts(data)


@pytest.mark.parametrize("mode", ["zip", "w"])
def test_an_archive_that_begins_with_the_bytes_of_a_pdf_is_still_an_archive(mode):
    """A member that is stored as it is has its own signature within the first bytes."""
    stream = io.BytesIO()
    if mode == "zip":
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
            archive.writestr("a.pdf", b"%PDF-1.4 and so on")
        data, name = stream.getvalue(), "a.zip"
    else:
        data, name = tarred({"a.pdf": b"%PDF-1.4 and so on"}, "w"), "a.tar"
    pdf = product("parse", "pdf")
    source = SourceFile(name, "x/y", len(data), "0" * 64)
    assert 0 < pdf.confidence(source, data[:8192]) < make({}).confidence(source, data[:8192])
