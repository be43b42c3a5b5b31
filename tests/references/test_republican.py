"""Days of the French Republican calendar are those that they were in the Gregorian one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docproc.references import find_dates, parse_date


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("1er vendémiaire an I", "1792-09-22"),
        ("9 thermidor an II", "1794-07-27"),
        ("le 9 thermidor de l'an II", "1794-07-27"),
        ("Lyon, 13 vendémiaire an 4", "1795-10-05"),
        ("18 brumaire an VIII", "1799-11-09"),
        ("18 brumaire an VIII (9 novembre 1799)", "1799-11-09"),
        ("14 floréal an IX", "1801-05-04"),
        ("14 floreal an 9", "1801-05-04"),
        ("20 germ. an X", "1802-04-10"),
        ("11 frimaire an XIII", "1804-12-02"),
        ("10 nivôse an XIV", "1805-12-31"),
        ("5e jour complémentaire an IV", "1796-09-21"),
        ("6e jour complémentaire an III", "1795-09-22"),
    ],
)
def test_a_day_is_the_one_it_was(printed, day):
    assert parse_date(printed).edtf == day


@pytest.mark.parametrize(
    "printed",
    [
        *(
            "14 floréal",
            "14 mars an IX",
            "31 floréal an IX",
            "14 floréal an XV",
            "14 floréal an IIX",
        ),
        *("11 nivôse an XIV", "6e jour complémentaire an IV", "14 floréal an IXe siècle"),
        "18 brumaire an VIII (10 novembre 1799)",
    ],
)
def test_what_is_no_day_of_it_or_contradicts_itself_is_not_read(printed):
    found = parse_date(printed)
    assert found is None or "an" not in found.printed


def test_a_day_is_found_in_running_text_and_stands_as_printed():
    text = "Fait à Lyon, le 14 floréal an IX de la République. Il y avait un an déjà."
    (found,) = find_dates(text)
    assert (found.printed, found.edtf) == ("14 floréal an IX", "1801-05-04")
    assert found.span.of(text) == found.printed


@given(st.integers(1, 13), st.integers(1, 29))
def test_days_follow_each_other(year, day):
    first, second = (parse_date(f"{each} messidor an {year}").edtf for each in (day, day + 1))
    assert first < second
