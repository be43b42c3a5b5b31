"""Notes and their places: which stand apart, what points to them, and to what they point."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from itertools import count

from docproc.dataclass_on_use import dataclass
from docproc.formats.xml import Element, local, local_name, words_of
from docproc.stages.parse.xml.tei.names import XML_ID

DIVISIONS = frozenset(
    (
        *("div", "div1", "div2", "div3", "div4", "body", "front", "back", "text", "group"),
        *("noteGrp", "list", "floatingText", "standOff", "annotationBlock", "listAnnotation"),
        "attachment",
    )
)
"""The elements in which a note is a block of its own, and not a part of a sentence."""

_DEDICATED = ("dedicat", "dedica", "dédicace", "widmung", "zueignung", "посвящ")
"""How the types of divisions begin that dedicate a work to somebody."""
NOTES = ("{*}note", "{*}witDetail")
"""Notes: an editor's, and those on a witness beside what it reads."""


@dataclass(frozen=True, slots=True)
class NoteMarks:
    """Which notes stand apart from their places, and what ties them.

    ``labels`` are their labels by key, as the marks print them; ``places`` are the elements that
    notes point to themselves, each with their keys; ``keys`` are those of notes; ``numbers``
    count all notes; ``apart`` are those of them that are no part of a sentence; ``free`` are
    numbers for those without one, where others have their own.
    """

    labels: dict[str, str] = field(default_factory=dict)
    places: Mapping[Element, list[str]] = field(default_factory=dict)
    keys: dict[Element, str] = field(default_factory=dict)
    numbers: dict[Element, int] = field(default_factory=dict)
    free: Mapping[Element, str] = field(default_factory=dict)
    apart: frozenset[Element] = frozenset()


def stands_apart(note: Element) -> bool:
    """Whether *note* is no part of a sentence; one of a group stands where the group does."""
    above = note.getparent()
    name = local_name(above.tag)
    return name in DIVISIONS if name != "noteGrp" else local(above.getparent()) in DIVISIONS


def is_quoted(text: Element) -> bool:
    """Whether a ``floatingText`` stands among the words of another text, and is not all of it.

    So does the dedication of a work: whom that greets is not whom the work is written to.
    """
    if local(text) == "div" and (text.get("type") or "").startswith(_DEDICATED):
        return True
    return local(text) == "floatingText" and any(
        local(each) in ("p", "ab", "lg") for each in text.getparent()
    )


def targets_of(note: Element) -> list[str]:
    """The ids that *note*, or the group that it is of, points to."""
    above = note.getparent()
    target = note.get("target") or (above.get("target") if local(above) == "noteGrp" else None)
    return [each.removeprefix("#") for each in (target or "").split() if each.startswith("#")]


def marks_in(root: Element) -> NoteMarks:
    """The marks of the notes below *root*."""
    found = NOTES if next(root.iter(NOTES[1]), None) is not None else NOTES[:1]
    within = (note for text in root.iter("{*}text", "{*}standOff") for note in text.iter(*found))
    numbers = dict(zip(dict.fromkeys(within), count(1), strict=False))
    free = _free(numbers)
    apart = frozenset(filter(stands_apart, numbers))
    keys = {
        note: note.get(XML_ID) or f"note {number}"
        for note, number in numbers.items()
        if note in apart and (note.get(XML_ID) or targets_of(note))
    }
    if not keys:
        return NoteMarks(numbers=numbers, free=free, apart=apart)
    labels = {key: note.get("n", "") for note, key in keys.items()}
    anchors: dict[str | None, list[str]] = {}
    pointed: set[str] = set()
    for each in root.iter("{*}ptr", "{*}ref"):
        for target in each.get("target", "").split():
            key = target.removeprefix("#")
            if key in labels:
                pointed.add(key)
                labels[key] = labels[key] or each.get("n") or words_of(each)
    for note, key in keys.items():
        labels[key] = labels[key] or free.get(note) or str(numbers[note])
        if key not in pointed:
            for target in _first_there(root, targets_of(note)):
                anchors.setdefault(target, []).append(key)
    places = {
        each: anchors[each.get(XML_ID)]
        for each in (root.iter("*") if anchors else ())
        if each.get(XML_ID) in anchors and local(each) not in DIVISIONS
    }
    return NoteMarks(labels, places, keys, numbers, free, apart)


def _first_there(root: Element, targets: list[str]) -> list[str]:
    """Of several *targets* the first that is in the file: a note has one place."""
    if len(targets) < 2:
        return targets
    ids = {each.get(XML_ID) for each in root.iter("*")}
    return [each for each in targets if each in ids][:1]


def _free(notes: Mapping[Element, int]) -> dict[Element, str]:
    given = {number for note in notes if note.keys() and (number := note.get("n"))}
    if not given or len(given) == len(notes):
        return {}
    numbers = (str(number) for number in count(1) if str(number) not in given)
    return {note: next(numbers) for note in notes if not note.get("n")}
