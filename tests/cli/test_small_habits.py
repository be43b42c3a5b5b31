"""Small habits of the command line: what a person tries, and what it says."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import word_bag as bag
from hostile_workspace import run

from docproc.chat.scope_words import parse_scope
from docproc.chat.session import scope_phrase
from docproc.cli.options.arguments import replace_undecodable

pytestmark = pytest.mark.slow

QUESTION = "Who needs rifles at the frontier?"


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    root = bag.make_workspace(tmp_path_factory.mktemp("habits") / "w")
    bag.index(root)
    return root


def test_a_question_without_quotation_marks_is_told_to_have_them(root, monkeypatch):
    code, _, err = run(monkeypatch, root, "ask", *QUESTION.split())
    assert code == 2
    assert "quotation marks" in err
    assert QUESTION in err


def test_a_dash_reads_the_question_from_standard_input(root, monkeypatch):
    code, out, _ = run(monkeypatch, root, "ask", "-", "--json", stdin=QUESTION.encode() + b"\n")
    assert code in (0, 1)
    assert json.loads(out)["question"] == QUESTION
    assert run(monkeypatch, root, "ask", "-", stdin=b" \n")[0] == 2


def test_a_dash_reads_the_citations_from_standard_input(root, monkeypatch):
    _, out, _ = run(monkeypatch, root, "ask", QUESTION, "--json")
    code, out, _ = run(monkeypatch, root, "verify", "-", stdin=out.encode())
    assert code == 0
    assert "stand" in out
    assert run(monkeypatch, root, "verify", "-", stdin=b"no such words as these")[0] == 1
    assert run(monkeypatch, root, "verify", "-", stdin=b" \n")[0] == 2


@pytest.mark.parametrize("name", ["./rifles.txt", "rifles", "../w/seeds/rifles.txt", "rifles.txt"])
def test_a_document_is_shown_by_any_way_to_its_file(root, monkeypatch, name):
    code, out, _ = run(monkeypatch, root, "show", name)
    assert code == 0
    assert "forty crates" in out


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask", "caf\udce9 ferry"),
        ("documents", "--sender", "Gor\udce9"),
        ("documents", "--sender=Gor\udce9"),
        ("show", "b\udce9.txt"),
        ("cite", "b\udce9.txt"),
        ("mentions", "Gor\udce9"),
        ("generations", "use", "\udce9"),
        ("plugins", "why", "\udce9"),
        ("verify", "\udce9.json"),
        ("index", "\udce9"),
        ("ask", "ferry", "--scope", "\udce9"),
    ],
)
def test_bytes_that_are_no_character_are_replaced_or_refused(root, monkeypatch, arguments):
    code, out, err = run(monkeypatch, root, *arguments)
    assert code in (0, 1, 2), err
    assert "\udce9" not in out + err


def test_the_name_of_a_file_stays_as_it_is(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert replace_undecodable("caf\udce9") == "caf\ufffd"
    (tmp_path / "caf\udce9").touch()
    assert replace_undecodable("caf\udce9") == "caf\udce9"
    assert replace_undecodable("--gate=caf\udce9") == "--gate=caf\udce9"


def test_a_piped_conversation_goes_on_over_bytes_that_are_no_character(root, monkeypatch):
    lines = b"caf\xe9 ferry\n\xff\xfe\n" + QUESTION.encode() + b"\n"
    code, out, err = run(monkeypatch, root, "chat", "--no-history", stdin=lines)
    assert code in (0, 1), err
    assert f"> {QUESTION}" in out


def test_help_and_exit_are_commands_in_a_conversation(root, monkeypatch):
    lines = b"help\nExit\nnobody asks this\n"
    code, out, _ = run(monkeypatch, root, "chat", "--no-history", stdin=lines)
    assert code == 0
    assert "/scope" in out
    assert "nobody asks this" not in out


@pytest.mark.parametrize("command", [("chat",), ("ask", "-"), ("verify", "-")])
def test_a_closed_standard_input_is_named(root, command):
    done = closed(root, *command, stream="stdin")
    assert done.returncode == 2
    assert "standard input cannot be read" in done.stderr


def closed(root, *command, stream):
    shut = {"stdin": "<&-", "stdout": ">&-"}[stream]
    line = f'exec "$0" -m docproc "$@" {shut}'
    return subprocess.run(
        ["sh", "-c", line, sys.executable, *command], cwd=root, capture_output=True, text=True
    )


def test_a_closed_or_a_full_standard_output_is_named_and_a_reader_that_left_is_none(root):
    done = closed(root, "documents", stream="stdout")
    assert (done.returncode, "report it" in done.stderr) == (74, False)
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "docproc", "documents"]
        done = subprocess.run(command, cwd=root, stdout=full, stderr=subprocess.PIPE, text=True)
    assert (done.returncode, "report it" in done.stderr) == (74, False)
    line = '"$0" -m docproc documents | true; exit ${PIPESTATUS[0]}'
    command = ["bash", "-c", line, sys.executable]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("to 1920-12", "up to 1920-12"),
        ("up to 1920-12", "up to 1920-12"),
        ("from 1919 to 1920-12", "from 1919 to 1920-12"),
        ("sender Lind to 1920", "sender Lind up to 1920"),
        ("since 1919 until 1920-12", "since 1919 until 1920-12"),
    ],
)
def test_a_scope_with_one_end_says_so(words, said):
    scope = parse_scope(words)
    assert scope_phrase(scope) == said
    assert parse_scope(said).latest == scope.latest


def test_colour_and_width_are_what_the_surroundings_ask_for(root, monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.delenv("COLUMNS", raising=False)
    for name in ("CLICOLOR_FORCE", "FORCE_COLOR"):
        monkeypatch.setenv(name, "1")
        code, out, err = run(monkeypatch, root, "ask", QUESTION)
        assert (code, err, "\x1b[" in out) == (0, "", True)
        monkeypatch.delenv(name)
    assert "\x1b" not in run(monkeypatch, root, "ask", QUESTION)[1]
    for width in (60, 80, 140):
        monkeypatch.setenv("COLUMNS", str(width))
        out = run(monkeypatch, root, "ask", QUESTION)[1]
        assert max(map(len, out.splitlines())) == width


def every(command, path=()):
    yield path
    for name, inner in getattr(command, "commands", {}).items():
        yield from every(inner, (*path, name))


def test_help_cuts_no_summary_and_names_what_is_to_be_given(root, monkeypatch):
    import typer.main

    from docproc.cli.app import app

    monkeypatch.setenv("COLUMNS", "80")
    for path in every(typer.main.get_command(app)):
        code, out, _ = run(monkeypatch, root, *path, "-h")
        assert code == 0
        lines = [line for line in out.splitlines() if not line.startswith("Usage")]
        assert not [line for line in lines if line.endswith("...")], path
        assert not re.search(r"<(str|int|float|path|int range|float range)>|\{\w+\}", out), path
        assert max(map(len, out.splitlines())) <= 80


@pytest.mark.parametrize("command", [("index", ""), ("init", ""), ("status", "-w", " ")])
def test_an_empty_name_is_not_the_current_folder(root, monkeypatch, command):
    code, _, err = run(monkeypatch, root, *command)
    assert (code, "the name of a file or folder is empty" in err) == (2, True)


def test_too_little_memory_is_no_fault_to_report(root, monkeypatch):
    def full(*_):
        raise MemoryError("Unable to allocate 3 GiB")

    monkeypatch.setattr("docproc.cli.commands.documents.choose_documents", full)
    code, _, err = run(monkeypatch, root, "documents")
    assert code == 70
    assert "not enough memory: Unable to allocate 3 GiB" in err
    assert "report" not in err


def test_an_interrupt_before_the_command_line_is_imported_prints_no_traceback(root):
    code = (
        "import builtins; from docproc.cli import main; real = builtins.__import__\n"
        "def given(name, *rest, **ways):\n"
        "    if name == 'docproc.cli.app': raise KeyboardInterrupt\n"
        "    return real(name, *rest, **ways)\n"
        "builtins.__import__ = given; main()"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True)
    assert (done.returncode, "Traceback" in done.stderr) == (130, False)
