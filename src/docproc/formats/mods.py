"""MODS: what a description says of a document, as lines to be read and as metadata."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docproc.dataclass_on_use import dataclass
from docproc.formats.composer import Composer
from docproc.formats.described import make_date, make_reference, mention
from docproc.formats.xml import Element, local, words_of
from docproc.records import BlockKind, Metadata, StatedDate

MODS = "http://www.loc.gov/mods/v3"
_SENDERS = ("aut", "author", "cre", "creator", "crp", "correspondent", "sender")
_RECIPIENTS = ("rcp", "recipient", "addressee")
_DATES = ("dateCreated", "dateIssued", "dateCaptured", "copyrightDate")
_LINES = (
    ("Abstract", "abstract"),
    ("Contents", "tableOfContents"),
    ("Note", "note"),
    ("Extent", "physicalDescription/{*}extent"),
    ("Subject", "subject"),
    ("Genre", "genre"),
    ("Shelfmark", "location//{*}shelfLocator"),
    ("Holder", "location/{*}physicalLocation"),
    ("Rights", "accessCondition"),
)


@dataclass(frozen=True, slots=True)
class ModsDescription:
    """What one description says: its title, its other lines with their labels, its metadata."""

    title: str
    lines: tuple[tuple[str, str], ...]
    about: dict[str, Any]
    """What ``Document`` takes: ``metadata``, ``references``."""

    def write(self, composer: Composer, kind: BlockKind) -> None:
        """Write the title as a heading, and each line as a block of that *kind*."""
        if self.title:
            composer.block(BlockKind.HEADING, self.title, level=1)
        for label, words in self.lines:
            composer.block(kind, f"{label}: {words}")


def records_in(root: Element) -> list[Element]:
    """The descriptions in *root*, without those of what they are parts of."""
    records = [root] if local(root) == "mods" else list(root.iter(f"{{{MODS}}}mods"))
    return [each for each in records if next(each.iterancestors("{*}mods"), None) is None]


def describe(record: Element) -> ModsDescription:
    """What *record* says, an element ``mods``."""
    title = _title(record)
    people = list(_people(record))
    dates = list(_dates(record))
    place = _place(record)
    lines = [(role.capitalize(), name) for name, role in people]
    lines += [("Date", date.printed) for date in dates]
    lines += [("Place", place)] if place else []
    for label, path in _LINES:
        lines += [
            (label, words)
            for each in record.iterfind(f"{{*}}{path}")
            if (words := _words_said(each))
        ]
    shelf = words_of(record.find("{*}location//{*}shelfLocator"))
    holder = words_of(record.find("{*}location/{*}physicalLocation"))
    reference = make_reference(None, [("archive", holder), ("shelfmark", shelf)]) if shelf else None
    language = words_of(record.find("{*}language/{*}languageTerm"))
    metadata = Metadata(
        title=mention(title),
        sender=mention(_first(people, _SENDERS)),
        recipient=mention(_first(people, _RECIPIENTS)),
        place=mention(place),
        dates=tuple(dates),
        kind=words_of(record.find("{*}genre")).lower() or None,
        other=(("language", language),) if language else (),
    )
    references = (reference,) if reference else ()
    return ModsDescription(title, tuple(lines), {"metadata": metadata, "references": references})


def member_id(record: Element, number: int) -> str:
    """The id of *record*, the *number*th of its file."""
    own = words_of(record.find("{*}recordInfo/{*}recordIdentifier"))
    return own or record.get("ID") or f"description {number}"


def _title(record: Element) -> str:
    for info in record.iterfind("{*}titleInfo"):
        parts = [words_of(info.find(f"{{*}}{name}")) for name in ("nonSort", "title")]
        title = " ".join(part for part in parts if part)
        rest = words_of(info.find("{*}subTitle"))
        if title:
            return f"{title}: {rest}" if rest else title
    return ""


def _people(record: Element) -> Iterator[tuple[str, str]]:
    """The names, each with what its bearer did."""
    for name in record.iterfind("{*}name"):
        parts = [each for each in name.iterfind("{*}namePart") if each.get("type") != "date"]
        family = next((words_of(p) for p in parts if p.get("type") == "family"), "")
        given = " ".join(words_of(p) for p in parts if p.get("type") == "given")
        words = f"{family}, {given}" if family and given else ", ".join(map(words_of, parts))
        role = next((words_of(each) for each in name.iter("{*}roleTerm")), "") or "name"
        if words:
            yield words, _ROLES.get(role, role)


_ROLES = {"aut": "author", "rcp": "recipient", "cre": "creator", "crp": "correspondent"}


def _first(people: list[tuple[str, str]], roles: tuple[str, ...]) -> str:
    return "; ".join(name for name, role in people if role.lower() in roles)


def _dates(record: Element) -> Iterator[StatedDate]:
    """The day on which it was made, before that of its publication."""
    for name in _DATES:
        found = list(record.iterfind(f"{{*}}originInfo/{{*}}{name}"))
        ends = {each.get("point"): words_of(each) for each in found}
        if "start" in ends:
            printed = "/".join(end for end in (ends["start"], ends.get("end")) if end)
            date = make_date(printed, ends["start"], ends.get("end"))
            found = []
            if date:
                yield date
        for each in found:
            date = make_date(words_of(each), words_of(each))
            if date:
                yield date


def _place(record: Element) -> str:
    for term in record.iterfind("{*}originInfo/{*}place/{*}placeTerm"):
        if term.get("type") != "code" and words_of(term):
            return words_of(term)
    return ""


def _words_said(element: Element) -> str:
    """What an element says; its parts, where it has several, set apart."""
    parts = [words for each in element if (words := words_of(each))]
    return " — ".join(parts) if len(parts) > 1 else words_of(element)
