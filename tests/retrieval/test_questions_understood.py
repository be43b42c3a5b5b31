"""Questions over letters: their dates, names, quotations and numbers decide what answers."""

# ruff: noqa: E501
from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from docproc.operations.application import Application
from docproc.operations.reading.reading_room import open_reading_room
from docproc.operations.writing.runs import prepare_index
from docproc.pipeline.monitoring.progress import Silent
from docproc.records import Answer, Passage, PassageKind, Span, Verdict
from docproc.references import reference as make_reference
from docproc.retrieval import ReadingRoom
from docproc.retrieval.answers.copies import copies_among
from docproc.retrieval.doubts.missing_words import _abbreviates
from docproc.workspace import find_workspace

LETTERS = {
    "a1": ("E. Sand", "T. Krüger", "Memel, 4 March 1911", "The school board met in Memel and named Ohlsen as its inspector. Scarlet fever was seen in two farms.", "Q7/3/1"),
    "a2": ("E. Sand", "T. Krüger", "Tilsit, 9 May 1912", "The school board met in Tilsit and named Vogt as its inspector, since Ohlsen had gone to sea.", "Q7/3/2"),
    "a3": ("E. Sand", "T. Krüger", "Memel, 7/VI-1913", "Now Raabe is inspector of the school board. He wants three hundred readers and a globe.", "Q7/3/3"),
    "b1": ("T. Krüger", "E. Sand", "Riga, 21 June 1913", "The readers go by rail next month, but a globe cannot be had in the whole town.", "Q7/4/1"),
    "c1": ("Ole Holm", "Ada Holm", "Fort Vaubert, 26 April 1916", "My dear wife, they took us from the barge at Easter, and the judge hears me on Friday.", "MS 88"),
    "c2": ("Ole Holm", "Ada Holm", "Calais, 29 April 1916", "I am free. The judge threw out the charge, and I take the first boat home.", "MS 89"),
    "d1": ("K. Rand", "O. Marn", "Reval, 2 May 1914", "The printing house in Dorpat asked for forty reams of paper and two barrels of ink.", "Q9/1"),
    "d2": ("K. Rand", "O. Marn", "Reval, 2 May 1914", "The printing house in Dorpat asked for forty reams of paper and two barrels of ink.", "Q9/2"),
    "d3": ("K. Rand", "O. Marn", "Reval, 5 May 1914", "At the fair a man with two boys showed the timber of Finland to the buyers, who laughed and went on to the horses and the hay.", "Q9/3"),
    "e1": ("V. Dahl", "K. Rand", "Pskov, May 2/15, 1917", "The sluice was closed on Monday for want of grease.", "Q9/7"),
    "f1": ("O. Lund", "K. Rand", "Pernau, 3 August 1917", "The price of tar was 6.45 at the wharf.", "Q9/8"),
    "f2": ("O. Lund", "K. Rand", "Pernau, 4 August 1917", "Behind the mill a widow wanted 6,45 for her tar, and the price did not move.", "Q9/9"),
}  # fmt: skip


@pytest.fixture(scope="module")
def room(letter_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> ReadingRoom:
    root = tmp_path_factory.mktemp("understood")
    (root / "config.toml").write_text("", "utf-8")
    (root / "seeds").mkdir()
    for name, (sender, recipient, dateline, text, reference) in LETTERS.items():
        parts = (f"{sender} to {recipient}", dateline, "Dear friend,", text, sender, reference)
        (root / "seeds" / f"{name}.txt").write_text("\n\n".join(parts) + "\n", "utf-8")
    shutil.copytree(letter_workspace / "embeddings" / "encoders", root / "embeddings" / "encoders")
    prepare_index(Application(find_workspace(root)), Silent()).run()
    opened = open_reading_room(Application(find_workspace(root)))
    assert opened is not None
    return opened


def names(answer: Answer) -> list[str]:
    return [Path(citation.source.path).stem for citation in answer.citations]


def ask(room: ReadingRoom, question: str) -> Answer:
    return room.answering.ask(question, limit=5)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("letters before June 1912", ["a1", "a2"]),
        ("What was written before January 1912?", ["a1"]),
        ("letters after 8 June 1913 and before 1914", ["b1"]),
        ("letter of 29 April 1916", ["c2"]),
        ("letter of 7 June 1913", ["a3"]),
        ("letters between 1 and 30 April 1916", ["c1", "c2"]),
    ],
)
def test_a_date_is_a_condition_however_it_is_written(room, question, expected):
    answer = ask(room, question)
    assert names(answer) == expected
    assert answer.understood


