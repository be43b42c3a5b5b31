"""Passages that speak of the subject of a question, and not of what it asks, do not answer it."""

# ruff: noqa: E501
from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from docproc.hooks import ReadsTokens
from docproc.hooks.protocols import TokenVectors
from docproc.operations.application import Application
from docproc.operations.reading.reading_room import open_reading_room
from docproc.operations.writing.runs import prepare_index
from docproc.pipeline.monitoring.progress import Silent
from docproc.records import Scope, Verdict
from docproc.retrieval import ReadingRoom
from docproc.retrieval.evidence.token_match import FITTED, TokenMatch, TokenScale
from docproc.retrieval.evidence.token_scale import measure_scale
from docproc.retrieval.query.answer_type import candidates_of, wanted_type
from docproc.retrieval.search.search import Searcher
from docproc.workspace import find_workspace

TEXTS = {
    "windmill": "The windmill stands two miles from the parsonage, and the road to it was flooded at Easter. The widow Inger Toft grinds barley there for the whole parish.",
    "chapel": "The chapel on the heath was consecrated by Bishop Morten in 1702. Its bell was cast in Bergen and weighs four hundred pounds.",
    "steamer": "The steamer Gudrun brought eighty barrels of tar from Umea. Her master, Captain Wik, complained of the fog.",
    "sluice": "The sluice at Kolding was repaired in June because the frost had split its gates. The work took nine days.",
    "fair": "At the autumn fair the tinker sold three kettles to the schoolmaster and was paid in eggs.",
}  # fmt: skip


NEAR = (
    "What did the chapel cost?",
    "How many people drowned at the sluice?",
    "How old is the schoolmaster?",
    "What is the name of the schoolmaster?",
    "Who built the windmill?",
)


@pytest.fixture(scope="module")
def room(letter_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> ReadingRoom:
    root = tmp_path_factory.mktemp("untold")
    (root / "config.toml").write_text("", "utf-8")
    (root / "seeds").mkdir()
    for name, text in TEXTS.items():
        (root / "seeds" / f"{name}.txt").write_text(text + "\n", "utf-8")
    shutil.copytree(letter_workspace / "embeddings" / "encoders", root / "embeddings" / "encoders")
    prepare_index(Application(find_workspace(root)), Silent()).run()
    opened = open_reading_room(Application(find_workspace(root)))
    assert opened is not None
    return opened


@pytest.mark.parametrize("question", NEAR)
def test_a_passage_about_its_subject_alone_does_not_answer(
    room: ReadingRoom, question: str
) -> None:
    answer = room.answering.ask(question, limit=3)
    assert answer.verdict is Verdict.NOT_FOUND
    assert answer.nearest


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How far is the windmill from the parsonage?", "windmill"),
        ("What grain does the windmill grind?", "windmill"),
        ("Where does the widow Toft grind?", "windmill"),
        ("Who consecrated the chapel?", "chapel"),
        ("How heavy is the bell of the chapel?", "chapel"),
        ("What did the steamer Gudrun bring?", "steamer"),
        ("Why was the sluice repaired?", "sluice"),
        ("How long did the repair of the sluice take?", "sluice"),
        ("What did the tinker sell at the fair?", "fair"),
    ],
)
def test_what_it_says_in_other_words_still_answers(
    room: ReadingRoom, question: str, expected: str
) -> None:
    answer = room.answering.ask(question, limit=3)
    assert [Path(c.source.path).stem for c in answer.citations][:1] == [expected]


@pytest.mark.parametrize(
    "question",
    [
        "When did Captain Wik die?",
        "Who repaired the sluice?",
        "Who flooded the road?",
        "Who is the widow of Umea?",
    ],
)
def test_a_passage_that_has_the_words_may_lack_what_is_asked(
    room: ReadingRoom, question: str
) -> None:
    assert room.answering.ask(question, limit=3).verdict is Verdict.NOT_FOUND


def test_what_nearly_answers_and_tells_it_is_raised_to_the_floor(room: ReadingRoom) -> None:
    found = room.answering._searcher.search("What cargo came from Umea?", Scope())
    assert found.signals.told is not None
    assert found.scores[0] - found.signals.told[0] < found.floor < found.scores[0]
    assert room.opened.catalog.passages(found.rows[:1].tolist())[0].text.startswith("The steamer")


@pytest.mark.parametrize(
    "question",
    ["Who owns the steamer?", "When did the widow die?", "How long did the work on Krakatoa last?"],
)
def test_what_nearly_answers_and_tells_it_not_is_not_raised(
    room: ReadingRoom, question: str
) -> None:
    assert room.answering.ask(question, limit=3).verdict is Verdict.NOT_FOUND


