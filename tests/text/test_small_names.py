"""Names that are stop words too: told by their capitals; and acronyms, initials and units."""

from __future__ import annotations

import pytest

from docproc.text.names.keys import keys_in, small_key, small_names
from docproc.text.terms import terms


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("More", ("More",)),
        ("who was More", ("More",)),
        ("Was Will arrested in the market?", ("Will",)),
        ("Who crossed the Don?", ("Don",)),
        ("Who is Mark More?", ("More",)),
        ("Haben Sie ihn gesehen?", ()),
        ("WHAT DID HE WANT", ()),
        ("The Letter Of More", ()),
        ("What will he do?", ()),
    ],
)
def test_a_stop_word_is_a_name_by_its_capital(question, names):
    assert small_names(question) == names


def test_a_text_has_the_key_of_a_stop_word_with_a_capital():
    assert small_key("Don") in keys_in("a ferry on the Don.")
    assert small_key("Don") not in keys_in("they don the coat")


def test_an_acronym_of_two_parts_is_known_joined_and_by_its_parts():
    assert terms("Ch.K.", "en")[:1] == terms("ChK", "en")
    assert terms("Ju.V.", "en") == ["juv", "ju", "v"]
    assert terms("gone.It", "en") == ["gone"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("V.Ts.I.K.", "VTsIK"),
        ("V. Ts. I. K.", "VTsIK"),
        ("В. Ч. К.", "ВЧК"),
        ("J. R. R. Kessel", "JRR Kessel"),
        ("J.R.R. Kessel", "J. R. R. Kessel"),
        ("J. V. Stalin", "J.V. Stalin"),
        ("45 kilometres", "45 km"),
        ("4.5km", "4.5 km"),
        ("12ft", "12 feet"),
        ("12 cwt", "12 hundredweight"),
        ("30 вёрст", "30 versts"),
        ("45 километров", "45 km"),
    ],
)
def test_two_writings_have_the_same_terms(one, other):
    assert terms(one, "en") == terms(other, "en")
