"""Why a passage was cited, in lines."""

from __future__ import annotations

from dataclasses import replace

from river_letter import PASSAGES, citation

from docproc.records import Match, Searched, Span
from docproc.rendering.explanation_view import explanation_view
from docproc.rendering.lines import plain, width_of

QUOTE = PASSAGES[1].text
AT = QUOTE.index("coal")
CITED = replace(
    citation(PASSAGES[1], 1, 0.456, "coal"),
    why=(("coverage", 0.5), ("cos passage", 0.25), ("new signal", 1.0)),
    gave=(("coverage", 0.3), ("cos passage", 0.156)),
    matched=(Match("coal", Span(AT, AT + 4), 1.0), Match("cole", Span(AT, AT + 4), 0.4)),
)
SEARCHED = Searched("g1", 1, 6, 0.35, 0.456, words=("coal", "cole", "orlova", "winch"))
BEHIND = (("read by", "text 1.0"), ("generation", "g1"))


def view(width: int = 80, understood: str = "") -> str:
    return plain(explanation_view(CITED, SEARCHED, BEHIND, width, understood))


def test_the_score_the_signals_the_words_the_sentence_and_the_plugins_are_told():
    assert view() == (
        "G. V. Orlova to P. I. Lindqvist, 4 March 1923, paragraph 2\n"
        "\n"
        "score             0.456, above the floor of 0.350\n"
        "words covered     0.500 gave 0.300 ▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪\n"
        "sense, passage    0.250 gave 0.156 ▪▪▪▪▪▪▪▪\n"
        "new signal        1.000\n"
        "\n"
        "coal              “coal”\n"
        "cole              “coal” (alike: 0.40)\n"
        "orlova            not in this passage; in its document's heading\n"
        "winch             not in this passage\n"
        "sentence          “1) We must give the harbour 40 tons of coal :smile: and 12\n"
        "                  new ropes.”\n"
        "\n"
        "read by           text 1.0\n"
        "generation        g1\n"
    )


def test_a_score_below_the_floor_is_said_to_be():
    low = replace(CITED, score=0.2)
    assert "0.200, below the floor of 0.350" in plain(explanation_view(low, SEARCHED, BEHIND, 80))


def test_how_the_question_was_understood_is_told():
    assert view(understood="understood as: …").splitlines()[1] == "understood as: …"


def test_no_line_is_wider_than_the_terminal():
    for line in explanation_view(CITED, SEARCHED, BEHIND, 40, "understood as: " + "word " * 20):
        assert width_of(line) <= 40
