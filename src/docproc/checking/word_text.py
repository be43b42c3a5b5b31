"""The characters of a DOCX's main part, each with its place among the bytes of the part.

Read by expat, which tells where in the bytes each piece stands: so a comment can be anchored by
bytes put in between, and all that the author's word processor wrote stays as it is.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import field
from xml.parsers import expat

from docproc.dataclass_on_use import dataclass
from docproc.errors import SourceError

_NAMESPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_GONE = ("del", "moveFrom", "txbxContent", "Fallback", "instrText", "delText", "rt")
"""Elements whose characters a comment cannot stand at."""
_DECLARED = re.compile(rb"\s*<\?xml[^>]*encoding=[\"']([\w.-]+)[\"']")
DEEPEST = 400


@dataclass(frozen=True, slots=True)
class WordPlace:
    """A place between two characters: the byte, and the format of the run that it is in."""

    byte: int
    form: bytes


@dataclass(slots=True)
class WordText:
    """The characters of a main part, and the marks of its notes.  Raises ``SourceError``."""

    data: bytes
    letters: str = ""
    prefix: str = "w:"
    notes: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)
    """The runs, from byte to byte, that mark the notes: by kind and number, from 1."""
    first: tuple[int, int] | None = None
    """The first run, from byte to byte."""
    _starts: list[int] = field(default_factory=list)
    """Of each piece of characters, how many letters stand before it."""
    _pieces: list[tuple[int, str, bytes]] = field(default_factory=list)
    """The byte, the characters, and the format of the run of each piece."""

    def __post_init__(self) -> None:
        declared = _DECLARED.match(self.data[:200])
        if declared and declared[1].lower() not in (b"utf-8", b"us-ascii"):
            code = declared[1].decode()
            raise SourceError(f"its main part is in {code}; save it again in Word or LibreOffice")
        _Reader(self).read()

    def find(self, wanted: str, start: int = 0) -> int | None:
        """Where the letters of *wanted* stand, from letter *start* on, else from the beginning."""
        letters = letters_of(wanted)
        if not letters:
            return None
        at = self.letters.find(letters, start)
        at = at if at >= 0 else self.letters.find(letters)
        return None if at < 0 else at

    def before(self, letter: int) -> WordPlace:
        """The place before *letter*."""
        return self._place(letter, after=False)

    def after(self, letter: int) -> WordPlace:
        """The place after *letter*."""
        return self._place(letter, after=True)

    def _place(self, letter: int, *, after: bool) -> WordPlace:
        number = bisect_right(self._starts, letter) - 1
        byte, text, form = self._pieces[number]
        left = letter - self._starts[number]
        for place, character in enumerate(text):
            if not character.isalnum():
                continue
            if left == 0:
                own = place + after
                if not self.data.startswith(text[:own].encode(), byte):  # a reference to it
                    return WordPlace(self.data.index(b";", byte) + 1 if after else byte, form)
                return WordPlace(byte + len(text[:own].encode()), form)
            left -= 1
        raise SourceError("its text changed while it was read")  # pragma: no cover


def letters_of(text: str) -> str:
    """The letters and figures of *text* alone, which no word processor's breaks part."""
    return "".join(filter(str.isalnum, text))


@dataclass(slots=True)
class _Reader:
    out: WordText
    _open: list[str] = field(default_factory=list)
    _gone: int = 0
    _run: int = -1
    _form: bytes = b""
    _form_from: int = -1
    _in_text: bool = False
    _mark: tuple[str, str] | None = None
    _counts: dict[str, int] = field(default_factory=dict)
    _letters: list[str] = field(default_factory=list)
    _count: int = 0

    def read(self) -> None:
        parser = expat.ParserCreate()
        parser.buffer_text = False
        parser.StartElementHandler = lambda name, given: self._start(parser, name, given)
        parser.EndElementHandler = lambda _: self._end(parser)
        parser.CharacterDataHandler = lambda text: self._text(parser, text)
        parser.StartDoctypeDeclHandler = _refuse
        try:
            parser.Parse(self.out.data, True)
        except expat.ExpatError as error:
            raise SourceError(f"its main part is not XML: {error}") from None
        self.out.letters = "".join(self._letters)

    def _start(self, parser: expat.XMLParserType, name: str, given: dict[str, str]) -> None:
        if not self._open:
            self._note_prefix(given)
        local = name.rpartition(":")[2]
        self._open.append(local)
        if len(self._open) > DEEPEST:
            raise SourceError(f"its main part is nested more than {DEEPEST} deep")
        if local in _GONE:
            self._gone += 1
        elif local == "r" and not self._gone and name == f"{self.out.prefix}r":
            self._run, self._form, self._mark = parser.CurrentByteIndex, b"", None
        elif local == "rPr" and self._open[-2:-1] == ["r"]:
            self._form_from = parser.CurrentByteIndex
        elif local in ("footnoteReference", "endnoteReference") and not self._gone:
            kind = local.removesuffix("Reference")
            if given.get(f"{self.out.prefix}customMarkFollows", "0") not in ("1", "true", "on"):
                self._counts[kind] = self._counts.get(kind, 0) + 1
                self._mark = kind, str(self._counts[kind])
        self._in_text = local == "t" and not self._gone and name == f"{self.out.prefix}t"

    def _end(self, parser: expat.XMLParserType) -> None:
        local = self._open.pop()
        self._in_text = False
        byte = parser.CurrentByteIndex
        if local in _GONE:
            self._gone -= 1
        elif local == "rPr" and self._form_from >= 0:
            end = self.out.data.index(b">", byte) + 1
            self._form = self.out.data[self._form_from : end]
            self._form_from = -1
        elif local == "r" and self._run >= 0 and not self._gone:
            run = self._run, self.out.data.index(b">", byte) + 1
            self.out.first = self.out.first or run
            if self._mark:
                self.out.notes.setdefault(self._mark, run)
            self._run, self._mark = -1, None

    def _text(self, parser: expat.XMLParserType, text: str) -> None:
        if not self._in_text or self._run < 0:
            return
        letters = letters_of(text)
        if letters:
            self.out._starts.append(self._count)
            self.out._pieces.append((parser.CurrentByteIndex, text, self._form))
            self._letters.append(letters)
            self._count += len(letters)

    def _note_prefix(self, given: dict[str, str]) -> None:
        """The prefix that the root binds to the namespace of Word."""
        for name, value in given.items():
            if value in _NAMESPACES and name.startswith("xmlns:"):
                self.out.prefix = f"{name.removeprefix('xmlns:')}:"
                return
        raise SourceError("its main part is not as Word writes it; save it again in Word")


def _refuse(*_: object) -> None:
    raise SourceError("its main part has a document type, which this format forbids")
