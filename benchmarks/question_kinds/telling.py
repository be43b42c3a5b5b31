"""Fits the constants of ``retrieval.evidence.token_match`` to questions over invented texts.

``told.txt`` holds the texts (``P``, under ``#`` and, for letters, ``L sender | recipient |
dateline``), each with questions that it answers (``+``) and questions of the same subject that it
does not (``-``).  Both were written for this alone.  ``python -m benchmarks.question_kinds.telling
ENCODER`` takes the folder of a generation's query encoder, fits by ridge logistic regression, and
prints what the same gives for texts that were left out of the fit (ten parts, by text).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from docproc.retrieval.doubts.missing_words import asks_of_documents
from docproc.retrieval.evidence.token_match import FITTED, TokenEvidence, TokenMatch
from docproc.retrieval.evidence.token_scale import measure_scale
from docproc.stages.embed.encoder import open_encoder
from docproc.text.language.sentences import sentences

HERE: Final = Path(__file__).parent
RIDGE: Final = 5.0
PARTS: Final = 10
SENTENCES: Final = 2


@dataclass(frozen=True, slots=True)
class ToldText:
    """A text, what is known of it besides, and questions that it answers and does not answer."""

    name: str
    heading: str
    text: str
    answered: list[str] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)


def read_texts() -> list[ToldText]:
    """Every text of ``told.txt``."""
    found: list[ToldText] = []
    name = heading = ""
    for line in (HERE / "told.txt").read_text("utf-8").splitlines():
        mark, _, rest = line.partition(" ")
        if mark == "#":
            name, heading = rest, ""
        elif mark == "L":
            heading = rest.replace("|", " ")
        elif mark == "P":
            found.append(ToldText(name, heading, rest))
        else:
            (found[-1].answered if mark == "+" else found[-1].unanswered).append(rest)
    return found


class Fitting:
    """Compares the questions with their texts, by the tokens of one encoder."""

    def __init__(self, folder: Path) -> None:
        encoder = open_encoder(folder)
        self._encoder = encoder
        self._read = lru_cache(maxsize=None)(encoder.read_tokens)
        self.scale = measure_scale(encoder)

    def compare(self, told: ToldText, question: str) -> TokenEvidence | None:
        """What the nearest sentences of *told* say of *question*."""
        assert self.scale is not None
        match = TokenMatch(question, self._read, self.scale, asks_of_documents(question), True)
        heading = {*told.heading.casefold().replace(",", " ").split()}
        said = np.array([word in heading for word in match.words], np.bool_)
        parts = [span.of(told.text) for span in sentences(told.text)]
        vector = self._encoder.encode_query(question)
        near = [float(self._encoder.encode_query(part) @ vector) for part in parts]
        best = [parts[n] for n in sorted(np.argsort(near)[::-1][:SENTENCES])]
        return match.compare(told.text, best, said)


def samples(fitting: Fitting) -> Iterator[tuple[int, bool, TokenEvidence]]:
    """The number of the text, whether it answers, and what was compared, for each question."""
    for number, told in enumerate(read_texts()):
        for answers, asked in ((True, told.answered), (False, told.unanswered)):
            for question in asked:
                if (found := fitting.compare(told, question)) is not None:
                    yield number, answers, found


def fit(features: NDArray[np.float64], answers: NDArray[np.float64]) -> NDArray[np.float64]:
    """Ridge logistic regression, by Newton's method; the last weight is the intercept."""
    mean, spread = features.mean(axis=0), features.std(axis=0) + 1e-9
    given = np.column_stack([(features - mean) / spread, np.ones(len(features))])
    ridge = np.diag([RIDGE] * features.shape[1] + [0.0])
    weights = np.zeros(given.shape[1])
    for _ in range(30):
        likely = 1 / (1 + np.exp(-given @ weights))
        slope = given.T @ (likely - answers) + ridge @ weights
        curve = (given * (likely * (1 - likely))[:, None]).T @ given + ridge
        weights -= np.linalg.solve(curve, slope)
    own = weights[:-1] / spread
    return np.append(own, weights[-1] - own @ mean)


def main() -> None:
    """Fit, and print."""
    fitting = Fitting(Path(sys.argv[1]))
    found = list(samples(fitting))
    texts = np.array([number for number, _, _ in found])
    answers = np.array([each for _, each, _ in found], np.float64)
    features = np.array([each.features() for _, _, each in found], np.float64)
    held = np.zeros(len(found))
    for part in range(PARTS):
        out = texts % PARTS == part
        weights = fit(features[~out], answers[~out])
        held[out] = features[out] @ weights[:-1] + weights[-1]
    told, not_told = held[answers == 1], held[answers == 0]
    print("scale", fitting.scale, "fitted", FITTED)
    print("coefficients", [round(float(w), 3) for w in fit(features, answers)])
    print("questions", len(told), len(not_told), "AUROC left out", f"{_auroc(told, not_told):.3f}")
    for limit in (-2.0, -1.6, -1.2, -0.8, -0.4):
        print(
            f"below {limit}: told {(told < limit).mean():.3f}, not {(not_told < limit).mean():.3f}"
        )


def _auroc(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    return float((one[:, None] > other[None]).mean())


if __name__ == "__main__":
    main()
