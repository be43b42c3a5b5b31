"""The vectors and encoders of models that no generation was made with any more."""

from __future__ import annotations

from pathlib import Path

from docproc.store.durable import remove_tree, size_of
from docproc.store.generations import Generations


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
