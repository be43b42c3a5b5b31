"""How far vectors of a reduced precision agree with the exact ones, on the texts at hand."""

from __future__ import annotations

from typing import Any

import numpy as np

from docproc.dataclass_on_use import dataclass
from docproc.errors import ModelError
from docproc.hooks.protocols import Vectors

SAMPLE = 256
"""So many texts are compared, all over what is embedded."""
EVERY = 16
"""Of so many batches one is compared, the first among them, until the sample is full."""
LEAST_COSINE = 0.95
"""A model that agrees less with itself, in the mean, is not fit to be computed so."""


@dataclass(slots=True)
class Agreement:
    """The cosines of a run so far."""

    batches: int = 0
    compared: int = 0
    total: float = 0.0
    least: float = 1.0

    def wanted(self) -> bool:
        """Whether the next batch is to be compared; to be asked once for each."""
        self.batches += 1
        return self.compared < SAMPLE and self.batches % EVERY == 1

    def add(self, reduced: Vectors, exact: Vectors) -> None:
        """Take in a batch's vectors ``(n, d)``, of any norm.  Raises ``ModelError``."""
        norms = np.linalg.norm(reduced, axis=1) * np.linalg.norm(exact, axis=1)
        cosines = (reduced * exact).sum(axis=1) / np.maximum(norms, np.finfo(np.float32).tiny)
        self.compared += len(cosines)
        self.total += float(cosines.sum())
        self.least = min(self.least, float(cosines.min()))
        if not self.mean >= LEAST_COSINE:
            raise ModelError(
                f"in this precision the model's vectors are too far from its exact ones: cosine "
                f"{self.mean:.3f} over {self.compared} texts, at least {LEAST_COSINE} expected; "
                "choose another"
            )

    @property
    def mean(self) -> float:
        return self.total / self.compared

    def facts(self, precision: str) -> dict[str, Any]:
        """What goes into the manifest; ``{}`` where nothing was compared."""
        if not self.compared:
            return {}
        return {
            "precision": precision,
            "cosine": round(self.mean, 4),
            "least cosine": round(self.least, 4),
            "compared": self.compared,
        }
