"""Russian as it was spelled before 1918 is searched as it is spelled now, and shown as printed."""

import pytest
from drop_ins import drop_in, public

from docproc.testing import NormalizerContract
from docproc.testing.samples import document

PLUGIN = drop_in("old_russian")


class TestOldRussian(NormalizerContract):
    examples = 20

    @pytest.fixture
    def plugin(self):
        return drop_in("old_russian").OldRussian()  # as loaded now: it is pickled by name


def searched(text):
    found = PLUGIN.OldRussian().normalize(document(text))
    assert found.text == text
    return found.search.apply(text)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("вѣрный", "верный"), ("Ѳедоръ", "Федор"), ("Сѵнодъ", "Синод"), ("МІРЪ", "МИР"),
        ("Россiя", "Россия"), ("добраго", "доброго"), ("синяго", "синего"),
        ("хорошаго", "хорошего"), ("бывшаго", "бывшего"), ("большаго", "большого"),
        ("самаго", "самого"), ("добрыя", "добрые"), ("русскія", "русские"), ("другія", "другие"),
        ("слѣдующія", "следующие"), ("прежнія", "прежние"), ("послѣднія", "последние"),
        ("древнія", "древние"), ("ея", "её"), ("Нея", "Неё"), ("онѣ", "они"), ("однѣхъ", "одних"),
        ("безполезный", "бесполезный"), ("небезполезно", "небесполезно"), ("чрезчуръ", "чересчур"),
        ("чрезъ", "через"), ("синія", "синие"), ("весеннія", "весенние"),
        ("разсказъ", "рассказ"), ("возстаніе", "восстание"), ("изслѣдованіе", "исследование"),
        ("двухъэтажный", "двухэтажный"), ("предъидущій", "предыдущий"),
        ("объявленіе", "объявление"), ("Словакія", "Словакия"),
        ("съѣздъ", "съезд"), ("изъ", "из"),
        # what only looks like an ending or a prefix
        ("Россія", "Россия"), ("исторія", "история"), ("линія", "линия"), ("мнѣнія", "мнения"),
        ("знанія", "знания"), ("религія", "религия"), ("монархія", "монархия"), ("благо", "благо"),
        ("Чикаго", "Чикаго"), ("выя", "выя"), ("безумный", "безумный"), ("избранъ", "избран"),
        ("змѣя", "змея"), ("моя", "моя"), ("армія", "армия"), ("дѣйствія", "действия"),
        ("партія", "партия"), ("собранія", "собрания"), ("имѣнія", "имения"), ("молнія", "молния"),
    ],
)  # fmt: skip
def test_a_word_is_spelled_as_now(old, new):
    assert PLUGIN.modern(old) == new


def test_a_letter_is_searched_as_it_would_be_spelled_now_and_maps_back_to_what_is_printed():
    text = "Прошу увѣдомить меня о полученіи русскихъ книгъ ея послѣдняго изданія."
    found = PLUGIN.OldRussian().normalize(document(text))
    search = found.search.apply(text)
    assert search == "Прошу уведомить меня о получении русских книг её последнего издания."
    at = search.index("последнего")
    span = found.search.to_source(type(found.search.edits[0].span)(at, at + len("последнего")))
    assert span.of(text) == "послѣдняго"


@pytest.mark.parametrize(
    "text",
    [
        "Благо отечества и Чикаго, разсвет над ея домом.",  # nothing shows the old spelling
        "Їхній міръ і пісня, лѣсъ.",  # Ukrainian
        "The World of Art («Міръ», no more) " + "слово " * 200 + "миръ",  # one word quoted
        "",
    ],
)
def test_what_is_not_in_the_old_spelling_is_left_alone(text):
    assert searched(text) == text


def test_a_modern_paragraph_beside_an_old_one_is_left_alone():
    old, new = "Милостивый Государь! Посылаю Вамъ три книги.", "Чикаго, ея письмо, добраго пути."
    assert searched(f"{old}\n\n{new}") == f"{old.replace('Вамъ', 'Вам')}\n\n{new}"


def test_it_uses_the_public_api_alone():
    assert public("old_russian") == {"docproc.hooks", "docproc.records"}
