"""Structure: what Markdown itself marks, as blocks with exact spans.

Plain paragraphs stay without a block, for a normalizer knows better than Markdown which of
them is a dateline, a signature or a note.  So do paragraphs that a typist set in (code to
Markdown), headings and lists of notes ("Notes"), lone numbered lines (``26. Juli 1920`` is a
list to Markdown) and numbered lists whose numbers are marked in the text before, for these
are notes as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from docproc.letters.vocabulary.words import NOTES_HEADING
from docproc.markdown.lists import List, ListItem, lists_of
from docproc.markdown.marks import RULE_OF_TABLE, TAG, comments
from docproc.markdown.reader import tokens
from docproc.records import Block, BlockKind, Span, strip_span
from docproc.text.patterns import compile_on_use

if TYPE_CHECKING:
    from markdown_it.token import Token

_LINE_END = compile_on_use(r"\r\n|\r|\n")
_MARK = compile_on_use(r"\[(\d{1,9})\]")
_TARGET = compile_on_use(
    r"[ >]{0,9}\[[^\[\]\r\n]{1,200}\]:[ \t]*(?:<|#|\.?/|www\.|[a-z]+:)\S*"
    r"(?:[ \t]+[\"'(][^\r\n]*)?[ \t]*(?:\r\n|\r|\n|\Z)"
)
"""A line that gives a link its target.  ``[1]: Ibid.`` is a note, and none."""

_LONGEST_HEADING = 300
"""Characters; a longer line with a rule below it is a paragraph with a rule below it."""

_LONGEST_WRAPPED = 130
_PROSE = 300
"""Characters; a shorter paragraph of several lines may be an address or a signature."""

_PLAIN = ("", "text", "txt", "plain", "plaintext", "ocr")
"""The languages of fences that wrap plain text."""
_FENCE_END = compile_on_use(r"[> \t]*(?:`{3,}|~{3,})")
_SETEXT = ("=", "-")
_LEAVES = (
    "code_block", "fence", "footnote", "heading_open", "hr", "html_block", "paragraph_open",
    "table_open",
)  # fmt: skip


def end_of_lines(text: str, start: int, lines: int) -> int:
    """Where the first *lines* lines of *text* from *start* on end."""
    ends = islice(_LINE_END.finditer(text, start), lines - 1, None)
    return next((match.end() for match in ends), len(text))


def blocks_of(text: str, start: int, end: int) -> list[Block]:
    """The blocks of *text* between *start* and *end*, in order and apart."""
    return _Structure(text, start, end).blocks()


class _Structure:
    def __init__(self, text: str, start: int, end: int) -> None:
        self._text = text
        self._tokens = tokens(text[start:end])
        ends = [match.end() for match in _LINE_END.finditer(text, start, end)]
        self._starts = [start, *ends, end]
        self._read = bytearray(len(self._starts))
        self._found: list[Block] = []
        self._marks: dict[str, int] = {}
        for match in _MARK.finditer(text, start, end):
            self._marks.setdefault(match[1], match.start())
        self._items: list[ListItem] = []
        self._quotes = 0
        self._in_notes = False

    def blocks(self) -> list[Block]:
        lists = lists_of(self._tokens)
        open_lists: list[List] = []
        for number, token in enumerate(self._tokens):
            if token.type in ("bullet_list_open", "ordered_list_open"):
                one = lists[number]
                if not open_lists:
                    one.kept = self._is_list(token, one)
                else:
                    one.kept = open_lists[-1].kept or len(one.labels) > 1
                open_lists.append(one)
            elif token.type in ("bullet_list_close", "ordered_list_close"):
                open_lists.pop()
            elif token.type == "list_item_open":
                outer = self._items[-1] if self._items else None
                label = token.info or (outer.label if outer and not outer.opened else None)
                self._items.append(ListItem(label, open_lists[-1].takes()))
            elif token.type == "list_item_close":
                self._items.pop()
            elif token.type == "blockquote_open":
                self._quotes += 1
            elif token.type == "blockquote_close":
                self._quotes -= 1
            elif token.type in _LEAVES:
                self._leaf(token)
        self._found += self._marks_alone()
        return sorted(self._found, key=lambda block: block.span)

    def _is_list(self, token: Token, one: List) -> bool:
        """Whether Markdown's outermost list *one* is a list to a reader as well."""
        if self._in_notes or len(one.labels) < 2:
            return False
        labels = [label for label in one.labels if label]
        if len(labels) < len(one.labels):
            return True
        assert token.map is not None
        before = self._starts[token.map[0]]
        return not all(self._marks.get(label, before) < before for label in labels)

    def _leaf(self, token: Token) -> None:
        assert token.map is not None
        first, after = token.map
        self._read[first:after] = b"\1" * (after - first)
        span = self._span(first, after)
        if not len(span):
            return
        item = self._items[-1] if self._items else None
        opens = item is not None and not item.opened
        if item:
            item.opened = True
        if token.type == "heading_open":
            self._heading(token, span)
        elif token.type == "paragraph_open":
            if self._is_targets(first, after):
                self._add(BlockKind.FURNITURE, span)
            elif item:
                if item.kept and opens:
                    self._add(BlockKind.LIST_ITEM, span, label=item.label)
                elif item.kept:
                    self._add(BlockKind.PARAGRAPH, span)
            elif self._quotes or self._is_prose(first, after) or self._is_table(first, after):
                self._add(BlockKind.PARAGRAPH, span)
        elif token.type == "fence":
            self._fence(token.info, first, after)
        elif token.type == "table_open":
            self._add(BlockKind.PARAGRAPH, span)
        elif token.type == "html_block":
            self._html(span)
        elif token.type == "footnote":
            self._add(BlockKind.NOTE, span, label=token.info)
        elif token.type == "hr":
            self._add(BlockKind.FURNITURE, span)

    def _fence(self, language: str, first: int, after: int) -> None:
        """The two lines of a fence are furniture; what they wrap is plain text, or code.

        Programs that recognize pages put what they read into a fence.
        """
        self._add(BlockKind.FURNITURE, self._span(first, first + 1))
        last = self._span(after - 1, after)
        closed = after - first > 1 and _FENCE_END.fullmatch(last.of(self._text))
        if language.strip().casefold() not in _PLAIN:
            self._add(BlockKind.PARAGRAPH, self._span(first + 1, after - bool(closed)))
        if closed:
            self._add(BlockKind.FURNITURE, last)

    def _heading(self, token: Token, span: Span) -> None:
        assert token.map is not None
        first, after = token.map
        words = self._span(first, after - 1) if token.markup in _SETEXT else span
        self._in_notes = bool(NOTES_HEADING.fullmatch(words.of(self._text)))
        long = after - first > 2 or len(words) > _LONGEST_HEADING
        if token.markup in _SETEXT and (long or self._in_notes):
            self._add(BlockKind.FURNITURE, self._span(after - 1, after))
        elif not self._in_notes:
            self._add(BlockKind.HEADING, span, level=int(token.tag[1:]))

    def _html(self, span: Span) -> None:
        """Comments and lines of nothing but tags are furniture; the rest is text."""
        at = span.start
        for comment in comments(self._text, span.start, span.end):
            self._tags(at, comment.start)
            self._add(BlockKind.FURNITURE, comment)
            at = comment.end
        self._tags(at, span.end)

    def _tags(self, start: int, end: int) -> None:
        while start < end:
            match = _LINE_END.search(self._text, start, end)
            stop = match.end() if match else end
            line = strip_span(self._text, start, stop)
            if len(line) and not _has_words(TAG.sub("", line.of(self._text))):
                self._add(BlockKind.FURNITURE, line)
            start = stop

    def _is_prose(self, first: int, after: int) -> bool:
        """Whether several lines are one paragraph: short ones may be an address."""
        if after - first < 2 or self._starts[after] - self._starts[first] < _PROSE:
            return False
        lines = [
            self._text[self._starts[n] : self._starts[n + 1]].rstrip("\r\n")
            for n in range(first, after)
        ]
        hard = any(line.endswith(("  ", "\\")) for line in lines[:-1])
        return not hard and all(len(line) <= _LONGEST_WRAPPED for line in lines)

    def _is_table(self, first: int, after: int) -> bool:
        """Whether a paragraph is a table whose head and rule differ in their columns."""
        return after - first > 2 and bool(
            RULE_OF_TABLE.search(self._text, self._starts[first + 1], self._starts[after])
        )

    def _is_targets(self, first: int, after: int) -> bool:
        """Whether a paragraph is nothing but the targets of links."""
        return all(_TARGET.match(self._text, self._starts[n]) for n in range(first, after))

    def _marks_alone(self) -> Iterator[Block]:
        """Lines of marks that no block has: the empty lines of a quotation, empty items."""
        alone: Span | None = None
        for line in range(len(self._starts) - 1):
            span = self._span(line, line + 1)
            if not self._read[line] and len(span) and not _has_words(span.of(self._text)):
                alone = Span(alone.start, span.end) if alone else span
            elif alone and (len(span) or self._read[line]):
                yield Block(BlockKind.FURNITURE, alone)
                alone = None
        if alone:
            yield Block(BlockKind.FURNITURE, alone)

    def _span(self, first: int, after: int) -> Span:
        return strip_span(self._text, self._starts[first], self._starts[after])

    def _add(
        self, kind: BlockKind, span: Span, label: str | None = None, level: int | None = None
    ) -> None:
        if len(span):
            self._found.append(Block(kind, span, label, level=level))


def _has_words(text: str) -> bool:
    return any(char.isalnum() for char in text)
