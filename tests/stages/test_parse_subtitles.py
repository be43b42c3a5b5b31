"""Timed transcripts: one person's words are a paragraph, and its time says where it stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docproc.errors import SourceError
from docproc.records import Document, SourceFile
from docproc.stages.parse.text.subtitles import make
from docproc.stages.segment_structure import StructureSegmenter


def parse(data: str | bytes, path: str = "a.srt") -> Document:
    data = data.encode() if isinstance(data, str) else data
    (document,) = make({}).parse(SourceFile(path, "x/y", len(data), "0" * 64), data)
    return document


SRT = """1
00:00:01,000 --> 00:00:03,000
ANN: We came from Kars,

2
00:00:03,200 --> 00:00:05,000
<i>in the</i> winter.

3
00:00:05,100 --> 00:00:06,000
BEN: By train?

4
00:01:20,000 --> 00:01:22,000
BEN: Or on foot?
"""
VTT = """WEBVTT - Talk with Ann

NOTE recorded in 1979

STYLE
::cue { color: red }

intro
00:01.000 --> 00:03.000 align:start
<v Ann Hill>We came from Kars,</v>

00:03.200 --> 00:05.000
<v Ann Hill>in <c.loud>the</c> winter &amp; <00:00:04.000>snow.</v>

01:00:05.100 --> 01:00:06.000
<v.first Ben>By train?</v>
"""


def test_the_words_of_one_person_are_one_paragraph_with_its_time():
    document = parse(SRT)
    assert document.text == (
        "ANN: We came from Kars, in the winter.\n\nBEN: By train?\n\nBEN: Or on foot?"
    )
    assert [page.label for page in document.pages] == [
        "at 00:00:01",
        "at 00:00:05",
        "at 00:01:20",
    ]
    assert [block.kind.value for block in document.blocks] == ["paragraph"] * 3


def test_voices_are_named_and_neither_remarks_nor_styles_are_words():
    document = parse(VTT, "a.vtt")
    assert document.text == ("Ann Hill: We came from Kars, in the winter & snow.\n\nBen: By train?")
    assert document.metadata.title.text == "Talk with Ann"
    assert [page.label for page in document.pages] == ["at 00:00:01", "at 01:00:05"]


def test_lines_that_roll_are_read_once():
    rolling = "".join(
        f"{n}\n00:00:0{n},000 --> 00:00:0{n + 1},000\n{lines}\n\n"
        for n, lines in enumerate(["one", "one\ntwo", "two\nthree"], 1)
    )
    assert parse(rolling).text == "one two three"


def test_a_long_speech_is_cut_at_a_sentence():
    cues = "".join(
        f"{n}\n00:00:{n:02},000 --> 00:00:{n + 1:02},000\n{n} {'word ' * 20}end.\n\n"
        for n in range(12)
    )
    document = parse(cues)
    assert len(document.blocks) == 3
    assert document.text.count("end.") == 12


def test_a_passage_says_at_what_time_it_stands():
    passages = StructureSegmenter(150, 1).segment(parse(SRT))
    assert passages[0].locator.startswith("at 00:00:01")


def test_it_is_known_by_its_first_lines():
    for path, text in (("a.txt", SRT), ("a.txt", VTT), ("a.srt", SRT)):
        assert make({}).confidence(SourceFile(path, "", 1, ""), text.encode()) > 0.9
    with pytest.raises(SourceError, match="no line with times"):
        parse("Only words.", "a.srt")


@given(st.text(alphabet="a1:,.->< v\n0", max_size=200))
def test_whatever_it_holds_its_blocks_are_apart(text):
    try:
        document = parse(SRT + "\n" + text)
    except SourceError:
        return
    ends = [0, *(block.span.end for block in document.blocks)]
    assert all(b.span.start >= end for b, end in zip(document.blocks, ends, strict=False))
