"""Publish: from a draft's catalog to the current generation, past the gate."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from docproc import __version__
from docproc.dataclass_on_use import dataclass
from docproc.errors import GateFailed
from docproc.hooks.extensions import GenerationPublished
from docproc.pipeline.building.build import Builder, try_later_if_silent
from docproc.pipeline.building.inheritance import Calibrate, with_calibration
from docproc.pipeline.building.reranking import ChosenReranker
from docproc.pipeline.monitoring.observers import Observers
from docproc.pipeline.monitoring.progress import Progress
from docproc.pipeline.publishing.duplicates import record_duplicates
from docproc.pipeline.publishing.join_shards import join, joined_facts
from docproc.records import Judgement
from docproc.store.catalog import Catalog
from docproc.store.catalog.writing import word_writer
from docproc.store.generations.draft import DraftGeneration
from docproc.store.generations.draft_folder import ShardDraft
from docproc.store.generations.generation import Generation
from docproc.store.generations.generations import Generations
from docproc.store.generations.open_catalog import catalog_at
from docproc.store.generations.published_vectors import keep_vectors, publish_vectors
from docproc.store.layout import PLACES
from docproc.store.maintenance.unused_models import mark_published, remove_retired
from docproc.store.manifest import (
    EMBEDDING,
    RERANKER,
    Counts,
    Manifest,
    Model,
    Recipe,
    ShardEntry,
    calibrated_as_now,
    reranker_fingerprint,
    without_learning,
)

Gate = Callable[[Generation | None, Path, Manifest, Progress], Judgement | None]
"""Judges a built draft, in a folder, against the published generation; ``None``: by nothing.

