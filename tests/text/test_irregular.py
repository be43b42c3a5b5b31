"""Irregular forms of one word."""

from __future__ import annotations

from docproc.text.language.irregular_forms import other_forms
from docproc.text.terms import question_words


def test_forms_that_no_stemmer_brings_together_are_looked_for_in_their_language():
    assert set(other_forms("pay", "en")) == {"paid"}
    assert set(other_forms("broken", "en")) == {"break", "broke"}
    assert "schrieb" in other_forms("geschrieben", "de")
    assert other_forms("pay", "de") == ()
    assert other_forms("pay", None) == ()
    assert "lt" in other_forms("lieutenant", "en")
    assert "lieutenant" in other_forms("lieut", "en")
    assert "тов" in other_forms("товарищу", "ru")
    ((word, terms),) = question_words("paid", ["en"])
    assert (word, set(terms)) == ("paid", {"paid", "pay"})
    ((_, plain),) = question_words("paid", [None])
    assert plain == ("paid",)


def test_a_german_verb_is_known_with_what_parts_from_it_and_what_does_not():
    assert {"anbieten", "angeboten", "biete"} <= set(other_forms("anbot", "de"))
    assert set(other_forms("bekam", "de")) == {"bekommen"}
    assert "begeben" in other_forms("begab", "de")
    assert "beben" not in other_forms("begab", "de")
    assert other_forms("verkaufte", "de") == ()


def test_irregular_verbs_of_other_languages_are_looked_for_in_all_their_forms():
    assert "взять" in other_forms("возьмите", "ru")
    assert "traer" in other_forms("trajo", "es")
    assert "prendere" in other_forms("prese", "it")
    assert "reçoit" in other_forms("recevoir", "fr")
