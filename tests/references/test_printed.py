"""A reference that no grammar reads is found by its printed form, whole words and figures."""

import pytest

from docproc.records import ArchivalReference
from docproc.references import as_printed, match_printed


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
