"""Search: a question to passages, scored; the words and the vectors each name candidates.

Each index names its best few hundred; only those are looked at closely, so that the cost of
a question does not grow with the corpus.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from docproc.hooks.protocols import TextIndex
from docproc.records import Passage, PassageKind, Scope, Span
from docproc.retrieval.answer_kind import answer_fit, wanted_kind
from docproc.retrieval.calibration import Calibration
from docproc.retrieval.coverage import QuestionWords, coverage
from docproc.retrieval.evidence import Floats, Signals, best_bm25, idf, score
from docproc.retrieval.highlight import sentence_scores
from docproc.retrieval.holdings import Holdings
from docproc.text.names import asked_names, keys_in
from docproc.text.terms import content_words, question_words

Rows = NDArray[np.int64]
Words = dict[str, str]
"""Words, folded, each with its term."""

UNITS = 200
"""Nearest vectors, of passages and sentences, that name candidates."""
PASSAGES = 60
"""Best passages by their words that name candidates."""
DOCUMENTS = 20
"""Best documents by their words, each of which names its nearest passages."""
OF_EACH_DOCUMENT = 3
READ = 80
"""Candidates whose words are looked at."""
CONTEXT = 0.25
"""What a word found only in the document's title, names or date counts."""
HIGHLIGHTS = 2


@dataclass(frozen=True, slots=True)
class Search:
    """What a question found: candidate rows, best first, their scores and signals.

    ``floor`` is the score below which nothing is an answer; ``passages`` and ``documents``
    are how many were searched.
    """

    question: str
    words: QuestionWords
    vector: Floats
    rows: Rows
    scores: Floats
    signals: Signals
    floor: float
    passages: int
    documents: int

    def why(self, number: int) -> tuple[tuple[str, float], ...]:
        """What each signal gave one candidate."""
        return self.signals.of(number)


