"""Dates before Christ: read, compared, cited, and given to other programs."""

from datetime import date

import pytest

from docproc.citing.days import american, days_of, russian
from docproc.records import StatedDate
from docproc.references import date_bounds, find_dates, is_edtf, parse_date
from docproc.store.catalog.tables.dates import bounds, day_number


@pytest.mark.parametrize(
    ("text", "printed", "edtf"),
    [
        ("given on 15 March 44 B.C. at Rome", "15 March 44 B.C.", "-0043-03-15"),
        ("March 44 BC", "March 44 BC", "-0043-03"),
        ("um 300 v. Chr.", "um 300 v. Chr.", "-0299~"),
        ("43–42 до н. э.", "43–42 до н. э.", "-0042/-0041"),
        ("15 марта 44 г. до н. э.", "15 марта 44 г. до н. э.", "-0043-03-15"),
        ("en 52 av. J.-C., puis", "52 av. J.-C.", "-0051"),
        ("15 marzo 44 a.C.", "15 marzo 44 a.C.", "-0043-03-15"),
        ("50 p.n.e.", "50 p.n.e.", "-0049"),
        ("1 B.C.", "1 B.C.", "0000"),
        ("Rom, 3. März 1 v. Chr.", "3. März 1 v. Chr.", "0000-03-03"),
        ("5–1 до н. э.", "5–1 до н. э.", "-0004/0000"),
    ],
)
def test_they_are_found(text, printed, edtf):
    (found,) = find_dates(text)
    assert (found.printed, found.edtf) == (printed, edtf)
    assert found.span.of(text) == printed


@pytest.mark.parametrize("text", ["Victoria, B.C.", "44 bc", "0 B.C.", "30 February 44 B.C."])
def test_other_figures_are_none(text):
    assert not any(
        found.edtf.startswith("-0043-02") or "30" in found.edtf for found in find_dates(text)
    )
    assert parse_date(text) is None


def test_they_are_edtf_and_before_all_days_of_the_era():
    read = [is_edtf(text) for text in ("-0043", "[-0043..-0041]", "-0000", "0000", "0000-05")]
    assert read == [True, True, False, False, False]
    assert date_bounds("-0043/0014") == (date.min, date(14, 12, 31))
    earlier, later = bounds("-0043-03-15"), bounds("-0042")
    assert earlier is not None
    assert later is not None
    first = bounds("0000")
    assert first is not None
    assert later[1] < first[0] < first[1] < 10101
    assert date_bounds("0000") == (date.min, date.min)
    assert day_number(date.min) < earlier[0] < later[0] < later[1] < 10101


def test_they_are_written_as_readers_write_them():
    day = StatedDate("Id. Mart.", "-0043-03-15", "metadata")
    assert american(day) == "March 15, 44 B.C."
    assert american(StatedDate("1 B.C.", "0000", "metadata")) == "1 B.C."
    assert russian(day) == "15 марта 44 г. до н. э."
    first, _ = days_of(day)
    assert first is not None
    assert (first.iso, first.parts) == ("-0043-03-15", [-44, 3, 15])
