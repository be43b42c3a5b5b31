"""Headings, datelines and signatures, which help to find a letter and do not tell its story.

They answer who, where and when.  Any other question is answered by the text, where there is one
that answers it; they stand behind it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from docproc.questions import ParsedQuestion
from docproc.records import Passage
from docproc.retrieval.answer_kind import wanted_kind
from docproc.retrieval.evidence import hold_below
from docproc.retrieval.open_generation import OpenGeneration
from docproc.retrieval.search_result import Search
from docproc.retrieval.weights import WEIGHTS

_FURNITURE: Final = ("heading", "dateline", "signature")
_STATED: Final = ("name", "date")
"""Kinds of answers that furniture states."""
_MARKS: Final = ("?", "？")


def text_first(held: OpenGeneration, found: Search, parsed: ParsedQuestion) -> Search:
    """*found*, what answers led by the passages of text, if *parsed* asks what a text tells.

    Why a thing was done is told by no heading of a letter at all.
    """
    asked = wanted_kind(parsed.text)
    asks = asked is not None or parsed.text.rstrip().endswith(_MARKS)
    if not asks or asked in _STATED or parsed.field or parsed.phrases:
        return found
    above = int((found.scores >= found.floor).sum())
    if not above:
        return found
    passages = held.catalog.passages(found.rows[:above].tolist())
    bare = np.array([is_furniture(passage) for passage in passages], np.bool_)
    why = bool(bare[0]) and asked == "reason" and _of_letters(held, passages)
    if why and bare.all():
        return replace(found, scores=hold_below(found.scores, found.floor))
    least = found.floor if why else WEIGHTS.before_furniture * found.scores[0]
    if not bare[0] or not (~bare & (found.scores[:above] >= least)).any():
        return found
    order = np.arange(len(found.rows), dtype=np.int64)
    order[:above] = np.argsort(bare, kind="stable")
    return replace(
        found,
        rows=found.rows[order],
        scores=found.scores[order],
        signals=found.signals.take(order),
    )


def _of_letters(held: OpenGeneration, passages: Sequence[Passage]) -> bool:
    """Whether each of *passages* is of a document that somebody sent."""
    rows = held.catalog.document_rows({passage.document_id for passage in passages})
    return all(row.sender for row in rows.values())


def is_furniture(passage: Passage) -> bool:
    """Whether *passage* is a heading, a dateline or a signature alone."""
    return passage.locator.rpartition(", ")[2].split(" ")[0] in _FURNITURE
