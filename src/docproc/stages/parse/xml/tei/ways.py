"""The ways in which the elements of TEI are written, by their names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from docproc.formats.xml import Element, local_name
from docproc.stages.parse.xml.tei import noting, readings, structure
from docproc.stages.parse.xml.tei.body import TeiBody, Way
from docproc.stages.parse.xml.tei.marks import NoteMarks

_SKIPPED = (
    *("teiHeader", "rdg", "rdgGrp", "metamark", "index", "facsimile", "standOff", "milestone"),
    *(
        "interp",
        "interpGrp",
        "certainty",
        "precision",
        "respons",
        "spanGrp",
        "linkGrp",
        "fs",
        "fLib",
    ),
)

_MOST_TAGS = 512


def body_of(
    marks: NoteMarks,
    without: frozenset[Element] = frozenset(),
    pages: Mapping[Element, tuple[Element, int]] | None = None,
    begin_on: Element | None = None,
) -> TeiBody:
    """A body to write a document into, whose notes *marks* tie.

    *without* are elements that are documents of their own; *pages* the pages that are in force
    where divisions begin, of which that of *begin_on* begins at once.
    """
    body = TeiBody(_ways, marks, without, pages or {})
    if begin_on is not None and begin_on in body.pages:
        page, body.page = body.pages[begin_on]
        structure.begin_page(body, page)
    return body


def _skip(_: TeiBody, __: Element) -> None:
    """What is skipped is not written."""


_WAYS: dict[str, Way] = {
    **dict.fromkeys(("", *_SKIPPED), _skip),
    **structure.WAYS,
    **readings.WAYS,
    **noting.WAYS,
}
"""How an element is written by its name; all others stand in a line."""


class _Ways(dict[Any, Way]):
    """The same by tags, with their namespaces, as far as they were asked for."""

    def __missing__(self, tag: Any) -> Way:
        if len(self) > _MOST_TAGS:
            self.clear()
        way = self[tag] = _WAYS.get(local_name(tag), TeiBody.content)
        return way


_ways = _Ways()
