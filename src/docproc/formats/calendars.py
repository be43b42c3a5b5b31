"""Calendars (iCalendar, RFC 5545) as lines to read: what, when, where, who."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docproc.text.patterns import compile_on_use

_FOLD = compile_on_use(r"\r?\n[ \t]")
_SOFT = compile_on_use(r"=\r?\n")
_LINE = compile_on_use(r"(?:[\w-]+\.)?([A-Za-z-]+)((?:;[^:\"]*(?:\"[^\"]*\"[^:\"]*)*)?):(.*)")
_TOLD = {
    "SUMMARY": "Summary",
    "DTSTART": "Start",
    "DTEND": "End",
    "DUE": "Due",
    "LOCATION": "Location",
    "ORGANIZER": "Organizer",
    "ATTENDEE": "Attendee",
    "DESCRIPTION": "Description",
    "COMMENT": "Comment",
    "STATUS": "Status",
    "RRULE": "Repeats",
}
_NAME = compile_on_use(r";CN=(?:\"([^\"]*)\"|([^;:]*))", re.I)
_ESCAPED = compile_on_use(r"\\([nN\\,;])")
_TIME = compile_on_use(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?")
_PARTED = ("VEVENT", "VTODO", "VJOURNAL")
_PASSED_OVER = ("VALARM", "VTIMEZONE")


def properties(text: str) -> Iterator[tuple[str, str, str]]:
    """The properties of a calendar or of address cards: name, parameters, value; lines unfolded."""
    whole = _FOLD.sub("", text)
    if "QUOTED-PRINTABLE" in whole.upper():
        whole = _SOFT.sub("", whole)
    for line in whole.splitlines():
        if found := _LINE.fullmatch(line.strip()):
            yield found[1].upper(), found[2], found[3].strip()


def calendar_lines(text: str) -> list[str]:
    """What events, tasks and notes of a calendar say, a property a line, an empty line between."""
    lines: list[str] = []
    within: list[str] = []
    for name, parameters, value in properties(text):
        if name == "BEGIN":
            within.append(value.upper())
            if within[-1] in _PARTED and lines:
                lines.append("")
        elif name == "END":
            del within[-1:]
        elif name in _TOLD and value and not set(within) & set(_PASSED_OVER):
            lines.append(f"{_TOLD[name]}: {_value(name, parameters, value)}")
    return lines


def _value(name: str, parameters: str, value: str) -> str:
    if name in ("DTSTART", "DTEND", "DUE"):
        return _TIME.sub(_time, value, count=1)
    if name in ("ORGANIZER", "ATTENDEE"):
        own = _NAME.search(parameters)
        address = re.sub(r"(?i)^mailto:", "", value)
        called = (own[1] or own[2] or "").strip() if own else ""
        return f"{called} <{address}>" if called and called != address else address
    return _ESCAPED.sub(lambda match: "\n" if match[1] in "nN" else match[1], value)


def _time(match: re.Match[str]) -> str:
    year, month, day, hour, minute, second, universal = match.groups()
    clock = ""
    if hour:
        clock = f" {hour}:{minute}" + (f":{second}" if second != "00" else "")
    return f"{year}-{month}-{day}{clock}{' UTC' if universal else ''}"
