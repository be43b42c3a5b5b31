"""Whether a model's folder could run code of its own: looked at before it is loaded.

A folder names the classes that it is made of, and older versions of the model library import them
from the folder itself; weights that are pickled are a program, whatever they claim to be.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docproc.errors import ModelError

_OWN = ("sentence_transformers.",)
_ACTIVATIONS = ("torch.nn.",)
_PICKLED = (".bin", ".pt", ".pth", ".ckpt", ".pkl", ".pickle")
_LOADED = ("pytorch_model", "adapter_model", "model")
"""How the names of files with weights begin, of those that the library looks for."""


def check_harmless(name: str, folder: Path) -> None:
    """Raise ``ModelError`` where the model *name* in *folder* brings, or names, code of its own."""
    for where, kind, allowed in _named(folder):
        if not kind.startswith(allowed):
            raise ModelError(
                f"model {name!r}: {where} names {kind!r}, which is not part of "
                "sentence-transformers: to load it would run code that came with the model"
            )
    for where in sorted({folder, *(path.parent for path in folder.glob("*/config.json"))}):
        _check_weights(name, where)


def _check_weights(name: str, folder: Path) -> None:
    files = [path for path in folder.iterdir() if path.is_file()]
    if any(path.suffix == ".safetensors" for path in files):
        return
    for path in files:
        if path.suffix in _PICKLED and path.name.startswith(_LOADED):
            raise ModelError(
                f"model {name!r}: {path}: its weights are pickled, and to unpickle a file can run "
                "any program; take the model's safetensors, or convert it with "
                "`sentence-transformers` (save_pretrained) where you trust it"
            )


def _named(folder: Path) -> Iterator[tuple[Path, str, tuple[str, ...]]]:
    """Each class that a description in *folder* names: the file, the class, what it may be."""
    modules = _read(folder / "modules.json")
    for module in modules if isinstance(modules, list) else ():
        if isinstance(module, dict):
            yield folder / "modules.json", str(module.get("type", "")), _OWN
    for path in sorted((*folder.glob("*.json"), *folder.glob("*/*.json"))):
        about = _read(path)
        if not isinstance(about, dict):
            continue
        if path.name == "router_config.json" and isinstance(about.get("types"), dict):
            for kind in about["types"].values():
                yield path, str(kind), _OWN
        dense = path.name == "config.json" and {"in_features", "out_features"} <= about.keys()
        if dense and (activation := about.get("activation_function")):
            yield path, str(activation), _ACTIVATIONS
        if path.name == "wordembedding_config.json" and "." in str(about.get("tokenizer_class")):
            yield path, str(about["tokenizer_class"]), _OWN


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
