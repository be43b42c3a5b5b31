"""Read: one source file to documents and passages, with every stage held to its contract."""

from __future__ import annotations

import hashlib
from dataclasses import field, fields, replace
from typing import TYPE_CHECKING, Any

from docproc.config import Limits
from docproc.dataclass_on_use import dataclass
from docproc.errors import SourceError
from docproc.formats.sniffing import head_of
from docproc.hooks.protocols import ReadsBeside, TakesPasswords
from docproc.markdown.fields import Fields, understand
from docproc.pipeline.reading.files_beside import FilesBeside, digest_of
from docproc.pipeline.reading.parse import (
    Parsed,
    Parses,
    guard,
    media_type,
    parse_with,
    refuse_wrong,
)
from docproc.pipeline.reading.soundness import (
    find_passage_error,
    find_place_error,
    find_type_error,
)
from docproc.pipeline.scan import FoundFile, describe_os_error
from docproc.records import BlockKind, Document, Metadata, Passage, SourceFile
from docproc.store.files.mirror import Record, read_record

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from docproc.references.grammars.grammar import FindsReferences


@dataclass(frozen=True, slots=True)
class Reading:
    """A source file, the parser that read it, and its documents with their passages."""

    source: SourceFile
    parser: str
    documents: tuple[tuple[Document, tuple[Passage, ...]], ...]
    unread: tuple[str, ...] = ()
    """What of it could not be read, each with its cause; the rest could."""
    encrypted: bool = False
    """Whether that is so, of some of it, since no password fits."""
    nested: bool = False
    """Whether it holds files, which other parsers read."""
    beside: bool = False
    """Whether it names files in its folder, which are read with it where they are there."""


@dataclass(frozen=True, slots=True)
class Reader:
    """The parse and normalize stages, chosen and in order; each product with its name."""

    parsers: Sequence[tuple[str, Parses]]
    normalizers: Sequence[tuple[str, Any]] = ()
    segmenter: tuple[str, Any] | None = None
    limits: Limits = field(default_factory=Limits)
    tell: Callable[[str], None] = lambda _: None
    """Told the name of each parser that is chosen."""
    own: frozenset[str] = frozenset()
    """docproc's own parsers: its tests hold what they give to the words of the source."""
    root: Path | None = None
    """The workspace's folder, where fetched files have their records beside them."""
    grammars: Sequence[FindsReferences] = ()
    """Of plugins, to read the references that such a record states."""

    def with_passwords(self, passwords: Sequence[str]) -> Reader:
        """The same reader, which tries *passwords* on what is encrypted."""
        parsers = [
            (
                name,
                parser.with_passwords(passwords) if isinstance(parser, TakesPasswords) else parser,
            )
            for name, parser in self.parsers
        ]
        return replace(self, parsers=parsers)

    def read(self, source: SourceFile, data: bytes, file: Path | None = None) -> Reading:
        """Parse, normalize and segment.  Raises ``SourceError``: which step failed, and why."""
        parsed = self.parts(source, data, file)
        read = []
        for document in self._with_origin(source, parsed.documents):
            for name, normalizer in self.normalizers:
                document = _normalize(name, normalizer, document)
            passages: tuple[Passage, ...] = ()
            if self.segmenter is not None:
                passages = _segment(*self.segmenter, document)
            read.append((document, passages))
        self._check_cut(read)
        unread = tuple(map(str, parsed.unread))
        return Reading(
            parsed.source,
            parsed.parser,
            tuple(read),
            unread,
            parsed.encrypted,
            parsed.nested,
            parsed.beside,
        )

    def _with_origin(self, source: SourceFile, documents: list[Document]) -> list[Document]:
        record = origin_of(self.root, source) if self.root else None
        return with_origin(documents, record, self.grammars) if record else documents

    def _check_cut(self, read: Sequence[tuple[Document, tuple[Passage, ...]]]) -> None:
        """Raise ``SourceError`` where the segmenter left out all that can be cut."""
        if self.segmenter is None or any(passages for _, passages in read):
            return
        if any(_has_body(document) for document, _ in read):
            raise SourceError(f"the segmenter {self.segmenter[0]!r} made no passage of it")

    def parse(
        self, source: SourceFile, data: bytes, file: Path | None = None
    ) -> tuple[str, list[Document]]:
        """The name of the parser that takes *source*, and what it yields; only parsed."""
        parsed = self.parts(source, data, file)
        return parsed.parser, parsed.documents

    def parts(self, source: SourceFile, data: bytes, file: Path | None = None) -> Parsed:
        """Parse *source*, then the files within it.  Raises ``SourceError`` if it is unreadable."""
        return parse_with(self.choose, source, data, self.limits, self.own, file)

    def digest(self, found: FoundFile) -> str | None:
        """The hash of a file and of those read with it; ``None`` where it cannot be read."""
        try:
            source, data = load(found)
            _, parser = self.choose(source, head_of(data))
        except SourceError:
            return None
        if not isinstance(parser, ReadsBeside):
            return source.sha256
        beside = FilesBeside(found.file, self.limits).read(parser.names_beside(data))
        return digest_of(source.sha256, beside)

    def choose(self, source: SourceFile, head: bytes) -> tuple[str, Parses]:
        """The parser surest of *source*, the first of equals.  Raises ``SourceError`` for none."""
        bids = [(_confidence(name, each, source, head), name, each) for name, each in self.parsers]
        confidence, name, parser = max(bids, key=lambda bid: bid[0], default=(0.0, "", None))
        if parser is None or confidence <= 0:
            raise SourceError(
                f"no parser in use reads this kind of file ({source.media_type}); "
                "`docproc plugins list` shows what there is"
            )
        self.tell(name)
        return name, parser


