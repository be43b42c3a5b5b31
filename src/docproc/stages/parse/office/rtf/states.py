"""What holds within a group of RTF, and what is written apart from the text around it."""

from __future__ import annotations

import re
from dataclasses import field

from docproc.dataclass_on_use import dataclass


@dataclass(frozen=True, slots=True)
class RtfState:
    """What a group inherits from the one around it."""

    gone: bool = False
    never: bool = False
    """Whether what it holds is written elsewhere as well, and is read there."""
    deleted: bool = False
    inserted: bool = False
    hidden: bool = False
    font: int | None = None
    skip: int = 1
    """How many characters follow ``\\u`` for programs that do not know it."""
    field: str = ""
    """``"font"`` in the font table, ``"title"`` and so on in the document's properties."""
    choice: int = 0
    """In ``\\upr``, which of its groups comes: 1 that of one code page, 2 that in Unicode."""


@dataclass(slots=True)
class Aside:
    """What is written apart from the text around it: a note, a box, a header or a footer."""

    kind: str
    depth: int
    start: int = 0
    pieces: list[str] = field(default_factory=list)
    leads: bool = False
    """Whether it stands before the words of its paragraph."""

    @property
    def words(self) -> str:
        """Its lines, without empty ones."""
        return re.sub(r"\s*\n\s*", "\n", "".join(self.pieces)).strip()
