"""The rows within a scope: conditions on documents by SQL, those on passages by arrays."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from enum import Enum
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from docproc.dataclass_on_use import dataclass
from docproc.persons import Register
from docproc.records import ArchivalReference, Person, Scope
from docproc.references import match_printed, prints
from docproc.store.catalog.tables.compressed import restore
from docproc.store.catalog.tables.connection import Database
from docproc.store.catalog.tables.dates import day_number
from docproc.store.catalog.tables.schema import (
    ARCHIVE,
    KINDS,
    OWN_NAME,
    PERSON,
    RECIPIENT,
    SENDER,
    SHIFT,
    WITNESS,
    fold_value,
)
from docproc.text.names.matching import name_matcher

_FEWEST_LETTERS = 4
_OVER_A_BORDER = 400  # characters of a reference that may stand in two pieces of a text


class ReferenceMatch(Enum):
    """How the reference of a scope is met: by its levels, by its printed form, in a text."""

    LEVELS = "levels"
    PRINTED = "printed"
    IN_TEXT = "in a text"


@dataclass(frozen=True, slots=True)
class OtherShards:
    """What all shards say together; ``met``: how the reference is met in the best of them."""

    register: Callable[[], Register]
    met: ReferenceMatch | None


def match_reference(db: Database, asked: ArchivalReference, met: ReferenceMatch) -> bool:
    """Whether *asked* is met so in the catalog *db*."""
    if met is ReferenceMatch.IN_TEXT:
        return bool(len(documents_printing(db, asked.printed)))
    return bool((_by_levels if met is ReferenceMatch.LEVELS else _find_printed)(db, asked))


def rows_within(
    db: Database,
    scope: Scope,
    documents: NDArray[np.int64],
    firsts: NDArray[np.int64],
    facts: NDArray[Any],
    whole: OtherShards | None = None,
) -> NDArray[np.int64]:
    """The sorted rows of the passages for which every condition of *scope* holds.

    *documents* are the documents' keys, rising; *firsts* the first row of each, and one past
    the last row; *facts* is a ``schema.ROW`` for each row.  *whole* is what the other shards
    have to say, where there are any.
    """
    pairs = None
    if scope.reference is not None:
        pairs = references_like(db, scope.reference, whole)
    chosen = _documents(db, scope, whole.register if whole else lambda: register_of(db))
    if whole is not None and whole.met is ReferenceMatch.IN_TEXT and scope.reference:
        printing = documents_printing(db, scope.reference.printed)
        chosen = printing if chosen is None else printing[_among(printing, chosen)]
        pairs = None
    elif whole is None and pairs is not None and scope.reference and not len(pairs):
        printing = documents_printing(db, scope.reference.printed)
        if len(printing):  # no reference of theirs, but they print it
            chosen = printing if chosen is None else printing[_among(printing, chosen)]
            pairs = None
    if pairs is not None:
        governed = np.array(sorted(set(pairs[:, 0].tolist())), np.int64)
        chosen = governed if chosen is None else governed[_among(governed, chosen)]
    at = np.arange(len(documents)) if chosen is None else np.searchsorted(documents, chosen)
    counts = firsts[at + 1] - firsts[at]
    of = np.repeat(at, counts)
    before = np.cumsum(counts) - counts
    rows: NDArray[np.int64] = np.arange(int(counts.sum())) + np.repeat(firsts[at] - before, counts)
    held = np.ones(len(rows), np.bool_)
    if scope.kinds:
        wanted = np.array([kind in scope.kinds for kind in KINDS])
        held &= wanted[facts["kind"][rows]]
    if scope.language is not None:
        code = db.execute("SELECT code FROM languages WHERE name = ?", (scope.language,)).fetchone()
        held &= facts["language"][rows] == code[0] if code else False
    if pairs is not None:
        # -1, a passage that no reference governs, gives -1, which no pair does
        governing = (documents[of] << 31) | facts["reference"][rows]
        held &= _among(governing, (pairs[:, 0] << 31) | pairs[:, 1])
    return rows[held]


def _among(values: NDArray[np.int64], table: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which of *values* stand in the sorted *table*; ``numpy.isin`` imports ``numpy.ma``."""
    if not len(table):
        return np.zeros(len(values), np.bool_)
    at = np.minimum(np.searchsorted(table, values), len(table) - 1)
    found: NDArray[np.bool_] = table[at] == values
    return found


def references_like(
    db: Database, asked: ArchivalReference, whole: OtherShards | None = None
) -> NDArray[np.int64]:
    """The references that agree with all that *asked* states: ``(document, ordinal)``, sorted.

    An archive agrees by the name it had or the name it has.  Where *asked* states neither
    levels nor an archive, or nothing has them, the printed forms that hold its own agree; of
    several shards, where nothing of the *whole* has them.
    """
    found: list[tuple[int, int]] = []
    if whole is None or whole.met is ReferenceMatch.LEVELS:
        found = _by_levels(db, asked)
    if not found and (whole is None or whole.met is ReferenceMatch.PRINTED):
        found = _find_printed(db, asked)
    return np.array(sorted(found), np.int64).reshape(-1, 2)


