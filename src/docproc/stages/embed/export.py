"""Writes a sentence-transformers model as the query encoder that a generation carries."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import torch

from docproc.dataclass_on_use import dataclass
from docproc.errors import ModelError, StoreError
from docproc.hooks.protocols import Vectors
from docproc.stages.embed import bundled, passage_encoder
from docproc.stages.embed import encoder as layout

LEAST_COSINE = 0.9999
_MODULES = {"Transformer", "Pooling", "Dense", "Normalize"}
_POOLINGS = {"mean", "cls", "max", "lasttoken"}
# Large tensors go to the file that is memory-mapped; the rest stays in the graph.
_MAPPED_FROM_BYTES = 1024
_OPSET = 17

PROBES: tuple[str, ...] = (
    "Who brought the dispatch to the frontier, and when?",
    "Who was present at the conversation with Dzhemal Pasha in Moscow, 2 November 1921?",
    "Сколько винтовок хотел отправить Сталин?",
    "Wer war bei der Unterredung anwesend, und wie lange dauerte sie?",
    "Où la lettre a-t-elle été écrite\u00a0? À qui\u00a0?",
    "¿Qué tratado se firmó en octubre de 1921?",
    "1921年に調印された条約は何ですか",
    "F. 17. Op. 84. D. 3. L. 1",
    "  rifles  ",
    "?",
    "",
    "the instructors, the money, the cartridges and the machine guns, as was agreed; " * 100,
)
"""Several languages, a reference, short and empty ones, and one beyond any length."""


@dataclass(frozen=True, slots=True)
class ReferenceVectors:
    """What an export must agree with: the model itself, of questions and of passages.

    ``passage_prompt`` stands before each passage that ``passages`` is given.
    """

    dimension: int
    query: Callable[[str], Vectors]
    passages: Callable[[Sequence[str]], Vectors]
    passage_prompt: str


def export(model: Any, folder: Path, fingerprint: str, reference: ReferenceVectors) -> None:
    """Write *model*, a ``SentenceTransformer`` on the CPU, into the existing empty *folder*.

    Raises ``ModelError`` if the model is of a kind that cannot be exported, or if what was
    written disagrees with *reference* by a cosine under ``LEAST_COSINE`` on any of ``PROBES``, as
    a question.  Where it disagrees on them as passages, the export says that it is not for those.
    """
    transformer = _transformer_of(model)
    tokenizer = transformer.tokenizer.backend_tokenizer
    inputs = _write_graph(model, folder)
    tokenizer.save(str(folder / layout.TOKENIZER))
    prompts, usual = model.prompts, model.default_prompt_name
    about = {
        "model": fingerprint,
        "dimension": reference.dimension,
        "max_tokens": int(model.max_seq_length),
        "prompt": prompts.get("query" if "query" in prompts else usual) or "",
        "pooling": next(m.pooling_mode for m in model if type(m).__name__ == "Pooling"),
        "precision": "float32",
        "inputs": inputs,
    }
    of_passages = {
        "prompt": reference.passage_prompt,
        "pad": int(transformer.tokenizer.pad_token_id or 0),
    }
    bundled.describe(folder, {**about, passage_encoder.PASSAGES: of_passages})
    _compare(folder, reference)
    if not _fit_for_passages(folder, reference):
        bundled.describe(folder, about)


def _transformer_of(model: Any) -> Any:
    """The transformer module of *model*; raises ``ModelError`` saying why it cannot be exported."""
    modules = list(model)
    kinds = [type(module).__name__ for module in modules]
    strange = [kind for kind in kinds if kind not in _MODULES]
    if strange or kinds[:1] != ["Transformer"] or kinds.count("Pooling") != 1:
        raise ModelError(
            f"no query encoder can be exported for a model made of {', '.join(kinds)}; "
            "it must be a Transformer and one Pooling, with Dense or Normalize after them"
        )
    pooling = modules[kinds.index("Pooling")].pooling_mode
    if pooling not in _POOLINGS:
        raise ModelError(
            f"no query encoder can be exported for a model that pools by {pooling!r}; "
            f"it must be one of {', '.join(sorted(_POOLINGS))}"
        )
    if not hasattr(modules[0].tokenizer, "backend_tokenizer"):
        kind = type(modules[0].tokenizer).__name__
        raise ModelError(
            f"no query encoder can be exported: {kind} is not a tokenizer of the tokenizers library"
        )
    if model.max_seq_length is None:
        raise ModelError("no query encoder can be exported: the model has no maximum length")
    return modules[0]


class _Graph(torch.nn.Module):
    """All modules of the model as one function of tensors."""

    def __init__(self, model: Any, names: list[str]) -> None:
        super().__init__()
        self.model = model
        self.names = names

    def forward(self, *tensors: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        features: dict[str, Any] = dict(zip(self.names, tensors, strict=True))
        for module in self.model:
            features = module(features)
        return features["sentence_embedding"], features["token_embeddings"]


def _write_graph(model: Any, folder: Path) -> list[str]:
    """Write the optimised graph and its weights; return the names of its inputs."""
    # Two lengths, so that the example has padding and the graph a mask.
    features = model.preprocess(["a short one", "one that is longer than the other one is"])
    tensors = {name: value for name, value in features.items() if isinstance(value, torch.Tensor)}
    outputs = {layout.VECTOR: {0: "batch"}, layout.TOKENS: {0: "batch", 1: "tokens"}}
    write_graph(_Graph(model, list(tensors)), tensors, outputs, folder)
    return list(tensors)


def write_graph(
    graph: torch.nn.Module,
    tensors: dict[str, torch.Tensor],
    outputs: dict[str, dict[int, str]],
    folder: Path,
) -> None:
    """Write *graph*, a function of *tensors*, optimised, with its weights, into *folder*.

    *tensors* are an example, each of a batch of texts by their tokens; *outputs* says which
    dimensions of each output can be of any size.  Raises ``ModelError``.
    """
    plain = folder / "exported.onnx"
    try:
        with quietly(), torch.inference_mode():
            # The exporter by tracing: the newer one takes four times as long and, as of torch
            # 2.13, names both outputs alike, which ONNX Runtime refuses.
            torch.onnx.export(
                graph.eval(),
                tuple(tensors.values()),
                str(plain),
                dynamo=False,
                opset_version=_OPSET,
                input_names=list(tensors),
                output_names=list(outputs),
                dynamic_axes={name: {0: "batch", 1: "tokens"} for name in tensors} | outputs,
            )
        _optimise(plain, folder)
    except Exception as error:  # torch and ONNX Runtime raise kinds of their own
        raise ModelError(f"the model's graph cannot be exported: {error}") from error
    finally:
        for path in folder.glob(plain.name + "*"):
            path.unlink()


def _optimise(plain: Path, folder: Path) -> None:
    """Write *plain* with its operators fused and its weights in a file of their own.

    The level "extended" holds for every processor; the one above it lays weights out for
    this machine's (onnxruntime.ai, "Graph optimizations").
    """
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    options.optimized_model_filepath = str(folder / layout.GRAPH)
    options.log_severity_level = 3
    weights = "session.optimized_model_external_initializers"
    options.add_session_config_entry(f"{weights}_file_name", layout.WEIGHTS)
    options.add_session_config_entry(f"{weights}_min_size_in_bytes", str(_MAPPED_FROM_BYTES))
    onnxruntime.InferenceSession(str(plain), options, providers=["CPUExecutionProvider"])


def _compare(folder: Path, reference: ReferenceVectors) -> None:
    try:
        encoder = layout.open_encoder(folder)
    except StoreError as error:
        raise ModelError(f"the exported query encoder cannot be opened: {error}") from error
    for probe in PROBES:
        cosine = float(np.dot(encoder.encode_query(probe), reference.query(probe)))
        if not cosine >= LEAST_COSINE:
            raise ModelError(
                f"the exported query encoder disagrees with the model: cosine {cosine:.6f}, "
                f"at least {LEAST_COSINE} expected, on {probe[:60]!r}"
            )


def _fit_for_passages(folder: Path, reference: ReferenceVectors) -> bool:
    """Whether the export gives passages, several in a batch, the vectors that the model gives."""
    encoder = passage_encoder.open_passages(folder)
    if encoder is None:
        return False
    given = encoder.batches(PROBES)
    made = np.empty((len(PROBES), reference.dimension), np.float32)
    try:
        for batch, vectors in zip(given, encoder.compute(given), strict=True):
            made[batch.rows] = vectors[:, : reference.dimension]
    except Exception:  # whatever ONNX Runtime has against a batch
        return False
    made /= np.maximum(np.linalg.norm(made, axis=1, keepdims=True), np.finfo(np.float32).tiny)
    cosines = (made * reference.passages(PROBES)).sum(axis=1)
    return bool((cosines >= LEAST_COSINE).all())


@contextmanager
def quietly() -> Iterator[None]:
    """Without the tracer's warnings: whether it traced rightly is what the probes check."""
    disabled = logging.root.manager.disable
    logging.disable(logging.WARNING)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(disabled)
