"""The parser of Markdown: the reading text is the decoded file, front matter and marks and all.

So a quotation stands letter for letter as in the file.  The front matter is furniture, and
what it says is metadata; Markdown's marks are taken from the text that is searched.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar, Self

from docproc.dataclass_on_use import dataclass
from docproc.formats.page_marks import with_marked_pages
from docproc.letters.vocabulary.program_titles import is_program_title
from docproc.markdown import fields, front_matter
from docproc.markdown.marks import edits, words_of_heading
from docproc.markdown.notes import anchor_notes
from docproc.markdown.structure import blocks_of, end_of_lines
from docproc.records import (
    Alignment,
    Block,
    BlockKind,
    Document,
    Mention,
    Metadata,
    SourceFile,
    StatedDate,
    Unread,
    strip_span,
)
from docproc.references import FindsReferences, find_dates
from docproc.text.encoding.decoding import decode, looks_like_text

_MARKDOWN = (".md", ".markdown", ".mkd", ".mdown")
_PLAIN = (".txt", ".text", "")


@dataclass(frozen=True, slots=True)
class MarkdownParser:
    """Reads Markdown; marks what Markdown says and leaves the rest to the normalizers.

    Lines after the first ``max_lines`` are read as plain text, for their time would not be
    bounded otherwise: a line costs some 20 microseconds.
    """

    max_lines: int
    grammars: tuple[FindsReferences, ...] = ()
    isolated: ClassVar[bool] = False

    def with_grammars(self, grammars: Sequence[FindsReferences]) -> Self:
        """The same, reading the references of *grammars* as well."""
        return replace(self, grammars=tuple(grammars))

    def confidence(self, source: SourceFile, head: bytes) -> float:
        """By suffix; and a plain text that opens with front matter is Markdown as well.

        A ``.md`` is claimed whatever it holds: if it is binary, ``parse`` says so.
        """
        if source.suffix in _MARKDOWN:
            return 0.9 if looks_like_text(head) else 0.2
        if source.suffix in _PLAIN and looks_like_text(head):
            opening = head[:4096].removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
            return 0.92 if front_matter.sniff(opening) else 0.0
        return 0.0

    def parse(self, source: SourceFile, data: bytes) -> Iterable[Document | Unread]:
        """Yield the one document of *source*.

        Raises ``SourceError`` as ``decode`` does, and where the front matter cannot be read.
        """
        decoded = decode(data)
        text = decoded.text
        head = front_matter.read(text)
        start = head[0].end if head else 0
        end = end_of_lines(text, start, self.max_lines)
        known = fields.understand(head[1] if head else [], decoded.encoding, self.grammars)
        blocks = anchor_notes(text, start, blocks_of(text, start, end))
        search = Alignment(tuple(edits(text, start, end, blocks)))
        if head:
            blocks = [Block(BlockKind.FURNITURE, strip_span(text, 0, start)), *blocks]
        document = Document(
            source,
            text,
            blocks=tuple(blocks),
            metadata=known.metadata,
            references=known.references,
            witness=known.witness,
            search=search,
        )
        document = with_marked_pages(document, start)
        if document.metadata.title is None:
            document = replace(document, metadata=_take_heading(document, start))
        yield document
        yield from decoded.unread


def _take_heading(document: Document, start: int) -> Metadata:
    """The metadata of *document* with the title, and the dates in it, that a heading gives.

    The heading is one with nothing but furniture before it, or else one of the first level.
    """
    text, metadata = document.text, document.metadata
    top, at = True, start
    for block in document.blocks:
        if block.span.start < start:
            continue
        top = top and not text[at : block.span.start].strip()
        at = block.span.end
        if block.kind is BlockKind.HEADING and (top or block.level == 1):
            words = " ".join(document.search.apply(text, block.span).split())
            if sum(char.isalpha() for char in words) > 3 and not is_program_title(words):
                dates = (
                    StatedDate(found.printed, found.edtf, "heading", found.span, found.julian)
                    for found in find_dates(text, block.span.start, block.span.end)
                )
                return replace(
                    metadata,
                    title=Mention(words, words_of_heading(text, block.span)),
                    dates=(*metadata.dates, *dates),
                )
        top = top and block.kind in (BlockKind.FURNITURE, BlockKind.HEADING)
    return metadata


def make(settings: Mapping[str, Any]) -> MarkdownParser:
    """The factory; setting ``max_lines``."""
    return MarkdownParser(max(1, settings["max_lines"]))
