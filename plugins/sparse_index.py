"""A text index by a learned sparse model whose questions are looked up, and not computed.

Such models (Formal et al., "SPLADE", SIGIR 2021; Geng et al., "Towards Competitive Search Relevance
For Inference-Free Learned Sparse Retrievers", 2024) give every passage weights over the pieces of
words that it has, and over those that it might have had.  A question's weights are read from a
table: asking needs NumPy and the tokenizer, and no model.  Names, counts and languages are those of
docproc's own index of words, which is built beside it.

```toml
[pipeline]
text_index = "sparse"

[plugins.sparse]
model = "/models/opensearch-neural-sparse-encoding-doc-v3-distill"   # any of the kind, in a folder
```

A word that the model's vocabulary has only in pieces counts where a passage has all of its pieces.
Passages are computed when indexing (by sentence-transformers); those of the generation before are
carried over where docproc's own index is.  About 1 kB a passage.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from docproc.errors import ConfigError, ModelError, StoreError
from docproc.hooks import Registration, Setting, TextEntry, TextHits, hookimpl
from docproc.plugins.registry import load

if TYPE_CHECKING:
    from numpy.typing import NDArray

DOCPROC_API_VERSION = 1

NAME: Final = "sparse"
_WORDS: Final = "words"
_DESCRIPTION: Final = "sparse.json"
_TOKENIZER: Final = "tokenizer.json"
_QUERY: Final = "question.npy"
_PARTS: Final = ("starts.npy", "rows.npy", "weights.npy")
"""The passages of each piece: where its own begin; whose they are; what it weighs there."""
_AT_ONCE: Final = 256
_MOST_TOKENS: Final = 512


@dataclass(frozen=True)
class Weights:
    """What was computed: the piece ``terms`` weighs ``weights`` in ``rows``, in any order."""

    terms: NDArray[np.int32]
    rows: NDArray[np.int32]
    weights: NDArray[np.float32]


class SparseIndexer:
    """Builds and opens the index.  *words* is the indexer of words that is kept beside it."""

    def __init__(self, model: str, context_weight: float, words: Any, batch: int = 32) -> None:
        if not model:
            raise ConfigError(f"plugins.{NAME}.model: a folder with a sparse model must be given")
        self._model_name = model
        self._context = context_weight
        self._words = words
        self._batch = batch

    def build(self, entries: Iterable[TextEntry], folder: Path) -> dict[str, Any]:
        """Build into the empty *folder*; return facts for the manifest.

        Raises ``ModelError`` where the model is none of the kind.
        """
        texts = list(entries)
        (folder / _WORDS).mkdir()
        facts: dict[str, Any] = self._words.build(iter(texts), folder / _WORDS)
        return facts | self._written([self._computed(texts, 0)], len(texts), folder)

    def extend(
        self,
        before: Path,
        carried: NDArray[np.int64],
        entries: Iterable[TextEntry],
        folder: Path,
    ) -> dict[str, Any] | None:
        """Make the index from that in *before*, computing *entries* alone; ``None`` where not."""
        try:
            opened = self.open(before)
        except StoreError:
            return None
        if opened.model != self.fingerprint or len(carried) != opened.rows:
            return None
        (folder / _WORDS).mkdir()
        taken: list[TextEntry] = []

        def taking() -> Iterator[TextEntry]:
            for entry in entries:
                taken.append(entry)
                yield entry

        facts = self._words.extend(before / _WORDS, carried, taking(), folder / _WORDS)
        if facts is None:
            (folder / _WORDS).rmdir()
            return None
        kept = int((carried >= 0).sum())
        parts = [opened.carried(carried), self._computed(taken, kept)]
        return dict(facts) | self._written(parts, kept + len(taken), folder)

    def open(self, folder: Path) -> SparseIndex:
        """Open read-only.  Raises ``StoreError`` if *folder* does not hold what it should."""
        return SparseIndex(folder, self._words.open(folder / _WORDS))

    @cached_property
    def fingerprint(self) -> str:
        """Of the model's files, and of how they are used."""
        from docproc.stages.embed.models import find_model, fingerprint

        self._folder = find_model(self._model_name)
        return fingerprint(self._folder, context=self._context, method=1)

    @cached_property
    def _model(self) -> Any:
        from docproc.stages.embed.harmless import check_harmless
        from docproc.stages.embed.models import find_model

        folder = find_model(self._model_name)
        check_harmless(self._model_name, folder)
        from sentence_transformers import SparseEncoder

        try:
            return SparseEncoder(str(folder), device="cpu", local_files_only=True).eval()
        except Exception as error:  # the libraries raise whatever they meet
            raise ModelError(f"sparse model {folder} cannot be loaded: {error}") from error

    def _table(self) -> tuple[Any, NDArray[np.float32]]:
        """The tokenizer of questions, and what each piece weighs in one."""
        for module in self._model.modules():
            if type(module).__name__ == "SparseStaticEmbedding":
                weights = module.weight.detach().float().numpy()
                return module.tokenizer.backend_tokenizer, weights
        raise ModelError(
            f"sparse model {self._model_name!r} computes its questions: take one whose questions "
            "are looked up (a Router with SparseStaticEmbedding), such as the opensearch-neural-"
            "sparse-encoding-doc family"
        )

    def _computed(self, entries: Sequence[TextEntry], first: int) -> Weights:
        """The weights of *entries*, rows from *first*: of the text, and less of the context."""
        parts = []
        for number in range(0, len(entries), _AT_ONCE):
            some = entries[number : number + _AT_ONCE]
            rows = np.arange(first + number, first + number + len(some), dtype=np.int32)
            parts.append(_of_matrix(self._encoded([e.body for e in some]), rows, 1.0))
            named = [e.context for e in some]
            if any(named) and self._context:
                parts.append(_of_matrix(self._encoded(named), rows, self._context))
        return _joined(parts)

    def _encoded(self, texts: Sequence[str]) -> Any:
        return self._model.encode_document(
            list(texts),
            batch_size=self._batch,
            show_progress_bar=False,
            convert_to_tensor=True,
            convert_to_sparse_tensor=True,
        ).coalesce()

    def _written(self, parts: Sequence[Weights], rows: int, folder: Path) -> dict[str, Any]:
        """Write the weights of *parts*, by piece; of one that a row has twice the larger."""
        tokenizer, query = self._table()
        all_of = _joined(parts)
        order = np.lexsort((-all_of.weights, all_of.rows, all_of.terms))
        terms, owners = all_of.terms[order], all_of.rows[order]
        first = np.ones(len(terms), np.bool_)
        first[1:] = (terms[1:] != terms[:-1]) | (owners[1:] != owners[:-1])
        terms, owners = terms[first], owners[first]
        starts = np.searchsorted(terms, np.arange(len(query) + 1)).astype(np.int64)
        values: tuple[NDArray[Any], ...] = (starts, owners, all_of.weights[order][first])
        for name, value in zip(_PARTS, values, strict=True):
            np.save(folder / name, value)
        np.save(folder / _QUERY, query.astype(np.float32))
        tokenizer.save(str(folder / _TOKENIZER))
        about = {"rows": rows, "model": self.fingerprint, "weights": len(owners)}
        (folder / _DESCRIPTION).write_text(json.dumps(about), "utf-8")
        return {"sparse model": self._model_name, "weights": len(owners)}


