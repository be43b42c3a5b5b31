"""Build: from a catalog to all else that a generation needs for answering."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from docproc.errors import ModelError, PluginError
from docproc.hooks.protocols import (
    Embedder,
    ExportsQueryEncoder,
    TextEntry,
    TextIndexer,
    VectorIndexer,
)
from docproc.pipeline.embedding import document_means, embed, gather, unique_missing
from docproc.pipeline.progress import Progress
from docproc.pipeline.units import Units, load_units, missing_texts, units_of
from docproc.store.catalog import Catalog
from docproc.store.draft import Draft
from docproc.store.durable import hard_link_or_copy, remove_tree, replace
from docproc.store.generation import Generation
from docproc.store.layout import (
    DOCUMENT_TEXT,
    DOCUMENT_VECTORS,
    PASSAGE_TEXT,
    UNIT_VECTORS,
    VECTOR_INDEX,
    Layout,
)
from docproc.store.manifest import Manifest, Model
from docproc.store.vectors import VectorCache

Calibrate = Callable[[Path, Manifest, Progress], dict[str, Any]]
"""Measures a built draft, and returns what retrieval wants to know of it."""


@dataclass(frozen=True, slots=True)
class Builder:
    """The embed and index stages, and where their products are cached."""

    layout: Layout
    embedder: Embedder
    vector_indexer: VectorIndexer
    text_indexer: TextIndexer
    progress: Progress

    def embed(self, catalog: Catalog, draft: Draft, parent: Generation | None) -> tuple[int, int]:
        """Embed what the cache lacks, and gather the vectors into *draft*.

        Returns how many texts there are, and how many had to be embedded.
        """
        units = _units(catalog, parent)
        units.save(draft.vectors)
        with VectorCache(
            self.layout.cache(self.embedder.fingerprint), self.embedder.dimension
        ) as cache:
            for damaged in cache.damaged:
                self.progress.say(str(damaged))
            missing = unique_missing(units.keys, cache)
            total = int(missing.sum())
            if total:
                batches = missing_texts(catalog, units, missing)
                embed(batches, total, self.embedder, cache, self.progress)
            vectors = gather(units.keys, cache, draft.vectors / UNIT_VECTORS)
        passages = vectors[: units.passages]
        document_means(passages, _firsts(catalog), draft.vectors / DOCUMENT_VECTORS)
        return len(units.keys), total

    def index(self, catalog: Catalog, draft: Draft) -> dict[str, dict[str, Any]]:
        """Build the vector index and the two text indexes; return their facts."""
        self.progress.start("indexing", 3)
        vectors = np.load(draft.vectors / UNIT_VECTORS, mmap_mode="r")
        folder = _made(draft.vectors / VECTOR_INDEX)
        facts = {"vector index": self.vector_indexer.build(vectors, folder)}
        self.progress.advance()
        passages = _made(draft.text / PASSAGE_TEXT)
        facts["text index"] = self.text_indexer.build(_passage_entries(catalog), passages)
        self.progress.advance()
        documents = _made(draft.text / DOCUMENT_TEXT)
        facts["document text index"] = self.text_indexer.build(
            _document_entries(catalog), documents
        )
        self.progress.advance()
        return {stage: _plain(stage, each) for stage, each in facts.items()}

    def encoder(self, draft: Draft) -> Model:
        """Give *draft* the query encoder, exported once for a model; or say why it has none."""
        fingerprint, dimension = self.embedder.fingerprint, self.embedder.dimension
        opener: str | None = None
        because: str | None = "the embedder cannot leave a query encoder"
        if isinstance(self.embedder, ExportsQueryEncoder):
            try:
                cached = self._exported(self.embedder)
                opener, because = (cached / _OPENER).read_text("utf-8"), None
                for file in cached.iterdir():
                    if file.name != _OPENER:
                        hard_link_or_copy(file, draft.encoder / file.name)
            except ModelError as error:
                because = str(error)
                self.progress.say(
                    f"questions will be encoded by the model itself, which starts slower: {error}"
                )
        return Model(
            fingerprint=fingerprint,
            dimension=dimension,
            query_encoder=opener,
            no_encoder_because=because,
        )

    def _exported(self, embedder: ExportsQueryEncoder) -> Path:
        """The folder of the model's exported encoder, made if it is not there."""
        folder = self.layout.encoder(self.embedder.fingerprint)
        if (folder / _OPENER).is_file():
            return folder
        self.progress.start("exporting", 1)
        aside = folder.with_name(f".{folder.name}.making")
        remove_tree(aside)
        remove_tree(folder)
        aside.mkdir(parents=True)
        opener = embedder.export_query_encoder(aside)
        (aside / _OPENER).write_text(opener, "utf-8")
        replace(aside, folder)
        self.progress.advance()
        return folder


_OPENER = "OPENER"


def _units(catalog: Catalog, parent: Generation | None) -> Units:
    if parent is None:
        return units_of(catalog, None)
    with Catalog(parent.catalog) as before:
        earlier = load_units(parent.vectors, before.counts.passages)
        return units_of(catalog, (before, earlier))


def _firsts(catalog: Catalog) -> NDArray[np.int64]:
    rows = list(catalog.documents())
    return np.array([*(row.first_row for row in rows), catalog.counts.passages], np.int64)


def _passage_entries(catalog: Catalog) -> Iterator[TextEntry]:
    """Each passage, with what its segmenter says of it before its words as context."""
    for row, passages in catalog.each_document():
        for number, passage in enumerate(passages, row.first_row):
            yield TextEntry(
                row=number,
                body=passage.search_text,
                context=passage.context,
                language=passage.language or row.language,
            )


def _document_entries(catalog: Catalog) -> Iterator[TextEntry]:
    """Each document as a whole, numbered in the order of the catalog."""
    for number, (row, passages) in enumerate(catalog.each_document()):
        yield TextEntry(
            row=number,
            body="\n".join(passage.search_text for passage in passages),
            context=" ".join(name for name in (row.title, row.date_printed) if name),
            language=row.language,
        )


def _plain(stage: str, facts: dict[str, Any]) -> dict[str, Any]:
    """*facts* as the manifest's JSON holds them, without NumPy's numbers.

    Raises ``PluginError`` for what is no JSON.
    """
    try:
        plain: dict[str, Any] = json.loads(json.dumps(facts))
    except (TypeError, ValueError) as error:
        raise PluginError(f"the {stage} plugin gave facts that are no JSON: {error}") from None
    return plain


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder
