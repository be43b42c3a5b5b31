"""The parser of Org: headings, lists, tables, notes, as they are exported; drawers are no text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from functools import partial
from typing import Any, ClassVar

from docproc.dataclass_on_use import dataclass
from docproc.errors import SourceError
from docproc.formats.prose import Prose
from docproc.formats.spliced import Inclusion, included_names, insert_inclusions
from docproc.records import BlockKind, Document, Mention, Metadata, SourceFile, StatedDate, Unread
from docproc.references import parse_date
from docproc.text.encoding.decoding import decode, looks_like_text
from docproc.text.patterns import compile_on_use

_HEADING = compile_on_use(
    r"(\*+)[ \t]+(?:(?:TODO|DONE|NEXT|WAIT(?:ING)?)[ \t]+)?(?:\[#\w\][ \t]+)?(.*)"
)
_TAGS = compile_on_use(r"[ \t]+:[\w@#%:]+:[ \t]*$")
_KEYWORD = compile_on_use(r"#\+(\w+):[ \t]*(.*)", re.I)
_BLOCK = compile_on_use(r"[ \t]*#\+begin_(\w+)\b.*", re.I)
_BLOCK_END = compile_on_use(r"[ \t]*#\+end_\w+[ \t]*", re.I)
_DRAWER = compile_on_use(r"[ \t]*:[\w-]+:[ \t]*")
_DRAWER_END = compile_on_use(r"[ \t]*:end:[ \t]*", re.I)
_PLANNED = compile_on_use(r"[ \t]*(?:SCHEDULED|DEADLINE|CLOSED|CLOCK):.*")
_POINT = compile_on_use(
    r"([ \t]*)(?:[-+]|(?<=[ \t])\*|(\d+|[A-Za-z])[.)])[ \t]+(?:\[[ X-]\][ \t]+)?(.*)"
)
_ROW = compile_on_use(r"[ \t]*\|(.*)")
_RULE = compile_on_use(r"[ \t]*(?:\|[-+|]+|-{5,})[ \t]*")
_COMMENT = compile_on_use(r"[ \t]*#(?:[ \t].*)?")
_NOTE = compile_on_use(r"\[fn:([\w-]+)\][ \t]*(.*)")
_INLINE = compile_on_use(
    r"\[fn:([\w-]*)(?::((?:[^\[\]]|\[\[[^\]]*\](?:\[[^\]]*\])?\]|\[[^\[\]]*\])*))?\]"
    r"|\[\[([^\]\n]+)\](?:\[([^\]\n]+)\])?\]"
    r"|(?<![\w])([*/_+=~])(\S|\S[^\n]{0,400}?\S)\5(?![\w])"
)
_VERBATIM = ("src", "example", "export")
_INCLUDED = compile_on_use(
    r"""(?im)^[ \t]*\#\+include:[ \t]*(?:"([^"\n]+)"|([^\s"]+))[ \t]*([^\n]*)$"""
)
_RANGE = compile_on_use(r""":lines[ \t]+"?(\d*)-(\d*)"?""")
_STAMP = compile_on_use(r"[<\[](\d{4}-\d\d-\d\d)[^>\]]*[>\]]")
"""A day as Org writes it: ``<1921-05-03 Tue>``."""
_HEADS = ("title", "author", "date")


class OrgParser:
    """Reads Org as its own exports show it."""

    isolated: ClassVar[bool] = False

    def confidence(self, source: SourceFile, head: bytes) -> float:
        """By suffix: a star before a line may be anything."""
        if source.suffix == ".org":
            return 0.9 if looks_like_text(head) else 0.1
        return 0.0

    def names_beside(self, data: bytes) -> Sequence[str]:
        """The files that it includes."""
        return included_names(data, _inclusions)

    def parse(self, source: SourceFile, data: bytes) -> Iterable[Document | Unread]:
        """Yield the one document of *source*; raises ``SourceError``."""
        return self.parse_beside(source, data, {})

    def parse_beside(
        self, source: SourceFile, data: bytes, beside: Mapping[str, bytes]
    ) -> Iterable[Document | Unread]:
        """Yield the one document of *source*, with the files *beside* where it includes them."""
        decoded = decode(data)
        text, unread = insert_inclusions(decoded.text.replace("\r\n", "\n"), _inclusions, beside)
        writer = _Writer(Prose())
        writer.write(text.split("\n"))
        if not writer.out.composer.at:
            raise SourceError("it has no text")
        heads = writer.heads
        found = parse_date(_STAMP.sub(r"\1", heads["date"])) if heads.get("date") else None
        metadata = Metadata(
            title=Mention(heads["title"]) if heads.get("title") else None,
            sender=Mention(heads["author"]) if heads.get("author") else None,
            dates=(StatedDate(heads["date"], found.edtf, "metadata"),) if found else (),
            encoding=decoded.encoding,
        )
        yield writer.out.composer.document(source, metadata=metadata)
        yield from (*decoded.unread, *unread)


def make(_: Mapping[str, Any]) -> OrgParser:
    """The factory; there are no settings."""
    return OrgParser()


def _inclusions(text: str) -> Iterator[Inclusion]:
    """The keywords in *text* that include a file."""
    for found in _INCLUDED.finditer(text):
        name, _, wanted = (found[1] or found[2]).partition("::")
        shape = partial(_part, wanted=wanted, options=found[3])
        yield Inclusion(found.start(), found.end(), (name.removeprefix("file:"),), shape)


