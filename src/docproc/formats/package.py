"""Packages: the zip files that DOCX, ODT and EPUB are, opened within bounds."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Any

from docproc.config import Limits
from docproc.errors import SourceError
from docproc.formats.document_types import surely_has_none
from docproc.formats.unpacking import Unpacking


class Package:
    """A zip file whose parts are read by name; each read counts against one bound.

    Raises ``SourceError`` for what is no zip file, is encrypted or damaged, or unpacks to
    too much.
    """

    def __init__(self, data: bytes, limits: Limits) -> None:
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

    def read(self, name: str | zipfile.ZipInfo) -> bytes:
        """The bytes of the part called *name*."""
        try:
            info = name if isinstance(name, zipfile.ZipInfo) else self._zip.getinfo(name)
            left = self._unpacking.left
            if info.file_size > left:
                self._unpacking.unpacks(info.file_size)
            with self._zip.open(info) as stream:
                data = stream.read(left + 1)
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

    def xml(self, name: str) -> Any:
        """The root element of the part called *name*, an lxml element."""
        return xml_of(self.read(name), name)


def xml_of(data: bytes, name: str) -> Any:
    """The root of a package's part, without a document type, within libxml2's own bounds."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True,
        remove_pis=True, huge_tree=False, collect_ids=not surely_has_none(data),
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise SourceError(f"its part {name} is not XML: {error}") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise SourceError(f"its part {name} has a document type, which this format forbids")
    return root
