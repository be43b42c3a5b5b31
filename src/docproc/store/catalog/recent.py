"""What was read lately: one question asks for the same passages and documents several times."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Generic, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class Recent(Generic[Key, Value]):
    """Values by key, at most so many; a catalog that is read never changes, and so no value does.

    Many threads may ask.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: dict[Key, Value] = {}

    def get_all(
        self, keys: Iterable[Key], read: Callable[[list[Key]], Mapping[Key, Value]]
    ) -> dict[Key, Value]:
        """The values of *keys*, those that are not kept by one call of *read*.

        A key that *read* leaves out is left out.
        """
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
