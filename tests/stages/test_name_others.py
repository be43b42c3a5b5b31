"""Files that docproc knows and does not read: one message that names the format and the way out."""

from __future__ import annotations

import io
import zipfile

import pytest

from docproc.errors import SourceError
from docproc.records import SourceFile
from docproc.stages.parse.containers import archive as parse_archive
from docproc.stages.parse.office import doc as parse_doc
from docproc.stages.parse.other_formats import ARCHIVES, MIMETYPES, OLE, SIGNATURES, SUFFIXES, make
from docproc.stages.parse.records.rows import parser as parse_rows
from docproc.stages.parse.text import plain as parse_text


def source(path: str) -> SourceFile:
    return SourceFile(path, "x/y", 1, "0" * 64)


@pytest.mark.parametrize(
    ("path", "data", "said"),
    [
        ("a.pages", b"PK\x03\x04", "a Pages file: export it as DOCX"),
        ("A.PAGES", b"PK\x03\x04", "a Pages file: export it as DOCX"),
        ("a.wpd", b"\xffWPC", "a WordPerfect file: open it"),
        ("letter", b"\xffWPC\x10", "a WordPerfect file: open it"),
        ("letter.bin", b"\0\0\0\x18ftypmp42", "a film: transcribe it"),
        ("a.mp3", b"\xff\xfb", "a sound recording: transcribe it"),
        ("winmail.dat", b"\x78\x9f\x3e\x22\0", "a winmail.dat of Outlook: open the message"),
        ("letter.asc", b"-----BEGIN PGP MESSAGE-----", "a PGP message, key or signature: decrypt"),
        ("a.yaml", b"- a", "a YAML file: convert it to JSON"),
        ("old.arc", b"filedesc://x", "a web archive before WARC: convert it to WARC"),
        ("a.xml", b"<eac-cpf xmlns='urn:x'>", "an EAC-CPF record of a person or body: export"),
        (
            "a.xml",
            b"<?xml version='1.0'?><m:record xmlns:m='http://www.loc.gov/MARC21/slim'/>",
            "MARCXML: convert it to MODS",
        ),
        ("a.xml", b"<catalog><a/></catalog>", r"no parser in use reads \(<catalog>\): convert it"),
        ("letter", OLE + "WordDocument".encode("utf-16-le"), "a Word file of 97 to 2003: give it"),
        ("letter", OLE + bytes(600), "a file of an Office before 2007: give it"),
        ("a.bin", bytes(60) + b"BOOKMOBI", "a Mobipocket book: convert it"),
        ("a.tmx", b"<tmx>", "a translation memory: export it as CSV"),
        ("a.rar", b"Rar!\x1a\x07", "a RAR archive: unpack it"),
    ],
)
def test_the_message_names_the_format_and_the_way_out(path, data, said):
    parser = make({})
    assert 0 < parser.confidence(source(path), data) < 0.1
    with pytest.raises(SourceError, match=said):
        list(parser.parse(source(path), data))


def test_a_file_that_is_not_known_is_not_claimed():
    assert make({}).confidence(source("a.unknown"), b"\x01\x02") == 0.0


def test_each_signature_is_of_a_format_that_is_named():
    assert all(suffix in SUFFIXES for _, suffix in SIGNATURES)
    assert all(suffix in SUFFIXES for suffix in (*ARCHIVES.values(), *MIMETYPES.values()))
    assert all(suffix == suffix.lower() for suffix in SUFFIXES)


SETTINGS = {"columns": [], "text": [], "id": []}


def zipped(name: str, words: str = "") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(name, words)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("path", "data", "said"),
    [
        ("letter.txt", b"\xffWPC\x10\0\0\0", "a WordPerfect file"),
        ("letter.doc", b"\xffWPC\x10", "a WordPerfect file"),
        ("letter.txt", OLE + "__substg1.0_".encode("utf-16-le"), "an Outlook message: give it"),
        ("letter", zipped("Index/Document.iwa"), "a Pages, Numbers or Keynote file: export it"),
        ("book", zipped("mimetype", "application/x-ibooks+zip"), "a book of Apple Books"),
        ("letter", zipped("mimetype", "application/vnd.sun.xml.writer"), "an OpenOffice 1 file: o"),
        ("list.zip", zipped("mimetype", "application/vnd.sun.xml.calc"), "an OpenOffice 1 sheet"),
        (
            "letter.txt",
            b"\x30\x82\x06\xb2\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03\xa0",
            "an encrypted or signed message: open it in a mail program",
        ),
        (
            "letter",
            b"\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02\xa0\x80",
            "an encrypted or signed message",
        ),
        ("a.txt", b"-----BEGIN PKCS7-----\nMIIB", "an encrypted or signed message"),
        ("old.xls", b"\x09\x04\x06\x00", "an Excel file before version 5"),
        ("a.txt", b"<MIFFile 2019> # Generated", "a FrameMaker file"),
    ],
)
def test_it_is_surer_than_those_who_go_by_a_suffix_that_the_bytes_belie(path, data, said):
    file, own = source(path), make({})
    others = (parse_text, parse_archive, parse_doc, parse_rows)
    sure = max(other.make(SETTINGS).confidence(file, data) for other in others)
    assert own.confidence(file, data) > sure
    with pytest.raises(SourceError, match=said):
        list(own.parse(file, data))
