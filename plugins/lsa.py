"""An embedder that learns from the documents themselves: latent semantic analysis.

```toml
[pipeline]
embedder = "lsa"
```

No model is needed, of whatever language the documents are: words that stand in the same passages
come to lie near each other.  What is learned is the weight of each word and its place in a space
of ``dimension`` numbers (TF-IDF and a truncated singular value decomposition: Deerwester and
others, Indexing by Latent Semantic Analysis, 1990), from the texts that are indexed and from
nothing else.  docproc keeps it in the generation; where the texts change, it is learned again and
all of them are embedded again.  For languages that a model knows, a model is better.
"""

from __future__ import annotations

import json
import re
import struct
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

from docproc.errors import StoreError
from docproc.hooks import Registration, Setting, hookimpl

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from docproc.hooks import Vectors

DOCPROC_API_VERSION = 1

NAME: Final = "lsa"
_METHOD: Final = 1
"""Changes whenever the vectors of the same texts would."""
_FILE: Final = "learned.lsa"
_MAGIC: Final = b"docproc-lsa-1\n"
_WORD: Final = re.compile(r"[^\W_]{2,}")
_PIECE: Final = 5
"""Letters at the head of a word by which its forms are one."""
_MOST_WORDS: Final = 30_000
_MOST_TEXTS: Final = 20_000
"""Texts that are learned from; of more, evenly many from all of them."""
_ROUNDS: Final = 5
_AT_ONCE: Final = 200_000
_UNKNOWN: Final = 0.05
"""What a word counts that was not learned."""


