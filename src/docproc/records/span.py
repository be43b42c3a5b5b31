"""A span: where a piece of a text stands, as half-open character offsets."""

from __future__ import annotations

from docproc.dataclass_on_use import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The characters ``start <= i < end`` of a text, in Unicode code points."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

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


def strip_span(text: str, start: int, end: int) -> Span:
    """The span ``start..end`` of *text* without the white space at its two ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
