"""What stands in the place of a word that is asked about, and German names and verbs."""

# ruff: noqa: E501
from __future__ import annotations

import pytest

from docproc.retrieval.doubts.displaced_words import Places, asks_whether
from docproc.retrieval.query.courtesy import without_courtesy
from docproc.retrieval.query.german import certain_names, with_whole_verbs


@pytest.mark.parametrize(
    ("question", "word", "name", "text", "taken"),
    [
        ("Were the hemp exports forbidden?", "hemp", False, "All flax exports were forbidden.", True),
        ("Were the hemp exports forbidden?", "hemp", False, "Exports were forbidden.", False),
        ("How many carts of peat came?", "peat", False, "Two carts of turnips came.", True),
        ("Сколько возов торфа пришло?", "торфа", False, "Пришло два воза.", False),
        ("Сколько возов торфа купили?", "торфа", False, "Купили шесть возов репы.", True),
        ("Did the Danish Board agree?", "danish", True, "The Swedish Board agreed.", True),
        ("Did the Danish Board agree?", "danish", True, "The new board agreed.", False),
        ("Who led the mission to Tibet?", "tibet", True, "Orr led the mission to Sikkim.", True),
        ("Who led the mission to Tibet?", "tibet", True, "Orr went to Sikkim.", False),
        ("What came from Leith?", "leith", True, "Salt came by sea from Hull.", True),
        ("What came from Leith?", "leith", True, "Salt came from May to August.", False),
        ("What stood in the barrels of tar?", "tar", False, "Two barrels of pitch.", True),
        ("What went to Leith?", "leith", True, "Salt went to Hull.", False),
    ],
)  # fmt: skip
def test_another_word_in_its_place(question, word, name, text, taken):
    language = "en" if question.isascii() else "ru"
    assert Places(question).taken(word, name, text, language) is taken


@pytest.mark.parametrize(
    ("question", "number", "known"),
    [
        ("What did telegram 1552 say?", "1552", True),
        ("What happened in 1552?", "1552", False),
        ("What happened in May 1552?", "1552", False),
        ("Who sold 340 sheep?", "340", True),
        ("Who sold 3 sheep?", "3", False),
    ],
)
def test_a_number_that_is_no_year(question, number, known):
    assert Places(question).is_number(number) is known


def test_a_question_answered_by_yes_or_no_begins_with_its_verb():
    assert asks_whether(["Was", "Orr"])
    assert asks_whether(["Wurde", "Orr"])
    assert not asks_whether(["What", "was"])
    assert not asks_whether([])


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Hat Kurz den Hirsch gesehen?", ["Kurz"]),
        ("Wann wurde Hobein verhaftet?", ["Hobein"]),
        ("Warum wurde Verpflegung bestellt?", []),
        ("Was hat der Müller bestellt?", []),
        ("Was schrieb der Lehrer Jung?", ["Jung?"]),
        ("Haben Sie das Pferd?", []),
    ],
)
def test_what_is_a_name_among_german_nouns(question, names):
    assert list(certain_names(question)) == names


@pytest.mark.parametrize(
    ("question", "whole"),
    [
        ("Wer baute die Mühle wieder auf?", "Wer aufbaute die Mühle wieder?"),
        ("Wer stellte den Zaun wieder her?", "Wer wiederherstellte den Zaun?"),
        ("Wann kam der Bote in Riga an?", "Wann ankam der Bote in Riga?"),
        ("Wer war der Bote?", "Wer war der Bote?"),
        ("Who went up the hill to look in?", "Who went up the hill to look in?"),
    ],
)
def test_a_german_verb_in_two_parts_is_one(question, whole):
    assert with_whole_verbs(question) == whole


@pytest.mark.parametrize(
    ("mail", "asked"),
    [
        ("Where was the tar shipped, many thanks, Dr. B. Orr, Museum of Leith", "Where was the tar shipped"),
        ("Wo lag der Kahn? Mit freundlichen Grüßen, Jutta Behn, Kiel", "Wo lag der Kahn?"),
        ("I wonder if anybody knows who sold the tar", "who sold the tar"),
        ("Who sent thanks to the harbour board in May?", "Who sent thanks to the harbour board in May?"),
        ("Who bought it; thanks to whom was it sold", "Who bought it; thanks to whom was it sold"),
    ],
)  # fmt: skip
def test_who_signs_a_mail_is_not_asked_about(mail, asked):
    assert without_courtesy(mail).rstrip(",.!;") == asked
