"""Follow-ups that ask of another time, correct the last question, or ask the same of another."""

# ruff: noqa: E501
from __future__ import annotations

from datetime import date

import pytest

from docproc.followup.afterwards import Afterwards, find_afterwards
from docproc.followup.anaphora import Cue
from docproc.followup.dependence import counts_alone, may_depend, take_apart
from docproc.followup.people import is_meant
from docproc.followup.relative_days import (
    asks_for_earlier,
    at_that_time,
    day_at_the_end,
    in_another_turn,
    with_year,
    years_away,
)
from docproc.followup.rephrased import Onward, goes_on, only_those, put_plainly
from docproc.followup.substitution import substitute


@pytest.mark.parametrize(
    ("question", "away"),
    [
        ("What about the year after?", (1, True)),
        ("And the year before?", (-1, True)),
        ("and the next month?", (1, False)),
        ("Und im Jahr darauf?", (1, True)),
        ("А в следующем году?", (1, True)),
        ("Et l'année précédente ?", (-1, True)),
        ("¿Y el año siguiente?", (1, True)),
        ("E l'anno dopo?", (1, True)),
        ("The year after the flood?", None),
    ],
)
def test_a_year_or_a_month_is_told_by_the_one_before(question, away):
    assert years_away(question) == away


def test_the_year_after_takes_the_place_of_the_year():
    day = date(1861, 12, 3)
    assert in_another_turn("Who came in 1861?", day, 1, year=True) == "Who came in 1862?"
    assert in_another_turn("Who came?", day, 1, year=False) == "Who came in 1862-01?"


@pytest.mark.parametrize(
    ("new", "last", "made"),
    [
        ("on September 13", "Where was Rand on April 10, 1918?", "Where was Rand on September 13 1918?"),
        ("il 2 giugno 1712", "Dove era Bassi il 31 ottobre 1711?", "Dove era Bassi il 2 giugno 1712?"),
        ("im März", "Wie viele Dampfer lagen im Mai 1896 im Hafen?", "Wie viele Dampfer lagen im März 1896 im Hafen?"),
        ("в июле", "Кто был там 5 мая 1918 года?", "Кто был там в июле 1918?"),
        ("in April", "Who met in March?", "Who met in April 1918?"),
        ("in the spring", "Who came?", "Who came in the spring 1918?"),
        ("in Perm", "Who came?", None),
        ("to Brandt in May", "Who wrote to Holm?", None),
    ],
)  # fmt: skip
def test_a_time_takes_the_place_of_the_time_and_keeps_its_year(new, last, made):
    year = "1896" if "1896" in last else "1918"
    assert at_that_time(new, last, year) == made


@pytest.mark.parametrize(
    ("question", "before"),
    [
        ("And before?", True),
        ("Und davor?", True),
        ("А раньше?", True),
        ("Et avant ?", True),
        ("¿Y después?", False),
        ("E dopo?", False),
        ("Before the flood?", None),
    ],
)
def test_before_and_after_alone_ask_the_last_question_again(question, before):
    assert asks_for_earlier(question) is before


@pytest.mark.parametrize(
    ("question", "ended"),
    [
        ("What did Rand write the day before?", ("What did Rand write", 12)),
        ("Was schrieb Rand am nächsten Tag?", ("Was schrieb Rand", 14)),
        ("Что писал Ранд накануне?", ("Что писал Ранд", 12)),
        ("What did he write on the 27th?", ("What did he write", 27)),
        ("The day before?", None),
        ("What did Rand write the day before the flood?", None),
    ],
)
def test_a_day_told_by_another_may_end_a_question(question, ended):
    meant = ended and (ended[0], date(1921, 7, ended[1]))
    assert day_at_the_end(question, date(1921, 7, 13)) == meant


def test_a_month_may_be_a_name():
    assert with_year("What did May buy?", "1918") == "What did May buy?"


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("What happened to Quill then?", Afterwards("Quill", True, "What happened to Quill?")),
        ("What became of her?", Afterwards("her", False, "What became of her?")),
        ("Was geschah dann mit ihm?", Afterwards("ihm", True, "Was geschah mit ihm?")),
        ("Что стало со Степаном потом?", Afterwards("Степаном", True, "Что стало со Степаном?")),
        ("Qu'est-elle devenue ?", Afterwards("elle", False, "Qu'est-elle devenue ?")),
        ("¿Qué le pasó después a Andrés?", Afterwards("Andrés", True, "¿Qué le pasó a Andrés?")),
        ("Che ne fu di lui?", Afterwards("lui", False, "Che ne fu di lui?")),
        ("What happened in Perm in May 1920?", None),
    ],
)
def test_what_became_of_somebody_is_seen(question, found):
    assert find_afterwards(question) == found


