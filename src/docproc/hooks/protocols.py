"""The contracts of the stages: what a plugin's factory must return.

Products are used from one thread at a time, which need not be the one that made them.
They read what they are given, and beside it only what belongs to them; they write nowhere but into
a folder that they are given, print nothing, and know no clock and no chance; only an embedder may
ask the network.  They can be pickled, and do the same in every process: work may be handed to
others, and many readers open one generation at once.  They raise
:class:`docproc.errors.SourceError` for a source that cannot be read; whatever else they
raise is reported as the plugin's own failure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, Self, TypeAlias, runtime_checkable

from docproc.records import (
    ArchivalReference,
    Child,
    Citation,
    Document,
    DrawnPage,
    Passage,
    SourceFile,
    Span,
    Unread,
)

if TYPE_CHECKING:  # NumPy takes a tenth of a second, and a parser needs none of it
    import numpy as np
    from numpy.typing import NDArray

Vectors: TypeAlias = "NDArray[np.float32]"
"""Shape ``(n, d)``, rows of unit norm; or ``(d,)`` for a single one."""


@runtime_checkable
class Parser(Protocol):
    """Parse: bytes to documents.

    A parser is run in a process of its own, within ``[limits]``, unless it says with an
    attribute ``isolated = False`` that it is plain Python whose time and memory are bounded by
    the size of the file.  Beside its settings, its factory is given the limits, as
    ``settings["limits"]`` (``docproc.config.Limits``).
    """

    def confidence(self, source: SourceFile, head: bytes) -> float:
        """How surely this parser can read *source*: 0 (not at all) to 1.

        *head* is the first 8 KiB of the file: let them decide over its suffix.  Must not raise,
        nor import the library that parses; where that is missing, claim the file all the same,
        and say in ``parse`` what to install (``docproc.formats.libraries``).
        """
        ...

    def parse(self, source: SourceFile, data: bytes) -> Iterable[Document | Child | Unread]:
        """Yield the documents of *source*, whose bytes are *data*.

        A ``Child`` is a file within it, which the pipeline parses in its turn; an ``Unread``
        a part that could not be read, which is reported while the rest is kept.
        Pure: the same bytes give the same documents, for that is how a quotation is
        verified.  Raises ``SourceError`` when the bytes cannot be read.
        """
        ...


@runtime_checkable
class ReadsBeside(Protocol):
    """A parser of files that name others in their folder, which are read with them.

    What is read with a source belongs to its bytes: ``SourceFile.sha256`` is then of all of them,
    and a change of any makes the source stale.
    """

    def names_beside(self, data: bytes) -> Sequence[str]:
        """The names, as they stand in *data*, of the files that are wanted beside it.

        A look for a few words, not a parse: it is asked whenever sources are compared with what
        is published.  Must not raise.
        """
        ...

    def parse_beside(
        self, source: SourceFile, data: bytes, beside: Mapping[str, bytes]
    ) -> Iterable[Document | Child | Unread]:
        """As ``parse``; *beside* are the files that were named and found, by those names.

        They lie in the folder of the source or below it, are no links, and keep within
        ``[limits]``.  What is named and missing should be yielded as ``Unread``.
        """
        ...


@runtime_checkable
class DrawsPages(Protocol):
    """A parser that can draw the pages of what it parses."""

    def draw(self, data: bytes, spans: Sequence[Span]) -> Iterable[DrawnPage]:
        """Yield the pages that *spans* of the document's text touch, what they touch marked.

        Where things stand is found by parsing again.  Raises ``SourceError`` as ``parse`` does.
        """
        ...


ImageBeside: TypeAlias = Callable[[str], bytes]
"""The bytes of the image that a source names, where it lies beside it; raises ``SourceError``."""


@runtime_checkable
class DrawsImages(Protocol):
    """A parser of pages whose images are kept in files of their own."""

    def draw_images(
        self, data: bytes, spans: Sequence[Span], image: ImageBeside
    ) -> Iterable[DrawnPage]:
        """As ``DrawsPages.draw``; *image* gives an image by the name that the source has for it."""
        ...


@runtime_checkable
class TakesPasswords(Protocol):
    """A parser of files that may be encrypted.

    It raises ``docproc.errors.Encrypted`` for one that no password it has opens: at a terminal
    a person is asked for it then.
    """

    def with_passwords(self, passwords: Sequence[str]) -> Self:
        """The same parser, which tries *passwords* beside those of its settings."""
        ...


@runtime_checkable
class Normalizer(Protocol):
    """Normalize: a document to a better understood document."""

    def normalize(self, document: Document) -> Document:
        """Return *document* with more structure, metadata or search edits.

        Pure, and never a change of ``text``; blocks must stay in order, apart and inside it.
        """
        ...


@runtime_checkable
class Segmenter(Protocol):
    """The end of normalizing: a document to passages."""

    def segment(self, document: Document) -> Sequence[Passage]:
        """Cut *document* into passages, in the order of the text, without overlap."""
        ...


@runtime_checkable
class Embedder(Protocol):
    """Embed: texts to vectors.

    It may have ``facts``, a ``dict`` of plain values that the manifest and ``docproc status``
    shall tell of what was embedded, such as its ``precision`` and ``cosine`` with the exact one.
    """

    fingerprint: str
    """Changes whenever the vectors would: model, weights, pooling, precision."""
    dimension: int

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return float32 ``(len(texts), dimension)``, unit norm; a row depends on its text only."""
        ...

    def encode_query(self, text: str) -> Vectors:
        """Return float32 ``(dimension,)``, unit norm."""
        ...


