"""A workspace over invented letters, indexed once for all tests of this room."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
from invented_letters import LETTERS
from shared import make_once

from docproc.operations.application import Application
from docproc.operations.reading.reading_room import open_reading_room
from docproc.operations.writing.runs import prepare_index
from docproc.pipeline.monitoring.progress import Silent
from docproc.retrieval import ReadingRoom
from docproc.workspace import find_workspace


@pytest.fixture(scope="session")
def letters_workspace(letter_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace, its model exported by the other one already.  Read it; do not change it."""

    def fill(root: Path) -> None:
        (root / "config.toml").write_text("", "utf-8")
        (root / "seeds").mkdir()
        for name, text in LETTERS.items():
            (root / "seeds" / name).write_text(text, "utf-8")
        encoders = letter_workspace / "embeddings" / "encoders"
        shutil.copytree(encoders, root / "embeddings" / "encoders")
        prepare_index(Application(find_workspace(root)), Silent()).run()

    return make_once(tmp_path_factory, "letters", fill)


@pytest.fixture(scope="session")
def letters_room(letters_workspace: Path) -> ReadingRoom:
    room = open_reading_room(Application(find_workspace(letters_workspace)))
    assert room is not None
    return room


@pytest.fixture(scope="session")
def room_over(
    letter_workspace: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[Mapping[str, Sequence[str]]], ReadingRoom]:
    """Indexes letters, each of its paragraphs by name, and opens a room over them."""

    def make(letters: Mapping[str, Sequence[str]]) -> ReadingRoom:
        root = tmp_path_factory.mktemp("room")
        (root / "config.toml").write_text("", "utf-8")
        (root / "seeds").mkdir()
        for name, parts in letters.items():
            text = "\n\n".join(filter(None, parts)) + "\n"
            (root / "seeds" / f"{name}.txt").write_text(text, "utf-8")
        encoders = letter_workspace / "embeddings" / "encoders"
        shutil.copytree(encoders, root / "embeddings" / "encoders")
        prepare_index(Application(find_workspace(root)), Silent()).run()
        opened = open_reading_room(Application(find_workspace(root)))
        assert opened is not None
        return opened

    return make
