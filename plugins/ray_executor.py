"""Shards built by Ray, on this machine or on a cluster of many.

Each shard of a run is one task of Ray's (``ray.remote``), which reads, embeds and indexes it as a
run without shards does: in docproc's own isolated workers, within ``[limits]``, over the cache of
vectors that all shards share.  Placement, retries and restarts are Ray's: a task whose machine or
process dies is run again, and goes on from what it had read and embedded.

    pip install 'docproc[ray]'

```toml
[scale]
shards = 16
executor = "ray"

[plugins.ray]
address = "ray://head.example:10001"   # left out: a cluster of this machine's own processes
```

Every machine must see the workspace under the same path, and have the same docproc and plugins.
Ray sends nothing about its use to anyone: that is switched off before it is imported.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from docproc.errors import DocprocError, PluginError
from docproc.hooks import Registration, Setting, hookimpl

if TYPE_CHECKING:
    from docproc.hooks import Work

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
}
"""What Ray must find in the environment before it is imported."""
_RETRIES: Final = 3


class RayExecutor:
    """Maps the shards of a run over the workers of a Ray cluster.

    At most *workers* at once (0: as many as there are processors) and with so many *gpus* each, a
    share of one if need be.  *address* is the cluster's; ``""`` is that of ``RAY_ADDRESS``, or,
    without it, starts one in this machine, with an object store of *megabytes*, and ends it after
    the run.
    """

    def __init__(self, workers: int, gpus: float, address: str, megabytes: int) -> None:
        self._workers = workers
        self._gpus = gpus
        self._address = address
        self._megabytes = megabytes

    def map(self, work: Work, tasks: Sequence[bytes]) -> Iterator[tuple[int, bytes]]:
        """Yield the number of each of *tasks* and what *work* makes of it, as they are done."""
        if not tasks:
            return
        ray = _ray()
        own = self._connect(ray)
        running: dict[Any, int] = {}
        try:
            remote = ray.remote(
                num_cpus=1, num_gpus=self._gpus, max_retries=_RETRIES, retry_exceptions=False
            )(_quiet(work))
            left = list(enumerate(tasks))
            most = self._workers or len(tasks)
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

    def _connect(self, ray: Any) -> bool:
        """Join the cluster, or start one; whether this started anything."""
        if ray.is_initialized():
            return False
        address = self._address or os.environ.get("RAY_ADDRESS", "")
        try:
            if address:
                ray.init(address=address, log_to_driver=False)
            else:
                ray.init(
                    num_cpus=self._workers or os.cpu_count() or 1,
                    object_store_memory=self._megabytes * 1_000_000,
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
    return RayExecutor(
        settings["workers"], settings["gpus"], settings["address"], settings["megabytes"]
    )


@hookimpl
def docproc_executors() -> list[Registration]:
    """What this plugin offers."""
    return [
        Registration(
            NAME,
            make,
            summary="Several shards at once, each a task of a Ray cluster.",
            settings=(
                Setting("workers", 0, "How many shards at once; 0: one for each processor."),
                Setting("gpus", 0.0, "How many GPUs a shard takes, or what share of one."),
                Setting("address", "", "The cluster; none: this machine's own processes."),
                Setting("megabytes", 100, "The object store of a cluster of this machine."),
            ),
            libraries=("ray",),
        )
    ]
