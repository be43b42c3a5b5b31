"""One rule for encodings in every format: a bad byte is marked and told, and changes no other."""

from __future__ import annotations

from importlib import import_module

import pytest

from docproc.records import SourceFile, Unread

CZECH = "Příliš žluťoučký kůň úpěl ďábelské ódy."
FORMATS = {
    "a.txt": ("text.plain", "{}"),
    "a.md": ("text.markdown", "# Dopis\n\n{}\n"),
    "a.csv": ("records.rows.parser", "id,text\n1,{}\n"),
    "a.jsonl": ("records.rows.parser", '{{"id": 1, "text": "{}"}}\n'),
    "a.html": ("web.html.parser", "<html><meta charset=utf-8><p>{}</p></html>"),
    "b.html": ("web.html.parser", "<html><p>{}</p></html>"),
    "a.eml": (
        "mail.parser",
        "From: a@b\nSubject: x\nContent-Type: text/plain; charset=utf-8\n\n{}\n",
    ),
    "a.xml": (
        "xml.tei.parser",
        '<?xml version="1.0" encoding="utf-8"?><TEI xmlns="http://www.tei-c.org/ns/1.0">'
        "<teiHeader/><text><body><p>{}</p></body></text></TEI>",
    ),
    "b.xml": (
        "xml.ead.parser",
        '<ead xmlns="urn:isbn:1-931666-22-9"><archdesc><did><unittitle>A</unittitle></did>'
        "<scopecontent><p>{}</p></scopecontent></archdesc></ead>",
    ),
    "d.xml": (
        "pages.ocr_layout.parser",
        '<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#"><Layout><Page><PrintSpace>'
        '<TextBlock><TextLine><String CONTENT="{}"/></TextLine></TextBlock></PrintSpace></Page>'
        "</Layout></alto>",
    ),
    "e.xml": (
        "pages.ocr_layout.parser",
        '<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15">'
        '<Page imageFilename="1.jpg"><TextRegion id="r"><TextLine id="l"><TextEquiv><Unicode>'
        "{}</Unicode></TextEquiv></TextLine></TextRegion></Page></PcGts>",
    ),
    "c.xml": ("xml.jats", "<article><front/><body><p>{}</p></body></article>"),
    "b.eml": ("mail.parser", "From: a@b\nSubject: x\nContent-Type: text/html\n\n<p>{}</p>\n"),
}


def read(path: str, data: bytes) -> tuple[str, list[str]]:
    settings = {"max_lines": 1000, "text": ["text"], "id": ["id"], "columns": []}
    parser = import_module(f"docproc.stages.parse.{FORMATS[path][0]}").make(settings)
    parts = list(parser.parse(SourceFile(path, "x/y", len(data), "0" * 64), data))
    told = [str(part) for part in parts if isinstance(part, Unread)]
    return next(part.text for part in parts if not isinstance(part, Unread)), told


def made(path: str, words: bytes) -> bytes:
    before, after = FORMATS[path][1].replace("{{", "{").replace("}}", "}").split("{}")
    return before.encode() + words + after.encode()


@pytest.mark.parametrize("path", FORMATS)
def test_a_bad_byte_is_marked_and_told(path):
    text, told = read(path, made(path, CZECH.encode() + b" \x96 konec"))
    assert f"{CZECH} \ufffd konec" in text
    assert len(told) == 1
    assert "1 place is no UTF-8 and marked with \ufffd" in told[0]


@pytest.mark.parametrize("path", [path for path in FORMATS if not path.endswith(".xml")])
def test_text_encoded_twice_is_told(path):
    text, told = read(path, made(path, "Letter of SeÃ¡n to his mother".encode()))
    assert "SeÃ¡n" in text
    assert len(told) == 1
    assert "encoded twice (“SeÃ¡n” for “Seán”)" in told[0]


@pytest.mark.parametrize("path", FORMATS)
def test_of_a_sound_text_nothing_is_told(path):
    assert read(path, made(path, CZECH.encode()))[1] == []
