"""Dates: a table of printed forms with their EDTF, what is no date, and what must always hold."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from linear import grows_by_length

from docproc.references import date_bounds, find_dates, is_edtf, parse_date
from docproc.references.dates.found_date import gregorian_of, if_julian, julian_of
from docproc.references.dates.months import MONTHS

# ISO 8601-2:2019, levels 0 and 1, as a grammar of its own, beside the code's.
_DAY = r"\d{4}(?:-(?:0[1-9]|1[0-2]|2[1-4])(?:-(?:0[1-9]|[12]\d|3[01]))?)?"
_LEVEL_1 = rf"(?:{_DAY}|\d{{3}}X|\d{{2}}XX|\d{{4}}-XX(?:-XX)?|\d{{4}}-(?:0[1-9]|1[0-2])-XX)[?~%]?"
LEVELS_0_AND_1 = re.compile(rf"{_LEVEL_1}|(?:{_LEVEL_1}|\.\.)?/(?:{_LEVEL_1}|\.\.)?")

FORMS = {
    "26ten März 1819": "1819-03-26",
    "1sten Junii 1720": "1720-06-01",
    "2te May 1780": "1780-05-02",
    "1. 8br. 1774": "1774-10-01",
    "12 7bre 1789": "1789-09-12",
    "7 Xbre 1616": "1616-12-07",
    "4. 10ber 1720": "1720-12-04",
    "9bris 1620": "1620-11",
    "Sept: 3d 1770": "1770-09-03",
    "Nov.r 12th, 1776": "1776-11-12",
    "Decr 4th 1799": "1799-12-04",
    "8 Jan.y 1790": "1790-01-08",
    "May the 3rd 1780": "1780-05-03",
    "12ten Febr: 1799": "1799-02-12",
    "5 Hornung 1780": "1780-02-05",
    "Weinmonat 1800": "1800-10",
    "2/XI - 21.": "1921-11-02?",
    "2/XI-21": "1921-11-02?",
    "1-XI-21 г.": "1921-11-01?",
    "2.XI.1921": "1921-11-02",
    "2/ХІ 1921": "1921-11-02",
    "2 XI 1921": "1921-11-02",
    "November 2, 1921": "1921-11-02",
    "Nov. 2, 1921": "1921-11-02",
    "NOVEMBER 2nd, 1921": "1921-11-02",
    "2 November 1921": "1921-11-02",
    "27th January, 1938": "1938-01-27",
    "2 ноября 1921 г.": "1921-11-02",
    "2 ноября 1921 года": "1921-11-02",
    "2-го ноября 1921": "1921-11-02",
    "2. November 1921": "1921-11-02",
    "3. März 1918": "1918-03-03",
    "1er mars 1918": "1918-03-01",
    "2 août 1914": "1914-08-02",
    "9 luglio 1616": "1616-07-09",
    "1° marzo 1918": "1918-03-01",
    "2 de noviembre de 1921": "1921-11-02",
    "2.11.1921": "1921-11-02",
    "09/23/1960": "1960-09-23",
    "23/09/1960": "1960-09-23",
    "3/4/1921": "1921-XX-XX",
    "1921-11-02": "1921-11-02",
    "1921, November 2": "1921-11-02",
    "Nov. [1921]": "1921-11",
    "November, 1921": "1921-11",
    "ноябрь 1921 г.": "1921-11",
    "[1921]": "1921",
    "[1921?]": "1921?",
    "[November 1921?]": "1921-11?",
    "2 November [1921]": "1921-11-02",
    "2 November 1921 (?)": "1921-11-02?",
    "1921 г.": "1921",
    "circa 1921": "1921~",
    "c. 1921": "1921~",
    "около 1921 г.": "1921~",
    "ca. November 1921": "1921-11~",
    "1920s": "192X",
    "1920-е годы": "192X",
    "spring of 1922": "1922-21",
    "spring or summer of 1922": "1922-21/1922-22",
    "осень 1921 г.": "1921-23",
    "not earlier than 3 March 1918": "1918-03-03/..",
    "не ранее 3 марта 1918 г.": "1918-03-03/..",
    "no later than 5 May 1918": "../1918-05-05",
    "не позднее 5 мая 1918 г.": "../1918-05-05",
    "не ранее 3 марта 1918 г. - не позднее 5 мая 1918 г.": "1918-03-03/1918-05-05",
    "1912-1927": "1912/1927",
    "1921/22": "1921/1922",
    "2–5 November 1921": "1921-11-02/1921-11-05",
    "November 2-5, 1921": "1921-11-02/1921-11-05",
    "28 February – 3 March 1921": "1921-02-28/1921-03-03",
    "February 22-March 11, 1963": "1963-02-22/1963-03-11",
    "November–December 1921": "1921-11/1921-12",
    "July 1, 1991 - June 30, 1992": "1991-07-01/1992-06-30",
    "July 1951 to June 1957": "1951-07/1957-06",
}
DUAL = {
    "1/14 February 1918": ("1918-02-14", "1918-02-01"),
    "1 (14) февраля 1918 г.": ("1918-02-14", "1918-02-01"),
    "25 октября (7 ноября) 1917 г.": ("1917-11-07", "1917-10-25"),
    "23 February/8 March 1917": ("1917-03-08", "1917-02-23"),
    "19 December 1917/1 January 1918": ("1918-01-01", "1917-12-19"),
    "14/26 December 1825": ("1825-12-26", "1825-12-14"),
    "25 октября 1917 г. (ст. ст.)": ("1917-11-07", "1917-10-25"),
    "14 December 1825 (O.S.)": ("1825-12-26", "1825-12-14"),
}


@pytest.mark.parametrize(("printed", "edtf"), FORMS.items(), ids=FORMS)
def test_a_printed_form_is_found_with_its_meaning(printed: str, edtf: str) -> None:
    text = f"Written at M. ({printed}) by him"
    (found,) = find_dates(text)
    assert (found.edtf, found.julian) == (edtf, None)
    assert found.printed.strip("[]") == printed.strip("[]")
    assert LEVELS_0_AND_1.fullmatch(found.edtf)


@pytest.mark.parametrize(("printed", "edtf"), FORMS.items(), ids=FORMS)
def test_a_printed_form_is_read_as_a_whole(printed: str, edtf: str) -> None:
    found = parse_date(printed)
    assert found is not None
    assert found.edtf == edtf


@pytest.mark.parametrize(("printed", "meant"), DUAL.items(), ids=DUAL)
def test_old_and_new_style_are_kept_apart(printed: str, meant: tuple[str, str]) -> None:
    (found,) = find_dates(f"Petrograd, {printed}, evening")
    assert found.printed == printed
    assert (found.edtf, found.julian) == meant


def test_two_days_that_no_calendars_join_are_not_joined() -> None:
    (found,) = find_dates("the night of 2/3 November 1921")
    assert (found.edtf, found.julian) == ("1921-11-02/1921-11-03", None)
    assert [one.julian for one in find_dates("1/15 February 1918")] == [None]


@pytest.mark.parametrize(
    ("printed", "hints", "edtf"),
    [
        ("2/XI - 21.", {"near": 1921}, "1921-11-02"),
        ("2/XI - 21.", {"century": 18}, "1821-11-02"),
        ("2 Nov. '21", {"near": 1930}, "1921-11-02"),
        ("2.11.98", {"near": 1903}, "1898-11-02"),
        ("3/4/1921", {"day_first": True}, "1921-04-03"),
        ("3/4/1921", {"day_first": False}, "1921-03-04"),
    ],
)
def test_what_the_caller_knows_settles_what_the_text_leaves_open(
    printed: str, hints: dict[str, int], edtf: str
) -> None:
    (found,) = find_dates(f"on {printed} ", **hints)
    assert found.edtf == edtf


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("1921", "1921"),
        ("1921-10", "1921-10"),
        ("1921?", "1921?"),
        ("1921-10-02/..", "1921-10-02/.."),
        ("192X", "192X"),
        ("Moscow, 2 November 1921", "1921-11-02"),
        ("Paris, le 1er mars 1918", "1918-03-01"),
        ("Berlin, den 2. Nov. 1921", "1921-11-02"),
        ("9 luglio 1616, Stoccarda", "1616-07-09"),
        ("after 3 March 1918", "1918-03-03/.."),
        ("до 3 марта 1918 г.", "../1918-03-03"),
    ],
)
def test_metadata_and_datelines_are_read(text: str, edtf: str) -> None:
    found = parse_date(text)
    assert found is not None
    assert found.edtf == edtf


@pytest.mark.parametrize(
    "text",
    ["", "yesterday", "12 Maxim machine guns", "2 November 1921 and 3 November 1921", "A1838",
     "1921 rifles were sent", "30 February 1921", "Politburo"],
)  # fmt: skip
def test_what_is_no_date_as_a_whole_is_not_read(text: str) -> None:
    assert parse_date(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "100,000 rubles, 6,000 rifles, 12 or 8 guns",
        "NAA: A1838, 3107/38/18",
        "paragraph 2.11.3 of 21",
        "30 February",
        "document 1000-69 and 1234 men",
        "may march in august company",
        "12/XIV-21 and 40/XI-21",
        "1,921 men; 1921.5 tons",
    ],
)
def test_other_figures_are_no_dates(text: str) -> None:
    assert find_dates(text) == ()


def test_a_year_is_known_by_the_words_around_it() -> None:
    text = "in 1921, as early as 1954, before the 1952 academic year, of 1922.. in 1921 г."
    assert [d.edtf for d in find_dates(text)] == ["1921", "1954", "1952", "1922", "1921"]
    assert find_dates("1921 rifles, 1922 boots") == ()


def test_a_bracket_that_belongs_to_the_sentence_stays_outside() -> None:
    assert [d.printed for d in find_dates("[received June 10, 2013]")] == ["June 10, 2013"]
    assert [d.printed for d in find_dates("(see 2 June 1938)")] == ["2 June 1938"]


@given(st.dates(date(1000, 1, 1), date(2099, 12, 31)), st.sampled_from(sorted(MONTHS)))
def test_every_day_is_found_in_every_language(day: date, name: str) -> None:
    day = day.replace(month=MONTHS[name], day=min(day.day, 28))
    for printed in (
        f"{day.day} {name} {day.year:04d}",
        f"{day.day} {name.upper()}. {day.year:04d}",
        f"{name.capitalize()} {day.day}, {day.year:04d}",
    ):
        (found,) = find_dates(f"written ({printed})")
        assert (found.printed, found.edtf) == (printed, day.isoformat())


@given(
    st.lists(
        st.one_of(
            st.sampled_from([*FORMS, *DUAL]), st.text(max_size=12), st.sampled_from("[]()/-–.")
        ),
        max_size=8,
    )
)
def test_spans_are_exact_in_order_and_apart_and_edtf_is_valid(pieces: list[str]) -> None:
    text = " ".join(pieces)
    end = 0
    for found in find_dates(text, near=1921):
        assert found.printed == found.span.of(text) != ""
        assert found.span.start >= end
        assert is_edtf(found.edtf)
        assert LEVELS_0_AND_1.fullmatch(found.edtf)
        first, last = date_bounds(found.edtf)
        assert first <= last
        end = found.span.end


@given(st.dates(date(1583, 1, 1), date(2099, 12, 31)))
def test_the_calendars_are_each_others_inverse(day: date) -> None:
    assert gregorian_of(*julian_of(day)) == day
    following = day + timedelta(days=1)
    assert julian_of(following) > julian_of(day)


@pytest.mark.parametrize(
    ("julian", "gregorian"),
    [
        ((1582, 10, 5), date(1582, 10, 15)),
        ((1700, 2, 28), date(1700, 3, 10)),
        ((1700, 2, 29), date(1700, 3, 11)),
        ((1700, 3, 1), date(1700, 3, 12)),
        ((1900, 2, 29), date(1900, 3, 13)),
        ((1917, 10, 25), date(1917, 11, 7)),
    ],
)
def test_known_days_of_both_calendars_agree(julian: tuple[int, int, int], gregorian: date) -> None:
    assert gregorian_of(*julian) == gregorian
    assert julian_of(gregorian) == julian


def test_only_the_stretch_asked_for_is_read() -> None:
    text = "2 November 1921 and 3 November 1922"
    assert [d.printed for d in find_dates(text, 15)] == ["3 November 1922"]
    assert [d.printed for d in find_dates(text, 0, 15)] == ["2 November 1921"]


HOSTILE = {
    "years": "1921 " * 40_000,
    "dashes": "1921-" * 40_000,
    "months": "May 1 " * 40_000,
    "romans": "2/XI-" * 40_000,
    "spaces": "2 November" + " " * 100_000 + "1921",
    "prefixes": "not earlier than 1921 " * 10_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_read_in_linear_time(text: str) -> None:
    assert grows_by_length(lambda text: list(find_dates(text, near=1921)), text)


@given(st.dates(date(1583, 1, 1), date(1918, 1, 31)))
def test_a_day_of_the_old_calendar_is_ten_to_thirteen_days_later_in_the_new(day: date):
    found = if_julian(day.isoformat())
    assert found is not None
    assert 10 <= (date.fromisoformat(found) - day).days <= 13


@pytest.mark.parametrize("edtf", ["1918-02-14", "1917-11", "1917", "1917-10-25/1917-10-26", ""])
def test_only_a_day_before_the_reform_can_be_old_style(edtf: str):
    assert if_julian(edtf) is None


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("n.d. [after 22 May 1937]", "1937-05-22/.."),
        ("[on or before 29 September 1937]", "../1937-09-29"),
        ("[до 2 ноября 1921 г.]", "../1921-11-02"),
        ("He left after 22 May 1937", "1937-05-22"),
    ],
)
def test_after_and_before_are_the_dates_own_only_in_an_editors_brackets(text: str, edtf: str):
    (found,) = find_dates(text)
    assert found.edtf == edtf
