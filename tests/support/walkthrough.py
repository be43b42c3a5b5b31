"""Follows a page of the documentation to the letter: writes its files, runs its commands.

A fence means what stands in a comment directly before it, or else what its language says:

* ``<!-- file: PATH -->``: the fence is that file;
* ``console``: each line after ``$ `` is a command, and what follows it is what it prints, where
  ``…`` stands for anything, a line of its own for any lines; ``<!-- exit: N -->`` if not 0;
* ``python``: a program that must end well;
* ``text``: only shown;
* ``<!-- by hand -->``: not run here, since it needs the network.

Commands run in an environment of their own that sees the packages of the tests, so that what a
page installs is installed there alone.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import venv
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt

_DIRECTIVE = re.compile(r"<!--\s*(file|exit|by hand)(?::\s*(.+?))?\s*-->")
_PROGRAMS = {"docproc": "docproc", "pytest": "pytest", "pip": "pip"}
ANYTHING = "…"
_PROGRESS = re.compile(r"[a-z ]+: [\d,]+ of [\d,]+, .* left")
"""What a command says of how far it is where it takes long, as it may on a busy machine."""


@dataclass(frozen=True, slots=True)
class Fence:
    """One fenced block: its language, its text, its line on the page, what its comment says."""

    language: str
    text: str
    line: int
    directive: str = ""
    argument: str = ""


def fences(page: str) -> list[Fence]:
    """The fenced blocks of *page*, in order."""
    found = []
    said = ("", "")
    for token in MarkdownIt().parse(page):
        if token.type == "html_block" and (comment := _DIRECTIVE.search(token.content)):
            said = (comment[1], comment[2] or "")
        elif token.type == "fence":
            found.append(Fence(token.info, token.content, token.map[0] + 1, *said))
            said = ("", "")
    return found


class Walk:
    """One reader of a page, who begins in the empty *folder*.

    *encoders* are those of a workspace whose model is exported already: a new one made with
    ``docproc init`` gets them, which spares seconds and changes nothing that is printed.
    """

    def __init__(self, folder: Path, environment: Path, encoders: Path | None = None) -> None:
        self.folder = folder
        self.commands = 0
        self._encoders = encoders
        self._variables = _environment(environment)

    def follow(self, fence: Fence) -> None:
        """Do what *fence* says; ``AssertionError`` where it does not go as it says."""
        if fence.directive == "by hand" or (fence.language == "text" and not fence.directive):
            return
        if fence.directive == "file":
            path = self.folder / fence.argument
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(fence.text, "utf-8")
            return
        if fence.language == "python":
            program = self.folder / ".snippet.py"
            program.write_text(fence.text, "utf-8")
            self._run("python .snippet.py", "", fence)
            program.unlink()
            return
        assert fence.language == "console", f"line {fence.line}: nobody would know what to do"
        for command, printed in _commands(fence.text):
            self._run(command, printed, fence)

    def _run(self, command: str, printed: str, fence: Fence) -> None:
        self.commands += 1
        if command.startswith("cd "):
            self.folder = (self.folder / command.removeprefix("cd ")).resolve()
            assert self.folder.is_dir(), command
            return
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=self.folder,
            env=self._variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            check=False,
        )
        wanted = int(fence.argument) if fence.directive == "exit" else 0
        said = f"line {fence.line}: $ {command}\nprinted:\n{done.stdout}"
        assert done.returncode == wanted, f"{said}\nand ended with {done.returncode}"
        if command.startswith("docproc init ") and self._encoders:
            made = self.folder / command.split()[-1] / "embeddings" / self._encoders.name
            shutil.copytree(self._encoders, made)
        # where an embedder of the page's own is used, the model put there goes, and is said to
        lines = done.stdout.splitlines(keepends=True)
        told = "".join(line for line in lines if not line.startswith("removed: encoders/"))
        assert not printed or agrees(printed, told), f"{said}\nand not:\n{printed}"


def agrees(expected: str, printed: str) -> bool:
    """Whether *printed* is what *expected* shows, but for space at line ends and progress."""
    lines = [line.rstrip() for line in expected.strip("\n").splitlines()]
    pattern = "".join(
        r"(?:.*\n)*?"
        if line == ANYTHING
        else r"[^\n]*?".join(map(re.escape, line.split(ANYTHING))) + r"\n"
        for line in lines
    )
    shown = [line.rstrip() for line in printed.strip("\n").splitlines()]
    text = "\n".join(line for line in shown if not _PROGRESS.fullmatch(line)) + "\n"
    return re.fullmatch(pattern, text) is not None


def _commands(text: str) -> list[tuple[str, str]]:
    """The commands of a session, each with what is shown of its output."""
    found = []
    for part in re.split(r"(?m)^\$ ", text)[1:]:
        command, _, printed = part.partition("\n")
        while command.endswith("\\"):
            more, _, printed = printed.partition("\n")
            command = command[:-1] + more.strip()
        found.append((command, printed))
    return found


def _environment(folder: Path) -> dict[str, str]:
    """A virtual environment at *folder*, over the one that the tests run in; its variables."""
    venv.create(folder, with_pip=False, symlinks=True)
    python = folder / "bin" / "python"
    packages = next(folder.glob("lib/python*/site-packages"))
    outer = sysconfig.get_path("purelib")
    (packages / "outer.pth").write_text(f"import site; site.addsitedir({outer!r})\n", "utf-8")
    for program, module in _PROGRAMS.items():
        script = python.with_name(program)
        script.write_text(f'#!/bin/sh\nexec "{python}" -m {module} "$@"\n', "utf-8")
        script.chmod(0o755)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    path = os.pathsep.join([str(python.parent), kept.get("PATH", os.defpath)])
    return kept | {
        "PATH": path,
        "COLUMNS": "80",
        "NO_COLOR": "1",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_NO_BUILD_ISOLATION": "0",  # as pip has it: what builds is there already
        "PIP_NO_DEPS": "1",
        "PIP_NO_INDEX": "1",
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",  # those of the tests load for .7 s
        "PYTHONWARNINGS": "ignore",
    }


def can_walk() -> bool:
    """Whether this machine has a shell that the pages are written for."""
    return sys.platform != "win32" and shutil.which("bash") is not None
