"""The parser of last resort: names the format of a file that docproc does not read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from docproc.errors import SourceError
from docproc.formats.others import OLE, suffix_of, way_out
from docproc.records import Document, SourceFile


class OtherFormats:
    """Claims what no other parser does, to say what it is and what to do."""

    isolated: ClassVar[bool] = False

    def confidence(self, source: SourceFile, head: bytes) -> float:
        """Less than that of any parser that could read the file.

        It is surer than those that take a file by a suffix that its first bytes belie.
        """
        found = suffix_of(head)
        if found in (".xls4", ".mif", ".fm"):
            return 0.95
        if found and not source.suffix and head.startswith(b"PK"):
            return 0.75
        if source.suffix in (".txt", ".doc") and (found or head.startswith(OLE)):
            return 0.35
        return 0.02 if way_out(source.suffix, head) else 0.0

    def parse(self, source: SourceFile, data: bytes) -> Iterable[Document]:
        """Raise ``SourceError``: the name of the format, and the way out."""
        said = way_out(source.suffix, data)
        raise SourceError(said or f"no parser reads this kind of file ({source.media_type})")


def make(_: Mapping[str, Any]) -> OtherFormats:
    """The factory; there are no settings."""
    return OtherFormats()
