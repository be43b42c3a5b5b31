"""An embedder without a network: one vector a word-piece, distilled from the default model.

A text is the mean of the vectors of its pieces, so that thousands of texts are embedded while the
model embeds a few dozen; what it costs is that the order of words, and what they mean to one
another, is lost.  ``docs/static-vectors.md`` has the figures.

The vectors are made when they are first needed, on this machine, from the model that it has:
each piece of the model's vocabulary is read by the model alone, and beside what comes of it
stands what the model first looks up for it; both are brought down to *dimension* numbers by
principal components; a frequent piece counts less (Arora, Liang and Ma, A Simple but
Tough-to-Beat Baseline for Sentence Embeddings, ICLR 2017, with ranks for frequencies as Model2Vec
takes them).  It takes half a minute, once; they are kept in the user's cache.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docproc.errors import ModelError, StoreError
from docproc.hooks import Registration, Setting, hookimpl
from docproc.plugins.registry import load

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

    from docproc.hooks import Vectors

DOCPROC_API_VERSION = 1

NAME = "static-vectors"
_METHOD = 1
"""Changes whenever the vectors made of one model would."""
_TABLE, _TOKENIZER, _DESCRIPTION = "vectors.npy", "tokenizer.json", "static.json"
_RARE = 1e-4  # Arora et al. take 1e-3 to 1e-4; 1e-4 was better on all that was measured
_AT_ONCE = 512


class StaticEmbedder:
    """Embeds by a table of vectors, one a piece of a word."""

    def __init__(self, model: str, dimension: int) -> None:
        self._model = model
        self.dimension = dimension

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 over the model's own fingerprint and how the table is made of it."""
        made = json.dumps([_METHOD, self._teacher.fingerprint, self.dimension])
        return f"static-{hashlib.sha256(made.encode()).hexdigest()[:32]}"

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return float32 ``(len(texts), dimension)``, unit norm."""
        return _opened(self._folder).encode(texts)

    def encode_query(self, text: str) -> Vectors:
        """Return float32 ``(dimension,)``, unit norm."""
        row: Vectors = self.encode_passages([text])[0]
        return row

    def export_query_encoder(self, folder: Path) -> str:
        """Copy the table and the tokenizer; questions need nothing else."""
        for name in (_TABLE, _TOKENIZER, _DESCRIPTION):
            shutil.copyfile(self._folder / name, folder / name)
        return NAME

    @cached_property
    def _teacher(self) -> Any:
        """Docproc's own embedder over the model."""
        offered = load(("docproc.stages",))
        registration = offered.offer("embed", "sentence-transformers").registration
        return registration.make({**registration.defaults(), "model": self._model})

    @cached_property
    def _folder(self) -> Path:
        """Where the table is kept; it is made if it is not there yet."""
        folder = _cache_of_user() / self.fingerprint
        if not (folder / _DESCRIPTION).is_file():
            folder.parent.mkdir(parents=True, exist_ok=True)
            making = Path(tempfile.mkdtemp(prefix=".making-", dir=folder.parent))
            try:
                distill(self._teacher.folder, self.dimension, making)
                making.rename(folder)
            except OSError:
                if not (folder / _DESCRIPTION).is_file():  # or another process was quicker
                    raise
            finally:
                shutil.rmtree(making, ignore_errors=True)
        return folder


def distill(model: Path, dimension: int, folder: Path) -> None:
    """Write the table of *model*, with its tokenizer, into the existing *folder*.

    Raises ``ModelError`` where the model has no tokenizer of the tokenizers library, or too few
    numbers for *dimension*.
    """
    import numpy as np
    from tokenizers import Tokenizer

    if not (model / _TOKENIZER).is_file():
        raise ModelError(f"{model} has no {_TOKENIZER}: no static vectors can be made of it")
    tokenizer = Tokenizer.from_file(str(model / _TOKENIZER))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    alone, looked_up = _read_alone(model, tokenizer)
    both = np.hstack([_centred(alone), _centred(looked_up)])
    if not 0 < dimension <= both.shape[1]:
        raise ModelError(f"[plugins.{NAME}] dimension: at most {both.shape[1]} of this model")
    _, axes = np.linalg.eigh(both.T.astype(np.float64) @ both)
    axes = axes[:, ::-1][:, :dimension]
    axes *= np.sign(axes[np.abs(axes).argmax(axis=0), np.arange(dimension)])  # or it is by chance
    share = 1.0 / np.arange(2, len(both) + 2)
    weights = _RARE / (_RARE + share / share.sum())
    np.save(folder / _TABLE, ((both @ axes) * weights[:, np.newaxis]).astype(np.float32))
    tokenizer.save(str(folder / _TOKENIZER))
    (folder / _DESCRIPTION).write_text(json.dumps({"dimension": dimension}), "utf-8")


