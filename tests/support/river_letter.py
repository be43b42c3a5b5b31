"""A letter of a made-up archive, as the stages would have understood it, and a room over it.

Every record is real; only the search is not: the room looks for the question's longest
words, which is all that the conversation needs of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from docproc.errors import UsageError
from docproc.records import (
    Answer,
    ArchivalReference,
    Block,
    BlockKind,
    Citation,
    Collection,
    Document,
    Mention,
    Metadata,
    Page,
    Passage,
    PassageKind,
    Scope,
    Searched,
    SourceFile,
    Span,
    StatedDate,
    Verdict,
    Witness,
    strip_span,
)
from docproc.retrieval.lookup.by_reference import check_known

if TYPE_CHECKING:
    from docproc.store.catalog import Catalog

TEXT = """\
Home Page | Index

G. V. Orlova to P. I. Lindqvist

March 4, 1923

Comrade Lindqvist!

The barges [two] reached Nizhny on Monday (in the presence of the harbour master). \
He counted them twice..

1) We must give the harbour 40 tons of coal :smile: and 12 new ropes.

2) The ice will not hold. The pilots know this; they have said it to me three times since \
February, and to the commission at least as often. Nobody has written their words down, which \
is why I write them down here. The ferry at Kanavino stood still for nine days, the second ferry \
for eleven, and the flour for the upper town went over the ice on hand sledges, at a cost of \
4,300 rubles which the commission has not paid. All this will cost us 17,500 rubles in gold, \
plus 600 lanterns (Swedish or German), plus one steam winch. I do not ask for the printing house \
again, although it was promised. The summer will be short. Whoever answers for the river must \
answer before the 1st of April.

G. Orlova 2 .

4/III - 23.

TSAOR. F. 91. Op. 3. D. 7. L. 12. Typewritten text. Signature - autograph.

Notes:

1 The commission decided on March 9, 1923: “To allocate 9,000 rubles” (TSAOR. F. 12. Op. 1. \
D. 4. L. 2).

