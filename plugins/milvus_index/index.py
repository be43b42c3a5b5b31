"""One collection, asked: a scope is a filter expression in Milvus's language."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final

from docproc.errors import StoreError
from docproc.hooks import RowFilter, RowScope, VectorHits
from docproc.hooks.vector_rows import Condition

from .server import asked

if TYPE_CHECKING:
    from docproc.hooks import Vectors
    from docproc.hooks.vector_rows import VectorReader

_SPARE: Final = 16
_MOST_ASKED: Final = 16_384
"""Rows that Milvus gives at once."""
LONGEST: Final = 400
"""Bytes of a field that are kept as they are: a longer one ends in its hash instead."""


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

        found = asked(
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
    printed = [str(v) if isinstance(v, int) else _quoted(shorten(v)) for v in values]
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
            first = str(values[0]).encode()[:LONGEST].decode("utf-8", "ignore")
            return f"({name} >= {_quoted(first)} and {name} < {_quoted(first + chr(0x10FFFF))})"


def _quoted(text: str) -> str:
    """*text* as a string of Milvus's language."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def shorten(text: str) -> str:
    """*text*, or what it begins with and its hash: a field holds so many bytes and no more."""
    data = text.encode("utf-8", "replace")
    if len(data) <= LONGEST:
        return data.decode()
    return data[:LONGEST].decode("utf-8", "ignore") + hashlib.sha256(data).hexdigest()
