"""Letters in five languages: their dates as conditions, who and how many, and what leans on it."""

# ruff: noqa: E501
from __future__ import annotations

from pathlib import Path

import pytest

from docproc.chat.session import Session
from docproc.retrieval import ReadingRoom

LETTERS = {
    "r1": ("Письмо А. Лунина П. Гришаеву", "Вязники, 4 марта 1911 г.", "Паром затонул в ночь на воскресенье. Мы купили шесть новых канатов у купца Балашова. Перевозчику Ермолаю сорок два года.", "А. Лунин"),
    "r3": ("Письмо А. Лунина П. Гришаеву", "Ковров, 7 мая 1912 г.", "Мельница сгорела, и рожь теперь мелют в Судогде.", "А. Лунин"),
    "f1": ("Lettre de Claire Vauquier à Henri Mobel", "Saumur, le 4 mars 1921", "Le bac a coulé dans la nuit de dimanche. Le passeur Anselme a quarante-deux ans.", "Claire Vauquier"),
    "f3": ("Lettre de Claire Vauquier à Henri Mobel", "Angers, le 7 mai 1922", "Le moulin a brûlé, et le seigle se moud maintenant à Chinon.", "Claire Vauquier"),
    "d1": ("Emma Reuß an Karl Thoms", "Tilsit, den 4. März 1901", "Die Fähre ist in der Nacht zum Sonntag gesunken. Der Fährmann Jokubeit ist zweiundvierzig Jahre alt.", "Emma Reuß"),
    "s1": ("Carta de Inés Valdreda a Tomás Orbe", "Zamora, 4 de marzo de 1931", "La barca se hundió en la noche del domingo. Compramos seis cuerdas nuevas al comerciante Barrueco.", "Inés Valdreda"),
    "s3": ("Carta de Inés Valdreda a Tomás Orbe", "Benavente, 7 de mayo de 1932", "El molino se quemó, y el centeno se muele ahora en Astorga.", "Inés Valdreda"),
    "r4": ("Письмо Г. Ильина П. Гришаеву", "Шуя, 9 июня 1913 г.", "Кружева все проданы на ярмарке.", "Г. Ильин"),
    "s4": ("Carta de Luis Bravo a Tomás Orbe", "Toro, 9 de junio de 1933", "Las viñas se helaron todas en una noche.", "Luis Bravo"),
    "x1": ("O. Lund to K. Rand", "Pernau, 5 March 1940", "The tar came by the morning boat.", "O. Lund"),
    "x2": ("O. Lund to K. Rand", "Pernau, 9 April 1940", "The hemp came by the evening boat.", "O. Lund"),
    "x3": ("O. Lund to K. Rand", "Pernau, 3 May 1940", "The cork came by the night boat.", "O. Lund"),
}  # fmt: skip


@pytest.fixture(scope="module")
def room(room_over) -> ReadingRoom:
    return room_over(LETTERS)


@pytest.mark.parametrize(
    ("question", "names", "holds"),
    [
        ("Что писал Лунин в мае 1912 года?", ["r3"], "Мельница"),
        ("Сколько писем написал Лунин Гришаеву?", ["r1", "r3"], ""),
        ("Qu'a écrit Claire Vauquier en mai 1922 ?", ["f3"], "moulin"),
        ("Quelles lettres ont été écrites en mai 1922 ?", ["f3"], "moulin"),
        ("Welche Briefe wurden im März 1901 geschrieben?", ["d1"], "Fähre"),
        ("¿Qué escribió Inés Valdreda en mayo de 1932?", ["s3"], "molino"),
        ("¿Cuántas cartas escribió Inés Valdreda a Tomás Orbe?", ["s1", "s3"], ""),
        ("Что писал Ильин жене?", ["r4"], "Кружева"),
        ("¿Qué se escribió desde Toro?", ["s4"], "viñas"),
        ("Что было в Шуе?", ["r4"], "Кружева"),
        ("What did Lund write on 3/5/1940?", ["x1", "x3"], "came"),
        ("How many letters did Lund write on 5/3/1940?", ["x1", "x3"], ""),
        ("Which boat came on 3/5/1940?", ["x1", "x3"], "boat"),
    ],
)
def test_what_is_asked_of_letters_in_their_own_language(room, question, names, holds):
    answer = room.answering.ask(question, limit=5)
    assert sorted({Path(c.source.path).stem for c in answer.citations}) == names
    assert holds in answer.citations[0].quote


@pytest.mark.parametrize(
    ("first", "then", "understood", "name"),
    [
        ("Qui est le passeur ?", "Quel âge a-t-il ?", "Anselme", "f1"),
        ("Wer ist der Fährmann?", "Wie alt ist er?", "Jokubeit", "d1"),
    ],
)
def test_an_age_is_asked_of_who_was_spoken_of(room, first, then, understood, name):
    session = Session(room)
    session.ask(first)
    answer = session.ask(then)
    assert understood in session.turns[-1].understood
    assert [Path(c.source.path).stem for c in answer.citations[:1]] == [name]


def test_what_a_committee_decided_is_not_answered_by_the_heading_of_its_minutes(room_over):
    minutes = "Протокол № 7 заседания комитета бедноты деревни Ольхи"
    heard = "1. О хлебе. Обмолочено 410 пудов. Постановили: 150 пудов сдать в волость."
    room = room_over({**LETTERS, "p1": (minutes, "15 сентября 1918 г.", heard, "Зуев")})
    answer = room.answering.ask("Что постановил комитет бедноты деревни Ольхи?", limit=3)
    assert "150 пудов" in answer.citations[0].quote
