"""Search: a question to passages, scored; the words and the vectors each name candidates.

Each index names its best hundred or so; the most promising are read, so that the cost of a
question hardly grows with the corpus.  While one core encodes the question, the other looks for
its words.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from docproc.questions import TimeCondition
from docproc.records import Passage, Scope, Span
from docproc.retrieval.doubts.contradicted_times import contradict_times
from docproc.retrieval.doubts.doubt import Doubts
from docproc.retrieval.evidence.calibration import Calibration
from docproc.retrieval.evidence.highlight import sentence_scores
from docproc.retrieval.evidence.languages import LanguageReach, Languages
from docproc.retrieval.evidence.reranking import AskedReranker
from docproc.retrieval.evidence.score import Floats, Signals, idf, score
from docproc.retrieval.generation.open_generation import OpenGeneration
from docproc.retrieval.generation.silent_indexes import silence_noted
from docproc.retrieval.query.answer_kind import wanted_kind
from docproc.retrieval.query.courtesy import without_courtesy
from docproc.retrieval.query.question_words import absent_names, frequencies, read_words
from docproc.retrieval.query.rewriting import Widening
from docproc.retrieval.search.candidates import (
    ReadVectors,
    Rows,
    WordHits,
    by_words,
    candidates,
    make_search_space,
)
from docproc.retrieval.search.search_result import Search, merge_searches
from docproc.retrieval.search.second_look import SecondLook
from docproc.retrieval.search.word_scores import choose_promising, score_best_bm25, score_bm25
from docproc.retrieval.weights import WEIGHTS
from docproc.retrieval.words.candidate_words import CandidateWords, candidate_words
from docproc.retrieval.words.coverage import QuestionWords, coverage
from docproc.retrieval.words.subword_fertility import tokens_per_word
from docproc.workspace.mapped import release_pages

_MARKS = ("?", "？", "؟", ";")
"""What a question ends with."""


class Searcher:
    """Searches one generation; *read* candidates are scored again from their text."""

    def __init__(
        self,
        opened: OpenGeneration,
        calibration: Calibration | None = None,
        read: int = WEIGHTS.read,
    ) -> None:
        self._opened = opened
        self._given = calibration
        self._floors: dict[str, float] = {}
        self._most_read = read
        self._widening = Widening()
        self._plain = self

    @cached_property
    def calibration(self) -> Calibration:
        """What was measured of the corpus when the generation was built."""
        found = self._given or Calibration.from_json(self._opened.manifest.calibration)
        return found if self._opened.open_reranker else found.without_reranker()

    def widened_by(self, widening: Widening) -> Searcher:
        """The same searcher, which asks by what *widening* adds as well."""
        _ = self._beside, self._candidate_words, self.across, self.calibration  # these are shared
        if self.calibration.reranker and self.calibration.reranker.weight:
            _ = self._asked_reranker
        made = copy.copy(self)
        made._widening = widening
        return made

    def search(
        self,
        question: str,
        scope: Scope,
        *,
        vector: Floats | None = None,
        without: frozenset[int] = frozenset(),
        within: Rows | None = None,
        times: Sequence[TimeCondition] = (),
    ) -> Search:
        """Search for *question* within *scope*.

        *vector* is the question's, if it is known already; *without* are documents, by their
        number, that are left out; *within* are the sorted rows of the scope that may answer,
        where not all of them do.  What *times* contradict counts less.  Courtesy around what is
        asked is not searched for.
        """
        ways: dict[str, Any] = {"without": without, "within": within, "times": times}
        found = self._search(question, scope, vector=vector, **ways)
        others = [self._search(other, scope, **ways) for other in self._widening.questions]
        return merge_searches(found, others) if others else found

    def _search(
        self,
        question: str,
        scope: Scope,
        *,
        vector: Floats | None = None,
        without: frozenset[int] = frozenset(),
        within: Rows | None = None,
        times: Sequence[TimeCondition] = (),
    ) -> Search:
        held = self._opened
        question = without_courtesy(question)
        encoding = self._beside.submit(
            lambda: held.encoder.encode_query(question) if vector is None else vector
        )
        words = read_words(question, held.passage_text)
        foreign = bool(self._widening.expansions) and self.across.is_foreign(question)
        if self._widening.expansions:
            words = self._widening.widen(words, question, held.passage_text, foreign=foreign)
        where = make_search_space(held, scope, without=without, within=within)
        # in this context, which notes an index that is silent
        near = self._beside.submit(copy_context().run, lambda: where.near(encoding.result()))
        asked = self._widening.text(question)
        if words.equivalents and not self._widening.expansions:  # numbers in words, as figures
            spelled = (each for equal in words.equivalents for each in equal.words)
            asked = " ".join([asked, *(word for each in spelled for word in each.words)])
        found = by_words(asked, where)
        asking = encoding.result()
        rows = candidates(found, near.result(), asking)
        weight = self.calibration.weight_of(
            question, lambda: tokens_per_word(held.encoder, question.split())
        )
        across = self.across.of(question, words, held.passage_text)
        weight = max(weight, across.bridge * WEIGHTS.even_weight)
        if foreign and words.equivalents and across.language is None:
            weight = 0.0  # the model does not read across: only the equivalents tell anything
        rows, signals = self._signals(
            question, words, asking, rows, found, weight, across.reach, times
        )
        if across.language:  # nor do names stand there as they are written in the question
            lost = np.float32(1 - across.bridge)
            signals = replace(signals, absent=signals.absent * lost, missing=signals.missing * lost)
        signals = self._add_reranking(question, rows, signals)
        scores = score(signals, weight)
        order: Rows = np.argsort(-scores, kind="stable")
        self._beside.submit(release_pages)
        found_there = Search(
            question=question,
            words=words,
            vector=asking,
            rows=rows[order],
            scores=scores[order],
            signals=signals.take(order),
            weight=weight,
            floor=self._floor(across),
            passages=where.passages,
            documents=where.documents,
        )
        if across.language or not _asks(question):
            return found_there
        return self._second_look.of(found_there, times)

    def _add_reranking(self, question: str, rows: Rows, signals: Signals) -> Signals:
        """*signals* with what the re-ranker adds, where there is one that helps."""
        measured = self.calibration.reranker
        if measured is None or not measured.weight or self._asked_reranker is None:
            return signals
        read = self._opened.catalog.passages
        numbers = self._asked_reranker.numbers(question, rows, read)
        return replace(signals, reranked=measured.share(numbers))

    @cached_property
    def _asked_reranker(self) -> AskedReranker | None:
        reranker = self._opened.reranker
        return None if reranker is None else AskedReranker(reranker)

    @cached_property
    def _candidate_words(self) -> CandidateWords:
        return candidate_words(self._opened)

    @cached_property
    def _second_look(self) -> SecondLook:
        """What the best passages say of what is asked, by the model of this generation."""
        return SecondLook(Doubts(self._opened, self.calibration, self._candidate_words))

    def highlights(self, found: Search, number: int, passage: Passage) -> list[Span]:
        """The answering sentences of candidate *number*, spans of its document, best first."""
        if len(passage.sentences) < 2:
            return list(passage.sentences)
        by = found.search_for(number)
        texts = [span.shift(-passage.span.start).of(passage.text) for span in passage.sentences]
        held = self._opened
        cosines = held.vectors[held.sentences_of(int(found.rows[number]))] @ by.vector
        matches = by.words.matches_in([(text, passage.language) for text in texts])
        scores = sentence_scores(by.question, texts, matches, cosines, self.calibration.readability)
        order = np.argsort(-scores, kind="stable")
        least = WEIGHTS.second_highlight * scores[order[0]]
        chosen = [i for i in order[: WEIGHTS.highlights] if scores[i] >= least]
        return [passage.sentences[i] for i in chosen]

    @cached_property
    def across(self) -> Languages:
        """How far questions in other languages than the corpus's are read over it."""
        return Languages(self._opened, self.calibration)

    def _floor(self, across: LanguageReach) -> float:
        """The floor of a question: its own, where only the vectors reach across languages."""
        if across.language is None:
            return self.calibration.floor
        floor = self._floors.get(across.language)
        if floor is None:
            self._floors[across.language] = self.calibration.floor  # for the searches that follow
            best = np.zeros(0, np.float32)
            for question, known in across.everyday:
                vector = known if without_courtesy(question) == question else None
                found = self._plain.search(question, Scope(), vector=vector)
                best = np.append(best, found.scores[:1])
            floor = self._floors[across.language] = self.calibration.floor_across(
                best, across.bridge
            )
            if silence_noted():  # measured without the vectors: not to be kept
                del self._floors[across.language]
        return floor

    @cached_property
    def _beside(self) -> ThreadPoolExecutor:
        """Threads: for the encoder, which is loaded there too, for what is asked while something
        is read, and for giving memory back.
        """
        return ThreadPoolExecutor(max_workers=3, thread_name_prefix="searching")

    def _signals(
        self,
        question: str,
        words: QuestionWords,
        vector: Floats,
        rows: Rows,
        found: WordHits,
        weight: float,
        reach: float,
        times: Sequence[TimeCondition],
    ) -> tuple[Rows, Signals]:
        """The most promising of the candidates *rows*, sorted, and their signals."""
        measured = self.calibration
        held = self._opened
        documents = held.document_of(rows)
        numbers, which = np.unique(documents, return_inverse=True)
        first_rows = held.catalog.first_rows
        nothing = np.zeros(len(rows), np.float32)
        cosines: Floats = found.vectors[rows] @ vector
        passages = (first_rows[documents + 1] - first_rows[documents]).astype(np.float32)
        of_documents = (held.document_vectors[numbers] @ vector)[which]
        signals = Signals(
            words_document=score_best_bm25(held.document_text, words, found.documents, documents),
            coverage=score_best_bm25(held.passage_text, words, found.passages, rows),
            held=nothing,
            cos_passage=measured.likeness(cosines),
            cos_sentence=measured.likeness(
                self._best_sentence(rows, found.vectors, vector, cosines)
            ),
            cos_document=measured.document_likeness(of_documents, passages),
            absent=nothing,
            missing=nothing,
            passages=passages,
            trust=np.ones(len(rows), np.float32),
            tells=np.full(len(rows), 1 - 1 / max(1, held.manifest.counts.documents), np.float32),
            untimely=nothing,
            unsaid=nothing,
            reach=np.full(len(rows), reach, np.float32),
        )
        chosen = choose_promising(score(signals, weight), documents, self._most_read)
        rows, signals = rows[chosen], signals.take(chosen)
        question_text = self._widening.text(question)
        whole = signals.words_document
        new = whole == 0  # their documents are not among the best by their words
        numbers, which = np.unique(documents[chosen][new], return_inverse=True)
        others = self._beside.submit(score_bm25, held.document_text, question_text, words, numbers)

        def complete() -> None:
            whole[new] = others.result()[which]
            if self._widening.expansions:  # they count no more than the words that they are of
                np.minimum(whole, 1, out=whole)

        return rows, self._read(words, _asks(question), rows, signals, complete, weight, times)

    def _best_sentence(
        self, rows: Rows, vectors: ReadVectors, vector: Floats, own: Floats
    ) -> Floats:
        """The best cosine of each passage's sentences; its *own* where it has none."""
        units, counts = self._opened.sentences_of_all(rows)
        best = own.copy()
        if len(units):
            having = counts > 0
            cosines = vectors[units] @ vector
            best[having] = np.maximum.reduceat(cosines, (np.cumsum(counts) - counts)[having])
        return best

    def _read(
        self,
        words: QuestionWords,
        asks: bool,
        rows: Rows,
        signals: Signals,
        complete: Callable[[], None],
        weight: float,
        times: Sequence[TimeCondition] = (),
    ) -> Signals:
        """*signals* with what only reading the passages tells; *complete* waits for the rest.

        What a question *asks* about must be there; a topic is met by some of its words.
        """
        held, matching = self._opened, self._candidate_words
        matches, said_of_all = matching.matches(words, rows)
        complete()
        absent = np.full(len(rows), absent_names(words, held.passage_text, matches), np.float32)
        late = signals.untimely
        if times:
            passages = held.catalog.passages(rows.tolist())
            of = held.catalog.document_rows({p.document_id for p in passages})
            late = contradict_times(times, passages, [of[p.document_id] for p in passages])
        apparatus = matching.apparatus(rows)
        rarity, alike = self._weights(words), np.array(words.expected)
        here = np.maximum(matches, said_of_all)
        somewhere = frequencies(held.passage_text, words) > 0
        telling = np.array(words.telling, np.bool_) & asks & somewhere

        def read(matches: Floats, here: Floats) -> Signals:
            share = coverage(matches, rarity)
            lost = rarity[telling] @ (1 - here[telling]) / max(1e-9, float(rarity.sum()))
            return replace(
                signals,
                coverage=share,
                held=coverage(matches, alike),
                absent=absent,
                missing=lost.astype(np.float32),
                untimely=late,
                trust=np.where(apparatus, share, signals.trust),
            )

        found = read(matches, here)
        near = score(found, weight) >= WEIGHTS.worth_a_look * self.calibration.floor
        best = np.flatnonzero(near & (here[telling] < WEIGHTS.alike).any(axis=0))
        if not len(best):
            return found
        around = matching.around(words, rows[best])
        around[~telling] = 0
        matches[:, best] = np.maximum(matches[:, best], WEIGHTS.beside * around)
        here[:, best] = np.maximum(here[:, best], around)
        return read(matches, here)

    def _weights(self, words: QuestionWords) -> NDArray[np.float64]:
        """The idf of each of the question's words over passages, so far as it is expected."""
        index = self._opened.passage_text
        expected = np.array(words.expected, np.float64)
        rarity: NDArray[np.float64] = idf(frequencies(index, words), index.rows) * expected
        return rarity


def _asks(question: str) -> bool:
    """Whether *question* asks something, and is no topic."""
    return question.rstrip().endswith(_MARKS) or wanted_kind(question) is not None
