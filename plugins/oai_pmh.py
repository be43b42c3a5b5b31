"""A source: an archive's OAI-PMH endpoint; finding aids, editions, descriptions.

```toml
[sources.estonia]
uses = "oai-pmh"
url = "https://archive.example.org/oai"
format = "ead"                  # a metadataPrefix: ead, tei, mods, mets, oai_dc, …
set = "fond:1108"               # empty: all sets
```

Before anything is asked, the host must be allowed, once for a workspace:

    docproc trust --host archive.example.org

Each record becomes a file, with the address that gives that record alone (``GetRecord``).  After
the first harvest only what has changed since is asked for; records that the archive says are
deleted are told, and their files stay.  Open Archives Initiative, protocol version 2.0.

docproc reads EAD, TEI, MODS and METS itself; for descriptions in Dublin Core this file brings the
parser: ``[pipeline] parsers = ["...", "dublin-core"]``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote, urlencode

from docproc.config import Limits
from docproc.errors import SourceError
from docproc.formats.composer import Composer
from docproc.formats.sniffing import root_of
from docproc.formats.xml import local, parse_xml, words_of
from docproc.hooks import (
    Found,
    Item,
    Reached,
    Registration,
    Setting,
    Visit,
    Whole,
    Withdrawn,
    hookimpl,
)
from docproc.records import BlockKind, Document, SourceFile, Unread

DOCPROC_API_VERSION = 1

_MOST_PAGES: Final = 50_000
"""Parts of one list: an archive that never ends its list would keep one for ever."""
_DUBLIN_CORE: Final = {
    "title": "title",
    "creator": "author",
    "date": "date",
    "language": "language",
    "source": "reference",
    "type": "kind",
    "publisher": "publisher",
    "rights": "rights",
    "identifier": "identifier",
}
"""Elements of Dublin Core, by the keys that front matter has for them."""


@dataclass(frozen=True, slots=True)
class OaiEndpoint:
    """The records that the endpoint at *url* has in one format."""

    url: str
    format: str
    set: str = ""
    incremental: bool = True
    limits: Limits = Limits()

    def items(self, visit: Visit) -> Iterator[Found]:
        """Yield the records, a part of the list at a time.  Raises ``SourceError``."""
        from lxml import etree

        if not self.url:
            raise SourceError("`url` is to name the endpoint")
        first, _, token = visit.cursor.partition(" ") if visit.cursor else ("", "", "")
        since = first if visit.cursor else self._since(visit)
        seen = {token}
        for _ in range(_MOST_PAGES):
            root = parse_xml(self._list(visit, since, token), self.limits).root
            if local(root) != "OAI-PMH":
                raise SourceError(f"{self.url}: what came back is no answer of OAI-PMH")
            if not self._has_records(root):
                return
            for record in root.iterfind("{*}ListRecords/{*}record"):
                yield from self._record(record, etree.tostring)
            token = words_of(next(root.iter("{*}resumptionToken"), None))
            if not token:
                break
            if token in seen:
                raise SourceError(f"{self.url}: its list comes back to where it was")
            seen.add(token)
            yield Reached(f"{since or '-'} {token}")
        if since in ("", "-"):
            yield Whole()

    def _since(self, visit: Visit) -> str:
        """The day since which records are asked for, a day early: clocks differ."""
        return visit.since[:10] if self.incremental and visit.since else ""

    def _list(self, visit: Visit, since: str, token: str) -> bytes:
        asked = {"verb": "ListRecords"}
        if token:
            asked["resumptionToken"] = token
        else:
            asked["metadataPrefix"] = self.format
            asked |= {"set": self.set} if self.set else {}
            asked |= {"from": since} if since not in ("", "-") else {}
        # what is made to be harvested is no matter of robots.txt
        return visit.get(f"{self.url}?{urlencode(asked)}", robots=False).data

    def _has_records(self, root: Any) -> bool:
        """Whether there is a list.  Raises ``SourceError`` with what the archive says else."""
        error: Any = next(root.iter("{*}error"), None)
        if error is None:
            return True
        code = error.get("code") or "error"
        if code == "noRecordsMatch":
            return False
        said = words_of(error)
        hint = ""
        if code == "badResumptionToken":
            hint = "; the list has expired: `docproc fetch --restart` begins it again"
        raise SourceError(f"{self.url}: {code}{said and f': {said[:200]}'}{hint}")

    def _record(self, record: Any, write: Any) -> Iterator[Found]:
        header: Any = next(record.iterchildren("{*}header"), None)
        identifier = words_of(header.find("{*}identifier")) if header is not None else ""
        if not identifier:
            yield Unread(self.url, "a record without an identifier")
            return
        if header.get("status") == "deleted":
            yield Withdrawn(key=identifier, why="the archive has deleted the record")
            return
        metadata = next(record.iterchildren("{*}metadata"), None)
        inner = next(metadata.iterchildren("*"), None) if metadata is not None else None
        if inner is None:
            yield Unread(identifier, "the record holds no metadata")
            return
        whole: bytes = write(inner, encoding="utf-8", xml_declaration=True, with_tail=False)
        asked = {"verb": "GetRecord", "identifier": identifier, "metadataPrefix": self.format}
        dublin = local(inner) == "dc"
        yield Item(
            key=identifier,
            name=f"{quote(identifier.rpartition(':')[2] or identifier, safe='')[:100]}.xml",
            address=f"{self.url}?{urlencode(asked)}",
            version=words_of(header.find("{*}datestamp")) or "undated",
            content=lambda: whole,
            about=_described(inner) if dublin else (),
        )


def _described(dublin: Any) -> tuple[tuple[str, str], ...]:
    """What Dublin Core says, by the keys of front matter."""
    return tuple(
        (_DUBLIN_CORE[local(each)], words)
        for each in dublin.iterchildren("*")
        if local(each) in _DUBLIN_CORE and (words := words_of(each))
    )


_DC: Final = "http://www.openarchives.org/OAI/2.0/oai_dc/"


@dataclass(frozen=True, slots=True)
class DublinCore:
    """Reads a description in Dublin Core: a line for each thing that it says."""

    limits: Limits = Limits()
    isolated: bool = False

    def confidence(self, source: SourceFile, head: bytes) -> float:  # noqa: ARG002
        """By the outermost element."""
        root = root_of(head)
        return 0.95 if root is not None and root.name == "dc" and _DC in root.namespaces else 0.0

    def parse(self, source: SourceFile, data: bytes) -> Iterator[Document | Unread]:
        """Yield the one document.  Raises ``SourceError`` where it says nothing."""
        found = parse_xml(data, self.limits)
        composer = Composer()
        for each in found.root.iterchildren("*"):
            words, name = words_of(each), local(each)
            if words and name == "title" and not composer.at:
                composer.block(BlockKind.HEADING, words, level=1)
            elif words and name:
                composer.block(BlockKind.PARAGRAPH, f"{name.capitalize()}: {words}")
        if not composer.at:
            raise SourceError("the description says nothing")
        yield composer.document(source)
        yield from found.unread


@hookimpl
def docproc_parsers() -> list[Registration]:
    """Register the parser of descriptions."""
    return [
        Registration(
            "dublin-core",
            lambda settings: DublinCore(settings.get("limits") or Limits()),
            summary="Descriptions in Dublin Core, as OAI-PMH gives them.",
            libraries=("lxml",),
        )
    ]


def make(settings: Mapping[str, Any]) -> OaiEndpoint:
    """The factory; the settings are those of the registration."""
    return OaiEndpoint(
        settings["url"].rstrip("?"),
        settings["format"],
        settings["set"],
        settings["incremental"],
        settings.get("limits") or Limits(),
    )


@hookimpl
def docproc_sources() -> list[Registration]:
    """Register the source."""
    return [
        Registration(
            "oai-pmh",
            make,
            summary="An OAI-PMH endpoint: finding aids, editions, descriptions.",
            settings=(
                Setting("url", "", "The endpoint's address.", sends_to=True),
                Setting("format", "oai_dc", "The metadataPrefix: ead, tei, mods, oai_dc."),
                Setting("set", "", "Only this set; empty: all."),
                Setting("incremental", True, "After the first harvest ask for changes only."),
            ),
            examples=examples,
        )
    ]


def examples() -> dict[str, Any]:
    """What `docproc plugins check` has an archive answer."""
    url = "https://archive.example.org/oai"

    def part(inner: str) -> bytes:
        head = '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords>'
        return f"{head}{inner}</ListRecords></OAI-PMH>".encode()

    def record(name: str, inner: str, status: str = "") -> str:
        return (
            f"<record><header{status}><identifier>oai:example.org:{name}</identifier>"
            f"<datestamp>2026-01-0{len(name)}</datestamp></header>{inner}</record>"
        )

    letter = (
        '<metadata><TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text><body>'
        "<p>The quay is shut.</p></body></text></TEI></metadata>"
    )
    gone = record("bbb", "", ' status="deleted"')
    more = "<resumptionToken>two</resumptionToken>"
    return {
        "settings": {"url": url, "format": "tei"},
        "answers": {
            f"{url}?verb=ListRecords&metadataPrefix=tei": part(record("a", letter) + more),
            f"{url}?verb=ListRecords&resumptionToken=two": part(record("cc", letter) + gone),
        },
    }
