"""A day of a question read in the Old Style: 2 May 1917 for a letter dated 2/15 May 1917."""

from __future__ import annotations

from dataclasses import replace

from docproc.questions.bounds import BOUNDS
from docproc.questions.parsed import ParsedQuestion, TimeCondition
from docproc.references.dates.found_date import gregorian_of


def in_old_style(parsed: ParsedQuestion) -> ParsedQuestion | None:
    """*parsed* with its days taken for those of the Julian calendar; ``None`` where it has none."""
    times = tuple(map(_move, parsed.times))
    return replace(parsed, times=times) if times != parsed.times else None


def _move(time: TimeCondition) -> TimeCondition:
    day = time.earliest
    if time.limit or day is None or day != time.latest or day.year > BOUNDS.both_styles:
        return time
    if time.printed.endswith(_SAID):
        return time
    try:
        moved = gregorian_of(day.year, day.month, day.day)
    except ValueError:
        return time
    return replace(time, earliest=moved, latest=moved, printed=f"{time.printed}{_SAID}")


_SAID = " (Old Style)"
