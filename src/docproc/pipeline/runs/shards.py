"""Shards: a run over a corpus in several parts, each of which is built as a whole one is.

The run plans every shard, keeps those in which nothing has changed, and hands the others to an
executor as plain values.  A shard is read into a catalog of its own, goes on from there after a
kill, and shares the cache of vectors with the others; what is of the whole comes after.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from docproc.dataclass_on_use import dataclass
from docproc.errors import StoreError, TryLater
from docproc.hooks.execution import Executor, Work
from docproc.pipeline.ingesting.plan import Plan
from docproc.pipeline.publishing.publish import Publication, Publisher
from docproc.store.catalog import Failure
from docproc.store.catalog.shard_map import shard_name
from docproc.store.generations.draft import DraftGeneration
from docproc.store.generations.draft_folder import ShardDraft
from docproc.store.generations.generation import Generation, open_generation
from docproc.store.layout import CATALOG, MANIFEST, SHARDS
from docproc.store.manifest import Manifest, Recipe, recipe_hash
from docproc.store.runs.unfinished import Unfinished, folder_of_shard

if TYPE_CHECKING:
    from docproc.pipeline.building.build import Builder
    from docproc.pipeline.monitoring.progress import Progress
    from docproc.pipeline.runs.run import Indexer


class ShardTask(msgspec.Struct, frozen=True, kw_only=True):
    """What builds one shard must know, wherever it runs.

    ``workspace`` and ``draft`` are folders; ``parent`` is the id of the generation that has the
    shard as it was, if one does, and ``damaged`` its files that are damaged.  ``embedder`` is
    the name and the settings of the embedder; ``reads`` says whether sources are read.
    """

    workspace: str
    draft: str
    shard: int
    shards: int
    parent: str | None
    damaged: tuple[str, ...]
    recipe: str
    embedder: tuple[str, dict[str, Any]] | None = None
    device: str = ""
    paths: tuple[str, ...] = ()
    reads: bool = True
    retry_failed: bool = False


class ShardMade(msgspec.Struct, frozen=True, kw_only=True):
    """What came of it; the shard itself lies in the draft.

    ``said`` are the lines for a person that nobody has been told yet; ``None``: this process told
    them, and every failure, as it went.
    """

    embedded: int
    kept: int = 0
    failures: tuple[Failure, ...] = ()
    said: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Sharding:
    """How a run is spread: into how many shards, mapped by what, and what does the *work*.

    ``shards`` 0: as many as are published; ``here`` makes *work* use this run's own parts
    where it is done in this process, and gives back what ends that.
    """

    shards: int
    executor: Callable[[], Executor]
    work: Work
    task: Callable[[Publisher], ShardTask]
    """A task of no shard yet, with what all of them have in common."""
    here: Callable[[Publisher, Progress], Callable[[], None]]

    def count(self, parent: Generation | None) -> int:
        """How many shards there shall be, where *parent* is published."""
        published = len(parent.manifest.shards) if parent else 0
        return self.shards or max(1, published)


def parts_of(parent: Generation | None, shards: int) -> list[Generation | None]:
    """The shards of *parent*, ``None`` for each that is not there, or is damaged at its root."""
    if parent is None or len(parent.manifest.shards) != shards:
        return [None] * shards
    found: list[Generation | None] = []
    for number in range(shards):
        part = None
        with contextlib.suppress(StoreError):
            part = parent.shard(number)
            if part.damaged and part.damaged & {MANIFEST, CATALOG}:
                part = None
        found.append(part)
    return found


def hash_of(recipe: Recipe) -> str:
    """One hash over all plugins of *recipe*, by which a worker knows that it has the same."""
    return recipe_hash(
        *recipe.parsers, *recipe.normalizers, recipe.segmenter, recipe.embedder,
        recipe.vector_index, recipe.text_index, *recipe.references,
    )  # fmt: skip


def build_all(
    sharding: Sharding,
    publisher: Publisher,
    builder: Builder,
    draft: DraftGeneration,
    parent: Generation | None,
    tasks: Sequence[ShardTask],
) -> tuple[dict[int, ShardMade], list[Manifest]]:
    """Build the shards of *tasks*, take over the others; what came of each, and every manifest."""
    shards = tasks[0].shards
    building = {task.shard for task in tasks}
    for number in range(shards):
        if number not in building:
            assert parent is not None
            draft.take(parent, f"{SHARDS}/{shard_name(number)}")
    # in this process the steps of each shard are reported as they are without shards
    leave = sharding.here(publisher, builder.progress)
    made: dict[int, ShardMade] = {}
    apart = False
    try:
        encoded = [msgspec.json.encode(task) for task in tasks]
        for number, result in sharding.executor().map(sharding.work, encoded):
            shard = tasks[number].shard
            made[shard] = msgspec.json.decode(result, type=ShardMade)
            said = made[shard].said
            if said is not None:
                if not apart:
                    builder.progress.start("building", len(tasks))
                apart = True
                builder.progress.advance()  # a spent budget ends the run here
                for line in said:
                    builder.progress.say(f"shard {shard}: {line}")
                for failure in made[shard].failures:
                    builder.progress.fail(failure.path, failure.cause)
            builder.progress.say(f"Shard {len(made)} of {len(tasks)} is built (number {shard}).")
    finally:
        leave()
    folders = [draft.folder / SHARDS / shard_name(number) for number in range(shards)]
    return made, [open_generation(folder).manifest for folder in folders]


def build_one(task: ShardTask, indexer: Indexer, publisher: Publisher) -> ShardMade:
    """Build the shard of *task*.  Raises ``TryLater`` where the run has other plugins by now."""
    if hash_of(publisher.recipe) != task.recipe:
        raise TryLater(
            "the configuration or the plugins changed while the run went on; what was published "
            "stands: `docproc index` again"
        )
    parent = None
    if task.parent is not None:
        whole = replace(indexer.generations.get(task.parent), damaged=frozenset(task.damaged))
        parent = whole.shard(task.shard)
    builder = publisher.builder().for_shard(task.shard)
    draft = ShardDraft(Path(task.draft), shard_name(task.shard))
    kept = 0
    failures: tuple[Failure, ...] = ()
    if task.reads:
        layout = indexer.generations.layout
        unfinished = Unfinished(layout, folder_of_shard(task.shard, task.shards))
        with indexer.readings() as readings:
            concerns = indexer.concerns([Path(path) for path in task.paths])
            unread = indexer.unread(publisher.recipe, readings, concerns)
            unread = unread.of_shard(task.shard, task.shards)
            todo = unread.since(parent)
            kept, failures = unread.read(
                todo, parent, unfinished, readings, builder.progress, indexer.observers
            )
        draft.take_catalog(unfinished.catalog, unfinished.sum())
    else:
        assert parent is not None
        draft.take(parent, CATALOG)
    embedded = publisher.build_shard(draft, builder, parent)
    return ShardMade(embedded=embedded, kept=kept, failures=failures)


def _sort(each: Iterable[Iterable[Any]]) -> tuple[Any, ...]:
    return tuple(sorted(chain.from_iterable(each), key=lambda found: found.path))


def joined_plan(plans: Sequence[Plan]) -> Plan:
    """What all shards have to do together."""
    return Plan(
        new=_sort(plan.new for plan in plans),
        changed=_sort(plan.changed for plan in plans),
        removed=tuple(sorted(path for plan in plans for path in plan.removed)),
        touched=_sort(plan.touched for plan in plans),
        failing=_sort(plan.failing for plan in plans),
        unchanged=sum(plan.unchanged for plan in plans),
        confirmed=tuple(sorted(each for plan in plans for each in plan.confirmed)),
    )


def publish_all(
    sharding: Sharding,
    publisher: Publisher,
    builder: Builder,
    parent: Generation | None,
    tasks: Callable[[DraftGeneration], Sequence[ShardTask]],
) -> tuple[dict[int, ShardMade], Publication | None]:
    """Build the shards that *tasks* are of, and publish; ``None`` where there is no document."""
    with publisher.generations.begin() as draft:
        made, manifests = build_all(sharding, publisher, builder, draft, parent, tasks(draft))
        if parent is None and not any(each.counts.documents for each in manifests):
            return made, None
        embedded = sum(each.embedded for each in made.values())
        return made, publisher.publish_shards(draft, builder, parent, manifests, embedded)
