"""Every mention: in every spelling that search knows, all of them, and nothing merely alike."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from docproc.browsing.mention_table import HEADINGS, mentions_csv
from docproc.chat.commands import run_command
from docproc.chat.session import Session
from docproc.errors import UsageError
from docproc.records import Scope
from docproc.rendering.lines import plain
from docproc.retrieval.answers.mentions import mentions


def found(room, name, scope=None):
    return mentions(room.opened, name, scope or Scope())


def test_a_name_is_found_in_other_alphabets_and_counted_by_document_and_year(letters_room):
    latin, cyrillic = found(letters_room, "Lebedeva"), found(letters_room, "Лебедева")
    assert {each.document.source for each in latin.mentions} == {
        "seeds/01-flour.txt", "seeds/02-horses.txt", "seeds/05-цемент.txt"
    }  # fmt: skip
    assert [each.passage.id for each in latin.mentions] == [
        each.passage.id for each in cyrillic.mentions
    ]
    assert latin.documents == 3
    assert latin.years == (("1921", len(latin.mentions)),)
    spelled = dict(latin.spellings)
    assert spelled["Lebedeva"] >= 2
    assert spelled["Лебедева"] >= 1


def test_a_word_is_found_in_its_inflections_and_in_no_other_word(letters_room):
    assert dict(found(letters_room, "barge").spellings) == {"barges": 1}
    assert [each.document.source for each in found(letters_room, "ship").mentions] == [
        "seeds/06-wool.txt"
    ]


def test_every_place_is_a_span_of_its_passage_and_mentions_are_in_the_order_of_dates(letters_room):
    all_of = found(letters_room, "P. Orlov")
    for each in all_of.mentions:
        assert each.spans
        for span, spelled in zip(each.spans, each.spellings, strict=True):
            assert " ".join(span.of(each.passage.text).split()) == spelled
    dates = [each.document.date for each in all_of.mentions]
    known = [date for date in dates if date]
    assert known == sorted(known)
    assert dates == [*known, *[None] * (len(dates) - len(known))]
    assert dates[-1] is None  # the memorandum has no date


def test_all_words_of_a_name_must_be_there(letters_room):
    assert found(letters_room, "salt rye").mentions == ()
    assert len(found(letters_room, "seed rye").mentions) == 2  # the letter, and its note


def test_of_several_words_only_the_texts_with_the_rarest_are_read(letters_room, monkeypatch):
    read = []
    index, catalog = letters_room.opened.passage_text, letters_room.opened.catalog
    passages = type(catalog).passages
    monkeypatch.setattr(
        type(catalog), "passages", lambda self, rows: passages(self, read.extend(rows) or rows)
    )
    every = index.search("rye seed", index.rows, None).rows
    rarest = min(len(index.search(word, index.rows, None).rows) for word in ("rye", "seed"))
    for line in ("rye seed", "seed rye"):
        read.clear()
        assert len(found(letters_room, line).mentions) == 2
        assert len(read) == rarest < len(every)


def test_initials_alone_decide_nothing(letters_room):
    assert found(letters_room, "Q. Casey").spellings == found(letters_room, "Casey").spellings


def test_a_scope_narrows_and_a_name_without_words_is_an_error(letters_room):
    scope = Scope(sender="Casey")
    assert {e.document.source for e in found(letters_room, "Casey", scope).mentions} == {
        "seeds/07-tin.txt"
    }
    with pytest.raises(UsageError, match="no word"):
        found(letters_room, "…")


def test_mentions_are_listed_in_a_conversation_within_its_scope(letters_room):
    talk = Session(letters_room)
    every = plain(run_command("/mentions barge", talk, 80).lines)
    assert every.startswith("1 passage of 1 document")
    assert "barges" in every
    talk.set_scope("to 1900")
    assert "no passage names it" in plain(run_command("/mentions barge", talk, 80).lines)
    with pytest.raises(UsageError, match="/mentions Orlova"):
        run_command("/mentions", talk, 80)


def test_mentions_are_a_table_that_no_spreadsheet_takes_for_formulas(letters_room):
    (mention,) = found(letters_room, "barge").mentions
    formula = replace(mention, document=replace(mention.document, title="=1+1"))
    rows = list(csv.reader(io.StringIO(mentions_csv([formula]))))
    assert tuple(rows[0]) == HEADINGS
    assert "barges" in rows[1][4]
    assert not any(cell.startswith("=") for cell in rows[1])
