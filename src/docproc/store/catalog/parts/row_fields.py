"""The fields of rows of vectors, and a scope as conditions on them, for an index asked by scope.

Both are made from one catalog, and say the same of it: what ``rows_within`` finds for a scope is
what its conditions hold for, wherever the filter says that it is exact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from docproc.dataclass_on_use import dataclass
from docproc.hooks.vector_rows import NO_DAY, Condition, RowFields, RowFilter
from docproc.persons import Register
from docproc.records import PassageKind, Scope
from docproc.store.catalog.parts.scoping import (
    OtherShards,
    ReferenceMatch,
    find_called,
    references_like,
)
from docproc.store.catalog.tables.connection import Database
from docproc.store.catalog.tables.dates import day_number
from docproc.store.catalog.tables.schema import KINDS, RECIPIENT, SENDER, WITNESS

MOST_VALUES = 512
"""Values that a condition lists; where there are more, it is left out, and the filter not exact."""

_JOINT = "\x1f"
_BETWEEN = "SELECT document, value FROM levels WHERE level = ? ORDER BY document, value"


@dataclass
class RowFieldReader:
    """What a catalog says of its documents (their *keys*, rising) and passages, by row.

    *firsts* is the first row of each document, and one past the last row; *facts* a
    ``schema.ROW`` for each row.
    """

    db: Database
    keys: NDArray[np.int64]
    firsts: NDArray[np.int64]
    facts: NDArray[Any]

    def fields(self, rows: NDArray[np.int64]) -> RowFields:
        """The fields of the passages at *rows*; see ``hooks.vector_rows.FIELDS``."""
        of = np.searchsorted(self.firsts, rows, side="right") - 1
        found: dict[str, NDArray[Any]] = {
            name: values[of] for name, values in self._of_documents.items()
        }
        facts = self.facts[rows]
        found["kind"] = _KIND_NAMES[facts["kind"]]
        found["language"] = self._languages[facts["language"]]
        printed, numbers = self._references
        governing = (self.keys[of] << 31) | facts["reference"]
        at = np.minimum(np.searchsorted(numbers, governing), max(len(numbers) - 1, 0))
        known = (facts["reference"] >= 0) & (
            (numbers[at] == governing) if len(numbers) else np.zeros(len(rows), np.bool_)
        )
        found["reference"] = np.where(known, printed[at] if len(printed) else "", "")
        return found

    @cached_property
    def _of_documents(self) -> dict[str, NDArray[Any]]:
        columns = "id, date_start, date_end, sender_folded, recipient_folded, place"
        found = self.db.execute(f"SELECT {columns} FROM documents ORDER BY key").fetchall()  # noqa: S608
        ids, starts, ends, senders, recipients, places = zip(*found, strict=True) if found else (
            ((),) * 6
        )  # fmt: skip
        return {
            "document": np.array(ids, np.object_),
            "first_day": np.array([NO_DAY if day is None else day for day in starts], np.int64),
            "last_day": np.array([-NO_DAY if day is None else day for day in ends], np.int64),
            "sender": _texts(senders),
            "sender_identity": self._join(SENDER),
            "recipient": _texts(recipients),
            "recipient_identity": self._join(RECIPIENT),
            "place": _texts(places),
            "witness": self._join(WITNESS),
        }

    def _join(self, level: str) -> NDArray[Any]:
        """What stands at *level* of each document, its values joined."""
        values = _values_by_document(self.db, level)
        found = [_JOINT.join(values.get(key, ())) for key in self.keys.tolist()]
        return np.array(found, np.object_)

    @cached_property
    def _languages(self) -> NDArray[Any]:
        names = dict(self.db.execute("SELECT code, name FROM languages"))
        table = np.full(max(names, default=0) + 1, "", np.object_)
        for code, name in names.items():
            table[code] = name
        return table

    @cached_property
    def _references(self) -> tuple[NDArray[Any], NDArray[np.int64]]:
        """The printed form of every reference, and its document and ordinal as one number."""
        every = self.db.execute("SELECT document, ordinal, printed FROM refs ORDER BY 1, 2")
        found = every.fetchall()
        numbers = np.array([(document << 31) | ordinal for document, ordinal, _ in found], np.int64)
        return np.array([printed for _, _, printed in found], np.object_), numbers


_KIND_NAMES = np.array([kind.value for kind in KINDS], np.object_)


def _texts(values: Iterable[str | None]) -> NDArray[Any]:
    return np.array([value or "" for value in values], np.object_)


def _values_by_document(db: Database, level: str) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for document, value in db.execute(_BETWEEN, (level,)):
        found.setdefault(document, []).append(value)
    return found


@dataclass(frozen=True, slots=True)
class _Group:
    """Conditions of which one must hold, and whether they say all that the scope says."""

    conditions: tuple[Condition, ...]
    exact: bool = True


def filter_of(
    db: Database,
    scope: Scope,
    register: Callable[[], Register],
    without: Sequence[str] = (),
    whole: OtherShards | None = None,
) -> RowFilter:
    """*scope*, without some documents, as conditions on fields; the rest as ``rows_within``."""
    groups: list[_Group] = []
    if scope.documents:
        groups.append(_one_of("document", scope.documents))
    if without:
        listed = tuple(without)
        exact = len(listed) <= MOST_VALUES
        groups.append(_Group((Condition("document", "not in", listed),) if exact else (), exact))
    if scope.earliest is not None:
        day = day_number(scope.earliest)
        groups.append(_Group((Condition("last_day", "at least", (day,)),)))
    if scope.latest is not None:
        day = day_number(scope.latest)
        groups.append(_Group((Condition("first_day", "at most", (day,)),)))
    for column, level, name in (
        ("sender", SENDER, scope.sender),
        ("recipient", RECIPIENT, scope.recipient),
    ):
        if name:
            identities = register().identities(name)
            groups.append(
                _either(
                    _one_of(column, find_called(db, column, name)),
                    _one_of(f"{column}_identity", _having(db, level, identities)),
                )
            )
    if scope.place:
        groups.append(_one_of("place", find_called(db, "place", scope.place)))
    groups += [_one_of("witness", _having(db, WITNESS, {value})) for value in scope.witness]
    if scope.kinds:
        groups.append(_one_of("kind", [PassageKind(kind).value for kind in scope.kinds]))
    if scope.language is not None:
        groups.append(_one_of("language", [scope.language]))
    if scope.reference is not None:
        groups.append(_referring(db, scope, whole))
    return RowFilter(
        tuple(group.conditions for group in groups if group.conditions),
        all(group.exact for group in groups),
    )


def _one_of(field: str, values: Iterable[str]) -> _Group:
    listed = tuple(sorted(set(values)))
    if len(listed) > MOST_VALUES:
        return _Group((), exact=False)
    return _Group((Condition(field, "in", listed),))


def _either(one: _Group, other: _Group) -> _Group:
    if not one.exact or not other.exact:
        return _Group((), exact=False)
    conditions = [each for each in (*one.conditions, *other.conditions) if each.values]
    return _Group(tuple(conditions) or one.conditions)


def _having(db: Database, level: str, values: Iterable[str]) -> set[str]:
    """The joined values of every document that has one of *values* at *level*."""
    wanted = set(values)
    if not wanted:
        return set()
    every = _values_by_document(db, level).values()
    return {_JOINT.join(found) for found in every if wanted & set(found)}


def _referring(db: Database, scope: Scope, whole: OtherShards | None) -> _Group:
    """How governing references may be printed; not exact where others are so, or texts count."""
    assert scope.reference is not None
    pairs = {(int(d), int(o)) for d, o in references_like(db, scope.reference, whole)}
    in_text = whole.met is ReferenceMatch.IN_TEXT if whole else not pairs
    if in_text:
        return _Group((), exact=False)
    wanted: set[str] = set()
    others: set[str] = set()
    for document, ordinal, printed in db.execute("SELECT document, ordinal, printed FROM refs"):
        (wanted if (document, ordinal) in pairs else others).add(printed)
    if not wanted:
        return _Group((Condition("reference", "in", ()),))
    first, last = min(wanted), max(wanted)
    common = 0
    while common < min(len(first), len(last)) and first[common] == last[common]:
        common += 1
    beginning = first[:common]
    if beginning and len(wanted) > 1 and not any(each.startswith(beginning) for each in others):
        return _Group((Condition("reference", "begins with", (beginning,)),))
    listed = _one_of("reference", wanted)
    return _Group(listed.conditions, listed.exact and not wanted & others)
