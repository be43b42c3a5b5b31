"""The parser of MODS: descriptions of documents, one a document.

A description is no text of the document; it is read as what it is, so that what is described can
be listed, found and cited.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from docproc.config import Limits
from docproc.errors import SourceError
from docproc.formats.composer import Composer
from docproc.formats.mods import MODS, describe, member_id, records_in
from docproc.formats.sniffing import root_of
from docproc.formats.xml import parse_xml
from docproc.records import BlockKind, Document, SourceFile, Unread


class ModsParser:
    """Reads MODS, single descriptions and collections."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits

    def confidence(self, source: SourceFile, head: bytes) -> float:  # noqa: ARG002
        """By the outermost element."""
        root = root_of(head)
        said = root is not None and root.name in ("mods", "modsCollection")
        return 0.95 if root is not None and said and MODS in root.namespaces else 0.0

    def parse(self, source: SourceFile, data: bytes) -> Iterable[Document | Unread]:
        """Yield a document for each description; raises ``SourceError``."""
        found = parse_xml(data, self._limits, followed=False, damaged=True)
        records = records_in(found.root)
        if not records:
            raise SourceError("it holds no description")
        members: set[str] = set()
        for number, record in enumerate(records, 1):
            composer = Composer()
            description = describe(record)
            description.write(composer, BlockKind.PARAGRAPH)
            if not composer.at:
                continue
            member = member_id(record, number) if len(records) > 1 else ""
            member = f"{member} ({number})" if member in members else member
            members.add(member)
            yield composer.document(source, member=member, **description.about)
        if not members:
            raise SourceError("its descriptions say nothing")
        yield from found.unread


def make(settings: Mapping[str, Any]) -> ModsParser:
    """The factory; there are no settings of its own."""
    return ModsParser(settings.get("limits") or Limits())
