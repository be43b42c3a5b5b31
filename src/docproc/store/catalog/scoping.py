"""The rows within a scope: conditions on documents by SQL, those on passages by arrays."""

from __future__ import annotations

import sqlite3
from typing import Any

import numpy as np
from numpy.typing import NDArray

from docproc.records import ArchivalReference, Scope
from docproc.store.catalog.dates import day_number
from docproc.store.catalog.schema import ARCHIVE, KINDS, folded, folded_value


def rows_within(
    db: sqlite3.Connection,
    scope: Scope,
    documents: NDArray[np.int64],
    firsts: NDArray[np.int64],
    facts: NDArray[Any],
) -> NDArray[np.int64]:
    """The sorted rows of the passages for which every condition of *scope* holds.

    *documents* are the documents' keys, rising; *firsts* the first row of each, and one past
    the last row; *facts* is a ``schema.ROW`` for each row.
    """
    pairs = None if scope.reference is None else references_like(db, scope.reference)
    chosen = _documents(db, scope)
    if pairs is not None:
        governed = np.unique(pairs[:, 0])
        chosen = governed if chosen is None else np.intersect1d(chosen, governed)
    at = np.arange(len(documents)) if chosen is None else np.searchsorted(documents, chosen)
    counts = firsts[at + 1] - firsts[at]
    of = np.repeat(at, counts)
    before = np.cumsum(counts) - counts
    rows: NDArray[np.int64] = np.arange(int(counts.sum())) + np.repeat(firsts[at] - before, counts)
    held = np.ones(len(rows), np.bool_)
    if scope.kinds:
        held &= np.isin(facts["kind"][rows], [KINDS.index(kind) for kind in scope.kinds])
    if scope.language is not None:
        code = db.execute("SELECT code FROM languages WHERE name = ?", (scope.language,)).fetchone()
        held &= facts["language"][rows] == code[0] if code else False
    if pairs is not None:
        governing = (documents[of] << 31) | facts["reference"][rows]
        held &= (facts["reference"][rows] >= 0) & np.isin(
            governing, (pairs[:, 0] << 31) | pairs[:, 1]
        )
    return rows[held]


def references_like(db: sqlite3.Connection, asked: ArchivalReference) -> NDArray[np.int64]:
    """The references that agree with all that *asked* states: ``(document, ordinal)``, sorted.

    An archive agrees by the name it had or the name it has.  Where *asked* states neither
    levels nor an archive, the printed forms that contain its own agree.
    """
    stated = [(level, folded_value(value)) for level, value in asked.components]
    archive = asked.archive or asked.archive_now
    if stated or archive:
        queries, values = [], []
        for level, value in stated:
            queries.append("SELECT document, ordinal FROM levels WHERE level = ? AND value = ?")
            values += [level, value]
        if archive:
            names = {folded_value(n) for n in (asked.archive, asked.archive_now) if n}
            marks = ",".join("?" * len(names))
            queries.append(
                f"SELECT document, ordinal FROM levels WHERE level = ? AND value IN ({marks})"  # noqa: S608
            )
            values += [ARCHIVE, *names]
        found = db.execute(" INTERSECT ".join(queries), values).fetchall()
    else:
        form = folded_value(asked.printed)
        every = db.execute("SELECT document, ordinal, printed FROM refs")
        found = [(d, o) for d, o, printed in every if form in folded_value(printed)]
    return np.array(sorted(found), np.int64).reshape(len(found), 2)


def _documents(db: sqlite3.Connection, scope: Scope) -> NDArray[np.int64] | None:
    """The keys of the documents that meet the conditions on documents; ``None`` for no such."""
    conditions: list[str] = []
    values: list[object] = []
    if scope.earliest is not None:
        conditions.append("date_end >= ?")
        values.append(day_number(scope.earliest))
    if scope.latest is not None:
        conditions.append("date_start <= ?")
        values.append(day_number(scope.latest))
    for column, name in (("sender", scope.sender), ("recipient", scope.recipient)):
        if name:
            conditions.append(f"instr({column}_folded, ?) > 0")
            values.append(folded(name))
    if scope.documents:
        conditions.append(f"id IN ({','.join('?' * len(scope.documents))})")
        values += scope.documents
    if not conditions:
        return None
    sql = f"SELECT key FROM documents WHERE {' AND '.join(conditions)} ORDER BY key"  # noqa: S608
    return np.array([key for (key,) in db.execute(sql, values)], np.int64)
