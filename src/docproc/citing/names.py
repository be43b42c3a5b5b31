"""The parts of a person's name, where the form of it, or its source, shows them."""

from __future__ import annotations

from docproc.dataclass_on_use import dataclass
from docproc.persons import natural, split


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it is spoken; ``family`` and ``given`` only where they can be told apart.

    ``"J. V. Stalin"``, ``"Сталин И. В."`` and ``"Lindqvist, Maja"`` are told apart;
    ``"Foreign Office"`` and ``"Winston Churchill"``, which have one form, are not, and nothing
    is guessed.
    """

    printed: str
    family: str | None = None
    given: str | None = None

    @property
    def inverted(self) -> str:
        """``"Stalin, J. V."``, or the name as printed."""
        return f"{self.family}, {self.given}" if self.family else self.printed

    @property
    def short(self) -> str:
        """``"Stalin"``, or the name as printed."""
        return self.family or self.printed


def read_name(printed: str, family: str | None = None) -> Name:
    """The name in *printed*; *family* is the family name where the source marks it."""
    printed = " ".join(printed.split())
    found = split(printed, family)
    return Name(natural(printed, family), *found) if found else Name(printed)
