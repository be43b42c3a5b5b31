"""The parser of ALTO, PAGE XML and hOCR."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from statistics import fmean
from typing import Any

from docproc.config import Limits
from docproc.dataclass_on_use import dataclass
from docproc.errors import SourceError
from docproc.formats.composer import Composer
from docproc.formats.sniffing import root_of
from docproc.formats.xml import local, parse_xml
from docproc.hooks import ImageBeside
from docproc.records import BlockKind, Document, DrawnPage, Metadata, SourceFile, Span, Unread
from docproc.stages.parse.pages.ocr_layout.alto import alto_pages
from docproc.stages.parse.pages.ocr_layout.drawing import Place, draw_pages
from docproc.stages.parse.pages.ocr_layout.hocr import hocr_pages
from docproc.stages.parse.pages.ocr_layout.page_xml import page_xml_pages
from docproc.stages.parse.pages.ocr_layout.pages import stretches
from docproc.stages.parse.pages.ocr_layout.recognized import OcrLine, RecognizedPage
from docproc.text.layout.cleaning import HYPHENS
from docproc.text.layout.labels import note_label_of

_HOCR = re.compile(rb"""class\s*=\s*["'][^"']{0,80}ocr_page|name\s*=\s*["']ocr-system""")


@dataclass(frozen=True, slots=True)
class OcrLayoutParser:
    """Reads recognized pages: a document a file, each page under the name of its image.

    Words of less than ``confidence_needed``, from 0 to 100, are marked for the search.
    """

    limits: Limits
    confidence_needed: float = 60.0

    def confidence(self, _: SourceFile, head: bytes) -> float:
        """By the outermost element; hOCR by what only it says."""
        root = root_of(head)
        if root is None:
            return 0.0
        if root.name in ("alto", "PcGts"):
            return 0.95
        return 0.95 if root.name.lower() == "html" and _HOCR.search(head) else 0.0

    def parse(self, source: SourceFile, data: bytes) -> Iterable[Document | Unread]:
        """Yield the one document of *source*.  Raises ``SourceError``."""
        pages, unread = self.read_pages(data)
        composer, _ = self.compose(pages, Composer())
        other = self.confidence_of(pages)
        if len(pages) == 1 and pages[0].printed and pages[0].image_name:
            other += (("image", pages[0].image_name),)
        metadata = Metadata(other=other)
        document = composer.document(source, metadata=metadata)
        if not document.text.strip():
            raise SourceError("there is no recognized text in it")
        yield document
        yield from unread

    def draw_images(
        self, data: bytes, spans: Sequence[Span], image: ImageBeside
    ) -> Iterable[DrawnPage]:
        """Yield the images of the pages that *spans* touch, their lines marked on them."""
        pages, _ = self.read_pages(data)
        _, places = self.compose(pages, Composer())
        return draw_pages(pages, places, spans, image, self.limits)

    def read_pages(self, data: bytes) -> tuple[list[RecognizedPage], Sequence[Unread]]:
        """The pages of *data*, and what could not be read: single characters.

        Raises ``SourceError``.
        """
        root = root_of(data[:8192])
        if root is not None and root.name.lower() == "html":
            return hocr_pages(data, self.confidence_needed), ()
        xml = parse_xml(data, self.limits, followed=False, damaged=True)
        pages = alto_pages if local(xml.root) == "alto" else page_xml_pages
        return list(pages(xml.root, self.confidence_needed, data)), xml.unread

    def confidence_of(self, pages: Sequence[RecognizedPage]) -> tuple[tuple[str, str], ...]:
        """How sure recognition was of the words of *pages*, where it says so."""
        lines = (line for page in pages for region in page.regions for line in region.lines)
        sure = list(chain.from_iterable(line.sure for line in lines))
        return (("OCR confidence", f"{round(fmean(sure))} of 100"),) if sure else ()

    def compose(
        self, pages: list[RecognizedPage], composer: Composer, images: Sequence[str] = ()
    ) -> tuple[Composer, list[Place]]:
        """Write the regions of *pages* as blocks; return also where each line stands.

        *images* are the addresses of the pages' images, where they are known.
        """
        places: list[Place] = []
        begun = 0
        for stretch in stretches(pages):
            for label, runs in _apart(stretch.kind, stretch.runs):
                composer.begin(stretch.kind, label=label)
                before: OcrLine | None = None
                for number, lines in runs:
                    if number > begun:
                        begun = number
                        label, image = pages[number - 1].label, images[number - 1] if images else ""
                        composer.page(label, number, after=before is not None, image=image)
                    for line in lines:
                        places.append((self._write(composer, line, before), number, line))
                        before = line
        return composer, places

    def _write(self, composer: Composer, line: OcrLine, before: OcrLine | None) -> Span:
        """Write *line* below the one *before* it; a word that both have a part of is one."""
        text = line.text
        if before is None:
            empty = len(text) - len(text.lstrip("\t"))  # cells that open a row of a table
            composer.cell(empty)
            text = text[empty:]
            begun = composer.put(text)
        else:
            begun = composer.put("\n" + text) + 1
            if before.parted and not _ends_in_doubt(before):
                hyphen = before.text[-1] in HYPHENS
                composer.replace_searched(Span(begun - 1 - hyphen, begun))
        written = Span(begun, composer.at)
        if line.doubtful:
            begun = written.end - len(line.text)  # white space that opens a block is not written
            for start, end in line.doubtful:
                composer.doubt(Span(begun + start, begun + end), line.text[start:end])
        return written


def _apart(
    kind: BlockKind | None, runs: list[tuple[int, list[OcrLine]]]
) -> list[tuple[str | None, list[tuple[int, list[OcrLine]]]]]:
    """*runs* of lines as one block, or as several notes where they are numbered in a row."""
    if kind is not BlockKind.NOTE:
        return [(None, runs)]
    notes: list[tuple[str | None, list[OcrLine]]] = []
    ((number, lines),) = runs  # notes do not go on over the end of a page
    for line in lines:
        found = note_label_of(line.text[:12])
        label = found.text if found else None
        last = notes[-1][0] if notes else None
        follows = last is None or (label or "").isdecimal() != last.isdecimal()
        if label and label.isdecimal() and last and last.isdecimal():
            follows = int(label) == int(last) + 1
        if not notes or (label and follows):
            notes.append((label, []))
        notes[-1][1].append(line)
    return [(label, [(number, together)]) for label, together in notes]


def _ends_in_doubt(line: OcrLine) -> bool:
    return bool(line.doubtful) and line.doubtful[-1][1] == len(line.text)


def make(settings: Mapping[str, Any]) -> OcrLayoutParser:
    """The factory; the setting ``confidence``."""
    return OcrLayoutParser(settings.get("limits", Limits()), settings.get("confidence", 60.0))