def test_the_refusal_names_a_word_that_the_passage_lacks(room: ReadingRoom) -> None:
    lacking = room.answering.ask("How old is the schoolmaster?", limit=3)
    assert lacking.remarks == ("What lies nearest says nothing of “old”.",)
    spelled = room.answering.ask("What is the name of the schoolmaster?", limit=3)
    assert not any("schoolmaster" in remark for remark in spelled.remarks)


def test_without_a_scale_of_its_tokens_a_generation_is_read_as_before(room: ReadingRoom) -> None:
    searcher = room.answering._searcher
    plain = Searcher(searcher._opened, replace(searcher.calibration, token_spread=0.0))
    for question in ("What did the chapel cost?",):
        assert searcher.search(question, Scope()).signals.unsaid.any(), question
        assert not plain.search(question, Scope()).signals.unsaid.any(), question


def test_the_scale_of_the_default_model_is_that_of_the_constants(room: ReadingRoom) -> None:
    scale = measure_scale(room.answering._searcher._opened.encoder)
    assert scale is not None
    assert scale.mean == pytest.approx(FITTED.mean, abs=0.02)
    assert scale.spread == pytest.approx(FITTED.spread, abs=0.02)


def test_tokens_have_the_spans_of_the_text(room: ReadingRoom) -> None:
    encoder = room.answering._searcher._opened.encoder
    assert isinstance(encoder, ReadsTokens)
    text = "Umeå, its tar?"
    vectors, spans = encoder.read_tokens(text)
    assert "".join(text[a:b] for a, b in spans) == "Umeå,itstar?"
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)


class _Deaf:
    def encode_query(self, text: str) -> np.ndarray:
        return np.ones(4, np.float32)


class _Alike(_Deaf):
    def read_tokens(self, text: str) -> TokenVectors:
        spans = [(at, at + len(word)) for at, word in _words(text)]
        return np.full((len(spans), 4), 0.5, np.float32), spans


def _words(text: str) -> list[tuple[int, str]]:
    found, at = [], 0
    for word in text.split():
        at = text.index(word, at)
        found.append((at, word))
        at += len(word)
    return found


@pytest.mark.parametrize("encoder", [_Deaf(), _Alike()])
def test_a_model_whose_tokens_tell_nothing_is_not_asked(encoder: _Deaf) -> None:
    assert measure_scale(encoder) is None


def test_similarities_of_another_model_are_brought_to_scale() -> None:
    other = TokenScale(FITTED.mean + 0.5, FITTED.spread / 2)
    given = np.array([other.mean, other.mean + other.spread], np.float32)
    assert other.standard(given).tolist() == pytest.approx(
        [FITTED.mean, FITTED.mean + FITTED.spread]
    )


def _letters(word: str) -> np.ndarray:
    vector = np.zeros(26, np.float32)
    for letter in word.casefold():
        if letter.isascii() and letter.isalpha():
            vector[ord(letter) - 97] += 1
    return vector / max(1e-9, float(np.linalg.norm(vector)))


def read_letters(text: str) -> TokenVectors:
    """The tokens of *text* are its words, by their letters."""
    found = _words(text.rstrip("?."))
    spans = [(at, at + len(word)) for at, word in found]
    return np.array([_letters(word) for _, word in found]).reshape(-1, 26), spans


def compare(question: str, sentence: str, said: Callable[[str], bool] = lambda _: False) -> float:
    match = TokenMatch(question, read_letters, FITTED, frozenset(), True)
    known = np.array([said(word) for word in match.words], np.bool_)
    found = match.compare(sentence, [sentence], known)
    assert found is not None
    return found.worst


def test_the_word_that_is_matched_worst_tells() -> None:
    told = compare("Who mended the clock", "Who mended the clock")
    assert told > compare("Who mended the clock", "Who bought the clock")


def test_what_stands_around_the_passage_need_not_stand_in_it() -> None:
    alone = compare("Who wiped the jug", "Who sold the jug")
    assert compare("Who wiped the jug", "Who sold the jug", lambda w: w == "wiped") > alone


def test_nothing_is_compared_of_a_question_without_content() -> None:
    match = TokenMatch("Who was it", read_letters, FITTED, frozenset(), True)
    assert match.compare("It was I.", ["It was I."], np.zeros(3, np.bool_)) is None


