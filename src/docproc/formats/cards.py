"""Address cards (vCard, RFC 6350 and before) as lines to read: who, where, how to reach them."""

from __future__ import annotations

import quopri
from collections.abc import Iterator

from docproc.text.patterns import compile_on_use

_FOLD = compile_on_use(r"\r?\n[ \t]")
_SOFT = compile_on_use(r"=\r?\n")
_LINE = compile_on_use(r"(?:[\w-]+\.)?([A-Za-z-]+)((?:;[^:\"]*(?:\"[^\"]*\"[^:\"]*)*)?):(.*)")
_TOLD = {
    "FN": "Name",
    "NICKNAME": "Nickname",
    "ORG": "Organization",
    "TITLE": "Title",
    "ROLE": "Role",
    "ADR": "Address",
    "LABEL": "Address",
    "TEL": "Telephone",
    "EMAIL": "E-mail",
    "URL": "Web",
    "BDAY": "Born",
    "DEATHDATE": "Died",
    "CATEGORIES": "Categories",
    "RELATED": "Related",
    "NOTE": "Note",
}
_ESCAPED = compile_on_use(r"\\([nN\\,;:])")
_PARTS = compile_on_use(r"(?<!\\);")


def cards_of(text: str) -> Iterator[list[str]]:
    """Yield what each card of *text* says, one property a line, in the order of the card."""
    lines: list[str] | None = None
    name = ""
    for property_, parameters, value in _properties(text):
        if property_ == "BEGIN":
            lines, name = [], ""
        elif property_ == "END" and lines is not None:
            if name and not any(line.startswith("Name: ") for line in lines):
                lines.insert(0, f"Name: {name}")
            yield lines
            lines = None
        elif lines is not None and property_ == "N":
            family, given, *rest = [*_part(_decode(parameters, value)), "", ""]
            name = " ".join(filter(None, (given, *rest[:1], family)))
        elif lines is not None and property_ in _TOLD:
            said = ", ".join(filter(None, _part(_decode(parameters, value))))
            if said:
                lines.append(f"{_TOLD[property_]}: {said}")


def _properties(text: str) -> Iterator[tuple[str, str, str]]:
    """The properties of *text*: name, parameters, value; a long line is folded."""
    whole = _FOLD.sub("", text)
    if "QUOTED-PRINTABLE" in whole.upper():
        whole = _SOFT.sub("", whole)
    for line in whole.splitlines():
        if found := _LINE.fullmatch(line.strip()):
            yield found[1].upper(), found[2], found[3].strip()


def _decode(parameters: str, value: str) -> str:
    if "QUOTED-PRINTABLE" not in parameters.upper():
        return value
    data = quopri.decodestring(value.encode("utf-8", "surrogateescape"))
    return data.decode("utf-8", "replace")


def _part(value: str) -> list[str]:
    """The parts of a *value* of several, as they were before they were escaped."""
    return [_unescape(part).strip() for part in _PARTS.split(value)]


def _unescape(text: str) -> str:
    return _ESCAPED.sub(lambda match: " " if match[1] in "nN" else match[1], text)
