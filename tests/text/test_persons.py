"""One person's name, however its initials are set; and never another's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docproc.text.names.initials import match_initials, person_key

ONE = [
    ("R.G. Casey", "R. G. CASEY", "Casey, R.G.", "Casey R. G.", "R G Casey", "r.g. casey".upper()),
    ("И.В. Павлов", "И. В. Павлов", "ПАВЛОВ И. В.", "Павлов, И.В."),
    ("Дж. Хилл", "ДЖ. ХИЛЛ", "Хилл Дж."),
    ("C. von Berg", "von Berg, C.", "C. VON BERG"),
    ("J.-P. O'Brien", "J.P. O'Brien", "O'Brien, J. P."),
    ("Foreign Office", "FOREIGN  OFFICE"),
    ('"Anna Petrov" <anna@example.org>', "Anna Petrov <anna@example.org>"),
]
OTHER = [
    ("R.G. Casey", "R. Casey"),
    ("R.G. Casey", "A.R.G. Casey"),
    ("R.G. Casey", "G.R. Casey"),
    ("R.G. Casey", "Lord Casey"),
    ("R.G. Casey", "R.G. Caseys"),
    ("И. Павлов", "И. В. Павлов"),
    ("Richard Casey", "R. Casey"),
]


@pytest.mark.parametrize("spellings", ONE)
def test_settings_of_one_name_are_one_person(spellings: tuple[str, ...]) -> None:
    assert len({person_key(name) for name in spellings}) == 1
    for asked in spellings:
        holds = match_initials(asked)
        assert holds is None or all(holds(held.casefold()) for held in spellings)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_other_initials_are_another_person(one: str, other: str) -> None:
    assert person_key(one) != person_key(other)


def test_a_name_with_initials_is_found_within_others_but_not_with_more_initials() -> None:
    holds = match_initials("R. G. Casey")
    assert holds is not None
    assert holds("the rt. hon. r.g. casey, minister")
    assert holds("casey, r. g., minister")
    assert not holds("a.r.g. casey, minister")
    assert not holds("casey r.g.b.")
    assert not holds("r.g. caseyson")
    assert match_initials("casey") is None


@given(
    st.lists(st.sampled_from("ABCИВ"), min_size=1, max_size=3),
    st.sampled_from(["Casey", "Павлов", "von Berg"]),
    st.booleans(),
)
def test_the_initials_of_a_name_tell_it_from_every_other(initials, family, spaced):
    given_name = (". " if spaced else ".").join(initials) + "."
    name = f"{given_name} {family}"
    assert person_key(name) == person_key(f"{family.upper()}, {given_name.replace(' ', '')}")
    assert person_key(name) != person_key(f"Z.{name}")


@given(st.text(max_size=60))
def test_any_text_has_a_key_and_finds_itself(text: str) -> None:
    assert person_key(text) == person_key(f"  {text} ")
    holds = match_initials(text)
    assert holds is None or isinstance(holds(text.casefold()), bool)
