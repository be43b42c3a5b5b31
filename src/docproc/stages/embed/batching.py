"""Batches of so many tokens, and what is prepared while something else computes."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Given = TypeVar("Given")
Made = TypeVar("Made")
Feed = dict[str, NDArray[np.int64]]
"""The inputs of a graph, by name: a row a text."""


def batches(lengths: Sequence[int], tokens: int) -> Iterator[list[int]]:
    """Cut the rows into batches of like length that, padded, hold at most *tokens* tokens.

    The longest come first, so that memory runs out at once or never.  A text longer than
    *tokens* is a batch of its own.
    """
    batch: list[int] = []
    width = 0
    for row in sorted(range(len(lengths)), key=lambda row: -lengths[row]):
        if batch and width * (len(batch) + 1) > tokens:
            yield batch
            batch = []
        if not batch:
            width = lengths[row]
        batch.append(row)
    if batch:
        yield batch


def make_ahead(
    make: Callable[[Given], Made], given: Iterable[Given], depth: int = 1
) -> Iterator[Made]:
    """Yield ``make(each)`` for each of *given*, in order, made by a thread *depth* ahead.

    *given* is read by the caller's own thread.  An error of *make* is raised in its turn.
    """
    beside = ThreadPoolExecutor(max_workers=1, thread_name_prefix="ahead")
    waiting: deque[Future[Made]] = deque()
    try:
        for each in given:
            waiting.append(beside.submit(make, each))
            if len(waiting) > depth:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        beside.shutdown(cancel_futures=True)


def make_feed(encoded: Sequence[Any], inputs: Sequence[str], pad: int) -> Feed:
    """The graph's *inputs* of texts that the tokenizer has *encoded*, filled up with *pad*."""
    width = max(len(each.ids) for each in encoded)
    filled = {
        "input_ids": ("ids", pad),
        "attention_mask": ("attention_mask", 0),
        "token_type_ids": ("type_ids", 0),
    }
    feed: Feed = {}
    for name in inputs:
        attribute, padding = filled[name]
        block = np.full((len(encoded), width), padding, np.int64)
        for row, each in enumerate(encoded):
            values = getattr(each, attribute)
            block[row, : len(values)] = values
        feed[name] = block
    return feed