2 The document contains Lindqvist's marks.
"""

SOURCE = SourceFile("seeds/letters/orlova.txt", "text/plain", len(TEXT.encode()), "ab" * 32)


def span(words: str, after: int = 0) -> Span:
    """Where *words* stand in the letter."""
    start = TEXT.index(words, after)
    return Span(start, start + len(words))


def _paragraph(words: str) -> Span:
    """The paragraph of the letter that begins with *words*."""
    start = TEXT.index(words)
    end = TEXT.find("\n\n", start)
    return strip_span(TEXT, start, end if end >= 0 else len(TEXT))


def _reference(printed: str, *levels: str) -> ArchivalReference:
    names = ("fond", "opis", "delo", "leaves")
    return ArchivalReference(
        printed,
        "fond",
        tuple(zip(names, levels, strict=True)),
        archive="TsAOR",
        archive_now="GANO",
        span=span(printed),
    )


REFERENCE = _reference("TSAOR. F. 91. Op. 3. D. 7. L. 12.", "91", "3", "7", "12")
NOTE_REFERENCE = _reference("TSAOR. F. 12. Op. 1. D. 4. L. 2", "12", "1", "4", "2")

_K = BlockKind
_NOTE_2 = _paragraph("2 The document contains")
BLOCKS = (
    Block(_K.FURNITURE, _paragraph("Home Page")),
    Block(_K.HEADING, _paragraph("G. V. Orlova to"), level=1),
    Block(_K.DATELINE, _paragraph("March 4")),
    Block(_K.SALUTATION, _paragraph("Comrade")),
    Block(_K.PARAGRAPH, _paragraph("The barges")),
    Block(_K.LIST_ITEM, _paragraph("1) We"), label="1"),
    Block(_K.LIST_ITEM, _paragraph("2) The ice"), label="2"),
    Block(_K.SIGNATURE, _paragraph("G. Orlova 2 .")),
    Block(_K.DATELINE, _paragraph("4/III")),
    Block(_K.REFERENCE, REFERENCE.span or Span(0, 0)),
    Block(_K.WITNESS, span("Typewritten text. Signature - autograph.")),
    Block(_K.HEADING, _paragraph("Notes:"), level=2),
    Block(_K.NOTE, _paragraph("1 The commission"), label="1"),
    Block(_K.NOTE, _NOTE_2, label="2", anchor=span("2", TEXT.index("G. Orlova 2 ."))),
)

LETTER = Document(
    source=SOURCE,
    text=TEXT,
    blocks=BLOCKS,
    metadata=Metadata(
        title=Mention("G. V. Orlova to P. I. Lindqvist", BLOCKS[1].span),
        sender=Mention("G. V. Orlova", span("G. V. Orlova")),
        recipient=Mention("P. I. Lindqvist", span("P. I. Lindqvist")),
        dates=(
            StatedDate("March 4, 1923", "1923-03-04", "heading", span("March 4, 1923")),
            StatedDate("4/III - 23.", "1923-03-04", "signature", span("4/III - 23.")),
        ),
        collection=Collection(
            "Letters from the River. 1919-1926",
            ("A.B.Petrenko", "C.D.Alvarez"),
            "Collection of documents 1991.",
            "1991",
        ),
        kind="letter",
        language="en",
        encoding="utf-8",
    ),
    references=(REFERENCE, NOTE_REFERENCE),
    witness=Witness(
        "Typewritten text. Signature - autograph.",
        "typewritten",
        None,
        "autograph",
        BLOCKS[10].span,
    ),
    pages=(Page("12", Span(span("G. V. Orlova to").start, len(TEXT)), 1),),
)


def _sentences(within: Span) -> tuple[Span, ...]:
    text = within.of(TEXT)
    starts = [0, *(m.end() for m in re.finditer(r"[.!?]+\s+(?=[A-Z])", text))]
    ends = [*starts[1:], len(text)]
    return tuple(
        strip_span(TEXT, within.start + start, within.start + end)
        for start, end in zip(starts, ends, strict=True)
    )


def _passage(
    within: Span, kind: PassageKind, locator: str, reference: ArchivalReference
) -> Passage:
    text = within.of(TEXT)
    note = locator.removeprefix("note ") if kind is PassageKind.NOTE else None
    sentences = _sentences(within)
    return Passage(
        LETTER.id, within, text, kind, locator, text, text, sentences, reference, note, "en"
    )


_P = PassageKind
PASSAGES = (
    _passage(BLOCKS[4].span, _P.BODY, "paragraph 1", REFERENCE),
    _passage(BLOCKS[5].span, _P.BODY, "paragraph 2", REFERENCE),
    _passage(BLOCKS[6].span, _P.BODY, "paragraph 3", REFERENCE),
    _passage(Span(BLOCKS[9].span.start, BLOCKS[10].span.end), _P.APPARATUS, "witness", REFERENCE),
    _passage(BLOCKS[12].span, _P.NOTE, "note 1", NOTE_REFERENCE),
    _passage(BLOCKS[13].span, _P.NOTE, "note 2", REFERENCE),
)


def citation(passage: Passage, rank: int, score: float, word: str = "") -> Citation:
    """*passage* cited, with the sentences that hold *word* highlighted."""
    highlights = tuple(
        sentence.shift(-passage.span.start)
        for sentence in passage.sentences
        if word and word in sentence.of(TEXT).casefold()
    )
    return Citation(
        rank=rank,
        quote=passage.text,
        span=passage.span,
        highlights=highlights,
        passage_id=passage.id,
        document_id=passage.document_id,
        metadata=LETTER.metadata,
        kind=passage.kind,
        locator=passage.locator,
        source=SOURCE,
        score=score,
        verified=True,
        verification="the quotation stands in the source",
        reference=passage.reference,
        witness=LETTER.witness,
        why=(("words", 0.5), ("passage vector", 0.25), ("sentence vector", 0.75)),
    )


class Room:
    """A reading room over the letter alone: finds the passages that hold a word asked for."""

    floor = 0.35

    def __init__(self, generation: str = "g1", *, verified: bool = True) -> None:
        self.answering = self.lookup = self.explanation = self  # all three in one
        self.generation = generation
        self.notice: str | None = None
        self.grammars = ()
        self.asked: list[tuple[str, int, Scope]] = []
        self.verified = verified

    def hides(self, citation: Citation) -> bool:
        return False

    def ask(
        self,
        question: str,
        *,
        limit: int,
        scope: Scope,
        every: bool = False,
        as_typed: bool = False,
    ) -> Answer:
        self.asked.append((question, limit, scope))
        within = [p for p in PASSAGES if not scope.kinds or p.kind in scope.kinds]
        searched = Searched(
            self.generation, 1, len(within), self.floor, 0.9, scope.printed if scope else None
        )
        words = sorted(re.findall(r"\w{4,}", question.casefold()), key=len, reverse=True)
        for word in words:
            found = [p for p in within if word in p.text.casefold()]
            if found:
                cited = self._cited(found[:limit], word)
                return Answer(question, Verdict.ANSWERED, cited, searched)
        nearest = self._cited(within[:1], "")
        nearest = tuple(replace(c, score=0.21) for c in nearest)
        return Answer(question, Verdict.NOT_FOUND, (), replace(searched, best=0.21), nearest)

    def check(self, scope: Scope) -> Scope:
        return check_known(scope, cast("Catalog", self))

    @property
    def printed(self) -> Room:
        return self  # a catalog of the letter alone

    def has_reference(self, reference: str) -> bool:
        return reference in LETTER.text

    has_words = has_reference

    def _cited(self, passages: Sequence[Passage], word: str) -> tuple[Citation, ...]:
        cited = (citation(p, n, 0.9 - n / 10, word) for n, p in enumerate(passages, 1))
        if self.verified:
            return tuple(cited)
        changed = "source changed since indexing"
        return tuple(replace(c, verified=False, verification=changed) for c in cited)

    def document(self, document_id: str) -> Document:
        return {LETTER.id: LETTER}[document_id]

    def recheck(self, citation: Citation) -> Citation:
        if self.verified:
            return replace(citation, verified=True, verification="verbatim")
        return replace(citation, verified=False, verification="source changed since indexing")

    def behind(self, citation: Citation | None = None) -> Sequence[tuple[str, str]]:
        return (("read by", "text 1.0"), ("generation", self.generation))

    def passages(self, document_id: str) -> Sequence[Passage]:
        return PASSAGES if document_id == LETTER.id else ()

    def find(self, name: str) -> Passage | Document:
        for found in (LETTER, *PASSAGES):
            if found.id.startswith(name):
                return found
        raise UsageError(f"nothing is called {name!r}")

    def words(self) -> Sequence[str]:
        return ("Lindqvist", "Nizhny", "Orlova")
