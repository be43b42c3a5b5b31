"""One connection to a finished catalog for all threads, one call at a time.

SQLite itself may be used so.  Python's module keeps the statements that it has prepared, and from
3.12 on gives one to two threads where both ask the same at the same moment: one of them gets the
other's rows, or memory that is free already (github.com/python/cpython/issues/118172).  So no two
calls meet.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from threading import Lock
from typing import Any, Protocol

_AT_ONCE = 500


class RowSource(Protocol):
    """What a statement gives: a cursor, or one that takes turns."""

    def fetchall(self) -> list[Any]:
        """All rows that are left."""
        ...

    def fetchone(self) -> Any:
        """The next row; ``None`` after the last."""
        ...

    def __iter__(self) -> Iterator[Any]: ...


class Database(Protocol):
    """What questions are put to: a connection, or one that takes turns."""

    def execute(self, sql: str, parameters: Sequence[Any] = ..., /) -> RowSource:
        """The rows of a statement."""
        ...


class TakingTurns:
    """The *connection*, whose calls wait for each other."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._turn = Lock()

    def execute(self, sql: str, parameters: Sequence[Any] = (), /) -> RowSource:
        """The rows of a statement; other threads may put theirs while these are fetched."""
        with self._turn:
            return _Found(self._connection.execute(sql, parameters), self._turn)

    def close(self) -> None:
        """Close the connection, when the thread whose turn it is has finished."""
        with self._turn:
            self._connection.close()


class _Found:
    def __init__(self, cursor: sqlite3.Cursor, turn: Lock) -> None:
        self._cursor = cursor
        self._turn = turn

    def fetchall(self) -> list[Any]:
        with self._turn:
            return self._cursor.fetchall()

    def fetchone(self) -> Any:
        with self._turn:
            return self._cursor.fetchone()

    def __iter__(self) -> Iterator[Any]:
        while True:
            with self._turn:
                some = self._cursor.fetchmany(_AT_ONCE)
            if not some:
                return
            yield from some
