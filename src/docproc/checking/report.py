"""What checking found, for a terminal and as JSON."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from docproc.checking.findings import Finding, Matched
from docproc.checking.wording import (
    MARKS,
    clip_at_word,
    count_verdicts,
    list_remarks,
    name_draft_place,
    source_lines,
)
from docproc.records import CitationId
from docproc.text.output import visible

_LONGEST = 300
"""Characters of a quotation that a terminal shows."""
_INDENT = 10


def as_json(findings: Sequence[Finding], documents: int) -> dict[str, Any]:
    """The findings as ``--json`` prints them; offsets are code points of the texts they name."""
    return {
        "quotations": len(findings),
        "stand": sum(found.stands for found in findings),
        "verdicts": dict(Counter(found.held.value for found in findings)),
        "compared_with": documents,
        "findings": [_finding(found) for found in findings],
    }


def _finding(found: Finding) -> dict[str, Any]:
    quotation = found.quotation
    return {
        "verdict": found.held.value,
        "stands": found.stands,
        "quotation": quotation.text,
        "paragraph": quotation.paragraph,
        "page": quotation.page,
        "note": quotation.note,
        "block": quotation.block,
        "start": quotation.span.start,
        "end": quotation.span.end,
        "why": found.why,
        "tolerated": list(found.tolerated),
        "changes": [{"draft": each.quoted, "source": each.source} for each in found.changes],
        "cautions": list(found.cautions),
        "likeness": round(found.likeness, 3),
        "reference_given": found.given.printed if found.given else None,
        "reference_of_source": found.own.printed if found.own else None,
        "parts": [
            {
                "document": part.document.id,
                "source": part.document.source.path,
                "member": part.document.member,
                "identifier": str(CitationId.of(part.document, part.span)),
                "start": part.span.start,
                "end": part.span.end,
                "text": part.span.of(part.document.text),
            }
            for part in found.parts
        ],
    }


def as_lines(
    findings: Sequence[Finding], documents: int, *, every: bool = False, width: int = 80
) -> Iterator[str]:
    """The list for a terminal: what does not stand, or *every* quotation, then the counts."""
    shown = 0
    for found in findings:
        if every or not found.stands or found.cautions:
            yield from _lines(found, width)
            yield ""
            shown += 1
    yield from textwrap.wrap(count_verdicts(findings, documents), width)


def _lines(found: Finding, width: int) -> Iterator[str]:
    yield f"{MARKS[found.held]} {found.held.value}: {name_draft_place(found)}"
    differ = found.held in (Matched.DIFFERS, Matched.STITCHED)
    yield from _under("draft", f"“{clip_at_word(visible(found.quotation.text), _LONGEST)}”", width)
    last = ""
    for words, where in source_lines(found):
        if last and where != last:
            yield from _under("in", last, width)
        if differ:
            yield from _under("source", f"“{clip_at_word(visible(words), _LONGEST)}”", width)
        last = where
    if last:
        yield from _under("in", last, width)
    for remark in list_remarks(found):
        if remark.startswith("caution: "):
            yield from _under("caution", remark.removeprefix("caution: "), width)
        else:
            yield from _under("", remark, width)


def _under(label: str, text: str, width: int) -> Iterator[str]:
    """*text* behind its *label*, its further lines below it."""
    first = f"  {label}".ljust(_INDENT)
    yield from textwrap.wrap(
        text, max(width, 40), initial_indent=first, subsequent_indent=" " * _INDENT,
        break_on_hyphens=False,
    )  # fmt: skip
