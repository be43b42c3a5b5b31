"""Runs put together: an index run, a re-embedding, and the work of one shard in any process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from docproc.hooks.specs import EMBED, EXECUTE
from docproc.operations.application import Application
from docproc.operations.published.embedder_choice import (
    describe_embedder,
    name_embedder,
    with_embedder,
    with_published_embedder,
    with_requested_embedder,
)
from docproc.operations.writing.publishing import make_publisher
from docproc.pipeline.monitoring.progress import Silent
from docproc.pipeline.runs.shards import Sharding, ShardMade, ShardTask, build_one, hash_of
from docproc.workspace import find_workspace

if TYPE_CHECKING:
    from docproc.pipeline.monitoring.progress import Progress
    from docproc.pipeline.publishing.publish import Gate, Publisher
    from docproc.pipeline.runs.reembed import Reembedder
    from docproc.pipeline.runs.run import Indexer
    from docproc.store.generations.generation import Generation


def prepare_index(
    application: Application,
    progress: Progress,
    *,
    gate: Gate | None = None,
    wait: float = 0,
    retry_failed: bool = False,
    allow_removals: bool = False,
    shards: int | None = None,
    executor: str | None = None,
) -> Indexer:
    """A run over the workspace, told to *progress*; *wait* for the lock, in seconds.

    In so many *shards*, built by the *executor* of that name; else as config.toml has it.
    """
    from docproc.pipeline.runs.run import Indexer

    def publisher(parent: Generation | None) -> Publisher:
        manifest = parent.manifest if parent else None
        used = application.with_plugins(with_published_embedder(application.plugins, manifest))
        return make_publisher(used, progress, gate, application)

    return Indexer(
        workspace=application.workspace,
        generations=application.generations,
        publisher=publisher,
        readings=application.readings,
        wait=wait,
        retry_failed=retry_failed,
        allow_removals=allow_removals,
        say=progress.say,
        observers=application.plugins.observers(progress.say),
        sharding=_sharding(application, shards, executor),
    )


def prepare_reembedding(
    application: Application,
    progress: Progress,
    *,
    model: str | None = None,
    precision: str | None = None,
    gate: Gate | None = None,
    wait: float = 0,
) -> Reembedder:
    """A re-embedding of what is published; without *model*, with what config.toml names."""
    from docproc.pipeline.runs.reembed import Reembedder

    chosen = with_requested_embedder(application.plugins, model, precision)
    publisher = make_publisher(application.with_plugins(chosen), progress, gate, application)
    name = name_embedder(publisher.recipe.embedder)
    return Reembedder(publisher, name, wait, _sharding(application))


def _sharding(
    application: Application, shards: int | None = None, executor: str | None = None
) -> Sharding:
    """How the shards of a run are built: so many, by the *executor* of that name."""
    plugins, scale = application.plugins, application.workspace.config.scale
    name = executor or scale.executor

    def choose(publisher: Publisher) -> tuple[str, dict[str, Any]] | None:
        """The embedder of a run that is not the one in config.toml."""
        use = publisher.recipe.embedder
        own = plugins.use(EMBED, application.workspace.config.pipeline.embedder)
        return (
            None if describe_embedder(use) == describe_embedder(own) else (use.name, use.settings)
        )

    def task(publisher: Publisher) -> ShardTask:
        return ShardTask(
            workspace=str(application.workspace.root),
            draft="",
            shard=0,
            shards=1,
            parent=None,
            damaged=(),
            recipe=hash_of(publisher.recipe),
            embedder=choose(publisher),
            device=plugins.device,
        )

    def here(publisher: Publisher, progress: Progress) -> Callable[[], None]:
        other = choose(publisher)
        chosen = plugins if other is None else with_embedder(plugins, *other)
        return _work_here(application.with_plugins(chosen), progress)

    return Sharding(
        shards=scale.shards if shards is None else shards,
        executor=lambda: plugins.make(EXECUTE, name),
        work=build_shard,
        task=task,
        here=here,
    )


_here: dict[str, tuple[Application, Progress]] = {}
"""By workspace: the application of a run in this process, and who watches it."""
_made: dict[tuple[str, bytes], Application] = {}
"""By workspace and embedder: what a worker process has put together, a model loaded."""


def _work_here(application: Application, progress: Progress) -> Callable[[], None]:
    """Do the work of this process with *application*, told to *progress*, until it is left."""
    place = str(application.workspace.root)
    _here[place] = application, progress

    def leave() -> None:
        _here.pop(place, None)

    return leave


def build_shard(task: bytes) -> bytes:
    """Build the shard of *task*, a ``ShardTask`` as JSON; return a ``ShardMade`` as JSON."""
    work = msgspec.json.decode(task, type=ShardTask)
    known = _here.get(work.workspace)
    if known is not None:
        made = _build(work, *known)
    else:
        told = _Lines()
        made = _build(work, _application(work), told)
        made = msgspec.structs.replace(made, said=tuple(told.lines))
    return msgspec.json.encode(made)


def _build(work: ShardTask, application: Application, progress: Progress) -> ShardMade:
    publisher = make_publisher(application, progress, None, application)
    indexer = prepare_index(application, progress, retry_failed=work.retry_failed)
    return build_one(work, indexer, publisher)


def _application(work: ShardTask) -> Application:
    key = work.workspace, msgspec.json.encode([work.embedder, work.device], order="sorted")
    if key not in _made:
        root = Path(work.workspace)
        application = Application(find_workspace(root, root), work.device)
        if work.embedder is not None:
            chosen = with_embedder(application.plugins, *work.embedder)
            application = application.with_plugins(chosen)
        _made[key] = application
    return _made[key]


class _Lines(Silent):
    """Keeps the lines for a person, who watches another process."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def say(self, line: str) -> None:
        self.lines.append(line)
