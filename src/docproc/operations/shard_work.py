"""The work of one shard, in whatever process: from plain values to a shard in the draft."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from docproc.operations.embedder_choice import embedding_with
from docproc.pipeline.monitoring.progress import Silent
from docproc.pipeline.runs.shards import ShardMade, ShardTask, build_one

if TYPE_CHECKING:
    from docproc.operations.application import Application
    from docproc.pipeline.monitoring.progress import Progress

_here: dict[str, tuple[Application, Progress]] = {}
"""By workspace: the application of a run in this process, and who watches it."""
_made: dict[tuple[str, bytes], Application] = {}
"""By workspace and embedder: what a worker process has put together, a model loaded."""


def here(application: Application, progress: Progress) -> Callable[[], None]:
    """Do the work of this process with *application*, told to *progress*, until it is left."""
    place = str(application.workspace.root)
    _here[place] = application, progress

    def leave() -> None:
        _here.pop(place, None)

    return leave


def build(task: bytes) -> bytes:
    """Build the shard of *task*, a ``ShardTask`` as JSON; return a ``ShardMade`` as JSON."""
    work = msgspec.json.decode(task, type=ShardTask)
    known = _here.get(work.workspace)
    if known is not None:
        made = _build(work, *known)
    else:
        told = _Told()
        made = _build(work, _application(work), told)
        made = msgspec.structs.replace(made, said=tuple(told.lines))
    return msgspec.json.encode(made)


def _build(work: ShardTask, application: Application, progress: Progress) -> ShardMade:
    publisher = application.publisher(progress, None, application)
    indexer = application.indexer(progress, retry_failed=work.retry_failed)
    return build_one(work, indexer, publisher)


def _application(work: ShardTask) -> Application:
    from docproc.operations.application import Application
    from docproc.workspace import find_workspace

    key = work.workspace, msgspec.json.encode([work.embedder, work.device], order="sorted")
    if key not in _made:
        root = Path(work.workspace)
        application = Application(find_workspace(root, root), work.device)
        if work.embedder is not None:
            application = embedding_with(application, *work.embedder)
        _made[key] = application
    return _made[key]


class _Told(Silent):
    """Keeps the lines for a person, who watches another process."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def say(self, line: str) -> None:
        self.lines.append(line)
