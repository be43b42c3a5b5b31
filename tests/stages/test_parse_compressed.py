"""Single files that are compressed: unpacked within bounds, under their own names."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile

import pytest

from docproc.config import Limits
from docproc.errors import SourceError
from docproc.records import Child, SourceFile
from docproc.stages.parse.containers.archive import make as make_archive
from docproc.stages.parse.containers.compressed import make

WORDS = b"The harvest failed.\n" * 20


def zst(data: bytes) -> bytes:
    zstandard = pytest.importorskip("zstandard")
    return zstandard.ZstdCompressor().compress(data)


PACKED = {".gz": gzip.compress, ".bz2": bz2.compress, ".xz": lzma.compress, ".zst": zst}


def source(path: str) -> SourceFile:
    return SourceFile(path, "x/y", 1, "0" * 64)


def parse(path: str, data: bytes, limits: Limits | None = None) -> Child:
    (child,) = make({"limits": limits or Limits()}).parse(source(path), data)
    return child


@pytest.mark.parametrize("suffix", PACKED)
def test_what_is_in_it_is_handed_on_under_its_own_name(suffix):
    data = PACKED[suffix](WORDS)
    assert make({}).confidence(source("a.txt" + suffix), data[:8192]) > 0.8
    assert parse(f"letters/a.txt{suffix}", data) == Child("a.txt", WORDS)
    assert parse("a", data) == Child("a", WORDS)


def test_a_name_that_gzip_keeps_is_used_where_the_file_says_less():
    stream = io.BytesIO()
    with gzip.GzipFile("letter.md", "wb", fileobj=stream) as written:
        written.write(WORDS)
    assert parse("a.gz", stream.getvalue()).name == "letter.md"
    assert parse("a.txt.gz", stream.getvalue()).name == "a.txt"


@pytest.mark.parametrize("mode", ["w:gz", "w:bz2", "w:xz"])
def test_an_archive_that_is_compressed_is_left_to_its_parser(mode):
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode=mode) as archive:
        info = tarfile.TarInfo("a.txt")
        info.size = len(WORDS)
        archive.addfile(info, io.BytesIO(WORDS))
    head = stream.getvalue()[:8192]
    for path in ("a.tgz", "a.tar.gz", "a.gz"):
        assert make({}).confidence(source(path), head) < make_archive({}).confidence(
            source(path), head
        )


@pytest.mark.parametrize("suffix", PACKED)
def test_a_file_that_is_cut_or_none_is_one_clear_message(suffix):
    with pytest.raises(SourceError, match="damaged"):
        parse(f"a.txt{suffix}", PACKED[suffix](WORDS * 50)[:30])
    with pytest.raises(SourceError, match=f"not a {suffix[1:]} file"):
        parse(f"a.txt{suffix}", WORDS)


@pytest.mark.parametrize("suffix", PACKED)
def test_what_unpacks_to_too_much_is_never_unpacked(suffix):
    bomb = PACKED[suffix](b"\0" * 12_000_000)
    with pytest.raises(SourceError, match=r"limits\.unpacked"):
        parse(f"a.txt{suffix}", bomb, Limits(unpacked_megabytes=1))
