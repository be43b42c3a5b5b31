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
