"""Round trips: what each format's own writer wrote comes out, and every locator leads back to it.

The whole of reading is real: each file is taken by its bytes, normalized and segmented.
"""

from __future__ import annotations

import csv
import io
import json
import mailbox
import re
import zipfile
from collections.abc import Callable, Sequence
from email.message import EmailMessage
from functools import cache
from html import escape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from letter_workspace import product
from outlook_files import outlook_message
from pdf_files import written as pdf_of
from test_parse_archive import tarred, zipped
from test_parse_epub import book
from test_parse_rows import SETTINGS

from docproc.config import Limits, Pipeline
from docproc.pipeline.reading.read import Reader, media_type
from docproc.records import BlockKind, Document, Passage, SourceFile

TEXT = (
    "the harvest of wheat has failed in our district and no bread was sent from town though "
    "wagons stand ready at every station while we wait for an answer about seed and horses"
)
WORDS = TEXT.split()
Written = Sequence[str]


@cache
def reader() -> Reader:
    pipeline = Pipeline()
    parsers = [(name, product("parse", name)) for name in pipeline.parsers if name != "rows"]
    from docproc.stages.parse.records.rows import parser as parse_rows

    parsers.append(("rows", parse_rows.make(SETTINGS)))
    normalizers = [(name, product("normalize", name)) for name in pipeline.normalizers]
    return Reader(parsers, normalizers, ("structure", product("segment", "structure")), Limits())


def read(name: str, data: bytes) -> list[tuple[Document, tuple[Passage, ...]]]:
    source = SourceFile(f"seeds/{name}", media_type(name), len(data), "0" * 64)
    reading = reader().read(source, data)
    assert reading.unread == ()
    again = reader().parse(source, data)[1]
    assert [(d.member, d.text) for d, _ in reading.documents] == [(d.member, d.text) for d in again]
    return list(reading.documents)


# One document of paragraphs


def html(written: Written) -> bytes:
    body = "".join(f"<p>{escape(each)}</p>" for each in written)
    return f"<!doctype html><html><body>{body}</body></html>".encode()


def docx(written: Written) -> bytes:
    import docx as library

    document, stream = library.Document(), io.BytesIO()
    for each in written:
        document.add_paragraph(each)
    document.save(stream)
    return stream.getvalue()


def odt(written: Written) -> bytes:
    from odf.opendocument import OpenDocumentText
    from odf.text import P

    document, stream = OpenDocumentText(), io.BytesIO()
    for each in written:
        document.text.addElement(P(text=each))
    document.save(stream)
    return stream.getvalue()


def rtf(written: Written) -> bytes:
    def character(c: str) -> str:
        return f"\\{c}" if c in "\\{}" else c if c.isascii() else f"\\u{ord(c)}?"

    body = "".join(f"\\pard {''.join(map(character, each))}\\par\n" for each in written)
    return f"{{\\rtf1\\ansi\\ansicpg1252 {body}}}".encode("ascii")


def mail(written: Written) -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = "anna@example.org", "News"
    message.set_content("\n\n".join(written), cte="quoted-printable")
    return message.as_bytes()


def msg(written: Written) -> bytes:
    body = "\r\n\r\n".join(written)
    return outlook_message(sender="anna@example.org", subject="News", body=body, sent=1_115_114_400)


PARAGRAPHS: dict[str, Callable[[Written], bytes]] = {
    "a.txt": lambda written: "\n\n".join(written).encode("utf-8"),
    "a.md": lambda written: "\n\n".join(written).encode("utf-8"),
    "a.html": html,
    "a.docx": docx,
    "a.odt": odt,
    "a.rtf": rtf,
    "a.eml": mail,
    "a.msg": msg,
}

# Paragraphs each on a page, in a row, a file or a component of its own


def tei(written: Written) -> bytes:
    body = "".join(f'<pb n="{n}r"/><p>{escape(each)}</p>' for n, each in enumerate(written, 1))
    return (
        f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body>{body}</body></text></TEI>'.encode()
    )


def ead(written: Written) -> bytes:
    parts = "".join(
        f"<c01><did><unittitle>File</unittitle></did><scopecontent><p>{escape(each)}</p>"
        "</scopecontent></c01>"
        for each in written
    )
    head = "<did><unittitle>Papers of the whole district</unittitle></did>"
    return f"<ead><archdesc level='collection'>{head}<dsc>{parts}</dsc></archdesc></ead>".encode()


def alto(written: Written) -> bytes:
    names = "".join(f"<fileName>{n}.tif</fileName>" for n in range(1, len(written) + 1))
    pages = "".join(
        "<Page><PrintSpace><TextBlock><TextLine>"
        + "<SP/>".join(f'<String CONTENT="{escape(word)}"/>' for word in each.split())
        + "</TextLine></TextBlock></PrintSpace></Page>"
        for each in written
    )
    return f"<alto><Description>{names}</Description><Layout>{pages}</Layout></alto>".encode()


def page_xml(written: Written) -> bytes:
    pages = "".join(
        f'<Page imageFilename="{n}.tif"><TextRegion><TextLine><TextEquiv><Unicode>{escape(each)}'
        "</Unicode></TextEquiv></TextLine></TextRegion></Page>"
        for n, each in enumerate(written, 1)
    )
    return f"<PcGts>{pages}</PcGts>".encode()


def hocr(written: Written) -> bytes:
    pages = "".join(
        f"<div class='ocr_page' title='image \"{n}.tif\"'><p class='ocr_par'>"
        f"<span class='ocr_line'>{escape(each)}</span></p></div>"
        for n, each in enumerate(written, 1)
    )
    return f"<html><body>{pages}</body></html>".encode()


