"""Unpacking: what a compressed file has come to so far, held to the limits of the configuration."""

from __future__ import annotations

from docproc.config import Limits
from docproc.errors import SourceError

_NO_BOMB = 10_000_000
"""Bytes; what unpacks to no more may be packed as tightly as it likes."""
_TRUSTED = "it was left packed: unpack it yourself, or raise that limit, if you trust it"


class Unpacking:
    """Counts parts and sizes unpacked from *packed* bytes; raises ``SourceError`` past a limit."""

    def __init__(self, packed: int, limits: Limits) -> None:
        self._limits = limits
        self._most = limits.unpacked_megabytes * 1_000_000
        self._tightest = max(_NO_BOMB, packed * limits.unpacked_ratio)
        self._parts = self._size = 0

    @property
    def left(self) -> int:
        """How many bytes may still come."""
        return min(self._most, self._tightest) - self._size

    def parts(self, count: int = 1) -> None:
        """So many more parts."""
        self._parts += count
        if self._parts > self._limits.parts:
            raise SourceError(f"it holds more than {self._limits.parts:,} parts (limits.parts)")

    def unpacks(self, size: int) -> None:
        """So many more bytes."""
        self._size += size
        if self._size > self._most:
            most = self._limits.unpacked_megabytes
            raise SourceError(
                f"it unpacks to more than {most:,} MB (limits.unpacked_megabytes); {_TRUSTED}"
            )
        if self._size > self._tightest:
            ratio = self._limits.unpacked_ratio
            raise SourceError(
                f"it unpacks to more than {ratio:,} times its size (limits.unpacked_ratio), as "
                f"files do that are made to fill a disk; {_TRUSTED}"
            )