def _confidence(name: str, parser: Parses, source: SourceFile, head: bytes) -> float:
    """How sure *parser* is of *source*.  Raises ``SourceError`` where asking it fails."""
    sure: float = guard(f"parser {name!r}", lambda: float(parser.confidence(source, head)))
    return sure


def _has_body(document: Document) -> bool:
    """Whether *document* has words in a paragraph, or words and no blocks."""
    spans = [b.span for b in document.blocks if b.kind is BlockKind.PARAGRAPH]
    texts = [span.of(document.text) for span in spans] if document.blocks else [document.text]
    return any(map(str.isalpha, "".join(texts)))


def load(found: FoundFile) -> tuple[SourceFile, bytes]:
    """Read the bytes of *found*.  Raises ``SourceError``."""
    if found.obstacle:
        raise SourceError(found.obstacle)
    try:
        with found.file.open("rb") as stream:
            data = stream.read(found.size + 1)
    except OSError as error:
        raise SourceError(describe_os_error(error)) from None
    if len(data) != found.size:
        raise SourceError("it changed while it was being read; index again")
    digest = hashlib.sha256(data).hexdigest()
    return SourceFile(found.path, media_type(found.path), len(data), digest), data


def _normalize(name: str, normalizer: Any, document: Document) -> Document:
    who = f"normalizer {name!r}"
    changed: Document = guard(who, lambda: normalizer.normalize(document))
    if changed is document:
        return document
    refuse_wrong(who, find_type_error(changed, Document))
    if (changed.text, changed.source) != (document.text, document.source):
        raise SourceError(f"the {who} changed the reading text, which no normalizer may")
    if changed.member != document.member:
        raise SourceError(f"the {who} changed the member, by which documents are told apart")
    if (wrong := find_place_error(changed)) and wrong != find_place_error(document):
        refuse_wrong(who, wrong)
    return changed


def _segment(name: str, segmenter: Any, document: Document) -> tuple[Passage, ...]:
    who = f"segmenter {name!r}"
    passages: tuple[Passage, ...] = guard(who, lambda: tuple(segmenter.segment(document)))
    refuse_wrong(who, find_passage_error(passages))
    document_id, end = document.id, 0  # it is a hash over the whole text
    for passage in passages:
        exact = passage.text == passage.span.of(document.text) and passage.text.strip()
        if passage.document_id != document_id or passage.span.start < end or not exact:
            raise SourceError(
                f"the {who} broke its contract: passage {passage.locator!r} at {passage.span} "
                "is not exactly its document's text, overlaps, or is out of order"
            )
        if any(not passage.span.contains(sentence) for sentence in passage.sentences):
            raise SourceError(f"the {who} broke its contract: a sentence leaves its passage")
        end = passage.span.end
    return passages


_TOLD_FIRST = ("dates", "other")
"""Fields that hold several values: what the source says stands before what the file does."""


def origin_of(root: Path, source: SourceFile) -> Record | None:
    """The record of *source*, a file of the workspace at *root*, if it speaks of these bytes."""
    record = read_record(root / source.path)
    return record if record is not None and record.sha256 == source.sha256 else None


def with_origin(
    documents: list[Document], record: Record, grammars: Sequence[FindsReferences] = ()
) -> list[Document]:
    """*documents* with where their file came from, and what the source says of a single one."""
    documents = [
        replace(each, metadata=replace(each.metadata, origin=record.origin)) for each in documents
    ]
    if len(documents) != 1 or not record.about:
        return documents
    pairs = [(name, [value]) for name, value in _join(record.about)]
    return [_describe(documents[0], understand(pairs, None, grammars))]


def _join(about: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    """*about* with the values of one name joined, as front matter has them."""
    said: dict[str, list[str]] = {}
    for name, value in about:
        if value.strip():
            said.setdefault(name, []).append(value)
    return [(name, "; ".join(values)) for name, values in said.items()]


def _describe(document: Document, said: Fields) -> Document:
    own = document.metadata
    given: dict[str, Any] = {}
    for each in fields(Metadata):
        value = getattr(said.metadata, each.name)
        if each.name in _TOLD_FIRST:
            given[each.name] = tuple(dict.fromkeys((*value, *getattr(own, each.name))))
        elif value is not None and value != each.default:
            given[each.name] = value
    return replace(
        document,
        metadata=replace(own, **given),
        references=(*said.references, *document.references),
        witness=document.witness or said.witness,
    )
