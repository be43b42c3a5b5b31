"""What is said of a finding, in words that a terminal, a page and a comment in Word share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from docproc.checking.findings import Change, Finding, Matched
from docproc.text.output import one_line
from docproc.text.words import count_phrase

MARKS = {
    Matched.EXACT: "✓",
    Matched.DIFFERS: "✗",
    Matched.STITCHED: "✗",
    Matched.ELSEWHERE: "✗",
    Matched.NOT_FOUND: "✗",
    Matched.TRANSLATED: "·",
    Matched.TOO_SHORT: "·",
    Matched.TITLE: "·",
}
_AROUND = 24
"""Characters of the draft shown before and after words that differ."""
_CHANGES = 8


def name_draft_place(found: Finding) -> str:
    """Where in the draft the quotation stands: page, paragraph, note."""
    quotation = found.quotation
    told = [f"page {quotation.page}"] if quotation.page else []
    if quotation.in_note:
        told += [f"in note {quotation.note}" if quotation.note else "in a note"]
    else:
        told += [f"paragraph {quotation.paragraph}"]
        told += [f"note {quotation.note}"] if quotation.note else []
    return ", ".join(told)


def count_verdicts(findings: Sequence[Finding], documents: int) -> str:
    """How many quotations there are, with each verdict."""
    counts = Counter(found.held for found in findings)
    told = ", ".join(f"{counts[held]:,} {held.value}" for held in Matched if counts[held])
    if not findings:
        return "no quotation found"
    quotations = count_phrase(len(findings), "quotation")
    return f"{quotations} compared with {count_phrase(documents, 'document')}: {told}"


def list_remarks(found: Finding) -> Iterator[str]:
    """What is wrong with the quotation, what differs, and what should be looked at."""
    if found.why:
        yield one_line(found.why)
    for change in found.changes[:_CHANGES]:
        yield describe_change(found, change)
    if len(found.changes) > _CHANGES:
        yield f"and {len(found.changes) - _CHANGES} more differences"
    if found.held is Matched.NOT_FOUND:
        yield _absent(found)
    for caution in found.cautions:
        yield f"caution: {one_line(caution)}"
    if found.tolerated and found.held is not Matched.EXACT:
        yield f"also other, as editors may: {', '.join(found.tolerated)}"


def describe_change(found: Finding, change: Change) -> str:
    """One difference, in words."""
    mine, theirs = _short(change.quoted, 60), _short(change.source, 60)
    if not theirs:
        return f"“{mine}” is not in the source"
    if mine:
        return f"“{mine}” is “{theirs}” in the source"
    text, span = found.quotation.document.text, found.quotation.span
    before = text[max(span.start, change.at.start - _AROUND) : change.at.start]
    before = " ".join(before.split())
    if change.at.start - _AROUND > span.start:
        before = before.partition(" ")[2]
    return f"left out: “{theirs}”" + (f", after “{before}”" if before else "")


def _absent(found: Finding) -> str:
    nothing = "no document has anything like it"
    if found.given is None and found.quotation.note:
        return f"{nothing}, and note {found.quotation.note} gives no archival reference"
    if found.given:
        return f"{nothing}; the draft gives {one_line(found.given.printed)}"
    return nothing


def _short(text: str, most: int) -> str:
    text = one_line(text)
    return text if len(text) <= most else f"{text[: most - 1]}…"


def clip_at_word(text: str, most: int) -> str:
    """*text* with single spaces, to the end of a word within *most* characters."""
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[:most].rpartition(' ')[0]} …"


def source_lines(found: Finding) -> Iterator[tuple[str, str]]:
    """The words of the archive that the quotation stands on, and where they are."""
    own = one_line(found.own.printed) if found.own else ""
    first = found.parts[0].document if found.parts else None
    for part in found.parts[:4]:
        path = one_line(part.document.source.path)
        member = f" ({one_line(part.document.member)})" if part.document.member else ""
        reference = own if part.document is first else ""
        where = f"{path}{member}" + (f" · {reference}" if reference else "")
        yield part.span.of(part.document.text), where
