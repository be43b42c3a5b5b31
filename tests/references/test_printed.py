"""A reference that no grammar reads is found by its printed form, whole words and figures."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docproc.records import ArchivalReference
from docproc.references import PrintedForms, as_printed, match_printed


@pytest.mark.parametrize(
    ("asked", "printed", "found"),
    [
        ("Q44", "Q44/7/12, Falk Papers, Town Library", True),
        ("Q44/7/12", "Q44/7/12, Falk Papers, Town Library", True),
        ("falk papers", "Q44/7/12, Falk Papers, Town Library", True),
        ("Q4", "Q44/7/12", False),
        ("Q44/7/1", "Q44/7/12", False),
        ("12 J", "12J 4", True),
        ("12 J", "112 J 4", False),
        ("Nachlass 239", "Berlin, Nachlaß 239", True),
        ("Nachlass 239", "Berlin, Nachlass 239, Mappe 4", True),
        ("", "Q44", False),
        ("/", "Q44", False),
    ],
)
def test_it_is_matched_as_printed(asked, printed, found):
    assert match_printed(asked)(as_printed(printed)) is found


def test_named_levels_are_searched_beside_the_printed_form():
    reference = ArchivalReference("MS 5/15", "unparsed", (("collection", "Falk Papers"),))
    assert match_printed("Falk Papers")(reference)
    assert match_printed("MS 5/15")(reference)


@given(
    st.lists(st.text("12jQ/ _\n²é", max_size=7), max_size=5),
    st.text("12jQ/ _²é", max_size=4),
)
def test_many_forms_at_once_hold_what_one_of_them_holds(printed, asked):
    references = [as_printed(each) for each in printed]
    references = [replace(each, components=(("fond", "j2 1"),)) for each in references]
    expected = any(map(match_printed(asked), references))
    assert PrintedForms(references).holds(asked) is expected
