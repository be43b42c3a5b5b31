"""What checking found, for a terminal, as JSON and as a page with both texts side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

from docproc.checking.findings import Finding, Held
from docproc.records import CitationId
from docproc.text.output import one_line, safe

MARKS = {
    Held.EXACT: "✓",
    Held.DIFFERS: "✗",
    Held.STITCHED: "✗",
    Held.ELSEWHERE: "✗",
    Held.NOT_FOUND: "✗",
    Held.TRANSLATED: "·",
    Held.TOO_SHORT: "·",
    Held.TITLE: "·",
}
_LONGEST = 160


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


def as_lines(findings: Sequence[Finding], documents: int, *, every: bool = False) -> Iterator[str]:
    """The list for a terminal: what does not stand, or *every* quotation, then the counts."""
    for found in findings:
        if every or not found.stands or found.cautions:
            yield from _lines(found)
    counts = Counter(found.held.value for found in findings)
    told = ", ".join(f"{number:,} {name}" for name, number in counts.most_common())
    compared = f"compared with {documents:,} document{'s' if documents != 1 else ''}"
    yield f"{len(findings):,} quotations {compared}: {told}" if findings else "no quotation found"


def _lines(found: Finding) -> Iterator[str]:
    quotation = found.quotation
    where = [f"page {quotation.page}"] if quotation.page else []
    where += [f"paragraph {quotation.paragraph}"]
    where += [f"note {quotation.note}"] if quotation.note else []
    yield f"{MARKS[found.held]} {found.held.value}: {', '.join(where)}"
    yield f"    “{_short(quotation.text)}”"
    if found.why:
        yield f"    {one_line(found.why)}"
    for change in found.changes[:6]:
        mine, theirs = _short(change.quoted, 60), _short(change.source, 60)
        yield f"    draft: {mine or '(nothing)'}  source: {theirs or '(nothing)'}"
    if len(found.changes) > 6:
        yield f"    and {len(found.changes) - 6} more differences"
    if found.tolerated and found.held is not Held.EXACT:
        yield f"    also differs, as editors may: {', '.join(found.tolerated)}"
    for caution in found.cautions:
        yield f"    caution: {one_line(caution)}"
    for part in found.parts[:3]:
        own = f" · {one_line(found.own.printed)}" if found.own else ""
        yield f"    {one_line(part.document.source.path)}{own}"


def _short(text: str, most: int = _LONGEST) -> str:
    text = one_line(" ".join(text.split()))
    return text if len(text) <= most else f"{text[: most - 1]}…"


def as_html(findings: Sequence[Finding], documents: int, title: str) -> str:
    """A page with each quotation beside what the archive has."""
    rows = "\n".join(_row(found) for found in findings)
    last = safe(list(as_lines((), documents))[-1]) if not findings else ""
    counts = Counter(found.held.value for found in findings)
    told = ", ".join(f"{number} {name}" for name, number in counts.most_common()) or last
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{_text(title)}</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>:root{{color-scheme:light dark}}
body{{font:16px/1.5 serif;max-width:70rem;margin:2rem auto;padding:0 1rem}}
td,th{{vertical-align:top;padding:.5rem;border-top:1px solid;text-align:left;width:50%}}
.v{{width:auto;white-space:nowrap;font-weight:bold}}
ins,del{{padding:0 .15em}}small{{opacity:.8}}</style>
</head><body><h1>{_text(title)}</h1><p>{len(findings)} quotations: {_text(told)}</p>
<table><thead><tr><th class="v">verdict</th><th>draft</th><th>archive</th></tr></thead>
<tbody>{rows}</tbody></table></body></html>
"""


def _row(found: Finding) -> str:
    quotation = found.quotation
    where = " · ".join(
        filter(
            None,
            (
                f"page {quotation.page}" if quotation.page else "",
                f"paragraph {quotation.paragraph}",
                f"note {quotation.note}" if quotation.note else "",
            ),
        )
    )
    told = [found.why, *(f"caution: {each}" for each in found.cautions)]
    told += [f"<del>{_text(c.quoted)}</del> <ins>{_text(c.source)}</ins>" for c in found.changes]
    small = "<br>".join(each if each.startswith("<del") else _text(each) for each in told if each)
    source = "<br>".join(
        f"{_text(part.span.of(part.document.text))}<br><small>{_text(part.document.source.path)}"
        f"</small>"
        for part in found.parts
    )
    own = f"<br><small>{_text(found.own.printed)}</small>" if found.own else ""
    return (
        f'<tr><td class="v">{MARKS[found.held]} {found.held.value}</td>'
        f"<td>{_text(quotation.text)}<br><small>{_text(where)}</small></td>"
        f"<td>{source or '–'}{own}<br><small>{small}</small></td></tr>"
    )


def _text(text: str) -> str:
    return escape(safe(text))
