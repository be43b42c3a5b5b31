"""An archive under one of its names."""

from __future__ import annotations

from docproc.dataclass_on_use import dataclass


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
