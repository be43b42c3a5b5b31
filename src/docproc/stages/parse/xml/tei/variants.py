"""Variants: words that stand in the source beside the editor's, so that either finds them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from docproc.records import Alignment, Document, Edit, Span
from docproc.text.patterns import compile_on_use

_SPACE = compile_on_use(r"\s")
_LONGEST_WORD = 200
"""Characters on either side of a variant that may belong to its word."""


def with_variants(document: Document, variants: Sequence[tuple[Span, str]]) -> Document:
    """*document*, its search text holding after each word of the source the editor's too.

    Each of *variants* is a span of the reading text, in order, and what the editor has in its
    place; a word in which several letters vary is added once, with all of them changed.
    """
    if not variants:
        return document
    kept = list(document.search.edits)
    added: list[Edit] = []
    within_text = [each for each in variants if each[0].start < len(document.text)]
    for word, inside in _words(document.text, within_text):
        if any(e.span.overlaps(word) and not word.contains(e.span) for e in kept):
            continue
        within = [e for e in kept if word.contains(e.span)]
        apart = [e for e in within if not any(e.span.overlaps(span) for span, _ in inside)]
        shown = Alignment(tuple(within)).apply(document.text, word)
        changed = sorted([*apart, *(Edit(span, other) for span, other in inside)])
        other = Alignment(tuple(changed)).apply(document.text, word)
        if other != shown and any(map(str.isalnum, other)):
            kept = [e for e in kept if e not in within]
            added.append(Edit(word, f"{shown} {other}"))
    return replace(document, search=Alignment(tuple(sorted([*kept, *added]))))


def _words(
    text: str, variants: Sequence[tuple[Span, str]]
) -> list[tuple[Span, list[tuple[Span, str]]]]:
    """The words that *variants* stand in, each with those in it."""
    found: list[tuple[Span, list[tuple[Span, str]]]] = []
    for span, other in variants:
        start, end = span.start, span.end
        while (
            start > 0 and span.start - start < _LONGEST_WORD and not _SPACE.match(text[start - 1])
        ):
            start -= 1
        while end < len(text) and end - span.end < _LONGEST_WORD and not _SPACE.match(text[end]):
            end += 1
        if found and start < found[-1][0].end:
            last, inside = found[-1]
            if inside[-1][0].end <= span.start:
                found[-1] = (Span(last.start, max(last.end, end)), [*inside, (span, other)])
        else:
            found.append((Span(start, end), [(span, other)]))
    return found
