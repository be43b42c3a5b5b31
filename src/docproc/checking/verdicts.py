"""The verdict on one quotation: exact, differs, stitched, misattributed, not found."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from docproc.checking.alignment import (
    ComparedDocument,
    find_nearest,
    find_unquoted,
    split_at_omissions,
    words_quoted,
)
from docproc.checking.attributions import Attribution
from docproc.checking.claims import (
    find_contradictions,
    is_named,
    is_title,
    is_translation,
    reference_of,
    references_agree,
)
from docproc.checking.cuts import find_cut_short, find_lost_negation
from docproc.checking.findings import AlignedPart, Change, Finding, Matched
from docproc.checking.quotations import Quotation
from docproc.checking.stitching import LEAST, Stitching, find_stitching
from docproc.checking.tolerance import count_own_words, is_own, split_tolerated
from docproc.checking.words import (
    FoldedWords,
    describe_typography,
    differs_in_capitals,
    differs_in_punctuation,
    words_of,
)
from docproc.records import Span

SHORTEST = 3
"""Words below which nothing can be said of a quotation."""
LIKE = 0.62
"""The least likeness (twice the same words over all words) of what is still the same passage:
below it half of the words are others.  Chosen on the altered quotations of
``benchmarks/drafts.py`` with an even seed; its figures are of those with an odd one."""
VERY_LIKE = 0.86
"""The likeness from which a passage is the one that was meant, whatever stands elsewhere."""


def judge_quotation(
    quotation: Quotation,
    candidates: Sequence[str],
    open_source: Callable[[str], ComparedDocument],
    attribution: Attribution,
) -> Finding:
    """Hold *quotation*, with its *attribution*, against *candidates* of the archive, by id."""
    words = words_quoted(quotation)
    open_ = () if quotation.closed else ("its quotation mark does not close",)
    if len(words.words) < SHORTEST:
        return Finding(quotation, Matched.TOO_SHORT, cautions=open_)
    found = _whole(quotation, words, candidates, open_source, attribution)
    if found is None:
        sources = [open_source(each) for each in candidates]
        found = _other(quotation, words, sources, attribution)
    if found is None or (found.likeness < VERY_LIKE and _is_no_quotation(quotation, attribution)):
        found = _absent(quotation, attribution)
    return replace(found, cautions=(*open_, *found.cautions))


def _whole(
    quotation: Quotation,
    words: FoldedWords,
    candidates: Sequence[str],
    open_source: Callable[[str], ComparedDocument],
    attribution: Attribution,
) -> Finding | None:
    """The finding where every piece stands in one source, in order: best under its reference."""
    ranges = split_at_omissions(words, quotation.span)
    best: Finding | None = None
    for identity in candidates:
        parts = _in_one(words, ranges, open_source(identity))
        if parts is None:
            continue
        found = _hold_to_attribution(_exact(quotation, parts, len(ranges) > 1), attribution)
        if found.held is Matched.EXACT:
            return found
        if best is None or (best.held is not Matched.ELSEWHERE and found.held is Matched.ELSEWHERE):
            best = found
    return best


def _in_one(
    words: FoldedWords, ranges: Sequence[tuple[int, int]], source: ComparedDocument
) -> tuple[AlignedPart, ...] | None:
    at, low = [], 0
    for first, end in ranges:
        place = source.find(words.words[first:end], low)
        if place is None:
            return None
        at.append(place)
        low = place + end - first
    return tuple(
        AlignedPart(
            words.span(first, end - 1),
            source.document,
            source.words.span(place, place + end - first - 1),
        )
        for (first, end), place in zip(ranges, at, strict=True)
    )


def _exact(quotation: Quotation, parts: tuple[AlignedPart, ...], omitting: bool) -> Finding:
    """The finding where the words are the same: exact, unless stops or capitals are not."""
    named, wrong = compare_letters(quotation, parts)
    why = f"other {' and '.join(wrong)}" if wrong else ""
    return Finding(
        quotation,
        Matched.DIFFERS if wrong else Matched.EXACT,
        parts,
        tolerated=(*(["a marked omission"] if omitting else []), *named),
        cautions=find_cut_short(parts),
        why=why,
        likeness=1.0,
    )


def compare_letters(
    quotation: Quotation, parts: Sequence[AlignedPart]
) -> tuple[tuple[str, ...], list[str]]:
    """What editors may change and did, and what they may not and did."""
    text = quotation.document.text
    named: list[str] = []
    wrong: list[str] = []
    for part in parts:
        mine, at = "", part.quoted.start
        for span in find_unquoted(text, part.quoted, quotation.apart):
            if part.quoted.contains(span):
                mine += text[at : max(at, span.start)]
                at = max(at, span.end)
        mine += text[at : part.quoted.end]
        if quotation.block:
            mine = re.sub(r"(?m)^[ \t]*>[ \t]?", "", mine)
        theirs = part.span.of(part.document.text)
        named += describe_typography(mine, theirs)
        if differs_in_punctuation(mine, theirs):
            wrong.append("punctuation")
        bare = mine.replace("[", "").replace("]", "")
        if differs_in_capitals(words_of(bare), words_of(theirs)):
            wrong.append("capitals")
    return tuple(dict.fromkeys(named)), list(dict.fromkeys(wrong))


def _other(
    quotation: Quotation,
    words: FoldedWords,
    sources: Sequence[ComparedDocument],
    attribution: Attribution,
) -> Finding | None:
    """The finding where not all words stand in one source, in order."""
    ranges = split_at_omissions(words, quotation.span)
    near = _near(quotation, words, ranges, sources, attribution)
    if near is not None and (near.held is Matched.EXACT or near.likeness >= VERY_LIKE):
        longest = max((len(words_of(each.quoted).words) for each in near.changes), default=0)
        if longest <= LEAST:  # more may have been moved there from elsewhere
            return near
    several = find_stitching(words, ranges, sources)
    if several is not None and not _is_near(near, several, words):
        own = reference_of(several.parts[0].document)
        return Finding(
            quotation, Matched.STITCHED, several.parts, why=several.why, likeness=1.0, own=own,
            given=attribution.references[0] if attribution.references else None,
        )  # fmt: skip
    return near


def _is_near(near: Finding | None, several: Stitching, words: FoldedWords) -> bool:
    """Whether few words differ from the one passage, so that it is not put together of several."""
    if near is None:
        return False
    missing = sum(len(words_of(each.quoted).words) for each in near.changes)
    return several.shortest <= 4 and missing <= 4 and near.likeness >= 0.75 and len(words.words) > 8


def _near(
    quotation: Quotation,
    words: FoldedWords,
    ranges: Sequence[tuple[int, int]],
    sources: Sequence[ComparedDocument],
    attribution: Attribution,
    run: int = 3,
) -> Finding | None:
    """The finding with what differs from the nearest stretch of one source."""
    best: Finding | None = None
    for source in sources:
        found = _beside(quotation, words, ranges, source, run)
        if found is None or (best and found.likeness < best.likeness):
            continue
        found = _hold_to_attribution(found, attribution)
        if (
            best is None
            or found.likeness > best.likeness
            or len(found.cautions) < len(best.cautions)
        ):
            best = found
    return best


def _beside(
    quotation: Quotation,
    words: FoldedWords,
    ranges: Sequence[tuple[int, int]],
    source: ComparedDocument,
    run: int,
) -> Finding | None:
    """*quotation* beside the stretch of *source* that is most like each of its pieces, in order."""
    low, same, total = 0, 0, 0
    parts: list[AlignedPart] = []
    alike: list[AlignedPart] = []
    changes: list[Change] = []
    for first, end in ranges:
        piece = FoldedWords(words.text, words.words[first:end], words.bounds[first:end])
        found = find_nearest(piece, source, low, run)
        if found is None:
            place = piece.span(0, end - first - 1)
            changes.append(Change(place.of(words.text), "", place))
            total += end - first
            continue
        low = found.last + 1
        same += 2 * sum(n for _, _, n in found.blocks)
        total += end - first + found.last - found.first + 1
        stretch = source.words.span(found.first, found.last)
        parts.append(AlignedPart(piece.span(0, end - first - 1), source.document, stretch))
        alike += [
            AlignedPart(piece.span(a, a + n - 1), source.document, source.words.span(b, b + n - 1))
            for a, b, n in found.blocks
        ]
        changes += (_drop_guess(each, piece, words.text) for each in found.changes)
    if not parts:
        return None
    changed, named = split_tolerated(words.text, changes, quotation.span)
    inserted = count_own_words(words.text, changes)
    likeness = same / max(1, total - inserted)
    if likeness < LIKE:
        return None
    editors, wrong = compare_letters(quotation, alike)
    names = (*(["a marked omission"] if len(ranges) > 1 else []), *named, *editors)
    why = find_lost_negation(changed) if changed or not wrong else f"other {' and '.join(wrong)}"
    return Finding(
        quotation, Matched.DIFFERS if changed or wrong else Matched.EXACT, tuple(parts),
        tolerated=tuple(dict.fromkeys(names)), changes=changed, likeness=likeness, why=why,
        cautions=find_cut_short(parts),
    )  # fmt: skip


def _drop_guess(change: Change, piece: FoldedWords, text: str) -> Change:
    """*change*; where a piece opens with the author's own words, no guess of what they replace."""
    alone = replace(change, source="", there=Span(change.there.end, change.there.end))
    opens = change.at.start == piece.bounds[0][0]
    return alone if opens and is_own(text, alone) else change


