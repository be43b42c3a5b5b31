"""An author's code is checked by ``mypy --strict`` against the installed package (``py.typed``)."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent
CACHE = HERE.parents[1] / ".mypy_cache" / "author"


def test_an_authors_plugin_is_typed_and_a_wrong_one_is_refused_line_by_line(tmp_path):
    names = ("author_plugin.py", "wrong_plugin.py")
    for name in names:
        shutil.copy(HERE / name, tmp_path / name)
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "mypy",
            "--strict",
            "--config-file=",
            f"--cache-dir={CACHE}",
            *names,
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    found = re.findall(r"^(\w+\.py):(\d+): error: (.*)$", done.stdout, re.MULTILINE)
    assert [error for error in found if error[0] == names[0]] == []
    lines = (HERE / names[1]).read_text("utf-8").splitlines()
    wrong = {number for number, line in enumerate(lines, 1) if line.endswith("# wrong")}
    assert {int(number) for _, number, _ in found} == wrong, done.stdout + done.stderr
    assert len(wrong) == 12
