"""Vectors held by Milvus: a server or a cluster, or Milvus Lite in a file of this machine.

Each generation has a collection of its own, whose name stands in the generation's folder and is
nowhere made up again; so publishing, rollback and what is asked are docproc's own pointer, and no
alias is used.  A row is inserted once, into a collection that is new: where an insertion fails,
the collection is dropped by its own name and begun again.  Before the generation can be
published the rows are counted, 1,000 of them are read back, and recall@10 against exact search
must be .98: else the run ends, and what is published stands.  What Milvus finds is scored again,
exactly, from the generation's own vectors; words are searched by docproc's own index.

    pip install 'docproc[milvus]'

```toml
[pipeline]
vector_index = "milvus"

[plugins.milvus]
uri = "http://milvus.example:19530"   # left out: Milvus Lite, in embeddings/milvus/
```

Milvus Lite is one process's: it is for trying this out.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from docproc.errors import PluginError, StoreError
from docproc.hooks import Registration, Setting, VectorHits, hookimpl

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from docproc.hooks.protocols import Vectors

DOCPROC_API_VERSION = 1

NAME: Final = "milvus"
DESCRIPTION: Final = "milvus.json"
FORMAT: Final = 1
_PREFIX: Final = "docproc_"
_AT_ONCE: Final = 1_000
_READ_BACK: Final = 1_000
_QUESTIONS: Final = 50
_RECALL: Final = 0.98
_TRIES: Final = 3
_SPARE: Final = 16
_MOST_RUNS: Final = 8
"""Runs of rows that a filter names: a server of 2.3 refuses long chains of them."""
_MOST_LISTED: Final = 4_096
"""Rows that a filter lists; of more, more rows are asked for, and the others left out."""
_MOST_ASKED: Final = 16_384
"""Rows that Milvus gives at once."""

T = TypeVar("T")


class MilvusIndexer:
    """Builds and opens collections at *uri*; ``""``: in a file beside the generations.

    *token* is what the server asks for; *index* the kind of its index (``AUTOINDEX``, ``HNSW``,
    ``IVF_FLAT``), which Milvus Lite need not have.
    """

    def __init__(self, uri: str = "", token: str = "", index: str = "AUTOINDEX") -> None:
        self._uri = uri
        self._token = token
        self._index = index

    def build(self, vectors: Vectors, folder: Path) -> dict[str, Any]:
        """Make a collection of *vectors* ``(n, d)``, check it, and write its name into *folder*.

        Raises ``StoreError`` where the server does not answer, or does not hold what it was given.
        """
        uri = self._uri or _lite(folder)
        client = _connected(uri, self._token)
        _retire(client, folder)
        where = folder / DESCRIPTION
        for attempt in range(_TRIES):
            name = f"{_prefix(folder)}{secrets.token_hex(8)}"
            # named before it is there: another shard's run drops what nothing names
            where.write_text(json.dumps({"collection": name}), "utf-8")
            try:
                recall = self._fill(client, name, vectors)
                break
            except _Wrong as error:
                _dropped(client, name)
                where.unlink()
                raise StoreError(f"Milvus at {uri}: {error}; nothing was published") from None
            except Exception as error:  # Milvus's own kinds
                _dropped(client, name)
                if attempt == _TRIES - 1:
                    where.unlink()
                    raise _silent(uri, error) from error
        facts = {
            "format": FORMAT, "kind": f"Milvus ({self._index})", "uri": uri, "collection": name,
            "rows": len(vectors), "dimension": int(vectors.shape[1]), "recall": round(recall, 4),
        }  # fmt: skip
        where.write_text(json.dumps(facts, indent=1) + "\n", "utf-8")
        return facts

    def open(self, folder: Path, vectors: Vectors) -> MilvusIndex:
        """Open the collection that *folder* names.

        Raises ``StoreError`` where it is of other *vectors*, or Milvus does not have it.
        """
        where = folder / DESCRIPTION
        try:
            facts = json.loads(where.read_text("utf-8"))
            built = (facts["format"], facts["rows"], facts["dimension"])
            uri, name = str(facts["uri"]), str(facts["collection"])
        except OSError as error:
            raise StoreError(f"{where}: cannot be read: {error.strerror}") from None
        except (KeyError, TypeError, ValueError) as error:
            raise StoreError(f"{where}: not a description of a collection: {error!r}") from None
        if built != (FORMAT, *vectors.shape):
            raise StoreError(f"{where}: built over {built[1:]}, not over {vectors.shape}")
        if not self._uri:  # the folder may have been moved with the workspace
            uri = _lite(folder)
        client = _connected(uri, self._token)
        if not _asked(uri, lambda: client.has_collection(name)):
            raise StoreError(f"{where}: Milvus at {uri} has no collection {name}: index again")
        return MilvusIndex(client, uri, name, vectors)

    def _fill(self, client: Any, name: str, vectors: Vectors) -> float:
        """Put *vectors* into the new collection *name*; return the recall that it was found with.

        Raises ``_Wrong`` where it does not hold them.
        """
        kinds = import_module("pymilvus").DataType
        schema = client.create_schema(auto_id=False, enable_dynamic_field=False)
        schema.add_field("row", kinds.INT64, is_primary=True)
        schema.add_field("vector", kinds.FLOAT_VECTOR, dim=int(vectors.shape[1]))
        index = client.prepare_index_params()
        index.add_index("vector", index_type=self._index, metric_type="IP")
        client.create_collection(
            name, schema=schema, index_params=index, consistency_level="Strong"
        )
        for rows in _blocks(len(vectors)):
            block = vectors[rows.start : rows.stop]
            client.insert(
                name, [{"row": row, "vector": each} for row, each in zip(rows, block, strict=True)]
            )
        client.flush(name)
        client.load_collection(name)
        return _checked(client, name, vectors)


class MilvusIndex:
    """One collection, asked with strong consistency; *vectors* score what it names again."""

    def __init__(self, client: Any, uri: str, name: str, vectors: Vectors) -> None:
        self._client = client
        self._uri = uri
        self._name = name
        self._vectors = vectors

    def search(self, vector: Vectors, k: int, allowed: NDArray[np.int64] | None) -> VectorHits:
        """The *k* nearest rows, among the sorted rows *allowed* (``None``: among all)."""
        import numpy as np

        count, dimension = self._vectors.shape
        if vector.shape != (dimension,):
            raise StoreError(f"a vector of shape {vector.shape}, of a model of {dimension} numbers")
        k = min(k, count if allowed is None else len(allowed))
        if k <= 0:
            return VectorHits(np.empty(0, np.float32), np.empty(0, np.int64))
        rows = self._named(np.ascontiguousarray(vector, np.float32), k, allowed)
        exact = (np.asarray(self._vectors[rows]).astype(np.float64) * vector).sum(axis=1)
        order = np.lexsort((rows, -exact))[:k]
        return VectorHits(exact[order].astype(np.float32), rows[order])

    def _named(self, vector: Vectors, k: int, allowed: NDArray[np.int64] | None) -> Any:
        """The rows that Milvus names, *k* and some more where there are."""
        import numpy as np

        most = min(len(self._vectors), _MOST_ASKED)
        if allowed is None:
            return self._asked(vector, min(k + _SPARE, most), "")
        ends = np.flatnonzero(np.diff(allowed) != 1)
        firsts = allowed[np.concatenate(([0], ends + 1))]
        lasts = allowed[np.concatenate((ends, [len(allowed) - 1]))]
        within = ""
        if len(firsts) <= _MOST_RUNS:
            runs = zip(firsts.tolist(), lasts.tolist(), strict=True)
            within = " or ".join(f"(row >= {first} and row <= {last})" for first, last in runs)
        elif len(allowed) <= _MOST_LISTED:
            within = f"row in {allowed.tolist()}"
        if within:
            return self._asked(vector, min(k + _SPARE, len(allowed), most), within)
        depth = min(4 * (k + _SPARE), most)
        while True:
            rows = self._asked(vector, depth, "")
            rows = rows[np.isin(rows, allowed)]
            if len(rows) >= k:
                return rows
            if depth == most:  # few rows far away: they are here, and compared one by one
                near = np.asarray(self._vectors[allowed]) @ vector
                return allowed[np.argsort(-near, kind="stable")[: k + _SPARE]]
            depth = min(4 * depth, most)

    def _asked(self, vector: Vectors, limit: int, within: str) -> Any:
        import numpy as np

        found = _asked(
            self._uri,
            lambda: self._client.search(
                self._name, data=[vector.tolist()], limit=limit, filter=within,
                output_fields=["row"], consistency_level="Strong",
            ),
        )  # fmt: skip
        return np.unique(np.array([hit["row"] for hit in found[0]], np.int64))


class _Wrong(Exception):
    """A collection does not hold what it was given; the message says how."""


def _checked(client: Any, name: str, vectors: Vectors) -> float:
    """The recall@10 of the collection *name* against exact search over *vectors*.

    Raises ``_Wrong`` where rows are missing or twice there, are others, or are not found.
    """
    import numpy as np

    count = len(vectors)
    (told,) = client.query(
        name, filter="row >= 0", output_fields=["count(*)"], consistency_level="Strong"
    )
    if int(told["count(*)"]) != count:
        raise _Wrong(f"it counts {told['count(*)']} vectors where {count} were given to it")
    chance = np.random.default_rng(1921)
    some = np.sort(chance.choice(count, min(count, _READ_BACK), replace=False))
    for at in range(0, len(some), 200):
        rows = some[at : at + 200].tolist()
        found = client.get(name, ids=rows, output_fields=["row", "vector"])
        back = {int(each["row"]): np.array(each["vector"], np.float32) for each in found}
        for row in rows:
            if row not in back or not np.array_equal(back[row], np.asarray(vectors[row])):
                raise _Wrong(f"vector {row} is not the one that was given to it")
    if not count:
        return 1.0
    asked = np.asarray(vectors[np.sort(chance.choice(count, min(count, _QUESTIONS), False))])
    asked = asked + 0.3 / np.sqrt(asked.shape[1]) * chance.standard_normal(asked.shape)
    asked = (asked / np.linalg.norm(asked, axis=1, keepdims=True)).astype(np.float32)
    wanted, hits, k = 0, 0, min(10, count)
    index = MilvusIndex(client, "", name, vectors)
    for question in asked:
        best = _least_of_best(vectors, question, k)
        wanted += k
        hits += int(np.count_nonzero(index.search(question, k, None).scores > best - 1e-6))
    if hits < _RECALL * wanted:
        raise _Wrong(
            f"recall@10 is {hits / wanted:.3f} against exact search, and {_RECALL} is asked"
        )
    return hits / wanted


def _least_of_best(vectors: Vectors, question: Vectors, k: int) -> float:
    """The *k*-th highest score of *question* over all *vectors*."""
    import numpy as np

    best = np.zeros(0, np.float32)
    for rows in _blocks(len(vectors), 65_536):
        near = np.asarray(vectors[rows.start : rows.stop]) @ question
        best = np.sort(np.concatenate([best, near]))[-k:]
    return float(best[0])


def _blocks(count: int, size: int = _AT_ONCE) -> Iterator[range]:
    return (range(at, min(at + size, count)) for at in range(0, count, size))


def _connected(uri: str, token: str) -> Any:
    try:
        library = import_module("pymilvus")
    except ModuleNotFoundError as error:
        missing = (error.name or NAME).partition(".")[0]
        raise PluginError(
            f"the vector index {NAME!r} needs {missing}, which is not installed: "
            "pip install 'docproc[milvus]'"
        ) from None
    if "://" not in uri:
        Path(uri).parent.mkdir(parents=True, exist_ok=True)
    return _asked(uri, lambda: library.MilvusClient(uri=uri, token=token, timeout=20))


def _asked(uri: str, step: Callable[[], T]) -> T:
    """What Milvus answers.  Raises ``StoreError`` where it does not."""
    try:
        return step()
    except StoreError:
        raise
    except Exception as error:  # Milvus's own kinds, and gRPC's
        raise _silent(uri, error) from error


def _silent(uri: str, error: Exception) -> StoreError:
    said = str(error).splitlines()[0] if str(error) else type(error).__name__
    return StoreError(
        f"Milvus at {uri} does not answer: {said:.200}; nothing is answered without it"
    )


def _embeddings(folder: Path) -> Path | None:
    """The ``embeddings/`` folder that *folder* lies in, if it is of a workspace's generation."""
    for each in folder.absolute().parents:
        if each.name == "generations":
            return each.parent
    return None


