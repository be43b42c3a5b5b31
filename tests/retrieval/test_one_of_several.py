"""One of several letters, by date or by kind, and what somebody says of a thing in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from docproc.records import Verdict


def first_cited(room, question):
    answer = room.answering.ask(question, limit=5)
    assert answer.verdict is Verdict.ANSWERED, question
    return Path(answer.citations[0].source.path).stem, answer.citations[0].quote


@pytest.mark.parametrize(
    ("question", "name", "holds"),
    [
        ("What was the first letter of Harrop to Clara Voss?", "h1", "repair"),
        ("What was Harrop's last letter to Clara Voss?", "h6", "assize"),
        ("What was the second letter of Harrop to Clara Voss?", "h3", "Flint"),
        ("Which letter first mentions cholera?", "h4", "Cholera"),
        ("Who first mentions cholera?", "h4", "Cholera"),
        ("Which letter mentions cholera last?", "h6", "cholera"),
        ("Welcher Brief ist der letzte von Mattis?", "g3", "Brücke"),
        ("In welchem Brief wird die Brücke zuerst erwähnt?", "g1", "Brücke"),
        ("Quelle est la dernière lettre de Barrois ?", "f3", "lampe"),
        ("Когда Старцев в последний раз писал Колосовой?", "r3", "7 мая"),
        ("How many telegrams are there?", "h5", "TELEGRAM"),
    ],
)
def test_one_of_several_letters_answers(correspondences_room, question, name, holds):
    found, quote = first_cited(correspondences_room, question)
    assert (found, holds in quote) == (name, True)


def test_the_fifth_of_three_is_none(correspondences_room):
    answer = correspondences_room.answering.ask("the fifth letter of Harrop to Clara Voss", limit=5)
    assert answer.verdict is Verdict.NOT_FOUND
    assert answer.understood == ("from Harrop, to Clara Voss", "the fifth of 3 by date")


@pytest.mark.parametrize(
    ("question", "name", "holds"),
    [
        ("What does Harrop say about the chandler?", "h3", "Flint"),
        ("What does Clara Voss say about Harrop?", "h4", "slow"),
        ("What did Clara say of the timber?", "h2", "timber"),
        ("Was sagt Kranz über die Brücke?", "g2", "zweihundert"),
        ("Que dit Odile Ferrand de la lampe ?", "f2", "cinquante"),
        ("Что говорит Колосова о школе?", "r2", "тифа"),
        ("Worüber schrieb Elsbeth Kranz?", "g2", "zweihundert"),
    ],
)
def test_what_somebody_says_of_a_thing_stands_in_their_letters(
    correspondences_room, question, name, holds
):
    found, quote = first_cited(correspondences_room, question)
    assert (found, holds in quote) == (name, True)


@pytest.mark.parametrize("question", ["Where is Clara Voss?", "Где был Старцев?"])
def test_where_somebody_was_is_told_by_a_dateline_before_a_signature(
    correspondences_room, question
):
    _, quote = first_cited(correspondences_room, question)
    assert "\n" in quote


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Which letters did Julius Voss receive?", ["h4", "h5"]),
        ("Wie viele Briefe bekam Mattis?", ["g2"]),
        ("Quelles lettres a reçues Odile Ferrand ?", ["f1", "f3"]),
        ("Какие письма получила Колосова?", ["r1", "r3"]),
        ("letters between Harrop and Clara Voss", ["h1", "h2", "h3", "h6"]),
        ("Briefwechsel zwischen Mattis und Kranz", ["g1", "g2", "g3"]),
        ("Письма между Старцевым и Колосовой", ["r1", "r2", "r3"]),
        ("Correspondance entre Barrois et Ferrand après le 10 juin 1898", ["f2", "f3"]),
    ],
)
def test_letters_to_somebody_and_between_two_are_listed(correspondences_room, question, names):
    answer = correspondences_room.answering.ask(question, limit=5)
    assert sorted({Path(c.source.path).stem for c in answer.citations}) == names


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("What became of Quill?", "h6"),
        ("Qu'est-il arrivé au phare ?", "f1"),
        ("Wie heißt der Brückenwärter?", "g1"),
    ],
)
def test_a_word_that_asks_what_became_of_a_thing_need_not_stand_there(
    correspondences_room, question, name
):
    assert first_cited(correspondences_room, question)[0] == name


def test_what_is_printed_below_a_letter_says_where_it_is_kept(room_over):
    letter = ["Nils Ek an Dora Lamm", "Kiel, den 3. Mai 1884", "Der Hafen ist zugefroren."]
    room = room_over({"e": [*letter, "Nils Ek", "Stadtarchiv Kiel, Nachlass Ek, Mappe 7"]})
    for question in ("Welche Signatur hat der Brief von Nils Ek?", "Wo liegt der Brief von Ek?"):
        cited = room.answering.ask(question, limit=3).citations[0]
        told = [span.of(cited.quote) for span in cited.highlights]
        assert told == ["Stadtarchiv Kiel, Nachlass Ek, Mappe 7"]
