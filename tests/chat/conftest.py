"""Rooms over real documents; and golden files, which ``DOCPROC_WRITE_GOLDEN=1`` writes anew."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from shared import make_once

from docproc.operations.application import Application
from docproc.operations.reading.reading_room import open_reading_room
from docproc.operations.writing.runs import prepare_index
from docproc.pipeline.monitoring.progress import Silent
from docproc.retrieval import ReadingRoom
from docproc.workspace import find_workspace

WRITING = "DOCPROC_WRITE_GOLDEN"


@pytest.fixture
def golden() -> Callable[[str, str], None]:
    """Compare a text with the golden file of that name."""

    def compare(name: str, text: str) -> None:
        path = Path(__file__).with_name("golden") / name
        if os.environ.get(WRITING):
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, "utf-8")
        assert text == path.read_text("utf-8")

    return compare


@pytest.fixture(scope="session")
def letter_room(letter_workspace: Path) -> ReadingRoom:
    """A reading room over the letter of this repository."""
    return room_in(letter_workspace)


@pytest.fixture(scope="session")
def river_room(letter_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> ReadingRoom:
    """A reading room over the ten invented documents in ``corpus/``."""

    def fill(root: Path) -> None:
        shutil.copytree(Path(__file__).with_name("corpus"), root / "seeds")
        (root / "config.toml").write_text("[sources]\n")
        # the model is exported once a session, for the letter
        encoders = letter_workspace / "embeddings" / "encoders"
        shutil.copytree(encoders, root / "embeddings" / "encoders")
        prepare_index(Application(find_workspace(root)), Silent()).run()

    return room_in(make_once(tmp_path_factory, "river", fill))


def room_in(root: Path) -> ReadingRoom:
    room = open_reading_room(Application(find_workspace(root)))
    assert room is not None
    return room
