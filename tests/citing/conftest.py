"""Golden files, which ``DOCPROC_WRITE_GOLDEN=1 pytest tests/citing`` writes anew."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

WRITING = "DOCPROC_WRITE_GOLDEN"


@pytest.fixture
def golden():
    def compare(name, text):
        path = Path(__file__).with_name("golden") / name
        if os.environ.get(WRITING):
            path.parent.mkdir(exist_ok=True)
            path.write_text(text + "\n", "utf-8")
        assert text + "\n" == path.read_text("utf-8")

    return compare