class Searcher:
    """Searches one generation."""

    def __init__(self, holdings: Holdings, calibration: Calibration | None = None) -> None:
        self._holdings = holdings
        self._given = calibration

    @cached_property
    def calibration(self) -> Calibration:
        """What was measured of the corpus when the generation was built."""
        return self._given or Calibration.from_json(self._holdings.manifest.calibration)

    def search(
        self,
        question: str,
        scope: Scope,
        *,
        vector: Floats | None = None,
        without: frozenset[int] = frozenset(),
        within: Rows | None = None,
    ) -> Search:
        """Search for *question* within *scope*.

        *vector* is the question's, if it is known already; *without* are documents, by their
        number, that are left out; *within* are the sorted rows of the scope that may answer,
        where not all of them do.
        """
        held = self._holdings
        words = self._words(question)
        if vector is None:
            vector = held.encoder.encode_query(question)
        allowed = self._allowed(scope, without) if within is None else within
        rows = self._candidates(question, vector, allowed)
        signals = self._signals(question, words, vector, rows)
        order: Rows = np.argsort(-score(signals, self.calibration.vector_weight), kind="stable")
        rows, signals = rows[order], signals.take(order)
        searched = held.passages if allowed is None else len(allowed)
        documents = (
            held.manifest.counts.documents
            if allowed is None
            else len(np.unique(held.document_of(allowed)))
        )
        return Search(
            question=question,
            words=words,
            vector=vector,
            rows=rows,
            scores=score(signals, self.calibration.vector_weight),
            signals=signals,
            floor=self.calibration.floor,
            passages=searched,
            documents=documents,
        )

    def highlights(self, found: Search, number: int, passage: Passage) -> list[Span]:
        """The answering sentences of candidate *number*, spans of its document, best first."""
        if len(passage.sentences) < 2:
            return list(passage.sentences)
        texts = [span.shift(-passage.span.start).of(passage.text) for span in passage.sentences]
        held = self._holdings
        cosines = held.vectors[held.sentences_of(int(found.rows[number]))] @ found.vector
        matches = found.words.matches(
            [content_words(text, passage.language) for text in texts], list(map(keys_in, texts))
        )
        scores = sentence_scores(
            found.question, texts, matches, cosines, self.calibration.readability
        )
        order = np.argsort(-scores, kind="stable")
        best = scores[order[0]]
        chosen = [i for i in order[:HIGHLIGHTS] if scores[i] >= 0.9 * best]
        return [passage.sentences[i] for i in chosen]

    @property
    def _languages(self) -> tuple[str | None, ...]:
        return tuple(self._holdings.passage_text.languages)

    def _words(self, question: str) -> QuestionWords:
        """The question's words, and which of them are names: capitalised, or unknown here.

        A hyphened whole that no text has is left out: its parts say all that it does.
        """
        index = self._holdings.passage_text
        words = question_words(question, self._languages)
        unknown = {word for word, terms in words if not any(map(index.document_frequency, terms))}
        wholes = unknown & set(map("".join, _runs([word for word, _ in words])))
        asked = asked_names(question)
        return QuestionWords(
            [(word, terms) for word, terms in words if word not in wholes],
            {w: name.keys for w, name in asked.items() if name.capitalised or w in unknown},
        )

    def _allowed(self, scope: Scope, without: frozenset[int]) -> Rows | None:
        held = self._holdings
        if scope.everything and not without:
            return None
        rows = (
            np.arange(held.passages, dtype=np.int64)
            if scope.everything
            else held.catalog.rows_where(scope)
        )
        if without:
            rows = rows[~np.isin(held.document_of(rows), list(without))]
        return rows

    def _candidates(self, question: str, vector: Floats, allowed: Rows | None) -> Rows:
        """The rows worth a closer look, sorted."""
        held = self._holdings
        units = None
        if allowed is not None:
            if not len(allowed):
                return allowed
            inside = np.zeros(held.passages, np.bool_)
            inside[allowed] = True
            units = np.flatnonzero(inside[held.owners])
        near = held.vector_index.search(vector, UNITS, units)
        by_words = held.passage_text.search(question, PASSAGES, allowed)
        named = [held.owners[near.rows].astype(np.int64), by_words.rows]
        documents = None if allowed is None else np.unique(held.document_of(allowed))
        for document in held.document_text.search(question, DOCUMENTS, documents).rows:
            first, end = held.catalog.first_rows[document : document + 2]
            rows = np.arange(first, end, dtype=np.int64)
            if allowed is not None:
                rows = rows[np.isin(rows, allowed)]
            cosines = held.vectors[rows] @ vector
            named.append(rows[np.argsort(-cosines, kind="stable")[:OF_EACH_DOCUMENT]])
        return np.unique(np.concatenate(named))

    def _signals(self, question: str, words: QuestionWords, vector: Floats, rows: Rows) -> Signals:
        held = self._holdings
        documents = held.document_of(rows)
        numbers, which = np.unique(documents, return_inverse=True)
        passage_words = _bm25(held.passage_text, question, words, rows)
        document_words = _bm25(held.document_text, question, words, numbers)[which]
        nothing = np.zeros(len(rows), np.float32)
        signals = Signals(
            words_passage=passage_words,
            words_document=document_words,
            coverage=nothing,
            cos_passage=held.vectors[rows] @ vector,
            cos_sentence=self._best_sentence(rows, vector),
            cos_document=(held.document_vectors[numbers] @ vector)[which],
            fit=nothing,
            passages=np.diff(held.catalog.first_rows)[documents].astype(np.float32),
            trust=np.ones(len(rows), np.float32),
        )
        return self._read(question, words, rows, signals)

    def _best_sentence(self, rows: Rows, vector: Floats) -> Floats:
        """The best cosine of each passage's sentences; its own where it has none."""
        held = self._holdings
        slices = [held.sentences_of(int(row)) for row in rows]
        counts = [part.stop - part.start for part in slices]
        units = np.concatenate(
            [np.arange(part.start, part.stop) for part in slices] or [np.zeros(0, np.int64)]
        )
        cosines = held.vectors[units.astype(np.int64)] @ vector
        best = held.vectors[rows] @ vector
        at = 0
        for number, count in enumerate(counts):
            if count:
                best[number] = cosines[at : at + count].max()
            at += count
        found: Floats = best
        return found

    def _read(self, question: str, words: QuestionWords, rows: Rows, signals: Signals) -> Signals:
        """Add what only reading the passages tells, for the most promising ones."""
        held = self._holdings
        first = score(signals, self.calibration.vector_weight) + signals.words_passage
        chosen = np.sort(np.argsort(-first, kind="stable")[:READ])
        passages = held.catalog.passages(int(row) for row in rows[chosen])
        texts, contexts = self._texts(passages)
        names = [keys_in(passage.search_text) for passage in passages]
        matches = np.maximum(words.matches(texts, names), CONTEXT * words.matches(contexts))
        share = np.zeros(len(rows), np.float32)
        share[chosen] = coverage(matches, self._weights(words))
        fit = np.zeros(len(rows), np.float32)
        if wanted_kind(question) in ("date", "number"):
            fit[chosen] = [answer_fit(question, passage.text) for passage in passages]
        trust = signals.trust.copy()
        apparatus = chosen[[p.kind is PassageKind.APPARATUS for p in passages]]
        trust[apparatus] = share[apparatus]
        return replace(signals, coverage=share, fit=fit, trust=trust)

    def _texts(self, passages: list[Passage]) -> tuple[list[Words], list[Words]]:
        """The words of each passage, and those of its document's title, names and dates.

        What the segmenter says of a passage before its words (that it is a note, that it
        tells whether the letter is typed) counts as the passage's own.
        """
        abouts: dict[str, Words] = {}
        texts, contexts = [], []
        for passage in passages:
            about = abouts.get(passage.document_id)
            if about is None:
                row = self._holdings.catalog.document_row(passage.document_id)
                names = (row.title, row.sender, row.recipient, row.date_printed, row.date)
                about = content_words(" ".join(name for name in names if name), row.language)
                abouts[passage.document_id] = about
            head = content_words(passage.context, passage.language)
            cue = {word: term for word, term in head.items() if word not in about}
            texts.append(cue | content_words(passage.search_text, passage.language))
            contexts.append(about)
        return texts, contexts

    def _weights(self, words: QuestionWords) -> NDArray[np.float64]:
        """The idf of each of the question's words over passages."""
        index = self._holdings.passage_text
        return idf(_frequencies(index, words), index.rows)


def _runs(words: Sequence[str]) -> Iterator[Sequence[str]]:
    """Two to four of *words* that stand side by side."""
    for size in (2, 3, 4):
        for at in range(len(words) - size + 1):
            yield words[at : at + size]


def _frequencies(index: TextIndex, words: QuestionWords) -> NDArray[np.float64]:
    """How many texts hold each word, under the commonest of its terms.

    A name that none holds as it is spelled is as common as the commonest of its keys.
    """
    counts = [
        max(map(index.document_frequency, terms), default=0)
        or max(map(index.document_frequency, keys), default=0)
        for terms, keys in zip(words.terms, words.names, strict=True)
    ]
    return np.array(counts, np.float64)


def _bm25(index: TextIndex, question: str, words: QuestionWords, rows: Rows) -> Floats:
    """BM25 of *rows*, sorted and distinct, divided by the best that the question could reach."""
    scores = np.zeros(len(rows), np.float32)
    hits = index.search(question, len(rows), rows)
    ideal = best_bm25(_frequencies(index, words).tolist(), index.rows)
    scores[np.searchsorted(rows, hits.rows)] = hits.scores / ideal
    return scores