@pytest.mark.parametrize(
    ("question", "plain"),
    [
        ("No, I mean Brandt", "And Brandt?"),
        ("No, the elder", "And the elder?"),
        ("The same about Brandt", "And Brandt?"),
        ("Nein, ich meine Brandt", "Und Brandt?"),
        ("Non, je veux dire Odile", "Et Odile?"),
        ("Нет, я имею в виду Петрова", "А Петрова?"),
        ("То же о холере", "А о холере?"),
        ("No, me refiero a Andrés", "Y Andrés?"),
        ("Lo stesso per Bassi", "E Bassi?"),
        ("Same in 1907", "And in 1907?"),
        ("Idem pour 1872", "Et 1872?"),
        ("То же за 1922 год", "А 1922 год?"),
        ("Lo mismo en 1810", "Y en 1810?"),
        ("Back to the ferry again", "And the ferry?"),
        ("Вернёмся к Гринбергу", "А Гринбергу?"),
        ("Torniamo alla nave", "E nave?"),
        ("Back to the wall: what does it cost?", "Back to the wall: what does it cost?"),
        ("And who is that?", "Who is he?"),
        ("Кто это такой?", "Кто он?"),
        ("No letters mention it?", "No letters mention it?"),
        ("Нет ли писем?", "Нет ли писем?"),
    ],
)
def test_a_correction_goes_on_from_the_last_question(question, plain):
    assert put_plainly(question) == plain


@pytest.mark.parametrize(
    ("question", "before"),
    [
        ("Who was it before him?", True),
        ("А до неё?", True),
        ("Et avant lui ?", True),
        ("Und vor ihm?", True),
        ("¿Y antes de él?", True),
        ("E dopo di lui?", False),
        ("And then?", False),
        ("What happened next?", False),
        ("Что было потом?", False),
        ("Was geschah dann?", False),
        ("Before the war?", None),
        ("Who was ill after the march?", None),
    ],
)
def test_before_somebody_is_before_the_time_in_view(question, before):
    assert asks_for_earlier(question) is before


def test_a_correction_is_in_the_language_of_the_last_question():
    assert put_plainly("No, Arteche", "¿Quién compró el bergantín?") == "Y Arteche?"
    assert put_plainly("Non, l'aîné", "Qui a vendu la filature ?") == "Et l'aîné?"


@pytest.mark.parametrize(
    ("question", "onward"),
    [
        ("Are you sure?", Onward.AGAIN),
        ("Really?", Onward.AGAIN),
        ("Точно?", Onward.AGAIN),
        ("Bist du sicher?", Onward.AGAIN),
        ("Vraiment ?", Onward.AGAIN),
        ("¿Seguro?", Onward.AGAIN),
        ("What else?", Onward.MORE),
        ("Is there more?", Onward.MORE),
        ("Что ещё?", Onward.MORE),
        ("Noch etwas?", Onward.MORE),
        ("Quoi d'autre ?", Onward.MORE),
        ("¿Algo más?", Onward.MORE),
        ("C'è altro?", Onward.MORE),
        ("What else did he buy?", None),
        ("Who else?", None),
        ("Are you sure of the price of oil?", None),
    ],
)
def test_what_asks_for_more_or_again_adds_nothing(question, onward):
    assert goes_on(question) is onward


@pytest.mark.parametrize(
    ("last", "question", "made"),
    [
        ("How many guns are to be sent to Orlova?", "No, to Holm",
         "How many guns are to be sent to Holm?"),
        ("How much money did Rand take?", "And the white horse?", None),
        ("How many barges came?", "And the elder?", None),
        ("¿Qué enfermedad tenía Julián?", "¿Y murió?", None),
    ],
)  # fmt: skip
def test_a_thing_takes_the_place_only_of_its_like(last, question, made):
    plain = put_plainly(question, last)
    assert substitute(take_apart(plain), take_apart(last), None) == made


def test_the_question_before_tells_the_language_of_a_short_one():
    assert take_apart("Est-il guéri ?", "fr").cue(Cue.HE)
    assert take_apart("What did he send her?", "fr").words.language == "en"


def test_he_and_she_are_told_apart_by_their_names():
    assert is_meant("she", ["Edwin Harrop", "Clara Voss"]) == 1
    assert is_meant("a-t-il répondu", ["Louise Perrin", "Émile Garnier"]) == 1
    assert is_meant("he", ["A. Lind", "B. Holm"]) is None
    assert is_meant("она ответила", ["Г. М. Гринберг", "А. П. Соколовой"]) == 1


@pytest.mark.parametrize(
    ("question", "which"),
    [
        ("Only those of May", "of May"),
        ("nur die von 1919", "von 1919"),
        ("только письма 1919 года", "1919 года"),
        ("sólo las de mayo", "de mayo"),
        ("Only Brandt came?", None),
    ],
)
def test_some_of_a_list_are_told_by_what_they_have(question, which):
    assert only_those(question) == which


@pytest.mark.parametrize(
    ("question", "counts"),
    [
        ("How many men?", True),
        ("Which steamers?", True),
        ("Сколько рублей?", True),
        ("How many men were drowned?", False),
        ("How many letters did Brandt write?", False),
    ],
)
def test_a_thing_that_is_counted_and_no_more_is_asked_of_what_is_in_view(question, counts):
    assert counts_alone(question) is counts


@pytest.mark.parametrize(
    ("question", "points"),
    [
        ("Chi lo accompagna?", True),
        ("¿Quién la mató?", True),
        ("¿Qué le pasó?", True),
        ("¿Qué le pasó a Andrés?", False),
    ],
)
def test_a_pronoun_behind_who_is_one_and_one_said_twice_is_none(question, points):
    assert (take_apart(question).cue(Cue.HE) is not None) is points


def test_what_says_too_little_to_stand_alone_ends_nothing():
    assert may_depend("¿Con quién irá?")
    assert not may_depend("Who is the melter of tungsten?")
