"""Notes, and the marks that they are tied to, or not."""

from __future__ import annotations

import pytest
from documents import CABLE, RUSSIAN, STARRED, WRAPPED, kinds, normalized, shown

from docproc.letters.notes.anchors import anchor_notes
from docproc.records import Block, BlockKind, Span


def anchors(text: str) -> dict[str | None, str | None]:
    """Each note's label, with the anchor and the five characters before it."""
    document = normalized(text)
    return {
        block.label: block.anchor and text[block.anchor.start - 5 : block.anchor.end]
        for block in document.blocks
        if block.kind is BlockKind.NOTE
    }


def test_marks_in_brackets_are_tied_also_without_a_heading_over_the_notes():
    assert anchors(CABLE) == {"1": "ster [1]", "2": "tate [2]", "3": " it. [3]"}
    assert anchors(RUSSIAN) == {"1": "авлов[1]"}


def test_a_star_and_a_superscript_are_marks():
    assert anchors(STARRED) == {"*": " LAKE*", "1": " note¹"}


def test_a_note_below_a_rule_is_a_note_with_no_mark_to_be_tied_to():
    assert anchors(WRAPPED) == {"1": None}


LOST = """\
X. Lake to Y. Rivers

Dear Rivers,

Send 10 or 5 men, plus 12 or 8 guns, by 2 p.m., or 1. That is all. I paid 3 rubles.

X. Lake{mark}

Notes:

1 The first.

2 The second.

It goes on in another paragraph.

3 The third.
"""


@pytest.mark.parametrize("mark", [" 3 .", " 3", "³", "[3]", " 3."])
def test_a_number_in_the_text_is_no_mark_but_one_at_the_signature_is(mark):
    text = LOST.format(mark=mark)
    found = anchors(text)
    assert found["1"] is None
    assert found["2"] is None
    assert found["3"] is not None
    assert "Lake" in found["3"]


def test_a_note_keeps_the_paragraphs_that_follow_it():
    document = normalized(LOST.format(mark=""))
    second = next(b for b in document.blocks if b.label == "2")
    assert second.span.of(document.text).endswith("another paragraph.")


@pytest.mark.parametrize(
    ("body", "tied"),
    [
        ("The Board2 met.", True),
        ("The Board 2 . It met.", True),
        ("The Board[2] met.", True),
        ("The Board 2) met.", False),  # an enumeration's sign, and not the note's own
        ("The Board[2] met and the Council[2] too.", False),
        ("It cost 2 rubles.", False),
        ("It was 2.", False),
    ],
)
def test_a_mark_counts_where_no_number_can_stand_and_only_once(body, tied):
    assert (anchors(f"{body}\n\nNotes\n\n2 A note.")["2"] is not None) is tied


def test_a_bracketed_number_is_a_mark_if_the_notes_are_labelled_so():
    assert anchors("The Board 2) met.\n\nNotes\n\n2) A note.")["2"] == "oard 2)"


def test_two_notes_with_one_label_are_tied_to_nothing():
    text = "The Board[1] met.\n\nNotes\n\n1 A note.\n\n1 Another."
    assert anchors(text) == {"1": None}


NUMBERED = """\
Title of it

The announcement[1] was noted.

2. It was noted that the message[2] came.

3. The Cabinet decided so.
"""


def test_numbered_paragraphs_are_no_notes_although_there_are_marks():
    assert kinds(normalized(NUMBERED)) == ["heading", "paragraph", "list item", "list item"]


def test_a_section_called_notes_is_no_heap_of_notes():
    text = "A title\n\nIt began.\n\nNotes\n\nThe first paragraph of it.\n\n2. The second."
    assert kinds(normalized(text))[2:] == ["heading", "paragraph", "list item"]


def test_a_date_at_the_end_is_no_note():
    assert "note" not in kinds(normalized("Dear Sir,\n\nCome [9] soon.\n\nA. Lake\n\n9 July 1937"))


def test_the_last_points_of_a_list_are_not_notes_though_their_numbers_are_marked():
    points = "".join(f"{n}. Point {n} was made by all.\n\n" for n in range(1, 8))
    text = f"Ivanov to Petrov\n\nSmith [5] and Cook [6] and Bevin [7] spoke.\n\n{points}"
    assert shown(normalized(text), BlockKind.NOTE) == []
    spaced = text.replace("5. ", "5 . ")
    assert shown(normalized(spaced), BlockKind.NOTE) == []


