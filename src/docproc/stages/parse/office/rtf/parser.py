"""RTF to a document: text, then notes and comments, then what runs over every page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from docproc.config import Limits
from docproc.dataclass_on_use import dataclass
from docproc.errors import SourceError
from docproc.records import BlockKind, Document, Metadata, SourceFile, Unread
from docproc.stages.parse.office.rtf.reader import RtfReader
from docproc.stages.parse.office.rtf.words import AUTHOR
from docproc.text.encoding.damage import MARK

Note = tuple[str, str, str, bool]


@dataclass(frozen=True, slots=True)
class RtfParser:
    """Reads what word processors write as RTF; deletions that are tracked are left out."""

    limits: Limits

    def confidence(self, source: SourceFile, head: bytes) -> float:
        """By the signature, or else by suffix."""
        if head.lstrip().startswith(b"{\\rtf"):
            return 0.95
        return 0.3 if source.suffix == ".rtf" else 0.0

    def parse(self, source: SourceFile, data: bytes) -> Iterable[Document | Unread]:
        """Yield the one document of *source*; raises ``SourceError`` where it is no RTF."""
        if not data.lstrip().startswith(b"{\\rtf"):
            raise SourceError("it is not RTF: it does not begin with {\\rtf")
        reader = RtfReader(self.limits.nesting)
        reader.read(data)
        composer = reader.composer
        for number, (_, label, words, numbered) in _in_order(reader.notes):
            composer.note(number, label, numbered=numbered)
            composer.write(words)
        for words in reader.running:
            if any(map(str.isalpha, words)):
                composer.begin(BlockKind.FURNITURE)
                composer.write(words)
        other = [
            (f"file's {name}", " ".join(value.split()))
            for name, value in reader.properties.items()
            if value.strip() and name != AUTHOR
        ]
        if reader.insertions:
            other.append(("tracked insertions", str(reader.insertions)))
        if reader.deletions:
            other.append(("tracked deletions", str(reader.deletions)))
        if not composer.at:
            raise SourceError("it has no text")
        yield composer.document(source, metadata=Metadata(other=tuple(other)))
        if reader.unreadable:
            count = f"{reader.unreadable} characters" if reader.unreadable > 1 else "1 character"
            yield Unread("its characters", f"{count} cannot be read; a {MARK} stands for each")


def make(settings: Mapping[str, Any]) -> RtfParser:
    """The factory; there are no settings."""
    return RtfParser(settings.get("limits", Limits()))


def _in_order(notes: list[Note]) -> Iterator[tuple[int, Note]]:
    """Footnotes, then endnotes, then comments, each with its number among all."""
    for kind in ("footnote", "endnote", "comment"):
        for number, note in enumerate(notes, 1):
            if note[0] == kind:
                yield number, note
