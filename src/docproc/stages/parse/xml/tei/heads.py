"""Heads: the title of a document without its notes, its number, and who is named in it as what."""

from __future__ import annotations

import re

from docproc.dataclass_on_use import dataclass
from docproc.formats.xml import Element, local, words_of
from docproc.letters.correspondents.sender_recipient import split_sides
from docproc.letters.correspondents.title_outlines import TO
from docproc.letters.vocabulary.roles import is_recipient, is_sender
from docproc.records import Mention
from docproc.references import find_dates
from docproc.stages.parse.xml.tei.names import Keys
from docproc.stages.parse.xml.tei.shown import Shown, role_of
from docproc.text.patterns import compile_on_use

_NUMBER = compile_on_use(
    r"\W{0,3}(?:(?:no|nr|doc|document|№)\.?\s*)?(?P<number>\d{1,4}[a-z]?|[IVXLC]{1,7})"
    r"\s?(?:[.)\]:]\s*[—–-]?|[—–-])\s*(?=\W{0,2}[^\W\d_]|\Z)",
    re.IGNORECASE,
)
_ALONE = compile_on_use(r"\W{0,3}(?:No\.?\s|Nr\.?\s)?(?P<number>\d{1,5}[a-z]?|[IVXLC]{1,7})\.?\s+")


_PERSONS = ("persName", "name")


@dataclass(frozen=True, slots=True)
class Head:
    """What the head of a document says: each ``None`` where it says nothing."""

    title: str | None = None
    number: str | None = None
    sender: Mention | None = None
    recipient: Mention | None = None


def read_head(part: Element, head: Element | None, keys: Keys) -> Head:
    """What *head*, the one of *part*, says."""
    if head is None:
        return Head(number=_plain_number(part.get("n")))
    shown = Shown()
    shown.take(head)
    line = "".join(shown.pieces)
    number = _number(line, part.get("n")) or _number_above(line, head)
    start = number.end() if number else 0
    title = line[start:].strip()
    sender, recipient = _who(title, shown, len(line) - len(line[start:].lstrip()), keys)
    given = number["number"] if number else _plain_number(part.get("n")) or _above(part, head)
    return Head(title if any(map(str.isalpha, title)) else None, given, sender, recipient)


_NAMED = compile_on_use(
    r"\W{0,3}(?:brief|letter|lettre|lettera|письмо)?\s*(?:no|nr|n°|num|№)\.?\s*"
    r"(?P<number>\d{1,4}[a-z]?)\s?[.):,—–-]\s*(?=\W{0,2}[^\W\d_])",
    re.IGNORECASE,
)
"""A number that says that it is one: ``Nr. 45:``, ``Brief Nr. 45.``"""


def part_number(title: str | None) -> tuple[str | None, str | None]:
    """The number that the *title* of a file opens with, and calls so; and the rest of it."""
    number = _NAMED.match(title) if title else None
    return (number["number"], title[number.end() :]) if title and number else (None, title)


def _above(part: Element, head: Element) -> str | None:
    """The number that another head of *part* is."""
    others = (each for each in part.iterchildren("{*}head") if each is not head)
    return next((number for each in others if (number := _plain_number(words_of(each)))), None)


def _number(line: str, given: str | None) -> re.Match[str] | None:
    """The number that *line* opens with: the one *given*, or any that is no day or chapter."""
    number = _NUMBER.match(line)
    if number is None:
        return None
    if given is not None and number["number"] == given.strip():
        return number
    dates = find_dates(line[:60])
    if dates and dates[0].span.start <= number.end():
        return None
    return number if number["number"][0].isdigit() else None


def _number_above(line: str, head: Element) -> re.Match[str] | None:
    """The number that stands on the first line of *head* by itself."""
    first = next(iter(head), None)
    if first is None or local(first) != "lb" or not _plain_number(head.text):
        return None
    return _ALONE.match(line)


def _plain_number(given: str | None) -> str | None:
    found = re.fullmatch(r"\s*(?:No\.?\s|Nr\.?\s)?(\d{1,5}[a-z]?|[IVXLC]{1,7})\.?\s*", given or "")
    return found[1] if found else None


def _who(
    title: str, shown: Shown, offset: int, keys: Keys
) -> tuple[Mention | None, Mention | None]:
    """Sender and recipient by the roles that the markup gives; the head is parted between them."""
    # a role within one is what bears it: it was met first
    roles = [r for at, r in enumerate(shown.roles) if all(o[2] <= r[1] for o in shown.roles[:at])]
    writers = [each for each in roles if is_sender(role_of(each[0]))]
    readers = [each for each in roles if is_recipient(role_of(each[0]))]
    if not writers and not readers:
        return None, None
    tos = list(TO.finditer(title))
    if readers:
        before = [to for to in tos if to.end() <= readers[0][1] - offset + 1]
        split = before[-1] if before else None
    else:
        split = next((to for to in tos if to.start() >= writers[-1][2] - offset), None)
    sides = split_sides(title, split.start(), split.end()) if split else (None, None)
    return _find_named(sides[0], writers, keys), _find_named(sides[1], readers, keys)


def _find_named(
    side: str | None, roles: list[tuple[Element, int, int]], keys: Keys
) -> Mention | None:
    """The words on one *side* of "to", with the names that have the roles there."""
    if not roles:
        return Mention(side) if side else None
    named = [(element, words_of(element).strip(" ,.;:()")) for element, _, _ in roles]
    named = [(element, name) for element, name in named if name]
    there = [(element, name) for element, name in named if side and name in side]
    bearers = [each for each in there or named if local(each[0]) in (*_PERSONS, "orgName")]
    if not any(local(element) in _PERSONS for element, _ in bearers):
        bearers = []  # an office, which has no name besides
    chosen = bearers or there or named
    if not chosen:
        return None
    names = "; ".join(name for _, name in chosen)
    text = side if side and there else names
    person = names if bearers and names != text else None
    return Mention(text, None, keys.identity(chosen[0][0]), None, person)
