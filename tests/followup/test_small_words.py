"""Follow-ups of few small words: days told by another day, and what is asked of the letter in view."""

# ruff: noqa: E501
from __future__ import annotations

from datetime import date

import pytest
from made_up_citations import ORLOVA, cited

from docproc.followup.anaphora import Cue
from docproc.followup.completion import complete
from docproc.followup.context import Context
from docproc.followup.dependence import take_apart
from docproc.followup.of_document import ask_of_document, ask_where_written
from docproc.followup.relative_days import another_day, on_another_day
from docproc.followup.substitution import substitute
from docproc.records import Scope


@pytest.mark.parametrize(
    ("question", "days"),
    [
        ("And the day before?", -1),
        ("and three days later?", 3),
        ("two weeks earlier?", -14),
        ("Und am nächsten Tag?", 1),
        ("Am Tag davor?", -1),
        ("zwei Tage später", 2),
        ("Et la veille ?", -1),
        ("trois jours plus tard ?", 3),
        ("А накануне?", -1),
        ("А через три дня позже?", 3),
        ("And on the 17th?", 3),
        ("Und am 12.?", -2),
        ("Et le 1er ?", -13),
        ("¿Y el 20?", 6),
        ("А 15-го?", 1),
        ("А 16 числа?", 2),
        ("And on the 32nd?", None),
        ("And on the 17th floor?", None),
        ("And the 17?", None),
        ("Who came three days later?", None),
        ("The day before the flood?", None),
    ],
)
def test_a_day_is_told_by_the_one_in_view(question, days):
    view = date(1921, 7, 14)
    day = another_day(question, view)
    assert (day and (day - view).days) == days


def test_the_day_stands_in_the_place_of_the_date_or_behind_the_question():
    day = date(1921, 7, 13)
    asked = on_another_day("What did Rand write on 14 July 1921?", day)
    assert asked == "What did Rand write on 1921-07-13?"
    assert on_another_day("Where was Rand?", day) == "Where was Rand 1921-07-13?"
    assert on_another_day("Where was Rand then?", day) == "Where was Rand 1921-07-13?"
    assert on_another_day("Wo war Rand damals?", day) == "Wo war Rand 1921-07-13?"


@pytest.mark.parametrize(
    ("question", "whole"),
    [
        ("To whom?", "To whom was the letter written?"),
        ("And who received it?", "To whom was the letter written?"),
        ("Who says so?", "Who wrote the letter?"),
        ("Who is the author?", "Who wrote the letter?"),
        ("Кто автор письма?", "Кто написал письмо?"),
        ("Wer ist der Verfasser?", "Wer schrieb den Brief?"),
        ("Qui en est l'auteur ?", "Qui a écrit la lettre ?"),
        ("¿Quién es el remitente?", "¿Quién escribió la carta?"),
        ("Chi è l'autore della lettera?", "Chi scrisse la lettera?"),
        ("Who is the author of the decree?", None),
        ("Who wrote that?", "Who wrote the letter?"),
        ("Which archive?", "Where is the letter kept?"),
        ("Welche Signatur hat er?", "Wo liegt der Brief?"),
        ("Quelle est la cote ?", "Où est conservée la lettre ?"),
        ("Which archive has the plans?", None),
        ("Wer sagt das?", "Wer schrieb den Brief?"),
        ("Кто это говорит?", "Кто написал письмо?"),
        ("An wen?", "An wen ist der Brief geschrieben?"),
        ("Von wem?", "Wer schrieb den Brief?"),
        ("D'où ?", "Où la lettre est-elle écrite ?"),
        ("À qui ?", "À qui la lettre est-elle écrite ?"),
        ("Кому?", "Кому написано письмо?"),
        ("Кто это написал?", "Кто написал письмо?"),
        ("¿A quién?", "¿A quién se escribió la carta?"),
        ("¿De dónde?", "¿Dónde se escribió la carta?"),
        ("A chi?", "A chi fu scritta la lettera?"),
        ("Chi l'ha scritta?", "Chi scrisse la lettera?"),
        ("To whom did Rand sell the ferry?", None),
        ("Откуда взялся паром?", None),
    ],
)
def test_what_is_asked_of_the_letter_in_view_is_put_in_full(question, whole):
    assert ask_of_document(question) == whole


@pytest.mark.parametrize(
    ("question", "whole"),
    [
        ("Where was Orlova then?", "Where was the letter written?"),
        ("And where was she then?", "Where was the letter written?"),
        ("Wo war sie da?", "Wo wurde der Brief geschrieben?"),
        ("Où était-elle alors ?", "Où la lettre est-elle écrite ?"),
        ("А где она была тогда?", "Откуда написано письмо?"),
        ("¿Dónde estaba entonces ella?", None),
        ("¿Dónde estaba ella entonces?", "¿Dónde se escribió la carta?"),
        ("Dove era lei allora?", "Dove fu scritta la lettera?"),
        ("Where was Lindqvist then?", None),
        ("Where was she wounded then?", None),
    ],
)
def test_where_its_writer_was_then_is_where_the_letter_was_written(question, whole):
    view = cited("The ice left.", metadata=ORLOVA, reference=None)
    assert ask_where_written(question, Context("What did Orlova write?", (view,))) == whole


@pytest.mark.parametrize(
    ("last", "question", "words"),
    [
        ("How many rifles did Rand send?", "And in May?", ("rifles",)),
        ("¿Cuántos carros perdió?", "¿Y en abril?", ("carros",)),
        ("Combien de fusils a-t-il reçus ?", "Et en mai ?", ("fusils",)),
    ],
)
def test_another_time_keeps_the_thing_that_was_asked_about(last, question, words):
    view = cited("He lost carros, rifles and fusils.", metadata=ORLOVA, reference=None)
    completion = complete(question, Context(last, (view,)), Scope())
    assert completion is not None
    assert completion.topic == words


@pytest.mark.parametrize(
    ("last", "question", "whole"),
    [
        (
            "Che disse il Duca dell’arciduca Otto?",
            "E degli Svizzeri?",
            "Che disse il Duca degli Svizzeri?",
        ),
        ("Che scrisse Bassi nel marzo 1616?", "E in agosto?", "Che scrisse Bassi in agosto 1616?"),
        ("Que dit Barrois du phare ?", "Et de la lampe ?", "Que dit Barrois de la lampe?"),
    ],
)
def test_a_preposition_is_one_with_its_article(last, question, whole):
    assert substitute(take_apart(question), take_apart(last), None) == whole


@pytest.mark.parametrize(
    ("question", "points"), [("E gli Svizzeri?", False), ("Che cosa gli scrisse?", True)]
)
def test_gli_before_a_noun_is_no_pronoun(question, points):
    assert (take_apart(question).cue(Cue.HE) is not None) is points
