"""Whether the sentences of a passage say each thing that a question asks.

The cosine of two sentences tells that they speak of the same things; it hardly tells "Who built the
mill?" from "Who owns the mill?".  The model's own vectors of their tokens, each in its context, do:
every word of a question that a sentence answers has a token in it that is near, and the word that
is not answered has none (late interaction: Khattab and Zaharia, *ColBERT*, SIGIR 2020).  What tells
most is the word that is matched worst.  With it go the number of words, since of many one is
always matched worse, and whether there is a candidate of the type that is asked for near to what
is matched.

The constants were fitted, by logistic regression, to 724 questions over 56 texts invented for it
(``benchmarks.question_kinds.telling``); the similarities of another model are brought to the
scale of the one that they were fitted with.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from docproc.dataclass_on_use import dataclass
from docproc.hooks.protocols import TokenVectors
from docproc.retrieval.evidence.score import Floats
from docproc.retrieval.query.answer_type import candidates_of, wanted_type
from docproc.retrieval.weights import WEIGHTS
from docproc.text.language.stop_words import STOP_WORDS
from docproc.text.patterns import compile_on_use

ReadEach = Callable[[Callable[[str], TokenVectors], Iterable[str]], Iterable[TokenVectors]]

_WORD: Final = compile_on_use(r"\w+")
_STOPS: Final = frozenset().union(*STOP_WORDS.values())


@dataclass(frozen=True, slots=True)
class TokenScale:
    """Mean and spread of the best similarity of a word with the tokens of a sentence."""

    mean: float
    spread: float

    def standard(self, similarities: Floats) -> Floats:
        """*similarities* as they would be in the model that the constants were fitted with."""
        scaled: Floats = FITTED.mean + (similarities - self.mean) * (FITTED.spread / self.spread)
        return scaled


FITTED: Final = TokenScale(*WEIGHTS.token_scale)
"""all-MiniLM-L6-v2, in whose similarities the constants are told."""


@dataclass(frozen=True, slots=True)
class TokenEvidence:
    """What was measured of a question and a passage; ``logit`` is how surely it is told there.

    ``worst`` and ``worst_two`` are of the sentence that matches best, ``anywhere`` is the worst
    of what each word finds in any sentence.  ``no_candidate``, ``none_in_passage`` and
    ``far_away`` (0 to 1) say where a candidate of the type asked for is missing.  ``weakest`` is
    the word that is matched worst.
    """

    worst: float
    worst_two: float
    anywhere: float
    words: int
    no_candidate: float
    none_in_passage: float
    far_away: float
    weakest: str = ""

    def features(self) -> Floats:
        """What the constants weigh, in their order."""
        return np.array(
            [self.worst, self.worst_two, self.anywhere, np.log2(max(1, self.words)),
             self.no_candidate, self.none_in_passage, self.far_away],
            np.float32,
        )  # fmt: skip

    @property
    def logit(self) -> float:
        """Above 0 more likely told than not, among the questions that it was fitted to."""
        coefficients = np.array(WEIGHTS.token_coefficients, np.float32)
        return float(self.features() @ coefficients) + WEIGHTS.token_intercept


class TokenMatch:
    """One question, compared token by token with sentences.

    *read* gives the vectors of a text's tokens, and *each*, which works as ``map`` does, those of
    several; *taken* are words, folded, that no sentence need have, since they ask for documents or
    name the time.
    """

    def __init__(
        self,
        question: str,
        read: Callable[[str], TokenVectors],
        scale: TokenScale,
        taken: frozenset[str],
        english: bool,
        each: ReadEach = map,
    ) -> None:
        self._read, self._each = read, each
        self._scale = scale
        self._has = candidates_of(wanted_type(question, english), question, english)
        vectors, spans = read(question)
        self._words: list[str] = []
        means = []
        for match in _WORD.finditer(question):
            inside = [n for n, (a, b) in enumerate(spans) if match.start() <= a < b <= match.end()]
            if inside:
                self._words.append(match[0].casefold())
                means.append(vectors[inside].mean(axis=0))
        made = np.array(means, np.float32).reshape(len(means), vectors.shape[1])
        self._vectors = made / np.maximum(np.linalg.norm(made, axis=1, keepdims=True), 1e-9)
        stops = STOP_WORDS["en"] if english else _STOPS  # "die", and "war", are words in English
        self._content = np.array([word not in stops for word in self._words], np.bool_)
        self._taken = np.array([word in taken for word in self._words], np.bool_)

    @property
    def words(self) -> tuple[str, ...]:
        """The words that are compared, folded, in order."""
        return tuple(self._words)

    def compare(
        self,
        passage: str,
        sentences: Sequence[str],
        said: NDArray[np.bool_],
    ) -> TokenEvidence | None:
        """Compare with *sentences* of *passage*; *said* are words that its surroundings have.

        ``None`` where nothing can be compared.
        """
        known = self._taken | said
        each = self._each if len(sentences) > 1 else map
        both = zip(sentences, each(self._read, sentences), strict=True)
        read = [(sentence, *tokens) for sentence, tokens in both]
        read = [each for each in read if len(each[1])]
        if not read or not (self._content & ~known).any():
            return None
        tables = [self._vectors @ vectors.T for _, vectors, _ in read]
        best = np.array([self._scale.standard(table.max(axis=1)) for table in tables])
        best[:, known] = np.maximum(best[:, known], WEIGHTS.taken_as_said)
        chosen = int((best.min(axis=1) + best.mean(axis=1)).argmax())
        own, any_ = best[chosen], best.max(axis=0)
        ordered = np.sort(own)
        telling = np.flatnonzero(self._content & ~known)
        sentence, _, spans = read[chosen]
        places = [spans[int(tables[chosen][n].argmax())][0] for n in np.flatnonzero(self._content)]
        around = [sentence[max(0, at - WEIGHTS.around) : at + WEIGHTS.around + 8] for at in places]
        near = sum(map(self._has, around)) / len(around) if around else 0.0
        return TokenEvidence(
            worst=float(ordered[0]),
            worst_two=float(ordered[:2].mean()),
            anywhere=float(any_.min()),
            words=len(self._words),
            no_candidate=float(not self._has(sentence)),
            none_in_passage=float(not self._has(passage)),
            far_away=1 - near,
            weakest=self._words[int(telling[own[telling].argmin()])] if len(telling) else "",
        )
