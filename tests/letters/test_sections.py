"""Head, body and tail of documents of several countries."""

from __future__ import annotations

import pytest
from documents import (
    CABLE,
    DECREE,
    FRENCH,
    GERMAN,
    PROSE,
    RUSSIAN,
    STARRED,
    WRAPPED,
    kinds,
    normalized,
    shown,
)
from hypothesis import given
from hypothesis import strategies as st

from docproc.letters.paragraphs.forms import is_signature
from docproc.records import Block, BlockKind, Span


def test_a_russian_letter_falls_into_its_parts():
    document = normalized(RUSSIAN)
    assert kinds(document) == [
        "heading", "heading", "dateline", "heading", "salutation", "paragraph", "list item",
        "list item", "signature", "signature", "reference", "witness", "furniture", "note",
    ]  # fmt: skip
    assert [b.label for b in document.blocks if b.kind is BlockKind.LIST_ITEM] == ["1", "2"]
    assert document.witness is not None
    assert (document.witness.technique, document.witness.signature) == ("typewritten", "autograph")
    assert [r.get("fond") for r in document.references] == ["558"]


def test_a_wrapped_and_indented_telegram_falls_into_its_parts():
    document = normalized(WRAPPED)
    assert kinds(document) == [
        "heading", "dateline", "paragraph", "paragraph", "signature", "witness", "reference",
        "witness", "furniture", "note",
    ]  # fmt: skip
    assert document.metadata.place is not None
    assert document.metadata.place.text == "Москва, Кремль"
    assert document.metadata.kind == "telegram"


def test_a_decree_has_a_title_a_date_articles_and_two_signatures():
    document = normalized(DECREE)
    assert kinds(document) == [
        "heading", "dateline", "list item", "list item", "signature", "signature", "reference",
        "witness",
    ]  # fmt: skip
    assert document.metadata.kind == "decree"


@pytest.mark.parametrize(
    ("text", "salutation", "signature", "language"),
    [
        (GERMAN, "Sehr geehrter Herr Reichskanzler!", "Rheinfels", "de"),
        (FRENCH, "Mon cher Ministre,", "A. Briard", "fr"),
        (STARRED, "Dear Vladimir Ilyich,", "Rivers", "en"),
    ],
)
def test_greeting_and_signature_are_known_in_other_languages(text, salutation, signature, language):
    document = normalized(text)
    assert shown(document, BlockKind.SALUTATION) == [salutation]
    assert shown(document, BlockKind.SIGNATURE)[-1] == signature
    assert document.metadata.language == language
    assert document.metadata.kind == "letter"


def test_an_enclosure_begins_a_new_part_and_does_not_speak_for_the_document():
    document = normalized(CABLE)
    assert shown(document, BlockKind.SIGNATURE) == ["G.F.PEARSE", "G.F.P.", "G.F.PEARSE"]
    assert shown(document, BlockKind.DATELINE)[1] == "MELBOURNE, 26 January 1937"
    assert [d.edtf for d in document.metadata.dates] == ["1938-03-10"]
    assert document.metadata.kind == "cablegram"
    assert document.metadata.place is not None
    assert document.metadata.place.text == "LONDON"


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Circular Cablegram B37", "cablegram"),
        ("Extract from a Letter", "letter"),
        ("Выписка из протокола № 5", "minutes"),
        ("Постановление Политбюро", "decree"),
        ("Briefing Paper", None),
    ],
)
def test_the_heading_names_the_kind_of_document(heading, kind):
    assert normalized(f"{heading}\n\nIt was decided to wait.").metadata.kind == kind


def test_plain_prose_is_a_paragraph_and_nothing_else():
    document = normalized(PROSE)
    assert kinds(document) == ["paragraph"]
    assert document.metadata.title is None
    assert document.metadata.sender is None
    assert document.metadata.dates == ()


