"""EDTF: the standard's own examples of levels 0 and 1, and the days that they mean."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docproc.references import date_bounds, is_edtf
from docproc.references.dates.edtf import write_edtf

BOUNDS = {
    "1985-04-12": (date(1985, 4, 12), date(1985, 4, 12)),
    "1985-04": (date(1985, 4, 1), date(1985, 4, 30)),
    "1985": (date(1985, 1, 1), date(1985, 12, 31)),
    "1964/2008": (date(1964, 1, 1), date(2008, 12, 31)),
    "2004-06/2006-08": (date(2004, 6, 1), date(2006, 8, 31)),
    "2004-02-01/2005-02": (date(2004, 2, 1), date(2005, 2, 28)),
    "2001-21": (date(2001, 3, 1), date(2001, 5, 31)),
    "2001-24": (date(2001, 12, 1), date(2002, 2, 28)),
    "1984?": (date(1984, 1, 1), date(1984, 12, 31)),
    "2004-06~": (date(2004, 6, 1), date(2004, 6, 30)),
    "2004-06-11%": (date(2004, 6, 11), date(2004, 6, 11)),
    "201X": (date(2010, 1, 1), date(2019, 12, 31)),
    "20XX": (date(2000, 1, 1), date(2099, 12, 31)),
    "2004-XX": (date(2004, 1, 1), date(2004, 12, 31)),
    "1985-04-XX": (date(1985, 4, 1), date(1985, 4, 30)),
    "1985-XX-XX": (date(1985, 1, 1), date(1985, 12, 31)),
    "1985-04-12/..": (date(1985, 4, 12), date.max),
    "../1985-04": (date.min, date(1985, 4, 30)),
    "1985/": (date(1985, 1, 1), date.max),
    "/1985-04-12": (date.min, date(1985, 4, 12)),
    "1984~/2004-06": (date(1984, 1, 1), date(2004, 6, 30)),
}


@pytest.mark.parametrize(("edtf", "bounds"), BOUNDS.items(), ids=BOUNDS)
def test_the_standards_examples_have_their_days(edtf: str, bounds: tuple[date, date]) -> None:
    assert date_bounds(edtf) == bounds


@pytest.mark.parametrize(
    "text",
    ["", "..", "../..", "/", "21", "1985-13", "1985-02-30", "1985-4", "19X5", "1985-XX-12",
     "2008/1964", "1985-04-12-01", "November 2, 1921", "1921-25", "X", "1985-24-01"],
)  # fmt: skip
def test_what_is_not_edtf_is_refused(text: str) -> None:
    assert not is_edtf(text)
    with pytest.raises(ValueError, match=r".+"):
        date_bounds(text)


@given(st.dates())
def test_a_day_is_its_own_bounds(day: date) -> None:
    assert date_bounds(write_edtf(day.year, day.month, day.day)) == (day, day)


@given(st.dates(), st.dates())
def test_an_interval_runs_from_its_first_to_its_last_day(one: date, other: date) -> None:
    first, last = sorted((one, other))
    assert date_bounds(f"{first.isoformat()}/{last.isoformat()}") == (first, last)


def test_days_and_months_that_are_not_are_refused() -> None:
    with pytest.raises(ValueError, match="month"):
        write_edtf(1921, 13)
    with pytest.raises(ValueError, match="day"):
        write_edtf(1921, 2, 30)
