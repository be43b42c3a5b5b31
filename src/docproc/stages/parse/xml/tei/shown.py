"""The words of names, dates and titles as they are shown, and not as their markup runs together."""

from __future__ import annotations

from dataclasses import field

from docproc.dataclass_on_use import dataclass
from docproc.formats.white_space import collapse
from docproc.formats.xml import Element, local, words_of
from docproc.letters.vocabulary.roles import is_recipient, is_sender
from docproc.text.patterns import compile_on_use

_LEFT_OUT = (
    *("note", "fw", "figure", "ref", "ptr", "index", "corr", "reg", "expan", "rdg", "del"),
    "witDetail",
)
_SPACED = ("lb", "pb", "cb", "space", "head")
_ROLES = ("persName", "gloss", "orgName", "name", "rs", "roleName", "placeName")
_WORDY = compile_on_use(r"[^\W\d_]{2}")


@dataclass(slots=True)
class Shown:
    """The words of a head as they are shown, and where the elements with a role stand in them."""

    pieces: list[str] = field(default_factory=list)
    size: int = 0
    roles: list[tuple[Element, int, int]] = field(default_factory=list)

    def put(self, text: str | None) -> None:
        if not text:
            return
        words = collapse(text)
        if words[0] == " " and (not self.pieces or self.pieces[-1][-1:] == " "):
            words = words[1:]
        if words:
            self.pieces.append(words)
            self.size += len(words)

    def take(self, element: Element) -> None:
        self.put(element.text)
        for each in element:
            name = local(each)
            if name in _SPACED and each.get("break") != "no":
                self.put(" ")
            if name == "ref" and not is_mark(each):
                self.take(each)
            elif name and name not in _LEFT_OUT:
                start = self.size
                self.take(each)
                if name in _ROLES and role_of(each):
                    self.roles.append((each, start, self.size))
            self.put(each.tail)


def shown_words(element: Element) -> str:
    """The words of *element* as they are shown: without notes, with a space for a line."""
    if not len(element):
        return words_of(element)
    shown = Shown()
    shown.take(element)
    return "".join(shown.pieces).strip()


def is_mark(reference: Element) -> bool:
    """Whether *reference* is the mark of a note, and no words."""
    target: str = reference.get("target", "")
    return target.startswith("#") and _WORDY.search(words_of(reference)) is None


def role_of(name: Element) -> str:
    """What the markup says that *name* does: by its role, or its type where that says so."""
    role: str = name.get("role") or ""
    kind: str = name.get("type") or ""
    return role if is_sender(role) or is_recipient(role) else kind
