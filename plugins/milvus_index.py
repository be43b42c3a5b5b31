"""Vectors held by Milvus: a server or a cluster, or Milvus Lite in a file of this machine.

Each generation has a collection of its own, whose name stands in the generation's folder and is
nowhere made up again; so publishing, rollback and what is asked are docproc's own pointer, and no
alias is used.  A row is inserted once, into a collection that is new: where an insertion fails,
the collection is dropped by its own name and begun again.  Before the generation can be
published the rows are counted, 1,000 of them are read back, and recall@10 against exact search
must be .98: else the run ends, and what is published stands.  Beside each vector stand the fields
that a scope may ask for, so a scope is a filter expression, not a list of rows.  What Milvus finds
is scored again, exactly, from the generation's own vectors; words are searched by docproc's index.

A Milvus that does not answer when a question is asked leaves the words to be searched, and the
answer, or the refusal, says so (exit code 12); while a generation is built it ends the run, which
may be tried again (75).

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

import hashlib
import json
import os
import secrets
import time
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar

from docproc.errors import IndexSilent, PluginError, StoreError, TryLater
from docproc.hooks import Registration, RowFilter, RowScope, Setting, VectorHits, hookimpl
from docproc.hooks.vector_rows import FIELDS, Condition, VectorBlock

if TYPE_CHECKING:
    from docproc.hooks import Vectors
    from docproc.hooks.vector_rows import VectorReader, VectorStream

DOCPROC_API_VERSION = 1

NAME: Final = "milvus"
DESCRIPTION: Final = "milvus.json"
FORMAT: Final = 2
_PREFIX: Final = "docproc_"
_AT_ONCE: Final = 1_000
_READ_BACK: Final = 1_000
_QUESTIONS: Final = 50
_RECALL: Final = 0.98
_TRIES: Final = 3
_SPARE: Final = 16
_MOST_ASKED: Final = 16_384
"""Rows that Milvus gives at once."""
_LONGEST: Final = 400
"""Bytes of a field that are kept as they are: a longer one ends in its hash instead."""
_BUILDING: Final = 60.0
"""Seconds that Milvus may take over one step of building."""
_UNKNOWN_COLLECTION: Final = 100
"""Milvus's code for a collection that it does not have (``merr.ErrCollectionNotFound``)."""

T = TypeVar("T")


