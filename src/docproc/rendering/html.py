"""A document as one HTML page: its text by its structure, a passage marked, notes linked.

The page needs nothing beside itself: no script, no style sheet, nothing from a network.
"""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from itertools import pairwise

from docproc.records import Block, BlockKind, Document, Span
from docproc.rendering.document_view import all_blocks
from docproc.rendering.wording import headline
from docproc.text.output import terminal_safe


def escape(text: str) -> str:
    """*text* as HTML, with nothing in it that turns the direction of the text after it."""
    return html.escape(terminal_safe(text))


QUOTE = "quote"
"""The id of what is marked: ``FILE#quote`` opens the page there."""

_STYLE = (
    "body{max-width:42em;margin:2em auto;padding:0 1em;font:1.05em/1.5 Georgia,serif}"
    "mark{background:#fff05a}.page{color:#777;font-size:.8em}.note{font-size:.9em}"
    ".furniture{color:#999;font-size:.8em}.about{color:#555;font-size:.9em}"
    "p,h2,h3,h4,aside{white-space:pre-line}"
)
_FURNITURE = "furniture"


def html_page(document: Document, mark: Span | None, locator: str = "") -> str:
    """The page; *mark* is the span of the passage to mark, *locator* says where it stands."""
    title = headline(document.metadata, document.source)
    blocks = all_blocks(document)
    notes = {number: block for number, block in enumerate(blocks) if block.kind is BlockKind.NOTE}
    anchors = {block.anchor: number for number, block in notes.items() if block.anchor}
    body = [
        _pages(document, block) + _block(document.text, number, block, mark, anchors)
        for number, block in enumerate(blocks)
    ]
    about = [document.source.path, document.member, locator]
    reference = next((r.printed for r in document.references), "")
    lines = " · ".join(escape(part) for part in (*about, reference) if part)
    language = f' lang="{escape(document.metadata.language)}"' if document.metadata.language else ""
    return (
        f'<!DOCTYPE html>\n<html{language}>\n<head><meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "style-src 'unsafe-inline'\">\n"
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style></head>\n<body>\n"
        f'<h1>{escape(title)}</h1>\n<p class="about">{lines}</p>\n'
        + "\n".join(body)
        + "\n</body></html>\n"
    )


def _block(
    text: str, number: int, block: Block, mark: Span | None, anchors: Mapping[Span, int]
) -> str:
    words = _inline(text, block.span, mark, anchors)
    if block.kind is BlockKind.HEADING:
        level = min((block.level or 1) + 1, 4)
        return f'<h{level} dir="auto">{words}</h{level}>'
    if block.kind is BlockKind.NOTE:
        back = f' <a href="#mark-{number}">↩</a>' if block.anchor else ""
        return f'<aside class="note" id="note-{number}" dir="auto">{words}{back}</aside>'
    kind = block.kind.value.replace(" ", "-")
    return f'<p class="{kind}" dir="auto">{words}</p>'


def _inline(text: str, span: Span, mark: Span | None, anchors: Mapping[Span, int]) -> str:
    """The words at *span*, with what of them is marked and the links to the notes."""
    inside = {anchor: number for anchor, number in anchors.items() if span.contains(anchor)}
    cuts = {span.start, span.end}
    for each in (*inside, *([mark] if mark and mark.overlaps(span) else [])):
        cuts |= {max(span.start, each.start), min(span.end, each.end)}
    written = ""
    ordered = sorted(cuts)
    for start, end in pairwise(ordered):
        piece = escape(text[start:end])
        for anchor, number in inside.items():
            if anchor.start <= start and end <= anchor.end:
                own = f' id="mark-{number}"' if start == anchor.start else ""
                piece = f'<a{own} href="#note-{number}">{piece}</a>'
        if mark and mark.start <= start and end <= mark.end:
            own = f' id="{QUOTE}"' if start == mark.start else ""
            piece = f"<mark{own}>{piece}</mark>"
        written += piece
    return written


def _pages(document: Document, block: Block) -> str:
    starting: Sequence[str] = [
        page.label
        for page in document.pages
        if block.span.start <= page.span.start < block.span.end
    ]
    return "".join(f'<div class="page">page {escape(label)}</div>\n' for label in starting)