def table(written: Written) -> bytes:
    stream = io.StringIO()
    csv.writer(stream).writerows([("id", "text"), *((f"L-{n}", w) for n, w in _numbered(written))])
    return stream.getvalue().encode("utf-8")


def lines(written: Written) -> bytes:
    rows = ({"id": f"L-{n}", "text": each} for n, each in _numbered(written))
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode("utf-8")


def mbox(written: Written, folder: Path) -> bytes:
    box = mailbox.mbox(folder / "box")
    for each in written:
        box.add(mail([each]))
    box.close()
    return (folder / "box").read_bytes()


def _numbered(written: Written) -> list[tuple[int, str]]:
    return list(enumerate(written, 1))


def _files(written: Written) -> dict[str, bytes]:
    return {f"letters/{n}.txt": each.encode() for n, each in _numbered(written)}


APART: dict[str, tuple[Callable[[Written], bytes], str]] = {
    "a.pdf": (lambda written: pdf_of(*written), "p. {}"),
    "tei.xml": (tei, "fol. {}r"),
    "a.epub": (lambda written: book(*(f"<p>{escape(each)}</p>" for each in written)), ""),
    "ead.xml": (ead, "part {}"),
    "alto.xml": (alto, "image {}.tif"),
    "page.xml": (page_xml, "image {}.tif"),
    "hocr.html": (hocr, "image {}.tif"),
    "a.csv": (table, "id L-{}"),
    "a.jsonl": (lines, "id L-{}"),
    "a.zip": (lambda written: zipped(_files(written)), "letters/{}.txt"),
    "a.tar": (lambda written: tarred(_files(written), "w"), "letters/{}.txt"),
}
"""What writes it, and how a locator begins there."""

SENTENCES = st.lists(st.sampled_from(WORDS), min_size=12, max_size=30).map(
    lambda words: " ".join(words).capitalize() + "."
)
SEVERAL = st.lists(SENTENCES, min_size=2, max_size=5, unique=True)


def words_of(text: str) -> str:
    return " ".join(text.split())


def passage_of(written: str, documents) -> Passage:
    """The passage that holds what was written; its text is its document's own."""
    for document, passages in documents:
        for passage in passages:
            assert passage.text == passage.span.of(document.text)
            if written in words_of(passage.text):
                return passage
    raise AssertionError(f"{written!r} has not come out")


@pytest.mark.parametrize("name", PARAGRAPHS)
@settings(max_examples=4, deadline=None)
@given(written=SEVERAL)
def test_every_paragraph_comes_out_under_its_number(name, written):
    ((document, passages),) = read(name, PARAGRAPHS[name](written))
    body = [
        words_of(block.span.of(document.text))
        for block in document.blocks
        if block.kind is BlockKind.PARAGRAPH
    ]
    for number, each in _numbered(written):
        locator = passage_of(each, [(document, passages)]).locator
        found = re.fullmatch(r"paragraphs? (\d+)(?:–(\d+))?", locator)
        assert found, locator
        assert int(found[1]) <= number <= int(found[2] or found[1]), (locator, body)


@pytest.mark.parametrize("name", APART)
@settings(max_examples=4, deadline=None)
@given(written=SEVERAL)
def test_every_page_row_file_or_component_comes_out_under_its_name(name, written):
    write, where = APART[name]
    documents = read(name, write(written))
    for number, each in _numbered(written):
        locator = passage_of(each, documents).locator
        if where:
            assert locator.startswith(f"{where.format(number)}, "), locator


def test_each_message_of_a_mailbox_comes_out_under_its_number(tmp_path):
    written = [" ".join(WORDS[n : n + 14]).capitalize() + "." for n in (0, 3, 7)]
    documents = read("a.mbox", mbox(written, tmp_path))
    for number, each in _numbered(written):
        assert passage_of(each, documents).locator == f"message {number}, paragraph 1"


NOTED = {
    "a.md": "{body}[^1]\n\n[^1]: {note}\n",
    "a.html": '<!doctype html><html><body><p>{body}<a href="#n" id="m">1</a></p>'
    '<p id="n"><a href="#m">1</a> {note}</p></body></html>',
    "a.xml": '<TEI><text><body><p>{body}<note n="1">{note}</note></p></body></text></TEI>',
    "a.rtf": r"{{\rtf1\ansi {body}{{\super\chftn{{\footnote \chftn {note}}}}}\par}}",
}


@pytest.mark.parametrize("name", NOTED)
def test_a_note_comes_out_as_one_anchored_at_its_mark(name):
    body, note = (f"{' '.join(words).capitalize()}." for words in (WORDS[:15], WORDS[15:]))
    ((document, passages),) = read(name, NOTED[name].format(body=body, note=note).encode())
    passage = passage_of(note, [(document, passages)])
    assert re.fullmatch(r"note( 1)?", passage.locator)
    (block,) = (each for each in document.blocks if each.kind is BlockKind.NOTE)
    assert block.anchor is not None
    assert document.text[: block.anchor.start].rstrip().endswith(body)


def test_what_lies_within_a_package_is_the_same_as_beside_it():
    written = [" ".join(WORDS).capitalize() + "."]
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, write in PARAGRAPHS.items():
            archive.writestr(name, write(written))
    documents = read("a.zip", stream.getvalue())
    assert [document.member for document, _ in documents] == list(PARAGRAPHS)
    for document, passages in documents:
        locator = passage_of(written[0], [(document, passages)]).locator
        assert locator == f"{document.member}, paragraph 1"
