"""What may answer narrows the search before ranking, and says nothing else of it."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docproc.records import PassageKind, Scope
from docproc.retrieval.evidence.languages import LanguageReach
from docproc.retrieval.search import candidates as naming
from docproc.retrieval.search.candidates import SearchSpace, by_words, candidates, make_search_space
from docproc.retrieval.search.search import Searcher

EVERYTHING = Scope()
QUESTIONS = (
    "How many sacks of seed rye?",
    "Who let the horses go to Cherepovets?",
    "When was the bridge over the Sheksna burnt?",
    "Where did the cement come from?",
    "What do the buyers of wool in Batavia pay in?",
    "What do Orlov, Lebedeva, Titov, Casey and Harding write of the river?",
    "zzz",
)
DOCUMENTS = 7
PASSAGES = 24


@pytest.fixture
def few(monkeypatch):
    """So few candidates that what is left out must be made up for."""
    fewer = replace(naming.WEIGHTS, units=6, passages=4, documents=2, of_each_document=1)
    monkeypatch.setattr(naming, "WEIGHTS", fewer)


@pytest.fixture(scope="module")
def held(letters_room):
    return letters_room.opened


@pytest.fixture(scope="module")
def searcher(held):
    return Searcher(held)


def brute_force(held, question, vector, rows):
    """The candidates among *rows*, from the whole ranking of everything, filtered."""
    allowed = set(rows)
    owners = held.owners
    cosines = (held.vectors[:].astype(np.float64) * vector).sum(axis=1).astype(np.float32)
    ranked = np.argsort(-cosines, kind="stable")
    named = set([owners[u] for u in ranked if owners[u] in allowed][: naming.WEIGHTS.units])
    texts = held.passage_text.search(question, held.passages, None).rows
    named |= set([row for row in texts.tolist() if row in allowed][: naming.WEIGHTS.passages])
    firsts = held.catalog.first_rows
    whole = held.document_text.search(question, held.manifest.counts.documents, None).rows
    inside = [d for d in whole.tolist() if allowed & set(range(firsts[d], firsts[d + 1]))]
    for document in inside[: naming.WEIGHTS.documents]:
        own = [row for row in range(firsts[document], firsts[document + 1]) if row in allowed]
        own.sort(key=lambda row: (-(held.vectors[row] @ vector), row))
        named |= set(own[: naming.WEIGHTS.of_each_document])
    return sorted(int(row) for row in named)


some_rows = st.frozensets(st.integers(0, PASSAGES - 1), min_size=1)
slow = settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@slow
@given(st.sampled_from(QUESTIONS), some_rows)
def test_candidates_within_rows_are_those_of_everything_filtered(held, few, question, rows):
    vector = held.encoder.encode_query(question)
    where = SearchSpace(held, np.array(sorted(rows)))
    assert candidates(
        by_words(question, where), where.near(vector), vector
    ).tolist() == brute_force(held, question, vector, rows)


@pytest.mark.parametrize("question", QUESTIONS)
def test_leaving_documents_out_is_to_search_the_rest(held, few, question):
    vector = held.encoder.encode_query(question)
    of = held.document_of(np.arange(PASSAGES))
    for size in (0, 1, 2, 3, DOCUMENTS):
        for out in map(frozenset, combinations(range(DOCUMENTS), size)):
            rest = np.flatnonzero(~np.isin(of, list(out)))
            where, within = (
                make_search_space(held, EVERYTHING, without=out),
                SearchSpace(held, rest),
            )
            for hits in (SearchSpace.best_documents, SearchSpace.by_words):
                found, wanted = hits(where, question), hits(within, question)
                assert found.rows.tolist() == wanted.rows.tolist()
                assert found.scores.tolist() == wanted.scores.tolist()
            assert (where.passages, where.documents) == (len(rest), DOCUMENTS - size)
            found = candidates(by_words(question, where), where.near(vector), vector).tolist()
            assert found == brute_force(held, question, vector, rest.tolist())


def test_a_scope_and_documents_left_out_hold_both(held):
    bodies = Scope(kinds=(PassageKind.BODY,))
    every = held.catalog.scoped.rows(bodies)
    where = make_search_space(held, bodies, without=frozenset((0, 3)))
    assert where.rows.tolist() == [
        r for r in every if held.document_of(np.array([r])) not in (0, 3)
    ]
    assert 0 < where.passages < len(every)


def _before_doubt(found):
    """Scores without what is taken off where the best passage does not say what is asked."""
    return (found.scores + found.signals.unsaid).tolist()


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_passage_has_the_same_score_wherever_it_is_searched(searcher, held, question):
    whole = searcher.search(question, EVERYTHING)
    assert len(whole.rows) == PASSAGES
    scores = dict(zip(whole.rows.tolist(), _before_doubt(whole), strict=True))
    for kind in PassageKind:
        part = searcher.search(question, Scope(kinds=(kind,)))
        assert sorted(part.rows) == held.catalog.scoped.rows(Scope(kinds=(kind,))).tolist()
        for row, score in zip(part.rows.tolist(), _before_doubt(part), strict=True):
            assert score == pytest.approx(scores[row], abs=1e-6)


def test_where_nothing_may_answer_nothing_is_found(searcher):
    found = searcher.search(QUESTIONS[0], EVERYTHING, within=np.zeros(0, np.int64))
    assert (len(found.rows), found.passages, found.documents) == (0, 0, 0)
    every = frozenset(range(DOCUMENTS))
    found = searcher.search(QUESTIONS[0], EVERYTHING, without=every)
    assert (len(found.rows), found.passages, found.documents) == (0, 0, 0)


@given(some_rows)
def test_the_sentences_of_many_passages_are_those_of_each(held, rows):
    each = [held.sentences_of(row) for row in sorted(rows)]
    units, counts = held.sentences_of_all(np.array(sorted(rows)))
    assert units.tolist() == [unit for part in each for unit in range(part.start, part.stop)]
    assert counts.tolist() == [part.stop - part.start for part in each]
    assert set(held.owners[units].tolist()) <= rows


def test_the_best_sentence_is_the_nearest_of_the_passages_own(searcher, held):
    found = searcher.search(QUESTIONS[0], EVERYTHING)
    for number, row in enumerate(found.rows.tolist()):
        own = held.vectors[held.sentences_of(row)] @ found.vector
        own = searcher.calibration.likeness(own)
        best = own.max() if len(own) else found.signals.cos_passage[number]
        assert found.signals.cos_sentence[number] == pytest.approx(float(best), abs=1e-6)


class _Reads:
    """A model that reads Russian over the corpus so well."""

    def __init__(self, bridge, everyday=()):
        self.bridge, self.everyday = bridge, everyday

    def of(self, question, words, index):
        return LanguageReach("ru", 1.0, self.bridge, self.everyday)

    def is_foreign(self, question):
        return True


def test_a_name_that_is_written_otherwise_in_another_language_is_not_held_against_it(held):
    lost = []
    for bridge in (0.0, 0.5, 1.0):
        searcher = Searcher(held)
        searcher.__dict__["across"] = _Reads(bridge)
        found = searcher.search("When did Zarathustrov burn the bridge?", EVERYTHING)
        lost.append(float(found.signals.absent[0]))
    assert lost[0] > 0
    assert lost[1:] == [pytest.approx(lost[0] / 2), 0.0]


def test_everyday_questions_are_not_encoded_again_for_the_floor(held, monkeypatch):
    encode, encoded = held.encoder.encode_query, []

    def note(text):
        encoded.append(text)
        return encode(text)

    monkeypatch.setattr(held.encoder, "encode_query", note)
    texts = ("Why is the sky blue?", "Where does coffee grow?")
    everyday = [(text, encode(text)) for text in texts]
    floors = []
    for known in (everyday, [(text, None) for text in texts]):
        searcher, encoded[:] = Searcher(held), []
        searcher.__dict__["across"] = _Reads(0.5, known)
        floors.append(searcher.search(QUESTIONS[0], EVERYTHING).floor)
        again = [text for text in texts if text in encoded]
        assert len(again) == (0 if known is everyday else 2)
    assert floors[0] == floors[1]


def test_vectors_that_were_read_beforehand_are_those_that_are_read_now(held):
    rows = np.arange(0, held.passages, 2)
    read = naming.ReadVectors(held, rows, rows[:2])
    units, _ = held.sentences_of_all(np.arange(held.passages))
    for numbers in (rows, np.arange(held.passages)[::-1], units, rows[:0]):
        assert np.array_equal(read[numbers], held.vectors[numbers])
    assert np.array_equal(naming.ReadVectors(held, rows[:0], rows[:0])[rows], held.vectors[rows])
