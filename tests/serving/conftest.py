"""A reading room over invented letters, some of them hostile, indexed once for all tests here."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from letters_served import ALTO, HOCR, LETTERS, TEI, TOKEN, ledger_image
from shared import make_once

import docproc
from docproc.library import Library
from docproc.operations.application import Application
from docproc.operations.writing.runs import prepare_index
from docproc.pipeline.monitoring.progress import Silent
from docproc.workspace import find_workspace

pytest.importorskip("starlette")

from starlette.applications import Starlette
from starlette.testclient import TestClient

from docproc.serving.application import application
from docproc.serving.service.safety import Admission
from docproc.serving.service.service import Service


@pytest.fixture(scope="session")
def room_workspace(letter_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace, its model exported by the other one already.  Read it; do not change it."""

    def fill(root: Path) -> None:
        (root / "config.toml").write_text("", "utf-8")
        (root / "seeds").mkdir()
        for name, text in LETTERS.items():
            (root / "seeds" / name).write_text(text, "utf-8")
        (root / "seeds" / "06-dispatch.xml").write_text(TEI, "utf-8")
        (root / "seeds" / "07-ledger.xml").write_text(ALTO, "utf-8")
        (root / "seeds" / "08-bell.hocr").write_text(HOCR, "utf-8")
        (root / "images").mkdir()
        (root / "images" / "ledger.png").write_bytes(ledger_image())
        shutil.copytree(
            letter_workspace / "embeddings" / "encoders", root / "embeddings" / "encoders"
        )
        prepare_index(Application(find_workspace(root)), Silent()).run()

    return make_once(tmp_path_factory, "room", fill)


@pytest.fixture(scope="session")
def library(room_workspace: Path) -> Library:
    return docproc.open(room_workspace)


@pytest.fixture(scope="session")
def app(library: Library) -> Starlette:
    return application(Service(library, Admission(token=TOKEN), "Letters"))


@pytest.fixture
def stranger(app: Starlette) -> Iterator[TestClient]:
    """A browser that has not been let in."""
    with TestClient(app, base_url="http://127.0.0.1", follow_redirects=False) as client:
        yield client


@pytest.fixture
def reader(app: Starlette) -> Iterator[TestClient]:
    """A browser that opened the address with the token."""
    with TestClient(app, base_url="http://127.0.0.1") as client:
        client.get("/", params={"token": TOKEN})
        yield client
