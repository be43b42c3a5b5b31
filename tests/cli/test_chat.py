"""``docproc chat --resume`` and ``docproc ask --explain``, as a person runs them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from commands import docproc

from docproc.plugins.loading.trust import trust

pytestmark = pytest.mark.slow

FIRST = "How many rifles did Stalin want to send?"
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def place(letter_workspace: Path, tmp_path: Path) -> Path:
    """A copy of the indexed letter, for what a conversation leaves behind."""
    kept = shutil.ignore_patterns("chat")  # other tests may have talked there
    return Path(shutil.copytree(letter_workspace, tmp_path / "workspace", ignore=kept))


@pytest.fixture
def run(place: Path) -> Run:
    def run(*arguments: str, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
        environment = os.environ | {"NO_COLOR": "1"}
        return docproc(*arguments, folder=place, stdin=stdin, environment=environment)

    return run


def test_the_last_conversation_is_kept_and_resumed(run: Run, place: Path):
    assert run("chat", stdin=f"{FIRST}\n").returncode == 0
    (kept,) = (place / "embeddings" / "chat").glob("*.json")
    done = run("chat", "--resume", stdin="And how many machine guns?\n/check 1\n")
    assert done.returncode == 0
    assert done.stdout.startswith("Resumed: 1 question, saved on ")
    assert "⚠ as saved, not checked since" in done.stdout
    assert "understood as: “How many machine guns did Stalin want to send?”" in done.stdout
    assert len(json.loads(kept.read_text("utf-8"))["turns"]) == 2


def test_a_saved_conversation_is_resumed_verified_and_read(run: Run, place: Path):
    assert run("chat", "--no-history", stdin=f"{FIRST}\n/save a.json\n/save a.md\n").returncode == 0
    assert not (place / "embeddings" / "chat").exists()
    assert "> 1 " not in (place / "a.md").read_text("utf-8")
    assert "6,000 rifles" in (place / "a.md").read_text("utf-8")
    assert run("verify", "a.json").returncode == 0
    assert FIRST in run("chat", "--resume", "a.json", stdin="").stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["chat", "--resume"], "no conversation was kept here"),
        (["chat", "a.json"], "docproc chat --resume a.json"),
        (["chat", "--resume", "gone.json"], "gone.json: No such file"),
    ],
)
def test_what_cannot_be_resumed_is_told(run: Run, arguments: list[str], message: str):
    done = run(*arguments, stdin="")
    assert done.returncode == 2
    assert message in " ".join(done.stderr.split())


def test_explain_tells_why_each_passage_is_an_answer(run: Run):
    done = run("ask", FIRST, "--explain", "-n", "1")
    assert "rifles            “rifles”" in done.stdout
    assert "plugins/bolshevik_leadership.py" in done.stdout


def test_explain_has_a_form_for_programs(run: Run):
    answer = json.loads(run("ask", FIRST, "--explain", "--json", "-n", "1").stdout)
    (citation,) = answer["citations"]
    given = sum(signal["gave"] for signal in citation["signals"].values())
    assert given == pytest.approx(citation["score"], abs=0.002)
    words = {m["word"]: citation["quote"][m["start"] : m["end"]] for m in citation["matched"]}
    assert words["rifles"] == "rifles"
    assert "generation" in answer["behind"]
    assert (
        "signals" not in json.loads(run("ask", FIRST, "--json", "-n", "1").stdout)["citations"][0]
    )


LOUD = """
import sys
from docproc.hooks import Observer, Registration, hookimpl

print("imported", file=sys.stderr)


@hookimpl
def docproc_observers():
    return [Registration("loud", lambda settings: Observer())]
"""


@pytest.mark.parametrize("arguments", [["chat"], ["ask", FIRST]])
def test_a_plugin_is_imported_once(place: Path, run: Run, arguments: list[str]) -> None:
    (place / "plugins" / "loud.py").write_text(LOUD, "utf-8")
    config = (place / "config.toml").read_text("utf-8")
    config = config.replace("[pipeline]\n", '[pipeline]\nobservers = ["loud"]\n', 1)
    (place / "config.toml").write_text(config, "utf-8")
    trust(place)
    done = run(*arguments, stdin=f"{FIRST}\n{FIRST}\n")
    assert "6,000 rifles" in done.stdout
    assert done.stderr.count("imported") == 1, done.stderr
