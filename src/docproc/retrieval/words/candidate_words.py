"""How well candidates, and what stands beside them, match the words of a question.

By the numbers of their runs, where the catalog has them noted; else from their texts, all of which
must be read and cut for that.  Both tell the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from docproc.passages.about import about, context_words
from docproc.records import PassageKind
from docproc.retrieval.generation.neighbours import beside_in_document, texts_beside
from docproc.retrieval.generation.open_generation import OpenGeneration
from docproc.retrieval.weights import WEIGHTS
from docproc.retrieval.words.coverage import Floats, QuestionWords
from docproc.store.catalog.parts.word_reader import WordReader

Rows = NDArray[np.int64]


class CandidateWords(Protocol):
    """Matches the words of candidates, by their sorted or unsorted rows."""

    def matches(self, words: QuestionWords, rows: Rows) -> tuple[Floats, Floats]:
        """How well each row matches each word: by its own words, or, less, its document's.

        And how well what is said of its document does, in full.

        What the segmenter says of a passage before its words (that it is a note, that it
        tells whether the letter is typed) counts as the passage's own, except for what it says
        of every passage of the document: title, names and date, which are the document's.
        """
        ...

    def around(self, words: QuestionWords, rows: Rows, places: Sequence[int] = (-1, 1)) -> Floats:
        """How well each word is matched by the best of what stands at *places* from each row.

        What a passage speaks of is often named only in the one before it.
        """
        ...

    def apparatus(self, rows: Rows) -> NDArray[np.bool_]:
        """Which of *rows* are apparatus."""
        ...


def candidate_words(held: OpenGeneration) -> CandidateWords:
    """What matches the candidates of the generation *held*."""
    noted = held.catalog.words
    return _Read(held) if noted is None else _Noted(held, noted)


class _Read:
    """From the texts of the passages."""

    def __init__(self, held: OpenGeneration) -> None:
        self._held = held

    def matches(self, words: QuestionWords, rows: Rows) -> tuple[Floats, Floats]:
        catalog = self._held.catalog
        passages = catalog.passages(rows.tolist())
        documents = catalog.document_rows({p.document_id for p in passages})
        number = {document_id: place for place, document_id in enumerate(documents)}
        abouts = [(about(row), row.language) for row in documents.values()]
        own = words.matches_in([(passage.search_text, passage.language) for passage in passages])
        # Most contexts hold no word of the question, and need not be told from their documents'
        cue = words.matches_in([(p.context, p.language) for p in passages], names=False)
        telling = np.flatnonzero(cue.any(axis=0)).tolist()
        cue[:, telling] = words.matches(
            [context_words(passages[n], *abouts[number[passages[n].document_id]]) for n in telling]
        )
        about_all = words.matches_in(abouts, names=False)
        return _join(own, cue, about_all[:, [number[p.document_id] for p in passages]])

    def around(self, words: QuestionWords, rows: Rows, places: Sequence[int] = (-1, 1)) -> Floats:
        catalog = self._held.catalog
        passages = catalog.passages(rows.tolist()) * len(places)
        beside = np.concatenate([rows + place for place in places])
        texts = texts_beside(catalog, passages, beside, self._held.passages)
        return _best(words.matches_in(texts), len(places))

    def apparatus(self, rows: Rows) -> NDArray[np.bool_]:
        passages = self._held.catalog.passages(rows.tolist())
        return np.array([p.kind is PassageKind.APPARATUS for p in passages], np.bool_)


class _Noted:
    """From the numbers of their runs."""

    def __init__(self, held: OpenGeneration, noted: WordReader) -> None:
        self._held = held
        self._noted = noted

    def matches(self, words: QuestionWords, rows: Rows) -> tuple[Floats, Floats]:
        held = self._held
        numbers, which = np.unique(held.document_of(rows), return_inverse=True)
        texts, untold = self._noted.read(rows, numbers)
        found = words.matches_at(texts, self._noted, named=len(rows))
        own, cue, about_all = np.split(found, [len(rows), 2 * len(rows)], axis=1)
        if untold:
            passages = held.catalog.passages(rows[untold].tolist())
            of = held.catalog.document_rows({p.document_id for p in passages})
            lines = [(p, of[p.document_id]) for p in passages]
            cue[:, untold] = words.matches(
                [context_words(p, about(line), line.language) for p, line in lines]
            )
        return _join(own, cue, about_all[:, which])

    def around(self, words: QuestionWords, rows: Rows, places: Sequence[int] = (-1, 1)) -> Floats:
        held = self._held
        beside = np.concatenate([rows + place for place in places])
        own = np.tile(rows, len(places))
        near, there = beside_in_document(held.catalog.first_rows, own, beside, held.passages)
        unique, which = np.unique(near, return_inverse=True)
        found = words.matches_at(self._noted.own(unique), self._noted, named=len(unique))[:, which]
        found[:, ~there] = 0
        return _best(found, len(places))

    def apparatus(self, rows: Rows) -> NDArray[np.bool_]:
        return self._noted.apparatus(rows)


def _join(own: Floats, cue: Floats, about_all: Floats) -> tuple[Floats, Floats]:
    matches: Floats = np.maximum(np.maximum(own, cue), WEIGHTS.context * about_all)
    return matches, about_all


def _best(found: Floats, places: int) -> Floats:
    """The best of what stands at each of so many *places*, of all rows one after another."""
    best: Floats = found.reshape(len(found), places, -1).max(axis=1)
    return best
