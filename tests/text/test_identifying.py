"""py3langid's model, asked by array operations: its own answers."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from py3langid.langid import MODEL_DIR, MODEL_FILE, LanguageIdentifier
from py3langid.modelio import load_model

from docproc.text.language.model import identifier

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
