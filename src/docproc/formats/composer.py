"""The reading text as it grows: blocks, notes with their marks, pages, and what is not searched."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import field
from itertools import starmap
from typing import Any

from docproc.dataclass_on_use import dataclass, quick_maker
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


_make_block, _make_edit = quick_maker(Block, span=Span), quick_maker(Edit, span=Span)
_make_span = quick_maker(Span)
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

    pieces: list[str] = field(default_factory=list)
    at: int = 0
    """Where the next character will stand, except for a gap that may go before it."""
    _blocks: list[_Written] = field(default_factory=list)
    _kind: BlockKind | None = None
    _label: str | None = None
    _level: int | None = None
    _start: int = 0
    gap: str = ""
    """What parts what is written next from what stands before it."""
    begun: bool = False
    """Whether the block that is open has characters."""
    _marks: dict[Hashable, tuple[int, int]] = field(default_factory=dict)
    _notes: list[tuple[int, Hashable]] = field(default_factory=list)
    _pages: list[tuple[str, int | None, int, str]] = field(default_factory=list)
    _edits: list[tuple[int, int, str]] = field(default_factory=list)
    _quoted: list[tuple[int, int]] = field(default_factory=list)

    @property
    def next(self) -> int:
        """Where the next character will stand, if it is no white space."""
        return self.at + len(self.gap)

    def begin(
        self,
        kind: BlockKind | None = None,
        label: str | None = None,
        level: int | None = None,
        *,
        gap: str = "\n\n",
    ) -> None:
        """End the block that is open and begin another; *gap* parts the two."""
        if self._kind is not None and self.begun:  # as ``end`` has it
            self._blocks.append((self._kind, self._start, self.at, self._label, self._level))
        elif self._notes:
            self.end()
        self.gap = gap if self.at else ""
        self.begun = False
        self._kind, self._label, self._level = kind, label, level

    def write(self, text: str) -> Span:
        """Add *text*, without the white space that would open a block; return where it stands."""
        start = self.put(text)
        return Span(start, self.at)

    def put(self, text: str) -> int:
        """The same as ``write``; return only where *text* begins."""
        start = self.at
        if self.gap or not start:
            text = text.lstrip()
            if text and (gap := self.gap):
                self.pieces.append(gap)
                start += len(gap)
                self.gap = ""
        if text:
            if not self.begun:
                self.begun, self._start = True, start
            self.pieces.append(text)
            self.at = start + len(text)
        return start

    def block(
        self, kind: BlockKind | None, text: str, label: str | None = None, level: int | None = None
    ) -> int:
        """A block of *text* alone: ``begin`` and ``put`` in half their time, and its end."""
        start = begin_with(self, text, kind, label, level)
        if kind is not None and self.begun:
            self._blocks.append((kind, start, self.at, label, level))
            self._kind = None
        return start

    def cell(self, count: int = 1) -> None:
        """Write *count* tabs: the next cell of a row begins, though none before it had words."""
        if not count:
            return
        gap = self.gap if self.at else ""
        start = self.at + len(gap)
        if not self.begun:
            self.begun, self._start = True, start
        self.pieces.append(gap + "\t" * count)
        self.at, self.gap = start + count, ""

    def break_line(self) -> None:
        """What is written next begins a line, within the block that is open."""
        if self.begun and not self.gap:
            self.gap = "\n"

    def mark(self, key: Hashable, label: str) -> None:
        """Write the mark of the note *key*, which the format numbers *label*."""
        written = f"[{label}]"
        if self.gap or not self.begun:
            self.put(written)
        else:  # as ``put`` would, without the call
            self.pieces.append(written)
            self.at += len(written)
        end = self.at
        start = end - len(written)
        self._edits.append((start, end, ""))
        if key not in self._marks:
            self._marks[key] = (start, end)

    def anchor(self, key: Hashable, span: Span) -> None:
        """Let the words at *span* be the anchor of the note *key*."""
        if len(span):
            self._marks.setdefault(key, (span.start, span.end))

    def note(self, key: Hashable, label: str, *, numbered: bool = True) -> None:
        """Begin the note *key*; with *numbered*, its number is written before it."""
        if self._kind is not None and self.begun:  # as ``end`` has it
            self._blocks.append((self._kind, self._start, self.at, self._label, self._level))
        else:
            self.end()
        self._kind, self._label, self._level = BlockKind.NOTE, label or None, None
        self._notes.append((len(self._blocks), key))
        self.gap = "\n\n" if self.at else ""
        self.begun = numbered
        if numbered:
            written = f"[{label}]"
            self.pieces += self.gap, written
            self._start = start = self.at + len(self.gap)
            self.at = end = start + len(written)
            self._edits.append((start, end, ""))
            self.gap = " "

    def replace_searched(self, span: Span, instead: str = "") -> None:
        """Search *instead* of what stands at *span*; to be told in the order of the text."""
        if len(span):
            self._edits.append((span.start, span.end, instead))

    def quote(self, start: int) -> None:
        """What stands from *start* on is quoted, as the source's markup says."""
        if start < self.at:
            self._quoted.append((start, self.at))

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
        if self._kind is not None and self.begun:
            self._blocks.append((self._kind, self._start, self.at, self._label, self._level))
        elif self._notes and self._notes[-1][0] == len(self._blocks):
            self._notes.pop()
        self._kind = None

    def document(self, source: SourceFile, **more: Any) -> Document:
        """The finished document; *more* is what else ``Document`` takes."""
        self.end()
        text = "".join(self.pieces)
        marks = self._marks
        anchors = {n: _bare(text, *marks[key]) for n, key in self._notes if key in marks}
        blocks = []
        for number, (kind, start, end, label, level) in enumerate(self._blocks):
            if start == end or text[start].isspace() or text[end - 1].isspace():
                if not (span := _bare(text, start, end)):
                    continue
                start, end = span.start, span.end
            blocks.append(_make_block(kind, start, end, label, anchors.get(number), level))
        ends = [*(start for _, _, start, _ in self._pages[1:]), len(text)] if self._pages else []
        pages = tuple(
            Page(label, Span(min(start, end, len(text)), min(end, len(text))), number, image)
            for (label, number, start, image), end in zip(self._pages, ends, strict=True)
        )
        search = Alignment(tuple(starmap(_make_edit, self._edits)))
        if self._quoted:
            bare = (strip_span(text, start, end) for start, end in sorted(self._quoted))
            more["quoted"] = tuple(span for span in bare if span)
        return Document(source, text, blocks=tuple(blocks), pages=pages, search=search, **more)


