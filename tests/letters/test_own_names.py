"""What a letter itself calls those whom its edition names otherwise."""

from __future__ import annotations

import pytest

from docproc.letters.correspondents.own_names import add_own_name
from docproc.records import Mention


@pytest.mark.parametrize(
    ("known", "said", "names"),
    [
        ("Holm, William F.", "Bill", ("Bill",)),
        ("Ольга Лунина", "Оля", ("Оля",)),
        ("Margarethe Ek", "Grete.", ("Grete",)),
        ("Holm, William F.", "Bill Holm", ("Bill Holm",)),
        ("Holm, William F.", "W. F. Holm", ()),  # the same name
        ("Holm, William F.", "Holm", ()),
        ("Holm, William F.", "Mother", ()),  # what anybody may be
        ("Holm, William F.", "Dear Friend", ()),
        ("Holm, William F.", "Sinceramente", ()),
        ("Holm, William F.", "a friend of yours", ()),
        ("The Minister of Trade", "K. Lind", ()),  # an office: the name behind it is known apart
        ("Ek, Ida; Ek, Per", "Pelle", ()),  # of two, nothing says whose
    ],
)
def test_another_name_is_kept_beside_the_one_that_is_known(
    known: str, said: str, names: tuple[str, ...]
) -> None:
    found = add_own_name(Mention(known), Mention(said))
    assert found is not None
    assert found.text == known
    assert found.own_names == names


def test_nothing_is_added_where_one_of_them_is_unknown() -> None:
    assert add_own_name(None, Mention("Bill")) is None
    assert add_own_name(Mention("Bill"), None) == Mention("Bill")
