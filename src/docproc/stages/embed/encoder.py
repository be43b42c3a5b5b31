"""The query encoder that a generation carries: its files, and how a question becomes a vector.

``encoder.json`` describes the folder, ``model.onnx`` is the graph, its weights lie in
``model.data``, which is memory-mapped, and ``tokenizer.json`` belongs to the tokenizers
library.  Importing this costs ONNX Runtime, tokenizers and NumPy, and no model library.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any
from weakref import WeakValueDictionary

import numpy as np
import onnxruntime
from tokenizers import Encoding, Tokenizer

from docproc.errors import ModelError, StoreError
from docproc.hooks.protocols import TokenVectors, Vectors
from docproc.workspace.processors import threads_of_environment, usable_processors

DESCRIPTION = "encoder.json"
GRAPH = "model.onnx"
WEIGHTS = "model.data"
TOKENIZER = "tokenizer.json"
FORMAT = 1
LASTING = 12
"""The text that tells a conversation from a command, whose one question takes fewer."""
KEPT = 3
"""Of so many texts what was read is kept: a question is encoded with and without its subject;
and so many tokenizers."""
_MOST_THREADS = 2  # measured with no more
VECTOR, TOKENS = "embedding", "token_embeddings"


class OnnxQueryEncoder:
    """Encodes one question at a time.

    *description* is the content of ``encoder.json``: ``dimension``, ``max_tokens``,
    ``prompt`` (put before every question) and ``inputs`` (the graph's, in order).
    """

    def __init__(self, folder: Path, description: dict[str, Any]) -> None:
        self.dimension = int(description["dimension"])
        self._prompt = str(description["prompt"])
        self._inputs = list(description["inputs"])
        self._tokenizer = tokenizer(folder, int(description["max_tokens"]))
        self._graph = folder / GRAPH
        open_already = _find_lasting(self._graph)
        self._session = open_already or session(str(self._graph), session_options())
        self._asked = LASTING if open_already else 0
        self._read: dict[str, Callable[[], TokenVectors]] = {}
        """The tokens of what was encoded last, which is often read next; the newest comes last."""

    def encode_query(self, text: str) -> Vectors:
        """Return float32 ``(dimension,)``, unit norm."""
        self._asked += 1
        if self._asked == LASTING:
            with contextlib.suppress(Exception):  # pruned meanwhile: what is open stays open
                self._session = lasting_session(self._graph, _threads_of_a_question())
        vector, tokens = self._run(text)
        kept = [each for each in self._read.items() if each[0] != text][1 - KEPT :]
        self._read = dict([*kept, (text, tokens)])
        return vector

    def read_tokens(self, text: str) -> TokenVectors:
        """The vectors of the tokens of *text*, unit norm, and where each stands in it."""
        known = self._read.get(text)
        return (known or self._run(text)[1])()

    def count_tokens(self, text: str) -> int:
        """How many tokens the model sees in *text*, without [CLS], [SEP] and their like."""
        return len(self._tokenizer.encode(text, add_special_tokens=False).ids)

    def _run(self, text: str) -> tuple[Vectors, Callable[[], TokenVectors]]:
        """The vector of *text*, and what gives those of its tokens."""
        encoding = self._tokenizer.encode(self._prompt + text)
        vector, found = self._session.run([VECTOR, TOKENS], self._feed(encoding))
        return unit(vector[0][: self.dimension]), cache(
            partial(self._tokens_of, encoding, found[0])
        )

    def _tokens_of(self, encoding: Encoding, found: Vectors) -> TokenVectors:
        before = len(self._prompt)
        own = [
            n
            for n, (start, end) in enumerate(encoding.offsets)
            if before <= start < end and not encoding.special_tokens_mask[n]
        ]
        spans = [(encoding.offsets[n][0] - before, encoding.offsets[n][1] - before) for n in own]
        vectors = found[own].astype(np.float32)
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
        return vectors, spans

    def _feed(self, encoding: Encoding) -> dict[str, Any]:
        given = {
            "input_ids": encoding.ids,
            "attention_mask": encoding.attention_mask,
            "token_type_ids": encoding.type_ids,
        }
        return {n: np.array([given[n]], dtype=np.int64) for n in self._inputs}


def tokenizer(folder: Path, max_tokens: int) -> Tokenizer:
    """The tokenizer in *folder*, which cuts a text to *max_tokens* and fills none up.

    To read one takes 15 ms, and an index that is made and then asked needs the same one thrice:
    of the last few files each is read once.  Nobody changes what is returned.
    """
    path = folder / TOKENIZER
    name = (*(_name_of(path) or ()), max_tokens)
    found = _TOKENIZERS.get(name)
    if found is None:
        found = Tokenizer.from_file(str(path))
        found.no_padding()
        found.enable_truncation(max_tokens)
        while len(_TOKENIZERS) >= KEPT:
            _TOKENIZERS.pop(next(iter(_TOKENIZERS)), None)
        _TOKENIZERS[name] = found
    return found


_TOKENIZERS: dict[tuple[int, ...], Tokenizer] = {}


def session(
    graph: str | bytes, options: onnxruntime.SessionOptions | None = None
) -> onnxruntime.InferenceSession:
    """Open *graph*, a path or a graph's own bytes; without *options*, to be run many times."""
    given = options or session_options(lasting=1)
    return onnxruntime.InferenceSession(graph, given, providers=["CPUExecutionProvider"])


def lasting_session(graph: Path, threads: int = 1) -> onnxruntime.InferenceSession:
    """*graph*, opened to be run many times; the same one while anybody in this process has it.

    A run that indexes embeds with it, calibrates with it and answers with it: opened once.
    """
    files = _files_of(graph)
    found = _LASTING.get((files, threads)) if files else None
    if found is None:
        found = session(str(graph), session_options(lasting=threads))
        if files:
            _LASTING[files, threads] = found
    return found


_Files = tuple[int, ...]
_LASTING: WeakValueDictionary[tuple[_Files, int], onnxruntime.InferenceSession] = (
    WeakValueDictionary()
)


def _find_lasting(graph: Path) -> onnxruntime.InferenceSession | None:
    files = _files_of(graph) or ()
    return _LASTING.get((files, _threads_of_a_question())) or _LASTING.get((files, 1))


def _threads_of_a_question() -> int:
    return min(_MOST_THREADS, threads_of_environment() or usable_processors())


def _files_of(graph: Path) -> _Files | None:
    return _name_of(graph, graph.with_name(WEIGHTS))


def _name_of(*files: Path) -> _Files | None:
    """What tells the files from all others, whatever they are called; ``None`` if one is gone."""
    try:
        facts = [file.stat() for file in files]
    except OSError:
        return None
    return tuple(n for f in facts for n in (f.st_dev, f.st_ino, f.st_size, f.st_mtime_ns))


def session_options(*, lasting: int = 0) -> onnxruntime.SessionOptions:
    """How the graph is opened: at once; or *lasting*, to answer one question after another.

    The graph was optimised when it was exported, and its weights are used where they are mapped.
    Measured on all-MiniLM-L6-v2, two cores: opening 10 ms and the first question 11 ms, against
    245 ms and 4 ms for the plain graph.

    Where many questions follow, the weights are repacked for the matrix kernels: that takes
    some 40 ms and as many megabytes, once, and halves what a question costs.  *lasting* is how
    many threads share a question; they give the same bits.  Reading the weights is half of the
    time, so two take half as long; one that finds no core free is not waited for, and costs
    nothing: beside much other work, 100 searches in turn took 56 ms instead of 87 in the lower
    quartile, 120 instead of 134 in the median, 43.9 ms of the processors instead of 42.3.
    """
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    options.add_session_config_entry("session.disable_prepacking", "0" if lasting else "1")
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.intra_op_num_threads = max(1, lasting)
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return options


def open_encoder(folder: Path) -> OnnxQueryEncoder:
    """Open *folder*; raises ``StoreError`` if it does not hold what its description says."""
    where = folder / DESCRIPTION
    with raise_store_errors(folder, "query encoder"):
        description = json.loads(where.read_text("utf-8"))
        if description["format"] != FORMAT:
            raise StoreError(f"{where}: format {description['format']}, expected {FORMAT}")
        check_sizes(folder, description)
        return OnnxQueryEncoder(folder, description)


@contextlib.contextmanager
def raise_store_errors(folder: Path, kind: str) -> Iterator[None]:
    """Whatever goes wrong while what is in *folder*, of that *kind*, is opened: ``StoreError``."""
    try:
        yield
    except StoreError:
        raise
    except OSError as error:
        raise StoreError(f"{error.filename}: cannot be read: {error.strerror}") from None
    except (KeyError, TypeError, ValueError) as error:
        where = folder / DESCRIPTION
        raise StoreError(f"{where}: not a description of a {kind}: {error!r}") from None
    except Exception as error:  # the tokenizer's and ONNX Runtime's own kinds
        raise StoreError(f"{folder}: the {kind} cannot be opened: {error}") from None


def check_sizes(folder: Path, description: Mapping[str, Any]) -> None:
    """Raise ``StoreError`` where a file in *folder* is not as large as *description* says."""
    for name, facts in description["files"].items():
        size = (folder / name).stat().st_size
        if size != facts["size"]:
            raise StoreError(f"{folder / name}: {size} bytes, expected {facts['size']}")


def unit(vector: Vectors) -> Vectors:
    """*vector* at unit norm; raises ``ModelError`` where it has no direction."""
    norm = float(np.linalg.norm(vector))
    if not np.isfinite(norm) or norm == 0.0:
        raise ModelError("the query encoder gave a vector without a direction (NaN or zero)")
    return np.asarray(vector / norm, dtype=np.float32)


class OnnxQueryEncoderOpener:
    """Opens what the sentence-transformers embedder exported."""

    def open(self, folder: Path) -> OnnxQueryEncoder:
        """Open read-only, checking the files' sizes; their hashes are the manifest's to check.

        Raises ``StoreError`` if *folder* does not hold what its description says.
        """
        return open_encoder(folder)


def make(_settings: Mapping[str, Any]) -> OnnxQueryEncoderOpener:
    """The factory; it has no settings."""
    return OnnxQueryEncoderOpener()
