"""The parser of plain text: the reading text is the decoded file, character for character."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from docproc.dataclass_on_use import dataclass
from docproc.errors import SourceError
from docproc.formats.licence import set_licence_apart
from docproc.formats.page_marks import with_marked_pages
from docproc.letters.paragraphs.forms import is_salutation, is_signature
from docproc.records import Block, BlockKind, Document, Metadata, Page, SourceFile, Span, Unread
from docproc.text.encoding.decoding import decode, looks_like_text
from docproc.text.patterns import compile_on_use

_PLAIN = (".txt", ".text")
_NEARLY_PLAIN = (
    ".md",
    ".markdown",
    ".adoc",
    ".asciidoc",
    ".textile",
    ".log",
    ".nfo",
    ".patch",
    ".diff",
)
"""Readable as they stand where no parser of their own is configured."""

_BINARY = (
    *(".pdf", ".docx", ".docm", ".odt", ".epub", ".doc", ".rtf", ".msg", ".zip"),
    *(".png", ".jpg", ".jpeg", ".tif", ".tiff"),
)
"""Suffixes of formats that are no plain text: a file of words alone is not what it is called."""
_OPENS = compile_on_use(r"\s*[\w\"'«„“(\[#*–—-]")
"""With what a text begins, and no file of those formats."""
_WORD = compile_on_use(r"[^\W\d_]{2,}")
_REMAINS = compile_on_use(r"\d obj\b|endobj|\\(?:[a-z]+\d|ansi|pard?\b)")
"""What is left of a PDF or an RTF that has lost its beginning, and is text to look at."""
_FIGURES = compile_on_use(r"\d+|\b[ivxlc]+\b", re.IGNORECASE)
_ENDED = compile_on_use(r"[.!?:;…][\W\d]*$")
_EMPTY_LINE = compile_on_use(r"\n[ \t\r]*\n")
_SPEAKER = compile_on_use(r"[^\W\d_][\w.’' -]{0,40}:(?:\s|$)|[QA]\.\s")
_RECURS = 3
"""A line at the edge of so many pages, its figures aside, is a running head."""
_GOES_ON = 2
"""With figures that go on as the pages do, so many are enough."""
_FEWEST = 2
"""Lines of a page; the first or the last may be a running head."""


class TextParser:
    """Reads plain text; leaves structure to the normalizers."""

    isolated: ClassVar[bool] = False

    def confidence(self, source: SourceFile, head: bytes) -> float:
        """By suffix, and by what the first bytes look like.

        A ``.txt`` is claimed whatever it holds: if it is binary, ``parse`` says so.
        """
        suffix = source.suffix
        if suffix in _PLAIN:
            return 0.9 if looks_like_text(head) else 0.2
        if suffix in _NEARLY_PLAIN:
            return 0.3 if looks_like_text(head) else 0.0
        if not suffix or suffix[1:].strip().isdigit():  # "letter", "Letter no. 12"
            return 0.5 if looks_like_text(head) else 0.0
        if suffix in _BINARY:
            return 0.4 if _is_words(head) else 0.0
        return 0.0

    def parse(self, source: SourceFile, data: bytes) -> Iterable[Document | Unread]:
        """Yield the one document of *source*; raises ``SourceError`` as ``decode`` does."""
        decoded = decode(data)
        document = Document(source, decoded.text, metadata=Metadata(encoding=decoded.encoding))
        if "\f" in document.text:
            document = _with_pages(document)
        yield set_licence_apart(with_marked_pages(document))
        yield from decoded.unread


def _is_words(head: bytes) -> bool:
    """Whether *head*, of a file that is called otherwise, can only be the beginning of a text."""
    if not looks_like_text(head):
        return False
    try:
        words = decode(head[: head.rfind(b" ") + 1] or head).text  # it may end inside a character
    except SourceError:
        return False
    several = len(_WORD.findall(words)) >= 3  # fewer bytes than that are anything
    return several and _OPENS.match(words) is not None and not _REMAINS.search(words)


def make(_: Mapping[str, Any]) -> TextParser:
    """The factory; there are no settings."""
    return TextParser()


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One page: its head and foot, where those recur, and what is between; its number."""

    head: str
    body: str
    foot: str
    label: str


