"""Output formats, commands and slash commands of plugins: found lazily, run, and reported."""

from __future__ import annotations

import subprocess
import sys

import pytest
from beyond import QUESTION, beyond, index, write

from docproc.chat.commands import COMMANDS
from docproc.cli.app import app
from docproc.cli.own_commands import OwnCommands
from docproc.errors import PluginError, UsageError
from docproc.hooks import markers
from docproc.library import Library
from docproc.operations.application import Application
from docproc.plugins.loading.trust import forget, trust
from docproc.workspace import find_workspace

pytestmark = pytest.mark.slow

COMMAND = """
{top}
from docproc.hooks import Registration, hookimpl

class Own:
    def declare(self, parser):
        parser.add_argument("words", nargs="*")
        parser.add_argument("-x", type=int, default=0)

    def run(self, arguments, library):
        {does}

@hookimpl
def docproc_commands():
    return [Registration("{name}", lambda settings: Own(), summary="does its own")]
"""
EXAMPLES = ("as_table.py", "senders.py", "count.py")


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    root = beyond(tmp_path_factory.mktemp("commands") / "w", *EXAMPLES)
    index(root)
    return root


@pytest.fixture
def root(shared, monkeypatch):
    """The examples' workspace, indexed; a plugin that a test adds is gone afterwards."""
    monkeypatch.chdir(shared)
    yield shared
    (shared / "plugins" / "own.py").unlink(missing_ok=True)
    trust(shared, own=True)


@pytest.fixture
def run(capsys):
    """Run a command in this process: its exit code, and what it said."""

    def run(*arguments):
        try:
            code = app(list(arguments), standalone_mode=False) or 0
        except SystemExit as left:
            code = left.code
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def own(root, does="return 3", name="own", top=""):
    write(root, "own.py", COMMAND.format(does=does, name=name, top=top))


def test_the_format_of_the_documentation_writes_answers_and_refusals(root, run):
    code, out, _ = run("ask", "--format", "table", QUESTION)
    lines = out.splitlines()
    assert (code, lines[:2]) == (0, [QUESTION, "answered"])
    assert lines[2].startswith("1\tseeds/")
    code, out, err = run("ask", "--format", "table", "Which zeppelin crossed Antarctica?")
    assert (code, out.splitlines()[1], err) == (1, "not_found", "")


def test_a_citation_style_is_found_as_before_and_an_unknown_name_has_the_nearest(root, run):
    assert run("ask", "--format", "markdown", QUESTION)[0] == 0
    with pytest.raises(UsageError, match="did you mean 'table'"):
        run("ask", "--format", "tabel", QUESTION)


@pytest.mark.parametrize(
    ("does", "cause"), [("1 / 0", "failed: ZeroDivisionError"), ("return 7", "7 is not text")]
)
def test_a_format_that_fails_is_named_with_its_file(root, run, does, cause):
    code = f"""
    from docproc.hooks import Registration, hookimpl
    class Odd:
        def render(self, answer):
            {does}
    @hookimpl
    def docproc_output_formats():
        return [Registration("odd", lambda settings: Odd())]
    """
    write(root, "own.py", code)
    with pytest.raises(PluginError, match=cause) as caught:
        run("ask", "--format", "odd", QUESTION)
    assert "drop-in plugins/own.py: the output format 'odd'" in str(caught.value)


def test_a_format_called_like_a_style_is_reported_and_the_style_is_meant(root):
    code = (root / "plugins" / "as_table.py").read_text("utf-8").replace('"table"', '"plain"')
    write(root, "own.py", code)
    application = Application(find_workspace(root, root))
    assert "a citation style is called 'plain' too" in " ".join(
        map(str, application.plugins.registry.faults)
    )
    assert application.extensions.output_format("plain").render([]) == ""


def test_the_command_of_the_documentation_runs_with_its_own_arguments(root, run):
    code, out, _ = run("senders")
    assert (code, out.split()) == (0, ["2", "I.", "P.", "Petrov", "1", "A.", "N.", "Orlova"])
    assert run("senders", "--least", "2")[1].split() == ["2", "I.", "P.", "Petrov"]
    code, out, _ = run("senders", "--help")
    assert (code, "--least LEAST" in out, "Who wrote how many." in out) == (0, True, True)
    code, _, err = run("senders", "--most")
    assert (code, "unrecognized arguments: --most" in err) == (2, True)