def test_what_is_said_to_somebody_signs_nothing():
    said = "MR. FALK: The mill is closed.\n\nSir, I have the honour.\n"
    assert "signature" not in kinds(normalized(said))
    assert is_signature("Sir, Yours truly, B. Falk")


def test_a_list_of_names_signs_nothing():
    names = "\n\n".join(["The meeting was attended by the following.", *["Ann Lake"] * 6])
    assert "signature" not in kinds(normalized(names))


def test_blocks_that_are_there_stay_as_they_are():
    at = RUSSIAN.index("Вчера")
    block = Block(BlockKind.SIGNATURE, Span(at, at + 40), label="x")
    document = normalized(RUSSIAN, (block,))
    assert block in document.blocks
    assert all(not other.span.overlaps(block.span) for other in document.blocks if other != block)


def test_a_second_reading_changes_nothing():
    from docproc.stages.normalize.letter import LetterNormalizer

    once = normalized(RUSSIAN)
    assert LetterNormalizer().normalize(once) == once


KINDS_OF_LINES = """Notes:|Enclosure|1 Note.|[1] Note.|1) Point.|(a) point|Dear Sir,|Secret|
5 March 1921|J. Lake|Yours,|F. 1. Op. 2. D. 3. Copy.|A sentence.|Title|-----|* Star.|¹ Up.|
word[1] word¹|\xa0||  indented line|И. Орлов 3 .|P.S. More.|Copy. F. 1. Op. 2.|[|№ 5"""
LINES = st.sampled_from(KINDS_OF_LINES.split("|"))


@given(st.lists(LINES, max_size=14).map("\n".join) | st.text(max_size=60))
def test_blocks_are_in_order_apart_and_over_every_word(text):
    document = normalized(text)
    assert document.text == text
    at = 0
    kept = ""
    for block in document.blocks:
        assert at <= block.span.start < block.span.end <= len(text)
        kept += block.span.of(text)
        at = block.span.end
        if block.anchor:
            assert block.kind is BlockKind.NOTE
            assert block.anchor.end <= block.span.start
    assert "".join(kept.split()) == "".join(text.split())


def test_what_is_enclosed_is_named_by_its_title_or_by_the_line_that_opens_it():
    letter = "Ivanov to Petrov\n\n2 May 1921\n\nMy dear Petrov,\n\nI enclose two.\n\nA. Ivanov\n\n"
    first = "Enclosure 1\n\nNote by Mr. Bruce\n\nLONDON, 1 May 1921\n\nI saw the Minister.\n\n"
    document = normalized(letter + first + "Enclosure 2\n\nThe Minister saw me too, he said.\n")
    found = document.metadata.enclosures
    assert [mention.text for mention in found] == ["Note by Mr. Bruce", "Enclosure 2"]
    for mention in found:
        assert mention.span is not None
        assert mention.span.of(document.text) == mention.text
    assert document.metadata.date is not None
    assert document.metadata.date.edtf == "1921-05-02"


def headings(*pieces):
    """What is a heading of *pieces*, those that begin with ``#`` marked as such by the source."""
    text, blocks = "", []
    for piece in pieces:
        bare = piece.removeprefix("#")
        start = len(text) + 2 * bool(text)
        text += ("\n\n" if text else "") + bare
        if bare != piece:
            blocks.append(Block(BlockKind.HEADING, Span(start, start + len(bare)), level=1))
    return shown(normalized(text, tuple(blocks)), BlockKind.HEADING)


BODY_OF_IT = "The mill burned on Monday night, and all of the rye that was in it was lost to us."


def test_where_the_source_marks_its_headings_a_short_paragraph_is_none():
    assert headings("#Of mills", "The News", BODY_OF_IT, "More News", BODY_OF_IT) == ["Of mills"]
    assert "More News" in headings("Of mills", "The News", BODY_OF_IT, "More News", BODY_OF_IT)


def test_between_a_title_and_a_dateline_a_short_paragraph_still_heads_the_letter():
    found = headings("#Ann to Bob", "Board of Mills", "Tver, 4 June 1918", BODY_OF_IT)
    assert found == ["Ann to Bob", "Board of Mills"]


