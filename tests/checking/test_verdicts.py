"""The verdict on quotations of invented letters, each altered in one way."""

from __future__ import annotations

import pytest
from invented_archive import QUAY, RUSSIAN, check, only

from docproc.checking.findings import Matched

RIGHT = "RGASPI. F. 558. Op. 2. D. 51. L. 1."


def test_a_quotation_letter_for_letter_is_exact():
    found = only("He wrote that “no barge has been unloaded since then” in the town.")
    assert (found.held, found.tolerated, found.changes) == (Matched.EXACT, (), ())
    (part,) = found.parts
    assert part.span.of(part.document.text) == "no barge has been unloaded since then"


@pytest.mark.parametrize(
    ("quoted", "named"),
    [
        ("“No barge has been unloaded since then”", "case of the first letter"),
        ("“[N]o barge has been unloaded since then”", "brackets"),
        ("“no barge has been un-\nloaded since then”", "hyphens at line ends"),
        ("“no barge  has been unloaded since\nthen”", "spaces and line ends"),
        ("«Еще вчера я просил прислать двести пудов муки»", "ё"),
        ("«Ещё вчера я просилъ прислать двѣсти пудовъ муки»", "old spelling"),
        ("“no barge has been unloaded [sic] since then”", None),
    ],
)
def test_what_editors_change_is_named_and_tolerated(quoted, named):
    found = only(f"He wrote {quoted} then.")
    assert found.held is Matched.EXACT
    assert named is None or named in found.tolerated


@pytest.mark.parametrize(
    ("quoted", "changes"),
    [
        ("no barge has been loaded since then", [("loaded", "unloaded")]),
        ("I was told who had ordered the two hundred barrels", [("", "not")]),
        ("the millers kindly ask for bread", [("kindly", "")]),
    ],
)
def test_a_word_changed_dropped_or_added_is_shown(quoted, changes):
    found = only(f"He wrote “{quoted}” then.")
    assert found.held is Matched.DIFFERS
    assert [(each.quoted, each.source) for each in found.changes] == changes


def test_a_stop_or_a_capital_inside_that_differs_is_a_difference():
    assert only("“was closed on Tuesday and no barge has been unloaded”").held is Matched.DIFFERS
    found = only("“no Barge has been unloaded since then”")
    assert (found.held, found.why) == (Matched.DIFFERS, "other capitals")


@pytest.mark.parametrize("mark", ["…", "...", "[…]", "[...]", ". . ."])
def test_a_marked_omission_may_join_what_stands_in_that_order(mark):
    found = only(f"“The quay at Sloka was closed {mark} no barge has been unloaded”")
    assert found.held is Matched.EXACT
    assert "a marked omission" in found.tolerated
    assert len(found.parts) == 2


@pytest.mark.parametrize(
    ("quoted", "why"),
    [
        ("no barge has been unloaded … The quay at Sloka was closed", "another order"),
        ("The quay at Sloka was closed … the millers ask for bread", "several documents"),
        ("The quay at Sloka was closed the millers ask for bread", "several documents"),
        ("The quay at Sloka was closed two hundred barrels of lamp oil", "no omission is marked"),
    ],
)
def test_parts_that_stand_otherwise_are_stitched(quoted, why):
    found = only(f"He wrote “{quoted}” then.")
    assert found.held is Matched.STITCHED
    assert why in found.why


@pytest.mark.parametrize(
    ("note", "held"),
    [
        (RIGHT, Matched.EXACT),
        ("RTsKhIDNI. F. 558. Op. 2. D. 51. L. 1.", Matched.EXACT),
        ("F. 558. Op. 2. D. 51.", Matched.EXACT),
        ("RGASPI. F. 558. Op. 2. D. 52. L. 1.", Matched.ELSEWHERE),
        ("GARF. F. 558. Op. 2. D. 51. L. 1.", Matched.ELSEWHERE),
        ("A. Weiss, 3 May 1899.", Matched.ELSEWHERE),
        ("A. Weiss, 2 November 1921, p. 57.", Matched.EXACT),
        ("A. Weiss, p. 99.", Matched.ELSEWHERE),
    ],
)
def test_the_footnote_is_held_against_the_source(note, held):
    found = only("He wrote “no barge has been unloaded since then”.[^1]", note)
    assert found.held is held, found.why
    assert (found.quotation.note, found.quotation.said) == ("1", note)


def test_ibid_takes_the_reference_of_the_note_before():
    body = "First “no barge has been unloaded since then”[^1] then “the pilots in silver”.[^2]"
    wrong = check(body, "RGASPI. F. 9. Op. 9. D. 9.", "Ibid.").findings
    assert [found.held for found in wrong] == [
        Matched.ELSEWHERE,
        Matched.ELSEWHERE,
    ]
    right = check(body, RIGHT, "Там же.").findings
    assert [found.held for found in right] == [Matched.EXACT, Matched.EXACT]


def test_a_quotation_cut_before_a_limiting_clause_is_a_caution_and_no_error():
    found = only("“The harbour master will pay the pilots in silver”")
    assert found.held is Matched.EXACT
    assert "but only if the ice has gone" in found.cautions[0]
    found = only("«я просил прислать двести пудов муки»")
    assert "однако обоз" in found.cautions[0]
    assert only(f"“{QUAY[:83]}”").cautions == ()


def test_what_nobody_wrote_is_not_found_and_a_translation_is_told_apart():
    assert only("“the emperor danced with elephants in the moonlight”").held is Matched.NOT_FOUND
    body = "“the emperor danced with elephants in the moonlight”.[^1]"
    for said in ("My translation.", "Перевод мой.", "[Übers. d. Verf.]", "Ma traduction."):
        assert only(body, said).held is Matched.TRANSLATED
    assert only("He said “very well” then.").held is Matched.TOO_SHORT


def test_the_marks_of_four_languages_and_pairs_within_pairs():
    inner = "no barge has been unloaded"
    for opening, closing in ("“”", '""', "«»", "„“", "»«", "‹›"):
        found = only(f"He wrote {opening}{inner}{closing} then.")
        assert (found.held, found.quotation.text) == (Matched.EXACT, inner), opening
    nested = check("“He said ‘the millers ask for bread’ to all of them that day.”").findings
    assert [found.quotation.text for found in nested][1:] == ["the millers ask for bread"]
    assert nested[1].held is Matched.EXACT


def test_a_mark_that_never_closes_is_told_and_ends_with_its_paragraph():
    found = only("He wrote “no barge has been unloaded since then")
    assert "does not close" in found.cautions[0]
    assert found.held is Matched.EXACT


def test_a_paragraph_without_marks_that_stands_in_the_archive_is_a_block_quotation():
    found = only(RUSSIAN)
    assert (found.held, found.quotation.block) == (Matched.EXACT, True)
    assert (
        check("This paragraph is the draft's own, " + "and says much of nothing " * 6).findings
        == ()
    )


def test_apostrophes_are_no_quotation_marks():
    assert check("It's the pilots' pay that the miller's wife didn't like at all.").findings == ()
