"""Headings, datelines and signatures, which help to find a letter and do not tell its story.

They answer who, where and when.  Any other question is answered by the text, where there is one
that answers it; they stand behind it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from docproc.questions import ParsedQuestion
from docproc.records import Passage
from docproc.retrieval.answer_kind import wanted_kind
from docproc.retrieval.open_generation import OpenGeneration
from docproc.retrieval.search_result import Search

_FURNITURE: Final = ("heading", "dateline", "signature")
_STATED: Final = ("name", "date")
"""Kinds of answers that furniture states."""
_MARKS: Final = ("?", "？")
_CLOSE: Final = 0.8
"""The share of the score of the furniture that a text must reach which is put before it."""


def text_first(held: OpenGeneration, found: Search, parsed: ParsedQuestion) -> Search:
    """*found*, what answers led by the passages of text, if *parsed* asks what a text tells."""
    asked = wanted_kind(found.question)
    asks = asked is not None or found.question.rstrip().endswith(_MARKS)
    if not asks or asked in _STATED or parsed.field or parsed.phrases:
        return found
    above = int((found.scores >= found.floor).sum())
    if not above:
        return found
    passages = held.catalog.passages(found.rows[:above].tolist())
    bare = np.array([is_furniture(passage) for passage in passages], np.bool_)
    if not bare[0] or not (~bare & (found.scores[:above] >= _CLOSE * found.scores[0])).any():
        return found
    order = np.arange(len(found.rows), dtype=np.int64)
    order[:above] = np.argsort(bare, kind="stable")
    scores = found.scores[order]
    scores[:above] = np.sort(found.scores[:above])[::-1]
    return replace(found, rows=found.rows[order], scores=scores, signals=found.signals.take(order))


def is_furniture(passage: Passage) -> bool:
    """Whether *passage* is a heading, a dateline or a signature alone."""
    return passage.locator.rpartition(", ")[2].split(" ")[0] in _FURNITURE
