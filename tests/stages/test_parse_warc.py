"""Web archives: what was fetched is handed on under its address; what is no document is not."""

from __future__ import annotations

import gzip
import io
import zipfile

import pytest

from docproc.errors import SourceError
from docproc.records import Child, SourceFile
from docproc.stages.parse.web.warc import make

PAGE = b"<html><body><p>The harvest failed.</p></body></html>"


def record(kind: str, address: str, block: bytes, type_: str = "application/http") -> bytes:
    return (
        (
            f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\n"
            f"Content-Type: {type_}; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
        ).encode()
        + block
        + b"\r\n\r\n"
    )


def answer(body: bytes, kind: str = "text/html", status: str = "200 OK", more: str = "") -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{more}\r\n".encode() + body


def parse(data: bytes, path: str = "a.warc") -> list:
    return list(make({}).parse(SourceFile(path, "x/y", len(data), "0" * 64), data))


def test_pages_and_documents_are_handed_on_under_their_addresses():
    packed = answer(gzip.compress(PAGE), more="Content-Encoding: gzip\r\n")
    chunked = b"%x\r\n%s\r\n3\r\nend\r\n0\r\n\r\n" % (len(PAGE), PAGE)
    data = b"".join(
        [
            record("warcinfo", "", b"software: x", "application/warc-fields"),
            record("request", "http://a.org/", b"GET / HTTP/1.1\r\n\r\n"),
            record("response", "http://a.org/letters/", packed),
            record("response", "http://a.org/letters/", packed),
            record("response", "http://a.org/x.js", answer(b"var x", "text/javascript")),
            record("response", "http://a.org/gone", answer(PAGE + b" ", status="404 Not Found")),
            record(
                "response",
                "http://a.org/b?n=2",
                answer(chunked, more="Transfer-Encoding: chunked\r\n"),
            ),
            record("resource", "http://a.org/c.txt", b"Words.", "text/plain"),
        ]
    )
    assert make({}).confidence(SourceFile("a", "", 1, ""), data[:8192]) > 0.9
    assert parse(data) == [
        Child("a.org_letters.html", PAGE),
        Child("a.org_b?n=2.html", PAGE + b"end"),
        Child("a.org_c.txt", b"Words."),
    ]


def test_a_packed_archive_is_its_archives():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("datapackage.json", "{}")
        archive.writestr("pages/pages.jsonl", '{"text": "x"}')
        archive.writestr("archive/data.warc.gz", b"\x1f\x8b")
    assert parse(stream.getvalue(), "a.wacz") == [Child("data.warc.gz", b"\x1f\x8b")]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"Hello", "not a WARC"),
        (record("request", "http://a.org", b"GET"), "no page or document"),
        (b"PK\x03\x04", "damaged, or not a zip"),
    ],
)
def test_what_holds_no_page_is_one_clear_message(data, said):
    with pytest.raises(SourceError, match=said):
        parse(data)
