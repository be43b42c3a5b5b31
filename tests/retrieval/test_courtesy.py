"""Courtesy and introductions are no part of what a question asks."""

import pytest

from docproc.retrieval.query.courtesy import without_courtesy

PLAIN = [
    "Who signed the treaty of Lund?",
    "When was the pier at Visby rebuilt?",
    "Thank-you letters of 1884",
    "Can you ride from Klinte to Visby in a day?",
    "What did the captain tell me about the storm?",
    "limestone prices",
    "Did Olof know whether the ship was lost?",
    "Sai Baba's visit",
    "Sa famille",
]


@pytest.mark.parametrize("question", PLAIN)
def test_a_plain_question_stays_as_it_is(question):
    assert without_courtesy(question) == question


@pytest.mark.parametrize(
    ("asked", "plain"),
    [
        ("Could you please tell me, who signed the treaty?", "who signed the treaty?"),
        ("Could you tell me who signed the treaty?", "who signed the treaty?"),
        ("Hello! I was wondering if the pier was rebuilt, please?", "the pier was rebuilt?"),
        ("I'd like to know when the pier was rebuilt.", "when the pier was rebuilt."),
        ("Dear Sir or Madam, please let me know what limestone cost in 1884.",
         "what limestone cost in 1884."),
        ("Do you happen to know why the ship sank?", "why the ship sank?"),
        ("Excuse me, where is the lighthouse? Thank you very much in advance!",
         "where is the lighthouse?"),
        (
            "I am writing a thesis on this subject and would be very grateful for any help that "
            "the archive can give. Who signed the treaty?",
            "Who signed the treaty?",
        ),
        ("I am a student and this is for my homework. Why did the ship sink?",
         "Why did the ship sink?"),
        ("Könnten Sie mir bitte sagen, wer den Vertrag unterschrieb?",
         "wer den Vertrag unterschrieb?"),
        ("Ich schreibe eine Doktorarbeit über dieses Thema. Wann sank das Schiff?",
         "Wann sank das Schiff?"),
        ("Pourriez-vous me dire qui a signé le traité ?", "qui a signé le traité ?"),
        ("Bonjour, je voudrais savoir quand le navire a coulé.", "quand le navire a coulé."),
        ("Скажите, пожалуйста, кто подписал договор?", "кто подписал договор?"),
        ("Здравствуйте! Я пишу диссертацию на эту тему. Кто подписал договор?",
         "Кто подписал договор?"),
        ("¿Podría decirme quién firmó el tratado?", "quién firmó el tratado?"),
        ("Potrebbe dirmi chi firmò il trattato?", "chi firmò il trattato?"),
    ],
)  # fmt: skip
def test_what_is_asked_stays(asked, plain):
    assert without_courtesy(asked) == plain


def test_a_sentence_that_names_the_subject_is_kept():
    asked = "My grandfather sailed on the brig Hedvig. When did it leave Visby?"
    assert without_courtesy(asked) == asked


def test_what_is_nothing_but_courtesy_is_kept():
    assert without_courtesy("Thank you very much!") == "Thank you very much!"
    assert without_courtesy("") == ""
