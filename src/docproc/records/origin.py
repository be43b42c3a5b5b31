"""Where a source file came from, if docproc fetched it from elsewhere."""

from __future__ import annotations

from docproc.dataclass_on_use import dataclass


@dataclass(frozen=True, slots=True)
class Origin:
    """The address that a source file was fetched from, and when (UTC, ``2026-11-29T21:04:11Z``)."""

    address: str
    fetched: str

    @property
    def day(self) -> str:
        """The date of access: ``"2026-11-29"``."""
        return self.fetched[:10]
