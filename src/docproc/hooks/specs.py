"""The hook specifications: every hook a plugin may implement.

Each registering hook takes no argument and returns registrations, so that the order in
which plugins are loaded can never matter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from docproc.hooks import protocols
from docproc.hooks.markers import hookspec
from docproc.hooks.registration import Registration


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


@dataclass(frozen=True, slots=True)
class Stage:
    """A kind of plugin: the card's name for it, its hook, and its product's contract."""

    name: str
    hook: str
    product: type


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
)
