"""Answers in a pipe: stable, complete, and with nothing added inside a quotation."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import asdict, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plain_views import render_plain
from river_letter import PASSAGES, Room, citation

from docproc.records import Answer, NotRead, Scope, Witness
from docproc.rendering.answer_view import NextCommands
from docproc.rendering.json import answer_json
from docproc.rendering.lines import Piece, visible, width_of

LONG = "How many lanterns?"
SEVERAL = "What of the harbour?"
UNKNOWN = "Any elephants?"


def ask(question: str, scope: str | None = None, **room: bool) -> Answer:
    return Room(**room).ask(question, limit=3, scope=Scope(printed=scope))


@pytest.mark.parametrize("width", [80, 120])
def test_an_answer_looks_as_it_did(golden: Callable[[str, str], None], width: int):
    shown = [
        render_plain(ask(LONG), width),
        render_plain(ask(LONG), width, full=True),
        render_plain(ask(SEVERAL, "F. 91", verified=False), width),
        render_plain(ask(UNKNOWN), width),
        render_plain(ask(UNKNOWN, "F. 91 kind note"), width, nearest=True),
    ]
    golden(f"answers-{width}.txt", ("=" * 8 + "\n").join(shown))


def test_golden_files_are_compared_and_not_just_written():
    assert not os.environ.get("DOCPROC_WRITE_GOLDEN")


@given(st.text(min_size=1).filter(str.strip), st.integers(30, 140))
def test_any_quote_stands_in_the_plain_answer_letter_for_letter(quote: str, width: int):
    answer = ask(LONG)
    cited = replace(answer.citations[0], quote=quote, highlights=())
    text = render_plain(replace(answer, citations=(cited,)), width, full=True)
    assert "".join(visible(quote).split()) in "".join(text.split())
    assert not any(ord(c) < 32 or 126 < ord(c) < 160 for c in text.replace("\n", ""))
    assert all(width_of([Piece(line)]) <= width for line in text.splitlines())


def test_no_markup_stands_inside_a_quotation():
    text = render_plain(ask(LONG))
    assert "“[…] All this will cost us 17,500 rubles in gold, plus 600 lanterns (Swedish" in text


def test_a_quotation_that_could_not_be_checked_says_why():
    assert "⚠ source changed since indexing" in render_plain(ask(SEVERAL, verified=False))
    assert "✓" not in render_plain(ask(SEVERAL, verified=False))


def test_an_answer_without_reference_or_witness_says_no_more_than_it_knows():
    cited = replace(citation(PASSAGES[0], 1, 0.9), reference=None, witness=None)
    text = render_plain(replace(ask(LONG), citations=(cited,)))
    assert "    no archival reference\n    ✓ verbatim · seeds/letters/orlova.txt\n" in text


def test_a_witness_without_values_is_shown_as_printed():
    cited = replace(citation(PASSAGES[0], 1, 0.9), witness=Witness("On birch bark."))
    assert "    On birch bark. · ✓" in render_plain(replace(ask(LONG), citations=(cited,)))


def test_a_refusal_says_what_was_searched_and_how_near_it_came():
    text = " ".join(render_plain(ask(UNKNOWN, "F. 91")).split())
    assert text.startswith("Not found: no passage within this scope answers the question.")
    assert "Searched: 1 document, 6 passages (scope: F. 91)." in text
    said = "The nearest passage scored 0.21, 0.14 below the floor of 0.35; it is no answer"
    assert f"{said} (--nearest shows others): 1 G. V. Orlova" in text


def test_what_is_far_is_named_and_not_quoted():
    answer = ask(UNKNOWN)
    far = replace(answer, searched=replace(answer.searched, best=0.05))
    text = " ".join(render_plain(far).split())
    assert "paragraph 1. It scored 0.05, 0.30 below the floor of 0.35; --nearest shows it." in text
    assert "barges" not in text


def test_a_near_miss_is_told_precisely():
    answer = ask(UNKNOWN)
    close = replace(answer, searched=replace(answer.searched, best=0.3496))
    text = " ".join(render_plain(close).split())
    assert "passage scored 0.3496, 0.0004 below the floor of 0.3500" in text


def test_a_refusal_with_nothing_near_is_short():
    answer = replace(ask(UNKNOWN), nearest=())
    assert render_plain(answer).count("\n") == 2
    assert render_plain(answer, nearest=True) == render_plain(answer)


def test_the_hint_on_what_is_left_out_can_be_left_out():
    assert "is left out here; --full shows" in render_plain(ask(LONG))
    assert "is left out" not in render_plain(ask(LONG), full=True)
    assert "is left out" not in render_plain(ask(LONG), ways=NextCommands(whole=""))


@pytest.mark.parametrize(
    ("missing", "phrase"),
    [
        (NotRead(2, 37), "2 files and 37 pages could not be read (`docproc status --failed`)."),
        (NotRead(1), "1 file could not be read (`docproc status --failed`)."),
        (NotRead(1, 1, 3), "1 file, 1 page and 3 parts of files could not be read"),
    ],
)
def test_a_refusal_says_what_could_not_be_read(missing, phrase):
    answer = ask(UNKNOWN)
    assert "could not be read" not in render_plain(answer)
    answer = replace(answer, searched=replace(answer.searched, not_read=missing))
    assert phrase in " ".join(render_plain(answer).split())
    assert answer_json(answer)["not_read"] == asdict(missing)
