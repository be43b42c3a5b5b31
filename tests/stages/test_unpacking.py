"""Compressed files: every kind is held to the same limits, each named where it is passed."""

from __future__ import annotations

import io
import tarfile
import zipfile

import pytest
from letter_workspace import registry

from docproc.config import Limits
from docproc.errors import SourceError
from docproc.hooks.specs import PARSE
from docproc.records import SourceFile

MEGABYTE = b"\0" * 1_000_000
HEADS = {
    "archive": ("a.zip", "x.txt"),
    "docx": ("a.docx", "word/document.xml"),
    "odt": ("a.odt", "content.xml"),
    "epub": ("a.epub", "META-INF/container.xml"),
}


def zipped(first: str, size: int = 0, count: int = 1) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/x")
        archive.writestr(first, MEGABYTE * size)
        for number in range(count):
            archive.writestr(f"more/{number}", b"")
    return stream.getvalue()


def tarred(size: int = 0, count: int = 1) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as archive:
        for number in range(count):
            info = tarfile.TarInfo(f".hidden{number}")
            info.size = size * 1_000_000 if not number else 0
            archive.addfile(info, io.BytesIO(MEGABYTE * size))
    return stream.getvalue()


def parse(name: str, data: bytes, limits: Limits) -> list:
    parser, file = (name, HEADS[name][0]) if name in HEADS else ("archive", "a.tar.gz")
    registration = registry().offer(PARSE, parser).registration
    source = SourceFile(file, "x/y", len(data), "0" * 64)
    return list(registration.make({"limits": limits}).parse(source, data))


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        (
            Limits(unpacked_megabytes=15, unpacked_ratio=5000),
            "more than 15 MB (limits.unpacked_megabytes); it was left packed: unpack it yourself",
        ),
        (
            Limits(unpacked_ratio=100),
            "more than 100 times its size (limits.unpacked_ratio), as files do that are made",
        ),
        (Limits(parts=50, unpacked_ratio=5000), "more than 50 parts (limits.parts)"),
    ],
)
@pytest.mark.parametrize("name", [*HEADS, "tar"])
def test_a_bomb_of_any_kind_is_refused_with_the_limit_that_it_passes(name, limits, said):
    data = tarred(20, 60) if name == "tar" else zipped(HEADS[name][1], 20, 60)
    with pytest.raises(SourceError) as refused:
        parse(name, data, limits)
    assert said in str(refused.value)


def test_what_is_small_may_be_packed_as_tightly_as_it_likes():
    data = zipped("x.txt", 9)
    assert len(data) * 500 < 9_000_000
    assert len(parse("archive", data, Limits())) == 3
