"""Flow: markup's characters as they would be set, written into a reading text.

White space collapses as in HTML, a break is a new line, blocks lie within blocks, and a note
that stands in the middle of a sentence waits until the block that it interrupts has ended.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import field

from docproc.dataclass_on_use import dataclass
from docproc.formats.composer import Composer, begin_with, write_note
from docproc.formats.white_space import WHITE, collapse
from docproc.records import BlockKind, Span

_Open = tuple[BlockKind | None, str | None, int | None, bool]
"""A block that is open: its kind, label and level, and whether it is a division."""
_Note = tuple[Hashable, str, str, bool]
"""A note of words alone: its key, label, words, and whether its number goes before them."""
_OUTSIDE: _Open = (BlockKind.PARAGRAPH, None, None, False)


@dataclass(slots=True)
class Flow:
    """Writes characters and blocks to ``out``."""

    out: Composer = field(default_factory=Composer)
    _within: list[_Open] = field(default_factory=list)
    _blocks: int = 0
    """How many of those that are open are no divisions."""
    _fresh: bool = True
    _space: str = ""
    _waiting: list[Callable[[], None] | _Note] = field(default_factory=list)
    _written: bool = False
    _joined: bool = False
    _in_note: bool = False
    _first: int | None = None

    def open(
        self,
        kind: BlockKind | None,
        label: str | None = None,
        level: int | None = None,
        *,
        division: bool = False,
    ) -> None:
        """A block begins; what is written until it is closed belongs to it, or to one within.

        A *division* is no block itself: what stands in it outside every block is of *kind*.
        In a note, which is one block, a new line begins instead.
        """
        if self._in_note:
            self.line()
            return
        self._within.append((kind, label, level, division))
        self._blocks += not division
        self._fresh, self._space = True, ""

    def close(self) -> None:
        """The block that was opened last ends, and with the outermost come the notes in it."""
        if self._in_note:
            self.line()
            return
        self._blocks -= not self._within.pop()[3]
        self._fresh, self._space = True, ""
        if not self._blocks and self._waiting:
            self.settle()

    def leaf(
        self,
        kind: BlockKind | None,
        text: str | None,
        label: str | None = None,
        level: int | None = None,
    ) -> None:
        """A block of words alone: ``open``, ``text`` and ``close`` in half their time."""
        if self._in_note:
            self.line()
            self.text(text)
            self.line()
            return
        bare = text.strip(WHITE) if text else ""
        if bare:
            start = self.out.block(kind, _set(bare), label, level)
            if self._first is None:
                self._first = start
            self._joined = False
        self._fresh, self._space = True, ""
        if not self._blocks and self._waiting:
            self.settle()

    def settle(self) -> None:
        """Write the notes that wait."""
        while self._waiting:
            waiting, self._waiting = self._waiting, []
            for write in waiting:
                if type(write) is tuple:
                    self._plain_note(*write)
                else:
                    write()  # type: ignore[operator]
                    self._fresh, self._space = True, ""

    def later(self, write: Callable[[], None]) -> None:
        """Call *write*, which writes a note, once the block that is open has ended."""
        self._waiting.append(write)

    def text(self, text: str | None) -> int:
        """Write *text*, its white space collapsed; return where its characters begin."""
        out = self.out
        if not text:
            return out.at
        words = text.strip(WHITE)
        if not words:
            self._space = self._space or " "
            return out.at
        if "\n" in words or "  " in words or "\t" in words or "\r" in words or "\f" in words:
            bare = collapse(words)
        else:
            bare = words
        around = text is not words
        if self._fresh:
            if "\t" in self._space:
                tabs = self._space.count("\t")
                self._begin()
                out.cell(tabs)
                self._written, self._space, around = True, "", False
            else:
                kind, label, level = self._next()
                start = begin_with(out, bare, kind, label, level)
                self._fresh = self._joined = False
                self._written = not bare.isspace()
                self._space = " " if around and text[-1] != bare[-1] else ""
                if self._first is None:
                    self._first = start
                return start
        if not self._written:
            start = out.put(bare)
            self._written = not bare.isspace()
        else:
            lead = self._space or (" " if around and text[0] != bare[0] else "")
            if self._joined and lead == "\n":
                start = out.put(lead)
                out.replace_searched(Span(start, out.at))
                lead = ""
            if out.gap or not out.begun:
                start = out.put(lead + bare) + len(lead)
            else:  # as ``put`` would, without the call
                start = out.at + len(lead)
                out.at = start + len(bare)
                out.pieces.append(lead + bare if lead else bare)
        self._joined = False
        self._space = " " if around and text[-1] != bare[-1] else ""
        if self._first is None:
            self._first = start
        return start

    def spanning(self, write: Callable[[], None]) -> Span:
        """Call *write*; return where the characters that it wrote stand."""
        outer, self._first = self._first, None
        write()
        start, end = self._first, self.out.at
        self._first = start if outer is None else outer
        return Span(end, end) if start is None else Span(start, end)

    @property
    def parted(self) -> bool | None:
        """Whether white space stands before what is written next; ``None`` if it opens a block."""
        return None if self._fresh else bool(self._space)

    @property
    def in_block(self) -> bool:
        """Whether what is written next is part of a block, or of a note, that has begun."""
        return self._blocks > 0 or self._in_note

    def place(self) -> int:
        """Where a word would stand that belongs here and is not written."""
        if self._fresh:
            self._begin()
        return self.out.next

    def sign(self, text: str) -> None:
        """Write *text*, an editor's sign that is shown, and not searched."""
        start = self.text(text)
        self.out.replace_searched(Span(start, self.out.at))

    def line(self, *, joined: bool = False) -> None:
        """A new line begins, if anything follows in the block.

        With *joined* it begins inside a word, which is searched as one.
        """
        self._space, self._joined = "\n", joined

    def cell(self, count: int = 1) -> None:
        """A new cell of a row begins; those before it keep their places though they are empty."""
        if not count:
            return
        line = "\n" if self._space[:1] == "\n" else ""
        self._space = line + "\t" * (self._space.count("\t") + count)

    def end_row(self) -> None:
        """A row ends, after each of whose cells ``cell`` was called; the next begins a line."""
        empty = self._space.count("\t") - 1
        if empty > 0 and not self._fresh and self._space[:1] == "\t":
            self.out.cell(empty)
        self._space = "\n"

    def mark(self, key: Hashable, label: str) -> None:
        """The mark of the note *key*, which the format numbers *label*."""
        if self._fresh:
            self._begin()
        self._written = True
        self.out.mark(key, label)

    def page(self, label: str, number: int | None = None, image: str = "") -> None:
        """A page begins here, in the middle of a block or between two."""
        parted = not self._fresh and self._written and self._space
        self.out.page(label, number, after=len(parted or ""), image=image)

    def note(
        self, key: Hashable, label: str, write: Callable[[], object] | str, *, numbered: bool = True
    ) -> None:
        """A note, whose words *write* is or writes; *numbered*, its number goes before them."""
        if isinstance(write, str):
            self._plain_note(key, label, write, numbered)
            return
        self.out.note(key, label, numbered=numbered)
        self._fresh, self._written, self._space = False, False, ""
        outer, self._in_note = self._in_note, True
        write()
        self._in_note = outer
        self._fresh, self._space = True, ""

    def _plain_note(self, key: Hashable, label: str, words: str, numbered: bool) -> None:
        """A note of *words* alone, as ``note`` writes it in twice the time."""
        if bare := _set(words.strip(WHITE)).lstrip():
            start = write_note(self.out, key, label, bare, numbered=numbered)
            if self._first is None:
                self._first = start
            self._joined = False
        else:
            self.out.note(key, label, numbered=numbered)
        self._fresh, self._space = True, ""

    def _begin(self) -> None:
        self.out.begin(*self._next())
        self._fresh, self._written, self._space = False, False, ""

    def _next(self) -> tuple[BlockKind | None, str | None, int | None]:
        """Kind, label and level of the block that begins."""
        kind, label, level, division = self._within[-1] if self._within else _OUTSIDE
        if kind is BlockKind.LIST_ITEM:  # what follows a block within it bears no number
            self._within[-1] = (kind, None, level, division)
        return kind, label, level


def annotate(flow: Flow, key: Hashable, label: str, words: str, *, numbered: bool) -> None:
    """``mark``, and ``later`` a ``note`` of *words* alone, in half their time."""
    if flow._fresh:
        flow._begin()
    flow._written = True
    flow.out.mark(key, label)
    flow._waiting.append((key, label, words, numbered))


def _set(words: str) -> str:
    """*words* with their white space collapsed, which few need."""
    if "\n" in words or "  " in words or "\t" in words or "\r" in words or "\f" in words:
        return collapse(words)
    return words
