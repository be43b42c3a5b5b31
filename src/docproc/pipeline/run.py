"""Run: bring the published generation up to date with the sources, or leave it as it is."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from docproc.errors import UsageError
from docproc.hooks.observers import Observers
from docproc.pipeline.build import Builder
from docproc.pipeline.ingest import Recipes, ingest
from docproc.pipeline.isolation import Readings
from docproc.pipeline.plan import Plan, plan
from docproc.pipeline.publish import Publication, Publisher
from docproc.pipeline.recipes import ReadingRecipe, reading_recipe
from docproc.pipeline.scan import scan
from docproc.records import Judgement
from docproc.store.catalog import Catalog, CatalogWriter, Failure
from docproc.store.draft import Draft
from docproc.store.generation import Generation
from docproc.store.generations import Generations
from docproc.store.lock import WriterLock
from docproc.store.manifest import Counts, PluginUse, Recipe, recipe_hash
from docproc.text.quantities import counted
from docproc.workspace import Workspace


@dataclass(frozen=True, slots=True)
class RunReport:
    """How a run went.

    ``outcome``: ``"published"``, ``"nothing to do"`` or ``"no documents"``.  ``texts`` is how
    many texts the generation embeds, ``embedded`` how many of them this run had to; ``doing``
    is what a re-embedding did, in words.
    """

    outcome: str
    generation: str | None
    plan: Plan
    failures: tuple[Failure, ...] = ()
    counts: Counts = field(default_factory=Counts)
    texts: int = 0
    embedded: int = 0
    seconds: float = 0.0
    judgement: Judgement | None = None
    removed: tuple[str, ...] = ()
    doing: str | None = None

    def of(self, publication: Publication) -> RunReport:
        """The same report with what was published."""
        return dataclasses.replace(
            self,
            outcome="published",
            generation=publication.generation.id,
            counts=publication.counts,
            texts=publication.texts,
            embedded=publication.embedded,
            judgement=publication.judgement,
            removed=publication.removed,
        )

    def summary(self) -> str:
        """One line for a person."""
        failed = f"; {len(self.failures):,} could not be read" if self.failures else ""
        if self.outcome == "nothing to do":
            if self.doing:
                return f"Nothing to do: {self.doing} already."
            return f"Nothing to do: {counted(self.plan.unchanged, 'file')} unchanged{failed}."
        if self.outcome == "no documents":
            return f"Nothing was published: there is no readable document{failed}."
        done = self.doing or f"Indexed {self.plan.words() or 'again'}"
        gate = f" Gate: {self.judgement.summary()}." if self.judgement else ""
        return (
            f"{done}{failed}: {counted(self.counts.documents, 'document')}, "
            f"{counted(self.counts.passages, 'passage')}, {self.embedded:,} of "
            f"{counted(self.texts, 'text')} embedded, in {self.seconds:.1f} s.{gate}"
        )

    def as_dict(self) -> dict[str, Any]:
        """The report as plain values, for JSON."""
        return {
            "outcome": self.outcome,
            "generation": self.generation,
            "new": [found.path for found in self.plan.new],
            "changed": [found.path for found in self.plan.changed],
            "removed": list(self.plan.removed),
            "unchanged": self.plan.unchanged,
            "failed": [{"path": f.path, "cause": f.cause, "count": f.count} for f in self.failures],
            "counts": dataclasses.asdict(self.counts),
            "texts": self.texts,
            "embedded": self.embedded,
            "gate": self.judgement.as_dict() if self.judgement else None,
            "generations removed": list(self.removed),
            "seconds": round(self.seconds, 3),
        }


@dataclass(frozen=True, slots=True)
class Indexer:
    """Everything a run needs; put together in ``wiring``.

    ``readings`` and the publisher's ``builder`` are called only when there is something to read
    or to build, so that a run with nothing to do makes no plugin.  ``publisher`` is made
    under the lock, for the generation that is published then: its embedder may be one that
    ``reembed`` was told to use.  *wait* is for the lock, in seconds.
    """

    workspace: Workspace
    generations: Generations
    publisher: Callable[[Generation | None], Publisher]
    readings: Callable[[], Readings]
    wait: float = 0
    retry_failed: bool = False
    say: Callable[[str], None] = lambda _: None
    """Is told what was found damaged, a line each."""
    observers: Observers = field(default_factory=Observers)
    """Are told what is read."""

    def run(self, paths: Sequence[Path] = ()) -> RunReport:
        """Index what changed, and publish; with *paths*, look at these only.

        Raises ``TryLater`` when another run is under way, and whatever a plugin or the store
        raises; the published generation then stands as it was.
        """
        begun = time.monotonic()
        concerns = self._concerns(paths)
        with WriterLock(self.generations.layout, self.wait):
            self.generations.sweep()
            parent, mend = self.generations.examined(self.say)
            publisher = self.publisher(parent)
            todo = self._plan(parent, publisher.recipe, concerns)
            if todo.nothing and parent is not None and not mend and publisher.fresh(parent):
                report = RunReport("nothing to do", parent.id, todo, todo.failing)
            else:
                report = self._publish(parent, publisher, todo)
        return dataclasses.replace(report, seconds=time.monotonic() - begun)

    def _plan(
        self, parent: Generation | None, recipe: Recipe, concerns: Callable[[str], bool]
    ) -> Plan:
        found = scan(self.workspace)
        failing = self._failing_recipe(recipe)
        if parent is None:
            return plan(found, {}, {}, failing=failing, concerns=concerns)
        with Catalog(parent.catalog) as catalog, self.readings() as readings:
            return plan(
                found,
                catalog.sources(),
                catalog.failures(),
                stands=ReadingRecipe(recipe, readings.chosen).stands,
                failing=failing,
                concerns=concerns,
                retry_failed=self.retry_failed,
            )

    def _publish(self, parent: Generation | None, publisher: Publisher, todo: Plan) -> RunReport:
        builder = publisher.builder()
        with self.generations.begin() as draft:
            failures = self._ingest(draft, parent, publisher.recipe, todo, builder)
            with Catalog(draft.catalog) as catalog:
                empty = not catalog.counts.documents
            report = RunReport("no documents", None, todo, failures)
            if empty and parent is None:
                return report
            return report.of(publisher.publish(draft, builder, parent))

    def _ingest(
        self, draft: Draft, parent: Generation | None, recipe: Recipe, todo: Plan, builder: Builder
    ) -> tuple[Failure, ...]:
        with CatalogWriter(draft.catalog, parent.catalog if parent else None) as writer:
            with self.readings() as readings:
                recipes = Recipes(
                    ReadingRecipe(recipe, readings.chosen),
                    self._failing_recipe(recipe),
                    {use.name: use.version for use in recipe.parsers},
                )
                failures = ingest(todo, readings, recipes, writer, builder.progress, self.observers)
            writer.finish()
        return (*failures, *todo.failing)

    def _failing_recipe(self, recipe: Recipe) -> str:
        """The hash of what a failure hangs on: a file is tried again when a limit changes."""
        limits = dataclasses.asdict(self.workspace.config.limits)
        return recipe_hash(PluginUse("limits", reading_recipe(recipe), "", limits))

    def _concerns(self, paths: Sequence[Path]) -> Callable[[str], bool]:
        """Whether a path of the corpus lies at or below one of *paths*."""
        roots = []
        for path in paths:
            try:
                roots.append(path.resolve().relative_to(self.workspace.root.resolve()).as_posix())
            except ValueError:
                raise UsageError(f"{path} is not in the workspace {self.workspace.root}") from None
        if not roots or "." in roots:
            return lambda _: True
        return lambda path: any(path == root or path.startswith(root + "/") for root in roots)