def test_a_command_is_found_in_the_workspace_that_is_named(root, run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run("senders", "-w", str(root), "--least", "2")[1].split() == ["2", "I.", "P.", "Petrov"]


def test_a_command_gets_its_arguments_as_they_were_typed_and_gives_an_exit_code(root, run):
    own(root, "print(arguments.words, arguments.x); return 3")
    code, out, _ = run("own", "-x", "4", "one", "--", "-two")
    assert (code, out.strip()) == (3, "['one', '-two'] 4")


def test_a_library_asks_and_reads(root, run):
    own(
        root,
        "a = library.ask(' '.join(arguments.words), limit=1, scope='from 1921'); "
        "d = library.document(a.citations[0].document_id); "
        "print(d.source.path, len(library.passages(d.id)), library.workspace == Path.cwd())",
        top="from pathlib import Path",
    )
    assert run("own", QUESTION)[1].split() == ["seeds/a.txt", "2", "True"]


def test_help_lists_commands_without_importing_a_plugin(root, run):
    own(root, top="raise SystemExit('imported')")
    code, out, _ = run("--help")
    listed = out.partition("Commands of plugins:")[2].split("\n")
    assert (code, [line.split()[0] for line in listed if line.strip()]) == (0, ["own", "senders"])
    assert "Who wrote how many." in out


def test_a_command_that_docproc_has_already_is_refused_with_a_message(root, run):
    own(root, "print('mine')", name="status")
    _, out, err = run("--help")
    assert "its own" not in out
    assert "left out: drop-in plugins/own.py: the command 'status' is docproc's own" in err
    assert "mine" not in run("status")[1]
    faults = Application(find_workspace(root, root)).plugins.registry.faults
    assert "the command 'status' is docproc's own; it needs another name" in str(faults[0])


@pytest.mark.parametrize(
    ("code", "cause"),
    [
        (COMMAND.format(top="1 / 0", does="pass", name="own"), "own.py: ZeroDivisionError"),
        (COMMAND.format(top="", does="1 / 0", name="own"), "the command 'own' failed: ZeroDiv"),
        (COMMAND.format(top="", does="return 'x'", name="own"), "'x' is not an exit code"),
        (COMMAND.format(top="", does="return 300", name="own"), "300 is not an exit code"),
        (
            COMMAND.format(top="", does="pass", name="own").replace("declare", "declaim"),
            "it lacks declare",
        ),
    ],
)
def test_a_command_that_fails_is_named_with_its_file_and_costs_only_itself(root, run, code, cause):
    write(root, "own.py", code)
    with pytest.raises(PluginError, match=cause) as caught:
        run("own")
    assert "plugins/own.py" in str(caught.value)
    assert run("senders")[0] == 0


def test_commands_of_an_untrusted_workspace_are_not_listed_and_refused_with_what_allows_them(
    root, run
):
    forget(root)
    assert "senders" not in run("--help")[1]
    with pytest.raises(PluginError, match="to allow it: docproc trust"):
        run("senders")


def test_without_plugins_there_are_none(root, run, monkeypatch):
    monkeypatch.setenv("DOCPROC_NO_PLUGINS", "")
    assert "senders" not in run("--no-plugins", "--help")[1]
    with pytest.raises(Exception, match="No such command"):
        run("--no-plugins", "senders")


def test_an_installed_command_is_listed_and_run_and_only_its_own_module_imported(
    root, tmp_path, monkeypatch
):
    own(root, "print('installed'); return 5", name="installed")
    site = tmp_path / "site"
    for name in ("one", "two"):
        facts = site / f"docproc_{name}-1.0.dist-info"
        facts.mkdir(parents=True)
        (facts / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: docproc-{name}\nVersion: 1\n"
        )
        (facts / "entry_points.txt").write_text(f"[docproc]\n{name} = pack_{name}.plugin\n")
        (site / f"pack_{name}").mkdir()
        (site / f"pack_{name}" / "__init__.py").write_text(f"print('imported {name}')")
    plugin = (root / "plugins" / "own.py").read_text("utf-8")
    (site / "pack_one" / "plugin.py").write_text(plugin, "utf-8")
    (site / "pack_two" / "plugin.py").write_text("raise SystemExit('imported two')", "utf-8")
    (root / "plugins" / "own.py").unlink()
    monkeypatch.setenv("PYTHONPATH", str(site))

    def docproc(*arguments):
        command = [sys.executable, "-m", "docproc", *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False, cwd=root)

    listed = docproc("--help")
    assert "installed" in listed.stdout
    assert "imported" not in listed.stdout + listed.stderr
    done = docproc("installed")
    assert (done.returncode, done.stdout) == (5, "installed\n")
    assert "imported two" not in done.stderr


def test_the_slash_command_of_the_documentation_is_listed_completed_and_run(root, capsys):
    import io

    from rich.console import Console

    from docproc.chat.prompt import converse
    from docproc.cli.commands.chat import plugin_commands

    library = Library(Application(find_workspace(root, root)))
    out = io.StringIO()
    console = Console(file=out, width=80)
    lines = io.StringIO(f"/help\n{QUESTION}\n/count well\n/cuont\n")
    converse(
        library.room,
        console,
        plugged=plugin_commands(library),
        told=library.application.extensions.report_answer,
        stdin=lines,
        errors=console,
    )
    assert "how many were asked" in out.getvalue()
    assert "1 asked, 2 in view. well" in out.getvalue()
    assert "did you mean '/count'" in out.getvalue()


@pytest.mark.parametrize(("name", "top"), [("why", ""), ("odd", "1 / 0")])
def test_a_slash_command_that_clashes_is_not_listed_and_one_that_fails_is_named(root, name, top):
    code = (root / "plugins" / "count.py").read_text("utf-8").replace('"count"', f'"{name}"')
    write(root, "own.py", code + top)
    application = Application(find_workspace(root, root))
    if name == "why":
        assert [each.name for each in application.extensions.chat_commands()] == ["count"]
    else:
        with pytest.raises(PluginError, match=r"plugins/own\.py: ZeroDivisionError"):
            application.extensions.run_chat_command("odd", "", None)


def test_the_names_that_are_taken_are_those_of_docproc():
    assert set(OwnCommands()) == markers.COMMANDS
    assert {command.name for command in COMMANDS} == markers.CHAT_COMMANDS


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('return [Registration("a", x, summary="b  c")]', [("a", "b c")]),
        ('return [hooks.Registration(name="a", factory=x)]', [("a", "")]),
        ('return [Registration("a", x, "b"), Registration("c", x)]', [("a", "b"), ("c", "")]),
        ("return [Registration(NAME, x)]", []),
        ("return [Registration(]", []),
    ],
)
def test_what_is_written_out_is_read_and_nothing_else(code, found):
    from docproc.plugins.loading.declared_commands import read

    source = f"@hookimpl\ndef docproc_commands():\n    {code}\n"
    assert list(read(source.encode(), "docproc_commands")) == found
    assert list(read(source.encode(), "docproc_chat_commands")) == []
