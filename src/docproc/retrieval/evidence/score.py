"""One score a passage, on an absolute scale: it ranks the passages and decides the verdict.

Every signal lies between 0 and about 1 and means the same for every question, so that the
best passage's score is itself the confidence that the question is answered::

    share   = document * (1 - 1 / passages of the document) * tells
    passage = passage * tells * cos(q, passage) + (1 - passage * tells) * best cos(q, sentence)
    vectors = trust * (share * cos(q, document) + (1 - share) * passage)
    words   = document_words * tells * bm25(document) + (1 - document_words * tells) * coverage
    alike   = reach * held * few / (few + documents)
    both    = (1 - alike) * (a * vectors + reach * words) / (a + reach) + alike * held
    against = absent * absent + missing * missing + untimely * untimely + unsaid
    score   = both - against + told + reranked

The constants, named as in ``weights``, are ``Weights``.  ``a`` is calibrated per generation
(``calibration``), and the cosines are counted from where that generation's model puts texts that
have nothing in common (``Calibration.likeness``).  ``reach`` is 1 where a question is in a language
of the corpus, and less where only the vectors can reach across languages.  ``tells`` is
1 - 1 / documents of the corpus: what all passages of a document have in common, its words, its
vector, the line of
context that each was embedded with, tells one document from others, and nothing where there
is but one.  ``held`` is the share of the question's words that the passage holds, all words
alike: how rare a word is cannot be told from few documents.  BM25 is divided by the score that a
text made of the question alone would near, not by the best passage's: the theoretical
normalisation of Bruch, Gai and Ingber, "An Analysis of Fusion Functions for Hybrid
Retrieval" (TOIS 2023), without which there would be no absolute scale.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from docproc.dataclass_on_use import dataclass
from docproc.retrieval.weights import WEIGHTS

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Signals:
    """What is known of C candidate passages; every array is float32 ``(C,)``.

    ``words_document`` is BM25 of the passage's whole document, divided by ``best_bm25``;
    ``coverage`` is the share of the question's words that the passage itself holds (BM25 of the
    passage, which counts repeated words and its length as well, told nothing more), and ``held``
    the same share with no word rarer than another; the cosines are with the question's vector,
    the document's being the mean of its passages'; ``missing`` is the share of the
    question's words that are names and numbers which neither the passage nor what surrounds it
    has; ``passages`` is how many passages its document has, and ``tells`` what it tells that
    they are of one document.  ``trust`` is what its
    vectors count: 1, except for apparatus its coverage, since a heading is near to whatever
    names the same people, and answers only what it says.  ``absent``, the same for all, is the
    share of the question's words that are names which no text has in any spelling: what is not
    known to the corpus is not told by it.  ``untimely`` is how far the passage is contradicted by
    the times that the question names (``told_times``).  ``unsaid`` is what of its score it loses
    since it speaks of something else (``unsaid``); it is reported last, of what would answer.
    ``reach``, the same for all, is how far the words of the question can be expected in the corpus
    at all.  ``reranked`` is what a re-ranker adds or takes, ``None`` where none is asked; ``told``
    is what is added where the passage's own sentences say what is asked in other words, ``None``
    where none was read for that.
    """

    words_document: Floats
    coverage: Floats
    held: Floats
    cos_passage: Floats
    cos_sentence: Floats
    cos_document: Floats
    absent: Floats
    missing: Floats
    passages: Floats
    trust: Floats
    tells: Floats
    untimely: Floats
    unsaid: Floats
    reach: Floats
    reranked: Floats | None = None
    told: Floats | None = None

    def of(self, number: int) -> tuple[tuple[str, float], ...]:
        """The signals of one candidate, by name."""
        return tuple(
            (f.name.replace("_", " "), round(float(getattr(self, f.name)[number]), 4))
            for f in fields(self)
            if f.name not in _GIVEN and getattr(self, f.name) is not None
        )

    def take(self, order: NDArray[np.int64]) -> Signals:
        """The same signals of some candidates, in that order."""
        taken: dict[str, Any] = {}
        for each in fields(self):
            values = getattr(self, each.name)
            taken[each.name] = None if values is None else values[order]
        return Signals(**taken)


def join_signals(each: Sequence[Signals]) -> Signals:
    """The signals of all candidates of *each*, one after another."""
    found: dict[str, Any] = {}
    if any(signals.told is not None for signals in each):
        each = [replace(s, told=np.zeros_like(s.held)) if s.told is None else s for s in each]
    for field in fields(Signals):
        parts = [getattr(signals, field.name) for signals in each]
        found[field.name] = None if any(part is None for part in parts) else np.concatenate(parts)
    return Signals(**found)


def hold_below(scores: Floats, floor: float) -> Floats:
    """*scores*, of which none reaches *floor*."""
    held: Floats = np.minimum(scores, np.float32(floor * WEIGHTS.just_below))
    return held


def best_bm25(document_frequencies: Sequence[float], texts: int) -> float:
    """The score that a text would near if it were made of the question's terms alone.

    One document frequency for each term of the question (0 where no text has it); *texts* is
    how many were counted.  Never 0.
    """
    ideal = float(
        np.sum(idf(np.asarray(document_frequencies, np.float64), texts)) * (WEIGHTS.k1 + 1)
    )
    return ideal if ideal > 0 else 1.0


def idf(document_frequency: NDArray[np.float64], texts: int) -> NDArray[np.float64]:
    """Inverse document frequency, as tantivy and Lucene have it."""
    weight: NDArray[np.float64] = np.log1p(
        (texts - document_frequency + 0.5) / (document_frequency + 0.5)
    )
    return weight


_GIVEN: Final = ("passages", "trust", "tells", "reach")
"""What is no signal of a passage, but what its signals count."""


def vector_part(signals: Signals) -> Floats:
    """The share of the vectors, ``(C,)``, before ``a`` weighs it."""
    whole = WEIGHTS.passage * signals.tells
    near = whole * signals.cos_passage + (1 - whole) * signals.cos_sentence
    share = WEIGHTS.document * (1 - 1 / signals.passages) * signals.tells
    part = signals.trust * (share * signals.cos_document + (1 - share) * near)
    return part.astype(np.float32)


def word_part(signals: Signals) -> Floats:
    """The share of the words, ``(C,)``."""
    share = WEIGHTS.document_words * signals.tells
    part = share * signals.words_document + (1 - share) * signals.coverage
    return part.astype(np.float32)


def score(signals: Signals, vector_weight: float) -> Floats:
    """Evidence of every candidate, ``(C,)``; the best one's is the confidence."""
    reach = signals.reach
    weighed = vector_weight * vector_part(signals) + reach * word_part(signals)
    fused = weighed / np.maximum(vector_weight + reach, 1e-6)
    alike = reach * WEIGHTS.held * rarity(signals.tells)
    both = (1 - alike) * fused + alike * signals.held
    total: Floats = both - WEIGHTS.absent * signals.absent - WEIGHTS.missing * signals.missing
    total -= WEIGHTS.untimely * signals.untimely + signals.unsaid
    if signals.reranked is not None:
        total += signals.reranked
    if signals.told is not None:
        total += signals.told
    return total


def rarity(tells: Floats) -> Floats:
    """``few / (few + documents)``, *tells* being 1 - 1 / documents."""
    few = np.float32(WEIGHTS.few)
    share: Floats = few * (1 - tells) / (few * (1 - tells) + 1)
    return share
