"""The language of a text, or none where it does not show."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docproc.text.language import language_of

SAMPLES = {
    "en": "I think that there is no need to delay any longer, and the question must be resolved.",
    "ru": "Я думаю, что откладывать больше нельзя, и завтра этот вопрос надо решить.",
    "de": "Ich bin der Meinung, dass die Frage nicht länger aufgeschoben werden darf.",
    "fr": "Je pense que la question ne doit pas être retardée et qu'il faut la résoudre.",
    "it": "Credo che non si debba tardare e che la questione sia da risolvere con il consiglio.",
    "es": "Creo que no hay que esperar más y que la cuestión debe ser resuelta por el consejo.",
}
OTHERS = [
    "De kwestie moet zo spoedig mogelijk worden opgelost en het is niet goed te wachten.",
    "Myślę, że nie ma potrzeby czekać i że sprawa jest do załatwienia.",
    "Я думаю, що питання треба вирішити завтра, бо є загроза.",
    "Мисля, че въпросът трябва да се реши утре и не бива да се отлага.",
    "Gratum fuit nobis iterum cum litteris vestris, et non sine gaudio quod ad nos.",
    "RTSKHIDNI. F. 558. Op. 2. D. 51. L. 1.",
    "12 345 — 678",
    "",
]


@pytest.mark.parametrize(("code", "text"), SAMPLES.items())
def test_a_sentence_is_enough(code, text):
    assert language_of(text) == code


@pytest.mark.parametrize("text", OTHERS)
def test_what_is_none_of_them_is_left_open(text):
    assert language_of(text) is None


@given(st.text())
def test_any_text_has_a_known_language_or_none(text):
    assert language_of(text) in {None, *SAMPLES}
