"""Packages: the zip files that DOCX, ODT and EPUB are, opened within bounds."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from docproc.config import Limits
from docproc.errors import SourceError
from docproc.formats.unpacking import Unpacking
from docproc.formats.xml import Element, local, tree_of

_ODF = ("title", "creator", "initial-creator", "date", "creation-date", "subject")
_HEAD = struct.Struct("<4s22xHH")
"""What stands before a part: a sign, and how long its name is and what follows that."""
_PLAIN = 0x80E
"""Of the flags those of how closely it is packed, where its size stands, and UTF-8."""


class Package:
    """A zip file whose parts are read by name; each read counts against one bound.

    Raises ``SourceError`` for what is no zip file, is encrypted or damaged, or unpacks to
    too much.
    """

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._data = data
        self._unpacking = Unpacking(len(data), limits)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise SourceError(f"it is damaged, or not a zip file: {error}") from None
        self._unpacking.parts(len(self._zip.infolist()))

    @property
    def infos(self) -> list[zipfile.ZipInfo]:
        """The directory, in its order."""
        return self._zip.infolist()

    def __contains__(self, name: str) -> bool:
        return name in self._zip.NameToInfo

    def read(self, name: str | zipfile.ZipInfo, most: int | None = None) -> bytes:
        """The bytes of the part called *name*, or the first of them, as many as *most*."""
        try:
            info = name if isinstance(name, zipfile.ZipInfo) else self._zip.getinfo(name)
            left = self._unpacking.left
            if most is None and info.file_size > left:
                self._unpacking.unpacks(info.file_size)
            most = min(left + 1, most or left + 1)
            data = self._inflate(info, most)
            if data is None:
                with self._zip.open(info) as stream:
                    data = stream.read(most)
        except KeyError:
            raise SourceError(f"its part {name} is missing") from None
        except RuntimeError:
            raise SourceError("it is encrypted; save it without a password") from None
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError) as error:
            raise SourceError(f"it is damaged: {error}") from None
        except NotImplementedError as error:
            raise SourceError(f"it is compressed in a way that cannot be read: {error}") from None
        self._unpacking.unpacks(len(data))
        return data

    def _inflate(self, info: zipfile.ZipInfo, most: int) -> bytes | None:
        """The first bytes of a part, as many as *most*; ``None`` for what ``zipfile`` is to read.

        That is a part which is not deflated in the plain way that all programs write, or damaged.
        """
        head = self._data[info.header_offset : info.header_offset + _HEAD.size]
        if (
            info.flag_bits & ~_PLAIN
            or info.compress_type != zipfile.ZIP_DEFLATED
            or (len(head) < _HEAD.size)
        ):
            return None
        sign, named, more = _HEAD.unpack(head)
        start = info.header_offset + _HEAD.size
        name = self._data[start : start + named]
        if sign != b"PK\3\4" or name != info.orig_filename.encode():
            return None
        start += named + more
        inflating = zlib.decompressobj(-zlib.MAX_WBITS)
        data = inflating.decompress(self._data[start : start + info.compress_size], most)
        whole = inflating.eof and zlib.crc32(data) == info.CRC and len(data) == info.file_size
        return data if whole or len(data) == most else None

    def xml(self, name: str) -> Any:
        """The root element of the part called *name*, an lxml element."""
        return parse_part(self.read(name), name)


def parse_part(data: bytes, name: str) -> Any:
    """The root of a package's part, without a document type, within libxml2's own bounds."""
    from lxml import etree

    try:
        root = tree_of(data)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise SourceError(f"its part {name} is not XML: {error}") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise SourceError(f"its part {name} has a document type, which this format forbids")
    return root


def odf_properties(meta: Element | None) -> Iterator[tuple[str, str]]:
    """What *meta*, the ``meta.xml`` of OpenDocument, says of the file."""
    for element in meta.iter() if meta is not None else ():
        value = " ".join((element.text or "").split())
        if value and local(element) in _ODF:
            yield f"file's {local(element).replace('-', ' ')}", value
