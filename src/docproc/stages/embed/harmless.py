"""Whether a model's folder could run code of its own: looked at before it is loaded.

A folder names the classes that it is made of, and older versions of the model library import them
from the folder itself; it may also say *how* it is loaded, and have the weights that are pickled
taken.  Those are a program, whatever they claim to be.  Each folder below it is looked at, through
links too, as the library would go.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from docproc.errors import ModelError
from docproc.text.patterns import compile_on_use

__all__ = ["check_harmless"]

_OWN = compile_on_use(r"sentence_transformers(?:\.[a-z_][a-z0-9_]*)*\.[A-Z]\w*")
"""A class of the library; no module, and no function that it imported from elsewhere."""
_ACTIVATION = compile_on_use(r"torch\.nn\.(?:modules\.activation\.|modules\.linear\.)?[A-Z]\w*")
_PICKLED = (".bin", ".pt", ".pth", ".ckpt", ".pkl", ".pickle")
_LOADED = ("pytorch_model", "adapter_model", "model")
"""How the names of files with weights begin, of those that the library looks for."""
_TAKEN_FIRST = {"model.safetensors", "model.safetensors.index.json"}
_ATTENTION = {"eager", "sdpa", "flash_attention_2", "flash_attention_3", "flex_attention"}
"""Those that come with the library; any other name is a repository that code is taken from."""
_CALLED = compile_on_use(r"forward|get_[a-z]+_features|encode_[a-z]+")
_ARGUMENTS = compile_on_use(r"(?:model|tokenizer|processor|config)_(?:kw)?args")
_HARMLESS = {
    "add_pooling_layer", "attn_implementation", "clean_up_tokenization_spaces", "do_lower_case",
    "dtype", "low_cpu_mem_usage", "max_length", "model_max_length", "padding_side", "torch_dtype",
    "truncation_side", "unpad_inputs", "use_cache", "use_fast", "use_memory_efficient_attention",
}  # fmt: skip
"""What a folder may have the library told when it is loaded.  Not, say, ``weights_only``."""


def check_harmless(name: str, folder: Path, unused: Collection[str] = ()) -> None:
    """Raise ``ModelError`` where the model *name* in *folder* brings, or names, code of its own.

    *unused* are classes that it may name since they are not loaded.
    """
    for where, files in _folders(folder):
        _check_weights(name, where, files)
        for file in files:
            if file.casefold().endswith(".json"):
                _check_description(name, where / file, unused)


def _folders(folder: Path) -> Iterator[tuple[Path, list[str]]]:
    """Each folder from *folder* on down, once, and the names of its files."""
    seen = set()
    for where, folders, files in os.walk(folder, followlinks=True):
        real = os.path.realpath(where)
        if real in seen:
            folders.clear()
            continue
        seen.add(real)
        yield Path(where), sorted(files)


def _check_weights(name: str, folder: Path, files: list[str]) -> None:
    if _TAKEN_FIRST & {*files}:
        return
    for file in files:
        if file.casefold().endswith(_PICKLED) and file.casefold().startswith(_LOADED):
            raise ModelError(
                f"model {name!r}: {folder / file}: its weights are pickled, and to unpickle a file "
                "can run any program; take the model's safetensors, or convert it with "
                "`sentence-transformers` (save_pretrained) if you trust it"
            )


def _check_description(name: str, path: Path, unused: Collection[str]) -> None:
    about = _read(path)
    kind = path.name.casefold()
    modules = about if kind == "modules.json" and isinstance(about, list) else []
    for module in modules:
        if isinstance(module, dict):
            if module.get("type", "") not in unused:
                _check_class(name, path, module.get("type", ""))
            _check_inside(name, path, module.get("path", ""))
    if not isinstance(about, dict):
        return
    if kind == "adapter_config.json":
        raise ModelError(
            f"model {name!r}: {path}: an adapter, which has another model loaded that it names; "
            "save the two as one model (merge_and_unload) and name that"
        )
    if kind == "router_config.json":
        types = about.get("types")
        for part, named in types.items() if isinstance(types, dict) else ():
            _check_inside(name, path, part)
            _check_class(name, path, named)
        structure = about.get("structure")
        for parts in structure.values() if isinstance(structure, dict) else ():
            for part in parts if isinstance(parts, list) else ():
                _check_inside(name, path, part)
    if {"in_features", "out_features"} <= about.keys() and about.get("activation_function"):
        _check_class(name, path, about["activation_function"], _ACTIVATION)
    if kind == "wordembedding_config.json" and "." in str(about.get("tokenizer_class")):
        _check_class(name, path, about["tokenizer_class"])
    modalities = about.get("modality_config")
    for way in modalities.values() if isinstance(modalities, dict) else ():
        if isinstance(way, dict) and not _CALLED.fullmatch(str(way.get("method", "forward"))):
            raise ModelError(
                f"model {name!r}: {path} has {way['method']!r} called for each text, which is not "
                "a method that computes vectors"
            )
    for key, given in about.items():
        if _ARGUMENTS.fullmatch(key) and isinstance(given, dict):
            _check_arguments(name, path, key, given)
        if key.endswith("attn_implementation"):
            _check_arguments(name, path, "", {"attn_implementation": given})


def _check_class(name: str, path: Path, kind: Any, allowed: re.Pattern[str] = _OWN) -> None:
    if not allowed.fullmatch(str(kind)):
        raise ModelError(
            f"model {name!r}: {path} names {str(kind)!r}, which is not part of "
            "sentence-transformers: to load it would run code that came with the model"
        )


def _check_inside(name: str, path: Path, part: Any) -> None:
    """Raise where a *part* of the model lies elsewhere, and would be loaded unseen."""
    steps = str(part).replace("\\", "/").split("/")
    if ".." in steps or str(part).startswith(("/", "\\")) or ":" in steps[0]:
        raise ModelError(f"model {name!r}: {path} names {str(part)!r}, which lies outside of it")


def _check_arguments(name: str, path: Path, key: str, given: dict[str, Any]) -> None:
    for argument, value in given.items():
        attention = argument == "attn_implementation" and value not in (None, *_ATTENTION)
        if argument not in _HARMLESS or isinstance(value, (dict, list)) or attention:
            what = f"{key}.{argument}".removeprefix(".")
            raise ModelError(
                f"model {name!r}: {path} sets {what} = {json.dumps(value)}; a model's folder may "
                "not decide that: it could have code loaded"
            )


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
