"""Correspondence: who wrote to whom, how often, from when to when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from docproc.browsing.listing import known_bounds
from docproc.citing.written import one_line
from docproc.dataclass_on_use import dataclass
from docproc.persons import Register, natural_order
from docproc.records import DocumentRow, Person
from docproc.text.names.initials import person_key

_NONE: Mapping[str, tuple[str | None, str | None]] = {}
_EMPTY = Register()


@dataclass(frozen=True, slots=True)
class Correspondence:
    """What one wrote to another; ``first`` and ``last`` are the days it can be dated within.

    Names are as the documents print them most often, or as a register has them.  Settings of one
    name (R.G. Casey, R. G. CASEY, Casey, R.G.) count as one, and so do names that a register or
    the markup says are one person's; other spellings stand apart.
    """

    sender: str
    recipient: str
    documents: int
    first: date | None = None
    last: date | None = None

    @property
    def years(self) -> str:
        """``"1921–1923"``, ``"1921"``, or ``""``."""
        if self.first is None or self.last is None:
            return ""
        first, last = self.first.year, self.last.year
        return f"{first}" if first == last else f"{first}–{last}"


def correspondences(
    rows: Iterable[DocumentRow],
    identities: Mapping[str, tuple[str | None, str | None]] = _NONE,
    register: Register = _EMPTY,
) -> list[Correspondence]:
    """Every pair of sender and recipient in *rows*, those who wrote most often first.

    *identities* are those of sender and recipient, by the document's id, where they are known,
    and *register* says how the persons are called.
    """
    found: dict[tuple[str, str], list[DocumentRow]] = {}
    names: dict[str, Counter[str]] = {}
    for row in rows:
        if not row.sender or not row.recipient:
            continue
        sender, recipient = identities.get(row.id, (None, None))
        pair = (
            _key_of(names, row.sender, register.get(sender), sender),
            _key_of(names, row.recipient, register.get(recipient), recipient),
        )
        found.setdefault(pair, []).append(row)
    made = [
        _make(_commonest_form(names[sender]), _commonest_form(names[recipient]), rows)
        for (sender, recipient), rows in found.items()
    ]
    return sorted(made, key=lambda each: (-each.documents, each.sender, each.recipient))


def persons_of(
    rows: Iterable[DocumentRow],
    identities: Mapping[str, tuple[str | None, str | None]] = _NONE,
    register: Register = _EMPTY,
) -> list[tuple[str, frozenset[str]]]:
    """Everyone who wrote or received any of *rows*, with their ids; one person's names are one."""
    found: dict[str, set[str]] = {}
    names: dict[str, Counter[str]] = {}
    for row in rows:
        known = identities.get(row.id, (None, None))
        for printed, identity in zip((row.sender, row.recipient), known, strict=True):
            if printed:
                key = _key_of(names, printed, register.get(identity), identity)
                found.setdefault(key, set()).add(row.id)
    return [(_commonest_form(names[key]), frozenset(ids)) for key, ids in found.items()]


def _key_of(
    names: dict[str, Counter[str]], printed: str, known: Person | None, identity: str | None
) -> str:
    """The key of the one whom *printed* names; how it is printed is counted in *names*."""
    name = one_line(natural_order(known.name if known else printed))
    key = known.identity if known else identity or person_key(name)
    names.setdefault(key, Counter())[name] += 1
    return key


def _commonest_form(spellings: Counter[str]) -> str:
    """The setting met most often; of those met as often, the first."""
    return spellings.most_common(1)[0][0]


def _make(sender: str, recipient: str, rows: list[DocumentRow]) -> Correspondence:
    dated = [found for row in rows if (found := known_bounds(row.date))]
    return Correspondence(
        sender,
        recipient,
        len(rows),
        min((low for low, _ in dated), default=None),
        max((high for _, high in dated), default=None),
    )
