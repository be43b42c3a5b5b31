"""Archival references: the address of a document in an archive, as printed and as parsed."""

from __future__ import annotations

from docproc.dataclass_on_use import dataclass
from docproc.records.span import Span


@dataclass(frozen=True, slots=True)
class ArchivalReference:
    """An archival reference.

    ``printed`` is what stands in the source, letter for letter; ``span`` is where, in
    ``Document.text``, or ``None`` where it came from metadata outside the reading text.
    ``scheme`` names the grammar that parsed it (``"fond"`` for fond, opis, delo, leaf).
    ``archive`` is the archive's standard name at the time (``"RTsKhIDNI"``) and
    ``archive_now`` its successor's (``"RGASPI"``); both ``None`` where unknown.
    ``components`` are the parsed levels, outermost first: ``(("fond", "558"), …)``.
    """

    printed: str
    scheme: str
    components: tuple[tuple[str, str], ...]
    archive: str | None = None
    archive_now: str | None = None
    span: Span | None = None

    def get(self, level: str) -> str | None:
        """The value of one level (``"fond"``, ``"delo"``, …), or ``None``."""
        return next((value for name, value in self.components if name == level), None)
