"""Readers of shards as Ray Serve deployments: each holds the vectors of one shard, on any machine.

A shard's index is FAISS's own, built where the shard is built.  To be asked, it is opened by a
deployment of its own in a Ray cluster, of as many replicas as wanted: placement, health, restarts
and back-pressure are Ray Serve's.  The process that asks opens none of them; it asks all at once,
and scores what they name again, exactly, from the vectors.  A reader that does not answer in time
leaves the words of its shard to be searched, and the answer, or the refusal, says so (exit code
12); Ray Serve starts it again.

    pip install 'docproc[ray]'

```toml
[pipeline]
vector_index = "ray-readers"

[plugins.ray-readers]
replicas = 2
address = "ray://head.example:10001"   # left out: a cluster of this machine's own processes
```

Every machine must see the workspace under the same path.  No HTTP server is started, and nothing
about its use is sent to anyone.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from docproc.errors import IndexSilent, PluginError, StoreError
from docproc.hooks import Registration, RowScope, Setting, VectorHits, hookimpl

if TYPE_CHECKING:
    from docproc.hooks import Vectors
    from docproc.hooks.vector_rows import VectorReader, VectorStream

DOCPROC_API_VERSION = 1

NAME: Final = "ray-readers"
_QUIET: Final = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_USAGE_STATS_PROMPT_ENABLED": "0",
    "RAY_ENABLE_UV_RUN_RUNTIME_ENV": "0",
    "RAY_COLOR_PREFIX": "0",
    "RAY_enable_metrics_collection": "0",
    "RAY_SERVE_ENABLE_TASK_EVENTS": "0",
}
_APP: Final = "docproc-"


class RayIndexer:
    """Builds FAISS's index, and has it asked through a reader in the cluster at *address*.

    *replicas* of each reader, each with a share *cpus* of a processor; a question waits
    *patience* seconds.
    """

    by_scope: Final[Literal[True]] = True

    def __init__(self, address: str, replicas: int, cpus: float, patience: float) -> None:
        self._address = address
        self._replicas = replicas
        self._cpus = cpus
        self._patience = patience

    def build(self, vectors: VectorStream, folder: Path) -> dict[str, Any]:
        """Build FAISS's index over *vectors* into *folder*; return its facts."""
        facts: dict[str, Any] = _faiss().build(vectors, folder)
        return facts

    def open(self, folder: Path, vectors: VectorReader) -> RayIndex | Any:
        """Deploy the reader of *folder*, if it is not; of vectors not in a generation, FAISS's own.

        Raises ``StoreError`` where *folder* holds no index of *vectors*; ``IndexSilent`` where the
        cluster does not answer.
        """
        array = folder.parent / _array_name()
        within = [each.name for each in folder.absolute().parents]
        drafted = any(name.startswith(".draft-") for name in within)
        if drafted or "generations" not in within or not array.is_file():
            return _faiss().open(folder, vectors)
        _check(folder, vectors)  # the lists themselves are for the reader alone
        serve = self._serve()
        name = _APP + hashlib.sha256(str(folder.absolute()).encode()).hexdigest()[:24]
        try:
            if name not in serve.status().applications:
                self._deploy(serve, name, folder, array)
            return RayIndex(serve.get_app_handle(name), folder, vectors, self._patience)
        except Exception as error:  # Ray has a kind for each
            raise IndexSilent(f"the reader of {folder}: {_first_line(error)}") from error

    def _deploy(self, serve: Any, name: str, folder: Path, array: Path) -> None:
        deployment = serve.deployment(
            num_replicas=self._replicas,
            max_ongoing_requests=8,
            health_check_period_s=2,
            ray_actor_options={"num_cpus": self._cpus},
        )(_reader())
        bound = deployment.bind(str(folder.absolute()), str(array.absolute()))
        serve.run(bound, name=name, route_prefix=None)

    def _serve(self) -> Any:
        os.environ.update(_QUIET)
        try:
            ray, serve = import_module("ray"), import_module("ray.serve")
        except ModuleNotFoundError as error:
            missing = (error.name or "ray").partition(".")[0]
            raise PluginError(
                f"the vector index {NAME!r} needs {missing}, which is not installed: "
                "pip install 'docproc[ray]'"
            ) from None
        address = self._address or os.environ.get("RAY_ADDRESS", "")
        try:
            if not ray.is_initialized():
                own = {"include_dashboard": False, "_node_ip_address": "127.0.0.1"}
                ray.init(
                    **({"address": address} if address else own),
                    log_to_driver=False, configure_logging=False, namespace="docproc",
                )  # fmt: skip
            serve.start(proxy_location="Disabled")
        except (ConnectionError, RuntimeError, ValueError, OSError) as error:
            raise IndexSilent(
                f"no Ray cluster at {address or 'this machine'}: {_first_line(error)}"
            ) from error
        return serve


