"""Items: what a protocol or a decree numbers, so that each can be cited by its own number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from docproc.dataclass_on_use import dataclass
from docproc.letters.paragraphs.minutes import Opening, is_heard_section, opens_list, read_opening
from docproc.records import Block, BlockKind, Span
from docproc.text.patterns import compile_on_use

KINDS = ("minutes", "minute", "decree", "resolution", "order", "extract")
"""Kinds of document whose numbered paragraphs are items, whatever opens them."""

_BODY = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.HEADING)
_NUMBERED = compile_on_use(r"\d+(?:\.\d+)*")


@dataclass(frozen=True, slots=True)
class ProtocolItem:
    """Where a block stands: ``name`` is the item as a reader would cite it.

    ``name`` is ``None`` for a bare number that no section is named over.  ``opens`` says that
    the item begins with the block, and ``section`` that the block opens a section.  ``begins``
    says that a matter without a number begins with it: what was heard before it is another's.
    """

    name: str | None
    opens: bool = False
    section: bool = False
    begins: bool = False


@dataclass(frozen=True, slots=True)
class _State:
    """What has been read: the section, the form and number of its last item, what holds now."""

    section: str | None = None
    form: str | None = None
    last: tuple[int, ...] = ()
    top: str | None = None
    titled: bool = False


def find_items(text: str, blocks: Sequence[Block], kind: str | None) -> dict[Span, ProtocolItem]:
    """The item of each block that is, opens or belongs to one, by the block's span.

    A section ends with the body it stands in, with the next section, and where the numbers
    begin again or are printed in another form: what follows an agenda is not the agenda's.
    """
    protocol = kind in KINDS
    found: dict[Span, ProtocolItem] = {}
    state = _State()
    for block in blocks:
        if block.kind is BlockKind.FURNITURE:
            continue
        if block.kind not in _BODY:
            state = _State()
            continue
        item, state = _next(state, text, block, protocol)
        if item is not None:
            found[block.span] = item
    return found


def _next(
    state: _State, text: str, block: Block, protocol: bool
) -> tuple[ProtocolItem | None, _State]:
    words = block.span.of(text)
    opening = read_opening(words)
    if opening.alone:
        return ProtocolItem(None, section=True), _State(section=opening.section)
    if opening.named or (opening.label and _NUMBERED.fullmatch(opening.label)):
        return _item(state, opening, protocol or opening.named is not None)
    if opening.section and (
        protocol or state.top
    ):  # "Постановили: Отложить.", on the point that was heard
        name = f"{opening.section}, on {_drop_section(state.top)}" if state.top else opening.section
        heard = not state.top and is_heard_section(opening.section)
        return ProtocolItem(name, begins=heard), state
    if opening.label and state.top:
        return ProtocolItem(f"{state.top} ({opening.label})"), state
    section = opens_list(words) if protocol else None
    if section:
        return None, _State(section=section)
    if block.kind is BlockKind.HEADING:
        return None, _State()
    return (ProtocolItem(state.top) if state.titled else None), state


def _item(state: _State, opening: Opening, apart: bool) -> tuple[ProtocolItem | None, _State]:
    form = (opening.named or "")[:1].casefold()  # "Article 1", "Art. 2"
    number = tuple(int(n) for n in (opening.label or "").split(".") if n.isdigit())
    begins = opening.section or (
        state.form is not None and (form != state.form or not number > state.last)
    )
    if begins:
        state = replace(state, section=opening.section)
    said = opening.named or (f"point {opening.label}" if state.section else None)
    name = f"{state.section}, {said}" if state.section and said else said
    after = _State(state.section, form, number, name, titled=opening.named is not None)
    if not (apart or state.section):
        return None, replace(after, top=None)
    return ProtocolItem(name, opens=True), after


def _drop_section(top: str) -> str:
    """*top* without the section that it stands in: ``"point 2"``."""
    return top.rsplit(", ", 1)[-1]
