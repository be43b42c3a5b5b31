"""The parser of RTF 1.9: paragraphs, headings, tables, footnotes and comments, any codepage."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from docproc.config import Limits
from docproc.errors import SourceError
from docproc.formats.composer import Composer
from docproc.formats.numerals import BULLET_OF_SYMBOL, numeral
from docproc.records import BlockKind, Document, Metadata, SourceFile

_TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<value>-?\d{1,10})? ?"
    rb"|\\'(?P<hex>[0-9a-fA-F]{2})"
    rb"|\\(?P<sign>[^a-zA-Z])"
    rb"|(?P<brace>[{}])"
    rb"|(?P<text>[^\\{}\r\n]+)"
    rb"|[\r\n]+|\\"
)
_GONE = frozenset(
    (
        b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pict", b"object", b"header", b"headerl",
        b"headerr", b"headerf", b"footer", b"footerl", b"footerr", b"footerf", b"ftnsep",
        b"ftnsepc", b"ftncn", b"aftnsep", b"aftnsepc", b"aftncn", b"fldinst", b"themedata",
        b"colorschememapping", b"datastore", b"latentstyles", b"listtable", b"listoverridetable",
        b"rsidtbl", b"generator", b"xmlnstbl", b"revtbl", b"bkmkstart", b"bkmkend", b"xe", b"tc",
        b"nonshppict", b"atnid", b"atntime", b"atnicn", b"atnref", b"atnparent",
        b"atndate", b"atrfstart", b"atrfend", b"datafield", b"filetbl", b"mmathPr",
    )
)  # fmt: skip
_READ = frozenset((b"footnote", b"annotation", b"listtext"))
"""Destinations whose words belong to the document."""
_SIGNS: Mapping[bytes, str] = {
    b"par": "", b"sect": "", b"page": "", b"line": "\n", b"tab": "\t", b"emdash": "—",
    b"endash": "–", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”",
    b"bullet": "•", b"emspace": "\u2003", b"enspace": "\u2002", b"cell": "\t", b"row": "",
}  # fmt: skip
_NUMBERINGS = {
    mark + written: (kind, form)
    for mark, kind in ((b"ftnn", "footnote"), (b"aftnn", "endnote"))
    for written, form in (
        (b"ar", "1"), (b"alc", "a"), (b"auc", "A"), (b"rlc", "i"), (b"ruc", "I"),
        (b"chi", "chicago"),
    )
}  # fmt: skip
_AUTHOR = "author of a comment"
_ESCAPED = {b"~": "\u00a0", b"_": "\u2011", b"-": "\u00ad", b"\\": "\\", b"{": "{", b"}": "}"}
_CHARSETS = {
    0: "cp1252", 77: "mac-roman", 128: "cp932", 129: "cp949", 134: "gb18030", 136: "cp950",
    161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257",
    204: "cp1251", 222: "cp874", 238: "cp1250", 255: "cp437",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _State:
    """What a group inherits from the one around it."""

    gone: bool = False
    deleted: bool = False
    inserted: bool = False
    hidden: bool = False
    font: int | None = None
    skip: int = 1
    """How many characters follow ``\\u`` for programs that do not know it."""
    field: str = ""
    """``"font"`` in the font table, ``"title"`` and so on in the document's properties."""


