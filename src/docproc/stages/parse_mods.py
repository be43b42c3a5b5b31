"""The parser of MODS, alone and within METS: descriptions of documents, one a document.

A description is no text of the document; it is read as what it is, so that what is described can
be listed, found and cited.  Pages that a METS file names are files of their own, which are read
where they lie in its folder; those that do not are told.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from docproc.config import Limits
from docproc.errors import SourceError
from docproc.formats.composer import Composer
from docproc.formats.described import make_date, make_reference, mention
from docproc.formats.sniffing import root_of
from docproc.formats.xml import Element, local, parse_xml, words_of
from docproc.records import BlockKind, Document, Metadata, SourceFile, StatedDate, Unread

_MODS = "http://www.loc.gov/mods/v3"
_METS = "http://www.loc.gov/METS/"
_HREF = re.compile(rb"""<(?:[\w.-]+:)?FLocat\s[^<>]*?\bhref\s*=\s*["']([^"'<]+)["']""")
_TEXT = re.compile(r"\.(?:xml|html?|hocr|txt)$", re.IGNORECASE)
_FILE = re.compile(r"^file:/{0,2}(?=\.{1,2}/|[^/])")
"""Before a path that begins where the file lies: ``file://./alto/1.xml``."""
_SENDERS = ("aut", "author", "cre", "creator", "crp", "correspondent", "sender")
_RECIPIENTS = ("rcp", "recipient", "addressee")
_DATES = ("dateCreated", "dateIssued", "dateCaptured", "copyrightDate")
_LINES = (
    ("Abstract", "abstract"),
    ("Contents", "tableOfContents"),
    ("Note", "note"),
    ("Extent", "physicalDescription/{*}extent"),
    ("Subject", "subject"),
    ("Genre", "genre"),
    ("Shelfmark", "location//{*}shelfLocator"),
    ("Holder", "location/{*}physicalLocation"),
    ("Rights", "accessCondition"),
)


