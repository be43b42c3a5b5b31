"""A part: a stretch of a document on its way to becoming a block."""

from __future__ import annotations

from dataclasses import replace

from docproc.dataclass_on_use import dataclass
from docproc.letters.paragraphs.forms import dates_in_dateline
from docproc.records import Block, BlockKind, Document, Span
from docproc.text.layout.paragraphs import is_rule, line_width, lines, paragraphs

_LONGEST_TITLE = 400


@dataclass(frozen=True, slots=True)
class Part:
    """A span, its kind once known, and the ``block`` that was there before, kept as it is."""

    span: Span
    kind: BlockKind | None = None
    label: str | None = None
    level: int | None = None
    block: Block | None = None

    def as_(self, kind: BlockKind, label: str | None = None, level: int | None = None) -> Part:
        """The same stretch, known to be of *kind*."""
        return replace(self, kind=kind, label=label, level=level)

    def to_block(self) -> Block:
        """The finished block; what nothing has claimed is a paragraph."""
        if self.block is not None:
            return self.block
        return Block(self.kind or BlockKind.PARAGRAPH, self.span, self.label, level=self.level)


def parts_of(document: Document) -> list[Part]:
    """The blocks that *document* has, and the paragraphs of the text between them, in order."""
    text = document.text
    width: int | None = None  # most documents that have blocks have nothing between them
    parts: list[Part] = []
    at = 0
    for block in (*document.blocks, None):
        end = len(text) if block is None else block.span.start
        gap = text[at:end]
        if gap and not gap.isspace():
            width = line_width(text) if width is None else width
            parts += _between(text, Span(at, end), width)
        if block is not None:
            parts.append(Part(block.span, block.kind, block.label, block.level, block))
            at = block.span.end
    return parts


def _between(text: str, gap: Span, width: int) -> list[Part]:
    """The paragraphs of *gap*; rules and ornaments are furniture."""
    return [
        Part(span, BlockKind.FURNITURE if is_rule(span.of(text)) else None)
        for paragraph in paragraphs(text, gap, width)
        for span in _without_date(text, paragraph)
    ]


def _without_date(text: str, paragraph: Span) -> list[Span]:
    """*paragraph*, or, where its last line is the date below a title, the two apart."""
    if len(paragraph) > _LONGEST_TITLE or "\n" not in paragraph.of(text):
        return [paragraph]
    *_, before, last = lines(text, paragraph)
    title = Span(paragraph.start, before.end)
    dated = dates_in_dateline(last.of(text)) and not dates_in_dateline(paragraph.of(text))
    return [title, last] if dated else [paragraph]


def count_words(text: str) -> int:
    """The number of words, as white space parts them; ornaments such as stars are none."""
    return sum(any(map(str.isalnum, word)) for word in text.split())
