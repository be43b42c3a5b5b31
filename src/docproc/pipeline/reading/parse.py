"""Parse: a source file to documents, and the files within it in their turn, within bounds."""

from __future__ import annotations

import errno
import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import field, fields, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from docproc.config import Limits
from docproc.dataclass_on_use import dataclass
from docproc.errors import DocprocError, Encrypted, SourceError, interrupts
from docproc.formats.sniffing import head_of
from docproc.hooks.protocols import ReadsBeside
from docproc.pipeline.reading.files_beside import FilesBeside, digest_of
from docproc.pipeline.reading.soundness import find_document_error
from docproc.records import Child, Document, SourceFile, Unread
from docproc.text.calls import trace_call
from docproc.text.output import aside

if TYPE_CHECKING:
    from mimetypes import MimeTypes

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)  # for what a library unpacks, say


class Parses(Protocol):
    """What reading asks of a parser (``docproc.hooks.Parser``)."""

    def confidence(self, source: SourceFile, head: bytes) -> float: ...
    def parse(self, source: SourceFile, data: bytes) -> Any: ...


P = TypeVar("P", Child, Unread)

Take = Callable[[SourceFile, bytes], tuple[str, Parses]]
"""The parser for a source, by its first bytes, with its name; raises ``SourceError``."""


@dataclass(slots=True)
class Parsed:
    """What the parsers made of one source: documents, and what they could not read."""

    parser: str
    source: SourceFile
    """As it was read: its hash is of the files beside it too, where some were read with it."""
    documents: list[Document] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    encrypted: bool = False
    """Whether a file within it is encrypted, with a password that is not known."""
    nested: bool = False
    """Whether there are files within it."""
    beside: bool = False
    """Whether it names files in its folder that belong to it."""


def parse_with(
    take: Take,
    source: SourceFile,
    data: bytes,
    limits: Limits,
    own: frozenset[str] = frozenset(),
    file: Path | None = None,
) -> Parsed:
    """Parse *source*, and in their turn the files within it; *own* are docproc's own parsers.

    *file* is where it lies, beside others that it may name; without it none of them is read.

    Raises ``SourceError`` where nothing of it can be read, or it goes past *limits*.
    """
    parsed = _Parsing(take, limits, own, file).parse(source, data, 0)
    if not parsed.documents:
        causes = "; ".join(map(str, parsed.unread[:3]))
        kind = Encrypted if parsed.encrypted else SourceError
        raise kind(causes or f"the parser {parsed.parser!r} found no document in it")
    if not any(document.text.strip() for document in parsed.documents):
        raise SourceError("there is no text in it")
    return parsed