def test_emphasis_is_no_mark_and_what_is_emphasised_no_note():
    text = (
        "Ivanov to Petrov\n\n**Chinese Representation**\n\nWe have it.\n\nIvanov\n\n"
        "**THE QUESTION** *In December* it was asked.\n"
    )
    assert shown(normalized(text), BlockKind.NOTE) == []


def test_a_paragraph_that_begins_with_a_mark_is_no_point_of_a_list():
    text = "Ivanov to Petrov\n\nIt was so. [2]\n\n[3] At the same time it was not.\n"
    assert shown(normalized(text), BlockKind.LIST_ITEM) == []


def test_what_stands_before_a_block_makes_no_mark_of_its_first_figure():
    text = "the stores\n1) to send grain\n1) This is a note."
    blocks = [
        Block(kind, Span(*place))
        for kind, place in ((BlockKind.PARAGRAPH, (0, 10)), (BlockKind.LIST_ITEM, (11, 27)))
    ]
    note = Block(BlockKind.NOTE, Span(28, len(text)), "1")
    assert anchor_notes(text, [*blocks, note])[-1].anchor is None
    glued = "the stores 1) were sent.\n1) This is a note."
    blocks = [Block(BlockKind.PARAGRAPH, Span(0, 24))]
    note = Block(BlockKind.NOTE, Span(25, len(glued)), "1")
    assert anchor_notes(glued, [*blocks, note])[-1].anchor == Span(11, 13)


def noted(text):
    """The notes of *text*: label, words, and the words before the mark."""
    document = normalized(text)
    return [
        (b.label, b.span.of(text), b.anchor and text[b.anchor.start - 5 : b.anchor.start])
        for b in document.blocks
        if b.kind is BlockKind.NOTE
    ]


BODY = "We came to the mill by night,[1] and of the kings[A] no word was said to us then."


@pytest.mark.parametrize(
    ("notes", "found"),
    [
        ("[1] At Tver, in the\nyear of the flood.",
         [("1", "[1] At Tver, in the\nyear of the flood.", "ight,")]),
        ("[Footnote A: Of France.]", [("A", "[Footnote A: Of France.]", "kings")]),
        ("[Footnote 1: At Tver, in the\nyear of it.\n\nAnd later.]\n\n[Footnote A: Of France.]",
         [("1", "[Footnote 1: At Tver, in the\nyear of it.\n\nAnd later.]", "ight,"),
          ("A", "[Footnote A: Of France.]", "kings")]),
        ("[Note 1: See [the map] there.]", [("1", "[Note 1: See [the map] there.]", "ight,")]),
        ("[Footnote 1: It never closes.",
         [("1", "[Footnote 1: It never closes.", "ight,")]),
        ("[2] No mark leads here, so it is a paragraph.", []),
    ],
)  # fmt: skip
def test_notes_in_brackets_stand_within_the_text(notes, found):
    after = "The journey went on to the south, and we came to the sea by day and by night."
    assert noted(f"{BODY}\n\n{notes}\n\n{after}") == found


def test_what_follows_a_note_that_closes_is_text_though_another_note_stood_before():
    after = "The end of it was near, and the miller knew it well before the winter came."
    text = (
        f"THE MILL\n\nNobody thought of war.*\n\n* He did.\n\n[Footnote 2: A long one.]\n\n{after}"
    )
    assert [label for label, _, _ in noted(text)] == ["*", "2"]


@pytest.mark.parametrize("stars", ["**", "***", "****", "* * *"])
def test_a_heading_between_stars_is_no_note(stars):
    first = f"{stars} PART ONE {stars}\n\nThe first part tells of the harvest and of the horses."
    text = f"{first}\n\n{stars} PART TWO {stars}\n\nThe second part tells of the mill and of rye."
    kinds = [block.kind for block in normalized(text).blocks]
    assert kinds == [BlockKind.HEADING, BlockKind.PARAGRAPH] * 2


