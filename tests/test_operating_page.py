"""The commands of docs/operating.md work, in their order."""

import re
import shlex
from pathlib import Path

import pytest
import word_bag as bag
from commands import docproc

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
        done = docproc(*words[1:], folder=root)
        assert done.returncode == 0, f"{line}: {done.stderr}"
