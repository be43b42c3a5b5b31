"""``docproc plugins trace``: which plugin was asked what, in which process, and what it gave."""

import json

import pytest
import word_bag as bag

from docproc.cli.commands.plugins import summarize_calls
from docproc.text.calls import TRACE, trace_call


def test_the_plugins_of_a_run_and_of_a_question_are_told(tmp_path, monkeypatch):
    root = bag.make_workspace(tmp_path / "workspace")
    calls = tmp_path / "calls.jsonl"
    monkeypatch.setenv(TRACE, str(calls))
    bag.index(root)
    bag.ask(root, "How many crates of rifles do we need?")
    lines = summarize_calls([json.loads(line) for line in calls.read_text("utf-8").splitlines()])
    text = "\n".join(lines)
    assert "drop-in plugins/bag.py: the embed plugin 'bag', make: " in text
    assert "drop-in plugins/bag.py: the embed plugin 'bag', encode_query: " in text
    assert "gave ndarray (48,)" in text
    assert "parser 'text'" in text
    assert "normalizer 'letter'" in text


def test_what_is_raised_is_told_too(tmp_path, monkeypatch):
    calls = tmp_path / "calls.jsonl"
    monkeypatch.setenv(TRACE, str(calls))
    trace_call("the embedder 'x'", "encode_query", lambda: [1, 2])
    trace_call("the embedder 'x'", "encode_query", lambda: None)
    with pytest.raises(ZeroDivisionError):
        trace_call("the index 'y'", "open", lambda: 1 / 0)
    lines = summarize_calls([json.loads(line) for line in calls.read_text("utf-8").splitlines()])
    assert "the embedder 'x', encode_query: 2 times, 0.000 s, gave None" in lines[0]
    assert lines[1].endswith("gave raised ZeroDivisionError")


def test_nothing_is_written_where_nobody_asks(monkeypatch):
    monkeypatch.delenv(TRACE, raising=False)
    assert trace_call("x", "y", lambda: 7) == 7
    assert summarize_calls([]) == ["no plugin was asked anything"]
