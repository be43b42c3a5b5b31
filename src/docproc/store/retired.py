"""The vectors and encoders of models: those that no generation was made with any more go, and
the small shards of the others, one a run, are merged into large ones.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path

from docproc.store.durable import remove_tree, size_of
from docproc.store.generations import Generations
from docproc.store.shard import SUFFIX
from docproc.store.vectors import DAMAGED, DamagedShard, VectorCache


def remove_retired(generations: Generations) -> list[tuple[Path, int]]:
    """Remove them; return each folder, relative to ``embeddings/``, and the bytes it had.

    A generation that is damaged may need any of them: then all stay.  For whoever holds the
    writer's lock.
    """
    layout, listed = generations.layout, generations.listing()
    if not listed or any(each.generation is None for each in listed):
        return []
    used = {each.generation.manifest.model.fingerprint for each in listed if each.generation}
    kept = {folder(name) for name in used for folder in (layout.cache, layout.encoder)}
    gone = []
    for parent in (layout.root / "cache", layout.root / "encoders"):
        for folder in sorted(parent.iterdir()) if parent.is_dir() else ():
            if folder.is_dir() and folder not in kept:
                size = size_of(folder)
                if remove_tree(folder):
                    gone.append((folder.relative_to(layout.root), size))
    return gone


@dataclass(frozen=True, slots=True)
class Tidied:
    """How many shards were merged into others, and which were found damaged and set aside."""

    merged: int
    damaged: tuple[DamagedShard, ...]


def tidy_caches(generations: Generations) -> Tidied:
    """Check every shard of vectors, and merge the small ones of each model.

    What was set aside as damaged before goes: its vectors are computed again where they are
    wanted.  For whoever holds the writer's lock; readers of a shard that goes read on.
    """
    merged, damaged = 0, []
    used = {
        generations.layout.cache(model.fingerprint): model.dimension
        for each in generations.listing()
        if each.generation
        for model in (each.generation.manifest.model,)
    }
    for folder, dimension in sorted(used.items()):
        if not folder.is_dir():
            continue
        for aside in folder.glob(f"*{SUFFIX}{DAMAGED}"):
            with contextlib.suppress(OSError):
                aside.unlink()
        cache = VectorCache(folder, dimension)
        cache.check()
        merged += cache.compact()
        damaged += cache.damaged
    return Tidied(merged, tuple(damaged))
