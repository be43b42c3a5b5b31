"""Where a file was fetched from, and when, as each style writes an address and a day of access."""

from __future__ import annotations

from docproc.citing.days import american
from docproc.citing.written import one_line
from docproc.records import Origin, StatedDate


def address(origin: Origin) -> str:
    """The address on one line, without what would end it in a text."""
    return one_line(origin.address).replace(" ", "%20").replace("<", "%3C").replace(">", "%3E")


def phrase_accessed(origin: Origin) -> str:
    """``"accessed November 29, 2026, https://example.org/a"`` (Chicago, 17th ed., 14.12)."""
    day = american(StatedDate(origin.day, origin.day, "metadata"))
    return f"accessed {day}, {address(origin)}"


def russian_access(origin: Origin) -> str:
    """``"URL: https://example.org/a (дата обращения: 29.11.2026)"`` (GOST R 7.0.5-2008, 10.4)."""
    year, month, day = origin.day.split("-")
    return f"URL: {address(origin)} (дата обращения: {day}.{month}.{year})"
