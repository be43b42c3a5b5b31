"""PDF to a document: text by page; pages without text go to OCR, or are reported one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import groupby
from typing import Any

from docproc.config import Limits
from docproc.dataclass_on_use import dataclass
from docproc.errors import Encrypted, SourceError
from docproc.formats.attached import AttachedNames
from docproc.formats.libraries import library
from docproc.formats.ocr import NEEDED, Ocr
from docproc.records import Child, Document, DrawnPage, Metadata, SourceFile, Span, Unread
from docproc.stages.parse.pages.pdf.annotations import annotate
from docproc.stages.parse.pages.pdf.capitals import before_their_lines
from docproc.stages.parse.pages.pdf.drawing import draw_page, marked_lines
from docproc.stages.parse.pages.pdf.images import draw_bitmap, grey, mean_confidence, read
from docproc.stages.parse.pages.pdf.layout import PageLines, lay_out
from docproc.stages.parse.pages.pdf.lines import PageText

_WRONG_PASSWORD = 4  # FPDF_ERR_PASSWORD
_TOLD = ("Title", "Author", "Subject", "CreationDate")
_COPYING = 1 << 4  # ISO 32000-1, table 22, bit 5


@dataclass(frozen=True, slots=True)
class PdfParser:
    """Reads the text of PDF files; at most ``max_pages`` pages."""

    passwords: Sequence[str]
    max_pages: int
    ocr: Ocr
    confidence_needed: float
    limits: Limits = Limits()

    def confidence(self, source: SourceFile, head: bytes) -> float:
        """By the signature, which some files have only after other bytes; or by suffix.

        A signature further on may be that of a member of an archive.
        """
        if head.startswith(b"%PDF-"):
            return 0.95
        if b"%PDF-" in head[:1024]:
            return 0.9 if source.suffix == ".pdf" else 0.6
        return 0.3 if source.suffix == ".pdf" else 0.0

    def parse(self, source: SourceFile, data: bytes) -> Iterable[Document | Child | Unread]:
        """Yield the one document of *source*, the pages that could not be read, and what is
        attached.

        Raises ``Encrypted`` where its password is unknown, ``SourceError`` where it is damaged.
        """
        pdfium = library("pypdfium2", "pdf", "PDF files")
        most = self.limits.attachments
        with opened(pdfium, data, self.passwords) as pdf:
            pages, textless, damaged = self._read(pdfium, pdf)
            about = Metadata(other=(*_about(pdfium, pdf, most), *self._read_by(pages)))
            attached = list(_attachments(pdfium, pdf, most))
        ocr = self.ocr.available()
        cause = "OCR finds no text on it" if ocr else f"no text, only an image; {NEEDED}"
        yield from _name_unread(textless, cause)
        yield from _name_unread(damaged, "it is damaged")
        if pages:
            yield lay_out(pages).composer.document(source, metadata=about)
        yield from attached
        if not pages and not textless and not damaged and not attached:
            raise SourceError("it has no text, and nothing to read on its pages")

    def draw(self, data: bytes, spans: Sequence[Span]) -> Iterable[DrawnPage]:
        """Yield the pages that *spans* touch, what they touch marked on them."""
        pdfium = library("pypdfium2", "pdf", "PDF files")
        with opened(pdfium, data, self.passwords) as pdf:
            pages, _, _ = self._read(pdfium, pdf)
            marked = marked_lines(pages, spans)
            for page in pages:
                if page.number in marked:
                    yield draw_page(pdfium, pdf, page, marked[page.number])

    def with_passwords(self, passwords: Sequence[str]) -> PdfParser:
        """The same parser, which tries *passwords* as well."""
        return replace(self, passwords=(*self.passwords, *passwords))

    def _read(self, pdfium: Any, pdf: Any) -> tuple[list[PageLines], list[int], list[int]]:
        """The pages with text, the numbers of those that only show something, of damaged ones."""
        count = len(pdf)
        if count > self.max_pages:
            raise SourceError(
                f"it has {count:,} pages, and [plugins.pdf] max_pages is {self.max_pages:,}"
            )
        ocr = self.ocr.available()
        pages: list[PageLines] = []
        textless: list[int] = []
        damaged: list[int] = []
        for number in range(1, count + 1):
            try:
                read = _page(pdfium, pdf, number)
                typed_alone = all(line.first < 0 for line in read.lines)
                if typed_alone and _shows_something(pdf, number):
                    scanned = self._read_scan(pdf, number) if ocr else None
                    if scanned is None:
                        textless.append(number)
                    else:
                        read = replace(scanned, lines=(*scanned.lines, *read.lines))
            except pdfium.PdfiumError:  # some are known to be damaged only when asked again
                damaged.append(number)
                continue
            if read.lines:
                pages.append(read)
        return pages, textless, damaged

    def _read_scan(self, pdf: Any, number: int) -> PageLines | None:
        """A page that is an image, as OCR reads it; ``None`` where it finds nothing."""
        page = pdf[number - 1]
        try:
            bitmap = draw_bitmap(page)
            image = grey(bitmap, bitmap.width / page.get_size()[0] * 72)
            bitmap.close()
            lines = read(self.ocr, image, self.confidence_needed)
        finally:
            page.close()
        label = pdf.get_page_label(number - 1) or str(number)
        return PageLines(number, label, lines) if lines else None

    def _read_by(self, pages: Sequence[PageLines]) -> Iterator[tuple[str, str]]:
        sure = mean_confidence([line for page in pages for line in page.lines])
        if sure is not None:
            yield "OCR", self.ocr.version()
            yield "OCR confidence", f"{sure} of 100"


class opened:  # noqa: N801 - used as a function is
    """A PDF file, opened with the first of *passwords* that fits, closed at the end."""

    def __init__(self, pdfium: Any, data: bytes, passwords: Sequence[str]) -> None:
        self._pdf = _open(pdfium, data, passwords)

    def __enter__(self) -> Any:
        return self._pdf

    def __exit__(self, *_: object) -> None:
        self._pdf.close()


def make(settings: Mapping[str, Any]) -> PdfParser:
    """The factory; settings ``passwords``, ``max_pages``, ``languages`` and ``confidence``."""
    return PdfParser(
        tuple(settings["passwords"]),
        settings["max_pages"],
        Ocr(tuple(settings["languages"])),
        settings["confidence"],
        settings.get("limits", Limits()),
    )


def _open(pdfium: Any, data: bytes, passwords: Sequence[str]) -> Any:
    for password in (None, *passwords):
        try:
            pdf = pdfium.PdfDocument(data, password=password)
            with suppress(pdfium.PdfiumError):
                pdf.init_forms()  # by which the fields of a form, if it is one, are known
            return pdf
        except pdfium.PdfiumError as error:
            if getattr(error, "err_code", None) != _WRONG_PASSWORD:
                raise SourceError(f"it is damaged, or not a PDF: {error}") from None
    tried = f"; none of the {len(passwords)} given opens it" if passwords else ""
    raise Encrypted(
        f"it is encrypted{tried}: put its password into the list [plugins.pdf] passwords"
    )


def _page(pdfium: Any, pdf: Any, number: int) -> PageLines:
    """The page of that *number*; raises ``PdfiumError`` where it is damaged."""
    page = pdf[number - 1]
    try:
        with PageText(pdfium, page) as text:
            lines = annotate(pdfium, page, before_their_lines(text.lines()))
    finally:
        page.close()
    return PageLines(number, pdf.get_page_label(number - 1) or str(number), lines)


def _shows_something(pdf: Any, number: int) -> bool:
    """Whether anything at all is drawn on a page that has no text."""
    page = pdf[number - 1]
    try:
        return next(iter(page.get_objects(max_depth=1)), None) is not None
    finally:
        page.close()


def _name_unread(numbers: Sequence[int], cause: str) -> Iterator[Unread]:
    """Each run of pages, named once."""
    for _, group in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        run = [number for _, number in group]
        where = f"page {run[0]}" if len(run) == 1 else f"pages {run[0]}–{run[-1]}"
        yield Unread(where, cause)


def _about(pdfium: Any, pdf: Any, most_attached: int) -> Iterator[tuple[str, str]]:
    """What the file says of itself: its properties, what it forbids, its attachments."""
    for key, value in pdf.get_metadata_dict(skip_empty=True).items():
        if key in _TOLD and value.strip():
            yield f"file's {key.lower()}", " ".join(value.split())
    if pdfium.raw.FPDF_GetSecurityHandlerRevision(pdf) >= 0:
        allowed = pdfium.raw.FPDF_GetDocPermissions(pdf)
        copying = "" if allowed & _COPYING else "; forbids copying"
        yield "encrypted", f"yes{copying}"
    for number in range(min(pdf.count_attachments(), most_attached)):
        name = pdf.get_attachment(number).get_name()
        if name:
            yield "attachment", name


def _attachments(pdfium: Any, pdf: Any, most: int) -> Iterator[Child | Unread]:
    """The files that are attached to the PDF, to be read in their turn."""
    names = AttachedNames()
    count = pdf.count_attachments()
    if count > most:
        cause = f"only the first {most:,} of {count:,} are read (limits.attachments)"
        yield Unread("attachments", cause)
    for number in range(1, min(count, most) + 1):
        attachment = pdf.get_attachment(number - 1)
        name = names.of(attachment.get_name(), number)
        try:
            yield Child(name, bytes(attachment.get_data()))
        except pdfium.PdfiumError:
            yield Unread(name, "the PDF names it as attached, but its bytes are missing or damaged")
