"""Quoting what was found: each passage once, with its copies, its sentences and its reasons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from docproc.citing.wording import undated_headline
from docproc.records import Citation, Copy, Document, Passage, Span
from docproc.retrieval.answers.copies import copies_among
from docproc.retrieval.answers.outcome import Outcome
from docproc.retrieval.evidence.score_parts import match_words, shares
from docproc.retrieval.generation.open_generation import OpenGeneration
from docproc.retrieval.lookup.by_reference import Referred
from docproc.retrieval.lookup.phrases import phrase_spans
from docproc.retrieval.search.described_documents import Described
from docproc.retrieval.search.search import Searcher
from docproc.retrieval.search.search_result import Search
from docproc.retrieval.search.signals import NOTHING, Preferred
from docproc.verification.cite import Verifier, cite


class Quoter:
    """Cites the passages of outcomes, from one generation."""

    def __init__(
        self, held: OpenGeneration, searcher: Searcher, verifier: Callable[[], Verifier]
    ) -> None:
        self._held = held
        self._searcher = searcher
        self._verifier = verifier

    def cite(
        self, outcome: Outcome, count: int, preferred: Preferred = NOTHING, *, among: int = 0
    ) -> tuple[Citation, ...]:
        """The first *count* passages of *outcome*, ranked; of copies the first, naming the rest.

        Copies are looked for *among* so many passages, which may all be shown.
        """
        found = outcome.found
        several = not isinstance(found, Referred)
        read = min(len(found.rows), max(among, count) if several else count)
        rows = found.rows[:read].tolist()
        passages = self._held.catalog.passages(rows)
        groups = (
            copies_among(passages) if several else [(number, ()) for number in range(len(rows))]
        )
        documents: dict[str, Document] = {}
        verifier = self._verifier()
        citations: list[Citation] = []
        for number, copies in groups[:count]:
            passage = passages[number]
            if passage.document_id not in documents:
                documents[passage.document_id] = self._held.catalog.document(passage.document_id)
            cited = cite(
                len(citations) + 1,
                passage,
                documents[passage.document_id],
                score=round(float(np.clip(found.scores[number], 0, 1)), 4),
                highlights=self._highlights(outcome, number, passage),
                why=(*found.why(number), *preferred.why(number)),
                verifier=verifier,
            )
            if isinstance(found, Described):
                _, states = found.stated.get(rows[number], ((), ""))
                cited = replace(cited, states=states)
            if isinstance(found, Search):
                by = found.search_for(number)
                gave = shares(found.signals, number, by.weight)
                gave = (*gave, *preferred.signals_of(number))
                cited = replace(cited, gave=gave, matched=match_words(by.words, passage))
            also = tuple(self._copy(passages[each]) for each in copies)
            citations.append(replace(cited, also=also) if also else cited)
        return tuple(citations)

    def best_sentence(self, outcome: Outcome, passage: Passage) -> str:
        """The sentence of the first *passage* that answers; ``""`` where none stands out."""
        best = self._highlights(outcome, 0, passage)[:1]
        return best[0].shift(-passage.span.start).of(passage.text) if best else ""

    def _highlights(self, outcome: Outcome, number: int, passage: Passage) -> list[Span]:
        found = outcome.found
        if outcome.phrases and (spans := phrase_spans(passage, outcome.phrases)):
            return spans
        if isinstance(found, Described):
            spans_said, _ = found.stated.get(int(found.rows[number]), ((), ""))
            return list(spans_said)
        if isinstance(found, Referred):  # the whole passage was asked for
            return []
        return self._searcher.highlights(found, number, passage)

    def _copy(self, passage: Passage) -> Copy:
        document = self._held.catalog.document(passage.document_id)
        return Copy(
            passage.id,
            passage.document_id,
            undated_headline(document.metadata, document.source),
            f"{document.source.path}/{document.member}".rstrip("/"),
            passage.reference,
        )
