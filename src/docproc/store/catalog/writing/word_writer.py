"""Noting the words of passages in a catalog, so that a question need not cut its candidates' texts.

``words`` has of each passage the runs of its search text (``own``), and those that its context
says of it alone (``said``; NULL where only a part of a run does), as numbers; and of each document,
under the last key that a passage of it could have, the runs of what is said of it as a whole.
``runs`` spells them, some together, and ``run_marks`` has the numbers of their marks
(``docproc.text.run_marks``), two bytes each, ``MARKS`` a run.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from docproc.passages.about import about, context_words
from docproc.records import DocumentRow, Passage
from docproc.store.catalog.parts.document_reader import DocumentReader
from docproc.store.catalog.parts.passage_reader import PassageReader
from docproc.store.catalog.parts.word_reader import MARKED, MARKED_SO
from docproc.store.catalog.tables import schema
from docproc.store.catalog.tables.compressed import compress, restore
from docproc.store.catalog.tables.numbered_texts import pack
from docproc.store.catalog.tables.queries import Queries
from docproc.text.run_marks import mark_runs
from docproc.text.terms import runs, words_by_run

FROM: Final = 10_000
"""Passages from which their words are noted; fewer are kept on less disk without."""
_TOGETHER: Final = 64
"""Runs that are spelled together: few, since they are asked for one by one."""
_DOCUMENTS: Final = 20
_TABLES: Final = (
    "CREATE TABLE IF NOT EXISTS words ("
    "key INTEGER PRIMARY KEY, language TEXT, own BLOB NOT NULL, said BLOB)",
    "CREATE TABLE IF NOT EXISTS runs (first INTEGER PRIMARY KEY, spelled BLOB NOT NULL)",
    "CREATE TABLE IF NOT EXISTS run_marks (first INTEGER PRIMARY KEY, marks BLOB NOT NULL)",
)

Row = tuple[int, str | None, bytes, bytes | None]


def has_words(db: sqlite3.Connection) -> bool:
    """Whether words of any passages are noted in a catalog."""
    found = db.execute("SELECT 1 FROM sqlite_master WHERE name = 'words'").fetchone()
    return found is not None


def note_words(db: sqlite3.Connection, path: Path) -> int:
    """Note the words of documents that lack them in the catalog at *path*; return the runs."""
    for table in _TABLES:
        db.execute(table)
    queries = Queries(path, db)
    at = ((number, schema.keys_of(int(key))[1]) for number, key in enumerate(queries.documents))
    noted = "SELECT 1 FROM words WHERE key = ?"
    new = [number for number, key in at if not db.execute(noted, (key,)).fetchone()]
    numbers = _Numbers(db)
    documents, passages = DocumentReader(queries), PassageReader(queries)
    for begin in range(0, len(new), _DOCUMENTS):
        some = new[begin : begin + _DOCUMENTS]
        for number, row in zip(some, documents.by_numbers(some), strict=True):
            key = int(queries.documents[number])
            own = passages.passages(range(row.first_row, row.first_row + row.passages))
            db.executemany(
                "INSERT INTO words VALUES (?, ?, ?, ?)", _rows_of(key, row, own, numbers)
            )
    db.executemany("INSERT INTO runs VALUES (?, ?)", numbers.new())
    _mark_runs(db)
    return len(numbers)


def _mark_runs(db: sqlite3.Connection) -> None:
    """Keep the marks of all runs that have none of this version."""
    if db.execute("SELECT value FROM meta WHERE name = ?", (MARKED,)).fetchone() != (MARKED_SO,):
        db.execute("DELETE FROM run_marks")
    unmarked = db.execute(
        "SELECT first, spelled FROM runs WHERE first NOT IN (SELECT first FROM run_marks)"
    )
    db.executemany(
        "INSERT INTO run_marks VALUES (?, ?)",
        [
            (first, mark_runs(restore(kept).split("\n")).astype("<u2").tobytes())
            for first, kept in unmarked.fetchall()
        ],
    )
    db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (MARKED, MARKED_SO))


def _rows_of(
    key: int, row: DocumentRow, passages: Iterable[Passage], numbers: _Numbers
) -> Iterator[Row]:
    first, last = schema.keys_of(key)
    said = about(row)
    yield last, row.language, numbers.pack(runs(said)), b""
    for number, passage in enumerate(passages):
        alone = _said_alone(passage, said, row.language)
        yield (
            first + number, passage.language, numbers.pack(runs(passage.search_text)),
            None if alone is None else numbers.pack(alone),
        )  # fmt: skip


def _said_alone(passage: Passage, said: str, language: str | None) -> list[str] | None:
    """The runs that the context of *passage* says of it alone; ``None`` where parts of runs do."""
    left = context_words(passage, said, language)
    words = words_by_run(passage.language)
    found = [run for run in runs(passage.context) if any(word in left for word, _ in words[run])]
    whole = {pair for run in found for pair in words[run]} == set(left.items())
    return found if whole else None


class _Numbers(dict[str, int]):
    """The number of each run, given when it is first met."""

    def __init__(self, db: sqlite3.Connection) -> None:
        super().__init__()
        for (kept,) in db.execute("SELECT spelled FROM runs ORDER BY first"):
            for run in restore(kept).split("\n"):
                self[run] = len(self)
        self._known = len(self)

    def __missing__(self, run: str) -> int:
        made = self[run] = len(self)
        return made

    def pack(self, runs: Iterable[str]) -> bytes:
        return pack(map(self.__getitem__, runs))

    def new(self) -> Iterator[tuple[int, str | bytes]]:
        """The runs that were met for the first time, some together, under the first's number."""
        met = list(self)[self._known :]
        for at in range(0, len(met), _TOGETHER):
            yield self._known + at, compress("\n".join(met[at : at + _TOGETHER]))
