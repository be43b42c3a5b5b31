"""Measure: calibrate a generation on the corpus itself, when it is built."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from docproc.dataclass_on_use import dataclass
from docproc.records import Passage, Scope
from docproc.retrieval.calibrating.reranker_probes import ClozeScores, calibrate_reranker
from docproc.retrieval.evidence.calibration import (
    Calibration,
    floor_of,
    legibility,
    vector_advantage,
    vector_weight,
    writing_weight,
)
from docproc.retrieval.evidence.everyday import EVERYDAY
from docproc.retrieval.evidence.probes import (
    chance_of,
    cloze_vectors,
    cloze_words,
    reciprocal_ranks,
)
from docproc.retrieval.evidence.score import Floats
from docproc.retrieval.evidence.token_scale import measure_scale
from docproc.retrieval.generation.open_generation import OpenGeneration
from docproc.retrieval.search.search import Searcher
from docproc.retrieval.search.search_result import Search
from docproc.retrieval.weights import WEIGHTS
from docproc.retrieval.words.subword_fertility import tokens_per_word
from docproc.store.manifest import CALIBRATION_METHOD
from docproc.text.scripts import script_of, writings
from docproc.text.terms import stemmed_language, terms

STEPS = 1 + len(EVERYDAY["en"])
"""Into how many steps a calibration is divided: the probes, then each everyday question."""


def calibrate(opened: OpenGeneration, advance: Callable[[], None] = lambda: None) -> Calibration:
    """Measure the corpus that *opened* holds; a few seconds, whatever its size.

    *advance* is called after each of ``STEPS``.
    """
    sample = _sample(opened.catalog.columns.embed_keys(), 2 * WEIGHTS.cloze_pool)
    passages = opened.catalog.passages(sample)
    read = _cloze(opened, sample, passages)
    words = [word for passage in passages[:20] for word in passage.search_text.split()]
    shattered = tokens_per_word(opened.encoder, words)
    readable = 1.0 if shattered is None else legibility(shattered)
    if read is None:
        by = "assumed" if shattered is None else f"{shattered:.1f} tokens a word"
        found = Calibration(
            readability=readable, read_by=by, vector_weight=vector_weight(readable), floor=0.0
        )
    else:
        beyond = read.advantage() if shattered is None else read.beyond(readable)
        found = Calibration(
            readability=min(1.0, beyond),
            read_by="cloze probes",
            vector_weight=vector_weight(beyond),
            floor=0.0,
            cloze_probes=len(read.words),
            cloze_words=float(read.words.mean()),
            cloze_vectors=float(read.vectors.mean()),
            weights_by_writing=_weights_by_writing(opened, read, vector_weight(beyond)),
        )
    advance()
    languages = languages_of(passages)
    everyday = _everyday(opened, sample, languages)
    scale = measure_scale(opened.encoder)
    found = replace(
        found,
        languages=languages,
        unrelated=everyday.unrelated,
        spread=everyday.spread,
        kin=everyday.kin,
        token_mean=scale.mean if scale else 0.0,
        token_spread=scale.spread if scale else 0.0,
        method=CALIBRATION_METHOD,
    )
    measured = _with_floor(opened, found, everyday, advance)
    if opened.reranker is None:
        return measured
    scored = read.scored if read else None
    reranker = calibrate_reranker(opened, measured, scored, everyday.questions)
    reranker = replace(
        reranker, floor_without=measured.floor, everyday_without=measured.floor_everyday
    )
    measured = replace(measured, reranker=reranker)
    return _with_floor(opened, measured, everyday) if reranker.weight else measured


def _sample(keys: NDArray[np.uint8], most: int) -> list[int]:
    """*most* rows of those with *keys* ``(n, 32)``, in the order of their keys.

    A key is a hash, so these are as good as drawn by lot; and a passage more or less changes
    the sample by one, so that what is measured does not leap.
    """
    beginnings = np.ascontiguousarray(keys[:, :8]).view(">u8").ravel()
    order = np.argsort(beginnings, kind="stable")[:most]
    return [int(row) for row in order]


@dataclass(frozen=True, slots=True)
class _Cloze:
    """What Q cloze probes found: their sentences, the reciprocal ranks of their passages."""

    sentences: list[str]
    words: Floats
    vectors: Floats
    scored: ClozeScores | None = None

    def advantage(self, some: list[int] | slice = slice(None)) -> float:
        """What the vectors find of the probes, or of *some*, against what the words do."""
        return vector_advantage(float(self.words[some].mean()), float(self.vectors[some].mean()))

    def beyond(self, legible: float) -> float:
        """The advantage, where probes are few with *legible*, what the model's tokens tell.

        Among hardly more than ``least_pool`` passages vectors that read nothing find one by chance
        as often as words in another spelling do.
        """
        least, enough = WEIGHTS.least_pool, WEIGHTS.enough_probes
        trust = min(1.0, max(0, len(self.words) - least) / (enough - least))
        return trust * self.advantage() + (1 - trust) * legible


def _cloze(opened: OpenGeneration, rows: list[int], passages: list[Passage]) -> _Cloze | None:
    """What cloze probes find, one of each passage and script; ``None`` if they are too few."""
    pool = [
        i for i, passage in enumerate(passages) if len(passage.sentences) >= WEIGHTS.probe_sentences
    ][: WEIGHTS.cloze_pool]
    if len(pool) < WEIGHTS.least_pool:
        return None
    units: list[int] = []
    offsets: list[int] = []
    candidates: list[tuple[str, int, int, list[str]]] = []
    for place, number in enumerate(pool):
        passage = passages[number]
        part = opened.sentences_of(rows[number])
        offsets.append(len(units))
        able: dict[str, list[tuple[str, int, int, list[str]]]] = {}
        for i, span in enumerate(passage.sentences):
            sentence = span.shift(-passage.span.start).of(passage.text)
            asking = terms(sentence, passage.language)
            if len(asking) >= WEIGHTS.probe_words:
                those = able.setdefault(script_of(sentence) or "", [])
                those.append((sentence, len(units) + i, place, asking))
        candidates += [chance_of(passage.text).choice(those) for those in able.values()]
        units += range(part.start, part.stop)
    if len(candidates) < WEIGHTS.least_pool:
        return None
    probes = candidates[: WEIGHTS.cloze_probes]
    owners = np.array([place for _, _, place, _ in probes])
    by_vectors = cloze_vectors(
        np.asarray(opened.vectors[units]),
        np.array(offsets),
        np.array([unit for _, unit, _, _ in probes]),
        owners,
    )
    by_words = cloze_words(
        [terms(passages[number].search_text, passages[number].language) for number in pool],
        [asking for _, _, _, asking in probes],
        owners.tolist(),
    )
    return _Cloze(
        [sentence for sentence, _, _, _ in probes],
        reciprocal_ranks(by_words, owners),
        reciprocal_ranks(by_vectors, owners),
        ClozeScores(
            [sentence for sentence, _, _, _ in probes],
            [asking for _, _, _, asking in probes],
            owners,
            [rows[number] for number in pool],
            [passages[number] for number in pool],
            by_words,
            by_vectors,
        ),
    )


def _weights_by_writing(opened: OpenGeneration, read: _Cloze, of_all: float) -> dict[str, float]:
    """The weights of the scripts, and of the languages, that the probes are written in.

    Where there is but one script, and no two languages, it has the weight *of_all*.  Of a script
    with few probes, the weight comes of how far the model shatters its words; a language with
    few has that of its script.
    """
    groups: dict[str, list[int]] = {}
    for number, sentence in enumerate(read.sentences):
        for writing in writings(sentence):
            groups.setdefault(writing, []).append(number)
    weights: dict[str, float] = {}
    for writing, probes in sorted(groups.items()):
        script, _, language = writing.partition(" ")
        if len(probes) >= WEIGHTS.least_pool:
            weights[writing] = writing_weight(read.advantage(probes))
        elif not language:
            words = [word for number in probes for word in read.sentences[number].split()]
            if (shattered := tokens_per_word(opened.encoder, words)) is not None:
                weights[script] = writing_weight(legibility(shattered))
    scripts = [writing for writing in weights if " " not in writing]
    if max(len(scripts), len(weights) - len(scripts)) > 1:
        return weights
    return dict.fromkeys(scripts, of_all)


@dataclass(frozen=True, slots=True)
class _Everyday:
    """Everyday questions in the languages of the corpus, their vectors, and cosines by them."""

    questions: list[str]
    vectors: Floats
    unrelated: float
    spread: float
    kin: float


def languages_of(passages: Sequence[Passage]) -> tuple[str, ...]:
    """The languages, by ISO 639-1, of at least a twentieth of *passages*, the commonest first."""
    found = Counter(filter(None, (stemmed_language(p.language) for p in passages)))
    least = WEIGHTS.language * len(passages)
    return tuple(name for name, many in found.most_common() if many >= least)


def _everyday(opened: OpenGeneration, rows: list[int], languages: Sequence[str]) -> _Everyday:
    """Ask the everyday questions, in the two commonest languages that have some, or in English."""
    known = [name for name in languages if name in EVERYDAY][:2] or ["en"]
    lists = [EVERYDAY[name][place :: len(known)] for place, name in enumerate(known)]
    questions = [question for some in lists for question in some]
    vectors = np.array([opened.encoder.encode_query(q) for q in questions], np.float32)
    if not rows:  # the last document has gone
        return _Everyday(questions, vectors, 0.0, 0.0, 0.0)
    some = rows[: WEIGHTS.compared]
    parts = [opened.sentences_of(row) for row in some]
    units = np.array(some + [number for part in parts for number in range(part.start, part.stop)])
    cosines = vectors @ np.asarray(opened.vectors[units[: 4 * WEIGHTS.compared]]).T
    return _Everyday(
        questions, vectors, float(np.median(cosines)), float(cosines.std()), _kin(opened, some)
    )


def _kin(opened: OpenGeneration, rows: list[int]) -> float:
    """The mean cosine of two passages of one document, from the lengths of documents' means."""
    numbers = np.array(rows, np.int64)
    documents = opened.document_of(numbers)
    firsts = opened.catalog.first_rows
    sizes = (firsts[documents + 1] - firsts[documents]).astype(np.float64)
    several = sizes > 1
    if not several.any():
        return 0.0
    own = np.asarray(opened.vectors[numbers[several]])
    lengths = (own * opened.document_vectors[documents[several]]).sum(axis=1)
    share = 1 / sizes[several]
    return float(np.mean((lengths**2 - share) / (1 - share)))


def _with_floor(
    opened: OpenGeneration,
    found: Calibration,
    everyday: _Everyday,
    advance: Callable[[], None] = lambda: None,
) -> Calibration:
    """The same calibration with the floor, from what everyday questions score."""
    documents = opened.manifest.counts.documents
    searcher = Searcher(opened, found, read=WEIGHTS.probe_reads)
    asked = []
    for question, vector in zip(everyday.questions, everyday.vectors, strict=True):
        asked.append(_best(searcher.search(question, Scope(), vector=vector)))
        advance()
    stranger = float(np.maximum(asked, 0).mean())
    return replace(
        found,
        floor=floor_of(stranger, documents, opened.passages, found.readability),
        floor_everyday=stranger,
        everyday_probes=len(asked),
    )


def _best(found: Search) -> float:
    """The best passage's score, 0 where there is none."""
    return float(found.scores[0]) if len(found.scores) else 0.0