def _part(text: str, *, wanted: str, options: str) -> str | None:
    """What *options* choose of an included text, as the block that they name."""
    if wanted:  # a heading or an id within it
        return None
    if lines := _RANGE.search(options):
        first, last = (int(each) if each else None for each in lines.groups())
        text = "\n".join(text.split("\n")[(first or 1) - 1 : last and last - 1])
    kind = options.split(":", 1)[0].split()[:1]
    return f"#+begin_{kind[0]}\n{text}\n#+end_{kind[0]}" if kind else text


@dataclass(slots=True)
class _Writer:
    out: Prose
    heads: dict[str, str] = field(default_factory=dict)
    """What the file says of itself."""
    _defined: dict[str, list[str]] = field(default_factory=dict)
    """The words of the notes by their names."""
    _marked: list[tuple[str, str | None]] = field(default_factory=list)
    """The notes in the order of their first marks: name, and the words of one in the line."""
    _row: bool = False

    def write(self, lines: list[str]) -> None:
        """Write all *lines*, then the notes."""
        rest = iter(self._without_notes(lines))
        for line in rest:
            self._line(line, rest)
        for name in self._defined:
            if name not in (marked for marked, _ in self._marked):
                self._marked.append((name, None))
        number = 0
        while number < len(self._marked):  # a note may have notes
            name, words = self._marked[number]
            number += 1
            self.out.note(name, str(number))
            self._inline(words if words is not None else "\n".join(self._defined.get(name, [])))

    def _without_notes(self, lines: list[str]) -> Iterator[str]:
        """*lines* but those that define notes: up to two blank ones, a heading or another note."""
        name, blank = "", False
        for line in lines:
            found = _NOTE.match(line)
            empty = not line.strip()
            if found:
                name = found[1]
                self._defined[name] = [found[2]]
            elif name and not (empty and blank) and not _HEADING.match(line):
                self._defined[name].append(line.strip())
            else:
                name = ""
                yield line
            blank = empty

    def _line(self, line: str, rest: Iterator[str]) -> None:
        row, self._row = self._row, False
        if not line.strip() or _PLANNED.fullmatch(line) or _COMMENT.fullmatch(line):
            self.out.end()
        elif heading := _HEADING.fullmatch(line):
            self.out.open(BlockKind.HEADING, level=len(heading[1]))
            self._inline(_TAGS.sub("", heading[2]))
            self.out.end()
        elif block := _BLOCK.fullmatch(line):
            self._block(block[1].lower(), rest)
        elif keyword := _KEYWORD.match(line):
            self._keyword(keyword[1].lower(), keyword[2].strip())
        elif _DRAWER.fullmatch(line):
            for inner in rest:
                if _DRAWER_END.fullmatch(inner) or _HEADING.fullmatch(inner):
                    break
        elif _RULE.fullmatch(line):
            self._row = row
        elif cells := _ROW.fullmatch(line):
            self._cells(cells[1].rstrip().removesuffix("|").split("|"), first=not row)
        elif point := _POINT.fullmatch(line):
            label = point[2] or None
            self.out.open(BlockKind.LIST_ITEM, label=label, sign=f"{label}. " if label else "• ")
            self._inline(point[3])
        else:
            self._inline(f" {line.strip()}")

    def _keyword(self, name: str, words: str) -> None:
        if name in _HEADS and words:
            self.heads.setdefault(name, words)  # a file that is included has its own
            kind = BlockKind.HEADING if name == "title" else BlockKind.PARAGRAPH
            self.out.open(kind, level=1 if name == "title" else None)
            self._inline(words)
            self.out.end()
        elif name == "caption" and words:
            self.out.open()
            self._inline(words)
            self.out.end()

    def _block(self, name: str, rest: Iterator[str]) -> None:
        lines = []
        for line in rest:
            if _BLOCK_END.fullmatch(line):
                break
            lines.append(line)
        self.out.end()
        if name == "comment":
            return
        if name in _VERBATIM:
            self.out.verbatim("\n".join(lines))
        else:
            for line in lines:
                if not line.strip():
                    self.out.end()
                    continue
                self._inline(f" {line.strip()}")
                if name == "verse":
                    self.out.line()
        self.out.end()

    def _cells(self, cells: list[str], *, first: bool) -> None:
        self.out.open(gap="\n\n" if first else "\n")
        for place, cell in enumerate(cells):
            self.out.cell(1 if place else 0)
            self._inline(cell.strip())
        self.out.end()
        self._row = True

    def _inline(self, text: str) -> None:
        """Write *text* without the marks of emphasis, links by their words, notes as marks."""
        at = 0
        for found in _INLINE.finditer(text):
            self.out.words(text[at : found.start()])
            at = found.end()
            if found[5]:
                if found[5] in "=~":
                    self.out.words(found[6])
                else:
                    self._inline(found[6])
            elif found[3]:
                self.out.words(found[4] or found[3].removeprefix("file:"))
            else:
                self._mark(found[1], found[2])
        self.out.words(text[at:])

    def _mark(self, name: str, words: str | None) -> None:
        key = name or f"\0{len(self._marked) + 1}"
        known = [marked for marked, _ in self._marked]
        if key not in known:
            self._marked.append((key, words))
            known.append(key)
        self.out.mark(key, str(known.index(key) + 1))
