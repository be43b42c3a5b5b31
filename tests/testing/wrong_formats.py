"""Output formats that break their contract, each in one way; the kit must name it."""

import itertools
import time

import pytest

from docproc.testing import OutputFormatContract


class Wrong(OutputFormatContract):
    check, says = "", ""

    @pytest.fixture
    def plugin(self):
        return self.form()


class Honest:
    def render(self, answer):
        return "\n".join([answer.question, answer.verdict, *map(self.one, answer.citations)])

    def one(self, citation):
        reference = f" {citation.reference.printed}" if citation.reference else ""
        return f"“{citation.quote}”{reference}"


class TestFailsOverARefusal(Wrong):
    check, says = "test_every_answer_becomes_one_text", "IndexError"

    class form(Honest):  # noqa: N801
        def render(self, answer):
            return self.one(answer.citations[0])


class TestMakesBytes(Wrong):
    check, says = "test_every_answer_becomes_one_text", "it makes bytes"

    class form(Honest):  # noqa: N801
        def render(self, answer):
            return super().render(answer).encode()


class TestShowsWhatIsNearAsTheAnswer(Wrong):
    check, says = "test_a_refusal_quotes_nothing", "as an answer is"

    class form(Honest):  # noqa: N801
        def render(self, answer):
            return "\n".join(map(self.one, answer.citations or answer.nearest))


class TestCutsItShort(Wrong):
    check, says = "test_quotations_stand_whole", "letter for letter"

    class form(Honest):  # noqa: N801
        def one(self, citation):
            return f"“{citation.quote[:200]}…”"


class TestSpellsItsOwnWay(Wrong):
    check, says = "test_any_quotation_is_borne", "letter for letter"

    class form(Honest):  # noqa: N801
        def one(self, citation):
            return super().one(citation).replace("ъ", "")


class TestSaysNone(Wrong):
    check, says = "test_what_is_not_known_is_left_out", "'None'"

    class form(Honest):  # noqa: N801
        def one(self, citation):
            return f"{super().one(citation)} {citation.reference}"


class TestNumbersItsAnswers(Wrong):
    check, says = "test_the_same_work_gives_the_same", "the second time"

    class form(Honest):  # noqa: N801
        numbers = itertools.count(1)

        def render(self, answer):
            return f"{next(self.numbers)} {super().render(answer)}"


class TestDatesItsAnswers(Wrong):
    check, says = "test_another_day_changes_nothing", "on another day"

    class form(Honest):  # noqa: N801
        def render(self, answer):
            return time.strftime("%Y\n") + super().render(answer)
