"""A span: where a piece of a text stands, as half-open character offsets."""

from __future__ import annotations

from typing import Any

from docproc.dataclass_on_use import dataclass


@dataclass(frozen=True, slots=True, order=True, init=False)
class Span:
    """The characters ``start <= i < end`` of a text, in Unicode code points."""

    start: int
    end: int

    def __init__(self, start: int, end: int) -> None:
        # there are more spans than anything else: this takes half of the time of a made __init__
        if not 0 <= start <= end:
            raise ValueError(f"not a span: {start}..{end}")
        _set_start(self, start)
        _set_end(self, end)

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The characters of *text* that this span covers."""
        return text[self.start : self.end]

    def contains(self, other: Span) -> bool:
        """Whether *other* lies wholly within this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end

    def shift(self, by: int) -> Span:
        """The same length, *by* characters further on."""
        return Span(self.start + by, self.end + by)


_slots: Any = vars(Span)
_set_start, _set_end = _slots["start"].__set__, _slots["end"].__set__


def strip_span(text: str, start: int, end: int) -> Span:
    """The span ``start..end`` of *text* without the white space at its two ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
