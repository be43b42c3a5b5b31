"""An embargo: documents closed for some years after their date, by reference, or by names.

```toml
[access]
rules = ["embargo"]

[plugins.embargo]
years = 30                            # closed for so long after the document's date
undated = "closed"                    # or "open": those whose date is not known
references = ["F. 17. Op. 3"]         # closed with all below them, until further notice
names = ["Orlova"]                    # closed where she wrote or was written to
```

Of a date that is not exact the last day counts that it can mean: a letter of 1921 is closed for
30 years after the end of 1921.  What is closed is in no answer, list, count, page or export, and
how many documents are withheld until when is said where something is shown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from docproc.errors import ConfigError
from docproc.hooks import Closure, Registration, Setting, hookimpl
from docproc.records import DocumentRow
from docproc.references import date_bounds

DOCPROC_API_VERSION = 1

NAME: Final = "embargo"
_UNDATED: Final = ("closed", "open")


@dataclass(frozen=True)
class Embargo:
    """Closes documents; see the head of this file for what the fields mean."""

    years: int = 0
    undated: str = "closed"
    references: Sequence[str] = ()
    names: Sequence[str] = ()

    def __post_init__(self) -> None:
        if self.years < 0:
            raise ConfigError(f"plugins.{NAME}.years: {self.years} is no number of years")
        if self.undated not in _UNDATED:
            raise ConfigError(f"plugins.{NAME}.undated: it is 'closed' or 'open'")
        if not all(map(_plain, (*self.references, *self.names))):
            raise ConfigError(f"plugins.{NAME}: an empty reference or name would close nothing")

    def closed(self, document: DocumentRow, today: date, /) -> Closure | None:
        """Why *document* is closed on *today*; ``None`` where it is open."""
        if document.reference and any(
            _begins(document.reference, each) for each in self.references
        ):
            return Closure(why="embargo of its reference")
        parties = (document.sender, document.recipient)
        if any(_named(party, name) for party in parties if party for name in self.names):
            return Closure(why="embargo of a name")
        if not self.years:
            return None
        last = _last_day(document.date)
        if last is None:
            closes = self.undated == "closed"
            return Closure(why="embargo of what has no date") if closes else None
        until = _later(last, self.years)
        if until is None:
            return Closure(why="embargo")
        return Closure(why="embargo", until=until) if today < until else None


def _last_day(edtf: str | None) -> date | None:
    """The last day that the date can mean; ``None`` where it has no end."""
    if not edtf:
        return None
    try:
        last = date_bounds(edtf)[1]
    except ValueError:
        return None
    return None if last == date.max else last


def _later(day: date, years: int) -> date | None:
    """So many years after *day*; ``None`` past the last year of the calendar."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        if day.year + years > date.max.year:
            return None
        return day.replace(year=day.year + years, day=28) + timedelta(days=1)  # 29 February


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _begins(reference: str, prefix: str) -> bool:
    """Whether *reference* is *prefix* or stands below it: ``F. 17`` holds no ``F. 170``."""
    return f" {_plain(prefix)} " in f" {_plain(reference)} "


def _named(party: str, name: str) -> bool:
    return set(_plain(name).split()) <= set(_plain(party).split())


def make(settings: Mapping[str, Any]) -> Embargo:
    """The factory; the settings are those of the registration."""
    return Embargo(
        settings["years"],
        settings["undated"],
        tuple(settings["references"]),
        tuple(settings["names"]),
    )


def examples() -> tuple[DocumentRow, date]:
    """What the kit tries it with: a document, and a day on which it is closed."""
    row = DocumentRow(
        id="0" * 64, source="seeds/a.txt", member="", title=None, sender=None, recipient=None,
        place=None, date="2001-05-03", date_printed="3 May 2001", kind=None, language=None,
        reference=None, characters=900, first_row=0, passages=4,
    )  # fmt: skip
    return row, date(2001, 5, 4)


@hookimpl
def docproc_access() -> list[Registration]:
    """Register the rule."""
    return [
        Registration(
            NAME,
            make,
            examples=examples,
            summary="Closes documents for some years after their date, by reference, by names.",
            settings=(
                Setting(
                    "years", 30, "How many years after its date a document is closed; 0: none."
                ),
                Setting("undated", "closed", "What becomes of those without a date: closed, open."),
                Setting("references", [], "References that are closed, with all below them."),
                Setting("names", [], "Who wrote or was written to in what is closed."),
            ),
        )
    ]
