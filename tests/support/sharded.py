"""Workspaces of a few letters in shards, and how one is lost."""

import random
import shutil
from pathlib import Path

from tiny_workspace import letter, tiny_workspace, wiring_of

from docproc.operations.reading.reading_room import open_reading_room
from docproc.operations.writing.runs import prepare_index
from docproc.pipeline.monitoring.progress import Silent
from docproc.store.catalog.shard_map import shard_of


def in_shards(root: Path, shards: int | None, progress=None, **named):
    return prepare_index(wiring_of(root), progress or Silent(), shards=shards, **named).run()


def room_of(root: Path):
    room = open_reading_room(wiring_of(root))
    assert room is not None
    return room


def filled(root: Path, shards: int, *, run: bool = True) -> Path:
    """A workspace of twelve letters, indexed in so many shards."""
    tiny_workspace(root)
    chance = random.Random(11)
    for number in range(12):
        (root / "seeds" / f"{number:02}.txt").write_text(letter(chance), "utf-8")
    if run:
        in_shards(root, shards)
    return root


def paths(root: Path) -> list[str]:
    return [f"seeds/{path.name}" for path in sorted((root / "seeds").iterdir())]


def of_shard(root: Path, number: int, shards: int = 3) -> set[str]:
    return {path for path in paths(root) if shard_of(path, shards) == number}


def lose(root: Path, number: int) -> None:
    generation = wiring_of(root).generations.current()
    assert generation
    shutil.rmtree(generation.folder / "shards" / f"{number:03d}")


class Stops(Silent):
    """Is interrupted at the *nth* time that a step begins."""

    def __init__(self, step: str, nth: int) -> None:
        self._step, self._left = step, nth

    def start(self, step: str, total: int, before: int = 0) -> None:
        self._left -= step == self._step
        if step == self._step and not self._left:
            raise KeyboardInterrupt
