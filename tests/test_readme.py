"""The README's commands and its session are true."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

REPOSITORY = Path(__file__).parent.parent
README = (REPOSITORY / "README.md").read_text("utf-8")


def docproc(arguments, folder):
    return subprocess.run(
        [sys.executable, "-m", "docproc", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def fence(before):
    """The lines of the fenced block that follows *before*."""
    _, _, rest = README.partition(before)
    return re.match(r"\s*```\w+\n(.*?)```", rest, re.DOTALL)[1]


def session():
    """The commands of the session at the top, each with what it is said to print."""
    text = re.search(r"```console\n(.*?)```", README, re.DOTALL)[1]
    for part in text.split("$ docproc ")[1:]:
        command, _, printed = part.partition("\n")
        yield command, printed


@pytest.mark.parametrize(("command", "printed"), list(session()))
def test_the_session_prints_what_the_readme_shows(letter_workspace, command, printed):
    done = docproc(shlex.split(command), letter_workspace)
    assert done.stdout.strip("\n") == printed.strip("\n")
    assert done.returncode == (1 if printed.startswith("Not found") else 0)


@pytest.mark.parametrize("marker", ["main-command", "test-command"])
def test_a_command_is_one_line_that_makes_its_own_environment_and_installs_from_here(marker):
    command = fence(f"<!-- {marker} -->").strip()
    assert "\n" not in command
    steps = [shlex.split(step) for step in command.split(" && ")]
    assert steps[0] == ["python3", "-m", "venv", ".venv"]
    assert steps[1][:2] == [".venv/bin/pip", "install"]
    assert steps[1][-1] in (".", ".[test]")
    assert len(steps) == 3


def test_the_main_command_ends_in_a_question_that_is_answered(letter_workspace):
    step = shlex.split(fence("<!-- main-command -->").strip().split(" && ")[-1])
    assert step[0] == ".venv/bin/docproc"
    done = docproc(step[1:], letter_workspace)
    assert done.returncode == 0
    assert "6,000 rifles" in done.stdout
    assert "RTSKHIDNI. F. 558. Op. 2. D. 51. L. 1." in done.stdout


def test_the_commands_for_ones_own_documents_work_in_their_order(tmp_path):
    lines = [line.partition("#")[0].split() for line in fence("## Your own documents").splitlines()]
    assert lines[0] == ["docproc", "init", "letters"]
    assert docproc(lines[0][1:], tmp_path).returncode == 0
    assert lines[1] == ["cd", "letters"]
    folder = tmp_path / "letters"
    empty = docproc(["index"], folder)
    assert "no readable document" in empty.stderr
    assert [line[:2] for line in lines[2:]] == [["docproc", "index"], ["docproc", "chat"]]


def test_every_command_in_the_table_exists():
    names = re.findall(r"^\| `docproc (\w+)", README, re.MULTILINE)
    listed = subprocess.run(
        [sys.executable, "-m", "docproc", "--help"], capture_output=True, text=True, check=True
    ).stdout
    assert len(names) >= 9
    for name in names:
        assert re.search(rf"^  {name}\b", listed, re.MULTILINE), name


def test_every_link_leads_to_a_file():
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert (REPOSITORY / target).exists(), target
