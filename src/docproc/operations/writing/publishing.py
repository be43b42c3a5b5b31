"""What a run publishes by, put together: publisher, builder, re-ranker, calibration."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docproc.hooks.specs import EMBED, RERANK, TEXT_INDEX, VECTOR_INDEX, Stage
from docproc.operations.application import Application
from docproc.operations.published.calibration_warnings import find_coverage_warning
from docproc.operations.published.embedder_choice import CONFIGURED, describe_embedder
from docproc.store.manifest import Manifest

if TYPE_CHECKING:
    from docproc.pipeline.building.build import Builder
    from docproc.pipeline.building.reranking import ChosenReranker
    from docproc.pipeline.monitoring.progress import Progress
    from docproc.pipeline.publishing.publish import Gate, Publisher
    from docproc.store.generations.generation import Generation
    from docproc.store.vectors.object_store import ShardStore


def make_publisher(
    application: Application, progress: Progress, gate: Gate | None, configured: Application
) -> Publisher:
    """The second half of a run; *configured* is the application as config.toml has it."""
    from docproc.pipeline.publishing.publish import Publisher, RetentionRule

    keep = application.workspace.config.retention
    recipe = application.plugins.recipe()
    facts = {}
    if describe_embedder(recipe.embedder) != (
        own := describe_embedder(configured.plugins.recipe().embedder)
    ):
        facts = {CONFIGURED: own}
    return Publisher(
        generations=application.generations,
        recipe=recipe,
        builder=lambda: _builder(application, progress),
        fingerprint=lambda: application.plugins.make(EMBED, recipe.embedder.name).fingerprint,
        calibrate=partial(_calibrate_folder, application),
        gate=gate,
        facts=facts,
        retention=RetentionRule(keep.generations, timedelta(days=keep.days)),
        opens=application.can_open,
        observers=configured.plugins.observers(progress.say),
        reranker=cache(lambda: _reranker(application)),
        publish_elsewhere=partial(_publish_elsewhere, application),
    )


def _publish_elsewhere(application: Application, generation: Generation) -> None:
    """Publish it in object storage too, where config.toml names one."""
    if url := application.workspace.config.scale.generations:
        from docproc.store.generations.object_generations import ObjectGenerations

        ObjectGenerations(url, application.generations).push(generation)


def _reranker(application: Application) -> ChosenReranker | None:
    """The re-ranker that config.toml names, ready to be measured; ``None``: it names none."""
    name = application.workspace.config.pipeline.reranker
    if not name:
        return None
    from docproc.pipeline.building.reranking import ChosenReranker
    from docproc.plugins.guards.guarded_ranking import fingerprint_of, guard_reranker
    from docproc.store.encoders.shared_encoders import SharedEncoders

    offer = application.plugins.offer(RERANK, name)
    made = guard_reranker(offer, application.plugins.make(RERANK, name))
    shared = SharedEncoders.of_user() if offer.origin.kind == "built-in" else None
    return ChosenReranker(name, fingerprint_of(offer, made), made, shared)


def _builder(application: Application, progress: Progress) -> Builder:
    """What embeds, indexes and exports a draft, with the plugins that config.toml names."""
    from docproc.pipeline.building.build import Builder
    from docproc.plugins.guards.guarded_stages import guard_embedder, guard_indexer
    from docproc.store.encoders.shared_encoders import SharedEncoders

    pipeline, plugins = application.workspace.config.pipeline, application.plugins

    def indexer(stage: Stage[Any], name: str) -> Any:
        return guard_indexer(plugins.offer(stage, name), plugins.make(stage, name))

    return Builder(
        layout=application.generations.layout,
        embedder=guard_embedder(
            plugins.offer(EMBED, pipeline.embedder), plugins.make(EMBED, pipeline.embedder)
        ),
        vector_indexer=indexer(VECTOR_INDEX, pipeline.vector_index),
        text_indexer=indexer(TEXT_INDEX, pipeline.text_index),
        progress=progress,
        shared=(
            SharedEncoders.of_user()
            if plugins.offer(EMBED, pipeline.embedder).origin.kind == "built-in"
            else None
        ),
        shard_store=partial(_shard_store, application),
    )


def _shard_store(application: Application, fingerprint: str) -> ShardStore | None:
    """Where the vectors of one model are kept beside the folder of its cache."""
    url = application.workspace.config.scale.vectors
    if not url:
        return None
    from docproc.store.vectors.object_store import ObjectStore

    return ObjectStore(url, application.generations.layout.cache(fingerprint).name)


def _calibrate_folder(
    application: Application, folder: Path, manifest: Manifest, progress: Progress
) -> dict[str, Any]:
    """Measure the draft in *folder*; what the manifest keeps of it."""
    from docproc.retrieval.calibrating.measure import STEPS, calibrate

    progress.start("calibrating", STEPS)
    measured = calibrate(application.open_generation(folder, manifest), progress.advance).as_json()
    if said := find_coverage_warning(replace(manifest, calibration=measured)):
        progress.say(f"Note: {said}.")
    return measured
