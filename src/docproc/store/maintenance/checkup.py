"""Checkup: is what is published, and what it was made from, still as it was written?"""

from __future__ import annotations

from docproc.dataclass_on_use import dataclass
from docproc.errors import StoreError
from docproc.store.generations.generation import verify
from docproc.store.generations.generations import Generations
from docproc.store.layout import Layout
from docproc.store.vectors.shard import SUFFIX, find_problem

INDEX, PRUNE = "docproc index", "docproc generations prune"
START = "start what holds the vectors"


@dataclass(frozen=True, slots=True)
class Damage:
    """A file below ``embeddings/`` that is not as it was written, and the command that fixes it."""

    path: str
    what: str
    fix: str

    def __str__(self) -> str:
        return f"{self.path}: {self.what}; `{self.fix}` fixes it"


def find_damage(generations: Generations, *, quick: bool = False) -> list[Damage]:
    """What is damaged of the published generation and of the vector cache.

    Every byte is compared with its checksum; *quick*: of the generation its manifest and the
    size of every file, of the cache nothing.  An empty list where nothing is published.
    """
    layout = generations.layout
    try:
        current = generations.current_id()
    except StoreError:
        return [Damage(layout.current.name, "names no generation", INDEX)]
    found = []
    if current is not None:
        for problem in verify(layout.generation(current), quick=quick):
            path = problem.path.relative_to(layout.root).as_posix()
            found.append(Damage(path, problem.what, INDEX))
    return found if quick else found + _of_cache(layout)


def _of_cache(layout: Layout) -> list[Damage]:
    """The damaged shards of vectors, of whatever model."""
    shards = sorted((layout.root / "cache").glob(f"*/*{SUFFIX}"))
    return [
        Damage(path.relative_to(layout.root).as_posix(), what, PRUNE)
        for path in shards
        if (what := find_problem(path))
    ]
