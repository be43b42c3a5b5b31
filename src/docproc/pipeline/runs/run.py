"""Run: bring the published generation up to date with the sources, or leave it as it is."""

from __future__ import annotations

import dataclasses
import os
import time
from dataclasses import field
from typing import TYPE_CHECKING, Any

import msgspec

from docproc.dataclass_on_use import dataclass
from docproc.errors import UsageError
from docproc.pipeline.ingesting.ingest import Recipes
from docproc.pipeline.ingesting.plan import Plan, check_remaining, check_removals, check_sources
from docproc.pipeline.ingesting.reading_recipe import ReadingRecipe, reading_recipe
from docproc.pipeline.ingesting.unread_sources import UnreadSources
from docproc.pipeline.monitoring.observers import Observers
from docproc.pipeline.runs.shards import Sharding, ShardTask, joined_plan, parts_of, publish_all
from docproc.pipeline.scan import scan
from docproc.store.catalog import Catalog, Failure
from docproc.store.generations.open_catalog import open_catalog
from docproc.store.manifest import Counts, PluginUse, Recipe, recipe_hash
from docproc.store.runs.lock import WriterLock
from docproc.store.runs.unfinished import Unfinished
from docproc.text.words import count_phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from docproc.pipeline.building.build import Builder
    from docproc.pipeline.publishing.publish import Publication, Publisher
    from docproc.pipeline.reading.isolation import Readings
    from docproc.records import Judgement
    from docproc.store.generations.draft import DraftGeneration
    from docproc.store.generations.generation import Generation
    from docproc.store.generations.generations import Generations
    from docproc.workspace import Workspace


