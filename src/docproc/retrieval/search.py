"""Search: a question to passages, scored; the words and the vectors each name candidates.

Each index names its best hundred or so; the most promising are read, so that the cost of a
question hardly grows with the corpus.  While one core encodes the question, the other looks for
its words.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from docproc.hooks.indexes import TextHits, TextIndex
from docproc.questions import TimeCondition
from docproc.records import Passage, PassageKind, Scope, Span
from docproc.retrieval.about import about, put_before
from docproc.retrieval.answer_kind import wanted_kind
from docproc.retrieval.calibration import Calibration
from docproc.retrieval.candidates import Rows, WordHits, by_words, candidates, make_search_space
from docproc.retrieval.courtesy import without_courtesy
from docproc.retrieval.coverage import QuestionWords, coverage
from docproc.retrieval.evidence import Floats, Signals, best_bm25, idf, score
from docproc.retrieval.highlight import sentence_scores
from docproc.retrieval.languages import Across, Languages
from docproc.retrieval.open_generation import OpenGeneration
from docproc.retrieval.question_words import absent_names, frequencies, read_words
from docproc.retrieval.subword_fertility import tokens_per_word
from docproc.retrieval.told_times import untimely
from docproc.retrieval.unsaid import Unsaid, asks_for_facts
from docproc.retrieval.weights import WEIGHTS
from docproc.text.names import keys_in
from docproc.text.terms import content_words
from docproc.workspace.mapped import release_pages

_MARKS = ("?", "？", "؟", ";")
"""What a question ends with."""


@dataclass(frozen=True, slots=True)
class Search:
    """What a question found: candidate rows, best first, their scores and signals.

    ``weight`` is what the vectors weighed for it; ``floor`` is the score below which nothing is
    an answer; ``passages`` and ``documents`` are how many were searched.
    ``lacking`` are words of the question that kept its best passage from answering.
    """

    question: str
    words: QuestionWords
    vector: Floats
    rows: Rows
    scores: Floats
    signals: Signals
    weight: float
    floor: float
    passages: int
    documents: int
    lacking: tuple[str, ...] = ()

    def why(self, number: int) -> tuple[tuple[str, float], ...]:
        """What each signal gave one candidate."""
        return self.signals.of(number)


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

    @cached_property
    def calibration(self) -> Calibration:
        """What was measured of the corpus when the generation was built."""
        return self._given or Calibration.from_json(self._opened.manifest.calibration)

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
        held = self._opened
        question = without_courtesy(question)
        encoding = self._beside.submit(
            lambda: held.encoder.encode_query(question) if vector is None else vector
        )
        words = read_words(question, held.passage_text)
        where = make_search_space(held, scope, without=without, within=within)
        found = by_words(question, where)
        asking = encoding.result()
        rows = candidates(found, asking, where)
        weight = self.calibration.weight_of(
            question, lambda: tokens_per_word(held.encoder, question.split())
        )
        across = self.across.of(question, words, held.passage_text)
        weight = max(weight, across.bridge * WEIGHTS.even_weight)
        rows, signals = self._signals(
            question, words, asking, rows, found, weight, across.reach, times
        )
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
        return found_there if across.language else self._doubt(found_there, times)

    def _doubt(self, found: Search, times: Sequence[TimeCondition]) -> Search:
        """*found*, its passages counting less that do not speak of what is asked about."""
        above = int((found.scores >= found.floor).sum()) if found.floor > 0 else 0
        if not above or not _asks(found.question) or not asks_for_facts(found.question):
            return found
        encode = self._opened.encoder.encode_query
        unsaid = Unsaid(self._opened, found.question, found.words, found.vector, times, encode)
        if not unsaid.anything(int(found.rows[0])):
            return found
        told = unsaid.of(found.rows[:above])
        doubt = np.zeros(len(found.rows), np.float32)
        doubt[:above] = told.shares
        lost = WEIGHTS.unsaid * doubt * np.maximum(found.scores, 0)
        signals = replace(found.signals, unsaid=lost.astype(np.float32))
        scores = score(signals, found.weight)
        # what no longer answers comes after what does; else the order says what is nearest
        order: Rows = np.argsort(scores < found.floor, kind="stable")
        return replace(
            found,
            rows=found.rows[order],
            scores=scores[order],
            signals=signals.take(order),
            lacking=told.lacking if scores[order][0] < found.floor else (),
        )

    def highlights(self, found: Search, number: int, passage: Passage) -> list[Span]:
        """The answering sentences of candidate *number*, spans of its document, best first."""
        if len(passage.sentences) < 2:
            return list(passage.sentences)
        texts = [span.shift(-passage.span.start).of(passage.text) for span in passage.sentences]
        held = self._opened
        cosines = held.vectors[held.sentences_of(int(found.rows[number]))] @ found.vector
        matches = found.words.matches(
            [content_words(text, passage.language) for text in texts], list(map(keys_in, texts))
        )
        scores = sentence_scores(
            found.question, texts, matches, cosines, self.calibration.readability
        )
        order = np.argsort(-scores, kind="stable")
        best = scores[order[0]]
        chosen = [i for i in order[: WEIGHTS.highlights] if scores[i] >= 0.9 * best]
        return [passage.sentences[i] for i in chosen]

    @cached_property
    def across(self) -> Languages:
        """How far questions in other languages than the corpus's are read over it."""
        return Languages(self._opened, self.calibration)

    def _floor(self, across: Across) -> float:
        """The floor of a question: its own, where only the vectors reach across languages."""
        if across.language is None:
            return self.calibration.floor
        floor = self._floors.get(across.language)
        if floor is None:
            self._floors[across.language] = self.calibration.floor  # for the searches that follow
            read_words = [self.search(q, Scope()).scores[:1] for q in across.everyday]
            best = np.concatenate(read_words) if read_words else np.zeros(0, np.float32)
            floor = self.calibration.floor_across(best)
            self._floors[across.language] = floor
        return floor

    @cached_property
    def _beside(self) -> ThreadPoolExecutor:
        """Threads: for the encoder, which is loaded there too, and for giving memory back."""
        return ThreadPoolExecutor(max_workers=2, thread_name_prefix="searching")

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
        cosines: Floats = held.vectors[rows] @ vector
        passages = (first_rows[documents + 1] - first_rows[documents]).astype(np.float32)
        of_documents = (held.document_vectors[numbers] @ vector)[which]
        signals = Signals(
            words_document=self._bm25_of_best(
                held.document_text, words, found.documents, documents
            ),
            coverage=self._bm25_of_best(held.passage_text, words, found.passages, rows),
            held=nothing,
            cos_passage=measured.likeness(cosines),
            cos_sentence=measured.likeness(self._best_sentence(rows, vector, cosines)),
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
        chosen = _promising(score(signals, weight), documents, self._most_read)
        rows, signals = rows[chosen], signals.take(chosen)
        whole = signals.words_document
        new = whole == 0  # their documents are not among the best by their words
        numbers, which = np.unique(documents[chosen][new], return_inverse=True)
        whole[new] = _bm25(held.document_text, question, words, numbers)[which]
        return rows, self._read(words, _asks(question), rows, signals, weight, times)

    def _bm25_of_best(
        self, index: TextIndex, words: QuestionWords, found: TextHits, rows: Rows
    ) -> Floats:
        """BM25 of those of *rows* that are among the best *found*, as ``_bm25`` has it; else 0."""
        scores = np.zeros(len(rows), np.float32)
        order = np.argsort(found.rows)
        if len(order):
            best = found.rows[order]
            place = np.minimum(np.searchsorted(best, rows), len(best) - 1)
            known = best[place] == rows
            scores[known] = found.scores[order][place[known]]
        return scores / np.float32(best_bm25(frequencies(index, words).tolist(), index.rows))

    def _best_sentence(self, rows: Rows, vector: Floats, own: Floats) -> Floats:
        """The best cosine of each passage's sentences; its *own* where it has none."""
        units, counts = self._opened.sentences_of_all(rows)
        best = own.copy()
        if len(units):
            having = counts > 0
            cosines = self._opened.vectors[units] @ vector
            best[having] = np.maximum.reduceat(cosines, (np.cumsum(counts) - counts)[having])
        return best

    def _read(
        self,
        words: QuestionWords,
        asks: bool,
        rows: Rows,
        signals: Signals,
        weight: float,
        times: Sequence[TimeCondition] = (),
    ) -> Signals:
        """*signals* with what only reading the passages tells.

        What a question *asks* about must be there; a topic is met by some of its words.
        """
        held = self._opened
        passages = held.catalog.passages(rows.tolist())
        matches, said_of_all = self._matches(words, passages)
        absent = np.full(len(rows), absent_names(words, held.passage_text, matches), np.float32)
        late = signals.untimely
        if times:
            of = held.catalog.document_rows({p.document_id for p in passages})
            late = untimely(times, passages, [of[p.document_id] for p in passages])
        rarity, alike = self._weights(words), np.ones(len(matches))
        here = np.maximum(matches, said_of_all)
        somewhere = frequencies(held.passage_text, words) > 0
        telling = np.array(words.telling, np.bool_) & asks & somewhere

        def read(matches: Floats, here: Floats) -> Signals:
            share = coverage(matches, rarity)
            apparatus = np.array([p.kind is PassageKind.APPARATUS for p in passages], np.bool_)
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
        around = self._around(words, [passages[n] for n in best], rows[best])
        around[~telling] = 0
        matches[:, best] = np.maximum(matches[:, best], WEIGHTS.beside * around)
        here[:, best] = np.maximum(here[:, best], around)
        return read(matches, here)

    def _around(self, words: QuestionWords, passages: Sequence[Passage], rows: Rows) -> Floats:
        """How well the neighbours of *passages*, at *rows*, match each word.

        What a passage speaks of is often named only in the one before it.
        """
        held = self._opened
        beside = np.concatenate([rows - 1, rows + 1])
        inside = np.clip(beside, 0, held.passages - 1)
        neighbours = held.catalog.passages(inside.tolist())
        own = [*passages, *passages]
        texts = [
            (near.search_text if near.document_id == mine.document_id else "", near.language)
            for near, mine in zip(neighbours, own, strict=True)
        ]
        found = words.matches_in(texts)
        around: Floats = np.maximum(found[:, : len(rows)], found[:, len(rows) :])
        return around

    def _matches(self, words: QuestionWords, passages: list[Passage]) -> tuple[Floats, Floats]:
        """How well each passage matches each word: by its own words, or, less, its document's.

        And how well what is said of its document does, in full.

        What the segmenter says of a passage before its words (that it is a note, that it
        tells whether the letter is typed) counts as the passage's own, except for what it says
        of every passage of the document: title, names and date, which are the document's.
        """
        documents = self._opened.catalog.document_rows({p.document_id for p in passages})
        number = {document_id: place for place, document_id in enumerate(documents)}
        abouts = [(about(row), row.language) for row in documents.values()]
        own = words.matches_in([(passage.search_text, passage.language) for passage in passages])
        # Most contexts hold no word of the question, and need not be told from their documents'
        cue = words.matches_in([(p.context, p.language) for p in passages], names=False)
        telling = np.flatnonzero(cue.any(axis=0)).tolist()
        cue[:, telling] = words.matches(
            [put_before(passages[n], *abouts[number[passages[n].document_id]]) for n in telling]
        )
        about_all = words.matches_in(abouts, names=False)
        about_all = about_all[:, [number[p.document_id] for p in passages]]
        matches: Floats = np.maximum(np.maximum(own, cue), WEIGHTS.context * about_all)
        return matches, about_all

    def _weights(self, words: QuestionWords) -> NDArray[np.float64]:
        """The idf of each of the question's words over passages."""
        index = self._opened.passage_text
        return idf(frequencies(index, words), index.rows)


def _asks(question: str) -> bool:
    """Whether *question* asks something, and is no topic."""
    return question.rstrip().endswith(_MARKS) or wanted_kind(question) is not None


def _promising(promise: Floats, documents: Rows, most: int) -> Rows:
    """The numbers, sorted, of the *most* candidates with the best *promise*.

    Among them the best of each of the first ``documents_read`` documents: one that is long does
    not keep the others from being read.
    """
    order = np.argsort(-promise, kind="stable")
    _, firsts = np.unique(documents[order], return_index=True)
    firsts = np.sort(firsts)[: min(WEIGHTS.documents_read, most)]
    rest = np.setdiff1d(np.arange(len(order)), firsts)[: max(0, most - len(firsts))]
    return np.sort(order[np.concatenate([firsts, rest])])


def _bm25(index: TextIndex, question: str, words: QuestionWords, rows: Rows) -> Floats:
    """BM25 of *rows*, sorted and distinct, divided by the best that the question could reach."""
    scores = np.zeros(len(rows), np.float32)
    hits = index.search(question, len(rows), rows)
    ideal = best_bm25(frequencies(index, words).tolist(), index.rows)
    scores[np.searchsorted(rows, hits.rows)] = hits.scores / ideal
    return scores