def _with_pages(document: Document) -> Document:
    """*document*, whose pages form feeds part, with its pages; as it is where nothing is parted.

    A running head stands before its page, or, where a sentence runs on from the page before,
    behind the paragraph that it would interrupt.
    """
    sheets = _sheets(document.text.split("\f"))
    if len(sheets) < 2:
        return document
    pieces: list[str] = []
    furniture: list[Span] = []
    starts: list[int] = []
    length = 0

    def put(words: str, gap: str, *, apart: bool = False) -> None:
        nonlocal length
        if not words:
            return
        words = (gap if length else "") + words
        pieces.append(words)
        length += len(words)
        if apart:
            furniture.append(Span(length - len(words.lstrip("\n")), length))

    before: _Sheet | None = None
    for sheet in sheets:
        runs_on = before is not None and _runs_on(before.body, sheet.body)
        foot = before.foot if before else ""
        if not runs_on:
            put(foot, "\n\n", apart=True)
            starts.append(length + 2 * bool(length))
            put(sheet.head, "\n\n", apart=True)
            put(sheet.body, "\n\n")
        else:
            starts.append(length + 1)
            broken = _EMPTY_LINE.search(sheet.body)
            end = broken.start() if broken else len(sheet.body)
            put(sheet.body[:end], "\n")
            for each in (foot, sheet.head):
                put(each, "\n\n", apart=True)
            put(sheet.body[end:].lstrip("\r\n"), "\n\n")
        before = sheet
    put(sheets[-1].foot, "\n\n", apart=True)
    text = "".join(pieces)
    ends = [*starts[1:], len(text)]
    pages = tuple(
        Page(sheet.label, Span(min(start, end), end), number)
        for number, (sheet, start, end) in enumerate(zip(sheets, starts, ends, strict=True), 1)
    )
    blocks = tuple(Block(BlockKind.FURNITURE, span) for span in furniture)
    return replace(document, text=text, pages=pages, blocks=blocks)


def _sheets(texts: Sequence[str]) -> list[_Sheet]:
    """The pages that hold words, with their running heads and feet."""
    pages = [text for text in texts if text.strip()]
    lines = [[line for line in text.splitlines() if line.strip()] for text in pages]
    edges = [(own[0], own[-1]) if len(own) >= _FEWEST else ("", "") for own in lines]
    heads, feet = (_running(column) for column in zip(*edges, strict=True)) if edges else ((), ())
    found = []
    for text, (head, foot) in zip(pages, edges, strict=True):
        head = head if _key(head) in heads else ""
        foot = foot if _key(foot) in feet and not _is_close(foot) else ""
        start = text.index(head) + len(head) if head else 0
        end = text.rindex(foot) if foot else len(text)
        figure = next(_printed_figures(head, foot), "")
        body = re.sub(r"\A(?:[ \t]*\r?\n)+", "", text[start:end]).rstrip()
        found.append(_Sheet(head.strip(), body, foot.strip(), figure))
    return _number_on(found)


def _number_on(sheets: Sequence[_Sheet]) -> list[_Sheet]:
    """*sheets*, those without a printed number counted on from the others, if these agree."""
    told = {int(s.label) - place for place, s in enumerate(sheets) if s.label.isdigit()}
    first = max(told.pop(), 1) if len(told) == 1 else 1
    return [
        replace(each, label=each.label or str(first + place)) for place, each in enumerate(sheets)
    ]


def _running(edges: Sequence[str]) -> frozenset[str]:
    """The lines of *edges*, one a page, that recur on several; their figures aside."""
    seen: dict[str, list[tuple[int, str]]] = {}
    for number, line in enumerate(edges):
        if line and not is_salutation(line, opening=False) and not _SPEAKER.match(line.strip()):
            seen.setdefault(_key(line), []).append((number, line))
    return frozenset(
        key for key, found in seen.items() if len(found) >= _RECURS or _goes_on(key, found)
    )


def _goes_on(key: str, found: Sequence[tuple[int, str]]) -> bool:
    """Whether the lines *found* are page numbers, or hold figures that go on as the pages do."""
    if len(found) < _GOES_ON:
        return False
    if key.strip(" -–—.[]()") == "#":
        return True
    apart = [{int(f) - number for f in re.findall(r"\d{1,6}", line)} for number, line in found]
    return bool(set.intersection(*apart))


def _is_close(line: str) -> bool:
    """Whether a last line signs a letter."""
    return not any(map(str.isdigit, line)) and is_signature(line)


def _printed_figures(head: str, foot: str) -> Iterator[str]:
    for line in (head, foot):
        figures = re.findall(r"\d{1,6}|\b[ivxlc]{1,7}\b", line)
        if len(figures) == 1:
            yield figures[0]


def _key(line: str) -> str:
    key = " ".join(_FIGURES.sub("#", line).split())
    return key.strip("# ") or key  # the number stands to the right and to the left in turn


def _runs_on(before: str, after: str) -> bool:
    """Whether a sentence runs on from one page to the next."""
    if not before or not after or _ENDED.search(before[-40:]):
        return False
    first = after.lstrip()[:1]
    return first.islower() or (before.endswith(("-", "¬", "\u00ad")) and first.isalpha())