class ModsParser:
    """Reads collections of MODS, and METS with its structure."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits

    def confidence(self, source: SourceFile, head: bytes) -> float:  # noqa: ARG002
        """By the outermost element."""
        root = root_of(head)
        if root is None:
            return 0.0
        if root.name in ("mods", "modsCollection") and _MODS in root.namespaces:
            return 0.95
        return 0.95 if root.name == "mets" and _METS.encode() in head else 0.0

    def names_beside(self, data: bytes) -> Sequence[str]:
        """The files with text that a METS file names."""
        if _METS.encode() not in data:
            return []
        found = (each.decode("utf-8", "replace") for each in _HREF.findall(data))
        return [_plain(name) for name in found if _TEXT.search(name)]

    def parse(self, source: SourceFile, data: bytes) -> Iterable[Document | Unread]:
        """Yield a document for each description; raises ``SourceError``."""
        return self.parse_beside(source, data, {})

    def parse_beside(
        self, source: SourceFile, data: bytes, beside: Mapping[str, bytes]
    ) -> Iterable[Document | Unread]:
        """The same; of the files that it names, those that are not *beside* it are told."""
        found = parse_xml(data, self._limits, followed=False, damaged=True)
        root = found.root
        records = [root] if local(root) == "mods" else list(root.iter(f"{{{_MODS}}}mods"))
        records = [each for each in records if next(each.iterancestors("{*}mods"), None) is None]
        mets = local(root) == "mets"
        if not records and not mets:
            raise SourceError("it holds no description")
        members: set[str] = set()
        written = False
        for number, record in enumerate(records or [root], 1):
            document = _document(source, record, root if mets and number == 1 else None)
            if document is None:
                continue
            member = _member(record, number) if len(records) > 1 else ""
            member = f"{member} ({number})" if member in members else member
            members.add(member)
            written = True
            yield replace(document, member=member)
        if not written:
            raise SourceError("its descriptions say nothing")
        yield from found.unread
        if mets:
            yield from self._missing(root, data, beside)

    def _missing(self, root: Element, data: bytes, beside: Mapping[str, bytes]) -> Iterator[Unread]:
        """The files with text that are not there; or all that it names, where none has text."""
        texts = list(dict.fromkeys(self.names_beside(data)))
        missing = [name for name in texts if name not in beside]
        named = sum(1 for _ in root.iter("{*}FLocat"))
        if missing:
            yield Unread(
                "its pages",
                f"{len(missing):,} of the {len(texts):,} files with text that it names do not lie "
                f"in its folder or below it, such as {missing[0]}: put them there",
            )
        elif named and not texts:
            yield Unread(
                "its pages",
                f"{named:,} named files are not held in it, and none of them has text",
            )


def make(settings: Mapping[str, Any]) -> ModsParser:
    """The factory; there are no settings of its own."""
    return ModsParser(settings.get("limits") or Limits())


def _plain(name: str) -> str:
    """The path that an address of a file in the same folder is."""
    return _FILE.sub("", html.unescape(name))


def _member(record: Element, number: int) -> str:
    own = words_of(record.find("{*}recordInfo/{*}recordIdentifier"))
    return own or record.get("ID") or f"description {number}"


def _document(source: SourceFile, record: Element, mets: Element | None) -> Document | None:
    composer = Composer()
    title = _title(record) if local(record) == "mods" else (record.get("LABEL") or "")
    if title:
        composer.block(BlockKind.HEADING, title, level=1)
    people = list(_people(record))
    dates = list(_dates(record))
    place = _place(record)
    lines = [(role.capitalize(), name) for name, role in people]
    lines += [("Date", date.printed) for date in dates]
    lines += [("Place", place)] if place else []
    for label, path in _LINES:
        lines += [
            (label, words)
            for each in record.iterfind(f"{{*}}{path}")
            if (words := _words_said(each))
        ]
    for label, words in lines:
        composer.block(BlockKind.PARAGRAPH, f"{label}: {words}")
    if mets is not None:
        for words in _structure(mets):
            composer.block(BlockKind.LIST_ITEM, words)
    if not composer.at:
        return None
    shelf = words_of(record.find("{*}location//{*}shelfLocator"))
    holder = words_of(record.find("{*}location/{*}physicalLocation"))
    reference = make_reference(None, [("archive", holder), ("shelfmark", shelf)]) if shelf else None
    language = words_of(record.find("{*}language/{*}languageTerm"))
    return composer.document(
        source,
        metadata=Metadata(
            title=mention(title),
            sender=mention(_first(people, _SENDERS)),
            recipient=mention(_first(people, _RECIPIENTS)),
            place=mention(place),
            dates=tuple(dates),
            kind=words_of(record.find("{*}genre")).lower() or None,
            other=(("language", language),) if language else (),
        ),
        references=(reference,) if reference else (),
    )


def _title(record: Element) -> str:
    for info in record.iterfind("{*}titleInfo"):
        parts = [words_of(info.find(f"{{*}}{name}")) for name in ("nonSort", "title")]
        title = " ".join(part for part in parts if part)
        rest = words_of(info.find("{*}subTitle"))
        if title:
            return f"{title}: {rest}" if rest else title
    return ""


def _people(record: Element) -> Iterator[tuple[str, str]]:
    """The names, each with what its bearer did."""
    for name in record.iterfind("{*}name"):
        parts = [each for each in name.iterfind("{*}namePart") if each.get("type") != "date"]
        family = next((words_of(p) for p in parts if p.get("type") == "family"), "")
        given = " ".join(words_of(p) for p in parts if p.get("type") == "given")
        words = f"{family}, {given}" if family and given else ", ".join(map(words_of, parts))
        role = next((words_of(each) for each in name.iter("{*}roleTerm")), "") or "name"
        if words:
            yield words, _ROLES.get(role, role)


_ROLES = {"aut": "author", "rcp": "recipient", "cre": "creator", "crp": "correspondent"}


def _first(people: list[tuple[str, str]], roles: tuple[str, ...]) -> str:
    return "; ".join(name for name, role in people if role.lower() in roles)


def _dates(record: Element) -> Iterator[StatedDate]:
    """The day on which it was made, before that of its publication."""
    for name in _DATES:
        found = list(record.iterfind(f"{{*}}originInfo/{{*}}{name}"))
        ends = {each.get("point"): words_of(each) for each in found}
        if "start" in ends:
            printed = "/".join(end for end in (ends["start"], ends.get("end")) if end)
            date = make_date(printed, ends["start"], ends.get("end"))
            found = []
            if date:
                yield date
        for each in found:
            date = make_date(words_of(each), words_of(each))
            if date:
                yield date


def _place(record: Element) -> str:
    for term in record.iterfind("{*}originInfo/{*}place/{*}placeTerm"):
        if term.get("type") != "code" and words_of(term):
            return words_of(term)
    return ""


def _words_said(element: Element) -> str:
    """What an element says; its parts, where it has several, set apart."""
    parts = [words for each in element if (words := words_of(each))]
    return " — ".join(parts) if len(parts) > 1 else words_of(element)


def _structure(mets: Element) -> Iterator[str]:
    """What the logical structure calls its parts."""
    for plan in mets.iterfind("{*}structMap"):
        if (plan.get("TYPE") or "").upper() in ("LOGICAL", ""):
            for part in plan.iter("{*}div"):
                label = " ".join((part.get("LABEL") or "").split())
                if label:
                    yield label
