"""A name is found in the letters, however the question spells it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from docproc.hooks.indexes import TextEntry
from docproc.operations.application import Application
from docproc.operations.reading.reading_room import open_reading_room
from docproc.records import Verdict
from docproc.retrieval import ReadingRoom
from docproc.retrieval.query.question_words import read_words
from docproc.retrieval.words.coverage import NAME, QuestionWords
from docproc.stages.index.tantivy.indexer import TantivyIndexer
from docproc.text.names.keys import asked_names, keys_in, name_keys
from docproc.text.terms import content_words, question_words
from docproc.workspace import find_workspace


@pytest.fixture(scope="module")
def room(letter_workspace: Path) -> ReadingRoom:
    opened = open_reading_room(Application(find_workspace(letter_workspace)))
    assert opened is not None
    return opened


@pytest.mark.parametrize(
    "question",
    [
        "Who is Cemal Pasha?",
        "who is cemal pasha?",
        "What did Djemal Pasha want?",
        "Джемаль-паша",
        "Dschemal Pascha",
    ],
)
def test_any_spelling_of_the_name_finds_the_letter(room: ReadingRoom, question: str) -> None:
    answer = room.answering.ask(question, limit=1)
    assert answer.verdict is Verdict.ANSWERED
    assert "DZHEMAL PASHA" in answer.citations[0].quote


@pytest.mark.parametrize(
    ("question", "quote"),
    [("Суриц", "SURITS"), ("Suritz", "SURITS"), ("Trotzki", "Trotsky"), ("Троцкий", "Trotsky")],
)
def test_other_names_are_found_as_well(room: ReadingRoom, question: str, quote: str) -> None:
    answer = room.answering.ask(question, limit=1)
    assert answer.verdict is Verdict.ANSWERED
    assert quote in answer.citations[0].quote


@pytest.mark.parametrize("question", ["Who is Tchitcherin?", "Чичерин", "Bismarck", "Enver Bey"])
def test_a_name_that_is_not_there_is_not_found(room: ReadingRoom, question: str) -> None:
    assert room.answering.ask(question, limit=1).verdict is Verdict.NOT_FOUND


def test_a_small_corpus_finds_names_too(letters_room: ReadingRoom) -> None:
    for question in ("Dzierżyński", "Who is Дзержинский?", "dserschinski"):
        assert "Dzerzhinsky" in letters_room.answering.ask(question, limit=1).citations[0].quote


def entries(*bodies: str) -> list[TextEntry]:
    return [TextEntry(row, body, "", "en") for row, body in enumerate(bodies)]


MANY = [f"Report {n} on the harvest of the {n}th district." for n in range(300)]


def test_a_spelling_that_no_text_has_still_names_candidates(tmp_path: Path) -> None:
    indexer = TantivyIndexer()
    indexer.build(entries(*MANY, "Djemal spoke of the harvest.", "Kemal spoke of it."), tmp_path)
    index = indexer.open(tmp_path)
    for question in ("Cemal", "What did Dzhemal say of the harvest?", "джемаль"):
        assert index.search(question, 1, None).rows.tolist() == [300]
    assert index.search("Chicherin", 5, None).rows.tolist() == []
    assert [index.document_frequency(key) for key in name_keys("Djemal")].count(1) >= 1


def test_where_some_texts_spell_it_so_they_come_first_and_others_follow(tmp_path: Path) -> None:
    others = [f"{n} caravans came to Kabul." for n in range(2, 40)]
    indexer = TantivyIndexer()
    spelled = [f"{name} with his old wounds came to Kabul." for name in ("Djemal", "Jemal")]
    indexer.build(entries(*others, *spelled), tmp_path)
    index = indexer.open(tmp_path)
    assert index.search("When was Jemal in Kabul?", 2, None).rows.tolist() == [39, 38]
    assert index.search("When was Djemal in Kabul?", 2, None).rows.tolist() == [38, 39]
    some = np.array([0, 38, 39])
    assert index.search("When was Cemal in Kabul?", 3, some).rows.tolist() == [38, 39, 0]


@pytest.mark.parametrize(
    ("question", "written"),
    [("What did Mao Tse-tung say?", "Mao Zedong"), ("What did Mao Zedong say?", "Mao Tse-tung")],
)
def test_a_chinese_name_is_found_in_either_spelling(
    tmp_path: Path, question: str, written: str
) -> None:
    indexer = TantivyIndexer()
    indexer.build(entries(*MANY, f"{written} spoke of the harvest.", "Mao came."), tmp_path)
    index = indexer.open(tmp_path)
    assert index.search(question, 1, None).rows.tolist() == [300]
    found = read_words(question, index)
    assert found.words == ("mao", "tsetung" if "Tse" in question else "zedong", "say")
    matches = found.matches_in([(f"{written} spoke.", "en")])[:, 0]
    assert matches.tolist() == pytest.approx([1.0, NAME, 0.0])


def test_names_can_be_switched_off(tmp_path: Path) -> None:
    indexer = TantivyIndexer(name_weight=0.0)
    indexer.build(entries("Djemal came to Kabul."), tmp_path)
    assert indexer.open(tmp_path).search("Cemal", 5, None).rows.tolist() == []


LETTERS = st.text(st.sampled_from("abcdeijlmsvwzжклмочшa"), min_size=2, max_size=9)


@given(LETTERS, LETTERS)
def test_the_name_as_it_is_asked_always_outweighs_any_other(name: str, other: str) -> None:
    question = f"Where was {name.capitalize()}?"
    words = QuestionWords(
        question_words(question, ["en"]), {w: n.keys for w, n in asked_names(question).items()}
    )
    texts = [f"It was {name.capitalize()} there", f"It was {other.capitalize()} there"]
    found = words.matches([content_words(t, "en") for t in texts], list(map(keys_in, texts)))
    for exact, likeness in found:
        assert exact == 1.0
        assert likeness == 1.0 or likeness <= max(NAME, 0.99)
        if set(name_keys(name)) & set(name_keys(other)) and texts[1].split()[2].istitle():
            assert likeness >= NAME


def likeness(read_words: str, written: str) -> float:
    words = QuestionWords([(read_words, (read_words,))], {read_words: name_keys(read_words)})
    return float(words.matches([{written: written}], [frozenset(name_keys(written))])[0, 0])


@given(LETTERS, LETTERS)
@example("cemal", "джемаль")
def test_which_of_two_spellings_is_asked_makes_no_difference(one: str, other: str) -> None:
    assert likeness(one, other) == likeness(other, one)
    assert likeness("cemal", "джемаль") == pytest.approx(NAME)


def test_the_same_keys_are_made_in_every_process() -> None:
    code = "from docproc.text.names.keys import name_keys; print(name_keys('Chruschtschow'))"
    made = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        ).stdout
        for _ in range(2)
    }
    assert made == {f"{name_keys('Chruschtschow')}\n"}
