"""The composition root: the one place that knows which parts meet.

Every import that costs time is made by the function that needs it.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache, cached_property, partial
from typing import TYPE_CHECKING, Any

from docproc.config.switched_off import find_switched_off
from docproc.errors import IndexSilent, PluginError, ShardsSilent, StoreError
from docproc.hooks.specs import (
    EMBED,
    ENCODE_QUERY,
    EXECUTE,
    NORMALIZE,
    PARSE,
    RERANK,
    SEGMENT,
    TEXT_INDEX,
    VECTOR_INDEX,
)
from docproc.operations.building import builder_of, calibrate_folder, publish_elsewhere, reranker_of
from docproc.operations.embedder_choice import (
    CONFIGURED,
    describe,
    embedder_of,
    embedding_with,
    name_embedder,
    with_published_embedder,
    with_requested_embedder,
)
from docproc.operations.measured import first_warning
from docproc.plugins.extensions import Extensions
from docproc.plugins.selection.selection import BUILT_INS, PluginSelection
from docproc.store.generations.generations import Generation, Generations
from docproc.store.layout import ENCODER, Layout
from docproc.store.manifest import Manifest
from docproc.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from docproc.hooks.protocols import Embedder
    from docproc.operations.rereading import Rereader
    from docproc.pipeline.monitoring.progress import Progress
    from docproc.pipeline.publishing.publish import Gate, Publisher
    from docproc.pipeline.reading.isolation import Readings
    from docproc.pipeline.reading.read import Reader
    from docproc.pipeline.runs.reembed import Reembedder
    from docproc.pipeline.runs.run import Indexer
    from docproc.pipeline.runs.shards import Sharding, ShardTask
    from docproc.retrieval import ReadingRoom
    from docproc.retrieval.generation.open_generation import OpenGeneration
    from docproc.store.hidden import Withdrawals

__all__ = ["BUILT_INS", "Application", "reader_at"]


Hiding = tuple[tuple[int, int], date | None]
NOTHING_HIDDEN: Hiding = ((0, 0), None)


class Application:
    """One workspace put together: it has the plugins, and makes the pipeline and what answers."""

    def __init__(
        self, workspace: Workspace, device: str = "", plugins: PluginSelection | None = None
    ) -> None:
        self.workspace = workspace
        self.plugins = plugins or PluginSelection(workspace, device)
        self.extensions = Extensions(self.plugins)
        self.today: Callable[[], date] = date.today
        """The day on which something is asked."""

    @classmethod
    def probing(cls, workspace: Workspace) -> Application:
        """*workspace*, each of whose plugins is imported in a process of its own first."""
        return cls(workspace, plugins=PluginSelection(workspace, probing=True))

    def reader(self) -> Reader:
        """The parse and normalize stages, ready to read files."""
        from docproc.pipeline.reading.read import Reader

        self.plugins.learn()
        pipeline, make = self.workspace.config.pipeline, self.plugins.make
        return Reader(
            parsers=[(name, make(PARSE, name)) for name in pipeline.parsers],
            normalizers=[(name, make(NORMALIZE, name)) for name in pipeline.normalizers],
            segmenter=(pipeline.segmenter, make(SEGMENT, pipeline.segmenter)),
            limits=self.workspace.config.limits,
            own=frozenset(filter(self.plugins.is_own_parser, pipeline.parsers)),
            root=self.workspace.root,
            grammars=self.plugins.grammars,
        )

    def readings(self) -> Readings:
        """What reads files, in this process or in workers; to be closed."""
        from docproc.pipeline.reading.isolation import Readings
        from docproc.pipeline.reading.workers import Workers

        root, limits = str(self.workspace.root), self.workspace.config.limits
        place = "docproc.operations.application:reader_at"
        return Readings(self.reader, lambda: Workers(place, root, limits))

    def indexer(
        self,
        progress: Progress,
        *,
        gate: Gate | None = None,
        wait: float = 0,
        retry_failed: bool = False,
        allow_removals: bool = False,
        shards: int | None = None,
        executor: str | None = None,
    ) -> Indexer:
        """A run over this workspace, told to *progress*; *wait* for the lock, in seconds.

        In so many *shards*, built by the *executor* of that name; else as config.toml has it.
        """
        from docproc.pipeline.runs.run import Indexer

        def publisher(parent: Generation | None) -> Publisher:
            manifest = parent.manifest if parent else None
            return with_published_embedder(self, manifest).publisher(progress, gate, self)

        return Indexer(
            workspace=self.workspace,
            generations=self.generations,
            publisher=publisher,
            readings=self.readings,
            wait=wait,
            retry_failed=retry_failed,
            allow_removals=allow_removals,
            say=progress.say,
            observers=self.plugins.observers(progress.say),
            sharding=self.sharding(shards, executor),
        )

    def sharding(self, shards: int | None = None, executor: str | None = None) -> Sharding:
        """How the shards of a run are built: so many, by the *executor* of that name."""
        from docproc.operations import shard_work
        from docproc.pipeline.runs.shards import Sharding, ShardTask, hash_of

        scale = self.workspace.config.scale
        name = executor or scale.executor

        def choose(publisher: Publisher) -> tuple[str, dict[str, Any]] | None:
            """The embedder of a run that is not the one in config.toml."""
            use = publisher.recipe.embedder
            own = self.plugins.use(EMBED, self.workspace.config.pipeline.embedder)
            return None if describe(use) == describe(own) else (use.name, use.settings)

        def task(publisher: Publisher) -> ShardTask:
            return ShardTask(
                workspace=str(self.workspace.root),
                draft="",
                shard=0,
                shards=1,
                parent=None,
                damaged=(),
                recipe=hash_of(publisher.recipe),
                embedder=choose(publisher),
                device=self.plugins.device,
            )

        def here(publisher: Publisher, progress: Progress) -> Callable[[], None]:
            other = choose(publisher)
            application = self if other is None else embedding_with(self, *other)
            return shard_work.here(application, progress)

        return Sharding(
            shards=scale.shards if shards is None else shards,
            executor=lambda: self.plugins.make(EXECUTE, name),
            work=shard_work.build,
            task=task,
            here=here,
        )

    def reembedder(
        self,
        progress: Progress,
        *,
        model: str | None = None,
        precision: str | None = None,
        gate: Gate | None = None,
        wait: float = 0,
    ) -> Reembedder:
        """A re-embedding of what is published; without *model*, with what config.toml names."""
        from docproc.pipeline.runs.reembed import Reembedder

        requested = with_requested_embedder(self, model, precision)
        publisher = requested.publisher(progress, gate, self)
        name = name_embedder(publisher.recipe.embedder)
        return Reembedder(publisher, name, wait, self.sharding())

    def publisher(
        self, progress: Progress, gate: Gate | None, configured: Application
    ) -> Publisher:
        """The second half of a run; *configured* is the application as config.toml has it."""
        from docproc.pipeline.publishing.publish import Publisher, RetentionRule

        keep = self.workspace.config.retention
        recipe = self.plugins.recipe()
        facts = {}
        if describe(recipe.embedder) != (own := describe(configured.plugins.recipe().embedder)):
            facts = {CONFIGURED: own}
        return Publisher(
            generations=self.generations,
            recipe=recipe,
            builder=lambda: builder_of(self, progress),
            fingerprint=lambda: self.plugins.make(EMBED, recipe.embedder.name).fingerprint,
            calibrate=partial(calibrate_folder, self),
            gate=gate,
            facts=facts,
            retention=RetentionRule(keep.generations, timedelta(days=keep.days)),
            opens=self.opens,
            observers=configured.plugins.observers(progress.say),
            reranker=cache(lambda: reranker_of(self)),
            publish_elsewhere=partial(publish_elsewhere, self),
        )

    def for_workspace(self, workspace: Workspace) -> Application:
        """The same plugins over *workspace*, which may choose another embedder."""
        return Application(workspace, plugins=self.plugins.for_workspace(workspace))

    def reading_room(self) -> ReadingRoom | None:
        """The published generation, opened for questions; ``None`` if there is none."""
        from concurrent.futures import ThreadPoolExecutor

        from docproc.operations.changes import stale_sources
        from docproc.retrieval.answers.reading_room import ReadingRoom
        from docproc.retrieval.query.rewriting import Rewriters
        from docproc.retrieval.search.signals import Preferences
        from docproc.verification.cite import Verifier

        generation = self.generations.find_untouched()
        if generation is None:
            return None
        self.plugins.learn()
        executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="changes")
        looking = executor.submit(stale_sources, self.workspace, generation, quickly=True)
        executor.shutdown(wait=False)

        readers = None
        if generation.manifest.shards:
            from docproc.operations.shard_readers import readers_of

            readers = readers_of(self, generation)

        def room(silent: frozenset[int], why: str) -> ReadingRoom:
            lost = generation.lost | silent
            whole = self.open_generation(generation.folder, generation.manifest, lost)
            verifier: Callable[[], Verifier] = partial(
                Verifier, self.workspace.root, self.rereader.reparse
            )
            if readers is not None:
                from docproc.operations.shard_readers import open_apart

                whole, verifier = open_apart(whole, readers, why)
            opened = self._remaining(whole)

            def notice() -> str | None:
                said = (looking.result(), first_warning(generation), *opened.withheld)
                return "\n".join(filter(None, said)) or None

            return ReadingRoom(
                opened=opened,
                verifier=verifier,
                notice=notice,
                grammars=self.plugins.grammars,
                preferences=Preferences(self.extensions.signals, self.extensions.warn),
                rewriters=Rewriters(self.extensions.rewriters),
                without=room if readers and not silent else None,
            )

        try:
            return room(frozenset(), "")
        except ShardsSilent as error:  # rules of access look at every document
            return room(error.shards, str(error))

    def _remaining(self, whole: OpenGeneration) -> OpenGeneration:
        """*whole*, without what is withdrawn or closed today."""
        if self.hiding == NOTHING_HIDDEN:
            return whole
        from docproc.operations.access import hidden_in
        from docproc.retrieval.generation.without_withdrawn import RemainingGeneration

        return RemainingGeneration.of(whole, hidden_in(self, whole.catalog))

    @property
    def hiding(self) -> Hiding:
        """Changes whenever what is hidden may: what is withdrawn, and the day for rules."""
        day = self.today() if self.workspace.config.access.rules else None
        return self.withdrawals.stamp, day

    @cached_property
    def rereader(self) -> Rereader:
        """What reads sources again, to check quotations and draw pages."""
        from docproc.operations.access import hidden_in
        from docproc.operations.rereading import Rereader

        return Rereader(
            self.workspace,
            self.generations,
            self.plugins,
            self.readings,
            lambda catalog: hidden_in(self, catalog),
        )

    @cached_property
    def generations(self) -> Generations:
        """The generations of this workspace."""
        return Generations(Layout(self.workspace.embeddings))

    def open_generation(
        self, folder: Path, manifest: Manifest, lost: frozenset[int] = frozenset()
    ) -> OpenGeneration:
        """Open what *manifest* describes, except *lost* shards, with the plugins that it names."""
        from docproc.operations.made_by import MadeBy
        from docproc.retrieval.generation.open_generation import OpenGeneration

        recipe, opener = manifest.recipe, manifest.model.query_encoder
        made = MadeBy(self.plugins, manifest)
        made.check(EMBED if opener is None else ENCODE_QUERY, recipe.embedder, opener)
        parts: dict[str, Any] = {
            "folder": folder,
            "manifest": manifest,
            "vector_indexer": made.indexer(VECTOR_INDEX, recipe.vector_index),
            "text_indexer": made.indexer(TEXT_INDEX, recipe.text_index),
            "open_encoder": (
                (lambda: made.opener(opener).open(folder / ENCODER))
                if opener
                else (lambda: self._guard(embedder_of(self, manifest), recipe.embedder.name))
            ),
        }
        reranker = recipe.reranker
        if reranker and reranker.name not in find_switched_off(self.workspace.config):
            made.check(RERANK, reranker)
            parts["open_reranker"] = partial(made.reranker, reranker, folder)
        if manifest.shards:
            from docproc.retrieval.generation.sharded import ShardedGeneration

            return ShardedGeneration(**parts, lost=lost)
        return OpenGeneration(**parts)

    @cached_property
    def withdrawals(self) -> Withdrawals:
        """The documents of this workspace that no reader shows."""
        from docproc.store.hidden import Withdrawals

        return Withdrawals(self.generations.layout)

    def _guard(self, embedder: Embedder, name: str) -> Embedder:
        from docproc.plugins.guards.guarded_stages import guard_embedder

        made: Embedder = guard_embedder(self.plugins.offer(EMBED, name), embedder)
        return made

    def opens(self, generation: Generation) -> bool:
        """Whether the indexes of *generation* can be opened with what is installed now."""
        return self.obstacle(generation) is None

    def silent_index(self, generation: Generation) -> str | None:
        """What a vector index of *generation* that does not answer says; ``None``: all answer."""
        try:
            held = self.open_generation(generation.folder, generation.manifest)
            held.check_answering()
        except IndexSilent as error:
            return str(error)
        except (PluginError, StoreError):
            return None  # an obstacle, or damage
        return None

    def obstacle(self, generation: Generation) -> str | None:
        """Why *generation* cannot be asked with the plugins that are installed now, in words."""
        try:
            self.open_generation(generation.folder, generation.manifest).open_indexes()
        except PluginError as error:
            return str(error)
        except StoreError:
            return "an index is of a version that is no longer installed"
        return None


def reader_at(root: str) -> Reader:
    """The reader of the workspace at *root*: what a worker process makes for itself."""
    from pathlib import Path

    from docproc.workspace import find_workspace

    return Application(find_workspace(Path(root), Path(root))).reader()
