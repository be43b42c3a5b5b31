"""Notes and the marks that point to them; notes on the source, which are references."""

from __future__ import annotations

import re
from collections.abc import Hashable
from dataclasses import replace
from functools import lru_cache, partial

from docproc.formats.composer import text_at
from docproc.formats.flow import annotate
from docproc.formats.xml import Element, local, text_of, words_of
from docproc.letters.vocabulary.words import kind_of
from docproc.records import BlockKind
from docproc.references.source_notes import (
    SOURCES,
    kind_after_number,
    read_source_note,
    without_span,
)
from docproc.stages.parse.xml.tei import structure
from docproc.stages.parse.xml.tei.body import TeiBody, Way
from docproc.stages.parse.xml.tei.marks import DIVISIONS, stands_apart
from docproc.stages.parse.xml.tei.names import XML_ID
from docproc.text.patterns import compile_on_use

_SOURCE = compile_on_use(r"\s*(?:source|quelle|fonte|fuente|источник)\s*:", re.IGNORECASE)
"""How a note on a head begins that says where the document is kept, whatever its type."""
_AROUND = (*DIVISIONS, "opener", "closer")
"""Elements in which what is said of the source is a line of its own, and no footnote."""
_PARAGRAPHS = {"p", "ab"}
_NUMBERINGS = compile_on_use(r"foli(?:ation|o|ierung)|pagin|pag(?:e|num)", re.IGNORECASE)
"""Types of notes that say which page of the source this is, by whatever hand."""
_LETTERED = compile_on_use(r"[a-z]+(?=\d+$)")
_kind_named = lru_cache(maxsize=256)(kind_of)


def _note(body: TeiBody, element: Element) -> None:
    marks, said = body.marks, element.keys()
    kind = element.get("type") if said else None
    if kind is not None:
        if kind.casefold() in SOURCES and _source(body, element):
            return
        if _NUMBERINGS.match(kind):
            write_furniture(body, element)
            return
    elif body.in_head and _SOURCE.match(element.text or ""):
        _source(body, element)
    own = (marks.keys and marks.keys.get(element)) or (said and element.get(XML_ID)) or ""
    number = marks.numbers.get(element, 0)
    if element in marks.apart if number else stands_apart(element):
        body.flow.settle()
        label = marks.labels.get(own) or element.get("n", "")
        _write_note(body, element, own or f"note at {body.flow.out.at}", label)
        return
    label = (said and element.get("n")) or marks.free.get(element) or str(number)
    if not label.isdigit():
        label = _LETTERED.sub("", label, count=1)
    key = own or number
    if body.in_head:
        body.flow.mark(key, label)
        body.on_heads.append(partial(_write_note, body, element, key, label))
    elif not len(element):  # most are leaves
        words = element.text or ""
        annotate(body.flow, key, label, words, numbered=_is_numbered(label, words))
    else:
        body.flow.mark(key, label)
        body.flow.later(partial(_write_note, body, element, key, label))


def _bibl(body: TeiBody, element: Element) -> None:
    """An entry of a list; or, in a document, where it is kept: ``bibl[@type="source"]``."""
    kind = (element.get("type") or "").casefold()
    if kind not in SOURCES or local(element.getparent()) not in _AROUND:
        structure.WAYS["bibl"](body, element)
    else:
        _source(body, element)


def _division(body: TeiBody, element: Element) -> None:
    """A division; one on the source alone says in each paragraph where the document is kept."""
    kind = element.get("type")
    if kind and kind.casefold() in SOURCES and {local(each) for each in element} <= _PARAGRAPHS:
        for each in element:
            _source(body, each)
    else:
        structure.set_apart(body, element)


def _source(body: TeiBody, element: Element) -> bool:
    """Write a note on the source where it is no footnote; whether it is none.

    What it says of where the document is kept is the document's reference.
    """
    words = words_of(element)
    bracketed = words.startswith("[") and words.endswith("]") and len(words) < 60
    beside = kind_after_number(words) if ": " in words else None
    kind = _kind_named(words if bracketed else beside) if bracketed or beside else None
    body.kind = body.kind or kind
    footnote = local(element.getparent()) not in _AROUND or (
        element.get("n") is not None and element.get("rend") != "inline"
    )
    if footnote or bracketed:
        found = None if bracketed else read_source_note(words)
        body.references += [without_span(found)] if found else []
        if bracketed and not footnote:
            body.block(element, BlockKind.HEADING, level=3)
        return bracketed and not footnote
    body.flow.open(BlockKind.REFERENCE)
    span = body.flow.spanning(lambda: body.content(element))
    body.flow.close()
    text = text_at(body.flow.out, span)
    found = read_source_note(text)
    if found and found.span:
        body.references.append(replace(found, span=found.span.shift(span.start)))
    return True


def _note_group(body: TeiBody, element: Element) -> None:
    """Notes of one place: in a sentence they are its notes, elsewhere they stand apart."""
    if local(element.getparent()) in DIVISIONS:
        body.division(element)
    else:
        body.content(element)


def _write_note(body: TeiBody, element: Element, key: Hashable, label: str) -> None:
    """The note, whose number is written before it unless it opens with it."""
    words = text_of(element)
    write = partial(body.content, element) if len(element) else words
    body.flow.note(key, label, write, numbered=_is_numbered(label, words))


def _is_numbered(label: str, words: str) -> bool:
    """Whether *label* is written before the *words* of a note, which do not open with it."""
    return label != "" and not words.lstrip().startswith(label)


def write_furniture(body: TeiBody, element: Element) -> None:
    """What is printed around the text; within a sentence it waits until the sentence has ended."""
    if body.flow.in_block:
        body.flow.later(lambda: body.block(element, BlockKind.FURNITURE))
    else:
        body.block(element, BlockKind.FURNITURE)


def _ptr(body: TeiBody, element: Element) -> None:
    key = element.get("target", "").removeprefix("#")
    if key in body.marks.labels:
        body.flow.mark(key, body.marks.labels[key])


def _ref(body: TeiBody, element: Element) -> None:
    key = element.get("target", "").removeprefix("#")
    if key in body.marks.labels and words_of(element):
        body.flow.out.anchor(key, body.spanning(element))
    else:
        body.content(element)


WAYS: dict[str, Way] = {
    "note": _note,
    "bibl": _bibl,
    "div": _division,
    "witDetail": _note,
    "noteGrp": _note_group,
    "fw": write_furniture,
    "ptr": _ptr,
    "ref": _ref,
}
