"""Keys of names: what meets, what must not, and what holds for any word."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spellings import DECLINED, NOT_ONE_NAME, ONE_NAME

from docproc.text.names.keys import MARK, SHORT, asked_names, keys_in, name_keys, names_in
from docproc.text.names.spellings import ANY, CYRILLIC, CYRILLIC_ANY, LATIN
from docproc.text.terms import terms

LETTERS = sorted({*"".join(ANY), *"".join(CYRILLIC_ANY), *"'’- .éïüñŞİẞ"})
WORDS = st.text(st.sampled_from(LETTERS), max_size=30) | st.text(max_size=30)


def meet(one: str, other: str) -> bool:
    return not set(name_keys(one)).isdisjoint(name_keys(other))


@pytest.mark.parametrize("spellings", ONE_NAME, ids=lambda line: line.split()[0])
def test_every_two_transliterations_of_a_name_meet(spellings: str) -> None:
    pairs = combinations(spellings.split(), 2)
    assert [(one, other) for one, other in pairs if not meet(one, other)] == []


@pytest.mark.parametrize(("name", "declined"), DECLINED)
def test_a_declined_name_meets_its_transliteration(name: str, declined: str) -> None:
    assert meet(name, declined)


@pytest.mark.parametrize(("one", "other"), NOT_ONE_NAME)
def test_different_names_do_not_meet(one: str, other: str) -> None:
    assert not meet(one, other)


def test_case_apostrophes_and_possessives_are_of_no_account() -> None:
    assert name_keys("JEMAL") == name_keys("jemal") == name_keys("Jemal's") == name_keys("Jemal’s")
    assert name_keys("Zinov'ev") == name_keys("Zinov’ev") == name_keys("Zinovʹev")


@pytest.mark.parametrize(
    "word", ["", "Li", "Ma", "Ann", "Aue", "毛泽东", "جمال", "1921", "Сталiн2"]
)
def test_what_is_too_short_or_of_another_script_has_no_key(word: str) -> None:
    assert name_keys(word) == ()


@given(WORDS)
def test_any_word_has_few_keys_and_always_the_same(word: str) -> None:
    keys = name_keys(word)
    name_keys.cache_clear()
    assert name_keys(word) == keys == tuple(sorted(set(keys)))
    assert len(keys) <= 2 * max(len(LATIN) + 1, 2 * len(CYRILLIC))
    assert all(key.startswith(MARK) and len(key) > SHORT for key in keys)


@given(WORDS, st.sampled_from(["en", "ru", None]))
def test_no_key_is_a_term_and_none_holds_a_space(word: str, language: str | None) -> None:
    assert not any(key.split() != [key] for key in name_keys(word))
    assert not any(term.startswith(MARK) for term in terms(MARK + word, language))


@given(WORDS)
def test_case_never_matters(word: str) -> None:
    assert name_keys(word.casefold()) == name_keys(word)


@given(st.lists(WORDS, max_size=8))
def test_the_keys_of_a_text_are_those_of_its_names(words: list[str]) -> None:
    text = " ".join(words)
    assert keys_in(text) == {key for name in names_in(text) for key in name_keys(name)}


def test_names_are_the_capitalised_words_that_are_no_stop_words() -> None:
    text = "The letter says: DZHEMAL PASHA visited me (in the presence of SURITS). Он и Троцкий"
    assert list(names_in(text)) == ["DZHEMAL", "PASHA", "SURITS", "Троцкий"]
    assert list(names_in("Zinov’ev's friend, al-Qadhafi; Tse-tung")) == [
        "Zinov’ev's",
        "Qadhafi",
        "Tse",
        "Tse-tung",
    ]


def test_a_question_tells_which_of_its_words_are_written_as_names() -> None:
    asked = asked_names("What did Djemal Pasha want of surits?")
    assert {word: name.capitalised for word, name in asked.items()} == {
        "djemal": True,
        "pasha": True,
        "want": False,
        "surits": False,
    }
    assert asked["djemal"].keys == name_keys("Djemal")
