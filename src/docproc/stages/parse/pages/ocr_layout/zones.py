"""Zones: what the names that transcribers give to regions and lines say that they are.

The types of PAGE XML, the structure types of Transkribus, the zones and lines of SegmOnto
(segmonto.github.io, 2021), and how others write the same.
"""

from __future__ import annotations

import re
from functools import lru_cache

from docproc.records import BlockKind
from docproc.text.patterns import compile_on_use

DROP_CAPITAL = "drop capital"
"""A letter that begins the text beside it."""
Zone = BlockKind | str | None
"""A kind of block, ``DROP_CAPITAL``, or ``None`` for text like any other."""

_ZONES: dict[str, Zone] = {
    **dict.fromkeys(("heading", "headline", "headingline", "headingzone"), BlockKind.HEADING),
    **dict.fromkeys(("title", "subheading", "titlezone"), BlockKind.HEADING),
    **dict.fromkeys(("header", "footer", "runningtitle", "runninghead"), BlockKind.FURNITURE),
    **dict.fromkeys(("runningtitlezone", "runningheader", "runningheadzone"), BlockKind.FURNITURE),
    **dict.fromkeys(("pagenumber", "numbering", "numberingzone", "folio"), BlockKind.FURNITURE),
    **dict.fromkeys(("pageheader", "pagefooter", "foliation"), BlockKind.FURNITURE),
    **dict.fromkeys(("catchword", "signaturemark", "quiremark", "quiremarks"), BlockKind.FURNITURE),
    **dict.fromkeys(("quiremarkszone", "quiremarkzone"), BlockKind.FURNITURE),
    **dict.fromkeys(("digitizationartefactzone", "digitizationartefact"), BlockKind.FURNITURE),
    **dict.fromkeys(("stamp", "stampzone", "seal", "sealzone"), BlockKind.FURNITURE),
    **dict.fromkeys(("footnote", "footnotecontinued", "endnote", "footnotezone"), BlockKind.NOTE),
    **dict.fromkeys(("marginalia", "marginal", "marginaltext", "marginnote"), BlockKind.NOTE),
    **dict.fromkeys(("margintextzone", "margintext"), BlockKind.NOTE),
    **dict.fromkeys(("dropcapital", "dropcapitalzone", "dropcapitalline", "dropcap"), DROP_CAPITAL),
}
_STAMPED: dict[str, Zone] = {"stamp": BlockKind.FURNITURE, "seal": BlockKind.FURNITURE}
"""Kinds of ``GraphicZone`` whose words are those of a stamp, and nobody's signature."""
_SEGMONTO = compile_on_use(r"([A-Za-z]+(?:Zone|Line))[-_. ]")
MOST_OF_A_MARGIN = 6
"""Lines of a running title, a catchword or a letterhead."""
_NOT_LETTERS = compile_on_use(r"[\W\d_]+")


@lru_cache(maxsize=512)
def zone_of(name: str) -> Zone:
    """The zone that *name* stands for: ``page-number``, ``MarginTextZone:note#1``, ….

    What follows a colon or a ``#`` tells zones of one kind apart.
    """
    own, *kinds = re.split(r"[:#]", name)
    found = _ZONES.get(_NOT_LETTERS.sub("", own).lower())
    if found is None and (base := _SEGMONTO.match(own)):  # "MarginTextZone-note"
        found = _ZONES.get(base[1].lower())
    return found or next(filter(None, (_STAMPED.get(kind.lower()) for kind in kinds)), None)


def zone_of_lines(own: Zone, around: Zone, count: int) -> Zone:
    """The zone of lines that say *own* in a region of *count* lines that is called *around*.

    A head or a foot of the page is so in all its lines; one of more lines than such has holds
    text, whatever it is called.
    """
    if around is BlockKind.FURNITURE:
        if count > MOST_OF_A_MARGIN:
            return own
        return own if own == DROP_CAPITAL else around
    return own or around