Raises ``GateFailed`` where a plugin objects.
"""


CHOICE = ("configured",)
"""Of those, what says how the embedder was chosen."""


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """What is kept after a publication: the *keep* newest (0: all), and what is young."""

    keep: int = 0
    young: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True)
class Publication:
    """What was published: how many texts it embeds, how many of them this run had to."""

    generation: Generation
    texts: int
    embedded: int
    judgement: Judgement | None
    removed: tuple[str, ...] = ()

    @property
    def counts(self) -> Counts:
        return self.generation.manifest.counts


@dataclass(frozen=True, slots=True)
class BuiltDraft:
    """What a draft holds: how much, what its indexers say, how much was embedded, its shards."""

    counts: Counts
    facts: dict[str, dict[str, Any]]
    texts: int
    embedded: int
    shards: tuple[ShardEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class Publisher:
    """The second half of a run, which ``index`` and ``reembed`` have in common.

    ``facts`` are what the manifest shall say of the choice of the embedder; ``opens`` tells
    whether a generation can be opened by the plugins in use, as they are now.
    """

    generations: Generations
    recipe: Recipe
    builder: Callable[[], Builder]
    fingerprint: Callable[[], str]
    calibrate: Calibrate
    gate: Gate | None = None
    facts: dict[str, Any] = dataclasses.field(default_factory=dict)
    retention: RetentionRule = RetentionRule()
    opens: Callable[[Generation], bool] = lambda _: True
    publish_elsewhere: Callable[[Generation], None] = lambda _: None
    """Publishes it beside this workspace too."""
    observers: Observers = dataclasses.field(default_factory=Observers)
    """Are told what is published."""
    reranker: Callable[[], ChosenReranker | None] = lambda: None

    def fresh(self, generation: Generation) -> bool:
        """Whether *generation* is what this recipe would make of its catalog.

        The model is compared by its fingerprint too: its files may have changed under the
        same name.  Raises ``ModelError`` if it is missing.
        """
        return (
            generation.manifest.recipe == self.recipe
            and self.opens(generation)
            and without_learning(generation.manifest.model.fingerprint) == self.fingerprint()
            and reranker_fingerprint(generation.manifest) == self._reranker_fingerprint()
        )

    def measured(self, generation: Generation) -> bool:
        """Whether *generation* was calibrated as now, and has words noted where they must be."""
        about = generation.manifest
        if not about.shards and about.counts.passages >= word_writer.FROM:
            with Catalog(generation.catalog) as catalog:
                if catalog.words is None:
                    return False
        return calibrated_as_now(about.calibration)

    def _reranker_fingerprint(self) -> str | None:
        chosen = self.reranker()
        return chosen.fingerprint if chosen else None

    def records(self, generation: Generation) -> bool:
        """Whether *generation* says of the choice of its embedder what this run would say."""
        before = generation.manifest.facts.get(EMBEDDING, {})
        return all(before.get(name) == self.facts.get(name) for name in CHOICE)

    def publish(
        self, draft: DraftGeneration, builder: Builder, parent: Generation | None
    ) -> Publication:
        """Embed, index, judge and publish *draft*.  Raises ``GateFailed`` if it answers worse."""
        with Catalog(draft.catalog) as catalog:
            builder = builder.learn(catalog)
            counts = catalog.counts
            texts, embedded = builder.embed(catalog, draft, parent)
            facts = builder.index(catalog, draft, parent)
            _compare(catalog, draft, builder, parent)
        return self._finish(draft, builder, parent, BuiltDraft(counts, facts, texts, embedded))

    def build_shard(self, draft: ShardDraft, builder: Builder, parent: Generation | None) -> int:
        """Embed, index and seal one shard; return how many texts had to be embedded."""
        with Catalog(draft.catalog) as catalog:
            _, embedded = builder.embed(catalog, draft, parent)
            facts = builder.index(catalog, draft, parent)
            counts = catalog.counts
        model = Model(
            fingerprint=builder.embedder.fingerprint,
            dimension=builder.embedder.dimension,
            no_encoder_because="the generation has it, beside its shards",
        )
        manifest = Manifest(
            docproc=__version__, recipe=self.recipe, model=model, counts=counts, facts=facts
        )
        draft.seal(manifest)
        return embedded

    def publish_shards(
        self,
        draft: DraftGeneration,
        builder: Builder,
        parent: Generation | None,
        manifests: Sequence[Manifest],
        embedded: int,
    ) -> Publication:
        """As ``publish``, of a draft whose shards are built; *manifests* are theirs, in order."""
        shards = tuple(ShardEntry(name=each.id, counts=each.counts) for each in manifests)
        join(draft.folder, shards, parent).save(draft.folder / PLACES)
        with catalog_at(draft.folder, shards) as catalog:
            counts = catalog.counts
            _compare(catalog, draft, builder, parent)
        texts = counts.passages + counts.sentences
        facts = joined_facts([each.facts for each in manifests])
        return self._finish(
            draft, builder, parent, BuiltDraft(counts, facts, texts, embedded, shards)
        )

    def _finish(
        self, draft: DraftGeneration, builder: Builder, parent: Generation | None, made: BuiltDraft
    ) -> Publication:
        """Calibrate and judge what is *made*, and make it the current generation."""
        counts = made.counts
        about = dict(self.facts)
        about |= builder.facts()
        facts = made.facts | ({EMBEDDING: about} if about else {})
        if chosen := self.reranker():
            with catalog_at(draft.folder, made.shards) as catalog:
                facts[RERANKER] = chosen.prepare(
                    catalog, draft, parent, builder.layout, builder.progress
                )
        manifest = Manifest(
            docproc=__version__,
            parent=parent.id if parent else None,
            recipe=self.recipe,
            model=builder.encoder(draft),
            counts=counts,
            facts=facts,
            shards=made.shards,
        )
        judgement = None
        with try_later_if_silent():
            manifest = with_calibration(
                self.calibrate, draft.folder, manifest, parent, builder.progress
            )
            if self.gate is not None:
                judgement = self.gate(parent, draft.folder, manifest, builder.progress)
        if judgement is not None:
            if not judgement.passed:
                raise _refuse(judgement)
            figures = {figure.name: round(figure.after, 4) for figure in judgement.figures}
            manifest = dataclasses.replace(manifest, facts=manifest.facts | {"gate": figures})
        # object storage has the same files as the cache: that stays whole
        once = builder.shard_store(manifest.model.fingerprint) is None
        keeping = publish_vectors(builder.layout, draft.folder, manifest)
        with keeping if once else contextlib.nullcontext():
            generation = draft.publish(manifest)
        self.publish_elsewhere(generation)
        mark_published(builder.layout.cache(manifest.model.fingerprint))
        self.observers.tell(
            GenerationPublished(
                workspace=self.generations.layout.root.parent,
                generation=generation.id,
                parent=parent.id if parent else None,
                sources=counts.sources,
                documents=counts.documents,
                passages=counts.passages,
                failures=counts.failures,
                embedded=made.embedded,
            )
        )
        removed = self._retire(builder.progress)
        return Publication(generation, made.texts, made.embedded, judgement, removed)

    def _retire(self, progress: Progress) -> tuple[str, ...]:
        """Remove what retention no longer keeps, and what models without a generation left."""
        if not self.retention.keep:
            return ()
        removed: tuple[str, ...] = ()
        with contextlib.suppress(OSError):
            rule, say = self.retention, progress.say
            going = partial(keep_vectors, self.generations.layout)
            gone = self.generations.prune(rule.keep, rule.young, say, going)
            removed = tuple(listed.id for listed in gone)
            for folder, size in remove_retired(self.generations, progress.say):
                progress.say(f"removed: {folder} ({size / 1e6:.1f} MB, of a model no longer used)")
        for name in removed:
            progress.say(f"removed by the retention policy: generation {name}")
        return removed


def _compare(
    catalog: Catalog, draft: DraftGeneration, builder: Builder, parent: Generation | None
) -> None:
    """Find the documents that are the same, or nearly."""
    builder.progress.start("comparing", catalog.counts.documents)
    earlier = parent.folder if parent else None
    record_duplicates(catalog, draft.folder, earlier, builder.progress.advance)


def _refuse(judgement: Judgement) -> GateFailed:
    fallen = ", ".join(str(figure) for figure in judgement.fallen)
    lost = "".join(f"\n  lost: {fate}" for fate in judgement.lost)
    return GateFailed(
        f"the gate stays shut: {fallen}, a fall of more than {judgement.tolerance:g}; "
        f"what was published stands, and the vectors are kept{lost}",
        judgement.as_dict(),
    )
