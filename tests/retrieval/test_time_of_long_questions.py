"""What a person types takes time by its length, whatever it is made of."""

from contextlib import suppress

import pytest
import word_bag as bag
from linear import grows_by_length

from docproc.chat.scope_words import parse_scope
from docproc.errors import UsageError
from docproc.operations.reading.reading_room import open_reading_room
from docproc.records import CitationId
from docproc.text.names.keys import names_in
from docproc.text.terms import content_words

pytestmark = pytest.mark.slow

UNITS = (
    *("a", "A", "é", "漢", "1", "-", "'", " ", "\u0301"),
    *("a-", "A'a-", "A.", "1.", "a b ", "F. 1 ", "1/V ", "what did "),
)
SHORT = 2_000


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    root = bag.make_workspace(tmp_path_factory.mktemp("long") / "w")
    bag.index(root)
    return open_reading_room(bag.application(root))


def grows(work, unit):
    def try_work(text):
        with suppress(UsageError):
            work(text)

    return grows_by_length(try_work, (unit * (4 * SHORT // len(unit) + 1))[: 4 * SHORT])


@pytest.mark.parametrize("unit", UNITS)
def test_a_question_takes_time_by_its_length(room, unit):
    assert grows(lambda text: room.answering.ask(text, limit=3), unit)


@pytest.mark.parametrize(
    "work",
    [
        parse_scope,
        CitationId.parse,
        lambda text: content_words(text, None),
        lambda text: list(names_in(text)),
    ],
    ids=["scope", "stable name", "terms", "names"],
)
def test_what_reads_a_question_takes_time_by_its_length(work):
    assert [unit for unit in UNITS if not grows(work, unit)] == []


def test_a_word_of_a_hundred_thousand_letters_is_no_end(room):
    answer = room.answering.ask("a" * 100_000 + " rifles at the frontier", limit=1)
    assert answer.searched.documents == len(bag.LETTERS)
