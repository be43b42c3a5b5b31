"""What reading a file takes with the library alone: to parse it, and to take its text out.

Each function does what a user of that library would write to get the text of every paragraph
(line, row, message), in order and with its white space collapsed as it is set: not less, for a
tree is no text, and not more, for neither places, notes, kinds of blocks nor metadata are sought.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import tarfile
import zipfile
from collections.abc import Callable, Iterable
from email import message_from_bytes, policy
from typing import Any

_TEI = "{http://www.tei-c.org/ns/1.0}"
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ODT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_PAGE = "{http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15}"
_ALTO = "{http://www.loc.gov/standards/alto/ns-v4#}"
_WEB = ("p", "li", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6")

Texts = list[str]


def plain(data: bytes) -> Texts:
    return [data.decode()]


def _front(data: bytes) -> tuple[Any, str]:
    import yaml

    _, head, body = data.decode().split("---\n", 2)
    return yaml.safe_load(head), body


def markdown_parsed(data: bytes) -> Any:
    from markdown_it import MarkdownIt

    return MarkdownIt().parse(_front(data)[1])


def markdown(data: bytes) -> Texts:
    return [
        "".join(child.content or "\n" for child in token.children)
        for token in markdown_parsed(data)
        if token.type == "inline" and token.children
    ]


def xml_parsed(data: bytes) -> Any:
    from lxml import etree

    return etree.fromstring(data)


def html_parsed(data: bytes) -> Any:
    from lxml import html

    return html.fromstring(data)


def _of(elements: Iterable[Any]) -> Texts:
    return [" ".join("".join(each.itertext()).split()) for each in elements]


def html(data: bytes) -> Texts:
    return _of(html_parsed(data).iter(*_WEB))


def tei(data: bytes) -> Texts:
    return _of(xml_parsed(data).iter(_TEI + "p", _TEI + "head"))


def ead(data: bytes) -> Texts:
    names = ("unittitle", "unitid", "unitdate", "container", "p")
    return _of(xml_parsed(data).iter(*names))


def alto(data: bytes) -> Texts:
    return [
        " ".join(word.get("CONTENT") for word in line.iter(_ALTO + "String"))
        for line in xml_parsed(data).iter(_ALTO + "TextLine")
    ]


def page_xml(data: bytes) -> Texts:
    path = f"{_PAGE}TextEquiv/{_PAGE}Unicode"
    return [line.findtext(path) or "" for line in xml_parsed(data).iter(_PAGE + "TextLine")]


def hocr(data: bytes) -> Texts:
    return _of(html_parsed(data).find_class("ocr_line"))


def pdf_parsed(data: bytes) -> Any:
    import pypdfium2

    file = pypdfium2.PdfDocument(data)
    for page in file:
        page.close()
    return file


def pdf(data: bytes) -> Texts:
    import pypdfium2

    texts = []
    file = pypdfium2.PdfDocument(data)
    for page in file:
        text = page.get_textpage()
        texts.append(text.get_text_range())
        text.close()
        page.close()
    file.close()
    return texts


def scan(data: bytes) -> Texts:
    command = ["tesseract", "stdin", "stdout", "-l", "eng", "--psm", "1", "tsv"]
    done = subprocess.run(
        command,
        input=data,
        capture_output=True,
        check=True,
        env=os.environ | {"OMP_THREAD_LIMIT": "1"},
    )
    return done.stdout.decode().splitlines()


def docx_parsed(data: bytes) -> Any:
    return xml_parsed(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))


def docx(data: bytes) -> Texts:
    return [
        "".join(run.text or "" for run in each.iter(_WORD + "t"))
        for each in docx_parsed(data).iter(_WORD + "p")
    ]


def odt_parsed(data: bytes) -> Any:
    return xml_parsed(zipfile.ZipFile(io.BytesIO(data)).read("content.xml"))


def odt(data: bytes) -> Texts:
    return _of(odt_parsed(data).iter(_ODT + "h", _ODT + "p"))


def rtf(data: bytes) -> Texts:
    from striprtf import striprtf

    written: Any = striprtf.rtf_to_text
    return [str(written(data.decode("cp1252")))]


def _chapters(data: bytes) -> list[Any]:
    book = zipfile.ZipFile(io.BytesIO(data))
    parts = xml_parsed(book.read("book.opf"))
    hrefs = {item.get("id"): item.get("href") for item in parts.iter("{*}item")}
    return [html_parsed(book.read(hrefs[each.get("idref")])) for each in parts.iter("{*}itemref")]


def epub(data: bytes) -> Texts:
    return [words for page in _chapters(data) for words in _of(page.iter(*_WEB))]


def eml_parsed(data: bytes) -> Any:
    return message_from_bytes(data, policy=policy.default)


def eml(data: bytes) -> Texts:
    message = eml_parsed(data)
    said = [str(message[name]) for name in ("From", "To", "Cc", "Date", "Subject")]
    return [*said, message.get_body(("plain", "html")).get_content()]


def mbox_parsed(data: bytes) -> Any:
    return [eml_parsed(each) for each in re.split(rb"(?m)^From .*\n", data)[1:]]


def mbox(data: bytes) -> Texts:
    return [words for each in re.split(rb"(?m)^From .*\n", data)[1:] for words in eml(each)]


def jsonl(data: bytes) -> Texts:
    return [json.loads(line)["text"] for line in data.decode().splitlines()]


def table(data: bytes) -> Texts:
    return [row["text"] for row in csv.DictReader(io.StringIO(data.decode(), newline=""))]


def zipped(data: bytes) -> list[bytes]:
    archive = zipfile.ZipFile(io.BytesIO(data))
    return [archive.read(member) for member in archive.infolist() if not member.is_dir()]


def tarred(data: bytes) -> list[bytes]:
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        streams = [archive.extractfile(member) for member in archive if member.isreg()]
        return [stream.read() for stream in streams if stream]


Reads = Callable[[bytes], Any]

BARE: dict[str, tuple[str, Reads | None, Reads]] = {
    "plain text": ("`bytes.decode`", None, plain),
    "Markdown": ("PyYAML, markdown-it-py: the text of each block", markdown_parsed, markdown),
    "HTML": ("lxml: the words of each `p`, `li`, `td`, `h1` …", html_parsed, html),
    "TEI": ("lxml: the words of each `p` and `head`", xml_parsed, tei),
    "EAD": ("lxml: the words of each `unittitle`, `unitdate`, `p` …", xml_parsed, ead),
    "PDF": ("pypdfium2: the text of each page", pdf_parsed, pdf),
    "scan": ("Tesseract, its words with their boxes", None, scan),
    "DOCX": ("zipfile, lxml: the words of each `w:p`", docx_parsed, docx),
    "ODT": ("zipfile, lxml: the words of each `text:p`", odt_parsed, odt),
    "RTF": ("striprtf", None, rtf),
    "EPUB": ("zipfile, lxml: the words of each `p`, `h1` …", _chapters, epub),
    "EML": ("email: headers and body", eml_parsed, eml),
    "mbox": ("email: headers and body of each message", mbox_parsed, mbox),
    "ALTO": ("lxml: the words of each `TextLine`", xml_parsed, alto),
    "PAGE XML": ("lxml: the text of each `TextLine`", xml_parsed, page_xml),
    "hOCR": ("lxml: the words of each `ocr_line`", html_parsed, hocr),
    "JSON Lines": ("json: the text of each row", None, jsonl),
    "CSV": ("csv: the text of each row", None, table),
    "zip": ("zipfile: the bytes of each member", None, zipped),
    "tar": ("tarfile: the bytes of each member", None, tarred),
}
"""Of each format: the library and what it gives, what only parses, what gives the text."""