def test_a_limit_narrows_what_is_searched_and_can_be_undone(room):
    question = "Who was inspector of the school board before January 1912?"
    answer = ask(room, question)
    assert set(names(answer)) == {"a1"}
    assert "before January 1912" in answer.understood[0]
    plain = room.answering.ask(question, limit=5, as_typed=True, every=True)
    assert plain.understood == ()
    assert len(set(names(plain))) > 1


@pytest.mark.parametrize(
    "question",
    [
        "Who named Vogt as inspector in 1904?",
        "Who named Vogt as inspector in 1888?",
        "What did Sand write to Krüger in 1905?",
        "letter of 30 April 1917",
    ],
)
def test_a_contradicted_time_is_no_answer(room, question):
    assert ask(room, question).verdict is Verdict.NOT_FOUND


def test_what_was_written_is_told_by_the_body_and_not_by_the_heading(room):
    answer = ask(room, "What did Sand write to Krueger?")
    assert names(answer) == ["a1", "a2", "a3"]
    assert all("school board" in citation.quote for citation in answer.citations)
    answer = ask(room, "What did Kruger write to Sand?")
    assert names(answer) == ["b1"]


@pytest.mark.parametrize(
    ("question", "name", "states"),
    [
        ("Who wrote to his wife from Fort Vaubert?", "c1", "sender: Ole Holm"),
        ("From where did Ole Holm write on 29 April 1916?", "c2", "place: Calais"),
        ("To whom did Krüger write?", "b1", "recipient: E. Sand"),
        ("When did Krüger write to Sand?", "b1", "date: 21 June 1913"),
    ],
)
def test_what_is_known_of_a_document_is_quoted_and_named(room, question, name, states):
    answer = ask(room, question)
    first = answer.citations[0]
    assert (Path(first.source.path).stem, first.states) == (name, states)
    assert states.split(": ")[1] in first.quote
    assert [span.of(first.quote) for span in first.highlights] == [states.split(": ")[1]]


def test_a_phrase_must_stand_in_the_passage(room):
    answer = ask(room, '"timber of Finland"')
    assert names(answer) == ["d3"]
    assert answer.citations[0].highlights[0].of(answer.citations[0].quote) == "timber of Finland"
    none = ask(room, '"Finland of timber"')
    assert none.verdict is Verdict.NOT_FOUND
    assert "No passage holds “Finland of timber”." in none.remarks
    assert none.nearest


def test_all_and_how_many_are_answered_with_the_complete_list(room):
    answer = room.answering.ask("How many letters did Sand write to Krüger?", limit=1)
    assert answer.total == 3
    assert sorted(names(answer)) == ["a1", "a2", "a3"]
    answer = room.answering.ask("Which letters mention a globe?", limit=1)
    assert sorted(names(answer)) == ["a3", "b1"]
    assert answer.remarks == ("2 documents that mention “globe”.",)


def test_copies_stand_once_and_name_the_others(room):
    answer = ask(room, "What did the printing house ask for?")
    assert len(answer.citations) == 1
    (copy,) = answer.citations[0].also
    assert {names(answer)[0], Path(copy.source).stem} == {"d1", "d2"}


def test_what_differs_in_a_figure_is_no_copy():
    text = "The price of lamp oil was {} in the shop at the corner of the market on Monday."
    one, other, copy = (
        Passage(
            document_id=f"d{n}",
            span=Span(0, len(text) + 2),
            text=text.format(price),
            kind=PassageKind.BODY,
            locator="paragraph 1",
            embed_text="",
            search_text=text.format(price),
        )
        for n, price in enumerate(("7,80", "7.80", "7,80"))
    )
    assert copies_among([one, other, copy]) == [(0, (2,)), (1, ())]
    cited = replace(copy, reference=make_reference("Box 1", Span(0, 5), "box", [("box", "1")]))
    assert copies_among([one, other, cited]) == [(2, (0,)), (1, ())]


def test_a_misspelt_word_is_corrected_and_shown(room):
    answer = ask(room, "Who is now the inspektor of the school board?")
    assert "“inspektor” read as “inspector”" in answer.understood
    assert answer.verdict is Verdict.ANSWERED


