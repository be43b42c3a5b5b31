"""The words of passages as a catalog has them noted: numbers of runs, spelled and marked."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from itertools import chain
from typing import Any, Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from docproc.records import PassageKind
from docproc.store.catalog.tables import schema
from docproc.store.catalog.tables.compressed import restore
from docproc.store.catalog.tables.numbered_texts import NumberedTexts, Numbers, unpack
from docproc.store.catalog.tables.queries import Queries
from docproc.text.run_marks import MARKS, VERSION, AskedMarks, have_enough_marks

NOTED: Final = "words noted"
"""The note in ``meta`` that the words of all passages are."""
MARKED: Final = "runs marked"
"""The note by which version of ``docproc.text.run_marks`` all runs are marked, as JSON."""
MARKED_SO: Final = msgspec.json.encode(VERSION).decode()
_BLOCKS_KEPT: Final = 2_048
"""Spelled runs that are kept, 64 together: what new questions meet is rare, and anywhere; 10 MB."""
_APPARATUS: Final = schema.KINDS.index(PassageKind.APPARATUS)


class WordReader:
    """Reads what ``word_writer`` noted; of many threads, any may ask."""

    def __init__(self, queries: Queries) -> None:
        self._queries = queries
        self._spelled: dict[int, list[str]] = {}
        self._marks = np.zeros((self.total, MARKS), np.uint16)  # of pages that are used
        self._marked = np.zeros(self.total, np.bool_)

    def read(self, rows: Numbers, documents: Numbers) -> tuple[NumberedTexts, list[int]]:
        """The words of the passages at *rows*, those said before each of it alone, those about.

        What is said about the *documents*, by number, as a whole: one text for each of the rows,
        one more for each, and one for each document.  And which of *rows*, counted from 0, say
        before them what only their texts tell: it is left out.
        """
        keys = [schema.keys_of(key)[1] for key in self._queries.documents[documents].tolist()]
        found = self._fetch([*self._queries.keys_of(rows.tolist()), *keys])
        of_rows, about = found[: len(rows)], found[len(rows) :]
        untold = [n for n, (_, _, said) in enumerate(of_rows) if said is None]
        texts = [own for _, own, _ in of_rows]
        texts += [said or b"" for _, _, said in of_rows]
        texts += [own for _, own, _ in about]
        languages = [language for language, _, _ in of_rows]
        return self._unpack(texts, [*languages, *languages, *(each[0] for each in about)]), untold

    def own(self, rows: Numbers) -> NumberedTexts:
        """The words of the passages at *rows*."""
        found = self._fetch(self._queries.keys_of(rows.tolist()))
        return self._unpack([own for _, own, _ in found], [known for known, _, _ in found])

    def apparatus(self, rows: Numbers) -> NDArray[np.bool_]:
        """Which of *rows* are apparatus."""
        kinds: NDArray[np.uint8] = self._queries.facts["kind"][rows]
        return np.equal(kinds, _APPARATUS)

    def near(self, numbers: Numbers, asked: AskedMarks) -> tuple[Numbers, list[str]]:
        """Those of *numbers* whose runs may be like what is *asked*, rising, and their runs.

        And maybe some others.
        """
        there = np.zeros(self.total, np.bool_)  # sorting them takes longer
        there[numbers] = True
        numbers = np.flatnonzero(there)
        new = numbers[~self._marked[numbers]]
        if len(new):
            blocks = np.searchsorted(self._firsts, new, side="right") - 1
            self._read_marks(blocks[np.diff(blocks, prepend=-1) > 0])
        near = numbers[have_enough_marks(self._marks[numbers], asked)]
        return near, self.spell(near)

    def _read_marks(self, blocks: Numbers) -> None:
        firsts, ends = self._firsts[blocks].tolist(), self._ends[blocks].tolist()
        kept = dict(
            self._queries.among("SELECT first, marks FROM run_marks WHERE first IN", firsts)
        )
        with self._queries.decoding():
            for first, end in zip(firsts, ends, strict=True):
                marks = np.frombuffer(kept[first], "<u2").reshape(end - first, MARKS)
                self._marks[first:end] = marks
                self._marked[first:end] = True

    def spell(self, numbers: Numbers) -> list[str]:
        """The runs of these *numbers*."""
        at = np.searchsorted(self._firsts, numbers, side="right") - 1
        keys = self._firsts[at]
        wanted, known = set(keys.tolist()), self._spelled
        if len(known) + len(wanted) > _BLOCKS_KEPT:
            known = self._spelled = {}  # another thread goes on reading the old ones
        new = self._queries.among(
            "SELECT first, spelled FROM runs WHERE first IN", wanted - known.keys()
        )
        with self._queries.decoding():
            known.update((first, restore(kept).split("\n")) for first, kept in new)
            pairs = zip(keys.tolist(), (numbers - keys).tolist(), strict=True)
            try:
                return [known[first][place] for first, place in pairs]
            except IndexError as error:
                raise ValueError("a run has no spelling") from error

    @functools.cached_property
    def total(self) -> int:
        """How many runs there are."""
        ((total,),) = self._queries.all(f"SELECT value FROM meta WHERE name = '{NOTED}'")  # noqa: S608
        return int(total)

    @functools.cached_property
    def _firsts(self) -> Numbers:
        found = self._queries.all("SELECT first FROM runs ORDER BY first")
        return np.fromiter(chain.from_iterable(found), np.int64, len(found))

    @functools.cached_property
    def _ends(self) -> Numbers:
        return np.append(self._firsts[1:], self.total)

    def _unpack(self, packed: Sequence[bytes], languages: Sequence[str | None]) -> NumberedTexts:
        with self._queries.decoding():
            texts = unpack(packed, languages)
            if len(texts.numbers) and texts.numbers.max() >= self.total:
                raise ValueError("a run has no spelling")
        return texts

    def _fetch(self, wanted: Sequence[int]) -> list[tuple[Any, ...]]:
        found = {
            row[0]: row[1:]
            for row in self._queries.among(
                "SELECT key, language, own, said FROM words WHERE key IN", set(wanted)
            )
        }
        with self._queries.decoding():
            return [found[key] for key in wanted]


def word_reader(queries: Queries) -> WordReader | None:
    """What reads the words of *queries*' passages, ``None`` where those are not noted.

    Or by a version of docproc that marked their runs otherwise.
    """
    found = dict(queries.all("SELECT name, value FROM meta WHERE name IN (?, ?)", (NOTED, MARKED)))
    noted = found.get(NOTED, "null") != "null" and found.get(MARKED) == MARKED_SO
    return WordReader(queries) if noted else None
