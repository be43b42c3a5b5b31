"""The parser of archives, zip and tar: their members, as if they were files of a folder."""

from __future__ import annotations

import io
import tarfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from lzma import LZMAError
from typing import Any
from zipfile import ZipInfo

from docproc.config import Limits
from docproc.errors import SourceError
from docproc.formats.package import Package
from docproc.formats.unpacking import Unpacking
from docproc.records import Child, SourceFile, Unread
from docproc.text.encoding.decoding import decode
from docproc.text.patterns import compile_on_use

_TARS = (".tar", ".tgz", ".tbz2", ".txz", ".gz", ".bz2", ".xz")
_PACKED = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00")
_DAMAGED = (tarfile.TarError, EOFError, OSError, zlib.error, ValueError, TypeError)
"""What tarfile raises; the last for a head of gzip that breaks off."""
_PASSED_OVER = compile_on_use(r"(?:^|/)(?:\.(?!\.?(?:/|$))|__MACOSX(?:/|$))")
"""Hidden files, and what macOS adds: passed over, as in a folder."""

_UTF8 = 0x800
"""The flag of a member of a zip file whose name is in UTF-8 (APPNOTE.TXT 4.4.4)."""
_CYRILLIC = compile_on_use("[Ѐ-ӿ]")
_MIXED = compile_on_use("[A-Za-z][Ѐ-ӿ]|[Ѐ-ӿ][A-Za-z]|[^\\x00-\\x7fЀ-ӿ№«»–—]")


class ArchiveParser:
    """Hands on each member; nothing is ever written to a disk."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits

    def confidence(self, source: SourceFile, head: bytes) -> float:
        """By signature; less sure than the parsers of formats that are zip files within."""
        if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
            return 0.7 if source.suffix in (".zip", "") else 0.0
        if head[257:262] == b"ustar":
            return 0.9
        if head.startswith(_PACKED) and source.suffix in _TARS:
            return 0.8
        return 0.2 if source.suffix in (".zip", *_TARS) else 0.0

    def parse(
        self,
        source: SourceFile,  # noqa: ARG002 - the protocol has it
        data: bytes,
    ) -> Iterable[Child | Unread]:
        """Yield the members in their order, and tell those that cannot be; raises ``SourceError``.

        A member whose path leads out of the archive is not read, nor is a link or a device.
        """
        members = self._read_zip(data) if data.startswith(b"PK") else self._read_tar(data)
        seen: set[str] = set()
        for name, content in members:
            path = _path(name)
            if path is None:
                yield Unread(_show(name), "its path leads out of the archive")
            elif not path.isprintable():
                yield Unread(_show(name), "its name holds control characters or is not Unicode")
            elif path in seen:
                yield Unread(path, "the archive holds another file of this name before it")
            elif isinstance(content, str):
                yield Unread(path, content)
            else:
                seen.add(path)
                yield Child(path, content)

    def _read_zip(self, data: bytes) -> Iterator[tuple[str, bytes | str]]:
        package = Package(data, self._limits)
        for info, name in zip(package.infos, _names(package.infos), strict=True):
            if info.is_dir() or _PASSED_OVER.search(name):
                continue
            if info.flag_bits & 1:
                yield name, "it is encrypted; unpack it with its password"
            else:
                yield name, package.read(info)

    def _read_tar(self, data: bytes) -> Iterator[tuple[str, bytes | str]]:
        unpacking = Unpacking(len(data), self._limits)
        try:
            with tarfile.open(fileobj=io.BytesIO(data), mode="r|*") as archive:
                for member in archive:
                    unpacking.parts()
                    unpacking.unpacks(member.size)  # even what is passed over is unpacked
                    if member.isdir() or _PASSED_OVER.search(member.name):
                        continue
                    if not member.isreg():
                        yield member.name, "it is a link or a device, not a file"
                        continue
                    stream = archive.extractfile(member)
                    yield member.name, stream.read() if stream else b""
        except (*_DAMAGED, LZMAError) as error:
            raise SourceError(f"it is damaged, or not an archive: {error}") from None


def make(settings: Mapping[str, Any]) -> ArchiveParser:
    """The factory; there are no settings of its own."""
    return ArchiveParser(settings.get("limits") or Limits())


def _names(infos: Sequence[ZipInfo]) -> list[str]:
    """The names of *infos*, of which many a program writes those not flagged as UTF-8 otherwise.

    By the standard (APPNOTE.TXT D.1) they are in code page 437, as which zipfile reads them; a
    Russian Windows has always written its own page.  All of them together tell which it is.
    """
    names = [info.filename for info in infos]
    if all(map(str.isascii, names)):
        return names
    odd = [n for n, info in enumerate(infos) if not (info.flag_bits & _UTF8 or names[n].isascii())]
    if odd:
        try:
            decoded = decode("\n".join(names[n] for n in odd).encode("cp437"))
        except SourceError:
            return names
        found = decoded.text.split("\n")
        in_words = _CYRILLIC.search(decoded.text) and not _MIXED.search(decoded.text)
        if len(found) == len(odd) and (decoded.encoding == "utf-8" or in_words):
            for n, name in zip(odd, found, strict=True):
                names[n] = name
    return names


def _path(name: str) -> str | None:
    """*name* as a path within the archive, or ``None`` where it leads elsewhere."""
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".")]
    if not parts or ".." in parts or name.startswith(("/", "\\")) or ":" in parts[0]:
        return None
    return "/".join(parts)


def _show(name: str) -> str:
    return "".join(c if c.isprintable() else "?" for c in name[:200]) or "a member"
