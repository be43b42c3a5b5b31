"""Lists of quotations: CSV, RIS, BibTeX, paragraphs; each with what is said of its place."""

from __future__ import annotations

import pytest

from docproc.checking.listed import ListedQuotation, read_listed
from docproc.errors import UsageError


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ('quote,reference\n"one, two",F. 1\n', [("row 2", "one, two", "F. 1")]),
        ("\ufeffЦитата;Шифр\n«раз два»;Ф. 1\n\n;Ф. 2\n", [("row 2", "раз два", "Ф. 1")]),
        (
            "one two\tF. 1\nthree four\n",
            [("row 1", "one two", "F. 1"), ("row 2", "three four", "")],
        ),
        ("Source,Year,Quote\nF. 1,1921,“one two”\n", [("row 2", "one two", "F. 1")]),
    ],
)
def test_a_table_is_read_by_the_names_of_its_columns_or_by_their_order(text, rows):
    found = read_listed(text, "a.csv")
    assert [(each.where, each.quote, each.reference) for each in found] == rows


def test_a_table_without_a_column_of_quotations_is_told():
    with pytest.raises(UsageError, match="no column is called quote; these are: year, reference"):
        read_listed("year,reference\n1921,F. 1\n", "a.csv")
    with pytest.raises(UsageError, match="no quotation"):
        read_listed("", "a.csv")


def test_the_abstracts_and_marked_notes_of_ris():
    text = (
        "TY  - PCOMM\nID  - weiss\nDB  - RGASPI\nAV  - F. 558. Op. 2\n"
        "N1  - Date as printed: 2 November 1921\nN1  - paragraph 1: “one two” docproc:12.3-4.5\n"
        "AB  - three four\n  five\nER  - \nTY  - BOOK\nAB  - “six” and “seven”\nER  - \n"
    )
    assert read_listed(text, "-") == [
        ListedQuotation("weiss", "one two", "RGASPI F. 558. Op. 2"),
        ListedQuotation("weiss", "three four five", "RGASPI F. 558. Op. 2"),
        ListedQuotation("record 2", "six", ""),
        ListedQuotation("record 2", "seven", ""),
    ]


def test_the_abstracts_and_annotations_of_bibtex():
    text = (
        "@comment{x, abstract = {no}}\n@misc{weiss, title = {A {B} c}, year = 1921,\n"
        '  note = "F. 558. Op. 2", abstract = {one {T}wo \\& three},\n'
        "  annotation = {four\n\nfive}}\n@book{b, title = {no end"
    )
    assert read_listed(text, "a.bib") == [
        ListedQuotation("weiss", "one Two & three", "F. 558. Op. 2"),
        ListedQuotation("weiss", "four", "F. 558. Op. 2"),
        ListedQuotation("weiss", "five", "F. 558. Op. 2"),
    ]


def test_paragraphs_with_their_references_behind_or_below():
    text = "“one two three” RGASPI, f. 17\n\none two\nthree\nF. 17. Op. 2\n\nno reference at all"
    assert read_listed(text, "standard input") == [
        ListedQuotation("paragraph 1", "one two three", "RGASPI, f. 17"),
        ListedQuotation("paragraph 2", "one two\nthree", "F. 17. Op. 2"),
        ListedQuotation("paragraph 3", "no reference at all"),
    ]


def test_a_quotation_of_a_list_is_verified_with_its_reference():
    from invented_archive import Archive

    from docproc.operations.reading import verifying

    class Nothing:
        class plugins:  # noqa: N801 - as the application names it
            grammars = ()

    listed = [
        ListedQuotation("row 2", "no barge has been unloaded", "RGASPI. F. 558. Op. 2. D. 51."),
        ListedQuotation("row 3", "no barge has been unloaded", "RGASPI. F. 558. Op. 2. D. 52."),
        ListedQuotation("row 4", "no barge has been loaded", ""),
        ListedQuotation("row 5", "the millers ask for bread", ""),
    ]
    checks = verifying.verify_listed(Nothing, Archive(), listed)
    assert [(c.where, c.in_source, c.under_reference, c.stands) for c in checks] == [
        ("row 2", True, True, True),
        ("row 3", True, False, False),
        ("row 4", False, None, False),
        ("row 5", True, None, True),
    ]
    assert "“loaded” is “unloaded” in the source" in checks[2].words
