"""py3langid (Lui and Baldwin 2012, "langid.py"): its model, unpacked once for all processes, asked.

It comes in five megabytes that take the better part of a second to unpack to seventy, in every
process that reads a document.  So what was unpacked is kept in the user's cache folder and mapped
from there: a process has in memory what it looks at, and shares it with the others.

py3langid walks an automaton over the bytes of a text, in Python, and weighs the n-grams that it
meets by numbers of 16 bits, which no processor multiplies.  Here each place of the text is reached
by the few bytes before it, all places at once, and the numbers are widened by shifting their bits:
the same answers in a third of the time.
"""

from __future__ import annotations

import hashlib
import io
import lzma
import math
import os
import shutil
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from docproc.dataclass_on_use import dataclass
from docproc.workspace.arrays import load_array
from docproc.workspace.user_folders import user_cache

Arrays = Mapping[str, NDArray[Any]]

_NAMES = ("ptc", "pc", "classes", "nextmove", "nextmove_row", "out_feat")
"""What ``py3langid.modelio`` calls the arrays of a model: the weights of the features, the
priors, the languages, the automaton's moves by row, the row of each state, what it completes."""


_LONGEST = 6
"""Bytes of the longest n-gram of the model: those before them do not matter at a place."""
_BIAS = np.float32(2.0**112)
"""What the exponents of 16 and of 32 bits differ by."""


@dataclass(frozen=True, slots=True)
class Identifier:
    """The model: ``moves`` are by row and byte, ``rows`` where the row of each state begins."""

    moves: Any
    rows: Any
    found: Any
    """The n-gram that each state completes, or -1."""
    weights: Any
    """Of each n-gram in each language: numbers below zero, as the 16 bits that they are."""
    priors: Any
    languages: list[str]
    same: list[tuple[int, int]]
    """Columns of ``weights`` that are one language in two scripts."""

    def classify(self, text: str) -> tuple[str, float]:
        """The language of *text*, and its probability among all."""
        text = unicodedata.normalize("NFC", text.lower() if text.isupper() else text)
        data = text.encode("utf8", "surrogatepass")
        scores = self._score(data) * np.float32(1.0 / math.sqrt(len(data) or 1))
        np.exp(scores - scores.max(), out=scores)
        scores /= scores.sum()
        for first, second in self.same:
            scores[first] += scores[second]
            scores[second] = 0.0
        best = int(scores.argmax())
        return self.languages[best], float(scores[best])

    def _score(self, data: bytes) -> Any:
        found = self.found.take(self._states(data))
        counts = Counter(found[found >= 0].tolist())
        if not counts:
            return np.zeros(len(self.languages), np.float32)
        times = np.fromiter(counts.values(), np.float32, len(counts))
        # the sign shifted out, the exponent is too low by a bias, of which *times* makes up
        wide = self.weights.take(np.fromiter(counts, np.intp, len(counts)), 0).astype(np.uint32)
        wide &= 0x7FFF
        wide <<= 13
        return self.priors - (np.log1p(times) * _BIAS) @ wide.view(np.float32)

    def _states(self, data: bytes) -> Any:
        """The state of the automaton behind each byte of *data*."""
        letters = np.frombuffer(data, np.uint8).astype(np.intp)
        states = np.zeros(len(letters), np.intp)
        for before in range(min(_LONGEST, len(letters)) - 1, -1, -1):
            read = letters[: len(letters) - before]
            states[before:] = self.moves.take(self.rows.take(states[before:]) + read)
        return states


@cache
def identifier() -> Identifier:
    """What gives the language of a text, and its probability."""
    from py3langid.langid import MODEL_DIR, MODEL_FILE

    model = unpack(MODEL_DIR / MODEL_FILE)
    languages = model["classes"].tolist()
    first = {name: place for place, name in reversed([*enumerate(languages)])}
    return Identifier(
        moves=model["nextmove"],
        rows=model["nextmove_row"].astype(np.intp) << 8,
        found=model["out_feat"],
        weights=model["ptc"].view(np.uint16),
        priors=model["pc"],
        languages=languages,
        same=[(first[each], n) for n, each in enumerate(languages) if first[each] != n],
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