@dataclass(slots=True)
class _Note:
    kind: str
    depth: int
    pieces: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Reader:
    """Goes through the tokens and writes what stands between them."""

    deepest: int
    """How many groups may lie in one another."""
    composer: Composer = field(default_factory=Composer)
    notes: list[tuple[str, str, str]] = field(default_factory=list)
    """Kind, label and words of each note, in the order of the marks."""
    properties: dict[str, str] = field(default_factory=dict)
    insertions: int = 0
    deletions: int = 0
    _states: list[_State] = field(default_factory=lambda: [_State()])
    _fonts: dict[int, str] = field(default_factory=dict)
    _page: str = "cp1252"
    _default_font: int | None = None
    _bytes: bytearray = field(default_factory=bytearray)
    _note: _Note | None = None
    _starred: bool = False
    _ignore: int = 0
    _level: int | None = None
    _in_table: bool = False
    _rows: int = 0
    _fresh: bool = True
    _high: int = 0
    _listed: bool = False
    """Whether points have their numbers in the way of Word since 1997, beside the old one."""
    _forms: dict[str, str] = field(default_factory=dict)
    """How notes of each kind are numbered, where not in figures."""
    _counts: Counter[str] = field(default_factory=Counter)
    """How many notes of each kind there were."""

    @property
    def _state(self) -> _State:
        return self._states[-1]

    def read(self, data: bytes) -> None:
        self._listed = b"\\listtext" in data
        for token in _TOKEN.finditer(data):
            kind = token.lastgroup
            if kind == "value":
                kind = "word"
            if kind not in ("hex", "text"):
                self._flush()
            if kind == "brace":
                self._brace(token["brace"] == b"{")
            elif kind == "word":
                value = int(token["value"]) if token["value"] else None
                self._word(token["word"], value)
            elif kind == "hex":
                self._encoded(bytes.fromhex(token["hex"].decode("ascii")))
            elif kind == "sign":
                self._starred = token["sign"] == b"*"
                self._write(_ESCAPED.get(token["sign"], ""))
            elif kind == "text":
                self._encoded(token["text"])
        self._flush()
        self._end_note(0)

    def _brace(self, opens: bool) -> None:
        self._starred, self._ignore = False, 0
        if opens:
            if len(self._states) > self.deepest:
                raise SourceError(
                    f"its groups are nested more than {self.deepest} deep (limits.nesting)"
                )
            self._states.append(self._state)
        elif len(self._states) > 1:
            self._states.pop()
            self._end_note(len(self._states))

    def _word(self, word: bytes, value: int | None) -> None:
        starred, self._starred = self._starred, False
        if starred and word not in _READ:
            self._set(gone=True)
            if word in _GONE:
                return
        if word == b"u" and value is not None:
            self._write(self._character(value % 65536))
            self._ignore = self._state.skip
        elif word == b"uc" and value is not None:
            self._set(skip=max(0, min(value, 8)))
        elif word == b"f" and value is not None:
            self._set(font=value)
        elif word == b"fcharset" and value is not None and self._state.font is not None:
            self._fonts.setdefault(self._state.font, _CHARSETS.get(value, self._page))
        elif word == b"ansicpg" and value is not None:
            self._page = _known(f"cp{value}") or self._page
        elif word in (b"mac", b"pc", b"pca"):
            self._page = {b"mac": "mac-roman", b"pc": "cp437", b"pca": "cp850"}[word]
        elif word == b"deff":
            self._default_font = value
        elif word == b"deleted":
            self.deletions += value != 0 and not self._state.deleted
            self._set(deleted=value != 0)
        elif word == b"revised":
            self.insertions += value != 0 and not self._state.inserted
            self._set(inserted=value != 0)
        elif word == b"v":
            self._set(hidden=value != 0)
        elif word == b"plain":
            self._set(deleted=False, inserted=False, hidden=False, font=self._default_font)
        elif word in (b"title", b"author", b"subject") and self._state.gone:
            self._set(field=word.decode("ascii"))
        elif word == b"atnauthor":
            self.properties.pop(_AUTHOR, None)
            self._set(gone=True, field=_AUTHOR)
        elif word in _NUMBERINGS:
            kind, form = _NUMBERINGS[word]
            self._forms[kind] = form
        elif word in _GONE or (word == b"pntext" and self._listed):
            self._set(gone=True)
        elif word in (b"footnote", b"annotation") and not self._state.gone:
            self._begin_note("footnote" if word == b"footnote" else "comment")
        elif word == b"ftnalt" and self._note:
            self._note.kind = "endnote"
        elif word == b"bin":
            raise SourceError("it holds raw binary data (\\bin), which is not read")
        else:
            self._layout(word, value)

    def _layout(self, word: bytes, value: int | None) -> None:
        if word == b"outlinelevel" and value is not None and not self._note:
            self._level = value + 1 if value < 9 else None
        elif word == b"pard" and not self._note:
            self._level, self._in_table = None, False
        elif word == b"intbl" and not self._note:
            self._in_table = True
        elif word in (b"par", b"sect", b"page") and not self._state.gone:
            if self._note:
                self._note.pieces.append("\n")
            elif self._in_table:
                self._write(" ")
            else:
                self._fresh, self._rows = True, 0
        elif word == b"row" and not self._state.gone:
            self._fresh, self._rows = True, self._rows + 1
        elif word in _SIGNS:
            self._write(_SIGNS[word])

    def _set(self, **changes: Any) -> None:
        self._states[-1] = replace(self._state, **changes)

    def _encoded(self, data: bytes) -> None:
        if self._ignore:
            drop = min(self._ignore, len(data))
            self._ignore -= drop
            data = data[drop:]
        self._bytes += data

    def _flush(self) -> None:
        """Decode the bytes that wait, by the font that is set."""
        if not self._bytes:
            return
        encoding = self._fonts.get(self._state.font or 0, self._page)
        if self._state.font is None:
            encoding = self._page
        text = _decoded(bytes(self._bytes), encoding)
        self._bytes.clear()
        if self._state.field:
            known = self.properties.get(self._state.field, "")
            self.properties[self._state.field] = known + text
        self._write(text)

    def _character(self, code: int) -> str:
        if 0xD800 <= code < 0xDC00:
            self._high = code
            return ""
        if 0xDC00 <= code < 0xE000:
            high, self._high = self._high, 0
            paired = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
            if not high:
                raise SourceError(f"\\u{code - 0x10000} is half a character")
            return chr(paired)
        if code == BULLET_OF_SYMBOL:
            return "•"
        return chr(code) if code >= 32 else ""

    def _write(self, text: str) -> None:
        state = self._state
        if not text or state.gone or state.deleted or state.hidden:
            return
        text = text.replace("\0", "")
        if self._note:
            self._note.pieces.append(text)
            return
        if self._fresh:
            if not text.strip():
                return
            self._fresh = False
            if self._in_table:
                gap = "\n" if self._rows else "\n\n"
                self.composer.begin(BlockKind.PARAGRAPH, gap=gap)
            elif self._level is not None:
                self.composer.begin(BlockKind.HEADING, level=self._level)
            else:
                self.composer.begin()
        self.composer.write(text)

    def _begin_note(self, kind: str) -> None:
        if self._note is None:
            self._note = _Note(kind, len(self._states))
            self._set(gone=False)

    def _end_note(self, depth: int) -> None:
        """Put the note away when its group has ended, and its mark in the text."""
        if self._note is None or depth >= self._note.depth:
            return
        note, self._note = self._note, None
        words = re.sub(r"\n{2,}", "\n", "".join(note.pieces)).strip()
        if not words:
            return
        self._counts[note.kind] += 1
        count = self._counts[note.kind]
        if note.kind == "comment":
            label = f"comment {count}"
            author = " ".join(self.properties.pop(_AUTHOR, "").split())
            words = f"{author}: {words}" if author else words
        else:
            label = numeral(count, self._forms.get(note.kind, ""))
        self.notes.append((note.kind, label, words))
        if note.kind != "comment":
            self._fresh = False
            self.composer.mark(len(self.notes), label)


