"""The parser of OAI-PMH answers: each record's metadata, read as the format that it is in.

Finding aids and editions are harvested so (Open Archives Initiative, protocol version 2.0).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from docproc.config import Limits
from docproc.dataclass_on_use import dataclass
from docproc.errors import SourceError
from docproc.formats.attached import AttachedNames
from docproc.formats.sniffing import root_of
from docproc.formats.xml import Element, local, parse_xml, words_of
from docproc.records import Child, SourceFile, Unread

_NAMESPACE = "http://www.openarchives.org/OAI/2.0/"
_ROOTS = ("OAI-PMH", "ListRecords", "GetRecord", "record", "records")


@dataclass(frozen=True, slots=True)
class OaiParser:
    """Hands on what stands within each record, to be read by the parser of its format."""

    limits: Limits

    def confidence(self, source: SourceFile, head: bytes) -> float:  # noqa: ARG002 - the protocol has it
        """By the outermost element, whatever the file is called."""
        root = root_of(head)
        if root is None or root.name not in _ROOTS:
            return 0.0
        return 0.95 if root.name == "OAI-PMH" or _NAMESPACE in root.namespaces else 0.0

    def parse(self, source: SourceFile, data: bytes) -> Iterable[Child | Unread]:  # noqa: ARG002 - the protocol has it
        """Yield the records in their order.  Raises ``SourceError`` where there is none."""
        from lxml import etree

        xml = parse_xml(data, self.limits)
        records = list(_records(xml.root))
        if not records:
            said = words_of(next(xml.root.iter("{*}error"), None))
            raise SourceError(f"it is an answer of OAI-PMH without records{said and ': '}{said}")
        names = AttachedNames()
        for number, (identifier, inner) in enumerate(records, 1):
            whole = etree.tostring(inner, encoding="utf-8", xml_declaration=True, with_tail=False)
            yield Child(names.of(identifier, number) if len(records) > 1 else "", whole)
        if any(words_of(each) for each in xml.root.iter("{*}resumptionToken")):
            yield Unread(
                "the rest of the list", "the answer is one of several: fetch the others too"
            )
        for name in xml.outside:
            yield Unread(f"entity {name}", "it is kept outside the file, and is not fetched")


def make(settings: Mapping[str, Any]) -> OaiParser:
    """The factory; there are no settings."""
    return OaiParser(settings.get("limits", Limits()))


def _records(root: Element) -> Iterator[tuple[str, Element]]:
    """The identifier of each record that has metadata, and their outermost element."""
    for record in root.iter("{*}record"):
        metadata = next(record.iterchildren("{*}metadata"), None)
        inner = next(iter(metadata), None) if metadata is not None else None
        if inner is not None and local(inner):
            header = next(record.iterchildren("{*}header"), record)
            yield words_of(next(header.iterchildren("{*}identifier"), None)), inner
