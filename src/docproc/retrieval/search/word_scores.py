"""Scores of candidates by their words, and which candidates are worth reading."""

from __future__ import annotations

import numpy as np

from docproc.hooks.indexes import TextHits, TextIndex
from docproc.retrieval.evidence.score import Floats, best_bm25
from docproc.retrieval.query.question_words import frequencies
from docproc.retrieval.search.candidates import Rows
from docproc.retrieval.weights import WEIGHTS
from docproc.retrieval.words.coverage import QuestionWords


def choose_promising(promise: Floats, documents: Rows, most: int) -> Rows:
    """The numbers, sorted, of the *most* candidates with the best *promise*.

    Among them the best of each of the first ``documents_read`` documents: one that is long does
    not keep the others from being read.
    """
    order = np.argsort(-promise, kind="stable")
    _, firsts = np.unique(documents[order], return_index=True)
    firsts = np.sort(firsts)[: min(WEIGHTS.documents_read, most)]
    others = np.ones(len(order), bool)
    others[firsts] = False
    rest = np.flatnonzero(others)[: max(0, most - len(firsts))]
    return np.sort(order[np.concatenate([firsts, rest])])


def score_best_bm25(index: TextIndex, words: QuestionWords, found: TextHits, rows: Rows) -> Floats:
    """BM25 of those of *rows* that are among the best *found*, as ``score_bm25`` has it; else 0."""
    scores = np.zeros(len(rows), np.float32)
    order = np.argsort(found.rows)
    if len(order):
        best = found.rows[order]
        place = np.minimum(np.searchsorted(best, rows), len(best) - 1)
        known = best[place] == rows
        scores[known] = found.scores[order][place[known]]
    return scores / np.float32(best_bm25(frequencies(index, words).tolist(), index.rows))


def score_bm25(index: TextIndex, question: str, words: QuestionWords, rows: Rows) -> Floats:
    """BM25 of *rows*, sorted and distinct, divided by the best that the question could reach."""
    scores = np.zeros(len(rows), np.float32)
    hits = index.search(question, len(rows), rows)
    ideal = best_bm25(frequencies(index, words).tolist(), index.rows)
    scores[np.searchsorted(rows, hits.rows)] = hits.scores / ideal
    return scores
