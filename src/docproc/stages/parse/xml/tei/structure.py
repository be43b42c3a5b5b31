"""Divisions and blocks, lines and pages, tables, and the entries of registers."""

from __future__ import annotations

from docproc.formats.numerals import parse_whole
from docproc.formats.tables import Covered, covered_places
from docproc.formats.xml import Element, local
from docproc.letters.paragraphs.forms import dates_in_dateline
from docproc.records import BlockKind
from docproc.stages.parse.xml.tei.body import TeiBody, Way
from docproc.stages.parse.xml.tei.images import image_of
from docproc.stages.parse.xml.tei.marks import is_quoted
from docproc.stages.parse.xml.tei.shown import shown_words
from docproc.text.patterns import compile_on_use

_PARAGRAPHS = (
    *("p", "ab", "lg", "sp", "speaker", "stage", "argument", "epigraph"),
    *("postscript", "trailer", "opener", "address", "closer"),
)
_DIVISIONS = (*("div", "div1", "div2", "div3", "div4", "body", "front", "back"),)
_ENTRIES = (
    *("person", "personGrp", "place", "org", "bibl", "biblStruct", "biblFull", "event", "nym"),
    *("relation", "category"),
)
_IN_WORDS = ("hi", "c", "g", "ex", "am", "lb", "choice", "abbr", "expan", "note")
"""Elements that stand within words, where all others in an entry are values of their own."""
_LISTS = ("listPerson", "listPlace", "listOrg", "listBibl", "listEvent", "listNym", "listRelation")
_MEMBERS = ("p", "ab", "l", "lg", "list", "table", "sp", "div", "floatingText", "item")
_AROUND = compile_on_use(r"pagin|page.?num|foli|library|running|header|footer|catch")
_PRINTED_PAGE = compile_on_use(r"[^\W_]{1,6}|\[[^\W_]{1,6}\]|\d+\s?[rv]|[rv]\d+")
_FOLIO = compile_on_use(r"0*(\d+\s?(?:r|v|bis)?[a-d]?)")


def _head(body: TeiBody, element: Element) -> None:
    """Notes on it wait until the end: what stands under a head follows it.

    Of several heads, one that is place and date is the dateline.
    """
    heads = sum(1 for _ in element.itersiblings("{*}head")) + sum(
        1 for _ in element.itersiblings("{*}head", preceding=True)
    )
    if heads and dates_in_dateline(shown_words(element)):
        body.block(element, BlockKind.DATELINE)
        return
    outer, body.in_head = body.in_head, True
    body.block(element, BlockKind.HEADING, level=max(1, body.depth))
    body.in_head = outer


def _item(body: TeiBody, element: Element) -> None:
    if _holds_blocks(element):
        body.content(element)
    else:
        body.block(element, BlockKind.LIST_ITEM, element.get("n"))


def _cit(body: TeiBody, element: Element) -> None:
    if _holds_blocks(element):
        body.content(element)
    else:
        body.block(element)


def _holds_blocks(element: Element) -> bool:
    return any(local(each) in _MEMBERS for each in element)


def set_apart(body: TeiBody, element: Element) -> None:
    """A division; what opens and signs a text within another does not open and sign the whole."""
    outer, body.in_other = body.in_other, body.in_other or is_quoted(element)
    body.division(element)
    body.in_other = outer


def _quote(body: TeiBody, element: Element) -> None:
    start = body.flow.out.at
    if _holds_blocks(element):
        body.division(element)
    else:
        body.content(element)
    body.flow.out.quote(start)


# Lines and pages


def _lb(body: TeiBody, element: Element) -> None:
    joined = element.get("break") == "no"
    if body.in_cell or joined:
        body.line(joined=joined)
    else:
        body.flow.line()


def _l(body: TeiBody, element: Element) -> None:
    body.line()
    body.content(element)
    body.line()


def _space(body: TeiBody, _: Element) -> None:
    body.flow.text(" ")


def _pb(body: TeiBody, element: Element) -> None:
    body.page += 1
    if element.get("break") == "no":
        body.line(joined=True)
    begin_page(body, element)


def begin_page(body: TeiBody, element: Element) -> None:
    """The page that *element*, a ``pb`` or a ``surface``, begins; its number in the file is set."""
    printed = (element.get("n") or "").strip()
    if not printed:
        facs = (element.get("facs") or "").strip()
        printed = facs if _PRINTED_PAGE.fullmatch(facs) else str(body.page)
    folio = _FOLIO.fullmatch(printed)
    label = folio[1] if folio else printed
    label = f"fol. {label}" if label[-1:] in "rv" and folio else label
    body.flow.page(label, body.page, image_of(element, body.surfaces))


