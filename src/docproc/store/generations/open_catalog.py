"""The catalog of a generation, opened: one file, or those of its shards read as one."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Sequence
from pathlib import Path

from docproc.errors import StoreError
from docproc.store.catalog import Catalog
from docproc.store.generations.generation import Generation
from docproc.store.layout import CATALOG, PLACES, SHARDS
from docproc.store.manifest import ShardEntry


def open_catalog(generation: Generation) -> Catalog:
    """The catalog, without shards that cannot be read.  Raises ``StoreError`` where none can."""
    return catalog_at(generation.folder, generation.manifest.shards, generation.lost)


def catalog_at(
    folder: Path, shards: Sequence[ShardEntry] = (), lost: Collection[int] = ()
) -> Catalog:
    """The same for what lies in *folder*, which may be a draft, in *shards* or without."""
    if not shards:
        return Catalog(folder / CATALOG)
    from docproc.store.catalog.shard_map import ShardMap
    from docproc.store.catalog.views.sharded import ShardedCatalog

    found: list[Catalog | None] = []
    problem = StoreError(f"{folder / SHARDS}: no shard can be read; `docproc index`")
    for number, entry in enumerate(shards):
        catalog = None
        if number not in lost:
            with contextlib.suppress(StoreError):
                catalog = Catalog(folder / SHARDS / entry.name / CATALOG)
        found.append(catalog)
    if not any(found):
        raise problem
    places = ShardMap.load(folder / PLACES, len(shards))
    return ShardedCatalog(folder, found, places)
