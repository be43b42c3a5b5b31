"""Setting lines: what wrapping may change, and what it must never let through."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docproc.rendering.lines import (
    Piece,
    append_piece,
    plain,
    set_at_both_margins,
    visible,
    width_of,
    wrap,
)

pieces = st.lists(st.builds(Piece, st.text(), st.sampled_from(["", "highlight", "dim"])))


def without_space(text: str) -> str:
    return "".join(text.split())


@given(pieces, st.integers(8, 120), st.sampled_from(["", "    ", " 1  "]))
def test_wrapping_changes_nothing_but_white_space(made: list[Piece], width: int, margin: str):
    lines = wrap(made, width, [Piece(margin)])
    shown = "".join(piece.text for line in lines for piece in line)
    expected = margin + "".join(visible(piece.text) for piece in made)
    assert without_space(shown) == without_space(expected)


@given(pieces, st.integers(16, 120))
def test_no_line_is_wider_than_asked(made: list[Piece], width: int):
    assert all(width_of(line) <= width for line in wrap(made, width, [Piece("    ")]))


@given(pieces, st.integers(8, 120))
def test_every_character_keeps_its_style(made: list[Piece], width: int):
    def styled(these):
        return [(c, p.style) for p in these for c in visible(p.text) if not c.isspace()]

    assert styled(piece for line in wrap(made, width) for piece in line) == styled(made)


@given(st.text(st.characters()))
def test_no_character_that_commands_a_terminal_gets_through(text: str):
    for character in plain(wrap([Piece(text)], 80)).replace("\n", ""):
        assert unicodedata.category(character) not in ("Cc", "Cs", "Zl", "Zp")
        assert character not in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@pytest.mark.parametrize(
    ("hidden", "shown"),
    [
        ("\x1b[31m", "<U+001B>[31m"),
        ("\x9b2J", "<U+009B>2J"),
        ("\x07\x08\x7f", "<U+0007><U+0008><U+007F>"),
        ("\u202ecod.exe", "<U+202E>cod.exe"),
        ("\ud800", "<U+D800>"),
        ("\U000e0041", "<U+E0041>"),
        ("soft\u00adhyphen, n\u200cim", "soft\u00adhyphen, n\u200cim"),
    ],
)
def test_hidden_characters_are_written_out(hidden: str, shown: str):
    assert visible(hidden) == shown
    assert visible(shown) == shown


def test_a_line_break_becomes_a_space_and_an_empty_line_a_line_break():
    lines = wrap([Piece("one\ntwo\r\nthree\n \nfour\r\n\r\nfive")], 80)
    assert plain(lines) == "one two three\nfour\nfive\n"


def test_a_word_without_end_is_broken_and_fills_its_line():
    assert plain(wrap([Piece("see " + "x" * 20)], 10)) == "see xxxxxx\nxxxxxxxxxx\nxxxx\n"


def test_wide_characters_count_two_cells_and_marks_none():
    assert plain(wrap([Piece("漢字漢字漢字")], 8)) == "漢字漢字\n漢字\n"
    assert plain(wrap([Piece("e\u0301" * 10)], 10)) == "e\u0301" * 10 + "\n"


def test_the_right_margin_is_used_where_it_is_free():
    right = Piece("note 1")
    assert plain(set_at_both_margins([Piece("left")], right, 16)) == "left      note 1\n"
    assert (
        plain(set_at_both_margins([Piece("left and long")], right, 16))
        == "left and long\n          note 1\n"
    )


def test_what_trails_moves_to_its_own_line_where_there_is_no_room():
    lines = wrap([Piece("F. 1. Op. 2.")], 30)
    assert plain(append_piece(lines, Piece("(now X)"), 30)) == "F. 1. Op. 2.  (now X)\n"
    assert plain(append_piece(lines, Piece("(now X)"), 20)) == "F. 1. Op. 2.\n(now X)\n"
    assert append_piece(lines, Piece(""), 20) == lines


def test_visible_knows_every_control_character_but_white_space():
    controls = [chr(n) for n in range(0x110000) if unicodedata.category(chr(n)) == "Cc"]
    hidden = [c for c in controls if visible(c) == c]
    assert hidden == [*"\t\n\v\f\r\x1c\x1d\x1e\x1f\x85"]
    assert all(re.fullmatch(r"\s", c) for c in hidden)
