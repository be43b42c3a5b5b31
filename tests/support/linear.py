"""Whether work takes time by the length of what it is given.

The thread's own processor time is compared with that of the same thread, four times the length with
a margin of two: a square would be sixteen times as much. A shared processor makes any one reading
slow, never fast, so the work is taken for linear once one try of several shows it.
"""

import gc
import time
from collections.abc import Callable

FLOOR = 0.25
"""Seconds that may pass in any case: starting up."""

TRIES = 5
"""A square fails every one of them."""


def seconds(work: Callable[[str], object], text: str) -> float:
    begun = time.thread_time()
    work(text)
    return time.thread_time() - begun


def grows_by_length(work: Callable[[str], object], text: str) -> bool:
    """Whether *work* on all of *text* takes at most eight times what a quarter of it takes."""
    seconds(work, text[:100])
    collecting = gc.isenabled()
    gc.disable()
    try:
        return any(_in_proportion(work, text) for _ in range(TRIES))
    finally:
        if collecting:
            gc.enable()


def _in_proportion(work: Callable[[str], object], text: str) -> bool:
    quarter = seconds(work, text[: len(text) // 4])
    return seconds(work, text) <= max(FLOOR, 8 * quarter)
