"""Growth: whether time goes with the size of the input, or with its square."""

from __future__ import annotations

import time
from collections.abc import Callable

TIMES = 8
"""How much larger the larger input is: what is linear takes 8 times as long, a square 64."""

AT_MOST = 28.0
"""Well above what is linear with its caches cold, and well below the square."""

_TRIES = 5
"""A square fails every one; other work on the machine makes single ones slow."""

_TOO_SHORT = 0.02  # seconds: a smaller difference is noise


def growth(small: Callable[[], object], large: Callable[[], object]) -> float:
    """How many times longer *large* takes than *small*, in processor time; the least of tries."""
    found = _ratio(small, large)
    for _ in range(_TRIES - 1):
        if found <= AT_MOST:
            break
        found = min(found, _ratio(small, large))
    return found


def _ratio(small: Callable[[], object], large: Callable[[], object]) -> float:
    first = min(_seconds(small), _seconds(small))
    second = _seconds(large)
    return second / max(first, _TOO_SHORT / TIMES) if second > _TOO_SHORT * TIMES else 1.0


def _seconds(step: Callable[[], object]) -> float:
    begun = time.process_time()
    step()
    return time.process_time() - begun
