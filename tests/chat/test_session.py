"""What a conversation remembers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from river_letter import LETTER, PASSAGES, REFERENCE, Room, citation

from docproc.chat.session import Session, scope_phrase
from docproc.citing.plain import plain_citation
from docproc.errors import UsageError
from docproc.records import Document, Metadata, PassageKind, Scope, Verdict

HARBOUR = "What of the harbour?"


def test_a_question_goes_to_the_room_within_the_scope_and_the_limit():
    room = Room()
    session = Session(room, Scope(kinds=(PassageKind.NOTE,)), limit=2)
    answer = session.ask("  What did \n the commission decide? ")
    assert room.asked == [("What did the commission decide?", 2, session.scope)]
    assert answer.verdict is Verdict.ANSWERED
    assert session.turns[0].answer is answer


def test_more_brings_what_follows_and_keeps_the_numbers():
    session = Session(Room(), limit=1)
    assert [c.rank for c in session.ask(HARBOUR).citations] == [1]
    assert [c.rank for c in session.more()] == [2]
    assert [c.rank for c in session.citations] == [1, 2]
    assert session.more() == ()


def test_more_stays_within_the_scope_that_the_question_was_put_in():
    room = Room()
    session = Session(room, limit=1)
    session.ask(HARBOUR)
    session.set_scope("kind note")
    session.more()
    assert room.asked[-1] == (HARBOUR, 2, Scope())


def test_after_a_refusal_numbers_mean_the_nearest_passages():
    session = Session(Room())
    session.ask("Any elephants?")
    assert session.more() == ()
    assert session.citation(1).passage_id == PASSAGES[0].id


def test_a_citation_opens_where_it_stands():
    session = Session(Room())
    session.ask("How many lanterns?")
    opened = session.open(1)
    assert opened.document is LETTER
    assert opened.mark.of(opened.document.text) == PASSAGES[2].text
    (sentence,) = opened.highlights
    assert sentence.of(opened.document.text).startswith("All this will cost us")


def test_a_citation_whose_document_is_gone_says_so():
    class Later(Room):
        def document(self, document_id: str) -> Document:
            raise KeyError(document_id)

    session = Session(Room())
    session.ask(HARBOUR)
    session.move(Later("g2"))
    with pytest.raises(UsageError, match=r"no longer in the index: seeds/letters/orlova\.txt"):
        session.open(1)


@pytest.mark.parametrize(
    ("question", "number", "message"),
    [
        (None, 1, "ask a question first"),
        (HARBOUR, 3, "no citation 3; there is 1 to 2"),
        ("How many lanterns?", 0, "no citation 0; there is only 1"),
    ],
)
def test_a_number_that_means_nothing_is_an_error(question: str | None, number: int, message: str):
    session = Session(Room())
    if question:
        session.ask(question)
    with pytest.raises(UsageError, match=message):
        session.citation(number)


def test_more_before_the_first_question_is_an_error():
    with pytest.raises(UsageError, match="ask a question first"):
        Session(Room()).more()


def test_no_citation_at_all_is_told_apart_from_a_wrong_number():
    session = Session(Room(), Scope(kinds=(PassageKind.APPARATUS,)))
    answer = session.ask("Any elephants?")
    session.turns[-1] = replace(session.turns[-1], answer=replace(answer, nearest=()))
    with pytest.raises(UsageError, match="brought no citation"):
        session.cite(1)


def test_a_citation_is_one_line_with_all_that_a_footnote_needs():
    session = Session(Room())
    session.ask("Allocate?")
    assert session.cite(1) == (
        "G. V. Orlova to P. I. Lindqvist, 4 March 1923 [“March 4, 1923”]. "
        "TSAOR. F. 12. Op. 1. D. 4. L. 2 (now GANO). Note 1. "
        "In: Letters from the River. 1919-1926, comp. A.B.Petrenko, C.D.Alvarez. "
        "Source: seeds/letters/orlova.txt."
    )


def test_a_bare_citation_still_names_its_source():
    bare = replace(citation(PASSAGES[0], 1, 0.5), metadata=Metadata(), reference=None)
    assert plain_citation(bare) == ("orlova.txt. Paragraph 1. Source: seeds/letters/orlova.txt.")


def test_a_scope_is_described_in_words():
    session = Session(Room())
    assert session.describe_scope() == "every document"
    session.set_scope("sender Orlova")
    assert session.describe_scope() == "sender Orlova"
    assert scope_phrase(Scope(printed="a word", language="ru")) == "a word"
    made = Scope(
        documents=("ab" * 32,),
        reference=REFERENCE,
        kinds=(PassageKind.NOTE, PassageKind.BODY),
        earliest=date(1921, 10, 1),
        latest=date(1921, 12, 31),
        recipient="Lindqvist",
    )
    assert scope_phrase(made) == (
        "TSAOR. F. 91. Op. 3. D. 7. L. 12. from 1921-10-01 to 1921-12-31 "
        "recipient Lindqvist kind note body document abababababab"
    )
