"""Asking by reference: the whole question, or a part of it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docproc.records import Answer, PassageKind, Scope, Verdict
from docproc.references import parse_reference
from docproc.retrieval import ReadingRoom
from docproc.retrieval.lookup.by_reference import understand
from docproc.retrieval.weights import WEIGHTS


def sources(answer: Answer) -> list[str]:
    """The files cited, in order, each once, by the number that they begin with."""
    files = [citation.source.path.rsplit("/", 1)[-1][:2] for citation in answer.citations]
    return list(dict.fromkeys(files))


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("F. 558 Op. 2", ["01", "05", "02"]),
        ("ф. 558 оп. 2", ["01", "05", "02"]),
        ("F. 558", ["01", "05", "02", "04"]),
        ("RGASPI 558/2/51", ["01"]),
        ("RTsKhIDNI, f. 558, op. 2", ["01", "05", "02"]),
        ("Центральный партийный архив ф. 558 оп. 2", ["01", "05", "02"]),
        ("РГАСПИ. Ф. 558. Оп. 2. Д. 53. Л. 5.", ["05"]),
        ("GARF F. R-5446", ["03"]),
        ("ГАРФ ф. р-5446 оп. 1", ["03"]),
        ("NAA: A1838, 532/7", ["06"]),
        ("F. 17 Op. 3 D. 225", ["01"]),
        ("Show me the letters in F. 558 Op. 2", ["01", "05", "02"]),
        ("What is in rgaspi f. 558 op. 1?", ["04"]),
        ("покажите письма из ф. 558 оп. 2", ["01", "05", "02"]),
        ("GARF F. R-5446 Op. 1 and NAA: A1838, 532/8", ["03", "07"]),
    ],
)
def test_a_reference_goes_to_what_is_kept_there_earliest_first(
    letters_room: ReadingRoom, question: str, found: list[str]
) -> None:
    answer = letters_room.answering.ask(question, limit=20)
    assert (answer.verdict, sources(answer)) == (Verdict.ANSWERED, found)
    assert answer.searched.passages == len(answer.citations)
    assert answer.searched.documents == len(found)
    for citation in answer.citations:
        assert (citation.score, citation.why) == (1.0, (("reference", 1.0),))
        assert citation.verified


def test_each_document_begins_before_any_goes_on(letters_room: ReadingRoom) -> None:
    answer = letters_room.answering.ask("F. 558 Op. 2", limit=20)
    assert [citation.locator for citation in answer.citations[:4]] == ["paragraph 1"] * 3 + [
        "paragraph 2"
    ]
    shorter = letters_room.answering.ask("F. 558 Op. 2", limit=2)
    assert shorter.citations == answer.citations[:2]


def test_a_note_that_cites_its_own_source_is_found_under_that(letters_room: ReadingRoom) -> None:
    answer = letters_room.answering.ask("RGASPI f. 17 op. 3", limit=5)
    assert [citation.kind for citation in answer.citations] == [PassageKind.NOTE]


def test_what_is_not_kept_is_not_found_and_the_levels_above_are_nearest(
    letters_room: ReadingRoom,
) -> None:
    answer = letters_room.answering.ask("F. 558 Op. 2 D. 99", limit=3)
    assert answer.verdict is Verdict.NOT_FOUND
    assert (answer.searched.documents, answer.searched.passages) == (0, 0)
    assert answer.searched.scope == "F. 558 Op. 2 D. 99"
    assert answer.searched.best == pytest.approx(2 / 3, abs=1e-3)
    assert answer.searched.floor == WEIGHTS.met
    assert {
        citation.reference.get("opis") for citation in answer.nearest if citation.reference
    } == {"2"}


def test_what_is_kept_nowhere_has_nothing_near(letters_room: ReadingRoom) -> None:
    answer = letters_room.answering.ask("F. 9999 Op. 8", limit=3)
    assert (answer.verdict, answer.nearest) == (Verdict.NOT_FOUND, ())
    assert letters_room.answering.ask("What of rye in F. 9999 Op. 8?", limit=3).nearest == ()


@pytest.mark.parametrize(
    ("question", "found", "scope"),
    [
        ("What does F. 558 Op. 2 D. 51 say about rye?", "40 sacks", "F. 558 Op. 2 D. 51"),
        ("What does F. 558 Op. 2 D. 52 say about rye?", "children's homes", "F. 558 Op. 2 D. 52"),
        ("How many poods of rye (F. 17 Op. 3)?", "900 poods", "F. 17 Op. 3"),
        ("Что сказано в ф. 558 оп. 2 д. 53 о цементе?", "Цемент", "ф. 558 оп. 2 д. 53"),
        ("Who wants oak beams in GARF. F. R-5446. Op. 1?", "200 beams", "GARF. F. R-5446. Op. 1"),
    ],
)
def test_a_question_that_holds_a_reference_is_searched_within_it(
    letters_room: ReadingRoom, question: str, found: str, scope: str
) -> None:
    answer = letters_room.answering.ask(question, limit=1)
    assert answer.verdict is Verdict.ANSWERED
    assert found in answer.citations[0].quote
    assert answer.searched.scope is not None
    assert answer.searched.scope.rstrip(".") == scope
    assert answer.searched.documents == 1


def test_what_is_said_elsewhere_only_is_not_found_within_a_reference(
    letters_room: ReadingRoom,
) -> None:
    assert letters_room.answering.ask("Who wants oak beams?", limit=1).verdict is Verdict.ANSWERED
    answer = letters_room.answering.ask("Who wants oak beams in F. 558 Op. 2?", limit=1)
    assert answer.verdict is Verdict.NOT_FOUND
    assert answer.searched.documents == 3


def test_the_scope_in_force_holds_as_well(letters_room: ReadingRoom) -> None:
    november = Scope(earliest=date(1921, 11, 1), latest=date(1921, 11, 30), printed="November")
    answer = letters_room.answering.ask("F. 558 Op. 2", limit=20, scope=november)
    assert sources(answer) == ["05", "02"]
    assert answer.searched.scope == "November, F. 558 Op. 2"
    kept = Scope(reference=parse_reference("F. 558 Op. 2 D. 52"), printed="F. 558 Op. 2 D. 52")
    assert sources(letters_room.answering.ask("F. 558", limit=20, scope=kept)) == ["02"]
    assert letters_room.answering.ask("F. 17", limit=20, scope=kept).verdict is Verdict.NOT_FOUND


@pytest.mark.parametrize(
    "question",
    [
        "How many sacks of rye?",
        "What happened on 3 November 1921?",
        "Who wrote on 2/11/1921 about 558 poods?",
        "Did F. Scott Fitzgerald write to D. H. Lawrence in 1921?",
        "RGASPI",
        "",
    ],
)
def test_a_question_without_a_reference_is_left_as_it_is(question: str) -> None:
    asked = understand(question)
    assert (asked.words, asked.references) == (question, ())


def test_what_is_left_of_a_question_are_its_own_words() -> None:
    assert understand("What does F. 558 Op. 2 say about rye?").words == "What does about rye?"
    assert understand("Rye in (RGASPI 558/2/51), 1921").words == "Rye in ( ), 1921"
    assert understand("Что есть в ф. 558, оп. 2?").words == ""


@given(
    st.text(max_size=60), st.sampled_from(["F. 558 Op. 2", "ф. 17 оп. 3 д. 5 а", "RGASPI 1/2/3"])
)
def test_any_question_is_understood(words: str, reference: str) -> None:
    for question in (words, f"{words} {reference}", f"{reference} {words}", reference + words):
        asked = understand(question)
        assert all(found.span is None for found in asked.references)
        assert asked.references or asked.words == question
