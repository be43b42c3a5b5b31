"""What editors and authors may do to a quotation, and what turns its sense."""

from __future__ import annotations

import pytest
from invented_archive import only


@pytest.mark.parametrize(
    ("quoted", "named"),
    [
        ("“[The man] will pay the pilots in silver”", "an alteration in brackets"),
        ("“[he] will pay the pilots in silver”", "an alteration in brackets"),
        (
            "“The harbour master will pay the pilots [of Sloka] in silver”",
            "an alteration in brackets",
        ),
        ("«Командир полка считает, — писал он, — что дороги будут закрыты до весны»", "own words"),
        (
            "«прислать двести пудов муки... – сказал он. – Командир полка считает, что»",
            "own words",
        ),
        ("« no barge, écrit-il, has been unloaded since then »", "own words"),
        ("“The quay at Sloka was closed … no barge [sic] has been unloaded”", "a marked omission"),
    ],
)
def test_what_an_author_may_put_in_is_named_and_tolerated(quoted, named):
    found = only(quoted)
    assert (found.held.value, found.changes) == ("exact", ())
    assert any(named in each for each in found.tolerated)


def test_an_omission_beside_a_word_that_differs_is_no_difference():
    found = only("“The quay at Sloka was opened … no barge has been unloaded since then”")
    assert [(each.quoted, each.source) for each in found.changes] == [("opened", "closed")]


def test_a_word_that_denies_and_is_left_out_is_told():
    found = only("“I was told who had ordered the two hundred barrels of lamp oil”")
    assert "leaves out “not”" in found.why


@pytest.mark.parametrize(
    ("quoted", "cautioned"),
    [
        ("“The harbour master will pay the pilots in silver”", True),
        ("“will pay the pilots in silver … I was not told who had ordered”", True),
        ("“will pay the pilots in silver, but only if the ice has gone by Easter”", False),
        ("“no barge has been unloaded”", False),
    ],
)
def test_a_condition_that_is_cut_off_is_a_caution(quoted, cautioned):
    assert bool(only(quoted).cautions) is cautioned
