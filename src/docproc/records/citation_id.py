"""Stable names of quotations: what stands where, whatever index holds it.

A name says nothing of passages, models or generations, so it outlives them: it holds the
place of the document (its source's path and member), its text, the span, and the words.
"""

from __future__ import annotations

import re

from docproc.dataclass_on_use import dataclass
from docproc.records.document import Document
from docproc.records.identity import identity
from docproc.records.span import Span

SCHEME = "docproc:"
_FORM = re.compile(
    r"docproc:(?P<place>[0-9a-f]{8})\.(?P<text>[0-9a-f]{12})"
    r"\.(?P<start>\d{1,12})-(?P<end>\d{1,12})-(?P<length>\d{1,12})\.(?P<quote>[0-9a-f]{12})"
)


@dataclass(frozen=True, slots=True)
class CitationId:
    """``docproc:PLACE.TEXT.START-END-LENGTH.QUOTE``, as ``str`` writes it.

    ``place``, ``text`` and ``quote`` are the first digits of SHA-256 over the source's path
    and the member, over the reading text, and over the quotation; ``span`` is of the reading
    text, which has ``length`` characters.
    """

    place: str
    text: str
    span: Span
    length: int
    quote: str

    def __str__(self) -> str:
        start, end = self.span.start, self.span.end
        return f"{SCHEME}{self.place}.{self.text}.{start}-{end}-{self.length}.{self.quote}"

    @classmethod
    def of(cls, document: Document, span: Span) -> CitationId:
        """The name of what stands at *span* of *document*."""
        text = document.text
        return cls(
            place_of(document.source.path, document.member),
            text_of(text),
            span,
            len(text),
            quote_of(span.of(text)),
        )

    @classmethod
    def parse(cls, written: str) -> CitationId | None:
        """The name that *written* is; ``None`` if it is not one."""
        match = _FORM.fullmatch(written.strip())
        if match is None or int(match["start"]) >= int(match["end"]):
            return None
        span = Span(int(match["start"]), int(match["end"]))
        return cls(match["place"], match["text"], span, int(match["length"]), match["quote"])


def place_of(path: str, member: str) -> str:
    """The digits that stand for a document's place, whatever its text."""
    return identity("place", path, member)[:8]


def text_of(text: str) -> str:
    """The digits that stand for a reading text, wherever it is kept."""
    return identity("text", text)[:12]


def quote_of(quote: str) -> str:
    """The digits that stand for the words of a quotation."""
    return identity("quote", quote)[:12]
