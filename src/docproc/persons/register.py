"""A register: which names are one person's, as editions and authority files say."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import field
from typing import Self

from docproc.dataclass_on_use import dataclass
from docproc.records import Person
from docproc.text.names.matching import name_matcher
from docproc.text.patterns import compile_on_use

_WORD = compile_on_use(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Register:
    """Every identity of a corpus with its names; those that a source calls the same are one."""

    persons: dict[str, Person] = field(default_factory=dict)
    """By each of their identities."""

    @classmethod
    def of(cls, persons: Iterable[Person]) -> Self:
        """The register of *persons*, entries of one identity joined."""
        joined: dict[str, Person] = {}
        for person in persons:
            known = [joined[each] for each in (person.identity, *person.same) if each in joined]
            for other in known:
                person = _both(other, person)
            for each in (person.identity, *person.same):
                joined[each] = person
        return cls(joined)

    def __iter__(self) -> Iterator[Person]:
        """Each person once."""
        seen: set[str] = set()
        for person in self.persons.values():
            if person.identity not in seen:
                seen.add(person.identity)
                yield person

    def find(self, asked: str) -> tuple[Person, ...]:
        """Those of whom one name holds every word of *asked* (see ``match_names``)."""
        holds = match_names(asked)
        return tuple(person for person in self if any(map(holds, (person.name, *person.names))))

    def get(self, identity: str | None) -> Person | None:
        """The person of that identity."""
        return self.persons.get(identity) if identity else None

    def identities(self, asked: str) -> frozenset[str]:
        """Every identity of those who are ``called`` *asked*."""
        found: set[str] = set()
        for person in self.find(asked):
            found.update((person.identity, *person.same))
        return frozenset(found)


def _both(first: Person, second: Person) -> Person:
    names = dict.fromkeys((*first.names, second.name, *second.names))
    same = dict.fromkeys((*first.same, second.identity, *second.same))
    return Person(
        first.identity,
        first.name,
        tuple(name for name in names if name != first.name),
        first.kind,
        tuple(each for each in same if each != first.identity),
    )


def match_names(asked: str) -> Callable[[str], bool]:
    """Whether a name holds every word of *asked*, however both are written.

    ``"David Francis"`` holds of ``"Francis, David R."``, ``"D. R. Francis"`` too, and
    ``"Francis"`` of both; ``"Franc"`` of neither (``docproc.text.names.matching``).
    """
    return name_matcher(asked, partly=False)


def folded_words(name: str) -> list[str]:
    """The words of *name*, folded: without case, stops, hyphens or commas."""
    return _WORD.findall(unicodedata.normalize("NFKC", name).casefold())
