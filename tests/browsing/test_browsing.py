"""Lists, timelines and networks: what is counted is there, and nothing is guessed."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from docproc.browsing import pictures
from docproc.browsing.correspondence import correspondences
from docproc.browsing.listing import (
    SORTS,
    as_json,
    correspondents_phrase,
    name_document,
    place_document,
    sort_rows,
)
from docproc.browsing.timeline import PERIODS, Period, bar_lines, collapse_gaps, timeline
from docproc.errors import UsageError
from docproc.records import DocumentRow


def row(date=None, sender=None, recipient=None, *, title=None, reference=None, source="a.txt",
        kind=None):  # fmt: skip
    return DocumentRow(
        id="0" * 64, source=source, member="", title=title, sender=sender, recipient=recipient,
        place=None, date=date, date_printed=date, kind=kind, language=None, reference=reference,
        characters=10, first_row=0, passages=1,
    )  # fmt: skip


ROWS = [
    row("1921-11-02", "Orlova", "Weiss", reference="F. 9. D. 51"),
    row("1923-03", "Weiss", "Orlova", reference="F. 9. D. 9"),
    row("1921-11-20", "ORLOVA", "Weiss", reference="F. 10. D. 1"),
    row("1922", "Haas", "Orlova"),
    row(None, None, "Weiss"),
    row("192X", "Orlova", "Haas"),
]


def dates(rows):
    return [each.date for each in rows]


def test_a_list_is_sorted_and_what_is_not_known_comes_last_either_way():
    known = ["192X", "1921-11-02", "1921-11-20", "1922", "1923-03"]
    assert dates(sort_rows(ROWS, "date")) == [*known, None]
    assert dates(sort_rows(ROWS, "date", reverse=True)) == [*known[::-1], None]
    references = [each.reference for each in sort_rows(ROWS, "reference")][:3]
    assert references == ["F. 9. D. 9", "F. 9. D. 51", "F. 10. D. 1"]
    for order in SORTS:
        assert Counter(map(id, sort_rows(ROWS, order))) == Counter(map(id, ROWS))
    with pytest.raises(UsageError, match="did you mean 'date'"):
        sort_rows(ROWS, "dates")


def test_a_document_is_called_by_what_is_known_of_it():
    assert name_document(row(source="x/b.txt")) == "b.txt"
    assert name_document(row(title="Note", sender="A. B. Weiss")) == "Note · from A. B. Weiss"
    assert (
        correspondents_phrase(row(sender="Orlova\n", recipient=None, kind="letter")) == "Orlova → ?"
    )
    assert correspondents_phrase(row(sender="Orlova", recipient=None, kind="article")) == "Orlova"
    assert (
        correspondents_phrase(row(sender="Orlova, Anna", recipient=None, kind=None))
        == "Anna Orlova"
    )
    assert "\x1b" not in name_document(row(title="a\x1b[31mb"))


def test_a_document_within_a_file_is_told_with_its_place_there():
    within = replace(row(source="seeds/a.zip"), member="papers/b.txt")
    assert place_document(within) == "seeds/a.zip › papers/b.txt"
    assert name_document(within) == "b.txt"
    assert as_json(within)["member"] == "papers/b.txt"
    assert place_document(row(source="seeds/a.zip")) == "seeds/a.zip"
    message = replace(row(source="a.mbox"), member="message 2")
    assert name_document(message) == "a.mbox › message 2"


def test_a_timeline_counts_each_period_and_shows_the_empty_ones():
    found = timeline(ROWS, "year")
    assert [(p.edtf, p.documents) for p in found.periods] == [("1921", 2), ("1922", 1), ("1923", 1)]
    assert (found.dated, found.vague, found.undated) == (4, 1, 1)
    by_month = timeline(ROWS, "month")
    assert (by_month.dated, by_month.vague) == (3, 2)
    assert by_month.periods[0] == Period("1921-11", "Nov 1921", 2)
    assert len(by_month.periods) == 17
    assert timeline(ROWS, "decade").periods == (Period("192X", "1920s", 5),)
    with pytest.raises(UsageError, match="did you mean 'month'"):
        timeline(ROWS, "months")


@settings(max_examples=40, deadline=None)
@given(st.lists(st.dates().map(lambda day: day.isoformat())), st.sampled_from(["year", "decade"]))
def test_every_exact_date_is_counted_once(days, period):
    found = timeline([row(day) for day in days], period)
    assert found.dated == len(days)
    assert len({each.edtf for each in found.periods}) == len(found.periods)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(["1921", "1921-11", "1921-11-02", "../1920", None, "1931-01-01"])))
def test_no_document_is_lost_or_counted_twice(days):
    for period in (None, *PERIODS):
        found = timeline([row(day) for day in days], period)
        assert found.dated + found.vague + found.undated == len(days)


def test_a_long_run_of_empty_periods_is_told_in_one_line():
    found = timeline([row("1900"), row("1950"), row("1952")], "year")
    shown = collapse_gaps(found.periods)
    assert [each if isinstance(each, int) else each.label for each in shown] == [
        "1900", 49, "1950", "1951", "1952",
    ]  # fmt: skip


@given(
    st.lists(st.tuples(st.sampled_from(["1921", "Nov 1921"]), st.integers(0, 10**6)), min_size=1),
    st.booleans(),
)
def test_bars_fit_the_line_and_keep_their_order(rows, blocks):
    lines = bar_lines(rows, 80, blocks=blocks)
    assert all(cell_len(line) <= 80 for line in lines)
    drawn = [len(line.split(label)[1].strip(" 0123456789,")) for (label, _), line in
             zip(rows, lines, strict=True)]  # fmt: skip
    by_number = sorted(zip((n for _, n in rows), drawn, strict=True))
    assert [bar for _, bar in by_number] == sorted(bar for _, bar in by_number)
    assert all((number > 0) == (bar > 0) for number, bar in by_number)
    if not blocks:
        assert all(line.isascii() for line in lines)


def test_who_wrote_to_whom_is_counted_by_name_whatever_its_case():
    first, *rest = correspondences(ROWS)
    assert (first.sender, first.recipient, first.documents, first.years) == (
        "Orlova", "Weiss", 2, "1921",
    )  # fmt: skip
    assert [(each.sender, each.recipient) for each in rest] == [
        ("Haas", "Orlova"), ("Orlova", "Haas"), ("Weiss", "Orlova"),
    ]  # fmt: skip
    assert rest[1].years == "1920–1929"


def test_one_name_counts_as_one_however_its_initials_are_set():
    settings = ["R. G. CASEY", "R.G. Casey", "Casey, R.G.", "R.G. Casey", "A.R.G. Casey"]
    found = correspondences([row("1942", name, "Orlova") for name in settings])
    assert [(each.sender, each.documents) for each in found] == [
        ("R.G. Casey", 4), ("A.R.G. Casey", 1),
    ]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("suffix", [".svg", ".html"])
def test_pictures_are_written_and_are_the_same_every_time(tmp_path, suffix):
    made = []
    for name in ("a", "b"):
        path = tmp_path / f"{name}{suffix}"
        pictures.check_picture(path)
        pictures.draw_timeline(timeline(ROWS, "year"), path, "Documents $1 & <b>")
        made.append(path.read_bytes())
        network = tmp_path / f"{name}-network{suffix}"
        hostile = [*ROWS, row(sender="$x$ <i>", recipient="Лёд")]
        assert pictures.draw_network(correspondences(hostile), network, "Network") == 0
        made.append(network.read_bytes())
    assert made[:2] == made[2:]
    if suffix == ".svg":
        assert ET.fromstring(made[1]).tag.endswith("svg")
    if suffix == ".html":
        assert made[0].startswith(b"<!doctype html>")
        assert b"<title>Documents $1 &amp; &lt;b&gt;</title>" in made[0]


def test_a_large_network_tells_how_many_it_leaves_out(tmp_path):
    many = [row(sender=f"S{n}", recipient="Orlova") for n in range(60)]
    left = pictures.draw_network(correspondences(many), tmp_path / "n.svg", "Network")
    assert left == 61 - pictures.MOST_PEOPLE


def test_a_file_that_is_no_picture_is_refused(tmp_path):
    with pytest.raises(UsageError, match=r"\.svg, \.html"):
        pictures.check_picture(tmp_path / "a.doc")
    with pytest.raises(UsageError, match="no such folder"):
        pictures.check_picture(tmp_path / "gone" / "a.svg")


def test_a_missing_extra_is_told_with_the_command_that_installs_it(tmp_path, monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "networkx", None)
    with pytest.raises(UsageError, match=r"pip install 'docproc\[plots\]'"):
        pictures.check_picture(tmp_path / "a.svg")
