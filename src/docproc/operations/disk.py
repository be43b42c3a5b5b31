"""What a workspace takes on the disk, part by part."""

from __future__ import annotations

from pathlib import PurePosixPath

from docproc.store.durable import size_of
from docproc.store.generation import Generation
from docproc.store.layout import (
    CATALOG,
    ENCODER,
    RERANKER,
    TEXT,
    UNIT_VECTORS,
    VECTOR_INDEX,
    VECTORS,
    Layout,
)

OTHER = "other"
ENCODER_PART = "query encoder"


def disk_use(generation: Generation, layout: Layout) -> dict[str, int]:
    """Bytes by part of *generation*, the largest first, its encoder in full; then the cache."""
    parts: dict[str, int] = {}
    for name, file in generation.manifest.files.items():
        part = part_of(name)
        parts[part] = parts.get(part, 0) + file.size
    ordered = dict(sorted(parts.items(), key=lambda each: (-each[1], each[0])))
    return ordered | {"cache of vectors": size_of(layout.root / "cache")}


def by_character(parts: dict[str, int], characters: int) -> dict[str, float]:
    """Bytes of each part and of all, without the encoder, for each character of text."""
    told = {part: size for part, size in parts.items() if part != ENCODER_PART}
    told = {"all of it": sum(told.values())} | told
    return {part: round(size / characters, 2) for part, size in told.items()} if characters else {}


def part_of(name: str) -> str:
    """Which part of a generation the file called *name*, a path from its folder, belongs to."""
    steps = PurePosixPath(name).parts
    if ENCODER in steps[:-1]:
        return ENCODER_PART
    if RERANKER in steps[:-1]:
        return "re-ranker"
    if TEXT in steps[:-1]:
        return "index of words"
    if VECTORS in steps[:-1]:
        if VECTOR_INDEX in steps:
            return "index of vectors"
        return "vectors" if steps[-1] == UNIT_VECTORS else "about vectors"
    return "texts" if steps[-1] == CATALOG else OTHER