def test_a_stop_word_with_a_capital_within_the_question_is_a_name_that_no_letter_has(room):
    answer = ask(room, "Was Will in the school board?")
    assert "will" in answer.searched.words
    assert answer.verdict is Verdict.NOT_FOUND
    assert "will" not in ask(room, "Who will be in the school board?").searched.words


@pytest.mark.parametrize(
    ("question", "lacking"),
    [
        ("What did the printing house in Rome ask for?", "Rome"),
        ("How many camels did the printing house ask for?", "camels"),
        ("When was the globe stolen?", "stolen"),
        ("Where was Raabe born?", "born"),
        ("Wann wurde Raabe verhaftet?", None),
    ],
)
def test_a_passage_that_says_nothing_of_what_is_asked_is_no_answer(room, question, lacking):
    answer = ask(room, question)
    assert answer.verdict is Verdict.NOT_FOUND
    if lacking:
        assert answer.remarks == (f"What lies nearest says nothing of “{lacking}”.",)


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("How many reams of paper did the printing house want?", "d1"),
        ("Who dismissed the charge?", "c2"),
        ("Why was Vogt named inspector?", "a2"),
        ("How will the readers travel?", "b1"),
    ],
)
def test_a_paraphrase_is_no_other_thing(room, question, name):
    assert names(ask(room, question))[0] == name


def test_names_that_stand_apart_have_nothing_to_do_with_one_another(room):
    assert ask(room, "What did Raabe do in Dorpat?").verdict is Verdict.NOT_FOUND
    assert names(ask(room, "What did Ohlsen do in Memel?"))[:1] == ["a1"]


def test_of_a_contradicted_year_it_is_said_that_the_nearest_is_of_another_time(room):
    answer = ask(room, "Who named Vogt as inspector in 1904?")
    assert answer.remarks == ("What lies nearest is of another time, not in 1904.",)


def test_where_somebody_was_is_told_by_the_dateline_of_his_letter(room):
    answer = ask(room, "Where was Ole Holm on 29 April 1916?")
    assert (names(answer), answer.citations[0].states) == (["c2"], "place: Calais")
    assert ask(room, "Where was Ole Holm in 1899?").verdict is Verdict.NOT_FOUND


def test_a_letter_of_a_day_is_none_of_another_day(room):
    assert ask(room, "letter of 28 April 1916").verdict is Verdict.NOT_FOUND


def test_a_letter_with_two_dates_is_found_by_either(room):
    assert set(names(ask(room, "letter of 15 May 1917"))) == {"e1"}
    answer = ask(room, "What did Dahl write to Rand on 2 May 1917?")
    assert set(names(answer)) == {"e1"}
    assert "(Old Style)" in answer.understood[0]
    assert ask(room, "letters of 2 May 1917").total == 1


def test_the_very_number_comes_first(room):
    assert names(ask(room, "Where was the price of tar 6,45?")) == ["f2", "f1"]
    assert names(ask(room, "Where was the price of tar 6.45?"))[0] == "f1"


@pytest.mark.parametrize(
    ("text", "word", "held"),
    [
        ("отпустить 3 000 руб. и 40 брёвен", "рублей", True),
        ("by Tel. from Omsk", "telegram", True),
        ("He came by rail", "railway", False),
        ("No. 5", "november", False),
        ("the whole telegram.", "telegram", False),
    ],
)
def test_a_word_that_is_cut_short_before_a_stop_is_said(text, word, held):
    assert _abbreviates(text, word) is held


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("'timber of Finland'", ["d3"]),
        ('Was there "timber of Finland" in "Norway"?', []),
        ('Who saw the "timber of Finland"?', ["d3"]),
        ('Which letter says "timber of Sweden" or "first boat home"?', ["c2"]),
        ("memo of 23 May 1913", []),
    ],
)
def test_what_stands_between_marks_and_a_full_day_are_required(room, question, expected):
    assert names(ask(room, question)) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Did the printing house in Viborg ask for forty reams of paper?", []),
        ("Did the printing house in Dorpat ask for forty reams of paper?", ["d1"]),
        ("Did the Danish school board meet in Memel?", []),
        ("Did the school board meet in Memel?", ["a1"]),
        ("How many barrels of varnish did the printing house in Dorpat ask for?", []),
        ("How many barrels of ink did the printing house in Dorpat ask for?", ["d1"]),
    ],
)
def test_what_has_another_word_in_its_place_is_not_told(room, question, expected):
    assert names(ask(room, question))[:1] == expected
