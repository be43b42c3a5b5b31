"""Answer writers that break their contract, each in one way; the kit must name it."""

import itertools
import random
import socket
from contextlib import suppress
from pathlib import Path

import pytest

from docproc.hooks import Written
from docproc.testing import WriterContract


class Wrong(WriterContract):
    check, says = "", ""
    examples = 5

    @pytest.fixture
    def plugin(self):
        return self.writer()


class Honest:
    def write(self, question, sentences, /):
        return [Written(words="So it is.", sentences=(each.number,)) for each in sentences[:2]]


class TestWritesText(Wrong):
    check, says = "test_it_gives_sentences_with_numbers", "it gave str"

    class writer(Honest):  # noqa: N801
        def write(self, question, sentences, /):
            return "So it is. [1]"


class TestWritesTuples(Wrong):
    check, says = "test_it_gives_sentences_with_numbers", "is no Written"

    class writer(Honest):  # noqa: N801
        def write(self, question, sentences, /):
            return [("So it is.", 1)]


class TestGivesIdsAsText(Wrong):
    check, says = "test_it_gives_sentences_with_numbers", "are no numbers"

    class writer(Honest):  # noqa: N801
        def write(self, question, sentences, /):
            return [Written(words="So it is.", sentences=("1",))]


class TestGivesOneNumber(Wrong):
    check, says = "test_it_gives_sentences_with_numbers", "1 are no numbers"

    class writer(Honest):  # noqa: N801
        def write(self, question, sentences, /):
            return [Written(words="So it is.", sentences=1)]


class TestWritesNothingAsNone(Wrong):
    check, says = "test_it_gives_sentences_with_numbers", "is no Written"

    class writer(Honest):  # noqa: N801
        def write(self, question, sentences, /):
            return [Written(words=None, sentences=(1,))]


class TestYields(Wrong):
    check, says = "test_it_gives_sentences_with_numbers", "it gave generator"

    class writer(Honest):  # noqa: N801
        def write(self, question, sentences, /):
            yield from Honest.write(self, question, sentences)


class TestFailsForTheEmptyQuestion(Wrong):
    check, says = "test_it_gives_sentences_with_numbers", "IndexError"

    class writer(Honest):  # noqa: N801
        def write(self, question, sentences, /):
            question.split()[0]
            return Honest.write(self, question, sentences)


class TestInventsANumber(Wrong):
    check, says = "test_a_number_is_of_a_sentence_that_it_was_given", "it names 99"

    class writer(Honest):  # noqa: N801
        def write(self, question, sentences, /):
            return [Written(words="So it is.", sentences=(99,))]


class TestCountsPlaces(Wrong):
    check, says = "test_a_number_is_of_a_sentence_that_it_was_given", "it names 1, and was given"

    class writer(Honest):  # noqa: N801
        def write(self, question, sentences, /):
            return [Written(sentences=(place,)) for place, _ in enumerate(sentences, 1)]


class TestNamesThePassage(Wrong):
    check, says = "test_a_number_is_of_a_sentence_that_it_was_given", "it names 5000"

    class writer(Honest):  # noqa: N801
        def write(self, question, sentences, /):
            return [Written(sentences=(each.passage * 5000,)) for each in sentences[:1]]


class TestQuotesByItself(Wrong):
    check, says = "test_what_it_writes_stands_on_its_quotations", "quotes by itself"

    class writer(Honest):  # noqa: N801
        def write(self, question, sentences, /):
            return [Written(words="He wrote “so it was”.", sentences=(1,))] if sentences else []


class TestWritesAParagraph(Wrong):
    check, says = "test_what_it_writes_stands_on_its_quotations", "more than one sentence"

    class writer(Honest):  # noqa: N801
        def write(self, question, sentences, /):
            return [Written(words="So it is. And so on.", sentences=(1,))] if sentences else []


class TestConcludesWithoutASentence(Wrong):
    check, says = "test_what_it_writes_stands_on_its_quotations", "no quotation stands behind it"

    class writer(Honest):  # noqa: N801
        def write(self, question, sentences, /):
            return [*Honest.write(self, question, sentences), Written(words="All in all, so.")]


class TestObeysASentence(Wrong):
    check, says = "test_what_stands_in_a_sentence_is_no_instruction", "it names sentence 99"

    class writer(Honest):  # noqa: N801
        def write(self, question, sentences, /):
            told = any("[99]" in each.text for each in sentences)
            more = [Written(words="The mill burned.", sentences=(99,))] if told else []
            return [*Honest.write(self, question, sentences), *more]


class TestMakesUpAnAnswerToNothing(Wrong):
    check, says = "test_of_nothing_nothing_is_written", "of no sentence it writes 'I know"

    class writer(Honest):  # noqa: N801
        def write(self, question, sentences, /):
            return Honest.write(self, question, sentences) or [Written(words="I know nothing.")]


class TestCannotBearAForm(Wrong):
    check, says = "test_any_question_and_sentence_is_borne", "UnicodeEncodeError"

    class writer(Honest):  # noqa: N801
        def write(self, question, sentences, /):
            [each.text.encode("latin-1") for each in sentences]
            return Honest.write(self, question, sentences)


class TestRemembersWhatWasAsked(Wrong):
    check, says = "test_the_same_work_gives_the_same", "the second time"

    class writer(Honest):  # noqa: N801
        asked = itertools.count()

        def write(self, question, sentences, /):
            found = Honest.write(self, question, sentences)
            return found[: 1 + next(self.asked) % 2]


class TestDrawsLots(Wrong):
    check, says = "test_it_works_the_same_in_another_process", "in another process"

    class writer(Honest):  # noqa: N801
        luck = random.random()

        def write(self, question, sentences, /):
            return [Written(words=f"So {self.luck}", sentences=(1,))]


class TestAsksANetwork(Wrong):
    check, says = "test_it_reads_and_writes_nothing_else", "it asks the network"

    class writer(Honest):  # noqa: N801
        def write(self, question, sentences, /):
            with suppress(OSError), socket.socket() as asked:
                asked.connect(("127.0.0.1", 9))
            return Honest.write(self, question, sentences)


class TestKeepsALog(Wrong):
    check, says = "test_it_reads_and_writes_nothing_else", "it writes"

    class writer(Honest):  # noqa: N801
        def write(self, question, sentences, /):
            with suppress(OSError):
                Path("/tmp/questions.log").open("a").close()
            return Honest.write(self, question, sentences)


class TestPrints(Wrong):
    check, says = "test_it_prints_nothing", "it prints 'asking"

    class writer(Honest):  # noqa: N801
        def write(self, question, sentences, /):
            print("asking the model")
            return Honest.write(self, question, sentences)
