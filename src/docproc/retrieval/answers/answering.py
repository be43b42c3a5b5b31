"""Answers to questions from one published generation, with exact citations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from docproc.questions import Field
from docproc.questions.cleaning import without_controls
from docproc.records import Answer, Citation, DocumentRow, NotRead, Scope, Searched, Verdict
from docproc.retrieval.answers.outcome import Outcome, QuestionReader
from docproc.retrieval.answers.quoting import Quoter
from docproc.retrieval.calibrating.evaluation import Ranked
from docproc.retrieval.generation.open_generation import OpenGeneration
from docproc.retrieval.generation.silent_indexes import tolerate_silence
from docproc.retrieval.lookup.by_name import Lookup
from docproc.retrieval.lookup.by_reference import (
    AskedReferences,
    Referred,
    in_order,
    nearest_rows,
    rows_of,
    understand,
)
from docproc.retrieval.query.answer_kind import holds_kind, wanted_kind
from docproc.retrieval.query.rewriting import Rewriters, Widening
from docproc.retrieval.search.described_documents import passages_stating
from docproc.retrieval.search.search import Searcher
from docproc.retrieval.search.search_result import Search
from docproc.retrieval.search.signals import NOTHING, Preferences, Preferred
from docproc.retrieval.weights import WEIGHTS

if TYPE_CHECKING:
    from docproc.hooks.indexes import TextIndex
    from docproc.references import FindsReferences

EVERYTHING = Scope()


class Answering:
    """Answers questions from *opened*, quoting what *lookup* cites.

    *grammars* are those of plugins, by which references in questions are read as well, and
    *preferences* their signals, which order what may answer, and *rewriters* add words to what is
    asked.
    """

    def __init__(
        self,
        opened: OpenGeneration,
        lookup: Lookup,
        quoter: Quoter,
        searcher: Searcher,
        grammars: Sequence[FindsReferences] = (),
        preferences: Preferences | None = None,
        rewriters: Rewriters | None = None,
    ) -> None:
        self._opened = opened
        self._lookup = lookup
        self._grammars = grammars
        self._preferences = preferences or Preferences()
        self._rewriters = rewriters or Rewriters()
        self._searcher = searcher
        self._reader = QuestionReader(opened, searcher)
        self._quoter = quoter

    def ask(
        self,
        question: str,
        *,
        limit: int,
        scope: Scope = EVERYTHING,
        every: bool = False,
        as_typed: bool = False,
    ) -> Answer:
        """Answer *question* from the passages within *scope*, with at most *limit* citations.

        Passages whose score is below the generation's floor are never an answer; when there
        are none above it, the verdict is ``not_found`` and the nearest are given as such.
        Those far behind the best one are left out as well, unless *every* one is asked for, or they
        hold what stands between quotation marks.

        What the question says of the documents that answer (their dates, correspondents, words
        in quotation marks) narrows the search; *as_typed* leaves its words as they are.  All
        documents, or their number, are answered with the complete list, whatever *limit* is.

        A question that is an archival reference is answered with what is kept there, each
        document's beginning first; one that holds a reference is searched within it.
        """
        self._lookup.check(scope)
        with tolerate_silence() as silences:
            outcome, asked = self._outcome(question, scope, as_typed=as_typed)
        found, best = outcome.found, outcome.best
        beside, above = _groups(found, best)
        found, preferred = self._prefer(found, beside, above)
        outcome = replace(outcome, found=found)
        whole = every or outcome.total is not None or bool(outcome.phrases)
        among = above if whole else beside
        limit = len(found.rows) if outcome.total is not None else limit
        answering = min(limit, among)
        count = answering or min(WEIGHTS.nearest, len(found.rows))
        citations = self._quoter.cite(
            outcome, count, preferred, among=min(among, answering + WEIGHTS.beyond)
        )
        answered = answering > 0
        searched = Searched(
            generation=self._opened.manifest.id,
            documents=found.documents,
            passages=found.passages,
            floor=round(found.floor, 4),
            best=round(max(best, 0.0), 4),
            scope=_print_scope(asked, outcome.scope),
            words=() if isinstance(found, Referred) else found.words.words,
            not_read=NotRead() if answered else self._lookup.not_read(),
            shards=self._opened.missing_shards,
            vectors=silences.answered,
        )
        return Answer(
            question=question,
            verdict=Verdict.ANSWERED if answered else Verdict.NOT_FOUND,
            citations=citations if answered else (),
            searched=searched,
            nearest=() if answered else citations,
            understood=outcome.conditions,
            remarks=(
                *_missing(self._opened),
                *silences.remarks(),
                *outcome.remarks,
                *(() if answered and outcome.total is None else _withheld(self._opened)),
            ),
            total=outcome.total if answered else None,
        )

    def search(
        self, question: str, *, limit: int, scope: Scope = EVERYTHING
    ) -> tuple[Citation, ...]:
        """The *limit* best passages within *scope*, best first, without a verdict."""
        outcome, _ = self._outcome(question, scope)
        return self._quoter.cite(outcome, min(limit, len(outcome.found.rows)))

    def trial(self, question: str) -> tuple[list[Ranked], float, bool]:
        """The ranking, the best score and the verdict, for ``docproc eval``."""
        outcome, _ = self._outcome(question, EVERYTHING)
        best_score = outcome.best
        found, _ = self._prefer(outcome.found, *_groups(outcome.found, best_score))
        outcome = replace(outcome, found=found)
        passages = self._opened.catalog.passages(int(row) for row in found.rows[: WEIGHTS.ranked])
        of: dict[str, DocumentRow] = self._opened.catalog.document_rows(
            {passage.document_id for passage in passages}
        )
        ranked = []
        for number, passage in enumerate(passages):
            highlight = self._quoter.best_sentence(outcome, passage) if number == 0 else ""
            row = of[passage.document_id]
            ranked.append(Ranked(row.source, passage.text, highlight, row.member))
        return ranked, best_score, outcome.answered

    def find_date(self, question: str, citation: Citation) -> Citation | None:
        """Where the document of *citation* states its date, if *question* asks for a date.

        It is *citation* itself where that says a date.  ``None`` where none is asked for, and
        where the document states none.
        """
        date = citation.metadata.date
        if date is None or wanted_kind(question) != "date":
            return None
        return (
            citation
            if holds_kind("date", citation.quote)
            else self._find_stated(citation, Field.DATE)
        )

    def find_place(self, citation: Citation) -> Citation | None:
        """Where the document of *citation* states the place it was written at, if it does."""
        return self._find_stated(citation, Field.PLACE)

    def _find_stated(self, citation: Citation, field: Field) -> Citation | None:
        """The passage of the document of *citation* that states *field*, if it is known."""
        row = self._opened.catalog.rows_of(citation.document_id)[0]
        number = int(self._opened.document_of(np.array([row]))[0])
        found = passages_stating(self._opened, [number], field)
        if not len(found.rows):
            return None
        why = ((f"document's {field.value}", 1.0),)
        (stated,) = self._quoter.cite(Outcome(found, EVERYTHING), 1)
        return replace(stated, why=why)

    def _outcome(
        self, question: str, scope: Scope, *, as_typed: bool = False
    ) -> tuple[Outcome, AskedReferences]:
        """What *question* finds within *scope*, and the references that it names."""
        question = without_controls(question)
        searcher, reader = self._searcher, self._reader
        widening = Widening() if as_typed else self._rewriters.widening(question, self._texts)
        if widening:
            searcher = searcher.widened_by(widening)
            reader = reader.widened_by(widening, searcher)
        parsed = None if as_typed else reader.parse(question)
        words = parsed.text if parsed else question
        asked = understand(words, self._grammars, self._opened.catalog.printed.has_reference)
        if parsed is None or asked.references:
            outcome = Outcome(self._find(asked, scope, searcher), scope)
        else:
            outcome = reader.outcome(parsed, scope)
        if widening and isinstance(outcome.found, Search):
            said = widening.said_of(outcome.found.question)
            outcome = replace(outcome, conditions=(*outcome.conditions, *said))
        return outcome, asked

    def _texts(self) -> TextIndex:
        return self._opened.passage_text

    def _find(self, asked: AskedReferences, scope: Scope, searcher: Searcher) -> Search | Referred:
        if not asked.references:
            return searcher.search(asked.words, scope)
        rows = rows_of(self._opened, asked, scope)
        if not len(rows):
            return nearest_rows(self._opened, asked, scope)
        if asked.words:
            return searcher.search(asked.words, scope, within=rows)
        return in_order(self._opened, rows)

    def _prefer(
        self, found: Search | Referred, beside: int, above: int
    ) -> tuple[Search | Referred, Preferred]:
        """*found* as the signals of plugins order it: what is shown first, then what is above."""
        if isinstance(found, Referred):  # it stands in the order of the reference
            return found, NOTHING
        return self._preferences.order(found, (beside, above - beside), self._opened)


def _groups(found: Search | Referred, best: float) -> tuple[int, int]:
    """How many passages are shown beside the *best*, and how many are above the floor."""
    if best < found.floor:
        return 0, 0
    near = found.scores >= max(found.floor, WEIGHTS.shown_beside * best)
    beside = int(np.logical_and.accumulate(near).sum())
    return beside, int((found.scores >= found.floor).sum())


def _print_scope(asked: AskedReferences, scope: Scope) -> str | None:
    """Where was searched, in the words of who asked; ``None`` for everywhere."""
    where = [] if scope.everything else [scope.printed or "as asked"]
    return ", ".join([*where, *filter(None, [asked.printed])]) or None


def _withheld(held: OpenGeneration) -> tuple[str, ...]:
    """What is withheld: where nothing was found or all were counted, that must be known."""
    return tuple(f"{told[0].upper()}{told[1:]}." for told in held.withheld)


def _missing(held: OpenGeneration) -> tuple[str, ...]:
    """That not all shards are searched, in words."""
    shards = held.missing_shards
    if shards is None:
        return ()
    return (
        f"Searched {shards[0]} of {shards[1]} shards: what the others hold is missing here "
        f"({held.missing_why}).",
    )
