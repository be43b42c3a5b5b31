"""One name, however it is written; and never another's."""

from __future__ import annotations

import pytest

from docproc.text.names.matching import name_matcher

SAME = [
    ("Schroder", "F. Schröder"),
    ("Schroeder", "F. Schröder"),
    ("Schr", "F. Schröder"),
    ("Kovac", "M. Kovač"),
    ("cerny", "J. Černý"),
    ("O'Neill", "P. O’Neill"),
    ("oneill", "P. O’Neill"),
    ("Weiss", "Emma Weiß"),
    ("Emma Weiß", "Emma Weiss"),
    ("Boehme", "Jörg Böhme"),
    ("Παπαδοπουλος", "Γ. Παπαδόπουλος"),
    ("Papadopoulos", "Γ. Παπαδόπουλος"),
    ("Петров", "I. Petrov"),
    ("Соколову", "Г. Соколов"),
    ("RG Casey", "R. G. Casey"),
    ("JRR Kessel", "J. R. R. Kessel"),
    ("J.R.R. Kessel", "J R R Kessel"),
    ("Casey, R. G.", "R. G. Casey"),
    ("T. Ashe", "Thomas Ashe"),
    ("Thomas Ashe", "Thos. Ashe"),
    ("Wm. Ashe", "Ashe, William"),
    ("T. Ashe", "Ashe, Thomas P."),
    ("Mac Gregor", "J. MacGregor"),
    ("McGregor", "J. MacGregor"),
    ("J. Mac Gregor", "J. MacGregor"),
    ("O Neill", "P. O’Neill"),
    ("Нюберг", "Ida Nyberg"),
    ("Grantsmith", "The Chargé (Grant-Smith)"),
    ("Secretary of State", "The Acting Secretary of State"),
]
OTHER = [
    ("A. R. G. Casey", "R. G. Casey"),
    ("R. Casey", "R. G. Casey"),
    ("R. G. Casey", "A. R. G. Casey"),
    ("Nora Ashe", "Thomas Ashe"),
    ("N. Ashe", "Thomas Ashe"),
    ("Maslov", "I. Petrov"),
    ("Mac Lean", "J. MacGregor"),
    ("", "I. Petrov"),
]


@pytest.mark.parametrize(("asked", "printed"), SAME)
def test_one_name_is_found_however_it_is_written(asked: str, printed: str) -> None:
    assert name_matcher(asked)(printed)


@pytest.mark.parametrize(("asked", "printed"), OTHER)
def test_another_name_is_not(asked: str, printed: str) -> None:
    assert not name_matcher(asked)(printed)


def test_the_beginning_of_a_word_is_a_part_of_it_and_no_word() -> None:
    assert name_matcher("Lind")("Maja Lindqvist")
    assert not name_matcher("Lind", partly=False)("Maja Lindqvist")
