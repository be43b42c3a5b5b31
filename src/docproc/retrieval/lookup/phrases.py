"""Passages that hold a phrase word for word, whatever else of the question they hold."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from docproc.questions.quoted import find_phrase
from docproc.records import Passage, Scope, Span
from docproc.retrieval.generation.open_generation import OpenGeneration
from docproc.retrieval.lookup.by_reference import Rows
from docproc.retrieval.weights import WEIGHTS


def rows_holding(
    held: OpenGeneration,
    phrases: Sequence[str],
    scope: Scope,
    most: int = WEIGHTS.phrase_found,
    *,
    either: bool = False,
) -> Rows:
    """The sorted rows within *scope* whose text holds every one of *phrases*; *most* of them.

    With *either* one phrase is enough.
    """
    if either:
        each = [rows_holding(held, [phrase], scope, most) for phrase in phrases]
        return np.unique(np.concatenate(each))[:most]
    allowed = None if scope.everything else held.catalog.scoped.rows(scope)
    index = held.passage_text
    hits = index.search(" ".join(phrases), min(index.rows, WEIGHTS.phrase_passages), allowed).rows
    if not len(hits):  # of stop words alone
        hits = held.every_row() if allowed is None else allowed
        hits = hits[: WEIGHTS.phrase_passages]
    found: list[int] = []
    for at in range(0, len(hits), WEIGHTS.passages_at_once):
        some = [int(row) for row in hits[at : at + WEIGHTS.passages_at_once]]
        for row, passage in zip(some, held.catalog.passages(some), strict=True):
            if all(find_phrase(passage.text, phrase) for phrase in phrases):
                found.append(row)
        if len(found) >= most:
            break
    return np.array(sorted(found[:most]), np.int64)


def phrase_spans(passage: Passage, phrases: Sequence[str]) -> list[Span]:
    """Where *passage* holds each of *phrases*: spans of its document."""
    found = (find_phrase(passage.text, phrase) for phrase in phrases)
    return [span.shift(passage.span.start) for span in found if span]
