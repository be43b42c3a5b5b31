"""Read: one source file to documents and passages, with every stage held to its contract."""

from __future__ import annotations

import hashlib
import mimetypes
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from docproc.errors import DocprocError, SourceError
from docproc.pipeline.scan import Found, why
from docproc.records import Document, Passage, SourceFile

HEAD_BYTES = 8192
_MEDIA_TYPES = mimetypes.MimeTypes()  # without the machine's own tables: the same everywhere


class Parses(Protocol):
    """What reading asks of a parser (``docproc.hooks.Parser``)."""

    def confidence(self, source: SourceFile, head: bytes) -> float: ...
    def parse(self, source: SourceFile, data: bytes) -> Any: ...


@dataclass(frozen=True, slots=True)
class Reading:
    """A source file, the parser that read it, and its documents with their passages."""

    source: SourceFile
    parser: str
    documents: tuple[tuple[Document, tuple[Passage, ...]], ...]


@dataclass(frozen=True, slots=True)
class Reader:
    """The parse and normalize stages, chosen and in order; each product with its name."""

    parsers: Sequence[tuple[str, Parses]]
    normalizers: Sequence[tuple[str, Any]] = ()
    segmenter: tuple[str, Any] | None = None

    def read(self, source: SourceFile, data: bytes) -> Reading:
        """Parse, normalize and segment.  Raises ``SourceError``: which step failed, and why."""
        parser, documents = self.parse(source, data)
        read = []
        for parsed in documents:
            document = parsed
            for name, normalizer in self.normalizers:
                document = _normalized(name, normalizer, document)
            passages: tuple[Passage, ...] = ()
            if self.segmenter is not None:
                passages = _segmented(*self.segmenter, document)
            read.append((document, passages))
        return Reading(source, parser, tuple(read))

    def parse(self, source: SourceFile, data: bytes) -> tuple[str, list[Document]]:
        """The name of the parser that takes *source*, and what it yields; only parsed."""
        head = data[:HEAD_BYTES]
        bids = [(parser.confidence(source, head), name, parser) for name, parser in self.parsers]
        confidence, name, parser = max(bids, key=lambda bid: bid[0], default=(0.0, "", None))
        if parser is None or confidence <= 0:
            raise SourceError(
                f"no parser in use reads this kind of file ({source.media_type}); "
                "`docproc plugins list` shows what there is"
            )
        documents = _guarded(f"parser {name!r}", lambda: list(parser.parse(source, data)))
        if not documents:
            raise SourceError(f"the parser {name!r} found no document in it")
        members = {document.member for document in documents}
        if len(members) < len(documents):
            raise SourceError(f"the parser {name!r} gave two documents the same member")
        for document in documents:
            if document.source != source:
                raise SourceError(f"the parser {name!r} gave a document another source")
            _check_blocks(f"parser {name!r}", document)
        return name, documents


def load(found: Found) -> tuple[SourceFile, bytes]:
    """Read the bytes of *found*.  Raises ``SourceError``."""
    if found.obstacle:
        raise SourceError(found.obstacle)
    try:
        with found.file.open("rb") as stream:
            data = stream.read(found.size + 1)
    except OSError as error:
        raise SourceError(why(error)) from None
    if len(data) != found.size:
        raise SourceError("it changed while it was being read; index again")
    digest = hashlib.sha256(data).hexdigest()
    return SourceFile(found.path, media_type(found.path), len(data), digest), data


def media_type(path: str) -> str:
    """The media type that the suffix of *path* stands for."""
    return _MEDIA_TYPES.guess_type(path, strict=False)[0] or "application/octet-stream"


def _guarded(who: str, step: Any) -> Any:
    try:
        return step()
    except DocprocError as error:
        raise SourceError(str(error)) from error
    except RecursionError:
        raise SourceError(f"the {who} gave up: nested too deeply") from None
    except Exception as error:
        raise SourceError(f"the {who} failed: {type(error).__name__}: {error}") from error


def _normalized(name: str, normalizer: Any, document: Document) -> Document:
    who = f"normalizer {name!r}"
    changed: Document = _guarded(who, lambda: normalizer.normalize(document))
    if changed.text != document.text or changed.source != document.source:
        raise SourceError(f"the {who} changed the reading text, which no normalizer may")
    _check_blocks(who, changed)
    if changed.search.edits and changed.search.edits[-1].span.end > len(document.text):
        raise SourceError(f"the {who} edits past the end of the text")
    return changed


def _check_blocks(who: str, document: Document) -> None:
    end = 0
    for block in document.blocks:
        if block.span.start < end or block.span.end > len(document.text):
            raise SourceError(
                f"the {who} broke its contract: block {block.kind} {block.span} overlaps, "
                "is out of order or out of the text"
            )
        end = block.span.end


def _segmented(name: str, segmenter: Any, document: Document) -> tuple[Passage, ...]:
    who = f"segmenter {name!r}"
    passages: tuple[Passage, ...] = _guarded(who, lambda: tuple(segmenter.segment(document)))
    end = 0
    for passage in passages:
        exact = passage.text == passage.span.of(document.text) and passage.text.strip()
        if passage.document_id != document.id or passage.span.start < end or not exact:
            raise SourceError(
                f"the {who} broke its contract: passage {passage.locator!r} at {passage.span} "
                "is not exactly its document's text, overlaps, or is out of order"
            )
        if any(not passage.span.contains(sentence) for sentence in passage.sentences):
            raise SourceError(f"the {who} broke its contract: a sentence leaves its passage")
        end = passage.span.end
    return passages