def _read_alone(model: Path, tokenizer: Tokenizer) -> tuple[NDArray[np.float32], Any]:
    """What the model makes of each piece alone, ``(n, d)``; and what it looks up for it."""
    import numpy as np
    import torch
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()
    network: Any = SentenceTransformer(str(model), device="cpu", local_files_only=True).eval()
    around = tokenizer.encode("").ids  # what the tokenizer puts before and after a text
    before, after = around[: len(around) // 2], around[len(around) // 2 :]
    made = []
    with torch.inference_mode():
        for start in range(0, tokenizer.get_vocab_size(), _AT_ONCE):
            pieces = range(start, min(start + _AT_ONCE, tokenizer.get_vocab_size()))
            ids = torch.tensor([[*before, piece, *after] for piece in pieces])
            given = {"input_ids": ids, "attention_mask": torch.ones_like(ids)}
            made.append(network[0](given)["token_embeddings"].mean(dim=1).numpy())
        table = network[0].auto_model.get_input_embeddings().weight.detach().numpy()
    alone = np.concatenate(made)
    return alone, table[: len(alone)]


def _centred(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """*vectors* about their mean, at a mean square of one."""
    import numpy as np

    moved = vectors - vectors.mean(axis=0)
    scaled: NDArray[np.float32] = (moved / np.sqrt((moved**2).mean())).astype(np.float32)
    return scaled


class StaticTable:
    """An opened table: texts to vectors, with NumPy and the tokenizers library alone."""

    def __init__(self, folder: Path) -> None:
        import numpy as np
        from tokenizers import Tokenizer

        self.dimension = int(json.loads((folder / _DESCRIPTION).read_text("utf-8"))["dimension"])
        self._vectors = np.load(folder / _TABLE, mmap_mode="r")
        if self._vectors.ndim != 2 or self._vectors.shape[1] != self.dimension:
            raise ValueError(f"{_TABLE} is {self._vectors.shape}, not of {self.dimension} numbers")
        self._tokenizer = Tokenizer.from_file(str(folder / _TOKENIZER))

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return float32 ``(len(texts), dimension)``, unit norm; a row depends on its text only."""
        import numpy as np

        rows = np.zeros((len(texts), self.dimension), np.float32)
        read = self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        for row, text in enumerate(read):
            if text.ids:
                rows[row] = self._vectors[text.ids].sum(axis=0)
        norms = np.linalg.norm(rows, axis=1)
        rows[norms == 0, 0] = 1.0  # a text without a word has a direction too
        norms[norms == 0] = 1.0
        unit: Vectors = rows / norms[:, np.newaxis]
        return unit

    def encode_query(self, text: str) -> Vectors:
        """Return float32 ``(dimension,)``, unit norm."""
        row: Vectors = self.encode([text])[0]
        return row


class StaticOpener:
    """Opens what ``export_query_encoder`` wrote."""

    def open(self, folder: Path) -> StaticTable:
        """Open *folder*.  Raises ``StoreError`` if it does not hold what it should."""
        try:
            return StaticTable(folder)
        except Exception as error:  # the tokenizers library raises a bare Exception
            raise StoreError(f"{folder}: no static vectors: {error!r}") from None


@cache
def _opened(folder: Path) -> StaticTable:
    return StaticTable(folder)


def _cache_of_user() -> Path:
    """Where a user's programs keep what they can make again."""
    home = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return (Path(home) if home else Path.home() / ".cache") / "docproc" / NAME


@hookimpl
def docproc_embedders() -> list[Registration]:
    """The embedder: ``[pipeline] embedder = "static-vectors"``."""
    return [
        Registration(
            NAME,
            lambda given: StaticEmbedder(given["model"], given["dimension"]),
            summary="Vectors of word-pieces, distilled from a model; fast, and less exact.",
            settings=(
                Setting("model", "all-MiniLM-L6-v2", "What to distil; named as elsewhere."),
                Setting("dimension", 256, "How many numbers a vector has."),
            ),
        )
    ]


@hookimpl
def docproc_query_encoders() -> list[Registration]:
    """What opens the table that a generation carries."""
    return [Registration(NAME, _opener, summary="Opens the static vectors of a generation.")]


def _opener(_: Mapping[str, Any]) -> StaticOpener:
    return StaticOpener()