class MilvusIndexer:
    """Builds and opens collections at *uri*; ``""``: in a file beside the generations.

    *token* is what the server asks for; *index* the kind of its index (``AUTOINDEX``, ``HNSW``,
    ``IVF_FLAT``), which Milvus Lite need not have; *patience* the seconds that a question waits.
    """

    by_scope: Final[Literal[True]] = True

    def __init__(
        self, uri: str = "", token: str = "", index: str = "AUTOINDEX", patience: float = 5.0
    ) -> None:
        self._uri = uri
        self._token = token
        self._index = index
        self._patience = patience

    @property
    def one_process(self) -> bool:
        """Whether it is Milvus Lite, whose file one process at a time can have open."""
        return "://" not in self._uri

    def place(self, folder: Path) -> str:
        """Where the collections are: the server, or the folder of Milvus Lite's file."""
        return self._uri or str(Path(_lite(folder)).parent)

    def build(self, vectors: VectorStream, folder: Path) -> dict[str, Any]:
        """Make a collection of *vectors* ``(n, d)``, check it, and write its name into *folder*.

        Raises ``TryLater`` where the server does not answer, and ``StoreError`` where it does not
        hold what it was given.
        """
        uri = self._uri or _lite(folder)
        where = folder / DESCRIPTION
        _library()
        for attempt in range(_TRIES):
            name = f"{_prefix(folder)}{secrets.token_hex(8)}"
            client = None
            try:
                client = _connected(uri, self._token, _BUILDING)
                if not attempt:
                    _retire(client, folder)
                # named before it is there: another shard's run drops what nothing names
                where.write_text(json.dumps({"collection": name}), "utf-8")
                recall = self._fill(client, name, vectors)
                break
            except _Wrong as error:
                _dropped(client, name)
                where.unlink()
                raise StoreError(f"Milvus at {uri}: {error}; nothing was published") from None
            except _failures() as error:
                _dropped(client, name)
                if attempt == _TRIES - 1:
                    where.unlink(missing_ok=True)
                    raise TryLater(
                        f"Milvus at {uri} does not answer: {_first_line(error)}; what is published "
                        "stands, and the vectors are kept: `docproc index` goes on"
                    ) from error
                time.sleep(attempt + 1)
        count, dimension = vectors.shape
        facts = {
            "format": FORMAT, "kind": f"Milvus ({self._index})", "uri": uri, "collection": name,
            "rows": count, "dimension": dimension, "recall": round(recall, 4),
        }  # fmt: skip
        where.write_text(json.dumps(facts, indent=1) + "\n", "utf-8")
        return facts

    def open(self, folder: Path, vectors: VectorReader) -> MilvusIndex:
        """Open the collection that *folder* names.

        Raises ``StoreError`` where it is of other *vectors*, or Milvus does not have it;
        ``IndexSilent`` where Milvus does not answer.
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
        client = _connected(uri, self._token, self._patience)
        if not _asked(uri, lambda: client.has_collection(name, timeout=self._patience)):
            raise StoreError(f"{where}: Milvus at {uri} has no collection {name}: index again")
        if self.one_process:  # a new process of Lite has none of them loaded
            _asked(uri, lambda: client.load_collection(name, timeout=self._patience))
        return MilvusIndex(client, uri, name, vectors, self._patience)

    def _fill(self, client: Any, name: str, vectors: VectorStream) -> float:
        """Put *vectors* into the new collection *name*; return the recall that it was found with.

        Raises ``_Wrong`` where it does not hold them.
        """
        kinds = _library().DataType
        schema = client.create_schema(auto_id=False, enable_dynamic_field=False)
        schema.add_field("row", kinds.INT64, is_primary=True)
        schema.add_field("vector", kinds.FLOAT_VECTOR, dim=vectors.shape[1])
        for field, kind in FIELDS.items():
            if kind is int:
                schema.add_field(field, kinds.INT64)
            else:
                schema.add_field(field, kinds.VARCHAR, max_length=2 * _LONGEST)
        index = client.prepare_index_params()
        # Lite's other kinds miss rows that a filter lets pass
        chosen = "FLAT" if self.one_process else self._index
        index.add_index("vector", index_type=chosen, metric_type="IP")
        client.create_collection(
            name, schema=schema, index_params=index, consistency_level="Strong", timeout=_BUILDING
        )
        for block in vectors.blocks(_AT_ONCE):
            client.insert(name, _records(block), timeout=_BUILDING)
        client.flush(name, timeout=_BUILDING)
        client.load_collection(name, timeout=_BUILDING)
        return _checked(client, name, vectors)


class MilvusIndex:
    """One collection, asked with strong consistency; *vectors* score what it names again."""

    elsewhere: Final = True

    def __init__(
        self, client: Any, uri: str, name: str, vectors: VectorReader, patience: float
    ) -> None:
        self._client = client
        self._uri = uri
        self._name = name
        self._vectors = vectors
        self._patience = patience

    def search(self, vector: Vectors, k: int, scope: RowScope | None) -> VectorHits:
        """The *k* nearest rows, among those of *scope* (``None``: among all).

        Raises ``IndexSilent`` where Milvus does not answer in time.
        """
        import numpy as np

        count, dimension = self._vectors.shape
        if vector.shape != (dimension,):
            raise StoreError(f"a vector of shape {vector.shape}, of a model of {dimension} numbers")
        k = min(k, count)
        if k <= 0:
            return VectorHits(np.empty(0, np.float32), np.empty(0, np.int64))
        rows = self._named(np.ascontiguousarray(vector, np.float32), k, scope)
        exact = (self._vectors.fetch(rows).astype(np.float64) * vector).sum(axis=1)
        order = np.lexsort((rows, -exact))[:k]
        return VectorHits(exact[order].astype(np.float32), rows[order])

    def _named(self, vector: Vectors, k: int, scope: RowScope | None) -> Any:
        """The rows that Milvus names, *k* and some more where there are."""
        import numpy as np

        most = min(self._vectors.shape[0], _MOST_ASKED)
        if scope is None:
            return self._asked(vector, min(k + _SPARE, most), "")
        within = expression(scope.filter)
        if scope.filter.exact:
            return self._asked(vector, min(k + _SPARE, most), within)
        depth = min(4 * (k + _SPARE), most)
        while True:  # the conditions hold for others too
            rows = self._asked(vector, depth, within)
            whole = len(rows) < depth
            rows = rows[scope.holds(rows)]
            if len(rows) >= k or whole:
                return rows
            if depth == most:  # few rows far away: they are here, and compared one by one
                near = self._vectors.fetch(scope.rows) @ vector
                return scope.rows[np.argsort(-near, kind="stable")[: k + _SPARE]]
            depth = min(4 * depth, most)

    def _asked(self, vector: Vectors, limit: int, within: str) -> Any:
        import numpy as np

        found = _asked(
            self._uri,
            lambda: self._client.search(
                self._name, data=[vector.tolist()], limit=limit, filter=within,
                output_fields=["row"], consistency_level="Strong", timeout=self._patience,
            ),
        )  # fmt: skip
        return np.unique(np.array([hit["row"] for hit in found[0]], np.int64))


def expression(conditions: RowFilter) -> str:
    """*conditions* in Milvus's language of filters."""
    return " and ".join(
        f"({' or '.join(_condition(each) for each in group)})" for group in conditions.every
    )


def _condition(condition: Condition) -> str:
    name, values = condition.field, condition.values
    if not values:  # no value meets it, or every one does
        return "row < 0" if condition.relation == "in" else "row >= 0"
    printed = [str(v) if isinstance(v, int) else _quoted(_short(v)) for v in values]
    match condition.relation:
        case "in":
            return f"{name} in [{', '.join(printed)}]"
        case "not in":
            return f"not ({name} in [{', '.join(printed)}])"
        case "at least":
            return f"{name} >= {printed[0]}"
        case "at most":
            return f"{name} <= {printed[0]}"
        case "begins with":  # not by "like", in which % and _ of the text would be patterns
            first = str(values[0]).encode()[:_LONGEST].decode("utf-8", "ignore")
            return f"({name} >= {_quoted(first)} and {name} < {_quoted(first + chr(0x10FFFF))})"