@pytest.mark.parametrize(
    ("last", "sender"),
    [
        ("After.", None),
        ("Tomorrow.", None),
        ("Orlova.", "Orlova"),
        ("Enough.", None),
        ("Wednesday.", None),
        ("Потом.", None),
        ("Adieu!", None),
        ("Carlo", "Carlo"),
        ("The End", None),
        ("FINIS", None),
        ("To be continued", None),
        ("Michael Ende", "Michael Ende"),
        ("PRINTED BY HOLM AND SONS", None),
    ],
)
def test_a_word_that_is_no_name_signs_nothing(last, sender):
    text = f"Dear Sir,\n\nThe mill burned, and not tomorrow but now we need rye.\n\n{last}"
    found = normalized(text).metadata.sender
    assert (found and found.text) == sender


def test_notes_of_a_chapter_end_where_the_next_begins_and_go_on_over_paragraphs():
    text = (
        "We sailed at dawn.[1] Then came rain.[2]\n\n\nFOOTNOTES:\n\n[1] On the ship.\n\n"
        "    A second paragraph, which goes on.\n\n[2] In the bay.\n\n\n\nCHAPTER II\n\n"
        "The sea was calm for many days.[1]\n\n\nFOOTNOTES:\n\n[1] It was May.\n\n\n\n"
        "CHAPTER III\n\nThe wind came back from the north, and we reached the harbour.\n"
    )
    document = normalized(text)
    notes = [b.span.of(text) for b in document.blocks if b.kind is BlockKind.NOTE]
    assert notes == [
        "[1] On the ship.\n\n    A second paragraph, which goes on.",
        "[2] In the bay.",
        "[1] It was May.",
    ]
    assert kinds(document)[-1] == "paragraph"


@pytest.mark.parametrize("chapter", ["II", "CHAPTER II", "Kapitel 2: Die Flut"])
def test_a_note_ends_where_a_chapter_of_any_name_begins(chapter):
    text = f"We sailed.[1]\n\nNOTES\n\n[1] On the ship.\n\n    {chapter}\n\nThe sea was calm."
    document = normalized(text)
    notes = [b.span.of(text) for b in document.blocks if b.kind is BlockKind.NOTE]
    assert notes == ["[1] On the ship."]


def test_letters_and_figures_in_braces_are_marks():
    text = "We sailed[A] at dawn.{1} Then came rain.\n\n[Footnote A: In May.]\n\n{1} On the ship."
    assert anchors(text) == {"A": "ailed[A]", "1": "dawn.{1}"}


def test_a_greeting_far_within_a_text_is_not_its_own():
    verses = "Dear Ida,\n\nThe snow lay on the hills."
    paragraphs = "\n\n".join(
        f"The mill stood here in the year {year}." for year in range(1800, 1830)
    )
    metadata = normalized(f"{paragraphs}\n\n{verses}").metadata
    assert (metadata.recipient, metadata.kind) == (None, None)
    assert normalized(verses).metadata.kind == "letter"


CHAPTER = """I.

The ships lay in the ice.[1] Nobody had seen them come.[2] The harbour was shut.[3]

The board met on the pier.

[1] As they sang it on the quay:

    The ice, the ice,
    It holds us thrice.

So it was told to the editor by an old pilot.

[2]

    Nobody saw them,
    Nobody heard.

A song of that winter.

[3] By order of the board.

II.

The board sat again in May.[4] It resolved nothing.

[4] Its minutes are lost.

The mayor had gone home.
"""


def test_what_stands_between_two_notes_of_a_chapter_goes_on_with_the_first():
    notes = [b.span.of(CHAPTER) for b in normalized(CHAPTER).blocks if b.kind is BlockKind.NOTE]
    assert [note[:3] for note in notes] == ["[1]", "[2]", "[3]", "[4]"]
    assert notes[0].endswith("an old pilot.")
    assert notes[1].endswith("of that winter.")
    assert notes[3] == "[4] Its minutes are lost."


def test_text_with_marks_of_its_own_goes_on_with_no_note():
    text = CHAPTER.replace("It holds us thrice.", "It holds us thrice.[7]")
    notes = [b.span.of(text) for b in normalized(text).blocks if b.kind is BlockKind.NOTE]
    assert "an old pilot" not in notes[0]
