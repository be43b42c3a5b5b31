"""Follow-ups completed from one citation of the river letter."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from river_letter import LETTER, PASSAGES, REFERENCE, citation

from docproc.followup.completed import Completion
from docproc.followup.completion import complete
from docproc.followup.context import Context
from docproc.followup.people import surname
from docproc.records import Mention, PassageKind, Scope, StatedDate

CITED = citation(PASSAGES[2], 1, 0.7, "lanterns")
LAST = "How many lanterns does Orlova want to buy?"


def completed(
    question: str, last: str = LAST, scope: Scope | None = None, **changed: object
) -> Completion:
    context = Context(last, (replace(CITED, **changed),))  # type: ignore[arg-type]
    found = complete(question, context, scope or Scope())
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("last", "question", "made"),
    [
        (LAST, "And how many ropes?", "How many ropes does Orlova want to buy?"),
        (LAST, "What about ropes?", "How many ropes does Orlova want to buy?"),
        (LAST, "and coal?", "How much coal does Orlova want to buy?"),
        ("What does rope cost?", "and coal?", "What does coal cost?"),
        (LAST, "And Lindqvist?", "How many lanterns does Lindqvist want to buy?"),
        ("Who wrote to Orlova in March?", "And to Brandt?", "Who wrote to Brandt in March?"),
        ("Who wrote to Orlova in March?", "and in May 1923?", "Who wrote to Orlova in May 1923?"),
        ("Who visited Orlova?", "And in 1924?", "Who visited Orlova in 1924?"),
        (
            "Why did Holm not want the ropes of Brandt?",
            "And Lind?",
            "Why did Lind not want the ropes of Brandt?",
        ),
        ("Why was the winch refused?", "And the ropes?", "Why were the ropes refused?"),
        ("Which ship sank at Perm?", "And which barge?", "Which barge sank at Perm?"),
        ("Сколько фонарей просит Орлова?", "А сколько канатов?", "Сколько канатов просит Орлова?"),
        ("Wie viele Laternen sind nötig?", "Und wie viele Seile?", "Wie viele Seile sind nötig?"),
    ],
)
def test_a_new_thing_takes_the_place_of_the_old(last: str, question: str, made: str):
    found = completed(question, last)
    assert (found.question, found.full, found.shown) == (made, made, f"“{made}”")


def test_a_question_for_an_age_says_nothing_by_itself():
    found = completed("Сколько ему лет?", "Когда Ермолай купил канаты?")
    assert (found.question, found.own) == ("Сколько Ермолай лет?", "")


def test_a_name_that_is_spoken_of_already_takes_nobodys_place():
    found = completed("and Brandt?", "Why did Holm not want the ropes of Brandt?")
    assert found.shown == "“Brandt?”, after “Why did Holm not want the ropes of Brandt?”"


@pytest.mark.parametrize("last", ["Who commands the ship?", "How many cars?"])
def test_somebody_takes_the_place_of_no_thing(last: str):
    assert completed("And Holm?", last).shown == f"“Holm?”, after “{last}”"


@pytest.mark.parametrize(
    ("last", "question", "made"),
    [
        ("Whom does Orlova pay?", "What does she fear?", "What does Orlova fear?"),
        ("What does Orlova fear?", "And Holm's wife?", "What does Holm's wife fear?"),
    ],
)
def test_who_is_meant_stands_in_the_last_question(last: str, question: str, made: str):
    assert completed(question, last).question == made


def test_a_thing_is_meant_while_it_is_in_view():
    for quote, made in (
        ("Die Straße ist offen.", "Warum war die Straße gesperrt?"),
        (
            "Lotte zieht nach Mainz.",
            "Warum war G. V. Orlova gesperrt?",
        ),  # of what was answered since
    ):
        last = "Ist die Straße offen?"
        found = completed("Warum war sie gesperrt?", last, quote=quote, highlights=())
        assert found.question == made


@pytest.mark.parametrize(
    ("question", "made"),
    [
        ("What did she fear?", "What did Orlova fear?"),
        ("Who answered her?", "Who answered Orlova?"),
        ("What was her reason for going?", "What was Orlova's reason for going?"),
        ("When was it written?", "When was the letter written?"),
    ],
)
def test_a_pronoun_becomes_what_it_means(question: str, made: str):
    assert completed(question).question == made


def test_he_is_who_the_last_answer_names_where_that_was_asked():
    quote = "Lindqvist came on Monday."
    found = completed("What did he bring?", "Who came to see Orlova?", quote=quote, highlights=())
    assert found.question == "What did Lindqvist bring?"


def test_he_is_the_sender_where_nobody_was_named():
    assert completed("What did he fear?", "How many lanterns?").question == (
        "What did G. V. Orlova fear?"
    )


def test_a_place_is_nobody():
    found = completed("What did he fear?", "How many barges lie at Perm?")
    assert "G. V. Orlova" in found.question


def test_an_event_is_told_by_the_last_question():
    found = completed("Who else was there?", "Who visited Orlova?")
    assert found.question == "Who else was there? visited Orlova"
    assert found.own == ""
    assert found.shown == "“Who else was there?”, after “Who visited Orlova?”"
    assert found.full == "Who visited Orlova?"


def test_the_search_goes_to_the_document_in_view_and_then_everywhere():
    first, last = completed("And how many ropes?").places
    assert first.scope.documents == (LETTER.id,)
    assert first.phrase == "in the letter of 4 March 1923"
    assert last.scope == Scope()


def test_the_scope_in_force_is_kept():
    scope = Scope(sender="Orlova", printed="sender Orlova")
    first, last = completed("And how many ropes?", scope=scope).places
    assert (first.scope.sender, last.scope) == ("Orlova", scope)
    assert first.scope.printed == "sender Orlova, the letter of 4 March 1923"


def test_what_was_not_found_in_the_scope_in_force_does_not_narrow_it():
    found = complete("And how many ropes?", Context(LAST, (CITED,)), Scope(), here=False)
    assert found is not None
    assert [place.scope for place in found.places] == [Scope()]


def test_the_note_is_one_of_the_document():
    found = completed("What does the note say?")
    (place,) = found.places
    assert (place.scope.documents, place.scope.kinds) == ((LETTER.id,), (PassageKind.NOTE,))
    assert found.firm
    assert found.place_alone
    assert completed("What is in note 2?").note == "2"


@pytest.mark.parametrize(
    ("level", "components"),
    [
        ("fond", (("fond", "91"),)),
        ("opis", (("fond", "91"), ("opis", "3"))),
        ("file", (("fond", "91"), ("opis", "3"), ("delo", "7"))),
        ("archive", ()),
    ],
)
def test_the_same_fond_is_that_of_the_reference(level: str, components: tuple[object, ...]):
    found = completed(f"and in the same {level}?")
    (place,) = found.places
    assert place.scope.reference is not None
    assert place.scope.reference.components == components
    assert place.scope.reference.archive == REFERENCE.archive
    assert found.question == LAST
    assert found.firm


def test_a_document_without_a_reference_has_no_fond():
    context = Context(LAST, (replace(CITED, reference=None),))
    assert complete("and in the same fond?", context, Scope()) is None


def test_the_same_author_is_the_sender():
    (place,) = completed("What else by the same author?").places
    assert place.scope.sender == "Orlova"


def test_before_that_date_is_before_the_letter():
    found = completed("Who asked for ropes before that date?")
    (place,) = found.places
    assert found.question == "Who asked for ropes?"
    assert (place.scope.latest, place.scope.earliest) == (date(1923, 3, 3), None)
    assert place.phrase == "before 4 March 1923"


def test_after_that_date_is_after_the_last_day_it_can_mean():
    dates = (StatedDate("March 1923", "1923-03", "heading"),)
    metadata = replace(LETTER.metadata, dates=dates)
    (place,) = completed("And after that date?", metadata=metadata).places
    assert place.scope.earliest == date(1923, 4, 1)


def test_that_date_is_the_one_answered_where_one_was_asked_for():
    quote = "The commission met on March 9, 1923."
    found = completed("and before that date?", "When did it meet?", quote=quote, highlights=())
    assert found.places[0].scope.latest == date(1923, 3, 8)


def test_a_reply_goes_from_the_recipient_to_the_sender_and_is_no_earlier():
    found = completed("his reply?")
    (place,) = found.places
    assert (place.scope.sender, place.scope.recipient) == ("Lindqvist", "Orlova")
    assert place.scope.earliest == date(1923, 3, 4)
    assert found.place_alone


def test_the_telegram_is_no_letter():
    assert complete("Who signed the telegram?", Context(LAST, (CITED,)), Scope()) is None
    telegram = replace(CITED, metadata=replace(LETTER.metadata, kind="telegram"), document_id="t")
    found = complete("Who signed the telegram?", Context(LAST, (CITED,), (telegram,)), Scope())
    assert found is not None
    assert found.places[0].scope.documents == ("t",)


def test_what_was_never_shown_cannot_be_pointed_at():
    for question in ("What does the note say?", "and in the same fond?", "before that date?"):
        assert complete(question, Context(LAST), Scope()) is None
    assert complete("Why?", Context(""), Scope()) is None


def test_what_was_typed_is_kept_apart_from_what_was_added():
    assert completed("What did she eat?").own == "What did she eat?"
    assert completed("And how many ropes?").own == "how many ropes?"


@pytest.mark.parametrize(
    ("name", "last"),
    [("J. V. Stalin", "Stalin"), ("Orlova, G. V.", "Orlova"), ("Li", "Li"), ("X. Y.", "X. Y.")],
)
def test_a_surname_is_the_last_full_word_of_a_name(name: str, last: str):
    assert surname(name) == last


def test_the_same_question_is_always_completed_in_the_same_way():
    mention = Mention("G. V. Orlova")
    metadata = replace(LETTER.metadata, sender=mention)
    assert completed("his reply?", metadata=metadata) == completed("his reply?", metadata=metadata)


@pytest.mark.parametrize(
    ("last", "question", "made"),
    [
        (
            "How much coal came in July 1917?",
            "and in August?",
            "How much coal came in August 1917?",
        ),
        (
            "What did the Secretary of State fear?",
            "and Lindqvist?",
            "What did Lindqvist fear?",
        ),
    ],
)
def test_a_month_keeps_its_year_and_an_office_is_one_name(last: str, question: str, made: str):
    assert completed(question, last).question == made


def test_the_one_who_answers_may_be_named():
    found = completed("What did Lindqvist answer?")
    (place,) = found.places
    assert (place.scope.sender, place.scope.recipient) == ("Lindqvist", "Orlova")
    assert found.full == "What did Lindqvist answer?"
    assert complete("What did Brandt answer?", Context(LAST, (CITED,)), Scope()) is None


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("The Ambassador in Norway (Holm)", "Holm"),
        ("The Secretary of State", "Secretary of State"),
        ("G. V. Orlova", "Orlova"),
    ],
)
def test_an_office_is_called_by_the_name_behind_it(name: str, short: str):
    assert surname(name) == short