def begin_with(
    composer: Composer, text: str, kind: BlockKind | None, label: str | None, level: int | None
) -> int:
    """The same as ``begin``, and ``put``, in half their time; return where *text* begins."""
    text = text.lstrip()
    if not text:
        composer.begin(kind, label, level)
        return composer.at
    if composer._kind is not None and composer.begun:  # as ``end`` has it
        ended = (composer._kind, composer._start, composer.at, composer._label, composer._level)
        composer._blocks.append(ended)
    elif composer._notes:
        composer.end()
    start = composer.at
    if start:
        composer.pieces.append("\n\n")
        start += 2
    composer.pieces.append(text)
    composer._kind, composer._label, composer._level = kind, label, level
    composer.begun, composer.gap, composer._start = True, "", start
    composer.at = start + len(text)
    return start


def write_note(composer: Composer, key: Hashable, label: str, words: str, *, numbered: bool) -> int:
    """The same as ``note``, ``put`` and its end, in half their time; where *words* begin."""
    if composer._kind is not None and composer.begun:  # as ``end`` has it
        ended = (composer._kind, composer._start, composer.at, composer._label, composer._level)
        composer._blocks.append(ended)
    else:
        composer.end()
    start, written = composer.at, words
    if start:
        composer.pieces.append("\n\n")
        start += 2
    if numbered:
        written = f"[{label}] {words}"
        composer._edits.append((start, start + len(label) + 2, ""))
    composer.pieces.append(written)
    composer.at = end = start + len(written)
    composer._notes.append((len(composer._blocks), key))
    composer._blocks.append((BlockKind.NOTE, start, end, label or None, None))
    composer._kind, composer.begun, composer.gap = None, True, ""
    return end - len(words)


def recast(
    composer: Composer, kind: BlockKind | None, label: str | None, level: int | None
) -> None:
    """Let the block that is open in *composer* be of *kind*."""
    composer._kind, composer._label, composer._level = kind, label, level


def _bare(text: str, start: int, end: int) -> Span | None:
    """``start..end`` without white space around, except a tab at its start; ``None`` if empty."""
    if start < end and not text[start].isspace() and not text[end - 1].isspace():
        return _make_span(start, end)
    bare = strip_span(text, start, end)
    if not bare:
        return None
    if text[start] == "\t":
        return Span(start, bare.end)
    return bare


def text_at(composer: Composer, span: Span) -> str:
    """The characters that *composer* has at *span*, near the end of what is written."""
    end, pieces, start = composer.at, [], composer.at
    for piece in reversed(composer.pieces):
        if start <= span.start:
            break
        start -= len(piece)
        pieces.append(piece)
    text = "".join(reversed(pieces))
    return text[span.start - start : len(text) - (end - span.end)]
