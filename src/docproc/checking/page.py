"""What checking found as a page: each quotation beside the archive's words, both marked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from urllib.parse import quote

from docproc.checking.findings import AlignedPart, Finding
from docproc.checking.wording import (
    MARKS,
    clip_at_word,
    count_verdicts,
    list_remarks,
    name_draft_place,
)
from docproc.records import CitationId, Span
from docproc.text.output import terminal_safe

_STYLE = """
:root{color-scheme:light dark;--bad:#b3261e;--good:#2e6b34;--soft:#8883}
body{font:17px/1.55 Georgia,'Times New Roman',serif;max-width:68rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem;margin-bottom:.2rem}.sum{margin-top:0;opacity:.85}
article{border-top:1px solid var(--soft);padding:.9rem 0}
h2{font-size:1rem;margin:0 0 .4rem}.stands h2 b{color:var(--good)}.falls h2 b{color:var(--bad)}
.sides{display:grid;grid-template-columns:1fr 1fr;gap:1.6rem}
.sides p{margin:.1rem 0 .4rem}small{opacity:.8;font-size:.85rem}
mark{background:#f6c8c1;color:inherit;padding:0 .12em;border-radius:.15em}
mark.there{background:#cfe6c8}.gap{opacity:.6}
ul{margin:.3rem 0 0;padding-left:1.2rem;font-size:.95rem}
@media(prefers-color-scheme:dark){mark{background:#7a2a22}mark.there{background:#2c5a30}
:root{--bad:#ff9d93;--good:#9ad49f}}
@media(max-width:44rem){.sides{grid-template-columns:1fr;gap:.4rem}}
@media print{body{max-width:none;font-size:11pt}article{break-inside:avoid}}
"""


def as_html(findings: Sequence[Finding], documents: int, title: str, room: str = "") -> str:
    """A page with each quotation beside what the archive has, linked into the reading *room*."""
    rows = "\n".join(_row(found, room) for found in findings)
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{_text(title)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>{_STYLE}</style>
</head><body><h1>{_text(title)}</h1>
<p class="sum">{_text(count_verdicts(findings, documents))}</p>
{rows}
</body></html>
"""


def _row(found: Finding, room: str) -> str:
    quotation = found.quotation
    text = quotation.document.text
    mine = _mark(text, quotation.span, (each.at for each in found.changes), quotation.apart)
    theirs = "".join(_part(found, part, room) for part in found.parts)
    told = "".join(f"<li>{_text(each)}</li>" for each in list_remarks(found))
    state = "stands" if found.stands else "falls"
    note = (
        f"<p><small>{_text(clip_at_word(quotation.said, 240))}</small></p>"
        if quotation.note
        else ""
    )
    return (
        f'<article class="{state}"><h2><b>{MARKS[found.held]} {found.held.value}</b> · '
        f"{_text(name_draft_place(found))}</h2>"
        f'<div class="sides"><div><small>draft</small><p dir="auto">{mine}</p>{note}</div>'
        f"<div><small>archive</small>{theirs or '<p>–</p>'}</div></div>"
        f"{f'<ul>{told}</ul>' if told else ''}</article>"
    )


def _part(found: Finding, part: AlignedPart, room: str) -> str:
    document = part.document
    inside = (
        each.there for each in found.changes if part.span.start <= each.there.start <= part.span.end
    )
    words = _mark(document.text, part.span, inside, (), "there")
    path = f"{document.source.path}{f' ({document.member})' if document.member else ''}"
    where = _text(path)
    if room:
        name = quote(str(CitationId.of(document, part.span)), safe=":")
        where = f'<a href="{_text(room)}/cite/{name}#quote">{where}</a>'
    own = f" · {_text(found.own.printed)}" if found.own and part is found.parts[0] else ""
    return f'<p dir="auto">{words}</p><p><small>{where}{own}</small></p>'


def _mark(
    text: str, span: Span, changes: Iterable[Span], apart: Sequence[Span], kind: str = ""
) -> str:
    """The words at *span*, those at *changes* marked, without those at *apart*."""
    pieces, at = [], span.start
    events = [(each, True) for each in changes if len(each)] + [(each, False) for each in apart]
    for each, changed in sorted(events, key=lambda event: event[0]):
        if each.start < at or each.end > span.end:
            continue
        pieces.append(_text(text[at : each.start]))
        if changed:
            pieces.append(f'<mark class="{kind}">' if kind else "<mark>")
            pieces.append(f"{_text(each.of(text))}</mark>")
        at = each.end
    pieces.append(_text(text[at : span.end]))
    return "".join(pieces)


def _text(text: str) -> str:
    return escape(terminal_safe(text))