@runtime_checkable
class EncodesShards(Protocol):
    """An embedder that prepares one shard of texts while it computes another."""

    def encode_shards(self, shards: Iterable[Sequence[str]]) -> Iterator[Vectors]:
        """Yield, for each of *shards*, what ``encode_passages`` would return."""
        ...


@runtime_checkable
class ExportsQueryEncoder(Protocol):
    """An embedder that can leave a light query encoder in a generation."""

    def export_query_encoder(self, folder: Path) -> str:
        """Write the encoder into the existing empty *folder*; return the name of the
        registered query encoder that opens it.

        Raises ``ModelError`` if what was written does not agree with ``encode_query``.
        """
        ...


@runtime_checkable
class EmbedsByExport(Protocol):
    """An embedder that can embed passages with the query encoder that it exported."""

    def use_export(self, folder: Path) -> None:
        """Embed passages from now on with what ``export_query_encoder`` wrote into *folder*.

        The vectors must agree with those that it would give without, as they share a cache.
        Where the export is not fit for passages, or the embedder knows of something faster,
        it does as before.
        """
        ...


@runtime_checkable
class QueryEncoder(Protocol):
    """Encodes questions, without the library that embedded the passages."""

    def encode_query(self, text: str) -> Vectors:
        """Return float32 ``(dimension,)``, unit norm."""
        ...


@runtime_checkable
class CountsTokens(Protocol):
    """A query encoder that says how its model splits words.

    Many tokens a word mean a script that the model was not trained on; its likenesses then
    weigh less.  Of an encoder that cannot say, docproc measures what the model reads by probes
    of the corpus alone, and takes a corpus too small for probes as readable
    (``calibration.read_by = "assumed"`` in ``docproc status --json``).
    """

    def count_tokens(self, text: str) -> int:
        """How many tokens the model sees in *text*, those left out that it adds itself."""
        ...


@runtime_checkable
class QueryEncoderOpener(Protocol):
    """Opens what ``export_query_encoder`` wrote."""

    def open(self, folder: Path) -> QueryEncoder:
        """Open read-only.  Raises ``StoreError`` if *folder* does not hold what it should."""
        ...


@dataclass(frozen=True, slots=True)
class VectorHits:
    """``scores`` float32 ``(m,)``, cosines, falling; ``rows`` int64 ``(m,)``; ``m <= k``."""

    scores: NDArray[np.float32]
    rows: NDArray[np.int64]


@runtime_checkable
class VectorIndex(Protocol):
    """An opened vector index; rows are numbered as they were built."""

    def search(self, vector: Vectors, k: int, allowed: NDArray[np.int64] | None) -> VectorHits:
        """The *k* nearest rows, among the sorted rows *allowed* (``None``: among all)."""
        ...


@runtime_checkable
class VectorIndexer(Protocol):
    """Index: vectors to something searchable."""

    def build(self, vectors: Vectors, folder: Path) -> dict[str, Any]:
        """Build over *vectors* ``(n, d)`` into the existing empty *folder*; return its facts."""
        ...

    def open(self, folder: Path, vectors: Vectors) -> VectorIndex:
        """Open read-only.  *vectors* is the memory-mapped array that it was built over.

        Raises ``StoreError`` if *folder* holds no index over as many vectors of that dimension.
        """
        ...


@runtime_checkable
class ExtendsVectorIndex(Protocol):
    """A vector indexer that can make an index from that of the generation before."""

    def extend(
        self, before: Path, carried: NDArray[np.int64], vectors: Vectors, folder: Path
    ) -> dict[str, Any] | None:
        """Make in the empty *folder*, from the index in *before*, one over *vectors*.

        *carried* ``(m,)`` is where each row of the earlier index stands now, -1 for one that
        is gone; all other rows of *vectors* are new.  Returns its facts, or ``None``, with
        *folder* left empty, where building again is better or *before* cannot be used.  Files
        of *before* may be hard-linked; they must not be written to.
        """
        ...


