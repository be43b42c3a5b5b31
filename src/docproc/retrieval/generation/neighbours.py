"""What stands beside a passage in its document; another document may be hidden, or missing."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from docproc.records import Passage
from docproc.store.catalog import Catalog

Rows = NDArray[np.int64]


def texts_beside(
    catalog: Catalog, passages: Sequence[Passage], beside: Rows, count: int
) -> list[tuple[str, str | None]]:
    """The search text and language of each row *beside*; no text where another document begins.

    Row ``beside[n]`` stands beside ``passages[n]``, and only rows of its document are read.  Beside
    the first and the last of all *count* passages each stands itself.
    """
    documents = catalog.document_rows({passage.document_id for passage in passages})
    own = [documents[passage.document_id] for passage in passages]
    firsts = np.array([row.first_row for row in own], np.int64)
    last = firsts + np.array([row.passages for row in own], np.int64) - 1
    inside, there = _clip(beside, firsts, last, count)
    near = catalog.passages(inside.tolist())
    return [
        (each.search_text if own_document else "", each.language)
        for each, own_document in zip(near, there.tolist(), strict=True)
    ]


def beside_in_document(
    first_rows: Rows, own: Rows, beside: Rows, count: int
) -> tuple[Rows, NDArray[np.bool_]]:
    """The rows that ``texts_beside`` reads for those *beside* their *own*, and which have a text.

    *first_rows* are those of all documents.
    """
    at = np.searchsorted(first_rows, own, side="right")
    return _clip(beside, first_rows[at - 1], first_rows[at] - 1, count)


def _clip(beside: Rows, firsts: Rows, lasts: Rows, count: int) -> tuple[Rows, NDArray[np.bool_]]:
    inside = np.clip(beside, firsts, lasts)
    return inside, (inside == beside) | (beside < 0) | (beside >= count)
