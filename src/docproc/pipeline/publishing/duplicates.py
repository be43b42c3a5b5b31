"""Duplicates: which documents have the same words, or nearly; found when they are indexed.

Each document is signed once: the hash of its words, and a MinHash of its runs of three words
(Broder 1997), whose agreement estimates the share of runs that two documents have in common.
Banding (Leskovec, Rajaraman, Ullman, *Mining of Massive Datasets*, 3.4) finds the pairs without
comparing all with all.  Duplicates stay what they are: two holdings, each with its reference.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from docproc.dataclass_on_use import dataclass
from docproc.store.catalog import Catalog
from docproc.store.layout import DUPLICATES, SIGNATURES
from docproc.workspace.arrays import load_array

_HASHES = 64
_BANDS = 16
"""Of four hashes each: pairs as alike as ``_ALIKE`` are missed once in a hundred."""
_ALIKE = 0.7
_RUN = 3
_FEWEST_WORDS = 20
"""Shorter texts ("Notecards", "Received.") are alike without being duplicates."""
_MOST_TOLD = 1000

_SIGNATURE = np.dtype([("id", "u1", 32), ("words", "u1", 16), ("hashes", "<u4", _HASHES)])

Signatures = NDArray[Any]
"""A row of ``_SIGNATURE`` a document, in the catalog's order; ``words`` is 0 if it is too short."""


@dataclass(frozen=True, slots=True)
class Duplicates:
    """Groups of documents by their numbers in the catalog; of those that are nearly the same,
    one stands for all that are the same as it.  ``alike`` is the least likeness in a group.
    """

    exact: tuple[tuple[int, ...], ...]
    near: tuple[tuple[float, tuple[int, ...]], ...]


def record_duplicates(
    catalog: Catalog, folder: Path, earlier: Path | None, advance: Callable[[int], None]
) -> None:
    """Write signatures (*earlier* ones are taken over) and duplicates into *folder*."""
    known = _by_id(earlier)
    rows = list(catalog.documents())
    signatures = np.zeros(len(rows), _SIGNATURE)
    for number, row in enumerate(rows):
        key = bytes.fromhex(row.id)
        before = known.get(key)
        if before is None:
            signatures[number] = _sign(key, catalog.document(row.id).text)
        else:
            signatures[number] = before
        advance(1)
    np.save(folder / SIGNATURES, signatures)
    found = duplicates(signatures)
    names = [f"{row.source} ({row.member})" if row.member else row.source for row in rows]
    written = {
        "exact": [[names[n] for n in group] for group in found.exact[:_MOST_TOLD]],
        "near": [
            {"likeness": round(alike, 2), "documents": [names[n] for n in group]}
            for alike, group in found.near[:_MOST_TOLD]
        ],
        "more": max(0, len(found.exact) - _MOST_TOLD) + max(0, len(found.near) - _MOST_TOLD),
    }
    (folder / DUPLICATES).write_text(json.dumps(written, ensure_ascii=False), "utf-8")


def duplicates(signatures: Signatures) -> Duplicates:
    """The groups that *signatures* show."""
    words = signatures["words"]
    long = np.flatnonzero(words.any(axis=1))
    same = [long[group] for group in _alike(words[long])]
    exact = tuple(sorted(tuple(map(int, group)) for group in same))
    others = np.setdiff1d(long, np.concatenate([long[:0], *(group[1:] for group in same)]))
    return Duplicates(exact, tuple(_near(signatures["hashes"][others], others)))


def _near(hashes: NDArray[np.uint32], numbers: NDArray[np.int64]) -> Iterator[Any]:
    """Groups of *numbers* whose *hashes* agree, the likest first."""
    leader = np.arange(len(numbers))
    likeness: dict[int, float] = {}
    width = _HASHES // _BANDS
    for band in range(_BANDS):
        for group in _alike(hashes[:, band * width : (band + 1) * width]):
            first = group[0]
            agree = (hashes[group[1:]] == hashes[first]).mean(axis=1)
            for other, alike in zip(group[1:], agree, strict=True):
                one, two = _top(leader, int(first)), _top(leader, int(other))
                if alike >= _ALIKE and one != two:
                    leader[max(one, two)] = min(one, two)
                    least = min(likeness.pop(max(one, two), 1.0), float(alike))
                    likeness[min(one, two)] = min(likeness.get(min(one, two), 1.0), least)
    groups: dict[int, list[int]] = {}
    for number in range(len(numbers)):
        top = _top(leader, number)
        if top in likeness:
            groups.setdefault(top, []).append(int(numbers[number]))
    yield from sorted(
        ((likeness[top], tuple(group)) for top, group in groups.items()),
        key=lambda found: (-found[0], found[1]),
    )


def _top(leader: NDArray[np.int64], number: int) -> int:
    while leader[number] != number:
        leader[number] = leader[leader[number]]
        number = int(leader[number])
    return number


def _alike(rows: NDArray[Any]) -> Iterable[NDArray[np.int64]]:
    """The numbers of equal *rows*, where there are several, in order."""
    if not len(rows):
        return
    packed = np.ascontiguousarray(rows).view(
        np.dtype((np.void, rows.dtype.itemsize * rows.shape[1]))
    )
    _, inverse, counts = np.unique(packed.ravel(), return_inverse=True, return_counts=True)
    order = np.argsort(inverse, kind="stable")
    ends = np.cumsum(counts)
    for place in np.flatnonzero(counts > 1):
        yield order[ends[place] - counts[place] : ends[place]]


def _by_id(folder: Path | None) -> dict[bytes, Any]:
    if folder is None:
        return {}
    try:
        rows = load_array(folder / SIGNATURES)
    except (OSError, ValueError, EOFError):  # missing or damaged: all are signed again
        return {}
    if getattr(rows, "dtype", None) != _SIGNATURE or rows.ndim != 1:
        return {}
    return {row["id"].tobytes(): row for row in rows}


def _sign(key: bytes, text: str) -> Any:
    from rensa import RMinHash

    signature = np.zeros((), _SIGNATURE)
    signature["id"] = np.frombuffer(key, np.uint8)
    words = text.casefold().split()
    if len(words) >= _FEWEST_WORDS:
        digest = hashlib.sha256(" ".join(words).encode("utf-8", "surrogatepass")).digest()
        signature["words"] = np.frombuffer(digest[:16], np.uint8)
        sketch = RMinHash(num_perm=_HASHES, seed=1)
        sketch.update(list(_runs(words)))
        signature["hashes"] = sketch.digest()
    return signature


def _runs(words: Sequence[str]) -> Iterator[str]:
    return (" ".join(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1))
