"""The contract of rules of access: which documents are closed to readers, and until when."""

from __future__ import annotations

from datetime import date
from typing import Protocol, runtime_checkable

from docproc.dataclass_on_use import dataclass
from docproc.records import DocumentRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Closure:
    """Why a document is closed, as it follows "withheld by": ``embargo``, ``the depositor``.

    ``until`` is the first day on which it is open again, ``None`` where none is known.  The words
    are shown where something is withheld: they name the rule, and never the document.
    """

    why: str
    until: date | None = None


@runtime_checkable
class AccessRule(Protocol):
    """Rule of access: which documents no reader is shown today, whatever is asked.

    Rules are asked when a generation is opened, and again on another day.  What one closes is
    in no answer, list, count, page image or export, as what ``docproc withdraw`` withdraws; the
    words of the closures are shown with how many they are.  Where a rule fails nothing is shown
    at all.
    """

    def closed(self, document: DocumentRow, today: date, /) -> Closure | None:
        """Why *document* is closed on *today*; ``None`` where it is open.

        Pure: it depends on the row and on *today*, which is the only clock that it has.
        """
        ...
