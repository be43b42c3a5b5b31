"""Which of several documents by date a question asks for: the first, the last, the last but one."""

from __future__ import annotations

import pytest

from docproc.questions.positions import find_position


@pytest.mark.parametrize(
    ("question", "number", "said"),
    [
        ("What was the first letter of Holm to Brandt?", 0, "first"),
        ("Which telegram of Holm is the latest?", -1, "latest"),
        ("Which letter of Holm is the last to Brandt?", -1, "last"),
        ("the very first letter", 0, "first"),
        ("the last known letter", -1, "last"),
        ("Holm's 3rd letter", 2, "3rd"),
        ("the penultimate telegram", -2, "penultimate"),
        ("When did Holm first write to Brandt?", 0, "first"),
        ("Where did Holm write last?", -1, "last"),
        ("Which letter first mentions hemp?", 0, "first"),
        ("Who first mentions hemp?", 0, "first"),
        ("Welcher Brief ist der letzte von Holm?", -1, "letzte"),
        ("Wann schrieb Holm zum ersten Mal an Brandt?", 0, "zum ersten Mal"),
        ("der vorletzte Brief", -2, "vorletzte"),
        ("Quelle est la dernière lettre de Holm ?", -1, "dernière"),
        ("Quelle lettre de Holm est la plus récente ?", -1, "plus récente"),
        ("Qui mentionne le premier la lampe ?", 0, "le premier"),
        ("Какое письмо Холма самое раннее?", 0, "самое раннее"),
        ("Последнее письмо Холма?", -1, "Последнее"),
        ("Когда Холм в последний раз писал Брандту?", -1, "в последний раз"),
        ("¿Cuál es la última carta de Orbe?", -1, "última"),
        ("Qual è la prima lettera di Bassi?", 0, "prima"),
    ],
)
def test_one_of_several_documents_is_asked_for(question: str, number: int, said: str) -> None:
    found = find_position(question)
    assert found is not None
    assert (found.number, found.span.of(question)) == (number, said)


@pytest.mark.parametrize(
    "question",
    [
        "Who was the first to cross the river?",
        "In what year did the last fire happen?",
        "the last part of the letter",
        "the last week of the letters",
        "Which letter mentions the First Duma?",
        "In which letter is the first barge mentioned?",
        "What did the second mate write?",
        "Who was the second to sign the letter?",
    ],
)
def test_another_thing_is_first_or_last(question: str) -> None:
    assert find_position(question) is None