def _lite(folder: Path) -> str:
    return str((_embeddings(folder) or folder.absolute().parent) / NAME / "lite.db")


def _prefix(folder: Path) -> str:
    """How the collections of this workspace begin: a server may hold those of others."""
    root = _embeddings(folder)
    if root is None:
        return _PREFIX
    path = root / NAME / "workspace"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = path.with_name(f"workspace.{os.getpid()}")
        aside.write_text(secrets.token_hex(6), "ascii")
        try:
            os.link(aside, path)
        except OSError:
            if not path.exists():
                aside.replace(path)
        aside.unlink(missing_ok=True)
    return f"{_PREFIX}{path.read_text('ascii').strip()}_"


def _retire(client: Any, folder: Path) -> None:
    """Drop this workspace's collections that no generation, and no draft, names."""
    named = set()
    root = _embeddings(folder)
    if root is None:
        return
    for path in (root / "generations").rglob(DESCRIPTION):
        try:
            named.add(str(json.loads(path.read_text("utf-8"))["collection"]))
        except (OSError, KeyError, TypeError, ValueError):
            return  # one that is damaged may name any
    for name in client.list_collections():
        if name.startswith(_prefix(folder)) and name not in named:
            _dropped(client, name)


def _dropped(client: Any, name: str) -> None:
    """Drop the collection of that very name, if it is there; a later run does else."""
    try:
        if client.has_collection(name):
            client.drop_collection(name)
    except Exception:  # noqa: S110 - the server may be what is gone
        pass


def make(settings: Mapping[str, Any]) -> MilvusIndexer:
    """The factory; the settings are those of the registration."""
    return MilvusIndexer(settings["uri"], settings["token"], settings["index"])


@hookimpl
def docproc_vector_indexes() -> list[Registration]:
    """What this plugin offers."""
    return [
        Registration(
            NAME,
            make,
            summary="Vectors in Milvus: one collection a generation, checked before publishing.",
            settings=(
                Setting("uri", "", "The server; none: Milvus Lite, in embeddings/milvus/."),
                Setting("token", "", "What the server asks for: user:password.", secret=True),
                Setting("index", "AUTOINDEX", "The kind of index that the server builds."),
            ),
            libraries=("pymilvus",),
        )
    ]
