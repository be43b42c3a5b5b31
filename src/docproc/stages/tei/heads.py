"""Heads: the title of a document without its notes, its number, and who is named in it as what."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from docproc.formats.white_space import collapsed
from docproc.formats.xml import Element, local, words_of
from docproc.letters.correspondents import parted
from docproc.letters.outlines import TO
from docproc.records import Mention
from docproc.references import find_dates
from docproc.stages.tei.correspondence import receives, sends
from docproc.stages.tei.names import Keys

_LEFT_OUT = (
    *("note", "fw", "figure", "ref", "ptr", "index", "corr", "reg", "expan", "rdg", "del"),
)
_SPACED = ("lb", "pb", "cb", "space", "head")
_NUMBER = re.compile(
    r"\W{0,3}(?:(?:no|nr|doc|document|№)\.?\s*)?(?P<number>\d{1,4}[a-z]?|[IVXLC]{1,7})"
    r"\s?(?:[.)\]:]\s*[—–-]?|[—–-])\s*(?=\W{0,2}[^\W\d_]|\Z)",
    re.IGNORECASE,
)
_ROLES = ("persName", "gloss", "orgName", "name", "rs", "roleName", "placeName")


@dataclass(frozen=True, slots=True)
class Head:
    """What the head of a document says: each ``None`` where it says nothing."""

    title: str | None = None
    number: str | None = None
    sender: Mention | None = None
    recipient: Mention | None = None


@dataclass(slots=True)
class _Shown:
    """The words of a head as they are shown, and where the elements with a role stand in them."""

    pieces: list[str] = field(default_factory=list)
    size: int = 0
    roles: list[tuple[Element, int, int]] = field(default_factory=list)

    def put(self, text: str | None) -> None:
        if not text:
            return
        words = collapsed(text)
        if words[0] == " " and (not self.pieces or self.pieces[-1][-1:] == " "):
            words = words[1:]
        if words:
            self.pieces.append(words)
            self.size += len(words)

    def take(self, element: Element) -> None:
        self.put(element.text)
        for each in element:
            name = local(each)
            if name in _SPACED:
                self.put(" ")
            if name == "ref" and not each.get("target", "").startswith("#"):
                self.take(each)
            elif name and name not in _LEFT_OUT:
                start = self.size
                self.take(each)
                if name in _ROLES and _role(each):
                    self.roles.append((each, start, self.size))
            self.put(each.tail)


def _role(name: Element) -> str:
    """What the markup says that *name* does: by its role, or its type where that says so."""
    role: str = name.get("role") or ""
    kind: str = name.get("type") or ""
    return role if sends(role) or receives(role) else kind


def shown_words(element: Element) -> str:
    """The words of a title or a head as they are shown: without notes, with a space for a line."""
    shown = _Shown()
    shown.take(element)
    return "".join(shown.pieces).strip()


def read_head(part: Element, head: Element | None, keys: Keys) -> Head:
    """What *head*, the one of *part*, says."""
    if head is None:
        return Head(number=_plain_number(part.get("n")))
    shown = _Shown()
    shown.take(head)
    line = "".join(shown.pieces)
    number = _number(line, part.get("n"))
    start = number.end() if number else 0
    title = line[start:].strip()
    sender, recipient = _who(title, shown, len(line) - len(line[start:].lstrip()), keys)
    given = number["number"] if number else _plain_number(part.get("n"))
    return Head(title if any(map(str.isalpha, title)) else None, given, sender, recipient)


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


def _plain_number(given: str | None) -> str | None:
    found = re.fullmatch(r"\s*(?:No\.?\s|Nr\.?\s)?(\d{1,5}[a-z]?|[IVXLC]{1,7})\.?\s*", given or "")
    return found[1] if found else None


def _who(
    title: str, shown: _Shown, offset: int, keys: Keys
) -> tuple[Mention | None, Mention | None]:
    """Sender and recipient by the roles that the markup gives; the head is parted between them."""
    writer = next((each for each in shown.roles if sends(_role(each[0]))), None)
    reader = next((each for each in shown.roles if receives(_role(each[0]))), None)
    if writer is None and reader is None:
        return None, None
    tos = list(TO.finditer(title))
    if reader is not None:
        before = [to for to in tos if to.end() <= reader[1] - offset + 1]
        split = before[-1] if before else None
    else:
        assert writer is not None
        split = next((to for to in tos if to.start() >= writer[2] - offset), None)
    sides = parted(title, split.start(), split.end()) if split else (None, None)
    return _named(sides[0], writer, keys), _named(sides[1], reader, keys)


def _named(side: str | None, role: tuple[Element, int, int] | None, keys: Keys) -> Mention | None:
    """The words on one *side* of "to", with the name that has the *role* there."""
    if role is None:
        return Mention(side) if side else None
    element = role[0]
    name = words_of(element).strip(" ,.;:()")
    text = side if side and name in side else name
    if not text:
        return None
    person = name if local(element) in ("persName", "name") and name != text else None
    return Mention(text, None, keys.identity(element), None, person)