@dataclass(slots=True)
class _Parsing:
    """One source on its way, with what the files within it have cost so far."""

    take: Take
    limits: Limits
    own: frozenset[str] = frozenset()
    file: Path | None = None
    documents: int = 0
    parts: int = 0
    size: int = 0

    def parse(self, source: SourceFile, data: bytes, depth: int) -> Parsed:
        name, parser = self.take(source, head_of(data))
        parsed = Parsed(name, source)
        guard(f"parser {name!r}", lambda: self._collect(parser, data, depth, parsed))
        members = {document.member for document in parsed.documents}
        if len(members) < len(parsed.documents):
            raise SourceError(f"the parser {name!r} gave two documents the same member")
        return parsed

    def _parts(self, parser: Parses, data: bytes, depth: int, parsed: Parsed) -> Iterable[Any]:
        """What *parser* yields, with the files beside the source that belong to it."""
        names: Sequence[str] = ()
        if depth == 0 and self.file is not None and isinstance(parser, ReadsBeside):
            names = parser.names_beside(data)
        if not names or self.file is None or not isinstance(parser, ReadsBeside):
            return parser.parse(parsed.source, data)  # type: ignore[no-any-return]
        beside = FilesBeside(self.file, self.limits).read(names)
        parsed.beside = True
        sha256 = digest_of(parsed.source.sha256, beside)
        parsed.source = replace(parsed.source, sha256=sha256)
        return parser.parse_beside(parsed.source, data, beside)

    def _collect(self, parser: Parses, data: bytes, depth: int, parsed: Parsed) -> None:
        parts = self._parts(parser, data, depth, parsed)
        source = parsed.source
        for part in parts:
            if isinstance(part, Child):
                self._child(source, _sound(parsed.parser, part), depth + 1, parsed)
            elif isinstance(part, Unread):
                parsed.unread.append(_sound(parsed.parser, part))
            else:
                who = f"parser {parsed.parser!r}"
                refuse_wrong(who, find_document_error(part, words=parsed.parser not in self.own))
                if part.source != source:
                    raise SourceError(f"the {who} gave a document another source")
                self._count(part)
                parsed.documents.append(part)

    def _count(self, document: Document) -> None:
        self.documents += 1
        if self.documents > self.limits.documents:
            raise _TooMuch(
                f"it holds more than {self.limits.documents:,} documents (limits.documents)"
            )
        if len(document.text) > self.limits.characters:
            raise _TooMuch(
                f"a document of it has {len(document.text):,} characters, over the limit of "
                f"{self.limits.characters:,} (limits.characters)"
            )

    def _child(self, source: SourceFile, child: Child, depth: int, parsed: Parsed) -> None:
        """Parse *child*; what cannot be read of it is reported, and costs the others nothing.

        What the files within cost together is bounded for the whole source.
        """
        parsed.nested = True
        self.parts += 1
        self.size += len(child.data)
        if self.parts > self.limits.documents:
            raise _TooMuch(f"it holds more than {self.limits.documents:,} files (limits.documents)")
        if self.size > self.limits.unpacked_megabytes * 1_000_000:
            raise _TooMuch(
                f"the files within it unpack to more than {self.limits.unpacked_megabytes:,} MB "
                "(limits.unpacked_megabytes)"
            )
        if depth > self.limits.files_deep:
            deep = f"nested more than {self.limits.files_deep} files deep (limits.files_deep)"
            parsed.unread.append(Unread(child.name, deep))
            return
        digest = hashlib.sha256(child.data).hexdigest()
        path = f"{source.path}/{child.name}" if child.name else source.path
        own = SourceFile(path, media_type(path), len(child.data), digest)
        try:
            inner = self.parse(own, child.data, depth)
        except _TooMuch:
            raise
        except SourceError as error:
            if not child.name:
                raise
            parsed.unread.append(Unread(child.name, str(error)))
            parsed.encrypted |= isinstance(error, Encrypted)
            return
        for document in inner.documents:
            member = _join(child.name, document.member, "/")
            parsed.documents.append(replace(document, source=source, member=member))
        parsed.encrypted |= inner.encrypted
        parsed.unread += (Unread(_join(child.name, u.where, ", "), u.cause) for u in inner.unread)


def _join(outer: str, inner: str, by: str) -> str:
    return f"{outer}{by}{inner}" if outer and inner else outer or inner


class _TooMuch(SourceError):
    """All files within a source together are past a bound."""


@cache
def _media_types() -> MimeTypes:
    """Python's own table, without the machine's: the same everywhere."""
    import mimetypes

    return mimetypes.MimeTypes()


def media_type(path: str) -> str:
    """The media type that the suffix of *path* stands for."""
    return _media_types().guess_type(path, strict=False)[0] or "application/octet-stream"


def guard(who: str, step: Any) -> Any:
    """What *step* returns; whatever it raises becomes a ``SourceError`` that names *who*."""
    try:
        with aside():
            return trace_call(who, "", step)
    except SourceError:
        raise
    except DocprocError as error:
        raise SourceError(str(error)) from error
    except MemoryError:  # the worker says what the limit is
        raise
    except RecursionError:
        raise SourceError(f"the {who} gave up: nested too deeply") from None
    except BaseException as error:  # sys.exit() in a plugin, or a panic in a library of Rust
        if interrupts(error):
            raise
        if isinstance(error, OSError) and error.errno in _NO_ROOM:
            raise  # no fault of the file, which would stay in quarantine for it
        raise SourceError(f"the {who} failed: {type(error).__name__}: {error}") from error


def refuse_wrong(who: str, wrong: str | None) -> None:
    """Raise ``SourceError`` where something is *wrong* with what *who* gave."""
    if wrong:
        raise SourceError(f"the {who} broke its contract: {wrong}")


def _sound(parser: str, part: P) -> P:
    """*part*, a file within or what could not be read, if its fields are what they must be."""
    for field_ in fields(part):
        kind, value = (bytes if field_.name == "data" else str), getattr(part, field_.name)
        if not isinstance(value, kind):
            what = f"{type(part).__name__}.{field_.name} is {type(value).__name__}"
            refuse_wrong(f"parser {parser!r}", f"{what}, not {kind.__name__}")
    return part
