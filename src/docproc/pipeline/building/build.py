"""Build: from a catalog to all else that a generation needs for answering."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from docproc.dataclass_on_use import dataclass
from docproc.errors import DocprocError, IndexSilent, ModelError, PluginError, TryLater
from docproc.hooks import specs
from docproc.hooks.indexes import (
    ExtendsTextIndex,
    ExtendsVectorIndex,
    JoinsTextIndexes,
    TextEntry,
    TextIndexer,
    VectorIndexer,
)
from docproc.hooks.protocols import Embedder, EmbedsByExport, ExportsQueryEncoder, LearnsFromTexts
from docproc.hooks.vector_rows import ArrayRows, RowFields, ScopedVectorIndexer, ask_by_scope
from docproc.pipeline.building import embedding
from docproc.pipeline.building.embedding import (
    EarlierVectors,
    document_means,
    embed,
    facts_of,
    gather,
    unique_missing,
)
from docproc.pipeline.building.inheritance import TAKEN_OVER, Inheritance, inherit
from docproc.pipeline.building.reranking import entries_of, export_once, plain_facts
from docproc.pipeline.building.units import missing_texts, units_of
from docproc.pipeline.monitoring.progress import Progress
from docproc.store.catalog import Catalog, each_document
from docproc.store.encoders import encoder_folder
from docproc.store.encoders.shared_encoders import SharedEncoders
from docproc.store.files.durable import explain_no_room, make_folder, remove_tree
from docproc.store.generations.draft_folder import DraftFolder
from docproc.store.generations.generation import Generation
from docproc.store.generations.published_vectors import PublishedShard, published_shards
from docproc.store.layout import (
    DOCUMENT_TEXT,
    DOCUMENT_VECTORS,
    PASSAGE_TEXT,
    TEXT,
    UNIT_OWNERS,
    UNIT_VECTORS,
    VECTOR_INDEX,
    VECTORS,
    Layout,
)
from docproc.store.maintenance.unused_models import mark_unpublished
from docproc.store.manifest import Model
from docproc.store.vectors.cache import VectorCache
from docproc.store.vectors.object_store import ShardStore
from docproc.store.vectors.quantization import open_vectors, packed_rows
from docproc.workspace.arrays import load_array


@contextlib.contextmanager
def try_later_if_silent() -> Iterator[None]:
    """Raise ``TryLater`` where a vector index that lies elsewhere does not answer."""
    try:
        yield
    except IndexSilent as error:
        raise TryLater(
            f"{error}; what is published stands, and the vectors are kept: `docproc index` goes on"
        ) from None


@dataclass(frozen=True, slots=True)
class Builder:
    """The embed and index stages, and where their products are cached."""

    layout: Layout
    embedder: Embedder
    vector_indexer: VectorIndexer | ScopedVectorIndexer
    text_indexer: TextIndexer
    progress: Progress
    shared: SharedEncoders | None = None
    """The encoders of this machine; ``None`` where this embedder's are not to be among them."""
    shard_store: Callable[[str], ShardStore | None] = lambda _: None
    """Where the vectors of the model with this fingerprint are kept beside its folder."""

    def learn(self, catalog: Catalog) -> Builder:
        """The same, with an embedder that learned from *catalog*.  Raises ``PluginError``."""
        learner = self.embedder
        if not isinstance(learner, LearnsFromTexts):
            return self
        if not isinstance(self.embedder, ExportsQueryEncoder):
            raise PluginError(
                "the embedder learns from the texts, and what it learned has no place: it must "
                "leave a query encoder, too (docproc.hooks.ExportsQueryEncoder)"
            )
        units, _ = units_of(catalog, None)
        once = np.zeros(len(units.keys), np.bool_)
        if len(once):
            once[np.unique(units.keys, axis=0, return_index=True)[1]] = True
        self.progress.start("learning", 1)
        texts = sorted(text for _, some in missing_texts(catalog, units, once) for text in some)
        embedder = learner.with_learned(learner.fit(texts))
        self.progress.advance()
        return replace(self, embedder=embedder)

    def for_shard(self, shard: int) -> Builder:
        """The same stages, for one shard.  Raises ``PluginError`` where they know none."""
        if isinstance(self.embedder, LearnsFromTexts):
            raise PluginError(
                "the embedder learns from all texts, which no shard has: index with `--shards 1`"
            )
        if not isinstance(self.text_indexer, JoinsTextIndexes):
            raise PluginError(
                f"the text index plugin {type(self.text_indexer).__name__} cannot ask several "
                "shards as one (it has no open_joined): index with `--shards 1`"
            )
        return replace(self, text_indexer=self.text_indexer.for_shard(shard))

    def embed(
        self, catalog: Catalog, draft: DraftFolder, parent: Generation | None
    ) -> tuple[int, int]:
        """Embed what the cache lacks into *draft*; how many texts there are, and were embedded."""
        inherited = inherit(catalog, parent)
        units, carried = units_of(catalog, inherited)
        units.save(draft.vectors)
        earlier = self._earlier(inherited, carried)
        unknown = np.ones(len(units.keys), np.bool_)
        if earlier is not None:
            unknown[carried[carried >= 0]] = False
        total = 0
        with VectorCache(
            self.layout.cache(self.embedder.fingerprint),
            self.embedder.dimension,
            shard=embedding.SHARD,
            store=self.shard_store(self.embedder.fingerprint),
            published=self.published_vectors(parent),
        ) as cache:
            while True:
                missing = np.zeros_like(unknown)
                missing[unknown] = unique_missing(units.keys[unknown], cache)
                for damaged in cache.damaged:
                    self.progress.say(str(damaged))
                cache.damaged.clear()
                if count := int(missing.sum()):
                    mark_unpublished(cache.folder)
                    self._use_export()
                    batches = missing_texts(catalog, units, missing)
                    embed(batches, count, self.embedder, cache, self.progress)
                    total += count
                unknown = gather(units.keys, cache, draft.vectors / UNIT_VECTORS, earlier)
                if not unknown.any():
                    break
        self._document_vectors(catalog, draft, inherited if earlier else None)
        return len(units.keys), total

    def published_vectors(self, parent: Generation | None) -> list[PublishedShard]:
        """The vectors of this model that are published, without those of a damaged *parent*."""
        damaged = parent is not None and bool(parent.damaged)
        without = frozenset({parent.id} if parent and damaged else ())
        return published_shards(self.layout, self.embedder.fingerprint, without)

    def use_known_export(self) -> None:
        """Let the embedder use its export where there is one already; nothing is written."""
        folder = self.layout.encoder(self.embedder.fingerprint)
        if isinstance(self.embedder, EmbedsByExport) and encoder_folder.is_intact(folder):
            self.embedder.use_export(folder)

    def _use_export(self) -> None:
        """Let the embedder use its export, made if need be, where it can do that."""
        if isinstance(self.embedder, EmbedsByExport) and isinstance(
            self.embedder, ExportsQueryEncoder
        ):
            with contextlib.suppress(ModelError):  # told when the draft is given its encoder
                self.embedder.use_export(self._export(self.embedder))

    def facts(self) -> dict[str, Any]:
        """What the embedder tells of its vectors, as the manifest's JSON holds it."""
        folder = self.layout.cache(self.embedder.fingerprint)
        return plain_facts(specs.EMBED.name, facts_of(self.embedder, folder))

    def index(
        self, catalog: Catalog, draft: DraftFolder, parent: Generation | None = None
    ) -> dict[str, dict[str, Any]]:
        """Make the vector index and the two text indexes; return their facts.

        From those of *parent* as far as it was examined, was made by the same plugins, and
        has documents in common with *catalog*.
        """
        self.progress.start("indexing", 3)
        inherited = inherit(catalog, parent)
        facts = {}
        if inherited is not None:
            draft.shares_with(inherited.parent)
            facts[TAKEN_OVER] = {"passages": inherited.kept_passages}
        with try_later_if_silent():
            facts[specs.VECTOR_INDEX.name] = self._index_vectors(catalog, draft, inherited)
            rows = ArrayRows(open_vectors(draft.vectors / UNIT_VECTORS))
            # it was written whole
            ask_by_scope(self.vector_indexer).open(draft.vectors / VECTOR_INDEX, rows)
        self.progress.advance()
        facts[specs.TEXT_INDEX.name] = self._index_texts(
            draft, PASSAGE_TEXT, lambda first: entries_of(catalog, first), inherited
        )
        self.progress.advance()
        facts["document text index"] = self._index_texts(
            draft, DOCUMENT_TEXT, lambda first: _document_entries(catalog, first), inherited
        )
        self.progress.advance()
        return {stage: plain_facts(stage, each) for stage, each in facts.items()}

    def _earlier(
        self, inherited: Inheritance | None, carried: NDArray[np.int64]
    ) -> EarlierVectors | None:
        """The vectors of the generation before, if they are sound and of the same model."""
        if inherited is None or not len(carried):
            return None
        parent, model = inherited.parent, inherited.parent.manifest.model
        same = (model.fingerprint, model.dimension) == (
            self.embedder.fingerprint,
            self.embedder.dimension,
        )
        if not same or not parent.sound(f"{VECTORS}/{UNIT_VECTORS}"):
            return None
        return EarlierVectors(open_vectors(parent.vectors / UNIT_VECTORS), carried)

    def _document_vectors(
        self, catalog: Catalog, draft: DraftFolder, inherited: Inheritance | None
    ) -> None:
        earlier = None
        if inherited and inherited.parent.sound(f"{VECTORS}/{DOCUMENT_VECTORS}"):
            before = open_vectors(inherited.parent.vectors / DOCUMENT_VECTORS)
            earlier = packed_rows(before, inherited.documents >= 0)
        vectors = open_vectors(draft.vectors / UNIT_VECTORS)
        document_means(vectors, catalog.first_rows, draft.vectors / DOCUMENT_VECTORS, earlier)

    def _index_vectors(
        self, catalog: Catalog, draft: DraftFolder, inherited: Inheritance | None
    ) -> dict[str, Any]:
        vectors = open_vectors(draft.vectors / UNIT_VECTORS)
        folder = _make_folder(draft.vectors / VECTOR_INDEX)
        if inherited is not None and isinstance(self.vector_indexer, ExtendsVectorIndex):
            _, carried = units_of(catalog, inherited)
            if self._earlier(inherited, carried) and inherited.parent.sound(
                f"{VECTORS}/{VECTOR_INDEX}"
            ):
                before = inherited.parent.vectors / VECTOR_INDEX
                extend = self.vector_indexer.extend
                facts = self._extend(
                    before, folder, lambda: extend(before, carried, vectors, folder)
                )
                if facts is not None:
                    return facts
        owners = load_array(draft.vectors / UNIT_OWNERS, mapped=True)

        def fields(first: int, end: int) -> RowFields:
            return catalog.scoped.fields(owners[first:end].astype(np.int64))

        return ask_by_scope(self.vector_indexer).build(ArrayRows(vectors, fields), folder)

    def _index_texts(
        self,
        draft: DraftFolder,
        name: str,
        entries: Callable[[int], Iterator[TextEntry]],
        inherited: Inheritance | None,
    ) -> dict[str, Any]:
        """Build the text index called *name*; *entries* are those from some document on."""
        folder = _make_folder(draft.text / name)
        if (
            inherited is not None
            and isinstance(self.text_indexer, ExtendsTextIndex)
            and inherited.parent.sound(f"{TEXT}/{name}")
        ):
            rows = inherited.passages if name == PASSAGE_TEXT else inherited.documents
            before, new = inherited.parent.text / name, entries(inherited.kept_documents)
            extend = self.text_indexer.extend
            facts = self._extend(before, folder, lambda: extend(before, rows, new, folder))
            if facts is not None:
                return facts
        return self.text_indexer.build(entries(0), folder)

    def _extend(
        self, before: Path, folder: Path, extend: Callable[[], dict[str, Any] | None]
    ) -> dict[str, Any] | None:
        """What *extend* gives; ``None``, and *folder* empty, where the index *before* is damaged.

        Its checksums may be right all the same, where it was made so; and a panic of tantivy's is
        no ``Exception``.
        """
        try:
            return extend()
        except BaseException as error:
            panic = type(error).__name__ == "PanicException"
            own = isinstance(error, (DocprocError, OSError, MemoryError))
            if not (panic or isinstance(error, Exception)) or own or explain_no_room(error, folder):
                raise
            first = (str(error).strip().splitlines() or [""])[0]
            self.progress.say(f"{before}: cannot be extended, so it is built again: {first}")
            remove_tree(folder)
            make_folder(folder)
            return None

    def encoder(self, draft: DraftFolder) -> Model:
        """Give *draft* the query encoder, exported once for a model; or say why it has none."""
        fingerprint, dimension = self.embedder.fingerprint, self.embedder.dimension
        opener: str | None = None
        because: str | None = "the embedder cannot leave a query encoder"
        if isinstance(self.embedder, ExportsQueryEncoder):
            try:
                opener, because = (
                    encoder_folder.copy_encoder(self._export(self.embedder), draft.encoder),
                    None,
                )
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

    def _export(self, embedder: ExportsQueryEncoder) -> Path:
        """The folder of the model's exported encoder, made if it is not there, or is damaged."""
        fingerprint = self.embedder.fingerprint
        folder, export = self.layout.encoder(fingerprint), embedder.export_query_encoder
        return export_once(folder, fingerprint, export, self.shared, self.progress)


def _document_entries(catalog: Catalog, start: int = 0) -> Iterator[TextEntry]:
    """Each document as a whole, numbered in the order of the catalog."""
    for number, (row, passages) in enumerate(each_document(catalog, start), start):
        yield TextEntry(
            row=number,
            body="\n".join(passage.search_text for passage in passages),
            context=" ".join(name for name in (row.title, row.date_printed) if name),
            language=row.language,
        )


def _make_folder(folder: Path) -> Path:
    make_folder(folder)
    return folder
