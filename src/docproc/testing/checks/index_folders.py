"""What every index is asked: its folder can be moved, stays as it is, is refused; its hits."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from docproc.errors import StoreError
from docproc.testing.contract import break_promise


def build_and_move(build: Callable[[Path], Any], beside: Path) -> Path:
    """Build into an empty folder, then move it, as a generation moves when it is published."""
    made = next(path for n in itertools.count(1) if not (path := beside / f"index-{n}").exists())
    making = made.with_name(f"making-{made.name}")
    making.mkdir()
    build(making)
    making.rename(made)
    return made


def refuses(opening: Callable[[], Any], what: str) -> None:
    """Fail unless *opening* raises ``StoreError``."""
    try:
        opening()
    except StoreError:
        return
    except Exception as error:  # any other kind is no answer
        break_promise(f"{what} raised {type(error).__name__}: {error}")
    break_promise(f"{what} was opened without a word")


def digest(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file below *folder*."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def hold_hits(hits: Any, kind: type, k: int, count: int) -> None:
    """Fail unless *hits* are *kind*: at most *k* scores that fall, of different rows of *count*."""
    if not isinstance(hits, kind):
        break_promise(f"the search gave {type(hits).__name__}, not {kind.__name__}")
    scores, rows = hits.scores, hits.rows  # type: ignore[attr-defined]
    if scores.dtype != np.float32 or rows.dtype != np.int64 or scores.shape != rows.shape:
        break_promise(f"scores {scores.dtype} {scores.shape}, rows {rows.dtype} {rows.shape}")
    if scores.ndim != 1 or len(rows) > max(k, 0):
        break_promise(f"asked for {k} rows, it gave an array of {rows.shape}")
    if len(scores) > 1 and not (np.diff(scores) <= 1e-6).all():
        break_promise(f"the scores do not fall: {scores[:12].tolist()}")
    if len(rows) and (rows.min() < 0 or rows.max() >= count):
        break_promise(f"there is no row {int(rows.min()) if rows.min() < 0 else int(rows.max())}")
    if len(set(rows.tolist())) < len(rows):
        break_promise(f"a row comes twice: {sorted(rows.tolist())}")
