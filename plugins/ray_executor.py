"""Shards built by Ray, and kept open to be asked, on this machine or on a cluster of many.

Each shard of a run is one task of Ray's (``ray.remote``), which reads, embeds and indexes it as a
run without shards does: in docproc's own isolated workers, within ``[limits]``, over the cache of
vectors that all shards share.  Placement, retries and restarts are Ray's: a task whose machine or
process dies is run again, and goes on from what it had read and embedded.

To be asked, each shard is opened by a deployment of Ray Serve's, of as many replicas as wanted: its
text, catalog, vectors and indexes, and what holds quotations against its own sources.  Placement,
health, restarts and back-pressure are Ray Serve's; no HTTP server is started.  A reader that does
not answer in time is left out of the answer, which says so (exit code 12).

    pip install 'docproc[ray]'

```toml
[scale]
shards = 16
executor = "ray"
readers = "ray"

[plugins.ray]
address = "ray://head.example:10001"   # left out: a cluster of this machine's own processes
```

Every machine must see the workspace under the same path, and have the same docproc and plugins.
Ray sends nothing about its use to anyone: that is switched off before it is imported.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields
from importlib import import_module
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from docproc.errors import DocprocError, IndexSilent, PluginError
from docproc.hooks import Registration, Setting, hookimpl

if TYPE_CHECKING:
    from docproc.hooks import Opening, Work

DOCPROC_API_VERSION = 1

NAME: Final = "ray"
_QUIET: Final = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_USAGE_STATS_PROMPT_ENABLED": "0",
    "RAY_ENABLE_UV_RUN_RUNTIME_ENV": "0",
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
    "RAY_DATA_DISABLE_PROGRESS_BARS": "1",
    "RAY_COLOR_PREFIX": "0",
    "RAY_enable_metrics_collection": "0",
    "RAY_event_stats": "0",
    "RAY_SERVE_ENABLE_TASK_EVENTS": "0",
}
"""What Ray must find in the environment before it is imported."""
_RETRIES: Final = 3
_HOSTING: Final = Lock()
"""One reader is deployed after another: Serve's client is not made for several threads."""


@dataclass(frozen=True, slots=True)
class RayExecutor:
    """Maps the shards of a run over the workers of a Ray cluster, and hosts readers of shards.

    At most *workers* at once (0: as many as there are processors) and with so many *gpus* each, a
    share of one if need be.  *address* is the cluster's; ``""`` is that of ``RAY_ADDRESS``, or,
    without it, starts one in this machine, with an object store of *megabytes*, and ends it after
    the run.  Of each reader there are so many *replicas*, each placed by its share *cpus* of a
    processor; a question waits *patience* seconds.
    """

    workers: int = 0
    gpus: float = 0.0
    address: str = ""
    megabytes: int = 100
    replicas: int = 1
    cpus: float = 0.1
    patience: float = 5.0

    def map(self, work: Work, tasks: Sequence[bytes]) -> Iterator[tuple[int, bytes]]:
        """Yield the number of each of *tasks* and what *work* makes of it, as they are done."""
        if not tasks:
            return
        ray = _ray()
        own = self._connect(ray)
        running: dict[Any, int] = {}
        try:
            remote = ray.remote(
                num_cpus=1, num_gpus=self.gpus, max_retries=_RETRIES, retry_exceptions=False
            )(_quiet(work))
            left = list(enumerate(tasks))
            most = self.workers or len(tasks)
            while left or running:
                while left and len(running) < most:
                    number, task = left.pop(0)
                    running[remote.remote(task)] = number
                done, _ = ray.wait(list(running), num_returns=1)
                yield running.pop(done[0]), self._result(ray, done[0])
        finally:
            for each in running:
                with suppress(Exception):  # the cluster may be what is gone
                    ray.cancel(each, force=True)
            if own:
                ray.shutdown()

    def host(self, name: str, opening: Opening, task: bytes) -> Work:
        """Deploy a reader called *name*, if it is not made of *task* already; return what asks it.

        Raises ``IndexSilent`` where the cluster does not answer.
        """
        with _HOSTING:
            return self._host(name, opening, task)

    def _host(self, name: str, opening: Opening, task: bytes) -> Work:
        ray = _ray()
        try:
            self._connect(ray)
            serve = import_module("ray.serve")
            serve.start(proxy_location="Disabled")
            version = hashlib.sha256(task).hexdigest()[:16]
            if name not in serve.status().applications or not self._made_of(serve, name, version):
                deployment = serve.deployment(
                    num_replicas=self.replicas,
                    max_ongoing_requests=8,
                    health_check_period_s=2,
                    ray_actor_options={"num_cpus": self.cpus},
                )(_reader(_QUIET))
                serve.run(deployment.bind(opening, task, version), name=name, route_prefix=None)
            return _Asking(serve.get_app_handle(name), self.patience)
        except Exception as error:  # Ray has a kind for each
            raise IndexSilent(_first_line(error)) from error

    def _made_of(self, serve: Any, name: str, version: str) -> bool:
        """Whether the reader *name* has that *version* open; a silent one is not asked twice."""
        try:
            asked = serve.get_app_handle(name).made_of.remote()
            return bool(asked.result(timeout_s=self.patience) == version)
        except Exception:  # it is being started again: Serve does that
            return True

    def _connect(self, ray: Any) -> bool:
        """Join the cluster, or start one; whether this started anything."""
        if ray.is_initialized():
            return False
        address = self.address or os.environ.get("RAY_ADDRESS", "")
        try:
            if address:
                ray.init(address=address, log_to_driver=False)
            else:
                ray.init(
                    num_cpus=self.workers or os.cpu_count() or 1,
                    object_store_memory=self.megabytes * 1_000_000,
                    include_dashboard=False,
                    log_to_driver=False,
                    configure_logging=False,
                    _node_ip_address="127.0.0.1",
                )
        except (ConnectionError, RuntimeError, ValueError, OSError) as error:
            raise PluginError(
                f"no Ray cluster at {address or 'this machine'}: {error}; what is published stands"
            ) from None
        return True

    def _result(self, ray: Any, reference: Any) -> bytes:
        try:
            found: bytes = ray.get(reference)
        except ray.exceptions.RayTaskError as error:
            cause = error.cause
            if isinstance(cause, DocprocError):
                raise cause from None
            raise PluginError(f"a shard could not be built by Ray: {cause!r}") from error
        except ray.exceptions.RayError as error:
            raise PluginError(
                f"Ray gave a shard up after {_RETRIES} retries: {str(error).splitlines()[0]}; what "
                "was read and embedded is kept: `docproc index` goes on"
            ) from None
        return found


