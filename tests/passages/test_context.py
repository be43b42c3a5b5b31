"""The line before a passage is bounded: each passage of a document has one of its own."""

from __future__ import annotations

import pytest

from docproc.passages.context import LONGEST, ContextLines
from docproc.records import Document, Mention, Metadata, SourceFile


def line(title: str) -> str:
    source = SourceFile("a.txt", "text/plain", 1, "0" * 64)
    return ContextLines(Document(source, "Words.", metadata=Metadata(title=Mention(title)))).line


@pytest.mark.parametrize("title", ["A title without an end " * 50_000, "x" * 1_000_000])
def test_a_title_of_a_megabyte_does_not_stand_whole_before_each_passage(title):
    assert title.startswith(line(title))
    assert LONGEST // 2 < len(line(title)) <= LONGEST


def test_a_title_as_titles_are_stands_whole():
    assert line("On the   seed rye of the Volga") == "On the seed rye of the Volga"
