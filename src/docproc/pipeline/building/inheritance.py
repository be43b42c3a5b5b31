"""Inheritance: what a new generation has in common with the one that it was made from.

Documents keep their order, and new ones stand after those that stayed.  So of an array that
has a row for each passage, what stayed is found by counting, and what is new stands at its
end; nothing is compared text by text.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from docproc.dataclass_on_use import dataclass
from docproc.pipeline.monitoring.progress import Progress
from docproc.store.catalog import Catalog
from docproc.store.generations.generation import Generation
from docproc.store.manifest import CALIBRATION_METHOD, Manifest, reranker_fingerprint

Calibrate = Callable[[Path, Manifest, Progress], dict[str, Any]]
"""Measures a built draft, and returns what retrieval wants to know of it."""
Rows = NDArray[np.int64]

CALIBRATION = "calibration"
"""Among a manifest's facts: how many passages there were when it was measured (``passages``),
and how many have come or gone since (``changed``)."""
TAKEN_OVER = "taken over"
"""Among a manifest's facts: how many ``passages`` are the parent's, unchanged."""
STALE_SHARE = 0.02
"""Share of the passages that may come or go before the calibration is measured again."""


@dataclass(frozen=True, slots=True)
class Inheritance:
    """A generation, and where each of its documents, and of its passages, stands now.

    ``documents`` ``(d,)`` and ``passages`` ``(n,)`` are in its own order; -1: gone, or changed.
    """

    parent: Generation
    documents: Rows
    passages: Rows

    @property
    def kept_documents(self) -> int:
        return int(np.count_nonzero(self.documents >= 0))

    @property
    def kept_passages(self) -> int:
        return int(np.count_nonzero(self.passages >= 0))


def inherit(catalog: Catalog, parent: Generation | None) -> Inheritance | None:
    """What *catalog* has in common with *parent*, which was examined; ``None`` if nothing."""
    if parent is None or parent.damaged is None:
        return None
    with Catalog(parent.catalog) as before:
        documents = catalog.columns.place_earlier(before.columns)
        sizes = np.diff(before.first_rows)
        firsts = before.first_rows[:-1]
    kept = documents[documents >= 0]
    if not np.array_equal(kept, np.arange(len(kept))):
        return None
    shift = np.repeat(catalog.first_rows[documents] - firsts, sizes)
    passages = np.arange(int(sizes.sum())) + shift
    passages[np.repeat(documents < 0, sizes)] = -1
    return Inheritance(parent, documents, passages)


def with_calibration(
    calibrate: Calibrate,
    folder: Path,
    manifest: Manifest,
    parent: Generation | None,
    progress: Progress,
) -> Manifest:
    """*manifest* with the parent's calibration where that still holds, or else a measured one."""
    passages = manifest.counts.passages
    before = _inherit_calibration(manifest, parent)
    if parent is not None and before is not None:
        kept = int(manifest.facts.get(TAKEN_OVER, {}).get("passages", 0))
        changed = before["changed"] + passages + parent.manifest.counts.passages - 2 * kept
        if changed <= STALE_SHARE * before["passages"]:
            facts = manifest.facts | {CALIBRATION: before | {"changed": changed}}
            return dataclasses.replace(
                manifest, calibration=parent.manifest.calibration, facts=facts
            )
    facts = manifest.facts | {CALIBRATION: {"passages": passages, "changed": 0}}
    measured = calibrate(folder, manifest, progress)
    return dataclasses.replace(manifest, calibration=measured, facts=facts)


def _inherit_calibration(manifest: Manifest, parent: Generation | None) -> dict[str, int] | None:
    """What is known of the parent's calibration, if it would be measured the same way now."""
    if parent is None or not parent.manifest.calibration:
        return None
    then = parent.manifest
    same = (
        then.docproc == manifest.docproc
        and then.calibration.get("method") == CALIBRATION_METHOD
        and then.model.fingerprint == manifest.model.fingerprint
        and then.model.query_encoder == manifest.model.query_encoder
        and then.recipe == manifest.recipe
        and reranker_fingerprint(then) == reranker_fingerprint(manifest)
    )
    return then.facts.get(CALIBRATION) if same else None
