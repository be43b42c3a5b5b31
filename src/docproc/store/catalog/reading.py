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
    """The size and the time of change (ns) of every file, by path, when it was last read or tried.

    Less than ``sources`` and ``failures`` say, and a tenth of their cost.
    """
    found: dict[str, tuple[int, int]] = {}
    for table in ("sources", "failures"):  # a failure is the later look
        rows = db.execute(f"SELECT path, size, mtime_ns FROM {table}")  # noqa: S608
        found.update((path, (size, mtime_ns)) for path, size, mtime_ns in rows)
    return found


def failures(db: Database) -> dict[str, Failure]:
    """Every source in quarantine, by path."""
    names = "path, cause, recipe, size, mtime_ns, sha256, count, first_seen, last_seen"
    rows = db.execute(f"SELECT {names} FROM failures ORDER BY path")  # noqa: S608
    found = [Failure(**dict(zip(names.split(", "), row, strict=True))) for row in rows]
    return {failure.path: failure for failure in found}
