"""The commands of docs/operating.md work, in their order."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import word_bag as bag

pytestmark = pytest.mark.slow

PAGE = Path(__file__).parent.parent / "docs" / "operating.md"


def test_every_command_on_the_page_does_what_it_says(tmp_path):
    root = bag.make_workspace(tmp_path / "workspace")
    bag.index(root)
    blocks = re.findall(r"```sh\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]
    assert len(lines) >= 9
    for line in lines:
        words = shlex.split(line.replace("~", str(tmp_path)))
        assert words[0] == "docproc"
        done = subprocess.run(
            [sys.executable, "-m", "docproc", *words[1:]],
            cwd=root,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{line}: {done.stderr}"
