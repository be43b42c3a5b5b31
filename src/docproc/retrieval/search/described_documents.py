"""Documents that a question describes: by who wrote to whom, when and where, not by their words.

They are shown by their most telling passages: those of the body that lie nearest to the whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import field
from typing import Final

import numpy as np

from docproc.dataclass_on_use import dataclass
from docproc.passages.governing import own_reference
from docproc.persons.names import natural_order
from docproc.questions import Field
from docproc.records import Document, Mention, Passage, PassageKind, Scope, Span
from docproc.retrieval.generation.open_generation import OpenGeneration
from docproc.retrieval.lookup.by_reference import Referred, Rows
from docproc.retrieval.search.furniture import KEPT, is_address
from docproc.retrieval.weights import WEIGHTS
from docproc.text.patterns import compile_on_use


@dataclass(frozen=True, slots=True)
class Described(Referred):
    """Passages of documents that are described; ``stated`` is where a field of theirs is said.

    By row: the spans of the document that say it, and the field with its value.
    """

    stated: dict[int, tuple[tuple[Span, ...], str]] = field(default_factory=dict)

    def why(self, number: int) -> tuple[tuple[str, float], ...]:
        """That the conditions of the question hold."""
        return (("conditions met", round(float(self.scores[number]), 4)),)


NOTHING: Final = Described(np.zeros(0, np.int64), np.zeros(0, np.float32), 0, 0)


def most_telling(held: OpenGeneration, rows: Rows, *, each_once: bool = False) -> Described:
    """The body passages among *rows*, the most telling of each document first, by their dates.

    A document without a body is shown by whatever it has; with *each_once* every document by
    one passage.
    """
    if not len(rows):
        return NOTHING
    bodies = rows[np.isin(rows, held.catalog.scoped.rows(Scope(kinds=(PassageKind.BODY,))))]
    documents = held.document_of(rows)
    bare = np.setdiff1d(documents, held.document_of(bodies))
    shown = np.sort(np.concatenate([bodies, rows[np.isin(documents, bare)]]))
    of = held.document_of(shown)
    short = np.array([len(p.text) < WEIGHTS.short or is_address(p)
                      for p in held.catalog.passages(shown.tolist())])  # fmt: skip
    kept = ~short | ~np.isin(of, of[~short])
    shown, of = shown[kept], of[kept]
    near = np.einsum("ij,ij->i", held.vectors[shown], held.document_vectors[of])
    within = np.lexsort((shown, -near, of))
    place = np.zeros(len(shown), np.int64)
    starts = np.flatnonzero(np.diff(of[within], prepend=-1))
    place[within] = np.arange(len(shown)) - np.repeat(
        starts, np.diff(np.append(starts, len(shown)))
    )
    days = held.catalog.first_days[of]
    if each_once:
        order = np.lexsort((shown, days, place))
        order = order[place[order] == 0]
    else:  # an envelope alone stands behind what was in it
        order = np.lexsort((shown, days, short[kept], place))
    found = shown[order]
    return Described(found, _sure(found), len(rows), len(np.unique(documents)), WEIGHTS.met)


def passages_stating(held: OpenGeneration, documents: Sequence[int], asked: Field) -> Described:
    """The passages of *documents*, by number, that state the field *asked*; one each.

    A document whose field is not known is left out.
    """
    rows: list[int] = []
    stated: dict[int, tuple[tuple[Span, ...], str]] = {}
    passages = 0
    for number in documents:
        first, end = (int(x) for x in held.catalog.first_rows[number : number + 2])
        passages += end - first
        mine = held.catalog.passages(range(first, end))
        if not mine:
            continue
        document = held.catalog.document(mine[0].document_id)
        value, span = _value(document, asked)
        if value is None:
            continue
        place, spans = _where(mine, _forms(document, asked, value), span)
        rows.append(first + place)
        stated[first + place] = (spans, f"{asked.value}: {' '.join(value.split())}")
    found = np.array(rows, np.int64)
    return Described(found, _sure(found), passages, len(documents), WEIGHTS.met, stated)


def _sure(rows: Rows) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    return np.ones(len(rows), np.float32)


def _value(document: Document, asked: Field) -> tuple[str | None, Span | None]:
    """What is known of *document*, as printed, and where that stands in it."""
    metadata = document.metadata
    match asked:
        case Field.SENDER | Field.RECIPIENT | Field.PLACE:
            mention = getattr(metadata, asked.value)
            return (mention.text, mention.span) if mention else (None, None)
        case Field.DATE:
            date = metadata.date
            return (date.printed, date.span) if date else (None, None)
        case Field.REFERENCE:
            reference = own_reference(document)
            return (reference.printed, reference.span) if reference else _unread(document)
    witness = document.witness
    return (witness.printed, witness.span) if witness else (None, None)


_FILED: Final = compile_on_use(
    r"^[ \t]*(?P<file>(?=[^\n]*[A-Za-z.])[\w.-]*\d[\w.-]*/[\w./-]*\d[\w-]*)"
    r"(?:\s?:\s?[A-Z]\w+)?[ \t]*$",
    re.MULTILINE,
)
"""A file number on a line of its own: ``841D.6363/15 : Telegram``."""


def _unread(document: Document) -> tuple[str | None, Span | None]:
    """What no grammar reads: the last line of *document* where it is a shelfmark or names an
    archive, or a file number at its head.
    """
    text = document.text.rstrip()
    last = max(text.rfind("\n"), 0)
    if not KEPT.fullmatch(text, last):
        filed = _FILED.search(text, 0, WEIGHTS.head)
        return (filed["file"], Span(*filed.span("file"))) if filed else (None, None)
    return text[last:].strip(), Span(last + 1, len(text))


def _forms(document: Document, asked: Field, value: str) -> list[str]:
    """*value* as its document may print it: a name the other way round, or as the letter has it."""
    forms = [" ".join(value.split())]
    if asked in (Field.SENDER, Field.RECIPIENT):
        mention: Mention = getattr(document.metadata, asked.value)
        forms += [natural_order(forms[0], mention.family), mention.name or "", *mention.own_names]
    return list(filter(None, dict.fromkeys(forms)))


def _where(
    passages: Sequence[Passage], forms: Sequence[str], span: Span | None
) -> tuple[int, tuple[Span, ...]]:
    """The number of the passage that states one of *forms*, and where it does in the document.

    What is known only from outside the text is stated by the document's beginning, nowhere.
    """
    if span is not None:
        for number, passage in enumerate(passages):
            if passage.span.contains(span):
                return number, (span,)
    furniture = [n for n, p in enumerate(passages) if p.kind is not PassageKind.BODY]
    for form in forms:
        for number in (*furniture, *range(len(passages))):
            at = passages[number].text.find(form)
            if at >= 0:
                start = passages[number].span.start + at
                return number, (Span(start, start + len(form)),)
    return (furniture or [0])[0], ()
