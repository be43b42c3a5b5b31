"""A register: one identity, its variants; sources that say the same one are joined."""

import pytest

from docproc.persons import Register, match_names
from docproc.records import Person


@pytest.mark.parametrize(
    ("asked", "name", "holds"),
    [
        ("David Brandt", "Brandt, David R.", True),
        ("D. R. Brandt", "Brandt, David R.", True),
        ("Brandt", "David R. Brandt", True),
        ("brandt david", "David R. Brandt", True),
        ("Brand", "David R. Brandt", False),
        ("Tove Brandt", "David R. Brandt", False),
        ("T. Brandt", "Brandt, David", False),
        ("D.", "Brandt, David", False),
    ],
)
def test_a_name_is_called_by_its_words(asked, name, holds):
    assert match_names(asked)(name) is holds


def test_entries_of_one_identity_are_joined():
    gnd = "https://d-nb.info/gnd/1"
    register = Register.of(
        [
            Person("a.xml#p1", "Brandt, Tove", ("Tove Holm",), same=(gnd,)),
            Person("b.xml#9", "Brandt, T.", same=(gnd,)),
            Person("b.xml#8", "Brandt, Nils"),
        ]
    )
    assert len(list(register)) == 2
    assert {person.name for person in register.find("Tove Holm")} == {"Brandt, Tove"}
    assert register.identities("Tove Holm") == {"a.xml#p1", "b.xml#9", gnd}
    assert register.get("b.xml#9").names == ("Tove Holm", "Brandt, T.")
