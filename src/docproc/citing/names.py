"""Names: the parts of a person's, where its form or its source shows them; several in a row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from docproc.dataclass_on_use import dataclass
from docproc.persons import natural_order, shared_family_name, split_name
from docproc.records import Mention
from docproc.text.output import visible

_MOST = 3
"""Of those in one place of a note (Chicago 14.76, GOST R 7.0.5-2008 5.5)."""
_MOST_LISTED, _LISTED = 10, 7
"""Of those that a bibliography lists, and how many of more than that (Chicago 14.76)."""


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
    suffix: str | None = None

    @property
    def inverted(self) -> str:
        """``"Stalin, J. V."``, or the name as printed."""
        parts = (self.family, self.given, self.suffix)
        return ", ".join(filter(None, parts)) if self.family else self.printed

    @property
    def short(self) -> str:
        """``"Stalin"``, or the name as printed."""
        return self.family or self.printed


def read_name(printed: str, family: str | None = None) -> Name:
    """The name in *printed*; *family* is the family name where the source marks it."""
    printed = " ".join(printed.split())
    found = split_name(printed, family)
    if not found:
        return Name(printed)
    given, _, suffix = found[1].partition(", ")
    return Name(natural_order(printed, family), found[0], given, suffix or None)


def read_names(mention: Mention | None) -> tuple[Name, ...]:
    """Each of those whom *mention* names: ``"Holm, Ida; Holm and Sons"`` are two.

    Of addresses of mail, ``"Ida Holm <ida@holm.example>, Per Nyberg <...>"``, the names.
    """
    if mention is None:
        return ()
    names = [name.strip() for name in visible(mention.person).split(";") if name.strip()]
    if any("@" in name for name in names):
        names = [
            each for name in names for each in (_read_addresses(name) if "@" in name else [name])
        ]
    families = dict(enumerate(name.strip() for name in (mention.family or "").split(";")))
    shared = shared_family_name(names)
    return tuple(
        read_name(name, families.get(at) or shared.get(name)) for at, name in enumerate(names)
    )


def _read_addresses(line: str) -> list[str]:
    """Whom a *line* of addresses names; the addresses of those without a name."""
    from email.utils import (
        getaddresses,  # only mail needs it, and it costs a question eight modules
    )

    found = [(name.strip(" '\""), at) for name, at in getaddresses([line])]
    return [name or at for name, at in found if name or at] or [line]


def join_names(names: Iterable[str]) -> str:
    """``"Ida Holm, Ada Holm, and Holm and Sons"``; of more than three the first "et al."."""
    found = list(names)
    if len(found) > _MOST:
        return f"{found[0]} et al."
    *others, last = found or [""]
    return f"{', '.join(others)}{_comma(found)} and {last}" if others else last


def sort_names(names: Sequence[Name]) -> str:
    """``"Holm, Ida, Ada Holm, and Holm and Sons"``: the first as it is sorted, ten at most."""
    found = [names[0].inverted, *(name.printed for name in names[1:])]
    if len(found) > _MOST_LISTED:
        return f"{', '.join(found[:_LISTED])}, et al."
    *others, last = found
    return f"{', '.join(others)}{_comma(found)} and {last}" if others else last


def _comma(found: Sequence[str]) -> str:
    """The comma before "and", which two names want only where they have one of either within."""
    plain = len(found) == 2 and not any("," in each or " and " in each for each in found)
    return "" if plain else ","