def judge_cited(
    quotation: Quotation,
    cited: Sequence[str],
    open_source: Callable[[str], ComparedDocument],
    attribution: Attribution,
) -> Finding | None:
    """How *quotation*, which was not found, differs from the *cited* documents."""
    words = words_quoted(quotation)
    ranges = split_at_omissions(words, quotation.span)
    sources = [open_source(each) for each in cited]
    return _near(quotation, words, ranges, sources, attribution, run=2)


def _absent(quotation: Quotation, attribution: Attribution) -> Finding:
    """The finding where the archive has nothing like it: a translation, a title, or not found."""
    if _is_translated(quotation, attribution):
        return Finding(quotation, Matched.TRANSLATED)
    if _is_title(quotation):
        return Finding(quotation, Matched.TITLE)
    first = attribution.references[0] if attribution.references else None
    return Finding(quotation, Matched.NOT_FOUND, given=first)


def _is_no_quotation(quotation: Quotation, attribution: Attribution) -> bool:
    """Whether the draft says that it translates, or a note names a title."""
    return _is_translated(quotation, attribution) or _is_title(quotation)


def _is_translated(quotation: Quotation, attribution: Attribution) -> bool:
    """Whether the note, or what stands right after the quotation, says that it is translated."""
    span = quotation.span
    end = max(span.end, quotation.until or quotation.within.end)
    after = quotation.document.text[span.end : min(end, span.end + 160)]
    return is_translation(attribution.said) or is_translation(after.partition("\n")[0])


def _is_title(quotation: Quotation) -> bool:
    """Whether it is called the name of a paper or a book, or looks like a title in a note."""
    text, span = quotation.document.text, quotation.span
    if quotation.block:
        return False
    if is_named(text[max(0, span.start - 40) : span.start]):
        return True
    return quotation.in_note and is_title(quotation.text, text[span.end : span.end + 160])


def _hold_to_attribution(found: Finding, attribution: Attribution) -> Finding:
    """*found* held against what the draft says of its place."""
    given = attribution.references
    document, span = found.parts[0].document, found.parts[0].span
    own = reference_of(document)
    found = replace(found, given=given[0] if given else None, own=own)
    if given and own and not any(references_agree(each, own) for each in given):
        wrong = [f"the draft gives {given[0].printed}, the source {own.printed}"]
    else:
        whole = Span(span.start, max(span.end, found.parts[-1].span.end))
        wrong = find_contradictions(f"{attribution.said}\n{attribution.meant}", document, whole)
    if not wrong:
        return found
    if found.held is Matched.EXACT:
        return replace(found, held=Matched.ELSEWHERE, why="; ".join(wrong))
    return replace(found, cautions=(*found.cautions, *wrong))
