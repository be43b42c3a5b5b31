"""The parser of single files that are compressed (gzip, bzip2, xz, Zstandard): what is in them."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zlib
from collections.abc import Callable, Iterable, Mapping
from typing import IO, Any

from docproc.config import Limits
from docproc.dataclass_on_use import dataclass
from docproc.errors import SourceError
from docproc.formats.attached import AttachedNames
from docproc.formats.libraries import library
from docproc.formats.unpacking import Unpacking
from docproc.records import Child, SourceFile
from docproc.text.patterns import compile_on_use

_DAMAGED = (EOFError, OSError, zlib.error, lzma.LZMAError, ValueError)
_TAR = compile_on_use(r"(?i)\.(?:tar\.\w+|tgz|tbz2?|txz)$")
_TAR_MARK = slice(257, 262)
_LOOKED_AT = 8192
_STEP = 512
"""Bytes of Zstandard that are unpacked at once: so few unpack to tens of megabytes at most."""
_NAMED = 8
"""The flag of a gzip file that keeps the name of what it holds (RFC 1952, 2.3.1)."""


class _Zstandard:
    """A file of Zstandard; unlike the library's own reader it tells where the file is cut."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._library = library("zstandard", "zst", "Zstandard files")
        self._data = stream.read()

    def __enter__(self) -> _Zstandard:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing is open."""

    def read(self, most: int) -> bytes:
        """The first bytes of what is in it, *most* or a few more."""
        found = bytearray()
        frame = self._library.ZstdDecompressor().decompressobj()
        for start in range(0, len(self._data), _STEP):
            rest = self._data[start : start + _STEP]
            while rest:
                found += frame.decompress(rest)
                rest = frame.unused_data if frame.eof else b""
                if rest:
                    frame = self._library.ZstdDecompressor().decompressobj()
            if len(found) >= most:
                return bytes(found)
        if not frame.eof:
            raise EOFError("it ends in the middle")
        return bytes(found)


@dataclass(frozen=True, slots=True)
class _Packing:
    mark: bytes
    suffix: str
    opened: Callable[[IO[bytes]], Any]


_PACKINGS = (
    _Packing(b"\x1f\x8b", ".gz", lambda stream: gzip.GzipFile(fileobj=stream)),
    _Packing(b"BZh", ".bz2", bz2.BZ2File),
    _Packing(b"\xfd7zXZ\x00", ".xz", lzma.LZMAFile),
    _Packing(b"\x28\xb5\x2f\xfd", ".zst", _Zstandard),
)


@dataclass(frozen=True, slots=True)
class CompressedParser:
    """Unpacks one file, within bounds, and hands it on under its own name."""

    limits: Limits

    def confidence(self, source: SourceFile, head: bytes) -> float:
        """By signature; a tar archive that is compressed is left to the parser of archives."""
        packing = _packing(head)
        if packing is None:
            return 0.1 if source.suffix in (each.suffix for each in _PACKINGS) else 0.0
        if packing.suffix != ".zst" and (_TAR.search(source.path) or _is_tar(packing, head)):
            return 0.0
        return 0.85

    def parse(self, source: SourceFile, data: bytes) -> Iterable[Child]:
        """Yield what is in it; raises ``SourceError`` where it is damaged or too much."""
        packing = _packing(data)
        if packing is None:
            kind = source.suffix.removeprefix(".")
            raise SourceError(f"it is damaged, or not a {kind} file: it does not begin as one")
        unpacking = Unpacking(len(data), self.limits)
        try:
            with packing.opened(io.BytesIO(data)) as stream:
                unpacked = stream.read(unpacking.left + 1)
        except SourceError:
            raise
        except Exception as error:
            if isinstance(error, _DAMAGED) or type(error).__name__ == "ZstdError":
                raise SourceError(f"it is damaged: {error}") from None
            raise
        unpacking.unpacks(len(unpacked))
        yield Child(_name(source, packing, data), unpacked)


def make(settings: Mapping[str, Any]) -> CompressedParser:
    """The factory; there are no settings of its own."""
    return CompressedParser(settings.get("limits") or Limits())


def _packing(head: bytes) -> _Packing | None:
    return next((each for each in _PACKINGS if head.startswith(each.mark)), None)


def _is_tar(packing: _Packing, head: bytes) -> bool:
    """Whether what *head* opens with, unpacked, begins as a tar archive does."""
    try:
        with packing.opened(io.BytesIO(head[:_LOOKED_AT])) as stream:
            found: bytes = stream.read(_TAR_MARK.stop)[_TAR_MARK]
    except _DAMAGED:
        return False
    return found == b"ustar"


def _name(source: SourceFile, packing: _Packing, data: bytes) -> str:
    """The name of what is within: the file's own without its suffix, or the one that gzip keeps."""
    own = source.path.rpartition("/")[2]
    lower = own.lower()
    if lower.endswith(packing.suffix):
        own = own[: -len(packing.suffix)]
    elif lower.endswith(".tzst"):
        own = own[: -len(".tzst")] + ".tar"
    kept = _read_name(data) if packing.suffix == ".gz" and "." not in own else ""
    return AttachedNames().of(kept or own or "file", 1)


def _read_name(data: bytes) -> str:
    if len(data) < 10 or data[3] != _NAMED:  # with other fields before it, it is not sought
        return ""
    return data[10 : max(10, data.find(b"\0", 10))].decode("latin-1").rpartition("/")[2]
