"""A written answer: what a model says of an answer, with the quotations that docproc put in."""

from __future__ import annotations

from docproc.dataclass_on_use import dataclass
from docproc.records.span import Span


@dataclass(frozen=True, slots=True)
class PlacedQuotation:
    """A sentence of a citation: ``quote`` is the source's letters, at ``span`` of its document.

    ``rank`` is that of the citation, which was verified.
    """

    quote: str
    span: Span
    rank: int


@dataclass(frozen=True, slots=True)
class WrittenSentence:
    """One sentence: the model's own ``words``, and the ``quotations`` that it rests on.

    ``lacking`` are the numbers, dates and names of the words that none of the quotations has.
    """

    words: str
    quotations: tuple[PlacedQuotation, ...]
    lacking: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SetApart:
    """What a model wrote and the answer does not hold, and why not."""

    words: str
    why: str


@dataclass(frozen=True, slots=True)
class WrittenAnswer:
    """What the plugin called ``writer`` made of an answer; each sentence has a quotation."""

    writer: str
    sentences: tuple[WrittenSentence, ...]
    apart: tuple[SetApart, ...] = ()
