"""Measure: calibrate a generation on the corpus itself, when it is built."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from docproc.records import Passage, Scope
from docproc.retrieval.calibration import (
    Calibration,
    advantage,
    floor_of,
    legibility,
    prior_floor,
    vector_weight,
    writing_weight,
)
from docproc.retrieval.evidence import Floats
from docproc.retrieval.open_generation import OpenGeneration
from docproc.retrieval.probes import (
    SPLICED,
    cloze_vectors,
    cloze_words,
    lot,
    phrases,
    reciprocal_ranks,
    splice,
)
from docproc.retrieval.search import Searcher
from docproc.retrieval.subword_fertility import tokens_per_word
from docproc.text.scripts import script_of, writings
from docproc.text.terms import content_words, terms

CLOZE_PROBES: Final = 2000
CLOZE_POOL: Final = 2000
LEAST_POOL: Final = 20
"""Passages below which cloze probes tell nothing."""
SPLICE_SENTENCES: Final = 1200
FEWEST_SPLICED: Final = 60
MOST_HOLDERS: Final = 20
"""Documents that may say a sentence which is spliced."""


def calibrate(holdings: OpenGeneration) -> Calibration:
    """Measure the corpus that *holdings* open; a few seconds, whatever its size."""
    sample = _sample(holdings.catalog.embed_keys(), 2 * CLOZE_POOL)
    passages = holdings.catalog.passages(sample)
    read = _cloze(holdings, sample, passages)
    if read is None:
        words = [word for passage in passages[:20] for word in passage.search_text.split()]
        shattered = tokens_per_word(holdings.encoder, words)
        readable = 1.0 if shattered is None else legibility(shattered)
        by = "assumed" if shattered is None else f"{shattered:.1f} tokens a word"
        found = Calibration(
            readability=readable, read_by=by, vector_weight=vector_weight(readable), floor=0.0
        )
    else:
        beyond = read.advantage()
        found = Calibration(
            readability=min(1.0, beyond),
            read_by="cloze probes",
            vector_weight=vector_weight(beyond),
            floor=0.0,
            cloze_probes=len(read.words),
            cloze_words=float(read.words.mean()),
            cloze_vectors=float(read.vectors.mean()),
            weights_by_writing=_weights_by_writing(holdings, read),
        )
    return _with_floor(holdings, found, sample, passages)


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

    def advantage(self, some: list[int] | slice = slice(None)) -> float:
        """What the vectors find of the probes, or of *some*, against what the words do."""
        return advantage(float(self.words[some].mean()), float(self.vectors[some].mean()))


def _cloze(holdings: OpenGeneration, rows: list[int], passages: list[Passage]) -> _Cloze | None:
    """What cloze probes find, one of each passage and script; ``None`` if they are too few."""
    pool = [i for i, passage in enumerate(passages) if len(passage.sentences) >= 3][:CLOZE_POOL]
    if len(pool) < LEAST_POOL:
        return None
    units: list[int] = []
    offsets: list[int] = []
    candidates: list[tuple[str, int, int, list[str]]] = []
    for place, number in enumerate(pool):
        passage = passages[number]
        part = holdings.sentences_of(rows[number])
        offsets.append(len(units))
        able: dict[str, list[tuple[str, int, int, list[str]]]] = {}
        for i, span in enumerate(passage.sentences):
            sentence = span.shift(-passage.span.start).of(passage.text)
            asking = terms(sentence, passage.language)
            if len(asking) >= 4:
                those = able.setdefault(script_of(sentence) or "", [])
                those.append((sentence, len(units) + i, place, asking))
        candidates += [lot(passage.text).choice(those) for those in able.values()]
        units += range(part.start, part.stop)
    if len(candidates) < LEAST_POOL:
        return None
    probes = candidates[:CLOZE_PROBES]
    owners = np.array([place for _, _, place, _ in probes])
    by_vectors = cloze_vectors(
        np.asarray(holdings.vectors[units]),
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
    )


def _weights_by_writing(holdings: OpenGeneration, read: _Cloze) -> dict[str, float]:
    """The weights of the scripts, and of the languages, that the probes are written in.

    Where there is but one script, and no two languages, it has the weight of all.  Of a script
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
        if len(probes) >= LEAST_POOL:
            weights[writing] = writing_weight(read.advantage(probes))
        elif not language:
            words = [word for number in probes for word in read.sentences[number].split()]
            if (shattered := tokens_per_word(holdings.encoder, words)) is not None:
                weights[script] = writing_weight(legibility(shattered))
    scripts = [writing for writing in weights if " " not in writing]
    if max(len(scripts), len(weights) - len(scripts)) > 1:
        return weights
    return {script: vector_weight(read.advantage()) for script in scripts}


def _with_floor(
    holdings: OpenGeneration,
    found: Calibration,
    rows: list[int],
    passages: list[Passage],
) -> Calibration:
    """The same calibration with the floor: the prior, drawn to what spliced probes stay under."""
    held_by: dict[str, set[int]] = {}
    for document, passage in zip(
        holdings.document_of(np.array(rows, np.int64)).tolist(), passages, strict=True
    ):
        for span in passage.sentences:
            sentence = " ".join(span.shift(-passage.span.start).of(passage.text).split())
            held_by.setdefault(sentence, set()).add(document)
    # what many documents say is a formula, and one document in two files answers itself
    said = [text for text, holding in held_by.items() if len(holding) <= MOST_HOLDERS]
    # by a lot of its own: those whose first draw is low would all be cut short (``phrases``)
    texts = sorted(said, key=lambda text: lot(f"splice {text}").random())[:SPLICE_SENTENCES]
    main = passages[0].language if passages else None
    documents = holdings.manifest.counts.documents
    found_phrases = phrases(texts, lambda text: len(content_words(text, main)))
    # in proportion to the corpus: calibrating a few letters shall not outlast reading them
    most = min(SPLICED, max(FEWEST_SPLICED, 2 * documents))
    holders = [frozenset(held_by[text]) for text in texts]
    probes = splice(found_phrases, holders, most=most)
    searcher = Searcher(holdings, found)
    best = []
    for text, holding in probes:
        scores = searcher.search(text, Scope(), without=holding).scores
        best.append(float(scores[0]) if len(scores) else 0.0)
    prior = prior_floor(documents, holdings.passages, found.readability)
    scored = np.array(best, np.float32)
    floor, measured = floor_of(scored, documents, prior, found.readability)
    return replace(
        found,
        floor=floor,
        floor_prior=prior,
        floor_measured=measured,
        spliced_probes=len(probes),
    )
