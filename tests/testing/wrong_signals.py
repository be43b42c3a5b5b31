"""Signals that break their contract, each in one way; the kit must name it."""

import random
import time

import pytest

from docproc.testing import SignalContract


class Wrong(SignalContract):
    check, says = "", ""

    @pytest.fixture
    def plugin(self):
        return self.signal()


class Honest:
    def score(self, question, candidates):
        return [self.one(question, each) for each in candidates]

    def one(self, question, candidate):
        return 1.0 if candidate.date else 0.0


class TestGoesPastOne(Wrong):
    check, says = "test_one_number_from_0_to_1_for_each", "2 does not lie in 0 to 1"

    class signal(Honest):  # noqa: N801
        def one(self, question, candidate):
            return 2.0 * super().one(question, candidate)


class TestGivesOneNumberForAll(Wrong):
    check, says = "test_one_number_from_0_to_1_for_each", "an array of the shape ()"

    class signal(Honest):  # noqa: N801
        def score(self, question, candidates):
            return 0.5


class TestIsNoNumber(Wrong):
    check, says = "test_one_number_from_0_to_1_for_each", "nan does not lie"

    class signal(Honest):  # noqa: N801
        def one(self, question, candidate):
            return float("nan")


class TestNeedsADate(Wrong):
    check, says = "test_one_number_from_0_to_1_for_each", "NoneType"

    class signal(Honest):  # noqa: N801
        def one(self, question, candidate):
            return float(candidate.date < "1921")


class TestEmptiesItsArgument(Wrong):
    check, says = "test_one_number_from_0_to_1_for_each", "no attribute 'clear'"

    class signal(Honest):  # noqa: N801
        def score(self, question, candidates):
            found = super().score(question, candidates)
            candidates.clear()
            return found


class TestPrefersTheFirst(Wrong):
    check, says = "test_equal_passages_have_equal_numbers", "first and last"

    class signal(Honest):  # noqa: N801
        def score(self, question, candidates):
            return [1 / (place + 1) for place, _ in enumerate(candidates)]


class TestThrowsDice(Wrong):
    check, says = "test_the_same_passages_give_the_same_numbers", "the second time"

    class signal(Honest):  # noqa: N801
        def one(self, question, candidate):
            return random.random()


class TestStumblesOverAQuestion(Wrong):
    check, says = "test_one_number_from_0_to_1_for_each", "IndexError"

    class signal(Honest):  # noqa: N801
        def one(self, question, candidate):
            return float(question.split()[0].lower() in candidate.passage.text)


class TestPrefersWhatIsRecent(Wrong):
    check, says = "test_another_day_changes_nothing", "on another day"

    class signal(Honest):  # noqa: N801
        def one(self, question, candidate):
            return (int(time.strftime("%Y")) % 100) / 100


class TestPrintsItsScores(Wrong):
    check, says = "test_it_prints_nothing", "it prints"

    class signal(Honest):  # noqa: N801
        def score(self, question, candidates):
            print(question)
            return super().score(question, candidates)
