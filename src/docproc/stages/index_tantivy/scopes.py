"""Runs of neighbouring rows, and what the ways of searching among them cost.

The costs, in microseconds, were measured at 1,000,000 passages on one core; they only decide
which way is taken, never what is found.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Rows: TypeAlias = NDArray[np.int64]

US_A_LISTED_RUN, US_A_LISTED_ROW = 10.0, 1.0  # rows looked up one by one, by runs of neighbours
US_A_RANGE, US_A_RANGED_ROW = 80.0, 0.2  # a range of rows through the lexicon
US_A_SCANNED_ROW = 0.004  # a range of rows by a scan of the column, over all rows
US_A_HIT = 0.6  # ranking all rows, and keeping those allowed

LISTED, RANGED, SCANNED = range(3)


def runs_of(allowed: Rows) -> Rows:
    """The sorted rows as runs of neighbours ``(m, 2)``: a document's passages are such a run."""
    ends = np.flatnonzero(np.diff(allowed) != 1)
    firsts = allowed[np.concatenate(([0], ends + 1))]
    lasts = allowed[np.concatenate((ends, [len(allowed) - 1]))]
    return np.stack((firsts, lasts), axis=1)


def costs(runs: Rows, rows: int) -> NDArray[np.float64]:
    """What filtering by each run costs, in microseconds: listed, ranged and scanned ``(3, m)``."""
    sizes = runs[:, 1] - runs[:, 0] + 1.0
    return np.stack(
        (
            US_A_LISTED_RUN + US_A_LISTED_ROW * sizes,
            US_A_RANGE + US_A_RANGED_ROW * sizes,
            np.full(len(sizes), US_A_SCANNED_ROW * rows),
        )
    )