def _reader(quiet: Mapping[str, str]) -> type:
    """The class of a replica, made here so that it is sent whole: nobody else has this module."""

    class ShardReader:
        """What *opening* makes of *task*, in the process of a replica."""

        def __init__(self, opening: Opening, task: bytes, version: str) -> None:
            import os

            os.environ.update(quiet)
            self._version = version
            self._work = opening(task)

        def made_of(self) -> str:
            """Which version is open."""
            return self._version

        def answer(self, request: bytes) -> bytes:
            """Answer *request*."""
            return self._work(request)

    return ShardReader


class _Asking:
    """Asks the reader behind *handle*, and waits *patience* seconds."""

    def __init__(self, handle: Any, patience: float) -> None:
        self._handle = handle
        self._patience = patience

    def __call__(self, request: bytes) -> bytes:
        try:
            asked = self._handle.answer.remote(request)
            answered: bytes = asked.result(timeout_s=self._patience)
        except Exception as error:  # Ray has a kind for each
            raise IndexSilent(_first_line(error)) from error
        return answered


def _first_line(error: Exception) -> str:
    said = (str(error).strip().splitlines() or [""])[0]
    return f"{type(error).__name__}: {said:.200}"


def _quiet(work: Work) -> Work:
    """*work*, whose process sends nothing about Ray's use either."""

    def build(task: bytes) -> bytes:
        os.environ.update(_QUIET)
        return work(task)

    return build


def _ray() -> Any:
    """Ray, imported with its telemetry off.  Raises ``PluginError`` where it is not installed."""
    os.environ.update(_QUIET)
    try:
        return import_module("ray")
    except ModuleNotFoundError as error:
        missing = (error.name or NAME).partition(".")[0]
        raise PluginError(
            f"the executor {NAME!r} needs {missing}, which is not installed: "
            "pip install 'docproc[ray]'"
        ) from None


def make(settings: Mapping[str, Any]) -> RayExecutor:
    """The factory; the settings are those of the registration."""
    return RayExecutor(**{each.name: settings[each.name] for each in fields(RayExecutor)})


@hookimpl
def docproc_executors() -> list[Registration]:
    """What this plugin offers."""
    return [
        Registration(
            NAME,
            make,
            summary="Shards built as tasks of a Ray cluster, and readers of them behind Ray Serve.",
            settings=(
                Setting("workers", 0, "How many shards at once; 0: one for each processor."),
                Setting("gpus", 0.0, "How many GPUs a shard takes, or what share of one."),
                Setting("address", "", "The cluster; none: this machine's own processes."),
                Setting("megabytes", 100, "The object store of a cluster of this machine."),
                Setting("replicas", 1, "How many readers each shard has."),
                Setting("cpus", 0.1, "The share of a processor that a reader is placed by."),
                Setting("patience", 5.0, "Seconds that a question waits for a reader."),
            ),
            libraries=("ray",),
        )
    ]
