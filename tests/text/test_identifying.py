"""py3langid's model, asked by array operations: its own answers."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from py3langid.langid import MODEL_DIR, MODEL_FILE, LanguageIdentifier
from py3langid.modelio import load_model

from docproc.text.identifying import Identifier, identifier

LANGUAGES = ["en", "fr", "sr", "sr", "ru"]
TEXTS = [
    "",
    "x",
    "I think that there is no need to delay any longer, and the question must be resolved. " * 9,
    "ПРЕДЛАГАЮ НЕМЕДЛЕННО ВЫЕХАТЬ",
    "Je pense que la question ne doit pas e\u0302tre retarde\u0301e",
    "Мислим да је питање важно, mislim da je pitanje važno",
    "\udc80 a lone surrogate",
    "\x00\x01\u4e00\u4e8c",
]


@pytest.fixture(scope="module")
def own():
    weights, priors, languages, moves, rows, found = load_model(MODEL_DIR / MODEL_FILE)
    return LanguageIdentifier(
        weights, priors, languages, moves, found, norm_probs=True, tk_row=rows
    )


def same(own, text):
    language, probability = identifier().classify(text)
    expected, sure = own.classify(text)
    assert probability == pytest.approx(sure, abs=1e-4)
    assert language == expected or sure < 0.02  # nothing to choose between many


@pytest.mark.parametrize("text", TEXTS)
def test_what_is_said_is_what_py3langid_says(own, text):
    same(own, text)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300) | st.lists(st.sampled_from(TEXTS), max_size=4).map("".join))
def test_what_is_said_of_any_text_is_what_py3langid_says(own, text):
    same(own, text)


def test_a_language_under_two_models_counts_once(own):
    """Two columns of one language have their probabilities together, as the first of them."""
    text = TEXTS[2]
    narrow = own.nb_ptc[:, [own.nb_classes.index(code) for code in ("en", "fr", "ru", "ru", "de")]]
    twice = Identifier(
        narrow, own.nb_pc[:5] * 0, LANGUAGES, own.tk_nextmove, own.tk_row, own.tk_output
    )
    once = Identifier(
        narrow, own.nb_pc[:5] * 0, ["en", "fr", "sr", "hr", "ru"], own.tk_nextmove,
        own.tk_row, own.tk_output,
    )  # fmt: skip
    russian = "Я думаю, что откладывать больше нельзя."
    assert twice.classify(text) == once.classify(text)
    assert twice.classify(russian)[0] == "sr"
    assert twice.classify(russian)[1] == pytest.approx(2 * once.classify(russian)[1])
