"""An answer is written where that is asked for, and whatever a writer does is its own fault."""

import json
import subprocess
import sys

import pytest
from beyond import QUESTION, beyond, index, wired
from typer.testing import CliRunner

from docproc.chat.commands import run_command
from docproc.cli.app import app
from docproc.errors import ExitCode, PluginError, UsageError
from docproc.library import Library

WRITER = """
from docproc.hooks import Registration, Written, hookimpl

class Mine:
    def write(self, question, sentences, /):
        BODY
        return [
            Written(words="In 1950 the committee asked for wagons.", sentences=(1,)),
            Written(words="So everybody knows."),
        ]

@hookimpl
def docproc_writers():
    return [Registration("mine", lambda _: Mine())]
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    made = beyond(
        tmp_path_factory.mktemp("writing") / "w", WRITER, config='[ask]\nwriter = "mine"\n'
    )
    index(made)
    return made


def body(root, code):
    from docproc.plugins.loading.trust import trust

    (root / "plugins" / "own_0.py").write_text(WRITER.replace("BODY", code), "utf-8")
    trust(root, own=True)


def run(root, *arguments):
    return CliRunner().invoke(app, ["ask", "-w", str(root), *arguments])


def test_what_is_written_stands_on_quotations_and_the_rest_is_set_apart(root):
    body(root, "")
    library = Library(wired(root))
    answer = library.ask(QUESTION)
    written = library.writing.write(answer)
    (sentence,) = written.sentences
    assert sentence.lacking == ("1950",)
    assert written.apart[0].why == "no quotation stands behind it"
    text = library.document(answer.citations[0].document_id).text
    assert sentence.quotations[0].quote == sentence.quotations[0].span.of(text)


def test_ask_writes_only_where_it_is_asked_to(root):
    body(root, "")
    plain = run(root, QUESTION)
    assert "1950" not in plain.output
    done = run(root, "--write", QUESTION)
    assert done.exit_code == 0
    assert done.stdout.startswith("Written by mine: its words are not the sources'")
    assert "not in its quotation: 1950" in done.stdout
    assert "set apart, since no quotation stands behind it: “So everybody knows.”" in done.stdout
    assert plain.stdout in done.stdout


def test_json_tells_what_was_written(root):
    body(root, "")
    told = json.loads(run(root, "--write", "--json", QUESTION).stdout)
    (sentence,) = told["written"]["sentences"]
    (quotation,) = sentence["quotations"]
    assert quotation["quote"] in told["citations"][quotation["citation"] - 1]["quote"]
    assert "written" not in json.loads(run(root, "--json", QUESTION).stdout)


def test_json_stays_one_object_whatever_a_writer_prints_and_its_fault_is_exit_code_4(root):
    body(root, "print('I ask my model'); raise SystemExit(0)")
    command = [
        sys.executable,
        "-m",
        "docproc",
        "ask",
        "-w",
        str(root),
        "--write",
        "--json",
        QUESTION,
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == ExitCode.PLUGIN
    assert json.loads(done.stdout)["written"] is None
    assert "I ask my model" in done.stderr
    assert "the writer 'mine' failed: SystemExit" in done.stderr


def test_of_a_refusal_no_writer_is_asked(root):
    body(root, "raise ValueError")
    done = run(root, "--write", "--json", "xylophones in Zanzibar")
    assert json.loads(done.stdout)["citations"] == []
    assert json.loads(done.stdout)["written"] is None


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("1 / 0", "failed: ZeroDivisionError"),
        ("raise SystemExit(0)", "failed: SystemExit"),
        ("raise KeyboardInterrupt", "failed: KeyboardInterrupt"),
        ("raise GeneratorExit", "failed: GeneratorExit"),
        ("import nosuchlibrary", "failed: ModuleNotFoundError"),
        ("return None", "broke its contract: it gave NoneType"),
        ("return 'prose'", "broke its contract: it gave str"),
        ("return ['prose']", "broke its contract: 'prose' is no Written"),
        ("return [Written(words=7)]", "is no Written"),
        ("return [Written(sentences=('1',))]", "are no numbers"),
        ("return [Written(sentences=(True,))]", "are no numbers"),
        ("return [Written(sentences=None)]", "are no numbers"),
    ],
)
def test_whatever_it_does_is_its_own_and_costs_its_words_alone(root, code, said):
    body(root, code)
    done = run(root, "--write", QUESTION)
    assert isinstance(done.exception, PluginError)
    assert done.exception.exit_code == ExitCode.PLUGIN
    assert "drop-in plugins/own_0.py: the writer 'mine' " in str(done.exception)
    assert said in str(done.exception)
    assert "40 wagons" in done.stdout  # the answer stands


def test_one_that_hangs_is_left_behind(root, monkeypatch):
    body(root, "import threading; threading.Event().wait()")  # for ever
    config = (root / "config.toml").read_text("utf-8")
    (root / "config.toml").write_text(config.replace("[ask]", "[ask]\nwriting_seconds = 0.2"))
    done = run(root, "--write", QUESTION)
    (root / "config.toml").write_text(config, "utf-8")
    assert "the writer 'mine' did not finish within 0.2 seconds" in str(done.exception)


def test_the_chat_writes_the_last_answer(root):
    body(root, "")
    session = Library(wired(root)).conversation()
    with pytest.raises(UsageError, match="ask a question first"):
        run_command("/write", session, 80)
    session.ask(QUESTION)
    said = "\n".join(
        "".join(p.text for p in line) for line in run_command("/write", session, 80).lines
    )
    assert "In 1950 the committee asked for wagons." in said
    session.ask("xylophones in Zanzibar")
    said = "".join(p.text for line in run_command("/write", session, 80).lines for p in line)
    assert "A refusal is not written up" in said


def test_where_no_writer_is_named_it_is_said_before_anything_is_asked(root):
    body(root, "")
    config = (root / "config.toml").read_text("utf-8")
    (root / "config.toml").write_text(config.replace('writer = "mine"', ""), "utf-8")
    done = run(root, "--write", QUESTION)
    (root / "config.toml").write_text(config, "utf-8")
    assert isinstance(done.exception, UsageError)
    assert "[ask] writer in config.toml names one; there are: mine" in str(done.exception)
    assert done.stdout == ""


def test_one_can_be_switched_off(root, monkeypatch):
    body(root, "")
    monkeypatch.setenv("DOCPROC_WITHOUT", "mine")
    assert isinstance(run(root, "--write", QUESTION).exception, UsageError)
    assert run(root, QUESTION).exit_code == 0
