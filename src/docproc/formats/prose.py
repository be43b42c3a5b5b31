"""Prose: words that come in pieces, set into blocks with the white space that is printed."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import field

from docproc.dataclass_on_use import dataclass
from docproc.formats.composer import Composer
from docproc.formats.white_space import collapse
from docproc.records import BlockKind


@dataclass(slots=True)
class Prose:
    """Writes to ``composer``: a paragraph begins with its first word, if nothing else is open."""

    composer: Composer = field(default_factory=Composer)
    fresh: bool = True
    """Whether the next word begins a paragraph."""
    _in_note: bool = False
    _line_waits: bool = False
    _space: bool = False
    _lead: bool = True
    """Whether nothing is written yet of the block, the line or the cell that is open."""

    def open(
        self,
        kind: BlockKind | None = BlockKind.PARAGRAPH,
        *,
        label: str | None = None,
        level: int | None = None,
        gap: str = "\n\n",
        sign: str = "",
    ) -> None:
        """Begin a block, with *sign* before its words."""
        self._in_note = self._line_waits = False
        self.composer.begin(kind, label=label, level=level, gap=gap)
        self.composer.put(sign)
        self.fresh, self._space, self._lead = False, False, True

    def end(self) -> None:
        """What is written next begins a paragraph, or in a note, which is one block, a line."""
        if self._in_note:
            self._line_waits = not self._lead
        else:
            self.fresh = True

    def words(self, text: str) -> None:
        """Add *text*, its white space collapsed."""
        text = collapse(text)
        bare = text.strip(" ")
        if not bare:
            self._space = self._space or bool(text)
            return
        self._begin()
        self._part(before=text[0] == " ")
        self.composer.put(bare)
        self._space, self._lead = text[-1] == " ", False

    def line(self) -> None:
        """What is written next begins a line in the block that is open."""
        self.composer.break_line()
        self._space, self._lead = False, True

    def verbatim(self, text: str) -> None:
        """Add *text* with its lines as they stand."""
        for line in text.strip("\n").split("\n"):
            if line.strip():
                self._begin()
                self.composer.put(line.rstrip())
            self.line()

    def cell(self, count: int) -> None:
        """Begin a cell of a row, *count* tabs after the last one."""
        self.composer.cell(count)
        self._space, self._lead = False, True

    def mark(self, key: Hashable, label: str) -> None:
        """Write the mark of the note *key*."""
        self._begin()
        self._part()
        self.composer.mark(key, label)
        self._lead = False

    def note(self, key: Hashable, label: str) -> None:
        """Begin the note *key*."""
        self.composer.note(key, label)
        self._in_note, self._line_waits = True, False
        self.fresh, self._space, self._lead = False, False, True

    def _begin(self) -> None:
        if self.fresh:
            self.open()
        if self._line_waits:
            self._line_waits = False
            self.line()

    def _part(self, *, before: bool = False) -> None:
        """Write the space that waits, except for one that would open a block, a line or a cell."""
        if (self._space or before) and not self._lead:
            self.composer.put(" ")
        self._space = False
