"""How surely passages do not say what a question asks, by the tokens of their sentences.

The nearest sentences of the best passage are read token by token (``token_match``), and those of
the next where they do not tell it.  That costs as much as some of the question's encodings, so
what is clear is passed over: a passage that has every word of the question, and a candidate for
the answer in a sentence that has one of them, is not read.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from docproc.hooks.protocols import TokenVectors
from docproc.passages.about import about
from docproc.questions import TimeCondition
from docproc.questions.writing import DECIDED
from docproc.records import Passage
from docproc.retrieval.doubts.missing_words import asks_of_documents, decides
from docproc.retrieval.evidence.token_match import ReadEach, TokenEvidence, TokenMatch, TokenScale
from docproc.retrieval.generation.open_generation import OpenGeneration
from docproc.retrieval.query.answer_type import candidates_of, wanted_type
from docproc.retrieval.weights import WEIGHTS
from docproc.retrieval.words.candidate_words import CandidateWords
from docproc.retrieval.words.coverage import Floats, QuestionWords
from docproc.text.terms import content_words, detect_language


class TokenReading:
    """Reads passages of one generation for one question."""

    def __init__(
        self,
        held: OpenGeneration,
        matching: CandidateWords,
        question: str,
        words: QuestionWords,
        vector: Floats,
        times: Sequence[TimeCondition],
        scale: TokenScale,
        read: Callable[[str], TokenVectors],
        each: ReadEach,
    ) -> None:
        self._held = held
        self._matching = matching
        self._words = words
        self._vector = vector
        self._given = (question, times, scale, read, each)
        self._english = detect_language(question, 1) in (None, "en")
        self._wanted = wanted_type(question, self._english)
        self._has = candidates_of(self._wanted, question, self._english)
        self._match: TokenMatch | None = None

    def untold(self, row: int) -> tuple[float, str]:
        """How far the passage at *row* does not say what is asked, and a word that it lacks."""
        found, own = self._compare(row)
        if found is None:
            return 0.0, ""
        high, low = WEIGHTS.untold
        spelled = among([found.weakest], self._words.words, own >= WEIGHTS.alike).any()
        share = float(np.clip((high - found.logit) / (high - low), 0, 1))
        return share, "" if spelled else found.weakest

    def tells(self, row: int) -> bool:
        """Whether the passage at *row* says what is asked, in its own words or all of these."""
        found, own = self._compare(row)
        if found is None:
            return bool(len(own)) and float(own.min()) >= WEIGHTS.alike
        return found.logit >= WEIGHTS.told

    def _compare(self, row: int) -> tuple[TokenEvidence | None, Floats]:
        """What the tokens of the passage at *row* say, and how well it has each word itself.

        Without what the tokens say where it has every word, and beside one a candidate.
        """
        (passage,) = self._held.catalog.passages([row])
        question, times, scale, read, each = self._given
        own = self._matching.around(self._words, np.array([row], np.int64), (0,))[:, 0]
        own[np.array(self._words.expected) < 1] = 1
        if float(own.min(initial=1.0)) >= WEIGHTS.alike and not self._lacks(passage):
            return None, own
        if self._match is None:
            of_times = content_words(" ".join(time.printed for time in times), None).keys()
            taken = asks_of_documents(question) | of_times
            self._match = TokenMatch(question, read, scale, taken, self._english, each)
        match = self._match
        said = self._surroundings(row, passage, match.words)
        # a name, and what is spelled otherwise, is found by its letters
        otherwise = np.array(self._words.telling, np.bool_) | (own < 1)
        said |= among(match.words, self._words.words, (own >= WEIGHTS.alike) & otherwise)
        decided = [DECIDED.fullmatch(word) is not None for word in match.words]
        if any(decided) and decides(passage.text):
            said |= np.array(decided, np.bool_)
        return match.compare(passage.text, self._sentences(row, passage), said), own

    def lacks_candidate(self, row: int) -> bool:
        """Whether no sentence at *row* that shares a word with the question could be its answer.

        Told of types of answer that a word shows: an age, a price, a number, a time, a name.
        """
        if self._wanted in (None, "reason"):  # which need no mark
            return False
        (passage,) = self._held.catalog.passages([row])
        return self._lacks(passage)

    def _lacks(self, passage: Passage) -> bool:
        if self._wanted in (None, "reason", "doer"):
            return not self._has(passage.text)
        texts = [text for text in _parts(passage) if self._has(text)]
        if not texts:
            return True
        found = self._words.matches_in([(text, passage.language) for text in texts])
        return bool((found < WEIGHTS.alike).all())

    def _sentences(self, row: int, passage: Passage) -> list[str]:
        """The sentences of *passage* that are nearest to the question, in order."""
        texts = _parts(passage)
        units = self._held.sentences_of(row)
        if len(texts) < 2:
            return texts
        cosines = self._held.vectors[units] @ self._vector
        if len(cosines) != len(texts):
            return texts[: WEIGHTS.sentences_read]
        nearest = np.argsort(-cosines, kind="stable")[: WEIGHTS.sentences_read]
        nearest = nearest[cosines[nearest] >= cosines[nearest[0]] - WEIGHTS.about_as_near]
        return [texts[n] for n in sorted(nearest.tolist())]

    def _surroundings(self, row: int, passage: Passage, words: Sequence[str]) -> NDArray[np.bool_]:
        """Which of *words* stand in what is known of the document, or beside the passage."""
        held = self._held
        of = held.catalog.document_rows({passage.document_id})[passage.document_id]
        texts = [f"{about(of)} {of.place or ''}"]
        beside = [n for n in (row - 1, row + 1) if 0 <= n < held.passages]
        near = held.catalog.passages(beside)
        texts += [each.search_text for each in near if each.document_id == passage.document_id]
        found = self._words.matches_in([(text, passage.language) for text in texts]).max(axis=1)
        return among(words, self._words.words, found >= WEIGHTS.alike)


def _parts(passage: Passage) -> list[str]:
    """The sentences of *passage*."""
    start = passage.span.start
    return [span.shift(-start).of(passage.text) for span in passage.sentences] or [passage.text]


def among(
    words: Sequence[str], asked: Sequence[str], found: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Which of *words* are those of the words *asked* that are *found*."""
    known = {word for word, there in zip(asked, found.tolist(), strict=True) if there}
    return np.array([not known.isdisjoint(content_words(word, None)) for word in words], np.bool_)
