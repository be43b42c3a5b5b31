"""Builds and opens collections, and checks each before it can be published."""

from __future__ import annotations

import json
import secrets
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from docproc.errors import StoreError, TryLater
from docproc.hooks.vector_rows import FIELDS, VectorBlock

from .index import LONGEST, MilvusIndex, shorten
from .names import DESCRIPTION, begin_names, lite_file, retire
from .server import asked, connect, drop, failures, first_line, library

if TYPE_CHECKING:
    from docproc.hooks import Vectors
    from docproc.hooks.vector_rows import VectorReader, VectorStream

FORMAT: Final = 2
_AT_ONCE: Final = 1_000
_READ_BACK: Final = 1_000
_QUESTIONS: Final = 50
_RECALL: Final = 0.98
_TRIES: Final = 3
_BUILDING: Final = 60.0
"""Seconds that Milvus may take over one step of building."""


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
        return self._uri or str(Path(lite_file(folder)).parent)

    def build(self, vectors: VectorStream, folder: Path) -> dict[str, Any]:
        """Make a collection of *vectors* ``(n, d)``, check it, and write its name into *folder*.

        Raises ``TryLater`` where the server does not answer, and ``StoreError`` where it does not
        hold what it was given.
        """
        uri = self._uri or lite_file(folder)
        where = folder / DESCRIPTION
        library()
        for attempt in range(_TRIES):
            name = f"{begin_names(folder)}{secrets.token_hex(8)}"
            client = None
            try:
                client = connect(uri, self._token, _BUILDING)
                if not attempt:
                    retire(client, folder)
                # named before it is there: another shard's run drops what nothing names
                where.write_text(json.dumps({"collection": name}), "utf-8")
                recall = self._fill(client, name, vectors)
                break
            except _Wrong as error:
                drop(client, name)
                where.unlink()
                raise StoreError(f"Milvus at {uri}: {error}; nothing was published") from None
            except failures() as error:
                drop(client, name)
                if attempt == _TRIES - 1:
                    where.unlink(missing_ok=True)
                    raise TryLater(
                        f"Milvus at {uri} does not answer: {first_line(error)}; what is published "
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
            uri = lite_file(folder)
        client = connect(uri, self._token, self._patience)
        if not asked(uri, lambda: client.has_collection(name, timeout=self._patience)):
            raise StoreError(f"{where}: Milvus at {uri} has no collection {name}: index again")
        if self.one_process:  # a new process of Lite has none of them loaded
            asked(uri, lambda: client.load_collection(name, timeout=self._patience))
        return MilvusIndex(client, uri, name, vectors, self._patience)

    def _fill(self, client: Any, name: str, vectors: VectorStream) -> float:
        """Put *vectors* into the new collection *name*; return the recall that it was found with.

        Raises ``_Wrong`` where it does not hold them.
        """
        kinds = library().DataType
        schema = client.create_schema(auto_id=False, enable_dynamic_field=False)
        schema.add_field("row", kinds.INT64, is_primary=True)
        schema.add_field("vector", kinds.FLOAT_VECTOR, dim=vectors.shape[1])
        for field, kind in FIELDS.items():
            if kind is int:
                schema.add_field(field, kinds.INT64)
            else:
                schema.add_field(field, kinds.VARCHAR, max_length=2 * LONGEST)
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


def _records(block: VectorBlock) -> list[dict[str, Any]]:
    """The rows of *block* as Milvus takes them."""
    columns = {
        field: values.tolist() if FIELDS[field] is int else [shorten(value) for value in values]
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
