"""The vectors and encoders of models: those that no generation was made with any more go, and
the small shards of the others, one a run, are merged into large ones.

A run that embeds with a model that nothing is published with yet marks the folder of its vectors,
until it is published: it may end early, and be gone on with.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from pathlib import Path

from docproc.dataclass_on_use import dataclass
from docproc.store.encoders import encoder_folder
from docproc.store.files.durable import (
    describe_remaining,
    folder_size,
    is_leftover,
    remove_file,
    remove_own_files,
    remove_tree,
    write_atomically,
)
from docproc.store.generations.generations import Generations
from docproc.store.layout import is_folder_name
from docproc.store.manifest import reranker_fingerprint
from docproc.store.vectors.cache import DamagedShard, VectorCache
from docproc.store.vectors.shard import DAMAGED, SUFFIX, is_shard
from docproc.workspace.links import is_link

FACTS = "facts.json"
"""In the folder of a model's vectors: what its embedder said of itself when they were made."""
UNPUBLISHED = "unpublished"
"""In the folder of a model's vectors: a run that wanted them has not been published yet."""
ABANDONED = 30 * 24 * 3600.0
"""Seconds after which such a run, if no other has gone on with it, is taken for given up."""


def mark_unpublished(cache: Path) -> None:
    """Say that a run embeds into *cache*, the folder of a model's vectors."""
    write_atomically(cache / UNPUBLISHED, b"")


def mark_published(cache: Path) -> None:
    """Say that the run is published: from now on its generation keeps the vectors."""
    with contextlib.suppress(OSError):
        remove_file(cache / UNPUBLISHED)


def remove_retired(
    generations: Generations, say: Callable[[str], None] = lambda _: None
) -> list[tuple[Path, int]]:
    """Remove them; return each folder, relative to ``embeddings/``, and the bytes it had.

    A generation that is damaged may need any of them: then all stay.  So does what does not
    have the form of such a folder, or holds a file that docproc did not put there; *say* is
    told of it.  For anyone who holds the writer's lock.
    """
    layout, listed = generations.layout, generations.listing()
    if not listed or any(each.generation is None for each in listed):
        return []
    manifests = [each.generation.manifest for each in listed if each.generation]
    used = {manifest.model.fingerprint for manifest in manifests}
    used |= set(filter(None, map(reranker_fingerprint, manifests)))
    kept = {layout.cache(name).name for name in used}
    kept |= {folder.name for folder in (layout.root / "cache").glob("*") if _wanted(folder)}
    gone = []
    for parent in (layout.root / "cache", layout.root / "encoders"):
        for folder in sorted(parent.iterdir()) if parent.is_dir() else ():
            if is_link(folder) or not folder.is_dir() or folder.name in kept:
                continue
            size = folder_size(folder)
            if parent.name == "encoders" and encoder_folder.is_making(folder.name):
                remove_tree(folder)
            elif not is_folder_name(folder.name):
                say(f"left: {folder}: docproc did not make it")
                continue
            elif others := remove_own_files(
                folder,
                encoder_folder.is_own_file(folder) if parent.name == "encoders" else _of_cache,
            ):
                say(describe_remaining(folder, others))
            if not folder.exists():
                gone.append((folder.relative_to(layout.root), size))
    return gone


def _of_cache(name: str) -> bool:
    """Whether *name* is that of a file which docproc puts into the folder of a model's vectors."""
    plain = is_shard(name.removesuffix(DAMAGED)) or name in (UNPUBLISHED, FACTS)
    return plain or is_leftover(name, _of_cache)


def _wanted(cache: Path) -> bool:
    """Whether an unpublished run may still be gone on with."""
    try:
        return time.time() - (cache / UNPUBLISHED).stat().st_mtime < ABANDONED
    except OSError:
        return False


@dataclass(frozen=True, slots=True)
class TidyReport:
    """How many shards were merged into others, and which were found damaged and set aside."""

    merged: int
    damaged: tuple[DamagedShard, ...]


def tidy_caches(generations: Generations, *, merge: bool = True) -> TidyReport:
    """Check every shard of vectors, and *merge* the small ones of each model.

    What was set aside as damaged before goes: its vectors are computed again where they are
    wanted.  For anyone who holds the writer's lock; readers of a shard that goes read on.
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
                if is_shard(aside.name.removesuffix(DAMAGED)):
                    remove_file(aside)
        cache = VectorCache(folder, dimension)
        cache.check()
        merged += cache.compact() if merge else 0
        damaged += cache.damaged
    return TidyReport(merged, tuple(damaged))