def _reader() -> type:
    """The class of a replica, made here so that it is sent whole: nobody else has this module."""

    class ShardReader:
        """One shard's vectors and their index, opened in the process of a replica."""

        def __init__(self, folder: str, array: str) -> None:
            from pathlib import Path

            from docproc.hooks.vector_rows import ArrayRows
            from docproc.stages.index_faiss import FaissIndexer
            from docproc.store.array_file import open_array

            rows = ArrayRows(open_array(Path(array)))
            self._index = FaissIndexer().open(Path(folder), rows)

        def search(self, vector: Any, k: int, rows: Any) -> tuple[Any, Any]:
            """Scores and rows of the *k* nearest, among the sorted *rows* (``None``: all)."""
            from docproc.hooks.vector_rows import RowScope

            found = self._index.search(vector, k, None if rows is None else RowScope.of(rows))
            return found.scores, found.rows

    return ShardReader


class RayIndex:
    """What asks one reader, and says so where it does not answer."""

    elsewhere: Final = True

    def __init__(self, handle: Any, folder: Path, vectors: VectorReader, patience: float) -> None:
        self._handle = handle
        self._folder = folder
        self._vectors = vectors
        self._patience = patience

    def search(self, vector: Vectors, k: int, scope: RowScope | None) -> VectorHits:
        """The *k* nearest rows of *scope*.  Raises ``IndexSilent``."""
        rows = None if scope is None else scope.rows
        try:
            asked = self._handle.search.remote(vector, min(k, self._vectors.shape[0]), rows)
            scores, found = asked.result(timeout_s=self._patience)
        except Exception as error:  # Ray has a kind for each
            raise IndexSilent(f"the reader of {self._folder}: {_first_line(error)}") from error
        return VectorHits(scores, found)


def _check(folder: Path, vectors: VectorReader) -> None:
    """Raise ``StoreError`` unless *folder* says that its index is over *vectors*."""
    where = folder / import_module("docproc.stages.index_faiss.index").DESCRIPTION
    try:
        facts = json.loads(where.read_text("utf-8"))
        built = (facts["rows"], facts["dimension"])
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise StoreError(f"{where}: not a description of a vector index: {error!r}") from None
    if built != vectors.shape:
        raise StoreError(f"{where}: built over {built}, not over {vectors.shape}")


def _faiss() -> Any:
    return import_module("docproc.stages.index_faiss").FaissIndexer()


def _array_name() -> str:
    name: str = import_module("docproc.store.layout").UNIT_VECTORS
    return name


def _first_line(error: Exception) -> str:
    said = (str(error).strip().splitlines() or [""])[0]
    return f"{type(error).__name__}: {said:.200}"


def make(settings: Mapping[str, Any]) -> RayIndexer:
    """The factory; the settings are those of the registration."""
    names = ("address", "replicas", "cpus", "patience")
    return RayIndexer(*(settings[name] for name in names))


@hookimpl
def docproc_vector_indexes() -> list[Registration]:
    """What this plugin offers."""
    return [
        Registration(
            NAME,
            make,
            summary="FAISS's index of each shard, asked through readers in a Ray cluster.",
            settings=(
                Setting("address", "", "The cluster; none: this machine's own processes."),
                Setting("replicas", 1, "How many readers each shard has."),
                Setting("cpus", 0.1, "The share of a processor that a reader is placed by."),
                Setting("patience", 5.0, "Seconds that a question waits for a reader."),
            ),
            libraries=("ray",),
        )
    ]
