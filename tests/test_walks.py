"""The two walks of the architecture page are those that a real question and a real file take."""

import json
import os
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
import word_bag as bag

import docproc

pytestmark = pytest.mark.slow

PAGE = Path(__file__).parent.parent / "docs" / "architecture.md"
SRC = Path(docproc.__file__).parent
LONGEST = 12
FOLLOW = """
import json, sys

src, to, *sys.argv[1:] = sys.argv[1:]
from docproc.cli import main

entered = {}  # module: the modules that it was first entered from, innermost first

def follow(frame, event, argument):
    code = frame.f_code
    module = code.co_filename.removeprefix(src)
    if event != "call" or module in entered or code.co_name.startswith(("__", "<module")):
        return  # made or imported, not yet asked for anything
    if module == code.co_filename:
        return
    above, up = [], frame.f_back
    while up is not None:
        if up.f_code.co_filename.startswith(src):
            if up.f_code.co_name == "<module>":
                return  # imported, not yet called
            above.append(up.f_code.co_filename.removeprefix(src))
        up = up.f_back
    entered[module] = above

sys.setprofile(follow)
try:
    main()
finally:
    sys.setprofile(None)
    with open(to, "w") as out:
        json.dump(entered, out)
"""


def walks() -> list[list[str]]:
    part = PAGE.read_text("utf-8").split("## Two walks")[1].split("\n## ")[0]
    lists = re.split(r"\n(?=1\. )", part)[1:]
    return [re.findall(r"^\d+\. `([^`]+)`", each, re.M) for each in lists]


def follow(root: Path, *words: str) -> dict[str, list[str]]:
    """The modules that ``docproc`` *words* enters, in order, each with those above it."""
    to = root.parent / "entered.json"
    done = subprocess.run(
        [sys.executable, "-c", FOLLOW, f"{SRC}{os.sep}", str(to), *words],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(to.read_text("utf-8"))


@pytest.fixture(scope="module")
def entered(tmp_path_factory):
    root = bag.make_workspace(tmp_path_factory.mktemp("walks") / "letters")
    file = follow(root, "index", "--threads", "1")
    return follow(root, "ask", "Why did the harvest fail?"), file


@pytest.mark.parametrize("number", [0, 1], ids=["question", "file"])
def test_a_walk_is_the_one_that_is_taken(entered, number):
    walk, taken = walks()[number], entered[number]
    assert 2 < len(walk) <= LONGEST
    assert [module for module in taken if module in walk] == walk
    for before, module in pairwise(walk):
        from_above = set(taken[module]) & set(walk[: walk.index(module)])
        assert from_above, f"{module} is not entered from above, but {taken[module]}"
        assert before in taken
