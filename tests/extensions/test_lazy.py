"""What is not named, or not needed, is not imported."""

from __future__ import annotations

import pytest
from beyond import EXAMPLES, ask, beyond, configure, index, write

MARKED = "import pathlib\npathlib.Path(__file__).with_suffix('.imported').touch()\n"


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # the example logs into the current folder
    root = beyond(tmp_path / "w")
    for name, code in EXAMPLES.items():
        write(root, name, MARKED + code)
    index(root)
    return root


def imported(root):
    found = sorted(path.stem for path in (root / "plugins").glob("*.imported"))
    for path in (root / "plugins").glob("*.imported"):
        path.unlink()
    return found


def test_indexing_and_asking_import_what_the_configuration_names_and_nothing_else(root):
    assert imported(root) == []
    application, room, answer = ask(root)
    application.extensions.report_answer(answer, 0.1)
    application.extensions.chat_commands()
    assert imported(root) == []
    configure(root, 'observers = ["reading-log"]\n[ask]\nsignals = ["older-first"]\n')
    application, room, _ = ask(root, "Which zeppelin crossed Antarctica yesterday?")
    assert imported(root) == []  # nothing to order, nothing to tell
    room.answering.ask("What wagons did the committee ask for?", limit=3)
    assert imported(root) == ["older_first"]
    application.extensions.report_answer(answer, 0.1)
    assert imported(root) == ["reading_log"]
    application.extensions.output_format("markdown")
    assert imported(root) == []
    application.extensions.output_format("table")
    assert imported(root) == ["as_table"]