def _quoted(text: str) -> str:
    """*text* as a string of Milvus's language."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _short(text: str) -> str:
    """*text*, or what it begins with and its hash: a field holds so many bytes and no more."""
    data = text.encode("utf-8", "replace")
    if len(data) <= _LONGEST:
        return data.decode()
    return data[:_LONGEST].decode("utf-8", "ignore") + hashlib.sha256(data).hexdigest()


def _records(block: VectorBlock) -> list[dict[str, Any]]:
    """The rows of *block* as Milvus takes them."""
    columns = {
        field: values.tolist() if FIELDS[field] is int else [_short(value) for value in values]
        for field, values in block.fields.items()
    }
    return [
        {"row": block.first + number, "vector": vector}
        | {field: values[number] for field, values in columns.items()}
        for number, vector in enumerate(block.vectors)
    ]


class _Wrong(Exception):
    """A collection does not hold what it was given; the message says how."""


def _checked(client: Any, name: str, vectors: VectorStream) -> float:
    """The recall@10 of the collection *name* against exact search over *vectors*.

    Raises ``_Wrong`` where rows are missing or twice there, are others, or are not found.
    """
    import numpy as np

    count = vectors.shape[0]
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
        for row, given in zip(rows, vectors.fetch(some[at : at + 200]), strict=True):
            if row not in back or not np.array_equal(back[row], given):
                raise _Wrong(f"vector {row} is not the one that was given to it")
    if not count:
        return 1.0
    asked = vectors.fetch(np.sort(chance.choice(count, min(count, _QUESTIONS), False)))
    asked = asked + 0.3 / np.sqrt(asked.shape[1]) * chance.standard_normal(asked.shape)
    asked = (asked / np.linalg.norm(asked, axis=1, keepdims=True)).astype(np.float32)
    k = min(10, count)
    wanted, hits = k * len(asked), 0
    index = MilvusIndex(client, "", name, vectors, _BUILDING)
    for question, best in zip(asked, _least_of_best(vectors, asked, k), strict=True):
        hits += int(np.count_nonzero(index.search(question, k, None).scores > best - 1e-6))
    if hits < _RECALL * wanted:
        raise _Wrong(
            f"recall@10 is {hits / wanted:.3f} against exact search, and {_RECALL} is asked"
        )
    return hits / wanted


def _least_of_best(vectors: VectorStream, questions: Vectors, k: int) -> Any:
    """The *k*-th highest score that each of *questions* has over all *vectors*."""
    import numpy as np

    best = np.zeros((len(questions), 0), np.float32)
    for block in vectors.blocks():
        best = np.sort(np.hstack([best, questions @ block.vectors.T]), axis=1)[:, -k:]
    return best[:, 0]


def _library() -> Any:
    try:
        return import_module("pymilvus")
    except ModuleNotFoundError as error:
        missing = (error.name or NAME).partition(".")[0]
        raise PluginError(
            f"the vector index {NAME!r} needs {missing}, which is not installed: "
            "pip install 'docproc[milvus]'"
        ) from None


def _connected(uri: str, token: str, patience: float) -> Any:
    """A client, after Milvus has answered it.  Raises ``IndexSilent`` where it does not."""
    library = _library()
    if "://" not in uri:
        Path(uri).parent.mkdir(parents=True, exist_ok=True)
    return _asked(uri, lambda: library.MilvusClient(uri=uri, token=token, timeout=patience))


def _failures() -> tuple[type[Exception], ...]:
    """What pymilvus, and gRPC below it, raise where a server fails."""
    milvus = import_module("pymilvus.exceptions").MilvusException
    return (milvus, import_module("grpc").RpcError, OSError, IndexSilent)


def _asked(uri: str, step: Callable[[], T]) -> T:
    """What Milvus answers.

    Raises ``StoreError`` for a collection that it does not have, ``IndexSilent`` where it does
    not answer.
    """
    try:
        return step()
    except _failures() as error:
        if getattr(error, "code", None) == _UNKNOWN_COLLECTION:
            raise StoreError(f"Milvus at {uri}: {_first_line(error)}: index again") from error
        raise IndexSilent(f"Milvus at {uri} does not answer: {_first_line(error)}") from error


def _first_line(error: Exception) -> str:
    said = str(error).splitlines()[0] if str(error) else type(error).__name__
    return f"{said:.200}"


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
    if client is None:
        return
    try:
        if client.has_collection(name):
            client.drop_collection(name)
    except Exception:  # noqa: S110 - the server may be what is gone
        pass


def make(settings: Mapping[str, Any]) -> MilvusIndexer:
    """The factory; the settings are those of the registration."""
    return MilvusIndexer(*(settings[name] for name in ("uri", "token", "index", "patience")))


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
                Setting("patience", 5.0, "Seconds that a question waits for Milvus."),
            ),
            libraries=("pymilvus",),
        )
    ]