LETTER = "Bergen, 3 May 1921\n\nDear Olof,\n\nThe ship has come.\n\n"


@pytest.mark.parametrize("last", ["Below", "Line 4", "Test"])
def test_where_nobody_writes_a_last_word_signs_nothing(last):
    assert "signature" not in kinds(normalized(f"The pier is long.\n\n1. Wood\n\n{last}"))


@pytest.mark.parametrize("text", [LETTER + "Anna", "The ship has come.\n\nAnna Reiss"])
def test_a_name_signs_what_opens_as_a_letter_and_a_whole_name_anything(text):
    assert kinds(normalized(text))[-1] == "signature"


@pytest.mark.parametrize(
    "answered",
    [
        "> Dear Anna,\n\n> Has it come?\n\n> Olof",
        "On Tue, 3 May 2011, Olof Falk <o@x.org> wrote:\n\nDear Anna,\n\nHas it come?\n\nOlof",
        "-----Original Message-----\n\nSent: Monday, April 2, 2012\n\nHas it come?\n\nOlof",
        "Von: Olof\nGesendet: 2. Mai 2011\nBetreff: Schiff\n\nIst es da?\n\nOlof",
    ],
)
def test_what_a_message_answers_is_no_part_of_its_form(answered):
    document = normalized(f"{LETTER}Anna\n\n{answered}")
    assert kinds(document)[:4] == ["dateline", "salutation", "paragraph", "signature"]
    assert set(kinds(document)[4:]) == {"paragraph"}
    assert document.metadata.sender.text == "Anna"
    assert [date.edtf for date in document.metadata.dates] == ["1921-05-03"]


def test_a_name_below_a_closing_is_no_heading():
    text = (
        "Dear Olof,\n\nIt came.\n\nThanks,\n\nAlex\n\nThe ship is in the harbour and is unloaded."
    )
    assert "heading" not in kinds(normalized(text))


def test_a_date_between_a_letterhead_and_the_salutation_near_it_is_the_letters():
    text = (
        "No.\n\nHOLM AND SONS LIMITED\n\nHARBOUR LANE - LIBAU - 12\n\nOur Ref. 35/PN 18th "
        "January, 1932.\n\nDr. P. N. Ek,\n\nCoast Surveys,\n\nRiga.\n\nDear Per,\n\nThe board has "
        "had it since 4 March 1930, and goes on.\n\nYours,\n\nI. HOLM\n"
    )
    assert [date.edtf for date in normalized(text).metadata.dates] == ["1932-01-18"]
    told = text.replace("Dear Per,\n\n", "").replace("Coast", "The coast " * 40)
    assert not normalized(told).metadata.dates


MINUTES = """{head}

Onega, 5 May 1908

Present: Mayor Kuchin, councillor Popov.

Heard: the petition of the fishermen for a pier.

Resolved: to build a pier of larch.
"""


@pytest.mark.parametrize(
    "head",
    [
        "Minutes of the Town Council of Onega, No. 14",
        "Minutes of the Town Council of Onega No. 14",
        "Protokoll des Stadtrats, Nr. 14",
    ],
)
def test_a_number_at_the_end_of_a_title_is_no_mark_of_a_note(head):
    metadata = normalized(MINUTES.format(head=head)).metadata
    assert (metadata.title.text, metadata.kind) == (head, "minutes")
    assert (metadata.date.edtf, metadata.place.text) == ("1908-05-05", "Onega")


def test_the_title_of_what_a_body_issued_is_no_dateline():
    text = (
        "Minutes of the meeting of the Town Council, 5 May 1908\n\nPresent: Mayor Kuchin.\n\n"
        "The petition was heard.\n"
    )
    metadata = normalized(text).metadata
    assert metadata.title.text == "Minutes of the meeting of the Town Council, 5 May 1908"
    assert (metadata.date.edtf, metadata.place) == ("1908-05-05", None)
