"""What a question can lean on."""

from __future__ import annotations

from docproc.dataclass_on_use import dataclass
from docproc.records import Citation


@dataclass(frozen=True, slots=True)
class Context:
    """What a question can lean on.

    ``question`` is the last one, complete; ``citations`` are what was answered last, the one
    in view first, and ``earlier`` those of the answers before, the latest first.  ``listed`` are
    those of the answer that cited several documents last.
    """

    question: str
    citations: tuple[Citation, ...] = ()
    earlier: tuple[Citation, ...] = ()
    listed: tuple[Citation, ...] = ()

    @property
    def citation(self) -> Citation | None:
        """The one in view."""
        return self.citations[0] if self.citations else None
