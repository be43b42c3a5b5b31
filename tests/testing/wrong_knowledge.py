"""Knowledge that breaks its contract, each in one way; the kit must name it."""
# ruff: noqa: RUF012

import pytest

from docproc.hooks import Knowledge
from docproc.records import Archive
from docproc.testing import KnowledgeContract

MONTHS = tuple(f"month{n:x} mo{n:x}" for n in range(1, 13))


class Wrong(KnowledgeContract):
    check, says = "", ""
    words = {}

    @pytest.fixture
    def plugin(self):
        return Knowledge(**{"language": "eo", **self.words})


class TestADict(Wrong):
    check, says = "test_it_is_knowledge", "dict is none"

    @pytest.fixture
    def plugin(self):
        return {"language": "eo"}


class TestAListOfMonths(Wrong):
    check, says = "test_it_is_knowledge", "sender"
    words = {"sender": (7,)}


class TestAName(Wrong):
    check, says = "test_its_language_is_one", "'Esperanto' is none"
    words = {"language": "Esperanto"}


class TestElevenMonths(Wrong):
    check, says = "test_there_are_twelve_months_and_four_seasons", "months are 11"
    words = {"months": MONTHS[:11]}


class TestThreeSeasons(Wrong):
    check, says = "test_there_are_twelve_months_and_four_seasons", "seasons are 3"
    words = {"seasons": ("spr", "som", "aut")}


class TestOneWordForTwoMonths(Wrong):
    check, says = "test_a_word_is_of_one_month", "'monthx' is of two months"
    words = {"months": ("monthx", "monthx", *(f"m{'abcdefghij'[n]}q" for n in range(10)))}


class TestTakesAnothersMonth(Wrong):
    check, says = "test_a_word_is_of_one_month", "'may' is of two months"
    words = {"months": ("may", *(f"m{'abcdefghijk'[n]}q" for n in range(11)))}


class TestMonthsWithFigures(Wrong):
    check, says = "test_its_months_are_read", "month1"
    words = {"months": MONTHS}


class TestAnEmptyGreeting(Wrong):
    check, says = "test_a_phrase_has_words", "greetings has an empty phrase"
    words = {"greetings": ("kara", " ")}


class TestAPattern(Wrong):
    check, says = "test_a_phrase_has_words", "'(from|of)' is no pattern"
    words = {"sender": ("(from|of)",)}


class TestAStarWithin(Wrong):
    check, says = "test_a_phrase_has_words", "a * that ends no word"
    words = {"closings": ("kun *a",)}


class TestAKindOfItsOwn(Wrong):
    check, says = "test_kinds_and_fields_are_docprocs", "docproc knows no 'missive'"
    words = {"kinds": (("letero", "missive"),)}


class TestAFieldOfItsOwn(Wrong):
    check, says = "test_kinds_and_fields_are_docprocs", "there is no field 'shelf'"
    words = {"fields": (("breto", "shelf"),)}


class TestAnothersName(Wrong):
    check, says = "test_its_archives_are_known", "'RGASPI' names"
    words = {"archives": (Archive("RGASPI", "Arkivo", "Archive"),)}


class TestASuccessorThatNobodyKnows(Wrong):
    check, says = "test_its_archives_are_known", "nobody knows 'NOVA'"
    words = {"archives": (Archive("MALNOVA", "Malnova", "Old Archive", successors=("NOVA",)),)}


class TestABeginInWords(Wrong):
    check, says = "test_its_archives_are_known", "is no EDTF"
    words = {"archives": (Archive("MALNOVA", "Malnova Arkivo", "Old Archive", begin="long ago"),)}
