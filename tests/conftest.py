"""Golden files: ``pytest --regenerate-golden`` writes all of them anew, and then fails."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

FLAG = "--regenerate-golden"
WRITING = "DOCPROC_WRITE_GOLDEN"
"""How the flag reaches the rooms of the tests that keep golden files of their own."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(FLAG, action="store_true", help="write the golden files anew")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption(FLAG):
        os.environ[WRITING] = "1"


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