class SparseIndex:
    """The opened index; *words* is that of the words."""

    def __init__(self, folder: Path, words: Any) -> None:
        from tokenizers import Tokenizer

        try:
            about = json.loads((folder / _DESCRIPTION).read_text("utf-8"))
            self.rows: int = int(about["rows"])
            self.model: str = str(about["model"])
            self._starts, self._owners, self._weights = (
                np.load(folder / name, mmap_mode="r") for name in _PARTS
            )
            self._query = np.load(folder / _QUERY)
            self._tokenizer = Tokenizer.from_file(str(folder / _TOKENIZER))
        except Exception as error:  # NumPy's, the tokenizer's and JSON's own kinds
            raise StoreError(f"{folder}: no sparse index: {error}") from None
        lengths = {len(self._owners), len(self._weights), int(about["weights"])}
        whole = len(self._starts) == len(self._query) + 1 and int(self._starts[-1]) in lengths
        if len(lengths) != 1 or not whole or words.rows != self.rows:
            raise StoreError(f"{folder}: a sparse index whose files do not belong together")
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(_MOST_TOKENS)
        self._words = words
        self.languages: Sequence[str | None] = words.languages

    def document_frequency(self, term: str) -> int:
        """How many texts have *term*, by the index of words."""
        count: int = self._words.document_frequency(term)
        return count

    def search(self, question: str, k: int, allowed: NDArray[np.int64] | None) -> TextHits:
        """The *k* best rows for the pieces of *question*, among the sorted rows *allowed*."""
        scores = np.zeros(self.rows, np.float32)
        for pieces in self._pieces(question):
            scores += self._of_word(pieces)
        if allowed is not None:
            others = np.ones(self.rows, np.bool_)
            others[allowed] = False
            scores[others] = 0
        found = np.flatnonzero(scores > 0)
        best = found[np.lexsort((found, -scores[found]))][: max(k, 0)]
        return TextHits(scores[best], best.astype(np.int64))

    def carried(self, places: NDArray[np.int64]) -> Weights:
        """The weights of the rows that stay, under their new numbers, *places*."""
        terms = np.repeat(np.arange(len(self._query), dtype=np.int32), np.diff(self._starts))
        rows = places[np.asarray(self._owners)]
        stays = rows >= 0
        weights = np.asarray(self._weights)[stays]
        return Weights(terms[stays], rows[stays].astype(np.int32), weights)

    def _pieces(self, question: str) -> list[list[int]]:
        """The pieces of each different word of *question*."""
        encoding = self._tokenizer.encode(question.encode("utf-8", "replace").decode("utf-8"))
        words: dict[int, list[int]] = {}
        for piece, word in zip(encoding.ids, encoding.word_ids, strict=True):
            if word is not None and piece < len(self._query):
                words.setdefault(word, []).append(piece)
        return [list(pieces) for pieces in dict.fromkeys(map(tuple, words.values()))]

    def _of_word(self, pieces: Sequence[int]) -> NDArray[np.float32]:
        """What the word adds to each row: of one in pieces, where all of them are, the mean."""
        total = np.zeros(self.rows, np.float32)
        count = np.zeros(self.rows, np.int32)
        for piece in pieces:
            here = slice(int(self._starts[piece]), int(self._starts[piece + 1]))
            owners = self._owners[here]
            total[owners] += self._query[piece] * self._weights[here]
            count[owners] += 1
        total[count < len(pieces)] = 0
        scores: NDArray[np.float32] = total / np.float32(max(len(pieces), 1))
        return scores


