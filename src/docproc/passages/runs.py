"""Runs: which blocks stand together in a passage, before length is thought of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from docproc.dataclass_on_use import dataclass
from docproc.passages.items import ProtocolItem
from docproc.records import Block, BlockKind, PassageKind, Span

_BODY = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
_OPENING = (BlockKind.HEADING, BlockKind.SALUTATION)
_CLOSING = (BlockKind.SIGNATURE, BlockKind.REFERENCE, BlockKind.WITNESS)

_ZONES = {
    BlockKind.FURNITURE: "furniture",
    BlockKind.EDITION: "edition",
    BlockKind.NOTE: "note",
    BlockKind.REGISTER: "register",
    BlockKind.PARAGRAPH: "body",
    BlockKind.LIST_ITEM: "body",
}


_NONE: Mapping[Span, ProtocolItem] = {}


@dataclass(frozen=True, slots=True)
class BlockRun:
    """Consecutive blocks that are quoted together.

    ``place`` is the reader's word for where they stand: ``"heading"``, ``"body"``,
    ``"signature"``, ``"reference"``, ``"dateline"``, ``"note"``, ``"register"`` or ``"edition"``.
    """

    blocks: tuple[Block, ...]
    kind: PassageKind
    place: str

    @property
    def span(self) -> Span:
        """From the first block's start to the last one's end."""
        return Span(self.blocks[0].span.start, self.blocks[-1].span.end)


def group_blocks(
    text: str, blocks: Sequence[Block], min_words: int, items: Mapping[Span, ProtocolItem] = _NONE
) -> list[BlockRun]:
    """Group *blocks*, in order, into runs.

    A paragraph of fewer than *min_words* words is kept with its neighbour, and a heading
    inside the body with what it heads.  Furniture is left out, and parts what stands on
    its two sides.  One of *items*, however short, begins a run, and no other joins it.
    """
    found: list[BlockRun] = []
    for zone, group in groupby(_with_zones(blocks, items), key=lambda pair: pair[0]):
        members = [block for _, block in group]
        if zone == "body":
            found += (
                BlockRun(tuple(kept), PassageKind.BODY, "body")
                for kept in _neighbours(text, members, min_words, items)
            )
        elif zone == "apparatus":
            found += (
                BlockRun(tuple(part), PassageKind.APPARATUS, _place(part))
                for part in _part(members)
            )
        elif zone == "note":
            found += (BlockRun((block,), PassageKind.NOTE, "note") for block in members)
        elif zone == "register":
            found += (BlockRun((block,), PassageKind.APPARATUS, "register") for block in members)
        elif zone == "edition":
            found.append(BlockRun(tuple(members), PassageKind.APPARATUS, "edition"))
    return found


def _with_zones(
    blocks: Sequence[Block], items: Mapping[Span, ProtocolItem]
) -> list[tuple[str, Block]]:
    """Each block with its zone; a heading between paragraphs or over items is of the body."""
    zones = [_ZONES.get(block.kind, "apparatus") for block in blocks]
    following = ""
    for number in range(len(blocks) - 1, -1, -1):
        headed = blocks[number].kind is BlockKind.HEADING and following == "body"
        item = items.get(blocks[number].span)
        if (
            (headed and item)
            or (headed and "body" in zones[:number][-1:])
            or (headed and _inner(zones, blocks, number))
        ):
            zones[number] = "body"
        following = zones[number]
    return list(zip(zones, blocks, strict=True))


def _inner(zones: list[str], blocks: Sequence[Block], number: int) -> bool:
    """Whether only headings stand between the heading at *number* and a paragraph before it."""
    while number and blocks[number].kind is BlockKind.HEADING:
        number -= 1
    return zones[number] == "body"


def _neighbours(
    text: str, blocks: list[Block], min_words: int, items: Mapping[Span, ProtocolItem]
) -> Iterator[list[Block]]:
    """Body blocks, the tiny ones together with the block before them or else after them."""
    kept: list[Block] = []
    waits = False  # for the block that a heading or a tiny opening belongs to
    headed = False  # what is kept ends with a heading
    name: str | None = None  # of the item that is kept
    for block in blocks:
        item = items.get(block.span)
        apart = item is not None and (item.opens or item.section or item.begins)
        heading = block.kind is BlockKind.HEADING
        tiny = heading or len(block.span.of(text).split(maxsplit=min_words)) < min_words
        other = item is not None and item.name != name and not headed
        ends = not headed if apart else (not waits or other) and (heading or not tiny)
        if kept and ends:
            yield kept
            kept = []
        waits = heading or (tiny and (apart or waits or not kept))
        headed = heading
        name = item.name if item else name
        kept.append(block)
    if kept:
        yield kept


def _part(blocks: list[Block]) -> Iterator[list[Block]]:
    """What closes one document, and what opens the next (an enclosure), apart."""
    part: list[Block] = []
    closing = False
    for block in blocks:
        if closing and block.kind in _OPENING:
            yield part
            part, closing = [], False
        closing = closing or block.kind in _CLOSING
        part.append(block)
    yield part


def _place(blocks: list[Block]) -> str:
    kinds = {block.kind for block in blocks}
    for kind, place in (
        (BlockKind.SIGNATURE, "signature"),
        (BlockKind.HEADING, "heading"),
        (BlockKind.SALUTATION, "heading"),
        (BlockKind.REFERENCE, "reference"),
        (BlockKind.WITNESS, "reference"),
    ):
        if kind in kinds:
            return place
    return "dateline"
