"""Files made to hurt, each with the words that the table of their cost has for it."""

from __future__ import annotations

import io
import random
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Mapping

NOISE = random.Random(7).randbytes(1_000_000)


def bomb(depth: int = 9) -> bytes:
    entities = "".join(f"<!ENTITY a{n + 1} '{f'&a{n};' * 10}'>" for n in range(depth))
    return f"<!DOCTYPE TEI [<!ENTITY a0 'ha'>{entities}]><TEI>&a{depth};</TEI>".encode()


def swelling() -> bytes:
    """Quadratic: one long entity, often."""
    return f"<!DOCTYPE TEI [<!ENTITY a '{'x' * 50_000}'>]><TEI>{'&a;' * 50_000}</TEI>".encode()


def outside() -> bytes:
    return (
        b'<!DOCTYPE TEI [<!ENTITY x SYSTEM "file:///etc/passwd">]><TEI><text><body>'
        b"<p>Bread. &x;</p></body></text></TEI>"
    )


def zipped(members: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def nested_zips() -> bytes:
    """Fifty gigabytes of zeros, in zips of zips of zips."""
    inner = zipped({"a.txt": bytes(50_000_000)})
    for _ in range(3):
        inner = zipped({f"{n}.zip": inner for n in range(10)})
    return inner


def tarred(size: int) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as archive:
        info = tarfile.TarInfo("a.txt")
        info.size = size
        archive.addfile(info, io.BytesIO(bytes(size)))
    return stream.getvalue()


def traversal() -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as archive:
        for name in ("../../evil.txt", "/etc/evil.txt"):
            info = tarfile.TarInfo(name)
            info.size = 1
            archive.addfile(info, io.BytesIO(b"x"))
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    return stream.getvalue()


def pdf(pages: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % (3 + n) for n in range(pages))
    objects = [
        b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj",
        b"2 0 obj<</Type/Pages/Count %d/Kids[%s]>>endobj" % (pages, kids),
        *(b"%d 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj" % (3 + n)
          for n in range(pages)),
    ]  # fmt: skip
    body, table = b"%PDF-1.4\n", b""
    parts = [body]
    at = len(body)
    for each in objects:
        table += b"%010d 00000 n \n" % at
        parts.append(each + b"\n")
        at += len(each) + 1
    size = len(objects) + 1
    return b"".join(parts) + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
        % (size, table, size, at)
    )


def png(width: int, height: int) -> bytes:
    """A head that promises so many pixels."""
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = [head, b"IDAT" + zlib.compress(bytes(1000)), b"IEND"]
    framed = [struct.pack(">I", len(c) - 4) + c + struct.pack(">I", zlib.crc32(c)) for c in chunks]
    return b"\x89PNG\r\n\x1a\n" + b"".join(framed)


def frames(count: int) -> bytes:
    """A TIFF of *count* frames, each of one pixel."""
    parts, at = [b"II*\0" + struct.pack("<I", 8)], 8
    for number in range(count):
        tags = [(256, 1), (257, 1), (258, 8), (262, 1), (273, at), (277, 1), (278, 1), (279, 1)]
        frame = struct.pack("<H", len(tags))
        frame += b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags)
        at += len(frame) + 4
        parts.append(frame + struct.pack("<I", at if number + 1 < count else 0))
    return b"".join(parts)


def parts_within_parts(depth: int) -> bytes:
    head = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(depth)
    )
    return b"From: a@example.org\nSubject: x\nMIME-Version: 1.0\n" + head + b"\nBread.\n"


HOSTILE: Mapping[str, tuple[str, Callable[[], bytes]]] = {
    "entities that build on entities (billion laughs)": ("a.xml", bomb),
    "one long entity, 50,000 times (quadratic)": ("a.xml", swelling),
    "an entity kept outside (`file:///etc/passwd`)": ("a.xml", outside),
    "10,000 levels of XML": ("a.xml", lambda: b"<TEI><text>" + b"<p>" * 10_000),
    "100,000 levels of HTML around a word": (
        "a.html", lambda: b"<html><body>" + b"<div>" * 100_000 + b"word</body></html>",
    ),
    "a million `<` called `.html`": ("a.html", lambda: b"<!doctype html>" + b"<" * 1_000_000),
    "XML that breaks off": ("a.xml", lambda: b"<TEI><text><body><p>The harvest"),
    "a word of ten million letters, `.html`": (
        "a.html", lambda: b"<html><p>" + b"x" * 10_000_000 + b"</p></html>",
    ),
    "a line of ten million letters, `.txt`": ("a.txt", lambda: b"x" * 10_000_000),
    "a line of sixty million, in words, `.txt`": ("a.txt", lambda: b"word " * 12_000_000),
    "10,000 levels of quotation, `.md`": ("a.md", lambda: b"> " * 10_000 + b"word"),
    "100,000 groups within one another, `.rtf`": ("a.rtf", lambda: rb"{\rtf1" + b"{" * 100_000),
    "100,000 brackets, `.jsonl`": ("a.jsonl", lambda: b'{"text":' + b"[" * 100_000),
    "10,000 parts within parts, `.eml`": ("a.eml", lambda: parts_within_parts(10_000)),
    "a zip of 200 MB of zeros": ("a.zip", lambda: zipped({"a.txt": bytes(200_000_000)})),
    "50 GB of zeros in zips of zips of zips": ("a.zip", nested_zips),
    "200 MB of zeros, `.tar.gz`": ("a.tar.gz", lambda: tarred(200_000_000)),
    "200 MB of zeros as the body of a `.docx`": (
        "a.docx",
        lambda: zipped({"[Content_Types].xml": b"", "word/document.xml": bytes(200_000_000)}),
    ),
    "60,000 members of a zip": ("a.zip", lambda: zipped({f"{n}.txt": b"" for n in range(60_000)})),
    "members that lead out, a link, `.tar.gz`": ("a.tar.gz", traversal),
    "a PDF of 100,000 empty pages": ("a.pdf", lambda: pdf(100_000)),
    "a PDF of 20,000 empty pages": ("a.pdf", lambda: pdf(20_000)),
    "a PDF that breaks off": ("a.pdf", lambda: pdf(100)[:2_000]),
    "a PNG that promises 60,000 × 60,000 pixels": ("a.png", lambda: png(60_000, 60_000)),
    "a TIFF of 6,000 frames": ("a.tif", lambda: frames(6_000)),
    "a PNG called `.txt`, damaged": ("a.txt", lambda: png(9, 9)[:40]),
    **{
        f"a megabyte of noise called `.{suffix}`": (f"a.{suffix}", lambda: NOISE)
        for suffix in ("txt", "xml", "pdf", "docx", "doc", "msg", "rtf", "zip", "tif", "eml", "csv")
    },
}  # fmt: skip
"""What it is, the file's name, and what makes its bytes."""