def _of_matrix(matrix: Any, rows: NDArray[np.int32], share: float) -> Weights:
    """The weights in the sparse tensor *matrix*, whose rows are *rows*, each times *share*."""
    indices, values = matrix.indices().numpy(), matrix.values().float().numpy()
    kept = values > 0
    return Weights(
        indices[1][kept].astype(np.int32),
        rows[indices[0][kept]],
        (values[kept] * share).astype(np.float32),
    )


def _joined(parts: Sequence[Weights]) -> Weights:
    if not parts:
        return Weights(np.empty(0, np.int32), np.empty(0, np.int32), np.empty(0, np.float32))
    return Weights(
        np.concatenate([part.terms for part in parts]),
        np.concatenate([part.rows for part in parts]),
        np.concatenate([part.weights for part in parts]),
    )


def make(settings: Mapping[str, Any]) -> SparseIndexer:
    """The factory; the settings are those of the registration."""
    words = load(("docproc.stages",)).offer("text index", "tantivy").registration
    indexer = words.make(words.defaults())
    return SparseIndexer(settings["model"], settings["context_weight"], indexer)


@hookimpl
def docproc_text_indexes() -> list[Registration]:
    """Register the index."""
    return [
        Registration(
            NAME,
            make,
            summary="A learned sparse model whose questions are looked up.",
            settings=(
                Setting("model", "", "A folder with the model."),
                Setting("context_weight", 0.3, "What title, names and dates count against text."),
            ),
        )
    ]
