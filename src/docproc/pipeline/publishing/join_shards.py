"""Joining: from the shards of a draft to what is of the whole, the order of its documents first."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from docproc.errors import StoreError
from docproc.hooks import specs
from docproc.pipeline.building.inheritance import TAKEN_OVER
from docproc.store.catalog import Catalog
from docproc.store.catalog.shard_map import Rows, ShardMap
from docproc.store.generations.generation import Generation
from docproc.store.layout import CATALOG, PLACES, SHARDS
from docproc.store.manifest import ShardEntry


def join(folder: Path, shards: Sequence[ShardEntry], parent: Generation | None) -> ShardMap:
    """Where each document of the *shards* in *folder* stands in the whole.

    In the order in which they would stand without shards: those that stayed from *parent* in
    their order there, then the others by the path of their source.
    """
    with ExitStack() as opened:
        catalogs = [
            opened.enter_context(Catalog(folder / SHARDS / entry.name / CATALOG))
            for entry in shards
        ]
        kept, order = _count_stayed(catalogs, parent)
        new: list[tuple[str, int, int]] = []
        for shard, catalog in enumerate(catalogs):
            # a run that was killed and gone on with may have read a later path first: the order
            # of a shard's own documents stays
            reached = ""
            for number, row in enumerate(catalog.documents(kept[shard]), kept[shard]):
                reached = max(reached, row.source)
                new.append((reached, shard, number))
        order = np.concatenate([order, np.array([each[1:] for each in sorted(new)], np.int64)
                                .reshape(-1, 2)])  # fmt: skip
        passages, sentences = np.zeros(len(order), np.int64), np.zeros(len(order), np.int64)
        for shard, catalog in enumerate(catalogs):
            here = order[:, 0] == shard
            own = order[here, 1]
            firsts = catalog.first_rows
            before = np.concatenate([[0], np.cumsum(catalog.columns.sentence_counts())])
            passages[here] = np.diff(firsts)[own]
            sentences[here] = np.diff(before[firsts])[own]
    return ShardMap(len(shards), order[:, 0].copy(), passages, sentences)


def _count_stayed(
    catalogs: Sequence[Catalog], parent: Generation | None
) -> tuple[list[int], NDArray[np.int64]]:
    """How many documents of each shard stayed, and all of them in their order: shard, number."""
    none: tuple[list[int], Rows] = [0] * len(catalogs), np.zeros((0, 2), np.int64)
    if parent is None or len(parent.manifest.shards) != len(catalogs):
        return none
    if parent.damaged is not None and PLACES in parent.damaged:
        return none
    try:
        places = ShardMap.load(parent.folder / PLACES, len(catalogs))
    except StoreError:
        return none
    kept, now = [], []
    for shard, catalog in enumerate(catalogs):
        moved = _place_moved(catalog, parent, shard, len(places.numbers[shard]))
        kept.append(int(np.count_nonzero(moved >= 0)))
        now.append(moved)
    order = np.empty((len(places.shard), 2), np.int64)
    order[:, 0] = places.shard
    for shard, numbers in enumerate(places.numbers):
        order[numbers, 1] = now[shard]
    return kept, order[order[:, 1] >= 0]


def _place_moved(catalog: Catalog, parent: Generation, shard: int, documents: int) -> Rows:
    """Where each document that *shard* of *parent* had stands in *catalog* now; -1: gone."""
    gone = np.full(documents, -1, np.int64)
    try:
        with Catalog(parent.shard(shard).catalog) as before:
            moved = catalog.columns.place_earlier(before.columns)
    except StoreError:
        return gone
    stayed = moved[moved >= 0]
    sound = len(moved) == documents and np.array_equal(stayed, np.arange(len(stayed)))
    return moved if sound else gone


def joined_facts(each: Sequence[dict[str, dict[str, Any]]]) -> dict[str, dict[str, Any]]:
    """What the indexers said of the shards, as the manifest of the whole has it."""
    facts: dict[str, dict[str, Any]] = {}
    for stage in (specs.VECTOR_INDEX.name, specs.TEXT_INDEX.name):
        some = [shard[stage] for shard in each if stage in shard]
        first = some[0] if some else {}
        rows = sum(int(shard.get("rows", 0)) for shard in some)
        same = {
            key: value for key, value in first.items() if all(s.get(key) == value for s in some)
        }
        facts[stage] = same | {"rows": rows, "shards": len(each)}
    taken = sum(int(shard.get(TAKEN_OVER, {}).get("passages", 0)) for shard in each)
    return facts | ({TAKEN_OVER: {"passages": taken}} if taken else {})