@dataclass(frozen=True, slots=True)
class RtfParser:
    """Reads what word processors write as RTF; deletions that are tracked are left out."""

    limits: Limits

    def confidence(self, source: SourceFile, head: bytes) -> float:
        """By the signature, or else by suffix."""
        if head.lstrip().startswith(b"{\\rtf"):
            return 0.95
        return 0.3 if source.suffix == ".rtf" else 0.0

    def parse(self, source: SourceFile, data: bytes) -> Iterable[Document]:
        """Yield the one document of *source*; raises ``SourceError`` where it is no RTF."""
        if not data.lstrip().startswith(b"{\\rtf"):
            raise SourceError("it is no RTF: it does not begin with {\\rtf")
        reader = _Reader(self.limits.nesting)
        reader.read(data)
        composer = reader.composer
        for number, (kind, label, words) in _in_order(reader.notes):
            composer.note(number, label, numbered=kind != "comment")
            composer.write(words)
        other = [
            (f"file's {name}", " ".join(value.split()))
            for name, value in reader.properties.items()
            if value.strip() and name != _AUTHOR
        ]
        if reader.insertions:
            other.append(("tracked insertions", str(reader.insertions)))
        if reader.deletions:
            other.append(("tracked deletions", str(reader.deletions)))
        if not composer.at:
            raise SourceError("it has no text")
        yield composer.document(source, metadata=Metadata(other=tuple(other)))


def make(settings: Mapping[str, Any]) -> RtfParser:
    """The factory; there are no settings."""
    return RtfParser(settings.get("limits", Limits()))


def _in_order(notes: list[tuple[str, str, str]]) -> Iterator[tuple[int, tuple[str, str, str]]]:
    """Footnotes, then endnotes, then comments, each with its number among all."""
    for kind in ("footnote", "endnote", "comment"):
        for number, note in enumerate(notes, 1):
            if note[0] == kind:
                yield number, note


def _known(encoding: str) -> str | None:
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        return None


def _decoded(data: bytes, encoding: str) -> str:
    """*data* in *encoding*, never with a sign made up for a byte that means nothing in it.

    Windows reads the few bytes that its single-byte code pages leave undefined as the control
    characters of that number, and so does this.  Raises ``SourceError`` for any other.
    """
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if not encoding.startswith("cp125"):
            raise SourceError(f"bytes that are no text in {encoding}: {error.reason}") from None
    return "".join(
        text if (text := data[at : at + 1].decode(encoding, "ignore")) else chr(data[at])
        for at in range(len(data))
    )
