"""Which part of a quotation is shown, and which words of it stand out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from docproc.records import Span, strip_span
from docproc.rendering.lines import Piece
from docproc.text.patterns import compile_on_use

ELISION = "[…]"
"""What is left out: the brackets tell it from an ellipsis that the source itself prints."""

LIMIT = 520
"""A quotation of at most so many characters is shown whole: about seven lines of 80."""

_WORTH_LEAVING_OUT = 60
"""A shorter stretch is not left out: the mark would cost the reader more than the words."""

_SENTENCE_END = compile_on_use(r"[.!?…]+[\"'”»’)\]]*(?=\s)")


def quotation(quote: str, highlights: Sequence[Span], *, full: bool = False) -> list[Piece]:
    """The pieces of *quote* to show, between quotation marks.

    Each piece is verbatim and they keep their order; what is left out is marked by
    ``ELISION``.  ``highlights`` are spans of *quote*, best first; the best one is always
    shown whole, and with *full* everything is.
    """
    whole = strip_span(quote, 0, len(quote))
    kept = [whole] if full else choose_shown(quote, highlights)
    pieces = [Piece("“", "mark")]
    if kept[0].start > whole.start:
        pieces.append(Piece(ELISION + " ", "elision"))
    for number, span in enumerate(kept):
        if number:
            pieces.append(Piece(f" {ELISION} ", "elision"))
        pieces += cut_styles(quote, span, [(highlight, "highlight") for highlight in highlights])
    if kept[-1].end < whole.end:
        pieces.append(Piece(" " + ELISION, "elision"))
    return [*pieces, Piece("”", "mark")]


def choose_shown(quote: str, highlights: Sequence[Span], limit: int = LIMIT) -> list[Span]:
    """The spans of *quote* to show: in order, apart, and about *limit* characters in all.

    They hold the best highlight, the others as far as they fit, and whole sentences around
    them with what is left; the beginning of the quotation where nothing is highlighted.
    """
    whole = strip_span(quote, 0, len(quote))
    if len(whole) <= limit:
        return [whole]
    wanted: list[Span] = []
    for span in highlights:
        span = strip_span(quote, span.start, span.end)
        if span and (not wanted or sum(map(len, wanted)) + len(span) <= limit):
            wanted.append(span)
    if not wanted:
        return list(_merge([Span(whole.start, _last_end(quote, whole.start, limit))], whole))
    share = max(0, limit - sum(map(len, wanted))) // (2 * len(wanted))
    return list(_merge([_widen(quote, span, share) for span in sorted(wanted)], whole))


def cut_styles(text: str, within: Span, styles: Sequence[tuple[Span, str]]) -> list[Piece]:
    """The characters of *text* *within* a span, cut where styles change; the later style wins."""
    cuts = {within.start, within.end}
    for span, _ in styles:
        cuts |= {at for at in (span.start, span.end) if within.start < at < within.end}
    borders = sorted(cuts)
    pieces = []
    for start, end in pairwise(borders):
        here = [style for span, style in styles if span.start <= start and end <= span.end]
        pieces.append(Piece(text[start:end], here[-1] if here else ""))
    return pieces


def _merge(spans: Sequence[Span], whole: Span) -> Iterator[Span]:
    """*spans* with gaps too small to leave out closed, at the ends of *whole* as well."""
    start, end = spans[0].start, spans[0].end
    if start - whole.start < _WORTH_LEAVING_OUT:
        start = whole.start
    for span in spans[1:]:
        if span.start - end < _WORTH_LEAVING_OUT:
            end = max(end, span.end)
        else:
            yield Span(start, end)
            start, end = span.start, span.end
    yield Span(start, whole.end if whole.end - end < _WORTH_LEAVING_OUT else end)


def _widen(quote: str, span: Span, share: int) -> Span:
    """*span* with whole sentences of at most *share* characters on either side."""
    start = span.start
    for match in _SENTENCE_END.finditer(quote, max(0, start - share), start):
        start = strip_span(quote, match.end(), span.start).start
        break
    end = span.end
    for match in _SENTENCE_END.finditer(quote, end, min(len(quote), end + share)):
        end = match.end()
    return Span(min(start, span.start), end)


def _last_end(quote: str, start: int, limit: int) -> int:
    """Where the last sentence, or else the last word, ends within *limit* characters."""
    ends = [match.end() for match in _SENTENCE_END.finditer(quote, start, start + limit)]
    if ends and ends[-1] - start > limit // 2:
        return ends[-1]
    space = max((m.start() for m in re.finditer(r"\s", quote[start : start + limit])), default=0)
    return start + (space or limit)
