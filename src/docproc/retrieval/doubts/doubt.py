"""How far passages that would answer do not say what a question asks.

Two witnesses: a word that none of them has (``unsaid``), and the tokens of their sentences
(``untold``).  The surer one counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property, lru_cache
from typing import Final

import numpy as np

from docproc.dataclass_on_use import dataclass
from docproc.hooks.protocols import ReadsTokens, TokenVectors
from docproc.questions import TimeCondition
from docproc.retrieval.doubts.missing_tokens import TokenReading
from docproc.retrieval.doubts.missing_words import Doubt, Unsaid, asks_for_facts
from docproc.retrieval.evidence.calibration import Calibration
from docproc.retrieval.evidence.token_match import TokenScale
from docproc.retrieval.generation.open_generation import OpenGeneration
from docproc.retrieval.lookup.by_reference import Rows
from docproc.retrieval.query.answer_type import candidates_of, wanted_type
from docproc.retrieval.weights import WEIGHTS
from docproc.retrieval.words.candidate_words import CandidateWords
from docproc.retrieval.words.coverage import Floats, QuestionWords
from docproc.retrieval.words.subword_fertility import tokens_per_word
from docproc.text.terms import detect_language


@dataclass(frozen=True, slots=True)
class Above:
    """A question, and the rows, best first, and scores of passages above the *floor*."""

    question: str
    words: QuestionWords
    vector: Floats
    rows: Rows
    scores: Floats
    floor: float


_TOLD_BY_A_FIGURE: Final = ("age", "measure", "price", "number", "time")


class Doubts:
    """Tells of one generation, calibrated as *calibration* has it; *matching* has its words."""

    def __init__(
        self, held: OpenGeneration, calibration: Calibration, matching: CandidateWords
    ) -> None:
        self._held = held
        self._matching = matching
        self._calibration = calibration

    def of(self, found: Above, times: Sequence[TimeCondition]) -> Doubt:
        """The doubt of the passages of *found*, all of which would answer."""
        shares = np.zeros(len(found.rows), np.float32)
        question = found.question
        if not asks_for_facts(question):
            return Doubt(shares, ())
        lacking: tuple[str, ...] = ()
        encode = self._held.encoder.encode_query
        unsaid = Unsaid(
            self._held, self._matching, question, found.words, found.vector, times, encode
        )
        if unsaid.anything(int(found.rows[0])):
            told = unsaid.of(found.rows)
            shares, lacking = told.shares.copy(), told.lacking
        reading = self._reading(found, times)
        return Doubt(shares, lacking) if reading is None else _read(found, reading, shares, lacking)

    def place_of_candidate(self, found: Above) -> int:
        """Where among *found* the first document has a number or a time of the asked kind.

        0 where its first passage has one, where none has, and where nothing such is asked for.
        """
        english = detect_language(found.question, 1) in (None, "en")
        wanted = wanted_type(found.question, english)
        if wanted not in _TOLD_BY_A_FIGURE:
            return 0
        has = candidates_of(wanted, found.question, english)
        passages = self._held.catalog.passages(found.rows[: WEIGHTS.looked_through].tolist())
        if has(passages[0].text):
            return 0
        first = passages[0].document_id
        having = (n for n, p in enumerate(passages) if p.document_id == first and has(p.text))
        return next(having, 0)

    def tells(self, found: Above, times: Sequence[TimeCondition]) -> bool:
        """Whether the first passage of *found*, below the floor, says what is asked itself."""
        if not asks_for_facts(found.question):
            return False
        reading = self._reading(found, times)
        if reading is None:
            return False
        encode = self._held.encoder.encode_query
        unsaid = Unsaid(
            self._held, self._matching, found.question, found.words, found.vector, times, encode
        )
        first = found.rows[:1]
        if unsaid.anything(int(first[0])) and unsaid.of(first).shares.any():
            return False
        return reading.tells(int(first[0]))  # last, for it costs three times as much

    def _reading(self, found: Above, times: Sequence[TimeCondition]) -> TokenReading | None:
        """Reads passages; ``None`` for a long question, or one that the model does not read."""
        read = self._tokens
        asked = re.findall(r"\w+", found.question)
        if read is None or len(asked) > WEIGHTS.most_asked:
            return None
        pieces = tokens_per_word(self._held.encoder, asked)
        if pieces is None or pieces > WEIGHTS.whole:
            return None
        scale = TokenScale(self._calibration.token_mean, self._calibration.token_spread)
        return TokenReading(
            self._held,
            self._matching,
            found.question,
            found.words,
            found.vector,
            times,
            scale,
            read,
            self._beside.map,
        )

    @cached_property
    def _beside(self) -> ThreadPoolExecutor:
        """Reads the sentences of one passage beside one another."""
        return ThreadPoolExecutor(WEIGHTS.sentences_read, thread_name_prefix="reading")

    @cached_property
    def _tokens(self) -> Callable[[str], TokenVectors] | None:
        """Reads the tokens of a text; ``None`` where the model has none that can be compared."""
        encoder = self._held.encoder
        if not self._calibration.token_spread or not isinstance(encoder, ReadsTokens):
            return None
        return lru_cache(maxsize=WEIGHTS.tokens_kept)(encoder.read_tokens)


def _read(found: Above, reading: TokenReading, shares: Floats, lacking: tuple[str, ...]) -> Doubt:
    """The *shares* with what the best of those that still answer do not say, until one does."""
    read: list[int] = []
    weakest = ""
    while len(read) < WEIGHTS.read_by_tokens:
        answering = found.scores * (1 - WEIGHTS.unsaid * shares) >= found.floor
        answering[read] = False
        if not answering.any():
            break
        place = int(answering.argmax())
        row = int(found.rows[place])
        kept = found.scores[place] * (1 - WEIGHTS.unsaid * shares[place])
        if kept >= WEIGHTS.clear * found.floor and not reading.lacks_candidate(row):
            return Doubt(shares, lacking)
        share, word = reading.untold(row)
        if share < WEIGHTS.slight:
            return Doubt(shares, lacking)
        shares[place] = max(share, float(shares[place]))
        read.append(place)
        weakest = weakest or word
    if read:  # what comes after them says it no better
        rest = np.ones(len(shares), bool)
        rest[read] = False
        shares[rest] = np.maximum(shares[rest], shares[read].min())
    return Doubt(shares, lacking or ((weakest,) if weakest else ()))
