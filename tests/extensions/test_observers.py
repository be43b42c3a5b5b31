"""Observers are told what happens, and one that fails costs only itself."""

from __future__ import annotations

import pytest
from beyond import EXAMPLES, ask, beyond, configure, index, wired

from docproc.errors import PluginError
from docproc.hooks import (
    DocumentParsed,
    GenerationPublished,
    Observer,
    PassagesMade,
    QuestionAnswered,
    SourceFailed,
)
from docproc.operations.writing.runs import prepare_index
from docproc.pipeline.monitoring.observers import Observers
from docproc.pipeline.monitoring.progress import Silent

RAISING = """
from docproc.hooks import Observer, Registration, hookimpl

class Raises(Observer):
    def document_parsed(self, event, /):
        {does}

@hookimpl
def docproc_observers():
    return [Registration("raises", lambda settings: Raises())]
"""


class Said(Silent):
    """Remembers what a run says."""

    def __init__(self):
        self.lines = []

    def say(self, line):
        self.lines.append(line)


class Everything(Observer):
    def __init__(self):
        self.events = []

    def document_parsed(self, event, /):
        self.events.append(event)

    passages_made = source_failed = generation_published = question_answered = document_parsed


def test_the_log_of_the_documentation_tells_what_was_read_published_and_asked(tmp_path):
    log = tmp_path / "log"
    settings = f'observers = ["reading-log"]\n[plugins.reading-log]\nfile = "{log.as_posix()}"'
    root = beyond(tmp_path / "w", "reading_log.py", config=settings)
    (root / "seeds" / "bad.docx").write_bytes(b"PK\x03\x04")
    index(root)
    application, _, answer = ask(root)
    application.extensions.report_answer(answer, 0.1)
    lines = log.read_text("utf-8").splitlines()
    assert lines[0] == "read seeds/a.txt with text"
    assert lines[2].startswith("failed seeds/bad.docx: ")
    assert lines[-2:] == [
        "published 3 documents, 6 passages",
        "asked 'What wagons did the committee ask for?': answered",
    ]


def test_every_event_says_what_it_is_about(tmp_path, monkeypatch):
    root = beyond(tmp_path / "w")
    (root / "seeds" / "bad.docx").write_bytes(b"PK\x03\x04")
    told = Everything()
    application = wired(root)
    monkeypatch.setattr(
        application.plugins, "observers", lambda say: Observers(lambda: [("it", told)], say)
    )
    report = prepare_index(application, Silent()).run()
    kinds = [type(event) for event in told.events]
    assert kinds.count(DocumentParsed) == kinds.count(PassagesMade) == 3
    for parsed, made in zip(told.events, told.events[1:], strict=False):
        if isinstance(parsed, DocumentParsed):
            assert isinstance(made, PassagesMade)
            assert made.document == parsed.document
            assert {p.document_id for p in made.passages} == {parsed.document.id}
    (failed,) = [event for event in told.events if isinstance(event, SourceFailed)]
    assert failed.path == "seeds/bad.docx"
    published = told.events[-1]
    assert isinstance(published, GenerationPublished)
    assert (published.generation, published.parent) == (report.generation, None)
    assert (published.workspace, published.failures) == (root, 1)
    assert (published.documents, published.embedded) == (3, report.embedded)


def test_the_chat_tells_of_each_answer(tmp_path):
    from docproc.chat.session import Session

    root = beyond(tmp_path / "w")
    index(root)
    _, room, _ = ask(root)
    told = []
    session = Session(room)
    session.told = lambda answer, seconds: told.append((answer.question, seconds > 0))
    session.ask("What did the committee ask for?")
    assert told == [("What did the committee ask for?", True)]


@pytest.mark.parametrize("does", ["1 / 0", "import sys; sys.exit(3)"])
def test_an_observer_that_fails_is_named_once_and_the_run_goes_on_without_it(tmp_path, does):
    root = beyond(
        tmp_path / "w", RAISING.format(does=does), config='observers = ["raises", "reading-log"]'
    )
    (root / "plugins" / "reading_log.py").write_text(EXAMPLES["reading_log.py"], "utf-8")
    log = tmp_path / "log"
    configure(
        root,
        f'observers = ["raises", "reading-log"]\n[plugins.reading-log]\nfile = "{log.as_posix()}"',
    )
    said = Said()
    assert index(root, said).outcome == "published"
    (line,) = said.lines
    assert line.startswith("drop-in plugins/own_0.py: the observer 'raises' failed")
    assert ("ZeroDivisionError: division by zero" if "1" in does else "SystemExit: 3") in line
    assert len(log.read_text("utf-8").splitlines()) == 4


@pytest.mark.parametrize(
    ("code", "cause"),
    [
        ("1 / 0", "ZeroDivisionError"),
        (RAISING.replace("Raises())", "1 / 0)"), "could not be made: ZeroDivisionError"),
        (RAISING.replace("(Observer)", ""), "lacks"),
    ],
)
def test_an_observer_that_cannot_be_had_is_said_and_left_out(tmp_path, code, cause):
    root = beyond(tmp_path / "w", code.replace("{does}", "pass"), config='observers = ["raises"]')
    said = Said()
    assert index(root, said).outcome == "published"
    assert any("left out" in line and cause in line for line in said.lines)
    assert any("plugins/own_0.py" in line for line in said.lines)


def test_an_observer_that_nobody_offers_is_a_mistake_in_the_configuration(tmp_path):
    root = beyond(tmp_path / "w", "reading_log.py", config='observers = ["reading-lag"]')
    with pytest.raises(PluginError, match="did you mean 'reading-log'"):
        index(root)


def test_a_run_with_nothing_to_tell_makes_no_observer():
    made = []
    observers = Observers(lambda: made.append(1) or [])
    assert made == []
    observers.tell(SourceFailed(path="a", cause="b"))
    assert made == [1]
    assert QuestionAnswered.__doc__
