"""What no reader is shown: documents that are withdrawn, or that a rule of access closes."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from docproc.dataclass_on_use import dataclass
from docproc.store.withdrawals import Withdrawal


@dataclass(frozen=True, slots=True)
class Hidden:
    """Documents by their ids, and by their source and member; ``told`` says why, in words.

    The words are of what is withheld by rules of access; a withdrawal is not told to readers.
    """

    documents: frozenset[str] = frozenset()
    places: frozenset[tuple[str, str]] = frozenset()
    told: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.documents or self.places)

    @property
    def digest(self) -> str:
        """Differs where anything else is hidden: for what is remembered of a generation."""
        listed = "\n".join((*sorted(self.documents), *sorted("\t".join(p) for p in self.places)))
        return sha256(listed.encode("utf-8", "surrogatepass")).hexdigest()[:16] if self else ""

    def has(self, document: str, source: str, member: str) -> bool:
        """Whether that document is hidden."""
        return document in self.documents or (source, member) in self.places

    @classmethod
    def withdrawn(cls, listed: Iterable[Withdrawal]) -> Hidden:
        """What *listed* hides."""
        every = tuple(listed)
        return cls(
            frozenset(each.document for each in every),
            frozenset((each.source, each.member) for each in every),
        )

    def join(self, other: Hidden) -> Hidden:
        """What this one hides and what *other* does."""
        return Hidden(
            self.documents | other.documents, self.places | other.places, self.told + other.told
        )
