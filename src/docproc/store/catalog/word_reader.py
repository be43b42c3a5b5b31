"""The words of passages as a catalog has them noted: numbers of runs, and how each is spelled."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from itertools import chain
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from docproc.records import PassageKind
from docproc.store.catalog import schema
from docproc.store.catalog.compressed import restore
from docproc.store.catalog.numbered import NumberedTexts, Numbers, unpack
from docproc.store.catalog.queries import Queries

NOTED: Final = "words noted"
"""The note in ``meta`` that the words of all passages are."""
_APPARATUS: Final = schema.KINDS.index(PassageKind.APPARATUS)


class WordReader:
    """Reads what ``word_writer`` noted; of many threads, any may ask."""

    def __init__(self, queries: Queries) -> None:
        self._queries = queries

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

    def spell(self, numbers: Numbers) -> list[str]:
        """The runs of these *numbers*."""
        at = np.searchsorted(self._firsts, numbers, side="right") - 1
        keys = self._firsts[at]
        spelled = dict(
            self._queries.among(
                "SELECT first, spelled FROM runs WHERE first IN", set(keys.tolist())
            )
        )
        with self._queries.decoding():
            blocks = {first: restore(kept).split("\n") for first, kept in spelled.items()}
            pairs = zip(keys.tolist(), (numbers - keys).tolist(), strict=True)
            try:
                return [blocks[first][place] for first, place in pairs]
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
    """What reads the words of *queries*' passages, ``None`` where those are not noted."""
    found = queries.all("SELECT value FROM meta WHERE name = ?", (NOTED,))
    return WordReader(queries) if found and found[0][0] != "null" else None
