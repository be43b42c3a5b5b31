"""What a draft says of a quotation's place: notes, cross-references, the sentence itself."""

from __future__ import annotations

from dataclasses import replace

import pytest
from invented_archive import Archive, check, only

from docproc.checking.check import check_draft
from docproc.records import Document, SourceFile

QUAY = "RGASPI. F. 558. Op. 2. D. 51. L. 1."
MILL = "RGASPI. F. 17. Op. 84. D. 12. L. 3."
BODY = (
    "First “no barge has been unloaded since then”[^1], then “will pay the pilots in silver”[^2]."
)


def held(body: str, *notes: str) -> list[str]:
    return [found.held.value for found in check(body, *notes).findings]


@pytest.mark.parametrize(
    ("second", "verdict"),
    [
        ("Ibid.", "exact"),
        ("Ibid., l. 1.", "exact"),
        ("Ibid., l. 4.", "wrong reference"),
        ("Там же. Л. 4.", "wrong reference"),
        ("Там же. Д. 52. Л. 1.", "wrong reference"),
        ("Ebd., Bl. 7.", "wrong reference"),
        ("Ibid., fol. 2-3.", "wrong reference"),
        ("Id.", "exact"),
        ("See note 1.", "exact"),
        ("Wie Anm. 1, Bl. 9.", "wrong reference"),
        ("См. прим. 1.", "exact"),
        ("Weiss, op. cit.", "exact"),
        ("Weiss, a. a. O., Bl. 5.", "wrong reference"),
        ("Вайс, указ. соч.", "exact"),
        ("Ibid.; see also GARF. F. 1. Op. 2. D. 3.", "exact"),
    ],
)
def test_cross_references_take_the_reference_that_they_point_to(second, verdict):
    assert held(BODY, f"A. Weiss, {QUAY}", second) == ["exact", verdict]


def test_a_note_that_points_to_another_archive_is_followed_by_what_is_ibid():
    assert held(BODY, MILL, "Ibid.") == ["wrong reference", "wrong reference"]


def test_one_note_at_the_end_is_of_every_quotation_before_it():
    body = "He wrote “no barge has been unloaded” and “will pay the pilots in silver”.[^1] "
    body += "So “the millers ask for bread”.[^2]"
    findings = check(body, MILL, MILL).findings
    assert [each.quotation.note for each in findings] == ["1", "1", "2"]
    assert held(body, MILL, MILL) == ["wrong reference", "wrong reference", "exact"]


@pytest.mark.parametrize(
    ("body", "verdict"),
    [
        (f"“the millers ask for bread” ({MILL}) and more.", "exact"),
        (f"“the millers ask for bread” ({QUAY}) and more.", "wrong reference"),
        ("“no barge has been unloaded” (Weiss, 3 November 1921), he wrote.", "wrong reference"),
        ("“no barge has been unloaded” (Weiss, 2 November 1921), he wrote.", "exact"),
        (f"In {QUAY[:-1]}, we read: “the millers ask for bread”.", "wrong reference"),
        (f"“the millers ask for bread”. In {QUAY[:-1]}, there is more.", "exact"),
    ],
)
def test_a_reference_in_the_sentence_is_the_quotations_own(body, verdict):
    assert only(body).held.value == verdict


def test_the_day_on_which_a_page_of_the_web_was_read_is_no_date_of_the_source():
    note = f"A. Weiss, {QUAY} (accessed 3 May 2020)."
    assert only("“no barge has been unloaded since then”[^1]", note).held.value == "exact"


def test_a_title_in_a_note_is_told_apart_from_a_quotation():
    note = "J. Harlow, “The Price of Wheat: Printing and Politics,” History 4 (2001), pp. 11–30."
    (found,) = check("He says so.[^1]", note).findings
    assert (found.held.value, found.stands) == ("a title", True)
    for named in (
        "The newspaper “News of the Northern Harbours” closed.",
        "В газете «Вести с далёких озёр»",
    ):
        assert only(named).held.value == "a title"
    assert only("He saw “News of the Northern Ports” there.").held.value == "not found"


def test_a_short_quotation_with_a_word_that_is_another_is_looked_for_where_the_note_says():
    (found,) = check("He “will pay them in silver”.[^1]", QUAY).findings
    assert [(each.quoted, each.source) for each in found.changes] == [("them", "the pilots")]
    assert only("He “will pay them in silver”.[^1]", MILL).held.value == "not found"
    assert only("He “will pay them in silver”.").held.value == "not found"


def test_many_notes_that_point_to_the_one_before_say_no_more_than_the_first():
    body = "".join(f"He “will pay the pilots in silver”[^{n}]. " for n in range(1, 60))
    findings = check(body, f"A. Weiss, {QUAY}", *(["Ibid., l. 1."] * 58)).findings
    assert {each.held.value for each in findings} == {"exact"}
    assert len(findings[-1].given.printed) < 80


@pytest.mark.parametrize(
    ("first", "second"), [("(1)", "(2)"), ("[1]", "[2]"), ("¹", "²"), ("1", "2")]
)
def test_notes_typed_by_hand_are_tied_to_their_marks(first, second):
    text = (
        f"He wrote “no barge has been unloaded since then”{first} and “will pay the pilots in "
        f"silver”.{second}\n\nNotes\n\n1. {QUAY}\n\n2. Ibid., l. 4."
    )
    findings = check_draft([Document(SourceFile("a.txt", "x", 1, "0" * 64), text)], Archive())
    assert [(each.quotation.note, each.held.value) for each in findings.findings] == [
        ("1", "exact"),
        ("2", "wrong reference"),
    ]


def test_a_block_quotation_has_the_note_of_its_announcement_and_of_no_other_paragraph():
    from invented_archive import draft as written

    text = "So he wrote:[^1]\n\n> Nobody in the village believes that the new commissar will"
    for body, verdict in ((text, "wrong reference"), (text.replace(":", "."), "exact")):
        document = written(body, QUAY)
        note = next(each for each in document.blocks if each.label)
        bare = replace(document, blocks=(note,))
        (found,) = check_draft([bare], Archive()).findings
        assert found.held.value == verdict


def test_a_list_of_references_is_no_quotation_of_them():
    assert check(f"1. {QUAY} Typewritten.").findings == ()
