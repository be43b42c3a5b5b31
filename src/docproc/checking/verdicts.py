"""The verdict on one quotation: exact, differs, stitched, misattributed, not found."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from docproc.checking.alignment import Source, nearest, pieces, without_remarks
from docproc.checking.claims import agree, doubts, is_translation, reference_of
from docproc.checking.findings import Finding, Held, Part
from docproc.checking.quotations import Quotation
from docproc.checking.words import Words, cased, punctuation, typography, words_of
from docproc.records import ArchivalReference, Span

SHORTEST = 3
"""Words below which nothing can be said of a quotation."""
LIKE = 0.62
"""The least likeness (twice the same words over all words) of what is still the same passage:
below it half of the words are others.  Chosen on the altered quotations of
``benchmarks/drafts.py`` with an even seed; its figures are of those with an odd one."""
NEAR = 10
"""Words that an unmarked omission may leave out and still be a difference, not a stitching."""
SEVERAL = "its parts stand in several documents"
ORDER = "its parts stand in another order"
APART = "its parts stand apart, and no omission is marked"
_LIMITING = re.compile(
    r"[\s,;:—–-]*(?:and\s+)?(but|unless|except|however|only if|provided|although|though"
    r"|однако|кроме|если не|но|за исключением|хотя"
    r"|mais|sauf|à moins|cependant|toutefois"
    r"|aber|außer|ausgenommen|es sei denn|jedoch)\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?…]['\"”’»)\]]*\s*$")


def judge(
    quotation: Quotation,
    candidates: Sequence[str],
    open_source: Callable[[str], Source],
    given: tuple[ArchivalReference, ...],
    said: str,
) -> Finding:
    """Hold *quotation* against the *candidates* among the archive's documents, by id.

    *given* are the references that the draft gives for it, *said* the words in which.
    """
    words = without_remarks(quotation.document.text, quotation.span)
    open_ = () if quotation.closed else ("its quotation mark does not close",)
    if len(words.words) < SHORTEST:
        return Finding(quotation, Held.TOO_SHORT, cautions=open_)
    sources = [open_source(each) for each in candidates]  # each is split into words when asked
    ranges = pieces(words, quotation.span)
    whole: list[Finding] = []
    for source in sources:
        found = _in_one(quotation, words, ranges, source)
        if found is not None:
            whole.append(_attributed(found, given, said))
            if whole[-1].held is Held.EXACT:
                break
    if whole:
        whole.sort(key=lambda each: (each.held is not Held.EXACT, each.held is Held.ELSEWHERE))
        return replace(whole[0], cautions=(*open_, *whole[0].cautions))
    found = _stitched(quotation, words, ranges, sources) or _near(quotation, words, sources)
    if found is None or found.held is Held.NOT_FOUND:
        around = quotation.document.text[quotation.span.end : quotation.span.end + 200]
        if is_translation(said) or is_translation(around):
            return Finding(quotation, Held.TRANSLATED, cautions=open_)
    first = given[0] if given else None
    if found is None:
        return Finding(quotation, Held.NOT_FOUND, cautions=open_, given=first)
    return replace(found, given=first, cautions=(*open_, *found.cautions))


def _in_one(
    quotation: Quotation, words: Words, ranges: list[tuple[int, int]], source: Source
) -> Finding | None:
    """The finding where every piece stands in *source* word for word, in order."""
    parts, low = [], 0
    for first, end in ranges:
        at = source.find(words.words[first:end], low)
        if at is None:
            return None
        last = at + end - first - 1
        parts.append(Part(words.span(first, end - 1), source.document, source.words.span(at, last)))
        low = last + 1
    tolerated, wrong = _letters(words.text, parts, len(ranges) > 1)
    held = Held.DIFFERS if wrong else Held.EXACT
    return Finding(
        quotation,
        held,
        tuple(parts),
        tolerated=tolerated,
        cautions=_cut_short(parts[-1]),
        why=f"other {' and '.join(wrong)}" if wrong else "",
        likeness=1.0,
    )


def _letters(text: str, parts: Sequence[Part], omitting: bool) -> tuple[tuple[str, ...], list[str]]:
    """What editors may change and did, and what they may not and did."""
    tolerated: list[str] = ["a marked omission"] if omitting else []
    wrong: list[str] = []
    for part in parts:
        mine, theirs = part.quoted.of(text), part.span.of(part.document.text)
        tolerated += typography(mine, theirs)
        if punctuation(mine, theirs):
            wrong.append("stops")
        bare = mine.replace("[", "").replace("]", "")
        if cased(words_of(bare), words_of(theirs)):
            wrong.append("capitals")
    return tuple(dict.fromkeys(tolerated)), list(dict.fromkeys(wrong))


def _stitched(
    quotation: Quotation, words: Words, ranges: list[tuple[int, int]], sources: Sequence[Source]
) -> Finding | None:
    """The finding where its parts stand in the archive, though not in this order and place."""
    if len(ranges) > 1:
        parts = [_anywhere(words, each, sources) for each in ranges]
        if all(parts):
            kept = tuple(part for part in parts if part)
            apart = len({part.document.id for part in kept}) > 1
            why = (
                "its parts stand in several documents"
                if apart
                else "its parts stand in another order"
            )
            return Finding(quotation, Held.STITCHED, kept, why=why, likeness=1.0)
        return None
    first, end = ranges[0]
    for source in sources:
        for cut in range(end - SHORTEST, first + SHORTEST - 1, -1):
            at = source.find(words.words[first:cut])
            if at is None:
                continue
            rest = _anywhere(words, (cut, end), sources)
            if rest is None:
                break
            head = Part(
                words.span(first, cut - 1),
                source.document,
                source.words.span(at, at + cut - first - 1),
            )
            gap = _gap(head, rest, source)
            if gap is not None and 0 <= gap <= NEAR:
                return None  # an omission of a few words: a difference, which shows them
            why = SEVERAL if gap is None else APART if gap > 0 else ORDER
            return Finding(quotation, Held.STITCHED, (head, rest), why=why, likeness=1.0)
    return None


def _gap(head: Part, rest: Part, source: Source) -> int | None:
    """Words between two parts of one document, negative in another order; ``None`` for two."""
    if head.document.id != rest.document.id:
        return None
    if rest.span.start < head.span.end:
        return -1
    return len(words_of(source.document.text, Span(head.span.end, rest.span.start)).words)


def _anywhere(words: Words, bounds: tuple[int, int], sources: Sequence[Source]) -> Part | None:
    first, end = bounds
    for source in sources:
        at = source.find(words.words[first:end])
        if at is not None:
            span = source.words.span(at, at + end - first - 1)
            return Part(words.span(first, end - 1), source.document, span)
    return None


def _near(quotation: Quotation, words: Words, sources: Sequence[Source]) -> Finding | None:
    """The finding with what differs from the nearest stretch."""
    best: Finding | None = None
    for source in sources:
        found = nearest(words, source)
        if found is None or found.likeness < LIKE or (best and found.likeness <= best.likeness):
            continue
        part = Part(quotation.span, source.document, source.words.span(found.first, found.last))
        best = Finding(
            quotation, Held.DIFFERS, (part,), changes=found.changes,
            own=reference_of(source.document), likeness=found.likeness,
        )  # fmt: skip
    return best


def _attributed(found: Finding, given: tuple[ArchivalReference, ...], said: str) -> Finding:
    """*found* held against what the draft says of its place."""
    document, span = found.parts[0].document, found.parts[0].span
    own = reference_of(document)
    found = replace(found, given=given[0] if given else None, own=own)
    if given and own and not any(agree(each, own) for each in given):
        wrong = [f"the draft gives {given[0].printed}, the source {own.printed}"]
    else:
        wrong = doubts(said, document, span)
    if not wrong:
        return found
    if found.held is Held.EXACT:
        return replace(found, held=Held.ELSEWHERE, why="; ".join(wrong))
    return replace(found, cautions=(*found.cautions, *wrong))


def _cut_short(part: Part) -> tuple[str, ...]:
    """A caution where the source goes on in the same sentence with a limiting clause."""
    text = part.document.text
    after = text[part.span.end : part.span.end + 60]
    if _SENTENCE_END.search(text[part.span.start : part.span.end]) or after.lstrip()[:1] in ".!?":
        return ()
    match = _LIMITING.match(after)
    if match is None:
        return ()
    going = " ".join(after.split())
    return (f"the source goes on: “{going.lstrip(',;: ')[:50]}…”",)
