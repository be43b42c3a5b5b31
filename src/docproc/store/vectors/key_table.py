"""Keys of texts, and where each of them stands among many."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint8]
"""Shape ``(n, 32)``: a SHA-256 in each row."""

MISSING = -1


class KeyTable:
    """*keys* ``(n, 32)``, sorted to be found."""

    def __init__(self, keys: Keys) -> None:
        self._order = np.argsort(prefixes(keys), kind="stable")
        self._keys = keys[self._order]
        self._prefixes = prefixes(self._keys)

    def __len__(self) -> int:
        return len(self._keys)

    def find(self, wanted: Keys) -> NDArray[np.int64]:
        """For each of *wanted* ``(m, 32)`` the first number at which it stands; or ``MISSING``."""
        found = np.full(len(wanted), MISSING)
        first = prefixes(wanted)
        at = np.searchsorted(self._prefixes, first)
        left = np.arange(len(wanted))
        while True:
            # Those whose prefix stands at the place reached.  The whole key decides: where
            # two keys share a prefix, the next place is tried.
            left = left[at[left] < len(self._prefixes)]
            left = left[self._prefixes[at[left]] == first[left]]
            if not len(left):
                return found
            same = (self._keys[at[left]] == wanted[left]).all(axis=1)
            here = left[same]
            found[here] = self._order[at[here]]
            left = left[~same]
            at[left] += 1


def prefixes(keys: Keys) -> NDArray[np.uint64]:
    """The first eight bytes of each key as a number that sorts as the key does."""
    first = np.ascontiguousarray(keys[:, :8])
    return first.view(">u8").ravel().astype(np.uint64)
