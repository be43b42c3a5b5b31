"""What a model wrote is held to the sentences it was given: no quotation of its own stands."""

from __future__ import annotations

import os
import random
from dataclasses import replace

import pytest
import written_replies
from drop_ins import drop_in
from made_up_citations import cited

from docproc.checking.marks import between_marks
from docproc.checking.writing import attach_quotations, find_unsupported, numbered_sentences
from docproc.hooks import Written
from docproc.records import Answer, Metadata, Searched, Span, Verdict

REPLIES = 400 * max(1, int(os.environ.get("DOCPROC_FUZZ", "0")))
"""For each of two ways in; ``DOCPROC_FUZZ=13`` makes more than 10,000 of them."""


def answered(*texts: str) -> Answer:
    citations = [
        replace(cited(text, metadata=Metadata(), reference=None, path=f"{rank}.txt"), rank=rank)
        for rank, text in enumerate(texts, 1)
    ]
    searched = Searched("g", 1, 1, 0.5)
    return Answer("Who asked?", Verdict.ANSWERED, tuple(citations), searched)


PLACED = numbered_sentences(answered(*written_replies.TEXTS))


def unverified(written, placed):
    """What stands in *written* as a quotation and in no source: it must be nothing."""
    known = {(each.quotation.quote, each.quotation.span, each.quotation.rank) for each in placed}
    found = []
    for sentence in written.sentences:
        assert sentence.quotations
        found += [q for q in sentence.quotations if (q.quote, q.span, q.rank) not in known]
        whole = Span(0, len(sentence.words))
        for marked in between_marks(sentence.words, whole):
            said = marked.span.of(sentence.words)
            if not any(said in q.quote for q in sentence.quotations):
                found.append(said)
    return found


def test_sentences_are_numbered_and_stand_where_they_say():
    answer = answered(*written_replies.TEXTS)
    assert [each.numbered.number for each in PLACED] == list(range(1, len(PLACED) + 1))
    for each in PLACED:
        (citation,) = [c for c in answer.citations if c.rank == each.quotation.rank]
        start = each.quotation.span.start - citation.span.start
        assert citation.quote[start : start + len(each.quotation.quote)] == each.numbered.text


def test_neither_a_refusal_nor_what_is_not_verified_is_given_to_a_model():
    answer = answered("The mill stands idle.")
    assert numbered_sentences(replace(answer, verdict=Verdict.NOT_FOUND)) == ()
    unsure = replace(answer.citations[0], verified=False)
    assert numbered_sentences(replace(answer, citations=(unsure,))) == ()


@pytest.mark.parametrize(
    ("words", "numbers", "why"),
    [
        ("Petrov asked for wagons.", (), "no quotation stands behind it"),
        ("Petrov asked for wagons.", (1, 99), "names sentence 99"),
        ("Petrov asked for wagons.", (0,), "names sentence 0"),
        ("Petrov asked. He got none.", (1,), "more than one sentence"),
        ("x" * 1001, (1,), "too long"),
        ("Petrov wrote “send 40 wagons”.", (1,), "quotes by itself"),
        ("He asked “for 40 wagons” and said „the arch fell“.", (1,), "quotes by itself"),
        ("He asked “for 40 wagons ‘at once’ now”.", (1,), "quotes by itself"),
        ("He asked 'for 41 wagons' then.", (1,), "quotes by itself"),
        ("He asked “for 41 wagons", (1,), "quotes by itself"),
        ("He asked for 41 wagons”", (1,), "quotes by itself"),
        ("He asked 「for 41 wagons」.", (1,), "quotes by itself"),
        ("He asked `for 41 wagons`.", (1,), "quotes by itself"),
        ("He asked ''for 41 wagons''.", (1,), "quotes by itself"),
        ("He asked “on 5 May” and “for 40 wagons There were none”.", (1, 2), "quotes by itself"),
        ("He asked “or 40 wagon”.", (1,), "quotes by itself"),
    ],
)
def test_what_no_quotation_stands_behind_is_set_apart(words, numbers, why):
    found = attach_quotations("m", [Written(words=words, sentences=numbers)], PLACED)
    assert found.sentences == ()
    assert why in found.apart[0].why


@pytest.mark.parametrize(
    "words",
    [
        "Petrov asked for wagons.", "He asked “for 40 wagons”.", "", "The bridge’s arch fell.",
        "The pilots' pay wasn't there.", "Mr. Petrov asked on 5 May 1921.",
    ],
)  # fmt: skip
def test_what_a_quotation_stands_behind_stays(words):
    found = attach_quotations("m", [Written(words=words, sentences=(1, 1, 3))], PLACED)
    assert found.apart == ()
    assert [each.rank for each in found.sentences[0].quotations] == [1, 2]


@pytest.mark.parametrize(
    ("words", "flagged"),
    [
        ("On 5 May 1921 Petrov asked for 40 wagons.", ()),
        ("In May 1921 Petrov asked for forty wagons.", ()),
        ("Петров просил 40 вагонов.", ()),
        ("On 6 May 1921 Petrov asked.", ("6 May 1921",)),
        ("Trotsky asked for 41 wagons.", ("Trotsky", "41")),
        ("Petrov and Orlova asked for thirteen wagons.", ("Orlova", "thirteen")),
        ("Petrov asked for 1,940 wagons.", ("1,940",)),
        ("Congress XIV asked.", ("Congress", "XIV")),
    ],
)
def test_numbers_dates_and_names_that_its_quotations_lack_are_flagged(words, flagged):
    quote = "On 5 May 1921 I. P. Petrov asked for 40 wagons."
    assert find_unsupported(words, [quote]) == flagged
    assert find_unsupported("They asked.", [quote]) == ()


def test_no_quotation_of_an_ill_meaning_model_stands():
    luck = random.Random(23)
    stood = 0
    for _ in range(REPLIES):
        found = attach_quotations("m", written_replies.written(luck, len(PLACED)), PLACED)
        assert unverified(found, PLACED) == []
        stood += len(found.sentences)
    assert stood > 50  # it is not that nothing ever stands


def test_nor_does_one_that_the_endpoint_reads():
    luck = random.Random(24)
    read = drop_in("answer_endpoint").read_reply
    for _ in range(REPLIES):
        found = attach_quotations("m", read(written_replies.reply(luck, len(PLACED))), PLACED)
        assert unverified(found, PLACED) == []


def test_what_comes_after_too_many_sentences_is_set_apart():
    found = attach_quotations("m", [Written(sentences=(1,))] * 70, PLACED)
    assert len(found.sentences) == 60
    assert {each.why for each in found.apart} == {"too much was written"}