def test_what_nearly_answers_and_has_every_word_is_not_refused(room: ReadingRoom) -> None:
    searcher, question = room.answering._searcher, "Where does the widow grind barley?"
    floor = float(searcher.search(question, Scope()).scores[0]) * 1.1
    strict = Searcher(room.opened, replace(searcher.calibration, floor=floor))
    found = strict.search(question, Scope())
    assert found.signals.told is not None
    assert found.scores[0] > found.floor


@pytest.mark.parametrize(
    ("question", "text", "there"),
    [
        ("How old is Anna?", "Anna is forty years of age.", True),
        ("How old is Anna?", "Anna has forty goats.", False),
        ("What did the plough cost?", "The plough cost nine crowns.", True),
        ("What did the plough cost?", "I bought the plough and nine hens.", False),
        ("What did the plough cost?", "The plough fell to nine aspers.", True),
        ("In what is the smith paid?", "The smith is due flour.", True),
        ("What is the smith paid?", "The smith is paid in flour.", True),
        ("What did Kade pay for the plough?", "Kade has the plough from Riga.", False),
        ("How long does the ban hold?", "The ban holds until Easter.", True),
        ("On which night did it burn?", "It burned on the night of the fifth.", True),
        ("When did it burn?", "It burned for the second bishop.", False),
        ("Who is the miller?", "The miller, Ove Dahl, is ill.", True),
        ("Who is the miller?", "The miller went to the fair that is held in Ribe.", False),
        ("Who was the miller of Toft?", "Ove Dahl was the miller of Toft.", True),
        ("What are the millers called?", "Millers are rare; the mill in Ribe stands.", False),
        ("What is the boy called?", "I baptized the boy at home and called him Lars.", True),
        ("What is the ship's name?", "We came with the brig Petrel.", True),
        ("Who closed the mill?", "The mill was closed on 3 May.", False),
        ("Who closed the mill?", "The mill was closed on 3 May by the bailiff.", True),
        ("Who stole the geese?", "Nine geese were stolen from the barn.", False),
        ("Who stole the geese?", "The tinker has stolen nine geese.", True),
        ("Who closed the mill?", "The bailiff sealed its doors.", True),
        ("How high is the tower?", "The tower is sixty feet high.", True),
        ("How high is the tower?", "The tower has sixty windows.", False),
        ("How tall was Ove?", "Ove, aged 27, came on the 14th and stayed nine days.", False),
        ("How heavy is the bell?", "The bell, nine feet high, fell on a cart.", False),
        ("How long is the road?", "The road is nine versts long.", True),
        ("How many men were there?", "There were forty men.", True),
        ("How many men were there?", "The men came at two o’clock on May 6th.", False),
        ("How many men were there?", "In 1861 there were 1500 men.", True),
        ("Who shot Captain Wik?", "Wik was angry, and shot a guard.", True),
        ("Who shot Captain Wik?", "Wik passed. The mate shot a guard.", False),
        ("Who shot Captain Wik?", "Wik passed. The mate shot him.", True),
        ("Who was hanged for the theft?", "The thief was caught. He should be hanged.", False),
        ("Who was hanged for the theft?", "The thief, Ove Dahl, was hanged.", True),
        ("Who sold the mill?", "The widow would not have sold it.", False),
        ("How many men were there?", "The men were there.", False),
        ("When was it sold?", "It was sold on Tuesday.", True),
        ("When was it sold?", "It was sold to Holm.", False),
        ("What was sold on Tuesday and when?", "It was sold on Tuesday.", False),
        ("Why did he leave?", "He left because he was ill.", True),
        ("What is the name of the smith?", "The smith Brandt came.", True),
        ("What is the name of the smith?", "The smith came with the others.", False),
        ("Who mended it?", "Nobody knows.", True),
        ("How much did they give the driver?", "They gave me a dollar to drive them.", True),
        ("What did the ride cost?", "He had a shilling for it.", True),
        ("How much did they give the driver?", "They gave me a lamp to drive by.", False),
    ],
)
def test_a_text_has_a_candidate_of_the_type_or_not(question: str, text: str, there: bool) -> None:
    assert candidates_of(wanted_type(question, True), question, True)(text) is there


def test_other_languages_have_their_kinds() -> None:
    assert wanted_type("Wann wurde sie verkauft?", False) == "time"
    assert wanted_type("Сколько лошадей пало?", False) == "number"
    assert wanted_type("Qui l'a vendue ?", False) is None
    assert candidates_of("number", "Сколько лошадей пало?", False)("Пало сорок 40 лошадей.")
