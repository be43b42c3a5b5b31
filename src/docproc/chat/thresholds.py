"""Every number that a conversation goes by, each with where it comes from."""

from __future__ import annotations

from typing import Final

from docproc.dataclass_on_use import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatThresholds:
    """The constants of ``docproc.chat``; there is one instance, ``THRESHOLDS``."""

    # 134 turns of conversations over invented letters, 125 of them right; each number 30 percent
    # lower and higher (``python -m benchmarks.constants``, 2026-11-30).
    clear: float = 1.25
    """Times the floor: so well answered, a question that only may be a follow-up stays as typed.
    Lower none differs, higher three do and as many are right."""
    nearest_place: float = 0.85
    """Share of the best score anywhere that the best in the document in view must reach.  Lower
    one turn less is right, higher three less."""
    alone_sure: float = 0.6
    """Share of the floor that what was typed must reach without what was added to it, where it
    surely leans on what came before.  Lower none differs, higher one less is right."""
    alone_unsure: float = 0.9
    """The same where it may.  None differs, but at .6 "Any elephants?" is completed from what came
    before it (``tests/chat/test_export.py``)."""
    stem: int = 4
    """Letters that a word that was named and one of the text begin with, at least."""

    # What is shown: as much as a screen holds.
    naming: int = 60
    """Passages that name somebody; the earliest of them are shown."""
    around: int = 12
    """Lines around a passage in its document."""
    labels: int = 18
    """Cells of the names of commands in ``/help``."""
    mentioned: int = 20
    """Passages that ``/mentions`` shows."""
    excerpt: int = 200
    """Characters of each."""
    menu_rows: int = 6
    """Rows of the menu below the prompt."""
    scope_cells: int = 30
    """Cells of the scope in the prompt."""
    name_words: int = 4
    """Words of a name that are completed as one."""


THRESHOLDS: Final = ChatThresholds()
