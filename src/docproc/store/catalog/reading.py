"""The questions that a catalog is asked while it is written as well as when it is done."""

from __future__ import annotations

from docproc.records import SourceFile
from docproc.store.catalog.connection import Database
from docproc.store.catalog.rows import Failure, SourceState


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
    """How many files there are, and the looks at up to *most* of those that could be read.

    Each *turn* gives others, until it is the turn of the first again.
    """
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
