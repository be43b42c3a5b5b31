"""The scale of a model's token similarities, measured with a few invented pairs.

In one model tokens that have nothing in common have a cosine of .2, in another of .7.  Eight
questions are compared with eight sentences that answer one each: how near the words come on
average, and how far the worst word of a question tells its own sentence from the others.
"""

from __future__ import annotations

import re
from typing import Final

import numpy as np

from docproc.hooks import QueryEncoder, ReadsTokens
from docproc.retrieval.evidence.token_match import TokenScale
from docproc.retrieval.weights import WEIGHTS

PAIRS: Final = (
    ("Who repaired the clock of the hall?", "Old Matthias repaired the clock of the hall."),
    ("When did the ship leave the harbour?", "The ship left the harbour on the ninth of May."),
    ("How many soldiers were wounded?", "Forty soldiers were wounded in the attack on the hill."),
    ("Why was the school closed?", "The school was closed because the teacher had fallen ill."),
    ("Where does the flour come from?", "The flour comes from a mill in the next valley."),
    ("What did the farmer buy at the market?", "At the market the farmer bought two goats."),
    ("How old is the queen?", "The queen is fifty-two years old."),
    ("What does the permit cost?", "A permit costs eleven crowns a year."),
)  # fmt: skip


def measure_scale(encoder: QueryEncoder) -> TokenScale | None:
    """The scale of the model of *encoder*; ``None`` where its tokens tell nothing."""
    if not isinstance(encoder, ReadsTokens):
        return None
    sentences = [encoder.read_tokens(sentence)[0] for _, sentence in PAIRS]
    every: list[float] = []
    told = 0
    for number, (question, _) in enumerate(PAIRS):
        vectors, spans = encoder.read_tokens(question)
        words = [n for n, (a, b) in enumerate(spans) if re.fullmatch(r"\w+", question[a:b])]
        if not words or not all(map(len, sentences)):
            return None
        best = np.array([(vectors[words] @ tokens.T).max(axis=1) for tokens in sentences])
        every += best.ravel().tolist()
        told += int(best.min(axis=1).argmax()) == number
    if told < WEIGHTS.pairs_told * len(PAIRS):
        return None
    return TokenScale(float(np.mean(every)), max(1e-3, float(np.std(every))))
