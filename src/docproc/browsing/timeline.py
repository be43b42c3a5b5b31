"""The timeline: how many documents each period has."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from docproc.browsing.listing import known_bounds
from docproc.citing.wording import MONTHS
from docproc.dataclass_on_use import dataclass
from docproc.errors import UsageError, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from docproc.records import DocumentRow

PERIODS = ("day", "month", "year", "decade")
MOST = 40
"""How many periods that are not empty a timeline has at most, where it picks their length."""
_TOO_MANY = 100_000


@dataclass(frozen=True, slots=True)
class Period:
    """A day, month, year or decade, as EDTF, and how many documents are dated within it."""

    edtf: str
    label: str
    documents: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """The periods from the first to the last dated document, empty ones among them.

    ``vague`` documents are dated less exactly than ``period``; ``undated`` ones not at all.
    Neither is counted in a period: none is guessed.
    """

    period: str
    periods: tuple[Period, ...]
    vague: int
    undated: int

    @property
    def dated(self) -> int:
        return sum(period.documents for period in self.periods)


def timeline(rows: Iterable[DocumentRow], period: str | None = None) -> Timeline:
    """By *period*, or the shortest that gives at most ``MOST``.  Raises ``UsageError``."""
    if period is not None and period not in PERIODS:
        raise UsageError(
            f"no period is called {period!r}{nearest(period, PERIODS)}; there are: "
            f"{', '.join(PERIODS)}"
        )
    dates = [known_bounds(row.date) for row in rows]
    known = [found for found in dates if found is not None]
    if period is None:
        period = next((each for each in PERIODS if _fits(known, each)), PERIODS[-1])
    within = [(_start(low, period), _start(high, period)) for low, high in known]
    counts = Counter(low for low, high in within if low == high)
    made: list[Period] = []
    if counts:
        if _steps(min(counts), max(counts), period) > _TOO_MANY:
            raise UsageError(f"too many periods to draw by {period}: take a longer one")
        at, last = min(counts), max(counts)
        while at <= last:
            made.append(Period(*_names(at, period), counts[at]))
            if at == last:
                break
            at = _next(at, period)
    vague = sum(low != high for low, high in within)
    return Timeline(period, tuple(made), vague, len(dates) - len(known))


def _fits(known: Sequence[tuple[date, date]], period: str) -> bool:
    """Whether most dates are so exact, in ``MOST`` periods at most, with few empty ones between."""
    starts = [(_start(low, period), _start(high, period)) for low, high in known]
    within = [low for low, high in starts if low == high]
    if not 2 * len(within) >= len(known) > 0 or len(set(within)) > MOST:
        return False
    return _steps(min(within), max(within), period) <= _TOO_MANY


def _start(day: date, period: str) -> date:
    match period:
        case "day":
            return day
        case "month":
            return day.replace(day=1)
        case "year":
            return day.replace(month=1, day=1)
    return date(max(1, day.year - day.year % 10), 1, 1)


def _next(day: date, period: str) -> date:
    if period == "day":
        return date.fromordinal(day.toordinal() + 1)
    if period == "month":
        return date(day.year + day.month // 12, day.month % 12 + 1, 1)
    years = 1 if period == "year" else 10
    return date(day.year - (day.year % 10 if years == 10 else 0) + years, 1, 1)


def _steps(first: date, last: date, period: str) -> int:
    """How many periods there are from *first* to *last*, both included."""
    if period == "day":
        return last.toordinal() - first.toordinal() + 1
    if period == "month":
        return (last.year - first.year) * 12 + last.month - first.month + 1
    return (last.year - first.year) // (1 if period == "year" else 10) + 1


def _names(day: date, period: str) -> tuple[str, str]:
    """The EDTF of the period that begins with *day*, and what it is called."""
    month = MONTHS[day.month - 1][:3]
    match period:
        case "day":
            return day.isoformat(), f"{day.day} {month} {day.year:04d}"
        case "month":
            return f"{day:%Y-%m}", f"{month} {day.year:04d}"
        case "year":
            return f"{day.year:04d}", f"{day.year:04d}"
    return f"{day.year:04d}"[:3] + "X", f"{day.year - day.year % 10:04d}s"


def collapse_gaps(periods: Sequence[Period], least: int = 4) -> list[Period | int]:
    """*periods* with each run of at least so many empty ones as their number, to be told."""
    shown: list[Period | int] = []
    empty: list[Period] = []
    for period in periods:
        if not period.documents:
            empty.append(period)
            continue
        shown += [len(empty)] if len(empty) >= least else empty
        empty = []
        shown.append(period)
    return [*shown, *empty]


_EIGHTHS = " ▏▎▍▌▋▊▉"


def bar_lines(
    rows: Sequence[tuple[str, int] | str], width: int, *, blocks: bool = True
) -> list[str]:
    """Lines of a label, a bar, its number; a text stands for itself, the longest bar fills one."""
    counted = [row for row in rows if not isinstance(row, str)]
    if not counted:
        return [row for row in rows if isinstance(row, str)]
    most = max(number for _, number in counted)
    labels = max(len(label) for label, _ in counted)
    room = max(8, width - labels - len(f"{most:,}") - 3)
    lines = []
    for row in rows:
        if isinstance(row, str):
            lines.append(f"{'':<{labels}} {row}".rstrip())
            continue
        label, number = row
        bar = _bar(number / most * room if most else 0.0, blocks=blocks) if number else ""
        lines.append(
            f"{label:>{labels}} {bar} {number:,}" if bar else f"{label:>{labels}} {number:,}"
        )
    return lines


def _bar(cells: float, *, blocks: bool) -> str:
    if not blocks:
        return "#" * max(1, round(cells))
    eighths = max(1, round(cells * 8))
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()
