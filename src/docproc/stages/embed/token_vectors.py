"""Keeps the vectors of all tokens of passages in three files: vectors, where each begins, keys."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

from docproc.hooks.indexes import TextEntry
from docproc.records.identity import text_key
from docproc.stages.embed.late_interaction import (
    KEYS,
    STARTS,
    VECTORS,
    TokenEncoder,
    in_groups,
)
from docproc.workspace.arrays import load_array


def write_token_vectors(
    passages: Iterable[TextEntry], encoder: TokenEncoder, folder: Path, before: Path | None
) -> dict[str, Any]:
    """Write the vectors of *passages* into *folder*; return how many, and how many are new.

    Those of a passage whose text *before* has are copied from there.
    """
    known, old, starts_before = _read_known(before)
    starts, keys, new, width = [0], [], 0, 0
    plain = folder / f"{VECTORS}.part"
    with plain.open("wb") as file:
        for group in in_groups(passages):
            own = [text_key(each.body) for each in group]
            texts = [each.body for each, key in zip(group, own, strict=True) if key not in known]
            encoded = iter(encoder.passages(texts))
            for key in own:
                if key in known:
                    row = known[key]
                    vectors = np.asarray(old[starts_before[row] : starts_before[row + 1]])
                else:
                    vectors, new = next(encoded), new + 1
                width = width or vectors.shape[1]
                file.write(vectors.tobytes())
                starts.append(starts[-1] + len(vectors))
            keys += own
    _as_array(plain, folder / VECTORS, (starts[-1], width))
    np.save(folder / STARTS, np.array(starts, np.int64))
    digests = np.frombuffer(b"".join(keys), np.uint8).reshape(len(keys), 32)
    np.save(folder / KEYS, digests)
    return {"tokens": starts[-1], "dimension": width, "passages encoded": new}


def _read_known(before: Path | None) -> tuple[dict[bytes, int], Any, Any]:
    if before is None:
        return {}, np.zeros((0, 0), np.float16), np.zeros(1, np.int64)
    keys = load_array(before / KEYS)
    known = {key.tobytes(): row for row, key in enumerate(keys)}
    return known, load_array(before / VECTORS, mapped=True), load_array(before / STARTS)


def _as_array(plain: Path, path: Path, shape: tuple[int, int]) -> None:
    """Make of the numbers in *plain* an array file at *path*; *plain* goes."""
    with path.open("wb") as file:
        np.lib.format.write_array_header_1_0(
            file, {"descr": "<f2", "fortran_order": False, "shape": shape}
        )
        with plain.open("rb") as numbers:
            while chunk := numbers.read(1 << 20):
                file.write(chunk)
    plain.unlink()
