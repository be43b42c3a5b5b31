"""The calibration of a generation: how far to trust its vectors, and where to stop answering."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import asdict, field, replace
from typing import Any

import msgspec
import numpy as np

from docproc.dataclass_on_use import dataclass
from docproc.errors import StoreError
from docproc.retrieval.evidence.reranking import Reranking
from docproc.retrieval.evidence.score import Floats
from docproc.retrieval.weights import WEIGHTS
from docproc.text.scripts import writings


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """What was measured of a corpus when its generation was built; kept in the manifest.

    ``readability`` (0 to 1) is how well the embedding model reads the corpus, and how that
    is known stands in ``read_by``.  The counts say what the measures rest on.
    ``unrelated`` is the cosine of texts that have nothing in common, in this model and corpus, and
    ``spread`` how far such cosines lie from it; ``kin`` is the mean cosine of two passages of one
    document.  ``floor_everyday`` is what everyday questions score in the mean.  ``languages`` are
    those of at least a twentieth of the passages.  ``token_mean`` and ``token_spread`` are the
    scale of the model's tokens (``token_scale``); the spread is 0 where they are not compared.
    ``weights_by_writing`` are the weights for questions by what they are written in
    (``docproc.text.scripts.writings``): every script of the corpus, and where it has several,
    every language of them; ``vector_weight`` is that of others.  ``reranker`` is what was measured
    of the re-ranker, where there is one: ``floor`` and ``floor_everyday`` are measured with it.
    """

    readability: float
    read_by: str
    vector_weight: float
    floor: float
    floor_everyday: float | None = None
    cloze_probes: int = 0
    cloze_words: float | None = None
    cloze_vectors: float | None = None
    everyday_probes: int = 0
    unrelated: float = 0.0
    spread: float = 0.0
    kin: float = 0.0
    languages: tuple[str, ...] = ()
    token_mean: float = 0.0
    token_spread: float = 0.0
    method: int = 1
    weights_by_writing: dict[str, float] = field(default_factory=dict)
    reranker: Reranking | None = None

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

    def likeness(self, cosines: Floats) -> Floats:
        """*cosines* counted from that of texts that have nothing in common: 0 for such, 1 at most.

        Without this, a model whose unrelated texts have a cosine of .7 is sure of everything.
        """
        found: Floats = (cosines - np.float32(self.unrelated)) / np.float32(self._rest)
        return found

    def document_likeness(self, cosines: Floats, passages: Floats) -> Floats:
        """``likeness`` of *cosines* with documents of so many *passages* each.

        A document's vector is the mean of its passages', and what they have in common with
        every text of the model is a greater part of it than of theirs.
        """
        share = 1 / passages.astype(np.float64)
        squared = share + (1 - share) * self.kin
        own = np.clip((squared - self.unrelated) / self._rest, 0.05, 1.0)
        length = np.sqrt(np.clip(squared, 0.05, 1.0))
        near = (cosines * length - self.unrelated) / self._rest / np.sqrt(own)
        return near.astype(np.float32)

    def floor_across(self, everyday: Floats, bridge: float) -> float:
        """The floor of questions in a language that the corpus is not in.

        *everyday* ``(P,)`` are the best scores of everyday questions in that language.  Without
        words no probe tells what a good question scores, only what nothing answers does: the
        floor lies so far above that, by its own spread, that one in forty of these passes.  The
        less the model reads across (*bridge*, 0 to 1), the nearer it is to the floor within.
        """
        if not len(everyday):
            return self.floor
        above = float(everyday.mean() + WEIGHTS.spread_across * everyday.std())
        lowered = self.floor - max(WEIGHTS.floor[0], above)
        return self.floor - bridge * max(0.0, lowered)

    @property
    def _rest(self) -> float:
        return max(1 - self.unrelated, 1e-3)

    def warnings(self, documents: int) -> tuple[str, ...]:
        """What a reader of its figures should know, one sentence each.

        *documents* is how many there are; of few, few probes are no news.
        """
        said = []
        if self.readability < WEIGHTS.little:
            said.append(
                f"the embedding model reads little of this corpus (readability "
                f"{self.readability:.2f}): answers rest on words alone; `docproc reembed --model "
                "MODEL` embeds it with a model that reads its language"
            )
        if self.read_by == "assumed":
            said.append(
                "how well the embedding model reads this corpus is assumed: there are too few "
                "passages to measure it, and the embedder does not say how it cuts words"
            )
        elif documents >= WEIGHTS.few_probes > self.cloze_probes:
            said.append(
                f"the weight of the vectors rests on {self.cloze_probes} probes only: few passages "
                "have three sentences that can be told apart"
            )
        if self.reranker and not self.reranker.weight:
            why = "does not find more of its sentences than are found without it"
            if not self.reranker.probes:
                why = "cannot be measured: there are too few passages of three sentences"
            said.append(f"the re-ranker is not asked: over this corpus it {why}")
        return tuple(said)

    def as_json(self) -> dict[str, Any]:
        """The fields by name, numbers rounded to six places."""
        rounded = _round(asdict(replace(self, reranker=None)))
        weights = _round(self.weights_by_writing)
        rounded |= {"weights_by_writing": weights, "languages": list(self.languages)}
        del rounded["reranker"]
        return rounded | ({"reranker": _round(asdict(self.reranker))} if self.reranker else {})

    def without_reranker(self) -> Calibration:
        """The same where the re-ranker is not asked."""
        if self.reranker is None:
            return self
        floor, everyday = self.reranker.floor_without, self.reranker.everyday_without
        return replace(self, reranker=None, floor=floor, floor_everyday=everyday)

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Calibration:
        """Raises ``StoreError`` where *values* is not what ``as_json`` gave."""
        try:
            return msgspec.convert(dict(values), cls)
        except msgspec.ValidationError as error:
            raise StoreError(
                f"the manifest's calibration is of another version ({error}); "
                "`docproc index` measures it again"
            ) from None


def _round(values: Mapping[str, Any]) -> dict[str, Any]:
    return {k: round(v, 6) if isinstance(v, float) else v for k, v in values.items()}


def vector_advantage(words: float, vectors: float) -> float:
    """What vectors find of cloze probes against what words do: two mean reciprocal ranks.

    The square keeps a model that reads half as well from spoiling what the words find.
    """
    most = WEIGHTS.most_advantage**0.5
    return (
        float(min(most, vectors / words) ** 2)
        if words > 0
        else WEIGHTS.most_advantage * (vectors > 0)
    )


def legibility(tokens_per_word: float) -> float:
    """The readability of a corpus too small for probes, from how far it is shattered.

    *tokens_per_word* is how many tokens the model makes of a word on average: about 1.3 in the
    language that its vocabulary was made for, 4 or more where it knows single letters only.
    """
    return float(min(1.0, (WEIGHTS.whole / max(tokens_per_word, 1e-9)) ** 2))


def vector_weight(vector_advantage: float) -> float:
    """The weight ``a`` of ``evidence.score``, from the vectors' advantage or the readability."""
    return WEIGHTS.even_weight * vector_advantage


def writing_weight(vector_advantage: float) -> float:
    """The weight of one of several writings of a corpus, from the vectors' advantage in it.

    Below 1 it falls faster than ``vector_weight``: vectors that read little of a language still
    tell its texts from those in others, which finds whole sentences, and misleads questions.
    """
    return vector_weight(vector_advantage) * math.sqrt(min(1.0, vector_advantage))


def floor_of(stranger: float, documents: int, passages: int, readable: float) -> float:
    """The floor of a corpus of so many *documents* and *passages*.

    *stranger* is what everyday questions score in it, in the mean.  What an honest question scores
    is much the same in all corpora and models; what a stranger's scores is not, and the floor
    rises with it.  Words alone miss every paraphrase, so the floor is lower where the vectors are
    not *readable*; and the fewer texts, the less of a good question's words do they hold.
    """
    low, high = WEIGHTS.floor
    less = (
        WEIGHTS.one_letter
        / max(1, documents)
        * WEIGHTS.few_passages
        / (WEIGHTS.few_passages + passages)
    )
    return (low + (high - low) * readable + WEIGHTS.stranger * stranger) * (1 - less)
