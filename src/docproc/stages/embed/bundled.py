"""Exports the bundled model without a model library: its graph is known, its weights are there.

What ``export`` makes of the bundled model is the same on every machine: a graph of 92 kB, kept in
this package, and the published weights (held to their hashes, ``models``), some of them transposed.
A test exports with the model library and compares.  So the first index on a machine imports
neither torch nor sentence_transformers, and exporting takes a fifth of a second.
"""

from __future__ import annotations

import json
import lzma
import shutil
from pathlib import Path
from typing import Any

from docproc.errors import ModelError
from docproc.stages.embed import models
from docproc.stages.embed.traits import Traits

GRAPH = Path(__file__).with_name("all-MiniLM-L6-v2.xz")
"""A line of JSON about the encoder (``about``) and its weights (``weights``); then the graph.

Each of the weights: its name among the published ones, where it stands, whether transposed.
"""
_ALIGNED = 4096


def can_export(name: str, max_tokens: int, traits: Traits) -> bool:
    """Whether the model *name*, so cut and with these traits, is the one whose graph is known."""
    return name == models.BUNDLED and not max_tokens and not traits.of_vectors()


def export(model: Path, folder: Path, fingerprint: str, more: dict[str, Any] | None = None) -> None:
    """Write the encoder of the model in the folder *model* into the existing empty *folder*.

    *more* is said of it beside what is known of it.
    Raises ``ModelError`` where the package's graph cannot be read, ``OSError`` where nothing can
    be written.
    """
    from docproc.stages.embed import encoder as layout

    about, weights, graph = read()
    (folder / layout.GRAPH).write_bytes(graph)
    _write_weights(model / "model.safetensors", weights, folder / layout.WEIGHTS)
    shutil.copyfile(model / "tokenizer.json", folder / layout.TOKENIZER)
    describe(folder, {"model": fingerprint, **about, **(more or {})})


def describe(folder: Path, about: dict[str, Any]) -> None:
    """Write the description of the encoder in *folder*, with the hashes of its files."""
    from docproc.stages.embed import encoder as layout

    files = {
        name: {
            "size": (folder / name).stat().st_size,
            "sha256": models.sha256_of(folder / name),
        }
        for name in (layout.GRAPH, layout.WEIGHTS, layout.TOKENIZER)
    }
    described = {"format": layout.FORMAT, **about, "files": files}
    text = json.dumps(described, ensure_ascii=False, indent=1)
    (folder / layout.DESCRIPTION).write_text(text + "\n", "utf-8")


def read() -> tuple[dict[str, Any], list[tuple[str, int, bool]], bytes]:
    """What is known of the encoder: its description, where its weights stand, its graph."""
    try:
        line, _, graph = lzma.decompress(GRAPH.read_bytes()).partition(b"\n")
        head = json.loads(line)
        return head["about"], [tuple(each) for each in head["weights"]], graph
    except (OSError, ValueError, KeyError, lzma.LZMAError) as error:
        raise ModelError(f"{GRAPH}: cannot be read: {error}; reinstall docproc") from None


def write(
    about: dict[str, Any], weights: list[tuple[str, int, bool]], graph: bytes, path: Path
) -> None:
    """Write to *path* what ``read`` reads: when the exporter, or the model, is another one."""
    head = json.dumps({"about": about, "weights": weights}).encode()
    path.write_bytes(lzma.compress(head + b"\n" + graph, preset=9))


def _write_weights(source: Path, weights: list[tuple[str, int, bool]], path: Path) -> None:
    from safetensors.numpy import load_file

    tensors = load_file(source)
    with path.open("wb") as file:
        for name, offset, transposed in sorted(weights, key=lambda each: each[1]):
            tensor = tensors[name]
            file.seek(offset)
            file.write((tensor.T if transposed else tensor).tobytes())
        file.truncate(-(-file.tell() // _ALIGNED) * _ALIGNED)
