"""A plugin as an author types it: a parser, an embedder, indexes, and every other hook."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from docproc.hooks import (
    API_VERSION,
    Candidate,
    Conversation,
    DocumentParsed,
    LibraryAccess,
    Observer,
    Registration,
    Setting,
    TextEntry,
    TextHits,
    VectorHits,
    hookimpl,
)
from docproc.hooks import ChatCommand as ChatCommandContract
from docproc.hooks import CitationStyle as CitationStyleContract
from docproc.hooks import Command as CommandContract
from docproc.hooks import Embedder as EmbedderContract
from docproc.hooks import Normalizer as NormalizerContract
from docproc.hooks import OutputFormat as OutputFormatContract
from docproc.hooks import Parser as ParserContract
from docproc.hooks import QueryEncoderOpener as OpenerContract
from docproc.hooks import ReferenceGrammar as GrammarContract
from docproc.hooks import Segmenter as SegmenterContract
from docproc.hooks import Signal as SignalContract
from docproc.hooks import TextIndexer as TextIndexerContract
from docproc.hooks import VectorIndexer as VectorIndexerContract
from docproc.records import (
    Answer,
    ArchivalReference,
    Child,
    Citation,
    Document,
    Passage,
    PassageKind,
    SourceFile,
    Span,
    Unread,
)

Vectors = NDArray[np.float32]
needed: int = API_VERSION


class Parser:
    isolated = False

    def confidence(self, source: SourceFile, head: bytes) -> float:
        return 0.9 if source.path.endswith(".register") else 0.0

    def parse(self, source: SourceFile, data: bytes) -> Iterable[Document | Child | Unread]:
        yield Document(source=source, text=data.decode())


class Normalizer:
    def normalize(self, document: Document) -> Document:
        return document


class Segmenter:
    def segment(self, document: Document) -> Sequence[Passage]:
        text, span = document.text, Span(0, len(document.text))
        return [Passage(document.id, span, text, PassageKind.BODY, "1", text, text)]


class Embedder:
    fingerprint = "mine"
    dimension = 2

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        return np.stack([self.encode_query(text) for text in texts])

    def encode_query(self, text: str) -> Vectors:
        return np.array([0.0, 1.0], np.float32)


class Opener:
    def open(self, folder: Path) -> Embedder:
        return Embedder()


class Vector:
    def search(self, vector: Vectors, k: int, allowed: NDArray[np.int64] | None) -> VectorHits:
        return VectorHits(np.zeros(0, np.float32), np.zeros(0, np.int64))


class VectorIndexer:
    def build(self, vectors: Vectors, folder: Path) -> dict[str, Any]:
        return {"vectors": len(vectors)}

    def open(self, folder: Path, vectors: Vectors) -> Vector:
        return Vector()


class Text:
    rows = 0
    languages: Sequence[str | None] = ()

    def document_frequency(self, term: str) -> int:
        return 0

    def search(self, question: str, k: int, allowed: NDArray[np.int64] | None) -> TextHits:
        return TextHits(np.zeros(0, np.float32), np.zeros(0, np.int64))


class TextIndexer:
    def build(self, entries: Iterable[TextEntry], folder: Path) -> dict[str, Any]:
        return {"texts": sum(1 for _ in entries)}

    def open(self, folder: Path) -> Text:
        return Text()


class Grammar:
    scheme = "wall"

    def find(self, text: str, start: int, end: int, whole: bool, /) -> Iterable[ArchivalReference]:
        return ()


class Style:
    def render(self, citations: Sequence[Citation]) -> str:
        return "; ".join(citation.quote for citation in citations)


class Log(Observer):
    def document_parsed(self, event: DocumentParsed, /) -> None:
        print(event.document.source.path, event.parser)


class Newer:
    def score(self, question: str, candidates: Sequence[Candidate]) -> Sequence[float]:
        return [0.0 if candidate.date is None else 1.0 for candidate in candidates]


class Format:
    def render(self, answer: Answer) -> str:
        return answer.verdict.value


class Senders:
    def declare(self, parser: ArgumentParser) -> None:
        parser.add_argument("--least", type=int)

    def run(self, arguments: Namespace, library: LibraryAccess) -> int | None:
        found = library.ask("Who wrote?", limit=1, scope="")
        return 0 if found.citations else len(library.documents())


class Count:
    def run(self, argument: str, conversation: Conversation) -> str:
        return f"{len(conversation.answers)} {conversation.library.workspace}"


def settings_of(settings: Mapping[str, Any]) -> Parser:
    return Parser()


@hookimpl
def docproc_parsers() -> Sequence[Registration]:
    setting = Setting("loud", False, "Says what it reads.", secret=False)
    return [Registration("register", settings_of, "Reads.", "1", (setting,), ("lxml",))]


@hookimpl
def docproc_observers() -> Sequence[Registration]:
    return [Registration("log", lambda settings: Log(), summary="Logs.")]


parser: ParserContract = Parser()
normalizer: NormalizerContract = Normalizer()
segmenter: SegmenterContract = Segmenter()
embedder: EmbedderContract = Embedder()
opener: OpenerContract = Opener()
vectors: VectorIndexerContract = VectorIndexer()
texts: TextIndexerContract = TextIndexer()
grammar: GrammarContract = Grammar()
style: CitationStyleContract = Style()
signal: SignalContract = Newer()
output: OutputFormatContract = Format()
command: CommandContract = Senders()
slash: ChatCommandContract = Count()
