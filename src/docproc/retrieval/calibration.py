"""The calibration of a generation: how far to trust its vectors, and where to stop answering."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from docproc.errors import StoreError
from docproc.text.scripts import writings

EVEN_WEIGHT: Final = 1.4
"""The weight of the vectors in a corpus where they find as much as the words do."""
MOST_ADVANTAGE: Final = 1.5
"""Most that vectors that find more than the words do can raise their weight by."""
REFUSED_SPLICED: Final = (0.6, 0.785)
"""Share of spliced probes that the floor refuses: where the vectors are unreadable, where they
are read.  Words alone miss every paraphrase, so a floor as strict as with vectors would refuse
true questions."""
PRIOR_FLOOR: Final = (0.3, 0.385)
"""The floor before anything is measured: where the vectors are unreadable, where they are read."""
ONE_LETTER: Final = 0.33
"""The share of that which one document of hardly any passages takes off."""
FEW_PASSAGES: Final = 20.0
"""Passages of a corpus of which it takes off half as much."""
WHOLE: Final = 1.7
"""Tokens a word up to which a tokenizer is held to know a language."""
RAISING: Final = 20.0
"""How many documents the prior floor is worth where spliced probes score higher."""
LOWERING: Final = 200.0
"""And where they score lower: of some tens of documents on unlike matters, what is spliced comes
near to none of the rest, and what a reader of them asks would."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """What was measured of a corpus when its generation was built; kept in the manifest.

    ``readability`` (0 to 1) is how well the embedding model reads the corpus, and how that
    is known stands in ``read_by``.  The counts say what the measures rest on.
    ``weights_by_writing`` are the weights for questions by what they are written in
    (``docproc.text.scripts.writings``): every script of the corpus, and where it has several,
    every language of them; ``vector_weight`` is that of others.
    """

    readability: float
    read_by: str
    vector_weight: float
    floor: float
    floor_prior: float | None = None
    floor_measured: float | None = None
    cloze_probes: int = 0
    cloze_words: float | None = None
    cloze_vectors: float | None = None
    spliced_probes: int = 0
    weights_by_writing: dict[str, float] = field(default_factory=dict)

    def weight_of(
        self, question: str, tokens_per_word: Callable[[], float | None] = lambda: None
    ) -> float:
        """The weight of the vectors for *question*.

        A model that reads the English of a corpus may read nothing of its Greek.  Where the
        corpus has no text in the script of the question, *tokens_per_word* is asked how many tokens
        the model makes of one of its words: what it does not read finds nothing.
        """
        written = writings(question)
        if not self.weights_by_writing or not written:
            return self.vector_weight
        for writing in written:
            if writing in self.weights_by_writing:
                return self.weights_by_writing[writing]
        shattered = tokens_per_word()
        read = 1.0 if shattered is None else legibility(shattered)
        return min(self.vector_weight, writing_weight(read))

    def as_json(self) -> dict[str, Any]:
        """The fields by name, numbers rounded to six places."""
        rounded = {k: round(v, 6) if isinstance(v, float) else v for k, v in asdict(self).items()}
        weights = {key: round(v, 6) for key, v in self.weights_by_writing.items()}
        return rounded | {"weights_by_writing": weights}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Calibration:
        """Raises ``StoreError`` where *values* is not what ``as_json`` gave."""
        try:
            return msgspec.convert(dict(values), cls)
        except msgspec.ValidationError as error:
            raise StoreError(
                f"the manifest's calibration is of another version ({error}); `docproc index`"
            ) from None


def advantage(words: float, vectors: float) -> float:
    """What vectors find of cloze probes against what words do: two mean reciprocal ranks.

    The square keeps a model that reads half as well from spoiling what the words find.
    """
    most = MOST_ADVANTAGE**0.5
    return float(min(most, vectors / words) ** 2) if words > 0 else MOST_ADVANTAGE * (vectors > 0)


def legibility(tokens_per_word: float) -> float:
    """The readability of a corpus too small for probes, from how far it is shattered.

    *tokens_per_word* is how many tokens the model makes of a word on average: about 1.3 in the
    language that its vocabulary was made for, 4 or more where it knows single letters only.
    """
    return float(min(1.0, (WHOLE / max(tokens_per_word, 1e-9)) ** 2))


def vector_weight(advantage: float) -> float:
    """The weight ``a`` of ``evidence.score``, from the vectors' advantage or the readability."""
    return EVEN_WEIGHT * advantage


def writing_weight(advantage: float) -> float:
    """The weight of one of several writings of a corpus, from the vectors' advantage in it.

    Below 1 it falls faster than ``vector_weight``: vectors that read little of a language still
    tell its texts from those in others, which finds whole sentences, and misleads questions.
    """
    return vector_weight(advantage) * math.sqrt(min(1.0, advantage))


def prior_floor(documents: int, passages: int, readable: float) -> float:
    """The floor of a corpus of which nothing but its size and its readability is known.

    The fewer texts, the less of a good question's words do they hold, and the fewer of them
    come near to any other question.
    """
    low, high = PRIOR_FLOOR
    less = ONE_LETTER / max(1, documents) * FEW_PASSAGES / (FEW_PASSAGES + passages)
    return (low + (high - low) * readable) * (1 - less)


def floor_of(
    best_scores: NDArray[np.float32], documents: int, prior: float, readable: float
) -> tuple[float, float | None]:
    """The floor, and what was measured: the *prior* drawn towards the spliced probes' quantile.

    *best_scores* ``(P,)`` are the best passage's scores of the spliced probes, each probe's
    own two documents left out.
    """
    if len(best_scores) == 0:
        return prior, None
    low, high = REFUSED_SPLICED
    measured = float(np.quantile(best_scores, low + (high - low) * readable))
    worth = RAISING if measured > prior else LOWERING
    return prior + documents / (documents + worth) * (measured - prior), measured
