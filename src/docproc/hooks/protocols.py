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
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, Self, TypeAlias, runtime_checkable

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


@runtime_checkable
class DrawsMembers(Protocol):
    """A parser of several documents in one file that can draw the pages of each."""

    def draw_member(self, data: bytes, member: str, spans: Sequence[Span]) -> Iterable[DrawnPage]:
        """As ``DrawsPages.draw``; *spans* are of the text of the document called *member*."""
        ...


ImageBeside: TypeAlias = Callable[[str], bytes]
"""The bytes of the image that a source names, where it lies beside it; raises ``SourceError``."""


@runtime_checkable
class DrawsImages(Protocol):
    """A parser of pages whose images are kept in files of their own."""

    def draw_images(
        self, data: bytes, spans: Sequence[Span], image: ImageBeside
    ) -> Iterable[DrawnPage]:
        """As ``DrawsPages.draw``; *image* gives an image by the name that the source has for it.

        To a parser that ``ReadsBeside`` it gives as well the files that were read with the source.
        """
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
class LearnsFromTexts(Protocol):
    """An embedder that learns from the texts that are to be embedded.

    It must leave a query encoder too (``ExportsQueryEncoder``): what was learned is kept there, in
    the generation.  It is asked to learn whenever there is something to embed, and what it
    has learned belongs to its fingerprint, so that all texts are embedded again where that is
    another.  A workspace in shards cannot have one.
    """

    def fit(self, texts: Sequence[str]) -> bytes:
        """What is learned of *texts*, each once.

        Pure: the same texts in any order give the same bytes, in another process too.  There may
        be one text, or none.
        """
        ...

    def with_learned(self, learned: bytes) -> Self:
        """The same embedder, with what ``fit`` gave."""
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


TokenVectors = tuple[Vectors, Sequence[tuple[int, int]]]
"""The vectors of the tokens of a text, float32 ``(tokens, n)``, unit norm, and their spans."""


@runtime_checkable
class ReadsTokens(Protocol):
    """A query encoder that gives the vector of each token in its context.

    With it, docproc tells a passage that speaks of what a question asks from one that only
    speaks of its subject; without it, that is left to words and whole sentences.
    """

    def read_tokens(self, text: str) -> TokenVectors:
        """The tokens of *text*, those left out that the model adds itself."""
        ...


@runtime_checkable
class QueryEncoderOpener(Protocol):
    """Opens what ``export_query_encoder`` wrote."""

    def open(self, folder: Path) -> QueryEncoder:
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
