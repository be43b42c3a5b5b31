"""Parsed sources are remembered by their bytes, and no more of them than there is room for."""

from __future__ import annotations

import pytest

from docproc.errors import SourceError
from docproc.operations.sources.rereading import ParsedSources
from docproc.testing.samples import document, source


def counting(asked):
    def parse(found, data):
        asked.append(found.path)
        if data == b"broken":
            raise SourceError("broken")
        return [document(data.decode())]

    return parse


def test_the_same_bytes_are_parsed_once_and_other_bytes_again():
    asked: list[str] = []
    remembered = ParsedSources(counting(asked))
    for data in (b"one", b"one", b"two", b"one"):
        assert remembered(source("a.txt", data), data)[0].text == data.decode()
    assert asked == ["a.txt", "a.txt"]


def test_what_was_used_longest_ago_is_forgotten_and_a_huge_one_is_never_kept():
    asked: list[str] = []
    remembered = ParsedSources(counting(asked), most_characters=10_000)
    for name in ("a", "b", "c", "d", "a"):
        remembered(source(name, b"x" * 1_400), b"x" * 1_400)
    assert asked == ["a", "b", "c", "d"]
    for name in ("e", "b"):
        remembered(source(name, b"x" * 1_400), b"x" * 1_400)
    assert asked == ["a", "b", "c", "d", "e", "b"]
    for _ in range(2):
        remembered(source("huge", b"x" * 9_000), b"x" * 9_000)
    assert asked[-2:] == ["huge", "huge"]


def test_a_failure_is_not_remembered():
    asked: list[str] = []
    remembered = ParsedSources(counting(asked))
    for _ in range(2):
        with pytest.raises(SourceError):
            remembered(source("a", b"broken"), b"broken")
    assert asked == ["a", "a"]
