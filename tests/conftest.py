"""Fixtures that many rooms share, and golden files.

``pytest --regenerate-golden`` writes the golden files again, and then fails.
"""

from __future__ import annotations

import gc
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from correspondences import LETTERS as CORRESPONDENCES
from drop_ins import forget_removed, remember_own
from hypothesis import HealthCheck, settings
from own_folders import take_own_folders
from shared import make_once

from docproc.operations.application import Application
from docproc.operations.reading.reading_room import open_reading_room
from docproc.operations.writing.runs import prepare_index
from docproc.pipeline.monitoring.progress import Silent
from docproc.plugins.loading.trust import trust
from docproc.retrieval import ReadingRoom
from docproc.store.generations.published_vectors import fill_cache
from docproc.workspace import find_workspace

# How long a draw takes on a busy machine is no property of the code.  No test fails by chance: a
# property draws the same examples every time, unless `--hypothesis-profile random`
# asks for new ones.
settings.register_profile("random", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("local", settings.get_profile("random"), derandomize=True)
settings.register_profile("ci", settings.get_profile("local"), max_examples=50)
settings.register_profile("fast", settings.get_profile("local"), max_examples=20)
settings.load_profile("ci" if os.environ.get("CI") else "local")

SLOW, NOT_SLOW = "slow", "not slow"
_ALL_SLOW = re.compile(r"^pytestmark = .*pytest\.mark\.slow|^    pytest\.mark\.slow,$", re.M)

FLAG = "--regenerate-golden"
WRITING = "DOCPROC_WRITE_GOLDEN"
"""How the flag reaches the rooms of the tests that keep golden files of their own."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(FLAG, action="store_true", help="write the golden files again")


@pytest.hookimpl(trylast=True)  # what others make lies in the folder of who started the run
def pytest_configure(config: pytest.Config) -> None:
    take_own_folders(config)
    if config.getoption(FLAG):
        os.environ[WRITING] = "1"
    named = config.getoption("--hypothesis-profile", None)
    if config.option.markexpr == NOT_SLOW and not os.environ.get("CI") and not named:
        settings.load_profile("fast")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Each worker takes the tests of one stretch, and those of another at the end.

    So a module's fixtures are made once as a rule, and no worker waits for another.
    """
    if config.option.dist != "load":
        return None
    from xdist.scheduler import WorkStealingScheduling

    return WorkStealingScheduling(config, log)


_LONG = {
    "test_every_drop_in.py", "test_kills.py", "test_wrong_plugins.py", "test_crowds.py",
    "test_pages_for_authors.py", "test_scaffold.py",
}  # fmt: skip
"""What has a step of half a minute comes first, or one worker would wait for it at the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.path.name not in _LONG)


def pytest_collection_finish() -> None:
    """Look for garbage more seldom, and not among the tests: that was a tenth of all their time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    remember_own()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown() -> Iterator[None]:
    try:
        return (yield)
    finally:
        forget_removed()


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """A module of which the run takes no test is not imported: some import torch."""
    if collection_path.suffix != ".py" or config.option.markexpr not in (SLOW, NOT_SLOW):
        return None
    text = collection_path.read_text("utf-8")
    none = f"mark.{SLOW}" not in text if config.option.markexpr == SLOW else _ALL_SLOW.search(text)
    return bool(none) or None


@pytest.fixture
def golden_json(request: pytest.FixtureRequest) -> Callable[[str, Any], None]:
    """Compare a value with the golden file of that name, beside the test."""

    def compare(name: str, value: Any) -> None:
        path = Path(request.path).with_name("golden") / name
        written = json.dumps(value, ensure_ascii=False, indent=1) + "\n"
        if os.environ.get(WRITING):
            path.parent.mkdir(exist_ok=True)
            path.write_text(written, "utf-8")
        assert json.loads(written) == json.loads(path.read_text("utf-8"))

    return compare


REPOSITORY = Path(__file__).parent.parent


def copy_of_repository_workspace(root: Path) -> Path:
    """The workspace that this repository is, its derived files left behind."""
    shutil.copy(REPOSITORY / "config.toml", root / "config.toml")
    for name in ("seeds", "plugins"):
        shutil.copytree(
            REPOSITORY / name, root / name, ignore=shutil.ignore_patterns("__pycache__")
        )
    return root


@pytest.fixture(scope="session")
def letter_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's workspace, copied and indexed once.  Read it; do not change it.

    The workers of pytest-xdist share it: the first that needs it makes it.
    """

    def fill(root: Path) -> None:
        trust(copy_of_repository_workspace(root))
        application = Application(find_workspace(root))
        prepare_index(application, Silent()).run()
        generation = application.generations.current()
        assert generation is not None
        fill_cache(application.generations.layout, generation)  # others copy that

    root = make_once(tmp_path_factory, "letter", fill)
    trust(root)  # an installed docproc ships no drop-ins, and so knows none of these
    return root


@pytest.fixture(scope="session")
def correspondences_room(
    letter_workspace: Path, tmp_path_factory: pytest.TempPathFactory
) -> ReadingRoom:
    """A room over the invented correspondences.  The workers of pytest-xdist share its folder."""

    def fill(root: Path) -> None:
        (root / "config.toml").write_text("", "utf-8")
        (root / "seeds").mkdir()
        for name, parts in CORRESPONDENCES.items():
            (root / "seeds" / f"{name}.txt").write_text("\n\n".join(parts) + "\n", "utf-8")
        encoders = letter_workspace / "embeddings" / "encoders"
        shutil.copytree(encoders, root / "embeddings" / "encoders")
        prepare_index(Application(find_workspace(root)), Silent()).run()

    root = make_once(tmp_path_factory, "correspondences", fill)
    room = open_reading_room(Application(find_workspace(root)))
    assert room is not None
    return room


@pytest.fixture
def workspace(letter_workspace: Path, tmp_path: Path) -> Path:
    """A workspace of one's own over the letter, not indexed yet, its model already exported."""
    root = tmp_path / "workspace"
    root.mkdir()
    copy_of_repository_workspace(root)
    trust(root)
    for name in ("cache", "encoders"):
        shutil.copytree(letter_workspace / "embeddings" / name, root / "embeddings" / name)
    return root
