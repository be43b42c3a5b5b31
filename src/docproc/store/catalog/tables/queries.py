"""What every part of a catalog asks: its database, and the keys and first rows of documents."""

from __future__ import annotations

import contextlib
import functools
import sqlite3
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec
import numpy as np
from numpy.typing import NDArray

from docproc.errors import StoreError
from docproc.store.catalog.tables import schema
from docproc.store.catalog.tables.connection import TakingTurns

Key = TypeVar("Key")
Value = TypeVar("Value")
_AT_ONCE = 500


@contextlib.contextmanager
def decoding(path: Path) -> Iterator[None]:
    """SQLite does not notice every flipped byte; what it lets through fails here."""
    try:
        yield
    except (KeyError, ValueError, struct.error, zlib.error, msgspec.MsgspecError) as error:
        raise StoreError(
            f"{path}: damaged: {error!r}; `docproc verify --all` tells what else is"
        ) from error


class Queries:
    """Asks the database at *path*; what it cannot read is damaged, and said to be."""

    def __init__(self, path: Path, db: sqlite3.Connection | None = None) -> None:
        """Open the database; *db* is it already, where it is being written."""
        self.path = path
        self.db = TakingTurns(db or schema.connect(path, "ro"))

    def all(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Every row of a statement.  Raises ``StoreError``."""
        with self.naming_file():
            return self.db.execute(sql, values).fetchall()

    def among(self, sql: str, keys: Iterable[int] | Iterable[str]) -> Iterator[tuple[Any, ...]]:
        """Run *sql*, which ends in ``IN``, over *keys*, some hundreds at once."""
        wanted = sorted(keys)
        for at in range(0, len(wanted), _AT_ONCE):
            some = wanted[at : at + _AT_ONCE]
            yield from self.all(f"{sql} ({','.join('?' * len(some))})", some)

    def naming_file(self) -> contextlib.AbstractContextManager[None]:
        """Turn SQLite's errors into a ``StoreError`` that names the file."""
        return schema.raise_store_errors(self.path)

    def decoding(self) -> contextlib.AbstractContextManager[None]:
        """Turn what fails on damaged bytes into a ``StoreError`` that names the file."""
        return decoding(self.path)

    def _array(self, name: str, dtype: Any) -> NDArray[Any]:
        ((data,),) = self.all("SELECT data FROM arrays WHERE name = ?", (name,))
        return np.frombuffer(data, dtype)

    @functools.cached_property
    def documents(self) -> NDArray[np.int64]:
        """The documents' keys, rising."""
        return self._array("keys", "<i8")

    @functools.cached_property
    def firsts(self) -> NDArray[np.int64]:
        """Each document's first row, and one past the last row at the end."""
        return self._array("firsts", "<i8")

    @functools.cached_property
    def facts(self) -> NDArray[Any]:
        """A ``schema.ROW`` for each row."""
        return self._array("facts", schema.ROW)

    def keys_of(self, rows: Iterable[int]) -> list[int]:
        """The keys of the passages at *rows*.  Raises ``StoreError`` for a row that is not here."""
        numbers = np.fromiter(rows, np.int64)
        total = int(self.firsts[-1])
        if len(numbers) and (numbers.min() < 0 or numbers.max() >= total):
            bad = int(numbers.min() if numbers.min() < 0 else numbers.max())
            raise StoreError(
                f"{self.path}: has {total} passages, and passage {bad} was asked for: "
                "an index beside it is of another generation"
            )
        at = np.searchsorted(self.firsts, numbers, side="right") - 1
        keys = (self.documents[at] << schema.SHIFT) | (numbers - self.firsts[at])
        return [int(key) for key in keys]

    def row_of(self, key: int) -> int:
        """The row of the passage of that key."""
        at = int(np.searchsorted(self.documents, key >> schema.SHIFT))
        return int(self.firsts[at]) + (key & ((1 << schema.SHIFT) - 1))


class RecentValues(Generic[Key, Value]):
    """Values by key, at most so many: one question asks for the same passages several times.

    Many threads may ask, for what is read never changes.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: dict[Key, Value] = {}

    def get_all(
        self, keys: Iterable[Key], read: Callable[[list[Key]], Mapping[Key, Value]]
    ) -> dict[Key, Value]:
        """The values of *keys*, those not kept by one call of *read*, which may leave some out."""
        kept, found, missing = self._kept, {}, []
        for key in dict.fromkeys(keys):
            try:
                found[key] = kept[key]
            except KeyError:
                missing.append(key)
        if missing:
            new = read(missing)
            found.update(new)
            if len(new) <= self._most // 4:  # a whole catalog that is walked through is not kept
                if len(kept) + len(new) > self._most:
                    kept = self._kept = {}
                kept.update(new)
        return found
