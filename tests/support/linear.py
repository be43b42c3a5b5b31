"""Whether work takes time by the length of what it is given.

Processor time is compared with that of the same process, four times the length with a margin of
two: a square would be sixteen times as much.
"""

import time
from collections.abc import Callable

FLOOR = 0.25
"""Seconds that may pass in any case: starting up, and the collector of garbage."""


def seconds(work: Callable[[str], object], text: str) -> float:
    begun = time.process_time()
    work(text)
    return time.process_time() - begun


def grows_by_length(work: Callable[[str], object], text: str) -> bool:
    """Whether *work* on all of *text* takes at most eight times what a quarter of it takes."""
    seconds(work, text[:100])
    quarter = seconds(work, text[: len(text) // 4])
    return seconds(work, text) <= max(FLOOR, 8 * quarter)
