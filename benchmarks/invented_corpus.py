"""An invented corpus of any size: letters of recombined sentences, with vectors to match.

A pool of some two thousand sentences, those of the letter in ``seeds/`` among them, is
embedded once by the model itself.  Every sentence of the corpus is one of the pool with part
of its words replaced, and its vector is that one's, moved a little and of unit norm again; a
passage's vector is the mean of its sentences', moved a little.  So texts and vectors agree as
they do in a corpus that was embedded, and a million passages need no hours of embedding.

Words are the whole words of the model's own vocabulary, which is ordered by frequency, drawn
by Zipf's law; names, years and numbers stand among them.  All draws are seeded.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from docproc.hooks.protocols import QueryEncoder
from docproc.text.language.sentences import sentences

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]

POOL = 2000
OF_A_DOCUMENT = 10
"""Passages of a document."""
OF_A_PASSAGE = 2
"""Sentences of a passage."""
REPLACED = 0.4
"""Share of a sentence's words that differ from the pool's."""
MOVED, MOVED_PASSAGE = 0.6, 0.3
"""Length of the random step away from a vector of unit norm: to a cosine of .86, and of .96."""
BATCH = 500
"""Documents made at once."""
NAMES = 20_000
SEED = 1921
# fmt: off
_SYLLABLES = [
    "ba", "cho", "dze", "fe", "gri", "kha", "ko", "lu", "ma", "mir", "ni", "ol", "pe", "rak",
    "sha", "sta", "te", "tro", "u", "va", "vo", "ya", "ze", "zhu", "an", "ber", "dor",
]
# fmt: on
_ENDINGS = ["ov", "sky", "in", "enko", "ich", "adze", "yan", "ev", "uk", "man"]
_SHARES = {"words": 0.86, "names": 0.07, "numbers": 0.04, "years": 0.03}


@dataclass(frozen=True, slots=True)
class Invented:
    """The texts of one batch of documents and the vectors of their passages and sentences.

    ``documents``: of each document its passages, of each passage its sentences.  ``passages``
    float32 ``(p, d)``, ``sentences`` float32 ``(p * OF_A_PASSAGE, d)``, in the same order.
    """

    documents: list[list[list[str]]]
    passages: Floats
    sentences: Floats


class Corpus:
    """Makes batches of documents from the pool; the same numbers give the same documents."""

    def __init__(self, words: list[str], seed_text: str, encoder: QueryEncoder) -> None:
        """*words* by falling frequency; *encoder* embeds the pool, one sentence at a time."""
        random = np.random.default_rng(SEED)
        self._words = np.array([*words, *_names(random), *_numerals()], dtype=object)
        self._common = len(words)
        spoken = [span.of(seed_text).split() for span in sentences(seed_text)]
        own = [words for words in spoken if 4 <= len(words) <= 60]
        size = max(map(len, own)) + 1
        self._pool = np.full((POOL, size), -1, np.int64)
        lengths = random.integers(14, min(42, size), POOL)
        for row, length in enumerate(lengths):
            self._pool[row, :length] = self._draw(random, length)
        known = {word: number for number, word in enumerate(self._words)}
        extra: list[str] = []
        for row, line in enumerate(own):
            self._pool[row] = -1
            for at, word in enumerate(line):
                if word not in known:
                    known[word] = len(known)
                    extra.append(word)
                self._pool[row, at] = known[word]
        self._words = np.concatenate([self._words, np.array(extra, dtype=object)])
        self.vectors = np.stack([encoder.encode_query(self._text(line)) for line in self._pool])

    def batch(self, number: int, documents: int) -> Invented:
        """The first *documents* documents of the batch of that *number*."""
        random = np.random.default_rng((SEED, number))
        count = BATCH * OF_A_DOCUMENT * OF_A_PASSAGE
        chosen = random.integers(0, POOL, count)
        lines = self._pool[chosen]
        changed = (random.random(lines.shape) < REPLACED) & (lines >= 0)
        lines[changed] = self._draw(random, int(changed.sum()))
        near = _unit(self.vectors[chosen] + _step(random, count, self.dimension, MOVED))
        pairs = near.reshape(-1, OF_A_PASSAGE, self.dimension).sum(axis=1)
        whole = _unit(_unit(pairs) + _step(random, len(pairs), self.dimension, MOVED_PASSAGE))
        texts = iter([self._text(line) for line in lines])
        made = [
            [[next(texts) for _ in range(OF_A_PASSAGE)] for _ in range(OF_A_DOCUMENT)]
            for _ in range(BATCH)
        ]
        kept = documents * OF_A_DOCUMENT
        return Invented(made[:documents], whole[:kept], near[: kept * OF_A_PASSAGE])

    def batches(self, documents: int) -> Iterator[Invented]:
        """The first *documents* documents, batch by batch."""
        for number, start in enumerate(range(0, documents, BATCH)):
            yield self.batch(number, min(BATCH, documents - start))

    @property
    def dimension(self) -> int:
        return int(self.vectors.shape[1])

    def _draw(self, random: np.random.Generator, count: int) -> Numbers:
        """Words by Zipf's law, and what stands among them."""
        sizes = (self._common, NAMES, 9999, 60)
        firsts = np.cumsum((0, *sizes[:-1]))
        kind = random.choice(len(sizes), count, p=list(_SHARES.values()))
        ranks = np.exp(random.random(count) * np.log(np.array(sizes)[kind])).astype(np.int64) - 1
        even = (random.random(count) * 60).astype(np.int64)  # years are drawn evenly
        found: Numbers = firsts[kind] + np.where(kind == 3, even, ranks)
        return found

    def _text(self, line: Numbers) -> str:
        text = " ".join(self._words[line[line >= 0]])
        return f"{text[0].upper()}{text[1:].rstrip('.!?;:,')}."


def vocabulary(tokenizer: Path) -> list[str]:
    """The whole words of a WordPiece ``tokenizer.json``, in its order: the commonest first."""
    known = json.loads(tokenizer.read_text("utf-8"))["model"]["vocab"]
    words = sorted(known, key=known.__getitem__)
    return [word for word in words if len(word) > 1 and word.isascii() and word.isalpha()]


def _names(random: np.random.Generator) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < NAMES:
        parts = random.choice(_SYLLABLES, random.integers(1, 4))
        found["".join([*parts, random.choice(_ENDINGS)]).capitalize()] = None
    return list(found)


def _numerals() -> list[str]:
    return [*map(str, range(1, 10_000)), *map(str, range(1880, 1940))]


def _step(random: np.random.Generator, count: int, dimension: int, length: float) -> Floats:
    step = random.standard_normal((count, dimension), np.float32)
    moved: Floats = step * np.float32(length / np.sqrt(dimension))
    return moved


def _unit(vectors: Floats) -> Floats:
    found: Floats = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return found
