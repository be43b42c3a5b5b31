"""Which words of a question are looked for, and which names are missing from the corpus."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from docproc.hooks.indexes import TextEntry, TextIndex
from docproc.retrieval.query.question_words import absent_names, read_words
from docproc.stages.index.tantivy.indexer import TantivyIndexer


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> TextIndex:
    folder = tmp_path_factory.mktemp("index")
    texts = ("Djemal spoke of Afghanistan and of the Anglo-Afghan treaty.", "Stalin wrote of rye.")
    TantivyIndexer().build([TextEntry(n, text, "", "en") for n, text in enumerate(texts)], folder)
    return TantivyIndexer().open(folder)


def absent(question: str, index: TextIndex, like: float = 0.0) -> float:
    words = read_words(question, index)
    return absent_names(words, index, np.full((len(words.words), 1), like, np.float32))


@pytest.mark.parametrize(
    ("question", "share"),
    [
        ("What did Stalin write of rye?", 0.0),
        ("What did Lenin write of rye?", 1 / 3),
        ("What did Cemal write of rye?", 0.0),  # Djemal, in another spelling
        ("What did Джемаль write of rye?", 0.0),
        ("What did lenin write of rye?", 0.0),  # not written as a name
        ("Bolsheviks and rye", 0.0),  # a first word
        ("Treaty With Persia", 0.0),  # a headline: capitals tell nothing
        ("Who is Lenin?", 1.0),
        ("Was schrieb Lenin von der Ernte?", 0.0),  # German nouns have capitals
        ("Was schrieb Enver Pascha von der Ernte?", 1 / 4),  # but none follows another at once
        ("Wer war Cemal Djemal?", 0.0),
        ("Können Sie Lenin danken?", 0.0),  # a pronoun
        ("", 0.0),
    ],
)
def test_names_that_no_text_has_are_counted(question: str, share: float, index: TextIndex) -> None:
    assert absent(question, index) == pytest.approx(share)


def test_a_name_that_is_like_a_word_that_was_read_is_absent_by_what_it_lacks(
    index: TextIndex,
) -> None:
    assert absent("Who is Lenin?", index, like=0.75) == pytest.approx(0.25)


def test_a_hyphened_whole_is_looked_for_only_where_a_text_has_it(index: TextIndex) -> None:
    assert "angloafghan" in read_words("the Anglo-Afghan treaty", index).words
    assert set(read_words("the Anglo-Persian treaty", index).words) == {
        "anglo",
        "persian",
        "treaty",
    }


@pytest.mark.parametrize(
    ("question", "text", "held"),
    [
        ("What would fifty thousand crowns do?", "For 50,000 crowns they dig it.", True),
        ("Who died of the two hundred and forty men?", "Of 240 men nine died.", True),
        ("What would 50,000 crowns do?", "For fifty thousand crowns they dig it.", True),
        ("What would 120 crowns do?", "For one hundred and twenty crowns they dig it.", True),
        ("Wer zahlte zwanzig Kronen?", "Ove zahlte 20 Kronen.", True),
        ("What would fifty thousand crowns do?", "For 50 crowns they dig it.", False),
    ],
)
def test_a_number_in_words_is_that_in_figures(
    index: TextIndex, question: str, text: str, held: bool
) -> None:
    words = read_words(question, index)
    rows = [n for each in words.equivalents for n in each.rows]
    found = words.matches_in([(text, "de" if "zahlte" in text else "en")])
    assert rows
    assert bool((found[rows] == 1).all()) is held


@pytest.mark.parametrize(
    ("question", "word", "terms"),
    [
        ("Wie hoch war der Preis des Brennholzes?", "preis", "brennholzpreis"),
        ("Was war der Lohn der Knechte?", "lohn", "knechtslohn"),
        ("Was kostet das Schulhausdach?", "schulhaus", "schulhaus"),
        ("Was kostet das Schulhausdach?", "dach", "dach"),
    ],
)
def test_a_german_compound_and_its_parts_are_looked_for_as_each_other(
    question: str, word: str, terms: str, tmp_path: Path
) -> None:
    texts = (
        "Der Brennholzpreis stieg, der Knechtslohn nicht.",
        "Das Schulhaus hat ein neues Dach.",
    )
    TantivyIndexer().build([TextEntry(n, t, "", "de") for n, t in enumerate(texts)], tmp_path)
    words = read_words(question, TantivyIndexer().open(tmp_path))
    found = dict(zip(words.words, words.terms, strict=True))
    assert terms in found[word]
    assert "schulhausdach" not in found


def test_a_name_made_of_two_words_stays_one(tmp_path: Path) -> None:
    texts = ("Die Steine liegen am Bach.",)
    TantivyIndexer().build([TextEntry(n, t, "", "de") for n, t in enumerate(texts)], tmp_path)
    words = read_words("Wann kam Steinbach an?", TantivyIndexer().open(tmp_path))
    assert "steinbach" in words.words


def test_a_number_whose_word_is_a_stop_word_has_no_other_form(index: TextIndex) -> None:
    assert read_words("Who was Player 1?", index).equivalents == ()
