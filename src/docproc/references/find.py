"""Finding archival references in running text, and reading a string that is one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from docproc.records import ArchivalReference, Span, strip_span
from docproc.references.grammars import (
    america,
    australia,
    boxes,
    britain,
    fond,
    france,
    germany,
    italy,
    shelfmarks,
)
from docproc.references.grammars.grammar import FindsReferences, Grammar
from docproc.text.patterns import compile_on_use

GRAMMARS: Mapping[str, Grammar] = MappingProxyType(
    {
        "fond": fond.GRAMMAR,
        "australia": australia.GRAMMAR,
        "britain": britain.GRAMMAR,
        "america": america.GRAMMAR,
        "germany": germany.GRAMMAR,
        "france": france.GRAMMAR,
        "italy": italy.GRAMMAR,
        "boxes": boxes.GRAMMAR,
        "shelf-marks": shelfmarks.GRAMMAR,
    }
)
"""The grammars that come with docproc, by the names of their plugins; all are always read.

Where two claim one stretch, the longer claim stands.
"""

# What every built-in form holds: a figure, a manuscript, or a colon after a name.
# It begins with a set of characters, for so it is searched for fast.
_POSSIBLE = compile_on_use(r"[\dA-Z](?:(?<=\d)|(?<=M)S|(?<!\d)\s?:)")


def find_references(
    text: str, start: int = 0, end: int | None = None, grammars: Sequence[FindsReferences] = ()
) -> tuple[ArchivalReference, ...]:
    """Every archival reference of ``text[start:end]``, in order, none overlapping another.

    Each has ``printed == text[span]``.  *grammars* are read beside the built-in ones, and
    before them where two claim the same stretch.
    """
    end = len(text) if end is None else end
    if not grammars and not _POSSIBLE.search(text, start, end):
        return ()
    return _apart(_find_all(text, start, end, False, grammars))


def parse_reference(
    text: str, grammars: Sequence[FindsReferences] = ()
) -> ArchivalReference | None:
    """Read *text* as one archival reference, without a span; ``None`` if it is not one."""
    span = strip_span(text, 0, len(text))
    if not grammars and not _POSSIBLE.search(text):
        return None
    for found in _apart(_find_all(text, span.start, span.end, True, grammars)):
        at = _span(found)
        rest = text[span.start : at.start] + text[at.end : span.end]
        if not any(character.isalnum() for character in rest):
            return replace(found, span=None)
    return None


def _find_all(
    text: str, start: int, end: int, whole: bool, extra: Sequence[FindsReferences]
) -> list[ArchivalReference]:
    grammars = (*extra, *GRAMMARS.values())
    return [found for grammar in grammars for found in grammar.find(text, start, end, whole)]


def _apart(found: Iterable[ArchivalReference]) -> tuple[ArchivalReference, ...]:
    """Without overlaps: of two that overlap, the longer stays, the earlier where equal."""
    kept: list[ArchivalReference] = []
    for one in sorted(found, key=lambda r: (_span(r).start, -len(_span(r)))):
        if not kept or not _span(kept[-1]).overlaps(_span(one)):
            kept.append(one)
        elif len(_span(one)) > len(_span(kept[-1])):
            kept[-1] = one
    return tuple(kept)


def _span(found: ArchivalReference) -> Span:
    assert found.span is not None, f"a grammar gave a reference without its span: {found}"
    return found.span
