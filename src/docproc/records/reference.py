"""Archival references, as printed and as parsed; and archives under their names."""

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


@dataclass(frozen=True, slots=True)
class Archive:
    """One archive under one of its names.

    ``abbreviation`` is the standard one (``"RTsKhIDNI"``); ``name`` the full name in the
    archive's own language; ``english`` its usual English name; ``spellings`` every other
    form met in print.  ``begin`` and ``end`` are EDTF: ``begin`` is
    ``None`` where unknown, ``end`` where the name still stands, and ``end`` is empty where
    the name is over but since when is unknown.  ``successors`` are abbreviations.  ``scheme`` is
    the grammar that its references follow.  What is not ``certain`` says why in ``note``.
    """

    abbreviation: str
    name: str
    english: str
    spellings: tuple[str, ...] = ()
    country: str = ""
    scheme: str = ""
    begin: str | None = None
    end: str | None = None
    successors: tuple[str, ...] = ()
    certain: bool = True
    note: str = ""
    sources: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every form of this one name: abbreviation, full, English, and other spellings."""
        return tuple(dict.fromkeys((self.abbreviation, self.name, self.english, *self.spellings)))
