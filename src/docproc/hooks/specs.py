"""The hook specifications: every hook a plugin may implement.

Each registering hook takes no argument and returns registrations, so that the order in
which plugins are loaded can never matter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from docproc.hooks import extensions, protocols
from docproc.hooks.markers import hookspec
from docproc.hooks.registration import Registration
from docproc.hooks.reserved import CHAT_COMMANDS, COMMANDS


class Specs:
    """All hooks, with the version of docproc that added each."""

    @hookspec
    def docproc_parsers(self) -> Sequence[Registration]:  # type: ignore[empty-body]
        """Offer parsers (products: ``Parser``).  Added in 0.1."""

    @hookspec
    def docproc_normalizers(self) -> Sequence[Registration]:  # type: ignore[empty-body]
        """Offer normalizers (products: ``Normalizer``).  Added in 0.1."""

    @hookspec
    def docproc_segmenters(self) -> Sequence[Registration]:  # type: ignore[empty-body]
        """Offer segmenters (products: ``Segmenter``).  Added in 0.1."""

    @hookspec
    def docproc_embedders(self) -> Sequence[Registration]:  # type: ignore[empty-body]
        """Offer embedders (products: ``Embedder``).  Added in 0.1."""

    @hookspec
    def docproc_query_encoders(self) -> Sequence[Registration]:  # type: ignore[empty-body]
        """Offer openers of query encoders (products: ``QueryEncoderOpener``).  Added in 0.1."""

    @hookspec
    def docproc_vector_indexes(self) -> Sequence[Registration]:  # type: ignore[empty-body]
        """Offer vector indexes (products: ``VectorIndexer``).  Added in 0.1."""

    @hookspec
    def docproc_text_indexes(self) -> Sequence[Registration]:  # type: ignore[empty-body]
        """Offer text indexes (products: ``TextIndexer``).  Added in 0.1."""

    @hookspec
    def docproc_reference_grammars(self) -> Sequence[Registration]:  # type: ignore[empty-body]
        """Offer how an archive cites (products: ``ReferenceGrammar``).  Added in 0.1."""

    @hookspec
    def docproc_citation_styles(self) -> Sequence[Registration]:  # type: ignore[empty-body]
        """Offer styles of citations (products: ``CitationStyle``).  Added in 0.1."""

    @hookspec
    def docproc_observers(self) -> Sequence[Registration]:  # type: ignore[empty-body]
        """Offer observers of runs and of questions (products: ``Observer``).  Added in 0.1."""

    @hookspec
    def docproc_signals(self) -> Sequence[Registration]:  # type: ignore[empty-body]
        """Offer signals to the ranking (products: ``Signal``).  Added in 0.1."""

    @hookspec
    def docproc_output_formats(self) -> Sequence[Registration]:  # type: ignore[empty-body]
        """Offer formats of whole answers (products: ``OutputFormat``).  Added in 0.1."""

    @hookspec
    def docproc_commands(self) -> Sequence[Registration]:  # type: ignore[empty-body]
        """Offer commands of the command line (products: ``Command``).  Added in 0.1."""

    @hookspec
    def docproc_chat_commands(self) -> Sequence[Registration]:  # type: ignore[empty-body]
        """Offer slash commands of the chat (products: ``ChatCommand``).  Added in 0.1."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A kind of plugin: the card's name for it, its hook, and its product's contract.

    ``reserved`` are the names that docproc has taken itself.
    """

    name: str
    hook: str
    product: type
    reserved: frozenset[str] = frozenset()


STAGES: tuple[Stage, ...] = (
    Stage("parse", "docproc_parsers", protocols.Parser),
    Stage("normalize", "docproc_normalizers", protocols.Normalizer),
    Stage("segment", "docproc_segmenters", protocols.Segmenter),
    Stage("embed", "docproc_embedders", protocols.Embedder),
    Stage("encode query", "docproc_query_encoders", protocols.QueryEncoderOpener),
    Stage("vector index", "docproc_vector_indexes", protocols.VectorIndexer),
    Stage("text index", "docproc_text_indexes", protocols.TextIndexer),
    Stage("reference", "docproc_reference_grammars", protocols.ReferenceGrammar),
    Stage("cite", "docproc_citation_styles", protocols.CitationStyle),
    Stage("observe", "docproc_observers", extensions.Observer),
    Stage("signal", "docproc_signals", extensions.Signal),
    Stage("output format", "docproc_output_formats", extensions.OutputFormat),
    Stage("command", "docproc_commands", extensions.Command, COMMANDS),
    Stage("chat command", "docproc_chat_commands", extensions.ChatCommand, CHAT_COMMANDS),
)