@dataclass(frozen=True, slots=True)
class TextEntry:
    """What the text index knows of one passage; ``row`` is its number in the generation."""

    row: int
    body: str
    context: str
    """Title, names and dates of its document, which find it, less surely than its own words."""
    language: str | None


@dataclass(frozen=True, slots=True)
class TextHits:
    """``scores`` float32 ``(m,)``, falling, positive, unbounded; ``rows`` int64 ``(m,)``."""

    scores: NDArray[np.float32]
    rows: NDArray[np.int64]


@runtime_checkable
class TextIndex(Protocol):
    """An opened text index."""

    rows: int
    """How many texts it holds."""
    languages: Sequence[str | None]
    """Of the texts, the commonest first; ``None`` for those that are not stemmed."""

    def document_frequency(self, term: str) -> int:
        """How many texts have *term*, as ``docproc.text.terms`` makes it.

        Or how many have a name with that key, as ``docproc.text.names`` makes it; 0 where an
        index knows nothing of names.
        """
        ...

    def search(self, question: str, k: int, allowed: NDArray[np.int64] | None) -> TextHits:
        """The *k* best rows for the words of *question*, among the sorted rows *allowed*."""
        ...


@runtime_checkable
class TextIndexer(Protocol):
    """Index: words to something searchable."""

    def build(self, entries: Iterable[TextEntry], folder: Path) -> dict[str, Any]:
        """Build into the existing empty *folder*; return facts for the manifest."""
        ...

    def open(self, folder: Path) -> TextIndex:
        """Open read-only.  Raises ``StoreError`` if *folder* does not hold what it should."""
        ...


@runtime_checkable
class ReferenceGrammar(Protocol):
    """Reference: how an archive cites.  ``docproc.references.Grammar`` is one."""

    @property
    def scheme(self) -> str:
        """What ``ArchivalReference.scheme`` says of the references that it finds."""
        ...

    def find(self, text: str, start: int, end: int, whole: bool, /) -> Iterable[ArchivalReference]:
        """The references of ``text[start:end]``, each with ``printed == text[span]``.

        *whole* says that the stretch is known to be a reference and nothing else (metadata,
        a question), so that less of a form is asked for.  Pure, linear in the stretch, and
        must not raise.
        """
        ...


@runtime_checkable
class ReadsReferences(Protocol):
    """A parser or a normalizer that finds references, and so wants the plugins' grammars."""

    def with_grammars(self, grammars: Sequence[ReferenceGrammar]) -> Self:
        """The same product, reading the references of *grammars* beside the built-in ones."""
        ...


@runtime_checkable
class CitationStyle(Protocol):
    """Cite: citations as a journal, an edition or a reference manager wants them."""

    def render(self, citations: Sequence[Citation]) -> str:
        """*citations* in this style, one text for all, to be printed or saved.

        Pure.  Quotations and references stand as they are in the citations; what a citation
        does not say is left out, never made up.
        """
        ...


@runtime_checkable
class ExtendsTextIndex(Protocol):
    """A text indexer that can make an index from that of the generation before."""

    def extend(
        self,
        before: Path,
        carried: NDArray[np.int64],
        entries: Iterable[TextEntry],
        folder: Path,
    ) -> dict[str, Any] | None:
        """Make in the empty *folder*, from the index in *before*, one with *entries* after it.

        *carried* ``(m,)`` is where each row of the earlier index stands now, -1 for one that
        is gone; those that stay keep their order, and *entries* follow them.  What is found
        must be as in an index that was built over all that is left, and scores no farther
        from it than the texts that are gone can move a mean.  Returns its facts, or ``None``,
        with *folder* left empty, where building again is better or *before* cannot be used;
        *entries* are then not begun.  Files of *before* may be hard-linked; they must not be
        written to.
        """
        ...


@runtime_checkable
class JoinsTextIndexes(Protocol):
    """A text indexer whose indexes over several shards can be asked as one.

    Without it a workspace cannot be indexed in shards: what a word weighs must be counted over
    all of them, or the same passage would score otherwise in another shard.
    """

    def for_shard(self, shard: int) -> TextIndexer:
        """The same indexer, for shard *shard*; what it builds can be joined with the others."""
        ...

    def open_joined(self, folders: Sequence[Path], rows: Sequence[NDArray[np.int64]]) -> TextIndex:
        """Open the indexes in *folders* read-only, as one; it scores as one index over all would.

        *rows* has, for each folder, the row of the whole of each of its rows.  Raises
        ``StoreError`` as ``open`` does.
        """
        ...