def _surface(body: TeiBody, element: Element) -> None:
    _pb(body, element)
    body.division(element)


# Tables


def _table(body: TeiBody, element: Element) -> None:
    """A block of lines; cells that reach into the rows below keep their places there."""
    outer, body.covered = body.covered, _cover(element)
    body.block(element)
    body.covered = outer


def _cover(table: Element) -> Covered:
    if not any((cell.get("rows") or "1") != "1" for cell in table.iter("{*}cell")):
        return Covered()
    rows = list(table.iter("{*}row"))
    places = covered_places(
        [
            [
                (cell, parse_whole(cell.get("rows"), 1), parse_whole(cell.get("cols"), 1))
                for cell in row.iterchildren("{*}cell")
            ]
            for row in rows
        ]
    )
    at_end = {row: count for n, row in enumerate(rows) if (count := places.at_end.get(n))}
    return Covered(places.before, at_end)


def _row(body: TeiBody, element: Element) -> None:
    """A line, its cells between tabs, empty ones too."""
    body.line()
    body.content(element)
    body.flow.cell(body.covered.at_end.get(element, 0))
    body.flow.end_row()


def _cell(body: TeiBody, element: Element) -> None:
    """Paragraphs in it are one after another, for a row is one line."""
    body.flow.cell(body.covered.before.get(element, 0))
    outer, body.in_cell = body.in_cell, True
    body.content(element)
    body.in_cell = outer
    body.flow.cell()


# Registers


def _entry(body: TeiBody, element: Element) -> None:
    """An entry of a register, its parts one below another; in a sentence, only words."""
    above = local(element.getparent())
    if above not in (*_LISTS, "list", "relationGrp") or body.in_cell:
        body.content(element)
        return
    for each in element.iter("*"):
        if each is element or local(each) in _IN_WORDS:
            continue
        each.tail = each.tail or " "
        before = each.getprevious()
        if before is None and each.getparent().text:
            each.getparent().text = f"{each.getparent().text} "
        elif before is not None and before.tail:
            before.tail = f"{before.tail} "
    body.flow.open(BlockKind.REGISTER)
    for each in element:
        body.flow.line()
        if local(each):
            plain = local(each) in _PARAGRAPHS or local(each) == "note"
            body.content(each) if plain else body.element(each)
        body.flow.text(each.tail)
    if not len(element):
        body.content(element)
    body.flow.close()


def _of_kind(kind: BlockKind) -> Way:
    """Of that kind in the document itself, and a paragraph in a text that it quotes."""
    plain = BlockKind.PARAGRAPH
    return lambda body, element: body.block(element, plain if body.in_other else kind)


def _zone(body: TeiBody, element: Element) -> None:
    """A part of a written page; its number, or what a library wrote there, stands around it."""
    if _AROUND.match(element.get("type") or ""):
        body.block(element, BlockKind.FURNITURE)
    else:
        body.division(element)


def _write_description(body: TeiBody, element: Element) -> None:
    """What the edition says of a picture: none of the words of the text, and cuts no sentence."""
    if body.flow.in_block:
        body.flow.later(lambda: body.block(element, BlockKind.EDITION))
    else:
        body.block(element, BlockKind.EDITION)


WAYS: dict[str, Way] = {
    "figDesc": _write_description,
    "zone": _zone,
    **dict.fromkeys(_PARAGRAPHS, TeiBody.block),
    **dict.fromkeys(("head", "titlePart"), _head),
    "dateline": _of_kind(BlockKind.DATELINE),
    "salute": _of_kind(BlockKind.SALUTATION),
    "signed": _of_kind(BlockKind.SIGNATURE),
    "space": _space,
    **dict.fromkeys(_LISTS, TeiBody.division),
    **dict.fromkeys(_ENTRIES, _entry),
    "item": _item,
    "cit": _cit,
    **dict.fromkeys(_DIVISIONS, TeiBody.division),
    **dict.fromkeys(("l", "addrLine", "line"), _l),
    "table": _table,
    "row": _row,
    "cell": _cell,
    "floatingText": set_apart,
    **dict.fromkeys(("quote", "q", "said"), _quote),
    "lb": _lb,
    "pb": _pb,
    "surface": _surface,
}
