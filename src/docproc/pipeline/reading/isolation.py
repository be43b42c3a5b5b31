"""Isolation: which files are read in this process, and which in one of their own.

A parser says with ``isolated = False`` that it is plain Python whose time and memory are
bounded by the size of the file.  Small files of such parsers, while they are few, are read
here, for a worker takes longer to start than they take to read; all others go to workers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from docproc.dataclass_on_use import dataclass
from docproc.errors import Encrypted, SourceError
from docproc.formats.sniffing import BEGINNING_BYTES, head_of
from docproc.pipeline.reading.parse import media_type
from docproc.pipeline.reading.read import Reader, Reading, load
from docproc.pipeline.reading.worker_messages import Drawing, Job, Reply
from docproc.pipeline.scan import FoundFile
from docproc.records import Document, DrawnPage, SourceFile

if TYPE_CHECKING:
    from docproc.pipeline.reading.workers import Workers

_FEW = 48
"""Files; two workers start in the time that about so many letters take to read."""

_SMALL = 256_000
"""Bytes; a larger file is worth a worker's start."""

_SMALL_TO_PARSE = 8_000_000
"""Bytes; for parsing alone, to verify a quotation, which costs little more than decoding."""


@dataclass(slots=True)
class Readings:
    """Reads the files of a run, or one again to verify it; close it when done."""

    make_reader: Callable[[], Reader]
    make_workers: Callable[[], Workers]
    _reader: Reader | None = None
    _workers: Workers | None = field(default=None, repr=False)

    def each(self, files: Sequence[FoundFile]) -> Iterator[tuple[FoundFile, Reading | SourceError]]:
        """What came of each of *files*, in their order."""
        if len(files) <= _FEW:
            for found in files:
                yield found, self.one(found)
            return
        replies = self._working().each(_job(found) for found in files if not found.obstacle)
        for found in files:
            if found.obstacle:
                yield found, SourceError(found.obstacle)
            else:
                yield found, _outcome(next(replies))

    def one(self, found: FoundFile) -> Reading | SourceError:
        """What came of one file."""
        if found.obstacle:
            return SourceError(found.obstacle)
        try:
            if found.size <= _SMALL:
                source, data = load(found)
                if not self._isolated(source, data):
                    return self._here().read(source, data, found.file)
        except SourceError as error:
            return error
        except MemoryError:  # a worker says so in words
            pass
        return _outcome(self._working().one(_job(found)))

    def choose_parser(self, found: FoundFile) -> str | None:
        """The name of the parser that takes a file, by its name and the first bytes of it."""
        try:
            with found.file.open("rb") as stream:
                head = head_of(stream.read(BEGINNING_BYTES))
            source = SourceFile(found.path, media_type(found.path), found.size, "")
            return self._here().choose(source, head)[0]
        except (OSError, SourceError):
            return None

    def unlock(self, found: FoundFile, passwords: Sequence[str]) -> Reading | SourceError:
        """What comes of a file that is encrypted, with *passwords* tried on it."""
        return _outcome(self._working().one(replace(_job(found), passwords=tuple(passwords))))

    def digest(self, found: FoundFile) -> str | None:
        """The hash of a file as it is now, and of those beside it that are read with it."""
        return self._here().digest(found)

    def parse(self, source: SourceFile, data: bytes, file: Path) -> list[Document]:
        """The documents of *source*, which lies at *file*; only parsed.  Raises ``SourceError``."""
        _, parser = self._here().choose(source, head_of(data))
        if is_harmless(parser, data):
            return self._here().parse(source, data, file)[1]
        return self.parse_apart(source, data, file)

    def parse_apart(self, source: SourceFile, data: bytes, file: Path) -> list[Document]:
        """The same, in a worker."""
        reply = self._working().one(Job(source=source, data=data, file=str(file)))
        if reply.cause is not None:
            raise SourceError(reply.cause)
        return [document for document, _ in reply.documents]

    def draw(
        self, source: SourceFile, data: bytes, drawing: Drawing
    ) -> tuple[tuple[DrawnPage, ...], bool]:
        """The pages drawn, in a worker, and whether there are more.  Raises ``SourceError``."""
        reply = self._working().one(Job(source=source, data=data, drawing=drawing))
        if reply.cause is not None:
            raise SourceError(reply.cause)
        return reply.pages, reply.more

    def close(self) -> None:
        """End the workers, whatever they are doing."""
        if self._workers is not None:
            self._workers.close()
            self._workers = None

    def __enter__(self) -> Readings:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _isolated(self, source: SourceFile, data: bytes) -> bool:
        _, parser = self._here().choose(source, head_of(data))
        return bool(getattr(parser, "isolated", True))

    def _here(self) -> Reader:
        if self._reader is None:
            self._reader = self.make_reader()
        return self._reader

    def _working(self) -> Workers:
        if self._workers is None:
            self._workers = self.make_workers()
        return self._workers


def is_harmless(parser: object, data: bytes) -> bool:
    """Whether *parser* may parse *data* in this process."""
    return len(data) <= _SMALL_TO_PARSE and not getattr(parser, "isolated", True)


def _job(found: FoundFile) -> Job:
    return Job(path=found.path, file=str(found.file), size=found.size)


def _outcome(reply: Reply) -> Reading | SourceError:
    if reply.cause is not None or reply.source is None:
        kind = Encrypted if reply.encrypted else SourceError
        return kind(reply.cause or "nothing came of it")
    return Reading(
        reply.source,
        reply.parser,
        reply.documents,
        reply.unread,
        reply.encrypted,
        reply.nested,
        reply.beside,
    )
