"""The parts of a person's name, where the form of it shows them."""

from __future__ import annotations

import re
from dataclasses import dataclass

_INITIALS = r"(?:[^\W\d_]{1,2}\.[\s-]?){1,4}"
_FAMILY = r"(?:(?:von|van|de|der|den|di|da|du|la|le|al|bin|of)\s)*[^\W\d_][^\W\d_'’-]+"
_GIVEN_FIRST = re.compile(rf"({_INITIALS})\s?({_FAMILY})")
_FAMILY_FIRST = re.compile(rf"({_FAMILY}),?\s({_INITIALS})")


@dataclass(frozen=True, slots=True)
class Name:
    """A name as printed; ``family`` and ``given`` only where initials tell them apart.

    ``"J. V. Stalin"`` and ``"Сталин И. В."`` are told apart; ``"Foreign Office"`` and
    ``"Winston Churchill"``, which have one form, are not, and nothing is guessed.
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


def read_name(printed: str) -> Name:
    """The name in *printed*."""
    printed = " ".join(printed.split())
    if match := _GIVEN_FIRST.fullmatch(printed):
        return Name(printed, match[2], match[1].strip())
    if match := _FAMILY_FIRST.fullmatch(printed):
        return Name(printed, match[1], match[2].strip())
    return Name(printed)