def _by_levels(db: Database, asked: ArchivalReference) -> list[tuple[int, int]]:
    """The references that have every level, and the archive, that *asked* states."""
    stated = [(level, [fold_value(value)]) for level, value in asked.components]
    if names := [fold_value(name) for name in (asked.archive, asked.archive_now) if name]:
        stated.append((ARCHIVE, names))
    found: list[tuple[int, int]] = []
    if stated:
        # the rarest first: a whole archive may be of opis 1, and one fond of it asked for
        stated.sort(key=lambda each: _how_many(db, *each))
        found = _having(db, *stated[0])
        for each in stated[1:]:
            found = [pair for pair in found if _having(db, *each, pair)]
    return found


def documents_printing(db: Database, words: str) -> NDArray[np.int64]:
    """The keys of the documents whose text prints *words*, sorted."""
    holds = prints(words)
    pieces = sorted(re.findall(r"\w+", words), key=len)
    if not pieces or (not any(map(str.isdigit, words)) and len(words) < _FEWEST_LETTERS):
        return np.zeros(0, np.int64)
    rarest = pieces[-1].casefold()
    found: set[int] = set()
    last, end = -1, ""
    for key, kept in db.execute("SELECT key, piece FROM texts ORDER BY key"):
        document = key >> SHIFT
        text = (end if document == last else "") + restore(kept)
        if rarest in text.casefold() and holds(text):
            found.add(document)
        last, end = document, text[-_OVER_A_BORDER:]
    return np.array(sorted(found), np.int64)


def _find_printed(db: Database, asked: ArchivalReference) -> list[tuple[int, int]]:
    """The references in whose printed form that of *asked* stands."""
    holds = match_printed(asked.printed)
    every = db.execute("SELECT document, ordinal, record FROM refs")
    decode = msgspec.json.Decoder(ArchivalReference).decode
    return [(d, o) for d, o, record in every if holds(decode(record))]


def _having(
    db: Database, level: str, values: list[str], pair: tuple[int, int] | None = None
) -> list[tuple[int, int]]:
    """The references that have one of *values* at *level*; or, of them, the one *pair*."""
    sql = f"SELECT DISTINCT document, ordinal FROM levels WHERE {_one_of(values)}"  # noqa: S608
    if pair is None:
        return db.execute(sql, (level, *values)).fetchall()
    return db.execute(f"{sql} AND document = ? AND ordinal = ?", (level, *values, *pair)).fetchall()


def _how_many(db: Database, level: str, values: list[str]) -> int:
    """How many references have one of *values* at *level*, counted no further than 10,000."""
    some = f"SELECT 1 FROM levels WHERE {_one_of(values)} LIMIT 10000"  # noqa: S608
    (count,) = db.execute(f"SELECT count(*) FROM ({some})", (level, *values)).fetchone()  # noqa: S608
    return int(count)


def _one_of(values: list[str]) -> str:
    return f"level = ? AND value IN ({','.join('?' * len(values))})"


def _documents(
    db: Database, scope: Scope, register: Callable[[], Register]
) -> NDArray[np.int64] | None:
    """The keys of the documents that meet the conditions on documents; ``None`` for no such."""
    conditions: list[str] = []
    values: list[object] = []
    if scope.earliest is not None:
        conditions.append("date_end >= ?")
        values.append(day_number(scope.earliest))
    if scope.latest is not None:
        conditions.append("date_start <= ?")
        values.append(day_number(scope.latest))
    for column, level, name in (
        ("sender", SENDER, scope.sender),
        ("recipient", RECIPIENT, scope.recipient),
    ):
        if name:
            named = f"{column}_folded IN (SELECT value FROM json_each(?))"  # noqa: S608
            known = (
                "key IN (SELECT document FROM levels"
                " WHERE level = ? AND value IN (SELECT value FROM json_each(?)))"
            )
            conditions.append(f"({named} OR {known})")
            identities = sorted(register().identities(name))
            values += [json.dumps(find_called(db, column, name)), level, json.dumps(identities)]
    if scope.place:
        conditions.append("place IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(find_called(db, "place", scope.place)))
    if scope.documents:
        conditions.append(f"id IN ({','.join('?' * len(scope.documents))})")
        values += scope.documents
    for value in scope.witness:
        conditions.append("key IN (SELECT document FROM levels WHERE level = ? AND value = ?)")
        values += [WITNESS, value]
    if not conditions:
        return None
    # not ORDER BY key: that would scan the records instead of `documents_by_scope`
    sql = f"SELECT key FROM documents WHERE {' AND '.join(conditions)}"  # noqa: S608
    return np.sort(np.array([key for (key,) in db.execute(sql, values)], np.int64))


def register_of(db: Database) -> Register:
    """Every person of every register in the catalog, entries of one identity joined."""
    return register_in(persons_in(db))


def persons_in(db: Database) -> list[str]:
    """Every entry of every register in the catalog, as it is stored, each once."""
    sql = "SELECT DISTINCT value FROM levels WHERE level = ? ORDER BY value"
    return [value for (value,) in db.execute(sql, (PERSON,))]


def register_in(persons: Iterable[str]) -> Register:
    """The register of *persons*, as ``persons_in`` gives them."""
    return Register.of(msgspec.json.decode(value, type=Person) for value in persons)


def find_called(db: Database, column: str, name: str) -> list[str]:
    """The values of *column* that hold *name*, however both are written."""
    holds = name_matcher(name)
    column = column if column == "place" else f"{column}_folded"
    sql = f"SELECT DISTINCT {column} FROM documents WHERE {column} IS NOT NULL"  # noqa: S608
    found = [printed for (printed,) in db.execute(sql)]
    return [each for each in found if any(map(holds, {each, *each.split(OWN_NAME)}))]
