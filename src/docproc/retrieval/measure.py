"""Measure: calibrate a generation on the corpus itself, when it is built."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from docproc.records import Passage, Scope
from docproc.retrieval.calibration import (
    Calibration,
    advantage,
    floor_of,
    legibility,
    vector_weight,
)
from docproc.retrieval.holdings import Holdings
from docproc.retrieval.probes import (
    SPLICED,
    cloze_vectors,
    cloze_words,
    lot,
    phrases,
    reciprocal_rank,
    splice,
)
from docproc.retrieval.search import Searcher
from docproc.text.terms import content_words, terms

CLOZE_PROBES: Final = 2000
CLOZE_POOL: Final = 2000
LEAST_POOL: Final = 20
"""Passages below which cloze probes tell nothing."""
SPLICE_SENTENCES: Final = 1200
FEWEST_SPLICED: Final = 60


def calibrate(holdings: Holdings) -> Calibration:
    """Measure the corpus that *holdings* open; a few seconds, whatever its size."""
    sample = _sample(holdings.catalog.embed_keys(), 2 * CLOZE_POOL)
    passages = holdings.catalog.passages(sample)
    read = _cloze(holdings, sample, passages)
    if read is None:
        readable, by = _legibility(holdings, passages)
        found = Calibration(
            readability=readable, read_by=by, vector_weight=vector_weight(readable), floor=0.0
        )
    else:
        probes, by_words, by_vectors = read
        beyond = advantage(by_words, by_vectors)
        found = Calibration(
            readability=min(1.0, beyond),
            read_by="cloze probes",
            vector_weight=vector_weight(beyond),
            floor=0.0,
            cloze_probes=probes,
            cloze_words=by_words,
            cloze_vectors=by_vectors,
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


def _cloze(
    holdings: Holdings, rows: list[int], passages: list[Passage]
) -> tuple[int, float, float] | None:
    """How many probes there were, and the mean reciprocal ranks of words and of vectors."""
    pool = [i for i, passage in enumerate(passages) if len(passage.sentences) >= 3][:CLOZE_POOL]
    if len(pool) < LEAST_POOL:
        return None
    units: list[int] = []
    offsets: list[int] = []
    candidates: list[tuple[int, int, list[str]]] = []
    for place, number in enumerate(pool):
        passage = passages[number]
        part = holdings.sentences_of(rows[number])
        offsets.append(len(units))
        able = []
        for i, span in enumerate(passage.sentences):
            asking = terms(span.shift(-passage.span.start).of(passage.text), passage.language)
            if len(asking) >= 4:
                able.append((len(units) + i, place, asking))
        if able:
            candidates.append(lot(passage.text).choice(able))
        units += range(part.start, part.stop)
    if len(candidates) < LEAST_POOL:
        return None
    probes = candidates[:CLOZE_PROBES]
    owners = np.array([place for _, place, _ in probes])
    vectors = cloze_vectors(
        np.asarray(holdings.vectors[units]),
        np.array(offsets),
        np.array([unit for unit, _, _ in probes]),
        owners,
    )
    words = cloze_words(
        [terms(passages[number].search_text, passages[number].language) for number in pool],
        [asking for _, _, asking in probes],
        owners.tolist(),
    )
    return len(probes), reciprocal_rank(words, owners), reciprocal_rank(vectors, owners)


def _legibility(holdings: Holdings, passages: list[Passage]) -> tuple[float, str]:
    """How well the model reads a corpus too small for probes; and how that is known."""
    tokenize = getattr(holdings.encoder, "encode_tokens", None)
    words = [word for passage in passages[:20] for word in passage.search_text.split()][:400]
    if tokenize is None or not words:
        return 1.0, "assumed"
    lines = [" ".join(words[i : i + 40]) for i in range(0, len(words), 40)]
    shattered = sum(len(tokenize(line)[0]) - 2 for line in lines) / len(words)
    return legibility(shattered), f"{shattered:.1f} tokens a word"


def _with_floor(
    holdings: Holdings,
    found: Calibration,
    rows: list[int],
    passages: list[Passage],
) -> Calibration:
    """The same calibration with the floor that spliced probes stay under."""
    found_at = {
        " ".join(span.shift(-passage.span.start).of(passage.text).split()): row
        for row, passage in zip(rows, passages, strict=True)
        for span in passage.sentences
    }  # what many documents say is one sentence, or it would be spliced with itself
    # by a lot of its own: those whose first draw is low would all be cut short (``phrases``)
    texts = sorted(found_at, key=lambda text: lot(f"splice {text}").random())[:SPLICE_SENTENCES]
    owners = holdings.document_of(np.array([found_at[text] for text in texts], np.int64)).tolist()
    main = passages[0].language if passages else None
    documents = holdings.manifest.counts.documents
    found_phrases = phrases(texts, lambda text: len(content_words(text, main)))
    # in proportion to the corpus: calibrating a few letters shall not outlast reading them
    most = min(SPLICED, max(FEWEST_SPLICED, 2 * documents))
    probes = splice(found_phrases, owners, most=most)
    searcher = Searcher(holdings, found)
    best = []
    for text, one, other in probes:
        scores = searcher.search(text, Scope(), without=frozenset((one, other))).scores
        best.append(float(scores[0]) if len(scores) else 0.0)
    floor, measured = floor_of(np.array(best, np.float32), documents, found.readability)
    return Calibration(
        readability=found.readability,
        read_by=found.read_by,
        vector_weight=found.vector_weight,
        floor=floor,
        floor_measured=measured,
        cloze_probes=found.cloze_probes,
        cloze_words=found.cloze_words,
        cloze_vectors=found.cloze_vectors,
        spliced_probes=len(probes),
    )
