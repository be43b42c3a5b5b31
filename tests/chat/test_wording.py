"""The short phrases: names, dates, witnesses, the standing of a citation."""

from __future__ import annotations

from dataclasses import replace

import pytest
from river_letter import LETTER, PASSAGES, SOURCE, citation

from docproc.citing.wording import undated_headline
from docproc.records import ArchivalReference, Mention, Metadata, StatedDate, Witness
from docproc.rendering.wording import (
    correspondents,
    count_phrase,
    date_phrase,
    describe_check,
    headline,
    phrase_renamed,
    witness_phrase,
)


@pytest.mark.parametrize(
    ("edtf", "phrase"),
    [
        ("1921-11-02", "2 November 1921"),
        ("1921-11", "November 1921"),
        ("1921", "1921"),
        ("1921-11~", "about November 1921"),
        ("1921?", "perhaps 1921"),
        ("1921%", "perhaps about 1921"),
        ("1921-11-02/1921-11-05", "2 November 1921 to 5 November 1921"),
        ("1918-03-03/..", "not before 3 March 1918"),
        ("../1918-03", "not after March 1918"),
        ("192X", "as printed"),
        ("1921-23", "as printed"),
        ("1921-13-01", "as printed"),
        ("../192X", "as printed"),
        ("192X/..", "as printed"),
        ("192X/1930", "as printed"),
    ],
)
def test_a_date_is_written_out_or_left_as_printed(edtf: str, phrase: str):
    assert date_phrase(StatedDate("as printed", edtf, "heading")) == phrase


@pytest.mark.parametrize(
    ("title", "line"),
    [
        ("G. V. Orlova to P. I. Lindqvist", "G. V. Orlova to P. I. Lindqvist, 4 March 1923"),
        ("Orlova’s letter", "Orlova’s letter · G. V. Orlova to P. I. Lindqvist, 4 March 1923"),
        ("G. V. ORLOVA to P. I. LINDQVIST, March 4, 1923",) * 2,
        ("G. V. Orlova an P. I. Lindqvist, 4. März 1923",) * 2,
        (
            "G. V. Orlova to P. I. Lindqvist, 5 March 1923",
            "G. V. Orlova to P. I. Lindqvist, 5 March 1923, 4 March 1923",
        ),
        (None, "G. V. Orlova to P. I. Lindqvist, 4 March 1923"),
    ],
)
def test_a_headline_says_each_thing_once(title: str | None, line: str):
    metadata = replace(LETTER.metadata, title=Mention(title) if title else None)
    assert headline(metadata, SOURCE) == line


def test_a_day_of_the_markup_that_the_title_does_not_have_stands_in_brackets():
    stated = replace(LETTER.metadata.dates[0], place="metadata")
    metadata = replace(LETTER.metadata, title=Mention("Orlova, 5 March 1923"), dates=(stated,))
    assert headline(metadata, SOURCE).endswith("Lindqvist [4 March 1923]")


def test_a_document_of_which_nothing_is_known_is_called_after_its_file():
    assert headline(Metadata(), SOURCE) == "orlova.txt"


def test_one_correspondent_is_enough():
    assert correspondents(Metadata(sender=Mention("X"))) == "from X"
    assert correspondents(Metadata(recipient=Mention("Y"))) == "to Y"
    assert correspondents(Metadata()) == ""


def test_only_an_archive_that_was_renamed_has_a_name_now():
    reference = ArchivalReference("TsGAOR", "fond", (), "TsGAOR", "GARF")
    assert phrase_renamed(reference) == "(now GARF)"
    assert phrase_renamed(replace(reference, archive="GARF")) == ""
    assert phrase_renamed(replace(reference, archive_now=None)) == ""


def test_a_witness_is_told_by_its_values_where_there_are_any():
    assert witness_phrase(Witness("…", "handwritten", "draft")) == "handwritten, draft"
    assert witness_phrase(Witness("…", signature="autograph")) == "autograph signature"
    assert witness_phrase(Witness("as printed")) == "as printed"


def test_a_citation_stands_or_says_why_not():
    cited = citation(PASSAGES[0], 1, 0.5)
    assert describe_check(cited) == ("✓ verbatim", "good")
    gone = replace(cited, verified=False, verification="source is gone")
    assert describe_check(gone) == ("⚠ source is gone", "warning")
    assert describe_check(replace(gone, verification=""))[0] == "⚠ not checked against the source"


def test_numbers_are_counted_in_words():
    assert count_phrase(1, "passage") == "1 passage"
    assert count_phrase(12000, "passage") == "12,000 passages"
    assert count_phrase(2, "entry", "entries") == "2 entries"


def test_a_document_without_a_title_is_called_by_its_kind_and_its_one_correspondent():
    letter = Metadata(sender=Mention("A. Holm"), kind="letter")
    assert undated_headline(letter, SOURCE) == "Letter from A. Holm"
    assert undated_headline(Metadata(recipient=Mention("B. Lind")), SOURCE) == "To B. Lind"
