"""A document as lines: what is known of it, then its text by its structure, with its notes."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from docproc.citing.names import read_names
from docproc.citing.wording import differing_dates
from docproc.passages.anchoring import find_anchor, notes_on
from docproc.passages.governing import own_reference
from docproc.records import (
    Block,
    BlockKind,
    Document,
    Mention,
    Page,
    Passage,
    Span,
    StatedDate,
    strip_span,
)
from docproc.rendering.lines import Line, Piece, columns, running_width, wrap
from docproc.rendering.quotation import cut_styles
from docproc.rendering.wording import (
    boilerplate_share,
    count_phrase,
    dates_agree,
    headline,
    phrase_renamed,
    witness_phrase,
)

_LABELS = 12
_GUTTER = 8


def document_view(
    document: Document,
    passages: Sequence[Passage],
    width: int,
    *,
    mark: Span | None = None,
    highlights: Sequence[Span] = (),
    around: int | None = None,
    unread: str | None = None,
) -> list[Line]:
    """*document* as lines of at most *width* cells.

    Everything of the reading text is shown except furniture, which is counted.  In the left
    margin stand the short locators of *passages*, and ``>`` at the lines of the passage at
    *mark*, whose sentences at *highlights* stand out more.  With *around*, only the title
    and so many lines before and after the mark are shown, and what was cut is counted.  *unread*
    says which parts of its source could not be read.
    """
    width = min(width, running_width(width) + _GUTTER)
    body = _body(document, passages, width, mark, highlights)
    table = _table(document, passages, width, unread)
    if around is not None and mark is not None:
        body = _window(body, around)
        if any(piece.style == "cut" for line in body for piece in line):
            body += _beside(document, mark, width)
        table = wrap([Piece(headline(document.metadata, document.source), "title")], width)
    return [*table, (), *body]


def _table(
    document: Document, passages: Sequence[Passage], width: int, unread: str | None
) -> list[Line]:
    """The title and the table of what is known of the document."""
    lines = wrap([Piece(headline(document.metadata, document.source), "title")], width)
    for label, value in list_facts(document, passages, unread):
        lines += columns(label, [Piece(value)], width, _LABELS)
    return lines


def list_facts(
    document: Document, passages: Sequence[Passage], unread: str | None = None
) -> list[tuple[str, str]]:
    """What is known of *document*: a label and what it says; a line that goes on has no label."""
    metadata = document.metadata
    rows: list[tuple[str, str]] = []
    for label, mention in (("from", metadata.sender), ("to", metadata.recipient)):
        rows += [(label, _name_correspondent(mention))] if mention else []
    said = dict(metadata.other)
    differing = filter(None, (said.get("roles"), differing_dates(metadata)))
    rows += [("differs", each) for each in differing]
    rows += [("between", said["participants"])] if "participants" in said else []
    rows += _dates(metadata.dates)
    rows += [("place", metadata.place.text)] if metadata.place else []
    rows += [("kind", metadata.kind)] if metadata.kind else []
    rows += [("encloses", " ".join(mention.text.split())) for mention in metadata.enclosures]
    collection = metadata.collection
    if collection:
        volume = f", {collection.volume}" if collection.volume else ""
        number = f", no. {metadata.number}" if metadata.number else ""
        rows.append(("collection", f"{collection.title}{volume}{number}"))
        rows += [("", collection.statement)] if collection.statement else []
        rows += [("editors", ", ".join(collection.editors))] if collection.editors else []
    own = own_reference(document)
    rows += [("reference", f"{own.printed} {phrase_renamed(own)}")] if own else []
    if document.witness:
        rows.append(("witness", witness_phrase(document.witness)))
        rows.append(("", f"“{document.witness.printed}”"))
    rows += [("language", metadata.language)] if metadata.language else []
    encoding = f" ({metadata.encoding})" if metadata.encoding else ""
    rows.append(("source", document.source.path + encoding))
    if metadata.origin:
        rows += [("fetched", f"{metadata.origin.day} from {metadata.origin.address}")]
    rows += [("within it", document.member)] if document.member else []
    rows += [("not read", unread)] if unread else []
    return [*rows, ("passages", f"{len(passages):,}"), ("id", document.id[:12])]


def _name_correspondent(mention: Mention) -> str:
    """A correspondent, and the name behind an office."""
    name = f" ({mention.name})" if mention.name and mention.name not in mention.text else ""
    names = read_names(replace(mention, name=None))
    return f"{'; '.join(each.printed for each in names)}{name}"


def _dates(dates: Sequence[StatedDate]) -> list[tuple[str, str]]:
    """Every date; where they disagree, which one ranks, and which do not agree with it."""
    first = dates[0] if dates else None
    rows = []
    for number, date in enumerate(dates):
        said = f"{date.edtf}  “{date.printed}” in the {date.place}"
        if date.julian:
            said += f"; Old Style {date.julian}"
        if date.if_old_style:
            said += f"; {date.if_old_style} if that is Old Style, which is not said"
        if first and not all(dates_agree(first, other) for other in dates):
            disagrees = "" if dates_agree(first, date) else "; disagrees"
            said += disagrees if number else "; this one ranks"
        rows.append(("" if number else "date", said))
    return rows


def _body(
    document: Document,
    passages: Sequence[Passage],
    width: int,
    mark: Span | None,
    highlights: Sequence[Span],
) -> list[Line]:
    """The blocks in the order of the text, an empty line between."""
    styles = [(mark, "marked")] if mark else []
    styles += [(span, "highlight") for span in highlights]
    styles += [(block.anchor, "anchor") for block in document.blocks if block.anchor]
    locators = sorted((passage.span.start, passage.locator) for passage in passages)
    lines: list[Line] = []
    furniture = 0
    for block in all_blocks(document):
        if block.kind is BlockKind.FURNITURE:
            furniture += 1
            continue
        if lines:
            lines.append(())
        starts = range(block.span.start, block.span.end)
        lines += [_page(page, block) for page in document.pages if page.span.start in starts]
        lines += _block(document, block, locators, styles, width)
    if furniture:
        text = (
            f"Left out: {count_phrase(furniture, 'block')} of navigation, running heads or the "
            f"like, {boilerplate_share(document):.0%} of its words."
        )
        lines += [(), *wrap([Piece(text, "dim")], width, [Piece(" " * _GUTTER)])]
    return lines


def all_blocks(document: Document) -> list[Block]:
    """The blocks, and as paragraphs what no block covers, so that no text is ever missing."""
    blocks = sorted(document.blocks, key=lambda block: block.span)
    borders = [Span(0, 0), *(block.span for block in blocks)]
    borders.append(Span(len(document.text), len(document.text)))
    for before, after in pairwise(borders):
        if before.end < after.start:
            gap = strip_span(document.text, before.end, after.start)
            blocks += [Block(BlockKind.PARAGRAPH, gap)] if gap else []
    return sorted((block for block in blocks if block.span), key=lambda block: block.span)


def _block(
    document: Document,
    block: Block,
    locators: Sequence[tuple[int, str]],
    styles: list[tuple[Span, str]],
    width: int,
) -> list[Line]:
    """One block, its locator in the margin, and what a note has beside its words."""
    styles = [(span, style) for span, style in styles if span.overlaps(block.span)]
    if block.kind is BlockKind.HEADING:
        styles = [(block.span, "heading"), *styles]
    at = bisect_left(locators, (block.span.start, ""))
    starts_here = at < len(locators) and locators[at][0] < block.span.end
    locator = _short(locators[at][1]) if starts_here else ""
    first = [Piece(f"  {locator:<{_GUTTER - 2}}", "gutter")]
    lines = wrap(
        cut_styles(document.text, block.span, styles), width, first, [Piece(" " * _GUTTER)]
    )
    lines = [_with_pointer(line) for line in lines]
    if block.kind is BlockKind.NOTE:
        lines += wrap([Piece(_anchoring(document, block), "dim")], width, [Piece(" " * _GUTTER)])
        for reference in document.references:
            if reference.span and block.span.contains(reference.span):
                text = f"its reference: {reference.printed} {phrase_renamed(reference)}"
                lines += wrap([Piece(text, "dim")], width, [Piece(" " * _GUTTER)])
    return lines


def _beside(document: Document, mark: Span, width: int) -> list[Line]:
    """What was cut from around *mark*: the notes marked in it, or the sentence that it notes."""
    margin = [Piece(" " * _GUTTER)]
    lines: list[Line] = []
    noted = find_anchor(document, mark)
    if noted:
        lines += [(), *wrap([Piece("It is a note to:", "dim")], width, margin)]
        lines += wrap(cut_styles(document.text, noted, []), width, margin)
    notes = notes_on(document, mark)
    if notes:
        lines += [(), *wrap([Piece("Noted in it:", "dim")], width, margin)]
    for note in notes:
        lines += _block(document, note, [], [], width)
    return lines


def _anchoring(document: Document, note: Block) -> str:
    """Where the text marks *note*, or that its mark is lost."""
    anchor = note.anchor
    whose = f"{note.hand}’s note; " if note.hand else ""
    if anchor is None:
        return f"{whose}the source does not show where this note belongs"
    inside = (block.kind for block in document.blocks if block.span.contains(anchor))
    where = next(inside, BlockKind.PARAGRAPH).value
    return f"{whose}marked “{anchor.of(document.text)}” in the {where}"


def _short(locator: str) -> str:
    """``"¶ 4"`` for ``"paragraph 4"``, ``"n. 2"`` for ``"note 2"``, ``""`` for a longer one."""
    short = re.sub(r"paragraphs? ", "¶ ", locator.partition(" (")[0]).replace("note ", "n. ")
    return short if len(short) <= _GUTTER - 3 else ""


def _with_pointer(line: Line) -> Line:
    """*line* with a pointer in the margin where the marked passage stands on it."""
    if not any(piece.style in ("marked", "highlight") for piece in line):
        return line
    return (Piece(">", "pointer"), Piece(line[0].text[1:], line[0].style), *line[1:])


def _page(page: Page, block: Block) -> Line:
    within = "" if page.span.start == block.span.start else " begins in what follows"
    return (Piece(" " * _GUTTER), Piece(f"[page {page.label}{within}]", "dim"))


def _window(body: list[Line], around: int) -> list[Line]:
    """The marked lines of *body* with about *around* lines on either side, in whole blocks."""
    marked = [n for n, line in enumerate(body) if line and line[0] == Piece(">", "pointer")]
    if not marked:
        return body
    start, end = max(0, marked[0] - around), marked[-1] + around + 1
    while start > 0 and body[start - 1]:
        start -= 1
    while end < len(body) and body[end]:
        end += 1
    cut: list[Line] = []
    blank = " " * _GUTTER
    if start:
        cut.append((Piece(blank), Piece(f"[{count_phrase(start - 1, 'line')} above]", "cut")))
        start -= 1
    cut += body[start:end]
    if end < len(body):
        text = f"[{count_phrase(len(body) - end - 1, 'line')} below]"
        cut += [(), (Piece(blank), Piece(text, "cut"))]
    return cut
