"""The parser of METS: the recognized pages that lie in its folder as one document, described.

What describes the whole (MODS) is its metadata, and stands before the pages; other descriptions,
and those of files without pages, are documents of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from docproc.config import Limits
from docproc.dataclass_on_use import dataclass
from docproc.errors import SourceError
from docproc.formats.composer import Composer
from docproc.formats.described import mention
from docproc.formats.mods import describe, member_id, records_in
from docproc.formats.sniffing import root_of
from docproc.formats.xml import Element, parse_xml
from docproc.hooks import ImageBeside
from docproc.records import (
    BlockKind,
    Document,
    DrawnPage,
    Metadata,
    SourceFile,
    Span,
    Unread,
)
from docproc.stages.parse.pages.ocr_layout.bound import (
    BoundPage,
    bound_pages,
    described_whole,
    pages_of,
    parts_named,
    texts_named,
)
from docproc.stages.parse.pages.ocr_layout.drawing import draw_pages
from docproc.stages.parse.pages.ocr_layout.parser import OcrLayoutParser
from docproc.stages.parse.pages.ocr_layout.recognized import RecognizedPage

_METS = "http://www.loc.gov/METS"
_AHEAD = 8192
"""Bytes in which the outermost element of a file is sought."""


@dataclass(slots=True)
class _Bound:
    """What METS binds together."""

    pages: list[RecognizedPage]
    addresses: list[str]
    """Where the image of each page is, by its number."""
    unread: list[Unread]
    absent: list[str]
    """The files of pages of which none has its text here."""
    wanted: int
    """How many pages should have text."""


@dataclass(frozen=True, slots=True)
class MetsParser:
    """Reads METS with the ALTO, PAGE and hOCR files that it names."""

    limits: Limits
    reads: OcrLayoutParser

    def confidence(self, _: SourceFile, head: bytes) -> float:
        """By the outermost element."""
        root = root_of(head)
        return 0.95 if root is not None and root.name == "mets" and _METS.encode() in head else 0.0

    def names_beside(self, data: bytes) -> Sequence[str]:
        """The files with text that it names."""
        return texts_named(data)

    def parse(self, source: SourceFile, data: bytes) -> Iterable[Document | Unread]:
        """Yield what it describes, without pages.  Raises ``SourceError``."""
        return self.parse_beside(source, data, {})

    def parse_beside(
        self, source: SourceFile, data: bytes, beside: Mapping[str, bytes]
    ) -> Iterable[Document | Unread]:
        """Yield the pages *beside* it as one document, and the other descriptions that it has."""
        xml = parse_xml(data, self.limits, followed=False, damaged=True)
        bound = self._bind(xml.root, beside)
        written = False
        for document in self._documents(source, xml.root, bound):
            written = True
            yield document
        if not written:
            raise SourceError("it describes nothing, and none of its pages is in its folder")
        yield from (*xml.unread, *bound.unread)
        yield from _report_absent(xml.root, data, beside, bound)

    def draw_images(
        self, data: bytes, spans: Sequence[Span], image: ImageBeside
    ) -> Iterable[DrawnPage]:
        """Yield the images of the pages that *spans* touch, their lines marked on them."""
        root = parse_xml(data, self.limits, followed=False, damaged=True).root
        beside = {}
        for name in self.names_beside(data):
            try:
                beside[name] = image(name)
            except SourceError:
                continue
        bound = self._bind(root, beside)
        composer = Composer()
        _introduce(root, composer, paged=True)
        _, places = self.reads.compose(bound.pages, composer, bound.addresses)
        return draw_pages(bound.pages, places, spans, image, self.limits)

    def _documents(self, source: SourceFile, root: Element, bound: _Bound) -> Iterator[Document]:
        records = records_in(root)
        whole = described_whole(root, records)
        composer = Composer()
        about = _introduce(root, composer, paged=bool(bound.pages))
        if bound.pages:
            introduced = composer.at
            self.reads.compose(bound.pages, composer, bound.addresses)
            if composer.at == introduced:
                bound.unread.append(Unread("its pages", "there is no recognized text on them"))
            about["metadata"] = replace(
                about["metadata"],
                other=(*about["metadata"].other, *self.reads.confidence_of(bound.pages)),
            )
        if composer.at:
            yield composer.document(source, **about)
        members: set[str] = {""}
        for number, record in enumerate(records, 1):
            other = Composer()
            description = describe(record)
            description.write(other, BlockKind.PARAGRAPH)
            if other.at and (pages := pages_of(root, record)):
                other.block(BlockKind.PARAGRAPH, pages)
            if other.at and number != whole + 1:
                member = member_id(record, number)
                member = f"{member} ({number})" if member in members else member
                members.add(member)
                yield other.document(source, member=member, **description.about)

    def _bind(self, root: Element, beside: Mapping[str, bytes]) -> _Bound:
        """The pages of the files *beside* in the order that *root* gives them."""
        unread: list[Unread] = []
        known = {name for name, data in beside.items() if self._is_recognized(data)}
        read: dict[str, list[RecognizedPage]] = {}
        for name in known:
            try:
                read[name], told = self.reads.read_pages(beside[name])
            except SourceError as error:
                unread.append(Unread(f"page {name}", str(error)))
                continue
            unread += (Unread(f"page {name}, {each.where}", each.cause) for each in told)
        unread.sort(key=lambda each: each.where)
        plan = bound_pages(root, read)
        shared: dict[str, list[BoundPage]] = {}
        found = _Bound([], [], unread, [], len(plan))
        for division in plan:
            text = next((text for text in division.texts if text in read), None)
            if text is not None:
                shared.setdefault(text, []).append(division)
            elif not known.intersection(division.texts):
                found.absent.append(division.texts[0])
        for text, divisions in shared.items():
            pages = read[text]
            apart = len(pages) == len(divisions)
            for number, page in enumerate(pages):
                division = divisions[number] if apart else BoundPage("", ())
                here = division.image if "://" not in division.image else ""
                printed = division.label or page.printed
                own = text if page.image.isdecimal() else page.image  # a mere count of one file
                found.pages.append(replace(page, image=here or own, printed=printed))
                found.addresses.append(division.image or page.image)
        return found

    def _is_recognized(self, data: bytes) -> bool:
        return self.reads.confidence(SourceFile("", "", 0, ""), data[:_AHEAD]) > 0


def _introduce(root: Element, composer: Composer, *, paged: bool) -> dict[str, Any]:
    """Write what describes the whole, which before pages is no text; return its metadata."""
    records = records_in(root)
    about: dict[str, Any] = {"metadata": Metadata(title=mention(root.get("LABEL") or ""))}
    if records:
        description = describe(records[described_whole(root, records)])
        description.write(composer, BlockKind.EDITION if paged else BlockKind.PARAGRAPH)
        about = description.about
    elif root.get("LABEL"):
        composer.block(BlockKind.HEADING, root.get("LABEL"), level=1)
    title = about["metadata"].title
    for words in parts_named(root):
        if title and words == title.text:
            continue
        composer.block(BlockKind.EDITION if paged else BlockKind.LIST_ITEM, words)
    return about


def _report_absent(
    root: Element, data: bytes, beside: Mapping[str, bytes], bound: _Bound
) -> Iterator[Unread]:
    """The pages with text that are not there; or all that it names, where none has text."""
    texts = texts_named(data)
    missing, wanted = bound.absent, f"{bound.wanted:,} pages with text"
    if not bound.wanted or not beside:
        missing = [name for name in texts if name not in beside]
        wanted = f"{len(texts):,} files with text"
    missing = [name for name in missing if name not in beside]
    named = sum(1 for _ in root.iter("{*}FLocat"))
    if missing:
        yield Unread(
            "its pages",
            f"{len(missing):,} of the {wanted} that it names do not lie in its folder or below "
            f"it, such as {missing[0]}: put them there",
        )
    elif named and not texts:
        yield Unread(
            "its pages", f"{named:,} named files are not held in it, and none of them has text"
        )


def make(settings: Mapping[str, Any]) -> MetsParser:
    """The factory; the setting ``confidence`` is that of recognized pages."""
    limits = settings.get("limits") or Limits()
    return MetsParser(limits, OcrLayoutParser(limits, settings.get("confidence", 60.0)))
