"""Documents that an edition prints, as programs of citation know them: chapters of a book."""

from __future__ import annotations

import re

from docproc.citing.days import american
from docproc.citing.entries import Entry
from docproc.citing.written import one_line


def chapter_title(entry: Entry) -> str:
    """The title with the place and the day, for which a chapter has no fields of its own."""
    place = one_line(entry.metadata.place.text).rstrip(" ,.;") if entry.metadata.place else ""
    said = [entry.title]
    if place and not re.search(rf"[,(.] ?{re.escape(place)}\b", entry.title):
        said.append(place)
    if entry.date and entry.date.printed not in entry.title:
        said.append(american(entry.date))
    return ", ".join(said)
