"""Questions in another language than the texts: how far the model, and the words, reach them.

Whether a model reads across two languages is told by the everyday questions, which are the same in
each: does a question lie nearest to its own translation?  No corpus is needed, and it is
measured when first such a question is asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from docproc.dataclass_on_use import dataclass
from docproc.hooks.indexes import TextIndex
from docproc.retrieval.evidence.calibration import Calibration
from docproc.retrieval.evidence.everyday import EVERYDAY
from docproc.retrieval.evidence.score import Floats
from docproc.retrieval.generation.open_generation import OpenGeneration
from docproc.retrieval.query.question_words import frequencies
from docproc.retrieval.weights import WEIGHTS
from docproc.retrieval.words.coverage import QuestionWords
from docproc.text.scripts import script_of, writings

_SCRIPTS: Final = {"ru": "Cyrillic"}
"""The scripts of the languages that are told apart, where they are not Latin."""


@dataclass(frozen=True, slots=True)
class LanguageReach:
    """How far one question reaches the corpus.

    ``language`` is that of the question, if it is none of the corpus's and the model reads across;
    ``reach`` is how far its words can be expected in the corpus (1 in its own language),
    ``bridge`` how well the model reads across (0 where it need not, or does not).  ``everyday``
    are questions in its language that nothing answers, each with its vector.
    """

    language: str | None = None
    reach: float = 1.0
    bridge: float = 0.0
    everyday: Sequence[tuple[str, Floats]] = ()


_WITHIN: Final = LanguageReach()


class Languages:
    """The languages of one corpus, and how the model of its generation reads others over it."""

    def __init__(self, held: OpenGeneration, calibration: Calibration) -> None:
        self._held = held
        self._own = calibration.languages
        self._vectors: dict[str, Floats] = {}
        self._bridges: dict[str, float] = {}

    def of(self, question: str, words: QuestionWords, index: TextIndex) -> LanguageReach:
        """How far *question*, with its *words*, reaches the corpus."""
        language = self._foreign(question)
        if language is None:
            return _WITHIN
        bridge = self.bridge(language)
        if bridge <= 0:
            return _WITHIN
        known = (frequencies(index, words) > 0).tolist()
        share = sum(known) / max(1, len(known))
        everyday = list(zip(EVERYDAY[language], self._encode(language), strict=False))
        return LanguageReach(language, 1 - (1 - share) * bridge, bridge, everyday)

    def is_foreign(self, question: str) -> bool:
        """Whether *question* is in a language that the corpus has no text in."""
        return self._foreign(question) is not None

    def bridge(self, language: str) -> float:
        """How well the model reads questions in *language* over the corpus, 0 to 1."""
        if language not in self._bridges:
            found = [self._share_found(language, own) for own in self._own if own in EVERYDAY]
            best = max(found, default=0.0)
            chance, sure = WEIGHTS.translations_by_chance, WEIGHTS.translations_found
            self._bridges[language] = float(np.clip((best - chance) / (sure - chance), 0, 1))
        return self._bridges[language]

    def _foreign(self, question: str) -> str | None:
        """The language of *question*, if the corpus has no text in it, and it can be measured."""
        if not self._own:
            return None
        written = writings(question)
        named = next((each.partition(" ")[2] for each in written if " " in each), None)
        if named is None and written:
            scripts = {_SCRIPTS.get(own, "Latin") for own in self._own}
            script = script_of(question)
            if script in scripts:
                return None
            named = "ru" if script == "Cyrillic" else "en" if script == "Latin" else None
        return named if named in EVERYDAY and named not in self._own else None

    def _share_found(self, one: str, other: str) -> float:
        """The share of the questions in *one* language that lie nearest to their translation."""
        cosines = self._encode(one) @ self._encode(other).T
        return float((cosines.argmax(axis=1) == np.arange(len(cosines))).mean())

    def _encode(self, language: str) -> Floats:
        if language not in self._vectors:
            encode = self._held.encoder.encode_query
            asked = EVERYDAY[language][: WEIGHTS.translations]
            self._vectors[language] = np.array([encode(q) for q in asked], np.float32)
        return self._vectors[language]
