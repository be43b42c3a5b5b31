"""Unread: what of the sources no catalog holds yet, read into one; and gone on with if need be."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from docproc.dataclass_on_use import dataclass
from docproc.pipeline.ingesting.ingest import Recipes, ingest
from docproc.pipeline.ingesting.plan import Plan, plan
from docproc.pipeline.monitoring.observers import Observers
from docproc.pipeline.monitoring.progress import Progress
from docproc.pipeline.reading.isolation import Readings
from docproc.pipeline.scan import FoundFile
from docproc.store.catalog import Failure, SourceState
from docproc.store.catalog.shard_map import shard_of
from docproc.store.generations.generation import Generation
from docproc.store.generations.open_catalog import open_catalog
from docproc.store.runs.unfinished import ReadSoFar as Kept
from docproc.store.runs.unfinished import Unfinished


@dataclass(frozen=True, slots=True)
class UnreadSources:
    """The files that there are, and what decides which of them must be read."""

    found: Sequence[FoundFile]
    recipes: Recipes
    concerns: Callable[[str], bool]
    retry_failed: bool = False

    def of_shard(self, shard: int, shards: int) -> UnreadSources:
        """Those of the files that belong to one shard of so many."""
        own = [found for found in self.found if shard_of(found.path, shards) == shard]
        return replace(self, found=own)

    def since(self, parent: Generation | None) -> Plan:
        """What has changed since *parent* was published."""
        if parent is None:
            return self._plan({}, {})
        with open_catalog(parent) as catalog:
            return self._plan(catalog.readings.sources(), catalog.readings.failures())

    def read(
        self,
        todo: Plan,
        parent: Generation | None,
        unfinished: Unfinished,
        readings: Readings,
        progress: Progress,
        observers: Observers,
    ) -> tuple[int, tuple[Failure, ...]]:
        """Carry *todo* out into the catalog of *unfinished*, which is finished then.

        What of it an earlier run has read, and still stands, is kept.  Returns how many sources
        that are, and all that failed.
        """
        rest, kept = todo, 0
        if unfinished.examine(parent, progress.say):
            left = self._plan(*unfinished.states())
            kept = todo.to_read - left.to_read
            if kept > 0 or not todo.to_read:
                rest = left
            else:  # all of it would be read otherwise now
                unfinished.retire()
                kept = 0
        if kept:
            progress.say(f"Going on: {Kept(kept, todo.to_read)} by an earlier run.")
        failures: list[Failure] = []
        if not (unfinished.finished and rest.idle):
            with unfinished.going_on(parent, Kept(kept, todo.to_read)) as writer:
                failures = ingest(
                    rest, readings, self.recipes, writer, progress, observers, before=kept
                )
                writer.finish()
        return kept, (*failures, *rest.failing)

    def _plan(self, sources: Mapping[str, SourceState], failures: Mapping[str, Failure]) -> Plan:
        return plan(
            self.found,
            sources,
            failures,
            stands=self.recipes.reading.stands,
            failing=self.recipes.failing,
            concerns=self.concerns,
            retry_failed=self.retry_failed,
        )
