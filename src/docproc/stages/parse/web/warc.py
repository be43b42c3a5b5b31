"""The parser of web archives (WARC, ISO 28500; WACZ): the pages and files that were fetched."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from docproc.config import Limits
from docproc.errors import SourceError
from docproc.formats.attached import AttachedNames
from docproc.formats.package import Package
from docproc.formats.unpacking import Unpacking
from docproc.records import Child, SourceFile, Unread
from docproc.text.patterns import compile_on_use

_VERSION = re.compile(rb"WARC/\d\.\d\r?\n")
_HEADERS_END = re.compile(rb"\r?\n\r?\n")
_HEADER = compile_on_use(r"([\w-]+):[ \t]*([^\r\n]*)")
_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "application/pdf": ".pdf",
    "application/rtf": ".rtf",
    "text/rtf": ".rtf",
    "application/msword": ".doc",
    "application/epub+zip": ".epub",
    "text/csv": ".csv",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.oasis.opendocument.text": ".odt",
}
"""The types that hold documents; scripts, style sheets and pictures are parts of pages."""
_PACKED = compile_on_use(r"archive/[^/]+\.warc(?:\.gz)?")


class WarcParser:
    """Hands on what was fetched, each under its address."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits

    def confidence(self, source: SourceFile, head: bytes) -> float:
        """By the first line of a WARC, or the suffix of a WACZ, which is a zip file."""
        if _VERSION.match(head):
            return 0.95
        if source.suffix == ".wacz":
            return 0.9 if head.startswith(b"PK") else 0.2
        return 0.2 if source.suffix == ".warc" else 0.0

    def parse(self, source: SourceFile, data: bytes) -> Iterable[Child | Unread]:  # noqa: ARG002
        """Yield each page and file; raises ``SourceError`` where there is none."""
        if data.startswith(b"PK"):
            yield from self._unpack_wacz(data)
            return
        if not _VERSION.match(data):
            raise SourceError("it is not a WARC file: it does not begin with WARC/1.0")
        names = AttachedNames()
        unpacking = Unpacking(len(data), self._limits)
        seen: set[bytes] = set()
        number = 0
        for headers, block in _records(data):
            kind = headers.get("content-type", "")
            if headers.get("warc-type") not in ("response", "resource"):
                continue
            http = headers["warc-type"] == "response" and "http" in kind
            status, kind, body = _answer(block, unpacking) if http else (200, kind, block)
            suffix = _SUFFIXES.get(kind.partition(";")[0].strip().lower())
            if suffix is None or status >= 300 or not body.strip() or body in seen:
                continue
            seen.add(body)
            number += 1
            yield Child(names.of(_name(headers.get("warc-target-uri", ""), suffix), number), body)
        if not number:
            raise SourceError("it holds no page or document that was fetched whole")

    def _unpack_wacz(self, data: bytes) -> Iterator[Child]:
        package = Package(data, self._limits)
        found = [each for each in package.infos if _PACKED.fullmatch(each.filename)]
        if not found:
            raise SourceError("it holds no web archive: a WACZ has them in its folder archive/")
        for info in found:
            yield Child(info.filename.rpartition("/")[2], package.read(info))


def make(settings: Mapping[str, Any]) -> WarcParser:
    """The factory; there are no settings of its own."""
    return WarcParser(settings.get("limits") or Limits())


def _records(data: bytes) -> Iterator[tuple[dict[str, str], bytes]]:
    """The headers and the block of each record."""
    at = 0
    while version := _VERSION.search(data, at):
        end = _HEADERS_END.search(data, version.end())
        if end is None:
            return
        headers = _headers(data[version.end() : end.start()])
        length = headers.get("content-length", "")
        size = int(length) if length.isdigit() else 0
        yield headers, data[end.end() : end.end() + size]
        at = end.end() + size


def _headers(data: bytes) -> dict[str, str]:
    text = data.decode("utf-8", "replace")
    return {match[1].lower(): match[2].strip() for match in _HEADER.finditer(text)}


def _answer(block: bytes, unpacking: Unpacking) -> tuple[int, str, bytes]:
    """The status, the type and the body of what a server answered."""
    end = _HEADERS_END.search(block)
    head, body = (block[: end.start()], block[end.end() :]) if end else (block, b"")
    headers = _headers(head)
    status = re.match(rb"HTTP/[\d.]+ (\d{3})", head)
    if "chunked" in headers.get("transfer-encoding", "").lower():
        body = _join_chunks(body)
    if "gzip" in headers.get("content-encoding", "").lower() and body[:2] == b"\x1f\x8b":
        body = _unpack(body, unpacking)
    return int(status[1]) if status else 0, headers.get("content-type", ""), body


def _join_chunks(body: bytes) -> bytes:
    """A body that was sent in chunks (RFC 9112, 7.1); as it is where it is kept joined."""
    pieces: list[bytes] = []
    at = 0
    while size := re.compile(rb"([0-9a-fA-F]{1,8})[^\r\n]{0,100}\r?\n").match(body, at):
        length = int(size[1], 16)
        if not length:
            return b"".join(pieces)
        pieces.append(body[size.end() : size.end() + length])
        at = size.end() + length
        at += 2 if body[at : at + 2] == b"\r\n" else 1
    return b"".join(pieces) or body


def _unpack(body: bytes, unpacking: Unpacking) -> bytes:
    """*body* without its compression, as far as it goes; within the limits."""
    try:
        found = zlib.decompressobj(31).decompress(body, unpacking.left + 1)
    except zlib.error:
        return b""
    unpacking.unpacks(len(found))
    return found


def _name(address: str, suffix: str) -> str:
    """The address of a page as the name of a file, without its scheme."""
    parts = urlsplit(address.strip("<>"))
    name = unquote(f"{parts.netloc}{parts.path}".rstrip("/"))
    name += f"?{parts.query}" if parts.query else ""
    return name if name.lower().endswith(suffix) else f"{name}{suffix}"