class Lsa:
    """Embeds by words: as it *learned* them, or, before that, each in a direction of its own."""

    def __init__(self, dimension: int, learned: bytes = b"") -> None:
        self.dimension = dimension
        self._learned = learned

    @property
    def fingerprint(self) -> str:
        """The method and its size; docproc adds what was learned."""
        return f"lsa-{_METHOD}-{self.dimension}"

    def fit(self, texts: Sequence[str]) -> bytes:
        """The words of *texts*, their weights and places, as bytes; the same for the same texts."""
        some = sorted(set(texts))
        step = -(-len(some) // _MOST_TEXTS) or 1
        return _learn([_words(text) for text in some[::step]], self.dimension)

    def with_learned(self, learned: bytes) -> Self:
        """The same embedder, which knows what was *learned*."""
        return type(self)(self.dimension, learned)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return float32 ``(len(texts), dimension)``, unit norm; a row depends on its text only."""
        import numpy as np

        rows = np.zeros((len(texts), self.dimension), np.float32)
        for row, text in zip(rows, texts, strict=True):
            row[:] = self._table.place(_words(text))
        return rows

    def encode_query(self, text: str) -> Vectors:
        """Return float32 ``(dimension,)``, unit norm."""
        row: Vectors = self.encode_passages([text])[0]
        return row

    def export_query_encoder(self, folder: Path) -> str:
        """Write what was learned; questions need nothing else."""
        (folder / _FILE).write_bytes(self._learned or _pack([], [], self.dimension, b""))
        return NAME

    @cached_property
    def _table(self) -> _Table:
        return _Table(self._learned or _pack([], [], self.dimension, b""))


class LsaOpener:
    """Opens what ``export_query_encoder`` wrote."""

    def open(self, folder: Path) -> Lsa:
        """Open *folder*.  Raises ``StoreError`` if it does not hold what it should."""
        try:
            learned = (folder / _FILE).read_bytes()
            opened = Lsa(_Table(learned).dimension, learned)
        except (OSError, ValueError, KeyError, TypeError, struct.error) as error:
            raise StoreError(f"{folder / _FILE}: no vectors of words: {error!r}") from None
        return opened


class _Table:
    """What was learned, opened: each word's weight and place."""

    def __init__(self, learned: bytes) -> None:
        import numpy as np

        if not learned.startswith(_MAGIC):
            raise ValueError("it does not begin as it should")
        (size,) = struct.unpack_from("<I", learned, len(_MAGIC))
        start = len(_MAGIC) + 4
        about = json.loads(learned[start : start + size])
        self.dimension = int(about["dimension"])
        words: list[str] = about["words"]
        self._rows = {word: number for number, word in enumerate(words)}
        places = np.frombuffer(learned, np.float32, offset=start + size)
        self._places = places.reshape(len(words), self.dimension)
        self._weights = np.asarray(about["weights"], np.float64)

    def place(self, words: Counter[str]) -> NDArray[np.float32]:
        """Where a text of *words* lies."""
        import numpy as np

        total = np.zeros(self.dimension, np.float64)
        for word in sorted(words):
            row = self._rows.get(word)
            often = 1.0 + np.log(words[word])
            if row is not None:
                total += often * self._weights[row] * self._places[row]
            else:  # in a direction of its own, which says no more than that the word is there
                at = zlib.crc32(word.encode("utf-8", "replace")) % self.dimension
                total[at] += often * (_UNKNOWN if self._rows else 1.0)
        norm = float(np.linalg.norm(total))
        if norm < 1e-12:  # no word that is known has a direction too
            total[0] = norm = 1.0
        unit: NDArray[np.float32] = (total / norm).astype(np.float32)
        return unit


def _words(text: str) -> Counter[str]:
    return Counter(word[:_PIECE] for word in _WORD.findall(text.casefold()))


def _learn(texts: list[Counter[str]], dimension: int) -> bytes:
    import numpy as np

    spread: Counter[str] = Counter()
    for counted in texts:
        spread.update(counted.keys())
    known = sorted(
        (word for word, count in spread.items() if count < 0.5 * len(texts) + 2),
        key=lambda word: (-spread[word], word),
    )[:_MOST_WORDS]
    rows = {word: number for number, word in enumerate(known)}
    weights = np.log((1 + len(texts)) / (1 + np.asarray([spread[word] for word in known])))
    ids, often, owners = [], [], []
    for number, counted in enumerate(texts):
        for word in sorted(counted):
            if word in rows:
                ids.append(rows[word])
                often.append(counted[word])
                owners.append(number)
    if not known or not ids:
        return _pack([], [], dimension, b"")
    columns, texts_of = np.asarray(ids), np.asarray(owners)
    values = (1 + np.log(np.asarray(often, np.float64))) * weights[columns]
    norms = np.sqrt(np.bincount(texts_of, values**2, len(texts)))
    values /= np.maximum(norms[texts_of], 1e-12)
    places = _span(columns, texts_of, values, (len(texts), len(known)), dimension)
    return _pack(known, np.round(weights, 6).tolist(), dimension, places.tobytes())


def _span(
    columns: NDArray[np.int64],
    rows: NDArray[np.int64],
    values: NDArray[np.float64],
    shape: tuple[int, int],
    dimension: int,
) -> NDArray[np.float32]:
    """The place of each column: along the main axes of the sparse matrix, by subspace iteration."""
    import numpy as np

    width = min(dimension + 8, *shape)
    basis = np.random.default_rng(0).standard_normal((shape[1], width))
    basis, _ = np.linalg.qr(basis)
    for _ in range(_ROUNDS):
        seen = _times(rows, columns, values, basis, shape[0])
        basis, _ = np.linalg.qr(_times(columns, rows, values, seen, shape[1]))
    seen = _times(rows, columns, values, basis, shape[0])
    _, sizes, turned = np.linalg.svd(seen, full_matrices=False)
    axes = basis @ turned.T
    axes *= np.sign(axes[np.abs(axes).argmax(axis=0), np.arange(axes.shape[1])])  # not by chance
    axes *= np.sqrt(sizes / max(float(sizes[0]), 1e-12))  # what few passages share counts less
    made = np.zeros((shape[1], dimension), np.float32)
    kept = min(dimension, axes.shape[1])
    made[:, :kept] = np.round(axes[:, :kept], 5)
    return made


def _times(
    into: NDArray[np.int64],
    of: NDArray[np.int64],
    values: NDArray[np.float64],
    dense: NDArray[np.float64],
    count: int,
) -> NDArray[np.float64]:
    """The sparse matrix with *values* at (*into*, *of*), times *dense*."""
    import numpy as np

    made = np.zeros((count, dense.shape[1]))
    order = np.argsort(into, kind="stable")
    step = max(1, _AT_ONCE * 16 // dense.shape[1])
    for start in range(0, len(order), step):
        here = order[start : start + step]
        targets = into[here]
        products = values[here, np.newaxis] * dense[of[here]]
        firsts = np.flatnonzero(np.r_[True, targets[1:] != targets[:-1]])
        made[targets[firsts]] += np.add.reduceat(products, firsts, axis=0)
    return made


def _pack(words: list[str], weights: list[float], dimension: int, places: bytes) -> bytes:
    about = {"dimension": dimension, "words": words, "weights": weights}
    head = json.dumps(about, ensure_ascii=True).encode()
    head += b" " * (-(len(_MAGIC) + 4 + len(head)) % 4)  # so that the numbers stand even
    return _MAGIC + struct.pack("<I", len(head)) + head + places


def make(settings: Mapping[str, Any]) -> Lsa:
    """The factory; the settings are those of the registration."""
    return Lsa(settings["dimension"])


@hookimpl
def docproc_embedders() -> list[Registration]:
    """The embedder: ``[pipeline] embedder = "lsa"``."""
    return [
        Registration(
            NAME,
            make,
            summary="Learns from the documents which words belong together; needs no model.",
            settings=(Setting("dimension", 128, "How many numbers a vector has."),),
        )
    ]


@hookimpl
def docproc_query_encoders() -> list[Registration]:
    """What opens what a generation carries."""
    return [Registration(NAME, lambda _: LsaOpener(), summary="Encodes questions as LSA learned.")]
