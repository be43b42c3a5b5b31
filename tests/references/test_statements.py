"""Dates as the fields of finding aids state them."""

import pytest

from docproc.references.dates.finding_aid_dates import parse_statement


@pytest.mark.parametrize(
    ("printed", "edtf"),
    [
        ("1936 - Oct. 1938", "1936/1938-10"),
        ("Nov. 1938 - 1941", "1938-11/1941"),
        ("1914 January-June", "1914-01/1914-06"),
        ("1914 January 3-1915 May 6", "1914-01-03/1915-05-06"),
        ("May 3, 1901-June 4, 1902", "1901-05-03/1902-06-04"),
        ("1920-33", "1920/1933"),
        ("circa 1915-1917", "1915~/1917~"),
        ("1915-circa 1917", "1915/1917~"),
        ("between 1915 and 1917", "[1915..1917]"),
        ("1901 or 1902", "[1901..1902]"),
        ("1898, 1901, 1903", "1898/1903"),
        ("1914-1918 und 1920", "1914/1920"),
        ("1850-1920 (bulk 1880-1900)", "1850/1920"),
        ("undated, 1920-1933", "1920/1933"),
        ("1880s-1890s", "188X/189X"),
        ("late 19th century", "18XX"),
        ("1915-present", "1915/.."),
        ("after 1915", "1915/.."),
        ("январь 1914 - март 1915 г.", "1914-01/1915-03"),
        ("[1917?]", "1917?"),
    ],
)
def test_a_statement_is_read_as_a_whole(printed, edtf):
    assert parse_statement(printed) == edtf


@pytest.mark.parametrize(
    "words",
    ["", "undated", "Box 1901", "Correspondence 1901", "1850-1800", "1901 February 30",
     "fill date later 1901", "2747", "2747-2750",
     "1915, and other years", "12345", "1901-05-03-09"],
)  # fmt: skip
def test_what_states_more_or_less_than_dates_is_none(words):
    assert parse_statement(words) is None
