"""How the sources of a finished catalog were read: by what, when, with which failures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docproc.records import SourceFile
from docproc.store.catalog.rows import Failure, SourceState
from docproc.store.catalog.tables import schema

if TYPE_CHECKING:
    from docproc.store.catalog.tables.connection import Database
    from docproc.store.catalog.tables.queries import Queries


def sources(db: Database) -> dict[str, SourceState]:
    """Every source, by path."""
    return {
        path: SourceState(SourceFile(path, media_type, size, sha256), *rest)
        for path, media_type, size, sha256, *rest in db.execute(
            "SELECT path, media_type, size, sha256, mtime_ns, parser, parser_version, recipe"
            " FROM sources ORDER BY path"
        )
    }


def looks(db: Database) -> dict[str, tuple[int, int]]:
    """By path, the size and time of change (ns) of every file when it was last read or tried."""
    found: dict[str, tuple[int, int]] = {}
    for table in ("sources", "failures"):  # a failure is the later look
        rows = db.execute(f"SELECT path, size, mtime_ns FROM {table}")  # noqa: S608
        found.update((path, (size, mtime_ns)) for path, size, mtime_ns in rows)
    return found


def some_looks(db: Database, most: int, turn: int) -> tuple[int, dict[str, tuple[int, int]]]:
    """How many files there are, and the looks at up to *most* of those read; others each *turn*."""
    failed = {path for (path,) in db.execute("SELECT path FROM failures")}
    ((count,),) = db.execute("SELECT count(*) FROM sources")
    start = turn * most % max(count, 1) // most * most
    rows = db.execute(
        "SELECT path, size, mtime_ns FROM sources ORDER BY rowid LIMIT ? OFFSET ?", (most, start)
    )
    found = {path: (size, mtime_ns) for path, size, mtime_ns in rows if path not in failed}
    of_both = "SELECT count(*) FROM failures WHERE path IN (SELECT path FROM sources)"
    ((twice,),) = db.execute(of_both)
    return count + len(failed) - twice, found


def failures(db: Database) -> dict[str, Failure]:
    """Every source in quarantine, by path."""
    names = "path, cause, recipe, size, mtime_ns, sha256, count, first_seen, last_seen"
    rows = db.execute(f"SELECT {names} FROM failures ORDER BY path")  # noqa: S608
    found = [Failure(**dict(zip(names.split(", "), row, strict=True))) for row in rows]
    return {failure.path: failure for failure in found}


_BETWEEN = 2
"""Characters between two passages: an empty line."""


class SourceReadings:
    """How each source was read."""

    def __init__(self, queries: Queries) -> None:
        self._queries = queries

    def sources(self) -> dict[str, SourceState]:
        """Every source, by path."""
        with self._queries.naming_file():
            return sources(self._queries.db)

    def read_by(self, path: str) -> tuple[str, str, str] | None:
        """The parser that read the source at *path*, its version then, and the recipe's hash."""
        found = self._queries.all(
            "SELECT parser, parser_version, recipe FROM sources WHERE path = ?", (path,)
        )
        return (str(found[0][0]), str(found[0][1]), str(found[0][2])) if found else None

    def failures(self) -> dict[str, Failure]:
        """Every source in quarantine, by path."""
        with self._queries.naming_file():
            return failures(self._queries.db)

    def looks(self) -> dict[str, tuple[int, int]]:
        """By path, size and time of change (ns) of every file when it was last read or tried."""
        with self._queries.naming_file():
            return looks(self._queries.db)

    def some_looks(self, most: int, turn: int) -> tuple[int, dict[str, tuple[int, int]]]:
        """How many files there are, and the looks at up to *most*, others in each *turn*."""
        with self._queries.naming_file():
            return some_looks(self._queries.db, most, turn)

    def text_in_passages(self) -> dict[str, tuple[int, int]]:
        """By file, each document's length without its passages' parting, and that in passages."""
        inside_of = dict(
            self._queries.all(
                'SELECT key >> ? AS document, sum("end" - start) FROM passages GROUP BY 1',
                (schema.SHIFT,),
            )
        )
        rows = self._queries.all("SELECT key, source, member, characters, passages FROM documents")
        found: dict[str, tuple[int, int]] = {}
        for key, source, member, length, passages in sorted(rows):
            inside = inside_of.get(key, 0)
            name = f"{source}/{member}" if member else source
            before = found.get(name, (0, 0))
            own = max(length - _BETWEEN * max(passages - 1, 0), inside)
            found[name] = (before[0] + own, before[1] + inside)
        return found
