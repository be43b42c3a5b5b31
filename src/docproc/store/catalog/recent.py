"""What was read lately: one question asks for the same passages and documents several times."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Generic, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class Recent(Generic[Key, Value]):
    """Values by key, at most so many; many threads may ask, for what is read never changes."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: dict[Key, Value] = {}

    def get_all(
        self, keys: Iterable[Key], read: Callable[[list[Key]], Mapping[Key, Value]]
    ) -> dict[Key, Value]:
        """The values of *keys*, those not kept by one call of *read*, which may leave some out."""
        kept, found, missing = self._kept, {}, []
        for key in dict.fromkeys(keys):
            try:
                found[key] = kept[key]
            except KeyError:
                missing.append(key)
        if missing:
            new = read(missing)
            found.update(new)
            if len(new) <= self._most // 4:  # a whole catalog that is walked through is not kept
                if len(kept) + len(new) > self._most:
                    kept = self._kept = {}
                kept.update(new)
        return found
