"""The short phrases of a citation: who to whom, when, where it is kept, what is kept there."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from docproc.citing.names import join_names, read_names
from docproc.persons import folded_words
from docproc.records import ArchivalReference, Mention, Metadata, SourceFile, StatedDate, Witness
from docproc.text.patterns import compile_on_use

if TYPE_CHECKING:
    from docproc.references import FoundDate

_WHOLE_DAY = len("1871-05-02")
_CALENDARS = range(9, 14)
"""How many days may lie between the calendars."""

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_DAY = compile_on_use(r"(-?\d{4})(?:-(\d\d))?(?:-(\d\d))?([?~%]?)")
_QUALIFIERS = {"": "", "?": "perhaps ", "~": "about ", "%": "perhaps about "}


def headline(metadata: Metadata, source: SourceFile) -> str:
    """What a document is called: its title, its correspondents, its date.

    Correspondents and date are left out where the title already says them.
    """
    said = metadata.title.text if metadata.title else ""
    name = undated_headline(metadata, source)
    date = metadata.date
    if date and date.printed not in said and date_phrase(date) not in said:
        titled = _titled_day(said)
        if titled is not None and not _differ(titled, date):
            return name
        if titled is not None and date.place == "metadata":
            return f"{name} [{date_phrase(date)}]"
        return f"{name}, {date_phrase(date)}"
    return name


def differing_dates(metadata: Metadata) -> str:
    """How the day that the title ends with differs from the markup's; ``""`` if it does not.

    Nine to thirteen days between the two are those between the calendars.
    """
    date = metadata.date
    titled = _titled_day(metadata.title.text) if date and metadata.title else None
    if not (titled and date and date.place == "metadata" and _differ(titled, date)):
        return ""
    return f"the title has “{titled.printed}”; the markup {date_phrase(date)}"


def _titled_day(title: str) -> FoundDate | None:
    """The day that *title* ends with."""
    if not any(map(str.isdigit, title)):
        return None
    from docproc.references import find_dates  # most titles need none of it

    found = find_dates(title)
    ends = found and not title[found[-1].span.end :].strip(" .)]")
    return found[-1] if ends and len(found[-1].edtf) == _WHOLE_DAY else None


def _differ(titled: FoundDate, date: StatedDate) -> bool:
    known = [day for day in (date.edtf.rstrip("?~%"), date.julian, date.if_old_style) if day]
    own = {titled.edtf, titled.julian}
    if len(known[0]) != _WHOLE_DAY or own.intersection(known):
        return False
    between = datetime.date.fromisoformat(known[0]) - datetime.date.fromisoformat(titled.edtf)
    return abs(between.days) not in _CALENDARS


def undated_headline(
    metadata: Metadata, source: SourceFile, join: Callable[[Iterable[str]], str] = join_names
) -> str:
    """``headline`` without the date; *join* writes several names in a row."""
    said = metadata.title.text if metadata.title else ""
    parts = [said] if said else []
    who = correspondents(metadata, join)
    named = [m for m in (metadata.sender, metadata.recipient) if m]
    if who and not all(_says(said, each) for each in named):
        if not said and len(named) == 1:  # "Letter from X"
            who = f"{metadata.kind or ''} {who}".strip()
            who = who[:1].upper() + who[1:]
        parts.append(who)
    return " · ".join(parts) or source.path.rsplit("/", 1)[-1]


def correspondents(metadata: Metadata, join: Callable[[Iterable[str]], str] = join_names) -> str:
    """``"X to Y"``, ``"from X"``, ``"to Y"``, or ``""``; each as one says it."""
    sender, recipient = (
        join([name.printed for name in read_names(mention)]) if mention else ""
        for mention in (metadata.sender, metadata.recipient)
    )
    if sender and recipient:
        return f"{sender} to {recipient}"
    return f"from {sender}" if sender else f"to {recipient}" if recipient else ""


def _says(title: str, mention: Mention) -> bool:
    """Whether *title* has the name, or the office, however either is set."""
    if mention.text.casefold() in title.casefold():
        return True
    if ";" in mention.text:
        return all(_says(title, Mention(each.strip())) for each in mention.text.split(";"))
    there, named = (
        folded_words(title),
        [word for word in folded_words(mention.text) if len(word) > 1],
    )
    said = sum(word in there for word in named)
    # a title leaves out "Freiherr", but of "Ida Nyberg" a bare "Nyberg" is not enough
    return (
        bool(named)
        and named[-1] in there
        and said >= min(2, len(named))
        and said * 5 >= len(named) * 3
    )


def date_phrase(date: StatedDate) -> str:
    """``"2 November 1921"``; as the source prints it where its EDTF is not a plain day,
    month, year, or an interval of such.  ``"1/14 February 1918"`` where the source gives the
    day in Old Style too.
    """
    start, slash, end = date.edtf.partition("/")
    joint = "to"
    if date.edtf.startswith("[") and ".." in date.edtf:
        start, slash, end = date.edtf.strip("[]").partition("..")
        joint = "and"
    if not slash:
        return _both_phrase(date) or _day_phrase(start) or date.printed
    if end in ("", ".."):
        return f"not before {_day_phrase(start)}" if _day_phrase(start) else date.printed
    if start in ("", ".."):
        return f"not after {_day_phrase(end)}" if _day_phrase(end) else date.printed
    if _day_phrase(start) and _day_phrase(end):
        return f"{'between ' * (joint == 'and')}{_day_phrase(start)} {joint} {_day_phrase(end)}"
    return date.printed


def _both_phrase(date: StatedDate) -> str:
    """The day in both calendars, Old Style first; ``""`` where the source has it in one."""
    old, new = _DAY.fullmatch(date.julian or ""), _DAY.fullmatch(date.edtf)
    if not (old and new and old[3] and new[3]):
        return ""
    printed = _day_phrase(date.edtf)
    if old[1] != new[1]:
        return f"{_day_phrase(date.julian or '')}/{printed}"
    month = f" {MONTHS[int(old[2]) - 1]}" if old[2] != new[2] else ""
    return f"{int(old[3])}{month}/{printed}"


def _day_phrase(edtf: str) -> str:
    match = _DAY.fullmatch(edtf)
    if not match or (match[2] and not 1 <= int(match[2]) <= 12):
        return ""
    month = MONTHS[int(match[2]) - 1] if match[2] else ""
    day = str(int(match[3])) if match[3] else ""
    return _QUALIFIERS[match[4]] + " ".join(part for part in (day, month, match[1]) if part)


def phrase_renamed(reference: ArchivalReference) -> str:
    """``"(now RGASPI)"`` where the archive has another name today, else ``""``."""
    now = reference.archive_now
    return f"(now {now})" if now and now != reference.archive else ""


def witness_phrase(witness: Witness) -> str:
    """``"typewritten, autograph signature"``; as printed where no value is known."""
    signature = f"{witness.signature} signature" if witness.signature else None
    known = [value for value in (witness.technique, witness.status, signature) if value]
    return ", ".join(known) or witness.printed
