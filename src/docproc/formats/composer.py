"""The reading text as it grows: blocks, notes with their marks, pages, and what is not searched."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import field
from typing import Any

from docproc.dataclass_on_use import dataclass
from docproc.records import (
    Alignment,
    Block,
    BlockKind,
    Document,
    Edit,
    Page,
    SourceFile,
    Span,
    strip_span,
)
from docproc.text.patterns import compile_on_use

_ADDRESS = compile_on_use(r"https?://[^\s<>\"'\\^`{|}]{1,2000}\Z")
DOUBTFUL = "[?]"
"""Stands after a word of which recognition is not sure, in the text that is searched alone."""


_Written = tuple[BlockKind, int, int, str | None, int | None]
"""A block as it was written: kind, where it begins and ends, label, level.

No record is made before a block has ended, and of its text only the place is known.
"""


@dataclass(slots=True)
class Composer:
    """Writes a reading text from front to back and remembers where things stand.

    ``begin`` parts blocks; a block without a kind is left to the normalizers, as a paragraph
    set apart by a blank line.  A format that does not print a note's mark as characters (it
    numbers them by itself) has it written as ``[1]``, which is shown and not searched.
    """

    _pieces: list[str] = field(default_factory=list)
    _length: int = 0
    _blocks: list[_Written] = field(default_factory=list)
    _kind: BlockKind | None = None
    _label: str | None = None
    _level: int | None = None
    _start: int = 0
    _gap: str = ""
    _begun: bool = False
    _marks: dict[Hashable, Span] = field(default_factory=dict)
    _notes: list[tuple[int, Hashable]] = field(default_factory=list)
    _pages: list[tuple[str, int | None, int, str]] = field(default_factory=list)
    _edits: list[Edit] = field(default_factory=list)
    _quoted: list[tuple[int, int]] = field(default_factory=list)

    @property
    def at(self) -> int:
        """Where the next character will stand, except for a gap that may go before it."""
        return self._length

    @property
    def next(self) -> int:
        """Where the next character will stand, if it is no white space."""
        return self._length + len(self._gap)

    def begin(
        self,
        kind: BlockKind | None = None,
        *,
        label: str | None = None,
        level: int | None = None,
        gap: str = "\n\n",
    ) -> None:
        """End the block that is open and begin another; *gap* parts the two."""
        self.end()
        self._gap = gap if self._length else ""
        self._begun = False
        self._kind, self._label, self._level = kind, label, level

    def write(self, text: str) -> Span:
        """Add *text*, without the white space that would open a block; return where it stands."""
        start = self.put(text)
        return Span(start, self._length)

    def put(self, text: str) -> int:
        """The same as ``write``; return only where *text* begins."""
        start = self._length
        if self._gap or not start:
            text = text.lstrip()
            if text and (gap := self._gap):
                self._pieces.append(gap)
                start += len(gap)
                self._gap = ""
        if text:
            if not self._begun:
                self._begun, self._start = True, start
            self._pieces.append(text)
            self._length = start + len(text)
        return start

    def block(
        self, kind: BlockKind | None, text: str, label: str | None = None, level: int | None = None
    ) -> int:
        """A block of *text* alone: ``begin`` and ``put`` in half their time, and its end."""
        text = text.lstrip()
        if not text:
            self.begin(kind, label=label, level=level)
            return self._length
        self.end()
        if self._length:
            self._pieces.append("\n\n")
            self._length += 2
        start = self._length
        self._pieces.append(text)
        self._length += len(text)
        if kind is not None:
            self._blocks.append((kind, start, self._length, label, level))
        self._begun, self._gap = True, ""
        return start

    def cell(self, count: int = 1) -> None:
        """Write *count* tabs: the next cell of a row begins, though none before it had words."""
        if not count:
            return
        gap = self._gap if self._length else ""
        start = self._length + len(gap)
        if not self._begun:
            self._begun, self._start = True, start
        self._pieces.append(gap + "\t" * count)
        self._length, self._gap = start + count, ""

    def break_line(self) -> None:
        """What is written next begins a line, within the block that is open."""
        if self._begun and not self._gap:
            self._gap = "\n"

    def mark(self, key: Hashable, label: str) -> None:
        """Write the mark of the note *key*, which the format numbers *label*."""
        start = self.put(f"[{label}]")
        span = Span(start, self._length)
        self._edits.append(Edit(span, ""))
        self._marks.setdefault(key, span)

    def anchor(self, key: Hashable, span: Span) -> None:
        """Let the words at *span* be the anchor of the note *key*."""
        if len(span):
            self._marks.setdefault(key, span)

    def note(self, key: Hashable, label: str, *, numbered: bool = True) -> None:
        """Begin the note *key*; with *numbered*, its number is written before it."""
        self.begin(BlockKind.NOTE, label=label or None)
        self._notes.append((len(self._blocks), key))
        if numbered:
            start = self.put(f"[{label}]")
            self._edits.append(Edit(Span(start, self._length), ""))
            self._gap = " "

    def replace_searched(self, span: Span, instead: str = "") -> None:
        """Search *instead* of what stands at *span*; to be told in the order of the text."""
        if len(span):
            self._edits.append(Edit(span, instead))

    def quote(self, start: int) -> None:
        """What stands from *start* on is quoted, as the source's markup says."""
        if start < self._length:
            self._quoted.append((start, self._length))

    def doubt(self, span: Span, word: str) -> None:
        """Mark the *word* at *span*, of which recognition is not sure, for the search alone."""
        self.replace_searched(span, f"{word} {DOUBTFUL}")

    def page(
        self, label: str, number: int | None = None, *, after: int = 0, image: str = ""
    ) -> None:
        """A page begins with what is written next, *after* so many characters of it.

        *image* is where the source says that its image is: kept if it is an address.
        """
        address = image.strip() if _ADDRESS.match(image.strip()) else ""
        self._pages.append((label, number, self.next + after, address))

    def end(self) -> None:
        """End the block that is open, if one is."""
        if self._kind is not None and self._begun:
            self._blocks.append((self._kind, self._start, self._length, self._label, self._level))
        elif self._notes and self._notes[-1][0] == len(self._blocks):
            self._notes.pop()
        self._kind = None

    def document(self, source: SourceFile, **more: Any) -> Document:
        """The finished document; *more* is what else ``Document`` takes."""
        self.end()
        text = "".join(self._pieces)
        marks = {key: _trim(text, span) for key, span in self._marks.items()}
        anchors = {number: marks.get(key) for number, key in self._notes}
        blocks = [
            Block(kind, span, label, anchors.get(number) if anchors else None, level)
            for number, (kind, start, end, label, level) in enumerate(self._blocks)
            if (span := _bare(text, start, end))
        ]
        ends = [*(start for _, _, start, _ in self._pages[1:]), len(text)] if self._pages else []
        pages = tuple(
            Page(label, Span(min(start, end, len(text)), min(end, len(text))), number, image)
            for (label, number, start, image), end in zip(self._pages, ends, strict=True)
        )
        search = Alignment(tuple(self._edits))
        if self._quoted:
            bare = (strip_span(text, start, end) for start, end in sorted(self._quoted))
            more["quoted"] = tuple(span for span in bare if span)
        return Document(source, text, blocks=tuple(blocks), pages=pages, search=search, **more)


def _trim(text: str, span: Span) -> Span | None:
    """*span* itself where no white space is at its ends, else what ``_bare`` makes of it."""
    start, end = span.start, span.end
    if start < end and not text[start].isspace() and not text[end - 1].isspace():
        return span
    return _bare(text, start, end)


def _bare(text: str, start: int, end: int) -> Span | None:
    """``start..end`` without white space around, except a tab at its start; ``None`` if empty."""
    if start < end and not text[start].isspace() and not text[end - 1].isspace():
        return Span(start, end)
    bare = strip_span(text, start, end)
    if not bare:
        return None
    if text[start] == "\t":
        return Span(start, bare.end)
    return bare


def text_at(composer: Composer, span: Span) -> str:
    """The characters that *composer* has at *span*, near the end of what is written."""
    end, pieces, start = composer._length, [], composer._length
    for piece in reversed(composer._pieces):
        if start <= span.start:
            break
        start -= len(piece)
        pieces.append(piece)
    text = "".join(reversed(pieces))
    return text[span.start - start : len(text) - (end - span.end)]
