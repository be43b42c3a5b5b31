from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from docproc.text import terms as module
from docproc.text.language.stop_words import STOP_WORDS
from docproc.text.terms import (
    LANGUAGES,
    content_words,
    detect_language,
    joined_terms,
    question_words,
    stemmed_language,
    terms,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("6000 6,000 6.000 6’000", "6000 6000 6000 6000"),
        ("6\u00a0000 rubles", "6000 6 000 rubles"),
        ("1,200,000", "1200000"),
        ("in 1921 300 rifles", "in 1921 300 rifles"),
        ("D. 51\n300", "d 51 300"),
        ("3.5", "3.5 3 5"),
        ("November 02, 1921", "november 2 1921"),
        ("2/XI - 21.", "2 xi 21"),
        ("2.11.1921", "2 11 1921"),
        ("1921-11-02", "1921-11-02 1921 11 2"),
        ("1918-1921", "1918 1921"),
        ("the 2nd and 15th", "the 2 and 15"),
        ("Anglo-Afghan", "angloafghan anglo afghan"),
        ("co\u2010operate", "cooperate co operate"),
        ("DZHEMAL's", "dzhemal"),
        ("O’Brien", "o brien"),
        ("U.S.S.R.", "ussr"),
        ("A.V.Kvashonkin", "a v kvashonkin"),
        ("F. 558. Op. 2. D. 51. L. 1.", "f 558 op 2 d 51 l 1"),
        ("ended.Next", "ended next"),
        ("Surits¹", "surits"),
        ("Dzierżyński Łódź Ørsted Straße", "dzierzynski lodz orsted strasse"),
        ("Ещё за́мок, й", "еще замок й"),
        ("man\u00adu\u00adscript \ufeffbom", "manuscript bom"),
        ("हिन्दी में।", "हिन्दी में"),
        ("שָׁלוֹם", "שלום"),
        ("北京条約", "北京 京条 条約"),
        ("snake_case __init__ _", "snake case init"),
        ("ﬁle № 5", "file no 5"),
    ],
)
def test_words_without_a_language(text: str, expected: str) -> None:
    assert joined_terms(text, None) == expected
    assert terms(text, None) == expected.split()


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [
        ("en", "the instructors were sent", "an instructor sends"),
        ("en", "rôle", "roles"),
        ("ru", "винтовки отправлены", "винтовкой отправлена"),
        ("de", "die Gewehre", "des Gewehres"),
        ("fr", "envoyé à Kaboul", "envoyer des lettres"),
        ("it", "i soldati", "del soldato"),
        ("es", "partían las cartas", "partir con una carta"),
    ],
)
def test_inflections_meet_and_stop_words_go(language: str, first: str, second: str) -> None:
    assert terms(first, language)[:1] == terms(second, language)[:1]
    assert len(terms(first, language)) < len(first.split()) or language == "ru" or first == "rôle"


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_stop_words_are_folded_and_none_is_left(language: str) -> None:
    for word in STOP_WORDS[language]:
        assert terms(word, None) == [word]
        assert terms(word.upper(), language) == []


def test_may_is_a_month() -> None:
    assert terms("May 1921", "en") == ["may", "1921"]


@given(st.text(), st.sampled_from([None, *sorted(LANGUAGES)]))
@example("6 000_000", None)
@example("İstanbul ǅ ŉ", "en")
def test_terms_can_stand_between_spaces(text: str, language: str | None) -> None:
    found = terms(text, language)
    assert joined_terms(text, language).split(" ") == (found or [""])
    assert all(len(term) <= 2 * 64 and "_" not in term for term in found)


@given(st.text(), st.text())
def test_paragraphs_do_not_disturb_each_other(first: str, second: str) -> None:
    assert terms(f"{first}\n\n{second}", "en") == terms(first, "en") + terms(second, "en")


@example("\u0345")
@example("a\u0345\u0301")
@example("İnönü")
@example("ΐδιος")
@given(st.text(st.characters(max_codepoint=0x52F)))
def test_terms_depend_on_neither_case_nor_unicode_form(text: str) -> None:
    assert terms(unicodedata.normalize("NFD", text), None) == terms(text, None)
    assert terms(text.casefold(), None) == terms(text, None)


def test_letters_that_case_folding_takes_apart_end_no_word() -> None:
    assert terms("İsmet İnönü", None) == terms("Ismet Inönü", None) == ["ismet", "inonu"]


def test_a_full_cache_is_emptied_and_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    text = " ".join(f"word{i}" for i in range(50))
    expected = terms(text, "en")
    monkeypatch.setattr(module, "_MOST_CACHED", 7)
    module._cache.cache_clear()
    assert terms(text, "en") == expected
    assert len(module._cache("en")) <= 7
    module._cache.cache_clear()


@pytest.mark.parametrize(
    ("tag", "expected"),
    [("en", "en"), ("en-GB", "en"), ("RUS", "ru"), ("ger", "de"), ("uk", None), ("", None)],
)
def test_language_tags(tag: str, expected: str | None) -> None:
    assert stemmed_language(tag) == expected
    assert stemmed_language(None) is None


def asked_for(question: str, languages: list[str | None]) -> list[tuple[str, ...]]:
    return [variants for _, variants in question_words(question, languages)]


def test_a_question_is_asked_in_every_language_of_the_texts() -> None:
    asked = asked_for("How many rifles did Stalin send?", ["en", "ru", None])
    assert asked == [("rifl", "rifles"), ("stalin",), ("send", "sent")]
    assert question_words("rifles, RIFLES", ["en"]) == [("rifles", ("rifl",))]


def test_stop_words_are_those_of_the_question_s_own_language() -> None:
    (of_one_word,) = asked_for("Why did he die?", ["de", "en"])
    assert "die" in of_one_word
    assert asked_for("Wie viele Gewehre waren die besten?", [None]) == [
        ("gewehre",),
        ("besten",),
    ]
    assert asked_for("Who was it?", ["en", "ru", None]) == []


def test_content_words_keep_the_word_beside_its_term() -> None:
    assert content_words("The rifles and Rifles of Stalin", "en") == {
        "rifles": "rifl",
        "stalin": "stalin",
    }


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("All this will cost us 100,000 rubles at a time, to the leaders of the rebels.", "en"),
        ("Все это обойдется нам в 100 000 рублей, которые надо передать им.", "ru"),
        ("Das alles wird uns 100000 Rubel kosten, und die Führer sind nicht da.", "de"),
        ("F. 558. Op. 2. D. 51. L. 1.", None),
        ("", None),
    ],
)
def test_the_language_shows_in_the_stop_words(text: str, language: str | None) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("міръ", "мир"),
        ("въ Россіи", "в России"),
        ("отвѣтъ министра Ѳедорова", "ответ министра Федорова"),
        ("сѵнодъ", "синод"),
        ("объявленіе", "объявление"),
    ],
)
def test_words_before_the_reform_of_1918_have_the_terms_of_those_after_it(old: str, new: str):
    assert terms(old, "ru") == terms(new, "ru")
