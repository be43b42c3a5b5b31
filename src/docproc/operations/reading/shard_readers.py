"""Readers of shards: each shard opened once, by an executor that hosts it, and asked from here."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import msgspec

from docproc.errors import PluginError
from docproc.hooks.execution import HostsReaders
from docproc.hooks.specs import EXECUTE
from docproc.store.catalog.shard_map import ShardMap, shard_name
from docproc.store.generations.generation import open_generation
from docproc.store.layout import PLACES, SHARDS

if TYPE_CHECKING:
    from docproc.hooks.execution import Work
    from docproc.operations.application import Application
    from docproc.retrieval.generation.open_generation import OpenGeneration
    from docproc.retrieval.generation.sharded import Readers, ShardedGeneration
    from docproc.store.generations.generation import Generation
    from docproc.verification.cite import Verifier


class ReaderTask(msgspec.Struct, frozen=True, kw_only=True):
    """What opens one shard must know, wherever it runs; ``lost`` are shards that are damaged."""

    workspace: str
    generation: str
    shard: int
    lost: tuple[int, ...] = ()


def find_shard_readers(application: Application, generation: Generation) -> Readers | None:
    """What asks the reader of each shard; ``None``: nothing does.  Raises ``PluginError``."""
    name = application.workspace.config.scale.readers
    if not name:
        return None
    executor = application.plugins.make(EXECUTE, name)
    if not isinstance(executor, HostsReaders):
        raise PluginError(
            f"the executor {name!r} hosts no readers (it has no `host`): leave `readers` out of "
            "[scale], or name another"
        )
    root = application.workspace.root
    lost = tuple(sorted(generation.lost))

    @cache
    def reader(shard: int) -> tuple[str, Work]:
        task = ReaderTask(workspace=str(root), generation=generation.id, shard=shard, lost=lost)
        told = msgspec.json.encode(task)
        of_root = hashlib.sha256(str(root).encode("utf-8", "surrogatepass")).hexdigest()[:12]
        return _key(told), _Hosted(executor, f"docproc-{of_root}-{shard_name(shard)}", told)

    return reader


def with_readers(
    whole: OpenGeneration, readers: Readers, silent: str
) -> tuple[ShardedGeneration, Callable[[], Verifier]]:
    """*whole* as *readers* have it open, and its verifier; *silent* says why shards are missing."""
    from docproc.retrieval.generation.remote_shard import ShardedVerifier
    from docproc.retrieval.generation.sharded import ShardedGeneration

    assert isinstance(whole, ShardedGeneration)
    apart = replace(whole, readers=readers, silent=silent)
    return apart, lambda: ShardedVerifier(apart.apart)


class _Hosted:
    """Asks one reader; hosts it first, again and again while there is nobody who would."""

    def __init__(self, executor: HostsReaders, name: str, task: bytes) -> None:
        self._executor = executor
        self._name = name
        self._task = task
        self._ask: Work | None = None
        self._hosting = Lock()

    def __call__(self, request: bytes) -> bytes:
        with self._hosting:
            if self._ask is None:
                self._ask = self._executor.host(self._name, open_reader, self._task)
        return self._ask(request)


def _key(task: bytes) -> str:
    return hashlib.sha256(task).hexdigest()[:16]


def open_reader(task: bytes) -> Work:
    """Open the shard of *task* (JSON) and return what answers; a failure is its every answer."""
    try:
        return _open(msgspec.json.decode(task, type=ReaderTask), _key(task))
    except Exception as error:
        refusal = pickle.dumps((False, error))
        return lambda _: refusal


def _open(work: ReaderTask, key: str) -> Work:
    from docproc.operations.application import Application
    from docproc.retrieval.generation.shard_reader import ShardReader
    from docproc.verification.cite import Verifier
    from docproc.workspace import find_workspace

    root = Path(work.workspace)
    application = Application(find_workspace(root, root))
    application.plugins.learn()
    whole = application.generations.get(work.generation)
    entries = whole.manifest.shards
    part = open_generation(whole.folder / SHARDS / entries[work.shard].name)
    names = {number: entry.name for number, entry in enumerate(entries) if number not in work.lost}
    return ShardReader(
        application.open_generation(part.folder, part.manifest),
        key,
        work.shard,
        whole.folder,
        ShardMap.load(whole.folder / PLACES, len(entries)),
        names,
        lambda: Verifier(root, application.rereader.reparse),
    )
