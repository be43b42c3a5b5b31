"""py3langid (Lui and Baldwin 2012, "langid.py"): its model, unpacked once for all processes.

It comes in five megabytes that take the better part of a second to unpack to seventy, in every
process that reads a document.  So what was unpacked is kept in the user's cache folder and mapped
from there: a process has in memory what it looks at, and shares it with the others.
"""

from __future__ import annotations

import hashlib
import io
import lzma
import os
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from docproc.workspace.arrays import load_array
from docproc.workspace.user_folders import user_cache

Arrays = Mapping[str, NDArray[Any]]

_NAMES = ("ptc", "pc", "classes", "nextmove", "nextmove_row", "out_feat")
"""What ``py3langid.modelio`` calls the arrays of a model: the weights of the features, the
priors, the languages, the automaton's moves by row, the row of each state, what it completes."""


@cache
def identifier() -> Any:
    """The ``LanguageIdentifier`` that gives the language of a text, and its probability.

    The automaton's moves stay mapped; what is looked up for each byte is a list, or a view of what
    is mapped, since these give a number of Python's own.
    """
    from py3langid.langid import MODEL_DIR, MODEL_FILE, LanguageIdentifier

    model = unpack(MODEL_DIR / MODEL_FILE)
    return LanguageIdentifier(
        model["ptc"],
        model["pc"],
        model["classes"].tolist(),
        memoryview(cast("Any", model["nextmove"])),
        model["out_feat"].tolist(),
        norm_probs=True,
        tk_row=model["nextmove_row"].tolist(),
    )


def unpack(model: Path) -> Arrays:
    """The arrays of *model*, a file of py3langid, by their names; read-only where mapped."""
    packed = model.read_bytes()
    folder = user_cache("languages") / hashlib.sha256(packed).hexdigest()
    try:
        return _map(folder)
    except (OSError, ValueError, EOFError):  # not there, or not whole
        pass
    with np.load(io.BytesIO(lzma.decompress(packed)), allow_pickle=False) as arrays:
        read = {name: arrays[name] for name in _NAMES}
    with suppress(OSError):  # a cache that cannot be written is none
        _keep(folder, read)
    return read


def _map(folder: Path) -> Arrays:
    return {name: np.asarray(load_array(folder / f"{name}.npy", mapped=True)) for name in _NAMES}


def _keep(folder: Path, arrays: Arrays) -> None:
    """Write *arrays* into *folder*, whole or not at all."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(dir=folder.parent))
    try:
        for name, array in arrays.items():
            with (aside / f"{name}.npy").open("wb") as file:
                np.save(file, array, allow_pickle=False)
                file.flush()
                os.fsync(file.fileno())
        shutil.rmtree(folder, ignore_errors=True)  # what is there is damaged
        aside.rename(folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