@dataclass(frozen=True, slots=True)
class RunReport:
    """How a run went.

    ``outcome``: ``"published"``, ``"nothing to do"`` or ``"no documents"``.  ``texts`` is how
    many texts the generation embeds, ``embedded`` how many of them this run had to; ``doing``
    is what a re-embedding did, in words; ``kept`` is how many sources an earlier run had read.
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
    kept: int = 0
    renamed: tuple[tuple[str, str], ...] = ()
    """Sources of one content under another path: the old one, the new one."""

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
        failed = _say_failures(self.failures)
        if self.outcome == "nothing to do":
            if self.doing:
                return f"Nothing to do: {self.doing} already."
            return f"Nothing to do: {count_phrase(self.plan.unchanged, 'file')} unchanged{failed}."
        if self.outcome == "no documents":
            return f"Nothing was published: there is no readable document{failed}."
        done = self.doing or f"Indexed {self._read()}"
        done += f" ({self.kept:,} read by an earlier run)" if self.kept else ""
        gate = f" Gate: {self.judgement.summary()}." if self.judgement else ""
        return (
            f"{done}: {count_phrase(self.counts.documents, 'document')}, "
            f"{count_phrase(self.counts.passages, 'passage')}, {self.embedded:,} of "
            f"{count_phrase(self.texts, 'text')} embedded, in {self.seconds:.1f} s{failed}.{gate}"
        )

    def _read(self) -> str:
        """What was indexed, in a few words; what could not be read at all is none of it."""
        return self._done.words() or ("again" if self.plan.nothing else "nothing new")

    @property
    def _done(self) -> Plan:
        """The plan without the sources of which nothing could be read."""
        unread = {failure.path for failure in self.failures if not failure.in_part}
        new = tuple(found for found in self.plan.new if found.path not in unread)
        changed = tuple(found for found in self.plan.changed if found.path not in unread)
        return dataclasses.replace(self.plan, new=new, changed=changed)

    def as_dict(self) -> dict[str, Any]:
        """The report as plain values, for JSON; what could not be read is ``failed`` alone."""
        return {
            "outcome": self.outcome,
            "generation": self.generation,
            "new": [found.path for found in self._done.new],
            "changed": [found.path for found in self._done.changed],
            "removed": list(self.plan.removed),
            "renamed": [{"from": old, "to": new} for old, new in self.renamed],
            "unchanged": self.plan.unchanged,
            "read before": self.kept,
            "failed": [{"path": f.path, "cause": f.cause, "count": f.count} for f in self.failures],
            "counts": dataclasses.asdict(self.counts),
            "texts": self.texts,
            "embedded": self.embedded,
            "gate": self.judgement.as_dict() if self.judgement else None,
            "generations removed": list(self.removed),
            "seconds": round(self.seconds, 3),
        }


def _say_failures(failures: Sequence[Failure]) -> str:
    """``"; 3 could not be read, 2 only in part"``, or nothing."""
    in_part = sum(failure.in_part for failure in failures)
    told = (
        (len(failures) - in_part, "could not be read"),
        (in_part, "could be read only in part" if in_part == len(failures) else "only in part"),
    )
    words = ", ".join(f"{number:,} {what}" for number, what in told if number)
    return f"; {words}" if words else ""


@dataclass(frozen=True, slots=True)
class Indexer:
    """Everything a run needs; put together in ``application``.

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
    allow_removals: bool = False
    say: Callable[[str], None] = lambda _: None
    """Is told what was found damaged, a line each."""
    observers: Observers = field(default_factory=Observers)
    """Are told what is read."""
    sharding: Sharding | None = None
    """Into how many shards, and by what they are built; ``None``: into none."""

    def run(self, paths: Sequence[Path] = ()) -> RunReport:
        """Index what changed, and publish; with *paths*, look at these only.

        What an earlier run has read, and could not publish, is not read again.  Raises
        ``TryLater`` when another run is under way, ``ConfigError`` where the folder of the
        sources is missing, ``RemovalsRefused`` where more of them are gone than may go at once,
        and whatever a plugin or the store raises; the published generation then stands as it was.
        """
        begun = time.monotonic()
        check_sources(self.workspace)
        concerns = self.concerns(paths)
        with WriterLock(self.generations.layout, self.wait):
            self.generations.hold.check()
            self.generations.sweep()
            parent, fix = self.generations.examine(self.say)
            self._check(paths, parent)
            publisher = self.publisher(parent)
            shards = self.sharding.count(parent) if self.sharding else 1
            if self.sharding and shards > 1:
                report = self._run_shards(
                    self.sharding, shards, publisher, parent, fix, concerns, paths
                )
            else:
                report = self._run_whole(publisher, parent, fix, concerns)
        return dataclasses.replace(report, seconds=time.monotonic() - begun)

    def _run_whole(
        self,
        publisher: Publisher,
        parent: Generation | None,
        fix: bool,
        concerns: Callable[[str], bool],
    ) -> RunReport:
        with self.readings() as readings:
            unread = self.unread(publisher.recipe, readings, concerns)
            todo = unread.since(parent)
            if parent and not self.allow_removals:
                check_removals(self.workspace, todo, parent.manifest.counts.sources)
            if parent and parent.manifest.shards:  # its shards have keys of their own: read again
                parent = None
                todo = unread.since(parent)
            idle = parent and todo.nothing and not fix and publisher.fresh(parent)
            idle = idle and parent and publisher.measured(parent)
            unfinished = Unfinished(self.generations.layout)
            if parent and idle:
                unfinished.retire()
                return RunReport("nothing to do", parent.id, todo, todo.failing)
            builder = publisher.builder()
            kept, failures = unread.read(
                todo, parent, unfinished, readings, builder.progress, self.observers
            )
            report = RunReport("no documents", None, todo, failures, kept=kept)
        return self._publish(report, publisher, builder, parent, unfinished)

    def _run_shards(
        self,
        sharding: Sharding,
        shards: int,
        publisher: Publisher,
        parent: Generation | None,
        fix: bool,
        concerns: Callable[[str], bool],
        paths: Sequence[Path],
    ) -> RunReport:
        """The same over *shards*, each read and built by itself."""
        parts = parts_of(parent, shards)
        with self.readings() as readings:
            unread = self.unread(publisher.recipe, readings, concerns)
            if parent and not self.allow_removals:
                gone = unread.since(parent)
                check_removals(self.workspace, gone, parent.manifest.counts.sources)
            plans = [
                unread.of_shard(number, shards).since(part) for number, part in enumerate(parts)
            ]
        todo = joined_plan(plans)
        unfinished = Unfinished(self.generations.layout)
        same = parent and len(parent.manifest.shards) == shards
        fresh = bool(parent and same and publisher.fresh(parent))
        measured = bool(parent and publisher.measured(parent))
        if parent and fresh and measured and todo.nothing and not fix:
            unfinished.retire()
            return RunReport("nothing to do", parent.id, todo, todo.failing)
        building = [
            number
            for number, (part, plan) in enumerate(zip(parts, plans, strict=True))
            if not (fresh and part and not part.damaged and plan.idle)
        ] or [0]  # what is of the whole is measured again
        common = sharding.task(publisher)

        def tasks(draft: DraftGeneration) -> list[ShardTask]:
            return [
                msgspec.structs.replace(
                    common,
                    draft=str(draft.folder),
                    shard=number,
                    shards=shards,
                    parent=parent.id if parent and parts[number] else None,
                    damaged=tuple(sorted(parent.damaged or ())) if parent else (),
                    paths=tuple(map(str, paths)),
                    retry_failed=self.retry_failed,
                )
                for number in building
            ]

        builder = publisher.builder()
        made, publication = publish_all(sharding, publisher, builder, parent, tasks)
        failures = [failure for each in made.values() for failure in each.failures]
        for number, plan in enumerate(plans):
            failures += plan.failing if number not in made else ()
        report = RunReport(
            "no documents",
            None,
            todo,
            tuple(sorted(failures, key=lambda failure: failure.path)),
            kept=sum(each.kept for each in made.values()),
        )
        if publication is not None:
            report = report.of(publication)
            if parent and todo.removed and todo.new:
                with open_catalog(publication.generation) as catalog:
                    renamed = _find_renamed(todo, parent, catalog)
                report = dataclasses.replace(report, renamed=renamed)
        unfinished.retire()
        return report

    def unread(
        self, recipe: Recipe, readings: Readings, concerns: Callable[[str], bool]
    ) -> UnreadSources:
        """The files that there are, and what decides which of them must be read."""
        recipes = Recipes(
            ReadingRecipe(recipe, readings.choose_parser, readings.digest),
            self._failing_recipe(recipe),
            {use.name: use.version for use in recipe.parsers},
        )
        return UnreadSources(list(scan(self.workspace)), recipes, concerns, self.retry_failed)

    def _publish(
        self,
        report: RunReport,
        publisher: Publisher,
        builder: Builder,
        parent: Generation | None,
        unfinished: Unfinished,
    ) -> RunReport:
        """*report* with what came of the catalog that was read: it is published, if it can be."""
        with Catalog(unfinished.catalog) as catalog:
            empty = not catalog.counts.documents
            if parent and report.plan.removed and report.plan.new:
                report = dataclasses.replace(
                    report, renamed=_find_renamed(report.plan, parent, catalog)
                )
        if parent and empty and not self.allow_removals:
            check_remaining(self.workspace, report.plan, report.failures)
        if not empty or parent:
            with self.generations.begin() as draft:
                draft.take_catalog(unfinished.catalog, unfinished.sum())
                report = report.of(publisher.publish(draft, builder, parent))
        unfinished.retire()
        return report

    def _failing_recipe(self, recipe: Recipe) -> str:
        """The hash of what a failure hangs on: a file is tried again when a limit changes."""
        limits = dataclasses.asdict(self.workspace.config.limits)
        return recipe_hash(PluginUse("limits", reading_recipe(recipe), "", limits))

    def _check(self, paths: Sequence[Path], parent: Generation | None) -> None:
        """Raise ``UsageError`` for one of *paths* that is no source, nor was one of *parent*."""
        root = self.workspace.root.resolve()
        sources = self.workspace.sources.resolve()
        for path in paths:
            place = path.resolve()
            related = place.is_relative_to(sources) or sources.is_relative_to(place)
            if related and os.path.lexists(place):
                continue
            name = place.relative_to(root).as_posix()
            if not (related and parent and _was_indexed(parent, name)):
                what = "no such file or folder" if related else f"is not below {sources}"
                raise UsageError(f"{path}: {what}: nothing was indexed")

    def concerns(self, paths: Sequence[Path]) -> Callable[[str], bool]:
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


def _find_renamed(todo: Plan, parent: Generation, catalog: Catalog) -> tuple[tuple[str, str], ...]:
    """The sources of *parent* that are gone while a new one has their bytes: old path, new path."""
    with open_catalog(parent) as before:
        known = before.readings.sources()
    gone = {known[path].source.sha256: path for path in todo.removed if path in known}
    now = catalog.readings.sources()
    came = [(now[found.path].source.sha256, found.path) for found in todo.new if found.path in now]
    return tuple((gone[digest], path) for digest, path in came if digest in gone)


def _was_indexed(parent: Generation, name: str) -> bool:
    """Whether *parent* knows a source at or below the path *name*, which is gone now."""
    with open_catalog(parent) as catalog:
        known = (*catalog.readings.sources(), *catalog.readings.failures())
    return any(path == name or path.startswith(name + "/") for path in known)
