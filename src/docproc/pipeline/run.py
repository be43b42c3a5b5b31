"""Run: bring the published generation up to date with the sources, or leave it as it is."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from docproc import __version__
from docproc.errors import UsageError
from docproc.pipeline.build import Builder
from docproc.pipeline.duplicates import record_duplicates
from docproc.pipeline.ingest import Recipes, ingest
from docproc.pipeline.inheritance import Calibrate, calibrated
from docproc.pipeline.isolation import Readings
from docproc.pipeline.plan import Plan, plan
from docproc.pipeline.scan import scan
from docproc.store.catalog import Catalog, CatalogWriter, Failure
from docproc.store.draft import Draft
from docproc.store.generation import Generation
from docproc.store.generations import Generations
from docproc.store.lock import WriterLock
from docproc.store.manifest import Counts, Manifest, PluginUse, Recipe, recipe_hash
from docproc.workspace import Workspace


@dataclass(frozen=True, slots=True)
class RunReport:
    """How a run went.

    ``outcome``: ``"published"``, ``"nothing to do"`` or ``"no documents"``.  ``texts`` is how
    many texts the generation embeds, ``embedded`` how many of them this run had to.
    """

    outcome: str
    generation: str | None
    plan: Plan
    failures: tuple[Failure, ...] = ()
    counts: Counts = field(default_factory=Counts)
    texts: int = 0
    embedded: int = 0
    seconds: float = 0.0

    def summary(self) -> str:
        """One line for a person."""
        failed = f"; {len(self.failures):,} could not be read" if self.failures else ""
        if self.outcome == "nothing to do":
            return f"Nothing to do: {self.plan.unchanged:,} files unchanged{failed}."
        if self.outcome == "no documents":
            return f"Nothing was published: there is no readable document{failed}."
        return (
            f"Indexed {self.plan.words() or 'again'}{failed}: {self.counts.documents:,} documents, "
            f"{self.counts.passages:,} passages, {self.embedded:,} of {self.texts:,} texts "
            f"embedded, in {self.seconds:.1f} s."
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
            "failed": [{"path": f.path, "cause": f.cause} for f in self.failures],
            "counts": dataclasses.asdict(self.counts),
            "texts": self.texts,
            "embedded": self.embedded,
            "seconds": round(self.seconds, 3),
        }


@dataclass(frozen=True, slots=True)
class Indexer:
    """Everything a run needs; put together in ``wiring``.

    ``readings`` and ``builder`` are called only when there is something to read or to build,
    so that a run with nothing to do makes no plugin.
    """

    workspace: Workspace
    generations: Generations
    recipe: Recipe
    readings: Callable[[], Readings]
    builder: Callable[[], Builder]
    calibrate: Calibrate
    opens: Callable[[Generation], bool] = lambda _: True
    """Whether a generation can be opened by the plugins in use, as they are now."""
    say: Callable[[str], None] = lambda _: None
    """Is told what was found damaged, a line each."""

    def run(self, paths: Sequence[Path] = ()) -> RunReport:
        """Index what changed, and publish; with *paths*, look at these only.

        Raises ``TryLater`` when another run is under way, and whatever a plugin or the store
        raises; the published generation then stands as it was.
        """
        begun = time.monotonic()
        concerns = self._concerns(paths)
        with WriterLock(self.generations.layout):
            self.generations.sweep()
            parent, mend = self.generations.examined(self.say)
            todo = self._plan(parent, concerns)
            stale = (
                mend
                or parent is None
                or parent.manifest.recipe != self.recipe
                or not self.opens(parent)
            )
            if todo.nothing and not stale:
                assert parent is not None
                report = RunReport("nothing to do", parent.id, todo, todo.failing)
            else:
                report = self._publish(parent, todo)
        return dataclasses.replace(report, seconds=time.monotonic() - begun)

    def _plan(self, parent: Generation | None, concerns: Callable[[str], bool]) -> Plan:
        found = scan(self.workspace)
        recipe = reading_recipe(self.recipe)
        failing = self._failing_recipe()
        if parent is None:
            return plan(found, {}, {}, recipe=recipe, failing=failing, concerns=concerns)
        with Catalog(parent.catalog) as catalog:
            return plan(
                found,
                catalog.sources(),
                catalog.failures(),
                recipe=recipe,
                failing=failing,
                concerns=concerns,
            )

    def _publish(self, parent: Generation | None, todo: Plan) -> RunReport:
        builder = self.builder()
        with self.generations.begin() as draft:
            failures = self._ingest(draft, parent, todo, builder)
            with Catalog(draft.catalog) as catalog:
                counts = catalog.counts
                if not counts.documents and parent is None:
                    return RunReport("no documents", None, todo, failures)
                texts, embedded = builder.embed(catalog, draft, parent)
                facts = builder.index(catalog, draft, parent)
                builder.progress.start("comparing", counts.documents)
                earlier = parent.folder if parent else None
                record_duplicates(catalog, draft.folder, earlier, builder.progress.advance)
            model = builder.encoder(draft)
            manifest = Manifest(
                docproc=__version__,
                parent=parent.id if parent else None,
                recipe=self.recipe,
                model=model,
                counts=counts,
                facts=facts,
            )
            manifest = calibrated(self.calibrate, draft.folder, manifest, parent, builder.progress)
            published = draft.publish(manifest)
        return RunReport("published", published.id, todo, failures, counts, texts, embedded)

    def _ingest(
        self, draft: Draft, parent: Generation | None, todo: Plan, builder: Builder
    ) -> tuple[Failure, ...]:
        recipes = Recipes(
            reading_recipe(self.recipe),
            self._failing_recipe(),
            {use.name: use.version for use in self.recipe.parsers},
        )
        with CatalogWriter(draft.catalog, parent.catalog if parent else None) as writer:
            with self.readings() as readings:
                failures = ingest(todo, readings, recipes, writer, builder.progress)
            writer.finish()
        return (*failures, *todo.failing)

    def _failing_recipe(self) -> str:
        """The hash of what a failure hangs on: a file is tried again when a limit changes."""
        limits = dataclasses.asdict(self.workspace.config.limits)
        return recipe_hash(PluginUse("limits", reading_recipe(self.recipe), "", limits))

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


def reading_recipe(recipe: Recipe) -> str:
    """The hash of what reads sources: a source that another recipe read is stale."""
    return recipe_hash(*recipe.parsers, *recipe.normalizers, recipe.segmenter, *recipe.references)
