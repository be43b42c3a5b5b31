"""The language of a text, or none where it does not show."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docproc.text.language import identify as language
from docproc.text.language.identify import VERY_SURE, LanguagesWithin, language_of


def language_within(text, document):
    return LanguagesWithin(document).of(text)


SAMPLES = {
    "en": "I think that there is no need to delay any longer, and the question must be resolved.",
    "ru": "Я думаю, что откладывать больше нельзя, и завтра этот вопрос надо решить.",
    "de": "Ich bin der Meinung, dass die Frage nicht länger aufgeschoben werden darf.",
    "fr": "Je pense que la question ne doit pas être retardée et qu'il faut la résoudre.",
    "it": "Credo che non si debba tardare e che la questione sia da risolvere con il consiglio.",
    "es": "Creo que no hay que esperar más y que la cuestión debe ser resuelta por el consejo.",
    "nl": "De kwestie moet zo spoedig mogelijk worden opgelost en het is niet goed te wachten.",
    "pl": "Myślę, że nie ma potrzeby czekać i że sprawa jest do załatwienia.",
    "uk": "Я думаю, що питання треба вирішити завтра, бо є загроза.",
    "bg": "Мисля, че въпросът трябва да се реши утре и не бива да се отлага.",
    "la": "Gratum fuit nobis iterum cum litteris vestris, et non sine gaudio quod ad nos.",
}
WITHOUT = [
    "RTSKHIDNI. F. 558. Op. 2. D. 51. L. 1.",
    "12 345 — 678",
    "J. V. Stalin to L. D. Trotsky, Moscow",
    "",
]


@pytest.mark.parametrize(("code", "text"), SAMPLES.items())
def test_a_sentence_is_enough(code, text):
    assert language_of(text) == language_of(text, VERY_SURE) == code


def test_a_telegram_in_capitals_has_a_language_too():
    assert language_of("ARRIVED AT PARIS STOP THE CONFERENCE WILL BE HELD ON MONDAY") == "en"


def test_russian_is_russian_in_the_spelling_of_before_1918_too():
    old = "Прошу Васъ, милостивый государь, увѣдомить меня о полученіи сего письма."
    assert language_of(old, VERY_SURE) == "ru"


@pytest.mark.parametrize("text", WITHOUT)
def test_shelfmarks_names_and_figures_are_of_no_language(text):
    assert language_of(text) is None


@settings(max_examples=100, deadline=None)
@given(st.text())
def test_any_text_has_a_language_by_its_code_or_none(text):
    code = language_of(text)
    assert code is None or (code.islower() and 2 <= len(code) <= 3)


@pytest.mark.parametrize("document", [None, "en", "ru", "fr"])
@pytest.mark.parametrize(("code", "text"), SAMPLES.items())
def test_a_passage_is_of_its_own_language_whatever_its_documents_is(document, code, text):
    long = " ".join([text] * 6)
    assert language_within(text, document) == language_within(long, document) == code


def test_a_passage_that_shows_no_language_has_its_documents():
    assert language_within("RTSKHIDNI. F. 558. Op. 2. D. 51. L. 1. " * 12, "ru") == "ru"


def test_a_passage_that_ends_in_another_language_is_looked_at_as_a_whole():
    """What begins as its document does may be of another language all the same."""
    passage = f"{SAMPLES['it']} {' '.join([SAMPLES['fr']] * 8)}"
    assert language_within(passage, "it") == language_of(passage, VERY_SURE) == "fr"


ENGLISH = (
    "The committee was told that they have had no grain since the harvest, and that those who were "
    "sent with the wagons could not be found when the train from the north came in."
)
RUSSIAN = (
    "Он сказал, что хлеба уже нет и что если вагоны не придут, то придётся ждать, пока они смогут "
    "отправить его через станцию, где тогда были только наши."
)


def refuse(sample):
    raise AssertionError(f"asked of {sample!r}")


OLD_RUSSIAN = (
    "Онъ сказалъ, что хлѣба уже нѣтъ и что если вагоны не придутъ, то придется ждать, пока они "
    "смогутъ отправить его черезъ станцію, гдѣ тогда были только наши."
)


@pytest.mark.parametrize(("text", "code"), [(ENGLISH, "en"), (RUSSIAN, "ru"), (OLD_RUSSIAN, "ru")])
def test_a_language_that_its_small_words_tell_beyond_doubt_is_asked_of_no_model(
    text, code, monkeypatch
):
    assert language_of(text) == code

    language._tell.cache_clear()
    monkeypatch.setattr(language, "_likeliest", refuse)
    assert language_of(text, VERY_SURE) == code
    assert language_within(f"{text} {text} {text}", code) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (
            "Той каза, че вестникът не може да излезе, или поне не така, както беше обещано на "
            "читателите, защото хартията е малко, а при нас няма кой да я купи.",
            "bg",
        ),
        (
            "Він сказав, що газета не може вийти, або принаймні не так, як було обіцяно читачам, "
            "бо паперу мало, а при нас нема кому його купити.",
            "uk",
        ),
        (
            "Hij zei dat de krant niet kon verschijnen, of tenminste niet zoals het de lezers was "
            "beloofd, omdat er weinig papier was en niemand over de brug kwam.",
            "nl",
        ),
    ],
)
def test_the_small_words_of_a_neighbour_tell_nothing(text, code):
    assert language._told_by_words(text.lower()) is None
    assert language_of(text) == code


def test_two_languages_in_one_text_are_left_to_the_model():
    assert language._told_by_words(f"{ENGLISH} {RUSSIAN}".lower()) is None


def test_a_passage_of_words_that_are_surely_its_documents_is_asked_of_no_model(monkeypatch):
    languages = LanguagesWithin("pl")
    assert languages.of(SAMPLES["pl"]) == "pl"
    monkeypatch.setattr(language, "_tell", lambda *_: ("en", 1.0))
    assert languages.of(f"{SAMPLES['pl']} Jutro.") == "pl"
    assert languages.of(SAMPLES["uk"]) == "en"


def test_what_another_language_says_is_no_word_of_the_documents():
    languages = LanguagesWithin("pl")
    assert [languages.of(SAMPLES["uk"]) for _ in range(3)] == ["uk"] * 3


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (
            "Il signor ambasciatore et suo fratello sono partiti di qui con tre navi et molta gente"
            " et hanno scritto che tornano quando il mare sarà quieto et de buon vento.",
            "it",
        ),
        (
            "Et quanto al mio particolare può vostra signoria assicurare quei signori che mi spiace"
            " di haver fatto qui sin hora poco",
            "it",
        ),
        (
            "Онъ писалъ, что хлѣба уже нѣтъ и что если они не придутъ, то мы будемъ ждать, пока"
            " вагоны будутъ здѣсь.",
            "ru",
        ),
    ],
)
def test_an_old_spelling_in_a_document_of_its_language_is_asked_of_no_model(
    text, code, monkeypatch
):
    monkeypatch.setattr(language, "_likeliest", refuse)
    assert language_within(text, code) == code


@pytest.mark.parametrize("document", ["it", "fr", "es"])
def test_latin_in_a_document_of_its_daughter_is_latin(document):
    text = (
        "Et in primis ad ecclesiam nostram per legatum suum misit litteras, et ante festum sancti"
        " Martini de hac re nobis respondit, quod non est contra fidem et quanto citius veniat."
    )
    assert language_within(text, document) == "la"


def test_portuguese_in_a_spanish_document_is_portuguese():
    text = (
        "Meu querido amigo, recebi hoje a sua carta e fiquei muito contente com as notícias que me"
        " dá sobre a família e sobre todo o trabalho que tem feito durante este ano para a escola."
    )
    assert language_within(text, "es") == "pt"
