"""Reads RTF token by token and writes what stands between the codes."""

from __future__ import annotations

from collections import Counter
from dataclasses import field, replace
from typing import Any

from docproc.dataclass_on_use import dataclass
from docproc.errors import SourceError
from docproc.formats.composer import Composer
from docproc.formats.numerals import BULLET_OF_SYMBOL, numeral
from docproc.records import BlockKind, Span
from docproc.stages.parse.office.rtf.characters import Fonts, marks
from docproc.stages.parse.office.rtf.states import Aside, RtfState
from docproc.stages.parse.office.rtf.words import (
    AUTHOR,
    BOXES,
    ESCAPED,
    GONE,
    HAS_PAGE,
    LINES,
    MARGINS,
    NEVER,
    NOTES,
    NUMBERINGS,
    READ,
    SIGNS,
    outline_levels,
    own_mark,
    tokens,
)
from docproc.text.encoding.damage import MARK


@dataclass(slots=True)
class RtfReader:
    """Goes through the tokens and writes what stands between them."""

    deepest: int
    """How many groups may lie in one another."""
    composer: Composer = field(default_factory=Composer)
    notes: list[tuple[str, str, str, bool]] = field(default_factory=list)
    """Kind, label and words of each note, in the order of the marks, and whether it is numbered."""
    running: list[str] = field(default_factory=list)
    """The headers and footers that are no letterhead."""
    properties: dict[str, str] = field(default_factory=dict)
    insertions: int = 0
    deletions: int = 0
    unreadable: int = 0
    """Characters that could not be read."""
    _data: bytes = b""
    _at: int = 0
    _states: list[RtfState] = field(default_factory=lambda: [RtfState()])
    _fonts: Fonts = field(default_factory=Fonts)
    _bytes: bytearray = field(default_factory=bytearray)
    _asides: list[Aside] = field(default_factory=list)
    """Those that are open: a note, and a box in it."""
    _boxes: list[Aside] = field(default_factory=list)
    """Those that wait for the end of the paragraph that they are anchored in."""
    _starred: bool = False
    _ignore: int = 0
    _levels: dict[int, int] = field(default_factory=dict)
    _level: int | None = None
    _in_table: bool = False
    _rows: int = 0
    _cells: int = 0
    """How many cells have ended in the row since words were written."""
    _place: int = 0
    _merged: list[bool] = field(default_factory=list)
    """Of each cell of the row, whether it is one with the cell before it."""
    _merges: bool = False
    _fresh: bool = True
    _drop: bool = False
    """Whether the paragraph is the drop capital of the next one."""
    _high: int = 0
    _listed: bool = False
    """Whether points have their numbers in the way of Word since 1997, beside the old one."""
    _auto: bool = False
    """Whether the number of a note was asked for since the last one."""
    _last: tuple[str, int] = ("", 0)
    """What was written last, and where it begins."""
    _forms: dict[str, str] = field(default_factory=dict)
    """How notes of each kind are numbered, where not in figures."""
    _counts: Counter[str] = field(default_factory=Counter)
    """How many notes of each kind there were."""

    @property
    def _state(self) -> RtfState:
        return self._states[-1]

    @property
    def _aside(self) -> Aside | None:
        return self._asides[-1] if self._asides else None

    def read(self, data: bytes) -> None:
        """Read *data*.  Raises ``SourceError`` where its groups are nested too deeply."""
        self._data = data
        self._listed = b"\\listtext" in data
        self._levels = outline_levels(data)
        for token in tokens(data):
            kind = "word" if token["word"] else token.lastgroup
            if kind not in ("hex", "text"):
                self._flush()
            if kind == "brace":
                self._at = token.start()
                self._brace(token["brace"] == b"{")
            elif kind == "word":
                self._at = token.start()
                value = int(token["value"]) if token["value"] else None
                self._word(token["word"], value)
            elif kind == "hex":
                self._add_encoded(bytes.fromhex(token["hex"].decode("ascii")))
            elif kind == "sign":
                self._sign(token["sign"])
            elif kind == "text":
                self._add_encoded(token["text"])
        self._flush()
        while self._asides:
            self._end_aside()
        self._write_boxes()

    def _sign(self, sign: bytes) -> None:
        self._starred = sign == b"*"
        if sign in (b"\n", b"\r"):  # as it ends a paragraph in what macOS writes
            self._layout(b"par", None)
        else:
            self._write(ESCAPED.get(sign, ""))

    def _brace(self, opens: bool) -> None:
        self._starred, self._ignore = False, 0
        if opens:
            if len(self._states) > self.deepest:
                raise SourceError(
                    f"its groups are nested more than {self.deepest} deep (limits.nesting)"
                )
            state = self._state
            self._states.append(replace(state, choice=0) if state.choice else state)
            if state.choice == 1:
                self._states[-2] = replace(state, choice=2)
                self._set(gone=True, never=True)
        elif len(self._states) > 1:
            self._states.pop()
            while self._asides and len(self._states) < self._asides[-1].depth:
                self._end_aside()

    def _word(self, word: bytes, value: int | None) -> None:
        starred, self._starred = self._starred, False
        if starred and word not in READ:
            self._set(gone=True)
            if word in GONE:
                self._set(never=self._state.never or word in NEVER)
                return
        if word == b"u" and value is not None:
            self._write(self._character(value % 65536))
            self._ignore = self._state.skip
        elif word == b"uc" and value is not None:
            self._set(skip=max(0, min(value, 8)))
        elif word == b"f" and value is not None:
            self._set(font=value)
        elif word in (b"fcharset", b"cpg") and None not in (value, self._state.font):
            set_ = self._fonts.set_charset if word == b"fcharset" else self._fonts.set_page_of
            set_(self._state.font or 0, value or 0)
        elif word == b"ansicpg" and value is not None:
            self._fonts.set_page(value)
        elif word in (b"mac", b"pc", b"pca"):
            self._fonts.page = {b"mac": "mac-roman", b"pc": "cp437", b"pca": "cp850"}[word]
        elif word == b"deff":
            self._fonts.default = value
        elif word == b"deleted":
            self.deletions += value != 0 and not self._state.deleted
            self._set(deleted=value != 0)
        elif word == b"revised":
            self.insertions += value != 0 and not self._state.inserted
            self._set(inserted=value != 0)
        elif word == b"v":
            self._set(hidden=value != 0)
        elif word == b"plain":
            self._set(deleted=False, inserted=False, hidden=False, font=self._fonts.default)
        elif word in (b"title", b"author", b"subject") and self._state.gone:
            self._set(field=word.decode("ascii"))
        elif word == b"atnauthor":
            self.properties.pop(AUTHOR, None)
            self._set(gone=True, field=AUTHOR)
        elif word in NUMBERINGS:
            kind, form = NUMBERINGS[word]
            self._forms[kind] = form
        elif word in GONE or (word == b"pntext" and self._listed):
            self._set(gone=True, never=self._state.never or word in NEVER)
        else:
            self._apart(word, value)

    def _apart(self, word: bytes, value: int | None) -> None:
        """What stands apart from the text around it, and the rest."""
        if word in (b"footnote", b"annotation") and not self._state.gone:
            if not any(each.kind in NOTES for each in self._asides):
                self._begin_aside("footnote" if word == b"footnote" else "comment")
        elif word == b"ftnalt" and self._aside and self._aside.kind == "footnote":
            self._aside.kind = "endnote"
        elif word == b"chftn":
            self._auto = True
        elif word in MARGINS and not self._state.gone:
            self._begin_aside(word.decode("ascii"))
        elif word in BOXES and not self._state.never:
            self._begin_aside("box")
        elif word == b"upr":
            self._set(choice=1)
        elif word in (b"dropcapli", b"dropcapt") and not self._aside:
            self._drop = True
        else:
            self._layout(word, value)

    def _layout(self, word: bytes, value: int | None) -> None:
        if word == b"outlinelevel" and value is not None and not self._asides:
            self._level = value + 1 if value < 9 else None
        elif word == b"s" and not self._asides and not self._state.gone:
            self._level = self._levels.get(value or 0)
        elif word == b"pard" and not self._asides:
            self._level, self._in_table, self._drop = None, False, False
        elif word == b"intbl" and not self._asides:
            self._in_table = True
        elif word in (b"par", b"sect", b"page", b"column"):
            self._end_paragraph()
        elif word in (b"trowd", b"clmrg", b"cellx"):
            self._define_row(word)
        elif word == b"cell" and self._in_table and not self._state.gone and not self._asides:
            self._cells += not any(self._merged[self._place : self._place + 1])
            self._place += 1
        elif word == b"cell":
            self._write("\t")
        elif word == b"row" and not self._state.gone and not self._asides:
            self._end_row()
        elif word in SIGNS:
            self._write(SIGNS[word])

    def _define_row(self, word: bytes) -> None:
        """What the row that begins says of its cells: which are one with the cell before them."""
        if word == b"trowd":
            self._merged = []
        elif word == b"clmrg":
            self._merges = True
        else:
            self._merged, self._merges = [*self._merged, self._merges], False

    def _end_paragraph(self) -> None:
        state = self._state
        if state.gone or state.deleted:
            return
        if self._aside:
            self._aside.pieces.append("\n")
        elif self._in_table:
            if not self._cells:
                self._write(" ")
        elif self._drop:
            self._drop = False
        else:
            self._fresh, self._rows = True, 0
            self._write_boxes()

    def _end_row(self) -> None:
        if not self._fresh and self._cells > 1:
            self.composer.cell(self._cells - 1)
        self._rows += not self._fresh
        self._fresh, self._cells, self._place = True, 0, 0

    def _set(self, **changes: Any) -> None:
        self._states[-1] = replace(self._state, **changes)

    def _add_encoded(self, data: bytes) -> None:
        if self._ignore:
            drop = min(self._ignore, len(data))
            self._ignore -= drop
            data = data[drop:]
        self._bytes += data

    def _flush(self) -> None:
        """Decode the bytes that wait, by the font that is set."""
        if not self._bytes:
            return
        read = self._fonts.read_unprinted if self._state.gone else self._fonts.read
        text = read(bytes(self._bytes), self._state.font)
        self._bytes.clear()
        if self._state.field:
            own = self.properties.get(self._state.field, "")
            self.properties[self._state.field] = own + text
        elif MARK in text and not self._state.gone:
            self.unreadable += marks(text)
        self._write(text)

    def _character(self, code: int) -> str:
        if 0xD800 <= code < 0xDC00:
            self._high = code
            return ""
        if 0xDC00 <= code < 0xE000:
            high, self._high = self._high, 0
            if not high:
                self.unreadable += 1
                return MARK
            return chr(0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00))
        if sign := self._fonts.sign(self._state.font, code):
            return sign
        if code == BULLET_OF_SYMBOL:
            return "•"
        return chr(code) if code >= 32 else ""

    def _write(self, text: str) -> None:
        state = self._state
        if not text or state.gone or state.deleted or state.hidden:
            return
        text = text.replace("\0", "")
        if self._aside:
            self._aside.pieces.append(text)
            return
        if self._fresh:
            if not text.strip():
                return
            if not self._in_table:
                self._write_boxes()
            self._fresh = False
            if self._in_table:
                gap = "\n" if self._rows else "\n\n"
                self.composer.begin(BlockKind.PARAGRAPH, gap=gap)
            elif self._level is not None:
                self.composer.begin(BlockKind.HEADING, level=self._level)
            else:
                self.composer.begin()
        if self._cells:
            if self._in_table and not text.strip():
                return
            self.composer.cell(self._cells)
            self._cells = 0
        self._last = text, self.composer.next
        self.composer.put(text)

    def _begin_aside(self, kind: str) -> None:
        self._asides.append(Aside(kind, len(self._states), self._at, leads=self._fresh))
        self._set(gone=False)

    def _end_aside(self) -> None:
        """Put away what stands apart when its group has ended."""
        aside = self._asides.pop()
        words = aside.words
        if not words:
            return
        if aside.kind in NOTES:
            self._end_note(aside.kind, words)
        elif self._asides:  # a box in a note
            self._asides[-1].pieces.append(f"\n{words}\n")
        elif aside.kind == "box":
            self._boxes.append(aside)
        else:
            self._end_margin(aside, words)

    def _end_margin(self, aside: Aside, words: str) -> None:
        """A header or a footer: a letterhead is text, if no text stands before it."""
        lines = words.split("\n")
        head = aside.kind == "headerf" or (
            aside.kind == "header"
            and b"\\titlepg" not in self._data
            and len(lines) >= LINES
            and not HAS_PAGE.search(self._data, aside.start, self._at)
        )
        if head and not self.composer.at:
            for line in lines:
                self.composer.begin()
                self.composer.write(line)
        elif words not in self.running:
            self.running.append(words)

    def _write_boxes(self) -> None:
        """Write the boxes that wait; those that did not stand before the words end no letter."""
        waiting, self._boxes = self._boxes, []
        for box in waiting:
            for line in box.words.split("\n"):
                self.composer.begin(None if box.leads else BlockKind.PARAGRAPH)
                self.composer.write(line)

    def _end_note(self, kind: str, words: str) -> None:
        """Keep a note, and write its mark into the text, or find the one that stands there."""
        auto, self._auto = self._auto, False
        written, start = self._last
        own = own_mark(written, words) if kind != "comment" and not auto else ""
        if own:
            at = start + len(written.rstrip()) - len(own)
            self.notes.append((kind, own, words, False))
            self.composer.anchor(len(self.notes), Span(at, at + len(own)))
            return
        self._counts[kind] += 1
        count = self._counts[kind]
        if kind == "comment":
            label = f"comment {count}"
            author = " ".join(self.properties.pop(AUTHOR, "").split())
            words = f"{author}: {words}" if author else words
        else:
            label = numeral(count, self._forms.get(kind, ""))
        self.notes.append((kind, label, words, kind != "comment"))
        if kind != "comment":
            self._fresh = False
            self.composer.mark(len(self.notes), label)
