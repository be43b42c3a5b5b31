"""Parts of packages: however a zip file is written, each gives its bytes, or says why not."""

from __future__ import annotations

import io
import zipfile

import pytest

from docproc.config import Limits
from docproc.errors import SourceError
from docproc.formats.package import Package

WORDS = b"Das Getreide kam im Mai. " * 400


def packed(name: str = "a/ö.xml", method: int = zipfile.ZIP_DEFLATED, before: bytes = b"") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        archive.writestr("first.xml", b"<a/>")
        archive.writestr(name, WORDS)
    return before + stream.getvalue()


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_LZMA])
@pytest.mark.parametrize("before", [b"", b"#!/bin/sh\n"])
def test_a_part_gives_its_bytes_however_it_is_packed(method, before):
    package = Package(packed(method=method, before=before), Limits())
    assert package.read("a/ö.xml") == WORDS
    assert package.read("a/ö.xml", 30) == WORDS[:30]
    assert package.read("first.xml", 30) == b"<a/>"


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data.replace(b"a/b.xml", b"a/c.xml", 1),  # before the part, not in the list
        lambda data: data.replace(b"PK\3\4", b"PK\3\5"),
        lambda data: data.replace(zipfile.crc32(WORDS).to_bytes(4, "little"), b"\1\2\3\4"),
    ],
)
def test_what_is_damaged_is_refused(damage):
    with pytest.raises(SourceError, match="it is damaged"):
        Package(damage(packed("a/b.xml")), Limits()).read("a/b.xml")


def test_what_claims_to_be_short_is_held_to_the_limit():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", b"\0" * 12_000_000)
    data = stream.getvalue().replace((12_000_000).to_bytes(4, "little"), (9).to_bytes(4, "little"))
    with pytest.raises(SourceError, match="it unpacks to more than"):
        Package(data, Limits()).read("a.xml")
