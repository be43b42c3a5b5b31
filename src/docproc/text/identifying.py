"""py3langid's model, asked by array operations: its own answers in a quarter of its time.

The model (Lui and Baldwin 2012, "langid.py") is an automaton that finds the features of a text,
strings of a few bytes, and naive Bayes over how often each stands in it.  py3langid takes a step
of Python for every byte, and widens the half-precision weights of every feature each time.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from docproc.text.unpacking_model import unpacked

_START: Final = 0
"""The automaton's first state."""


class Identifier:
    """What language a text is most likely in, of those that a model of py3langid knows.

    *weights* holds a row for each feature and a column for each of *languages*, *priors* what
    each is worth without any; *moves* the automaton's next state by row and byte, *rows* the row
    of each state, and *found* the feature that each completes, or -1.
    """

    def __init__(
        self,
        weights: NDArray[np.float16],
        priors: NDArray[np.float32],
        languages: Sequence[str],
        moves: Any,
        rows: Any,
        found: Any,
    ) -> None:
        self._narrow, self._priors, self._languages = weights, priors, tuple(languages)
        self._wide = np.empty(weights.shape, np.float32)  # pages of it come when written
        self._widened = np.zeros(len(weights), bool)
        self._moves = np.asarray(moves)
        self._bases = np.asarray(rows).astype(np.uint32) << 8
        self._found = np.asarray(found, dtype=np.int32)
        first: dict[str, int] = {}
        self._twice = [
            (first[language], column)
            for column, language in enumerate(self._languages)
            if first.setdefault(language, column) != column
        ]

    def classify(self, text: str) -> tuple[str, float]:
        """The likeliest language's code, and its probability among all of them.

        A text without any feature has each with the same.
        """
        lowered = text.lower() if text.isupper() else text
        data = unicodedata.normalize("NFC", lowered).encode("utf-8", "surrogatepass")
        scores = self._scores(self._features(data)) * np.float32(1.0 / math.sqrt(len(data) or 1))
        np.exp(scores - scores.max(), out=scores)
        scores /= scores.sum()
        for first, second in self._twice:  # one language under two models, as in two scripts
            scores[first] += scores[second]
            scores[second] = 0.0
        best = int(scores.argmax())
        return self._languages[best], float(scores[best])

    def _features(self, data: bytes) -> NDArray[np.int32]:
        """The features of *data*, one for each place where one ends.

        The state after a byte depends on the few bytes before it, so all places step at once,
        from the first state and then from where the place before has come to, until nothing
        changes: then each has what a walk from byte to byte gives it.
        """
        steps = np.frombuffer(data, np.uint8).astype(np.uint32)
        if not len(steps):
            return np.empty(0, np.int32)
        states = self._moves.take(self._bases[_START] + steps)
        later, steps = states[1:], steps[1:]
        while True:
            moved = self._moves.take(self._bases.take(states[:-1]) + steps)
            if (moved == later).all():
                break
            later[:] = moved
        found = self._found.take(states)
        features: NDArray[np.int32] = found[found >= 0]
        return features

    def _scores(self, features: NDArray[np.int32]) -> NDArray[np.float32]:
        if not len(features):
            return np.zeros(len(self._languages), np.float32)
        features.sort()
        ends = np.append(np.flatnonzero(features[1:] != features[:-1]), len(features) - 1)
        which = features.take(ends)
        counts = ends.copy()
        counts[1:] -= ends[:-1]
        counts[0] += 1
        if not self._widened.take(which).all():
            new = which[~self._widened[which]]
            self._wide[new] = self._narrow[new]
            self._widened[new] = True
        weighed = np.log1p(counts.astype(np.float32)) @ self._wide.take(which, 0)
        return np.asarray(weighed + self._priors, np.float32)


@cache
def identifier() -> Identifier:
    """The one of py3langid's own model."""
    from py3langid.langid import MODEL_DIR, MODEL_FILE

    model = unpacked(MODEL_DIR / MODEL_FILE)
    moves, rows, found = (model[name] for name in ("nextmove", "nextmove_row", "out_feat"))
    return Identifier(model["ptc"], model["pc"], model["classes"].tolist(), moves, rows, found)
