"""Rewriters that break their contract, each in one way; the kit must name it."""

import socket
import tempfile
import time
from pathlib import Path

import pytest

from docproc.hooks import Expansion, Rewriting
from docproc.testing import QueryRewriterContract


class Wrong(QueryRewriterContract):
    check, says = "", ""

    @pytest.fixture
    def plugin(self):
        return self.rewriter()

    @pytest.fixture
    def rewritten(self):
        return {"When was the mill shut?": "factory"}


class Honest:
    def rewrite(self, question):
        return Rewriting(question, tuple(self.added(question)))

    def added(self, question):
        if "mill" in question:
            yield Expansion("mill", ("factory",))


class TestDropsTheQuestion(Wrong):
    check, says = "test_it_gives_a_rewriting", "another question back"

    class rewriter(Honest):  # noqa: N801
        def rewrite(self, question):
            return Rewriting(question.replace("mill", "factory"), ())


class TestTidiesTheQuestion(Wrong):
    check, says = "test_it_gives_a_rewriting", "another question back"

    class rewriter(Honest):  # noqa: N801
        def rewrite(self, question):
            return super().rewrite(" ".join(question.split()))


class TestGivesAList(Wrong):
    check, says = "test_it_gives_a_rewriting", "rewrite gave list, not a Rewriting"

    class rewriter(Honest):  # noqa: N801
        def rewrite(self, question):
            return [question, *(each.words for each in self.added(question))]


class TestGivesNothing(Wrong):
    check, says = "test_it_gives_a_rewriting", "rewrite gave None"

    class rewriter(Honest):  # noqa: N801
        def rewrite(self, question):
            return super().rewrite(question) if "mill" in question else None


class TestGivesAListOfExpansions(Wrong):
    check, says = "test_it_gives_a_rewriting", "the expansions are a list"

    class rewriter(Honest):  # noqa: N801
        def rewrite(self, question):
            return Rewriting(question, list(self.added(question)))


class TestGivesOneText(Wrong):
    check, says = "test_it_gives_a_rewriting", "are a str, not a tuple"

    class rewriter(Honest):  # noqa: N801
        def added(self, question):
            if "mill" in question:
                yield Expansion("mill", "factory")


class TestAddsEmptyWords(Wrong):
    check, says = "test_it_gives_a_rewriting", "which is not text"

    class rewriter(Honest):  # noqa: N801
        def added(self, question):
            if "mill" in question:
                yield Expansion("mill", ("factory", ""))


class TestAddsTooMany(Wrong):
    check, says = "test_it_gives_a_rewriting", "is the most"

    class rewriter(Honest):  # noqa: N801
        def rewrite(self, question):
            other = (f"{question} {n}" for n in range(9))
            return Rewriting(question, (), tuple(other) if "mill" in question else ())


class TestFoldsTheTerm(Wrong):
    check, says = "test_it_gives_a_rewriting", "does not stand in"

    class rewriter(Honest):  # noqa: N801
        def added(self, question):
            if "mill" in question.casefold():
                yield Expansion("mill", ("factory",))


class TestNeedsAWord(Wrong):
    check, says = "test_it_gives_a_rewriting", "IndexError"

    class rewriter(Honest):  # noqa: N801
        def added(self, question):
            if question.split()[0] == "mill":
                yield Expansion("mill", ("factory",))


class TestCannotBearSurrogates(Wrong):
    check, says = "test_any_question_is_borne", "RuntimeError"

    class rewriter(Honest):  # noqa: N801
        def added(self, question):
            if 0 < len(question) < 40 and not question.isprintable():
                raise RuntimeError("odd")
            return super().added(question)


class TestRaisesSystemExit(Wrong):
    check, says = "test_it_gives_a_rewriting", "SystemExit"

    class rewriter(Honest):  # noqa: N801
        def rewrite(self, question):
            raise SystemExit(0)


class TestKnowsNothing(Wrong):
    check, says = "test_it_adds_to_what_it_is_for", "it does not add 'factory'"

    class rewriter(Honest):  # noqa: N801
        def added(self, question):
            return ()


class TestAddsToEverything(Wrong):
    check, says = "test_it_does_not_add_to_everything", "made-up words"

    class rewriter(Honest):  # noqa: N801
        def rewrite(self, question):
            return Rewriting(question, (), (f"{question} archive",))


class TestRemembers(Wrong):
    check, says = "test_the_same_work_gives_the_same", "the second time"

    class rewriter(Honest):  # noqa: N801
        last = ""

        def rewrite(self, question):
            before, self.last = self.last, question
            return Rewriting(question, tuple(self.added(question)), (before,) if before else ())


class TestIgnoresASetting(Wrong):
    check, says = "test_every_setting_is_looked_at", "never looks at its setting 'file'"
    rewriter = Honest

    @pytest.fixture
    def ignored(self):
        return ["file"]


class TestHashes(Wrong):
    check, says = "test_it_works_the_same_in_another_process", "in another process"

    class rewriter(Honest):  # noqa: N801
        def added(self, question):
            if "mill" in question:
                words = {"factory", "works", "plant", "shop", "yard", "forge", "press", "loom"}
                yield Expansion("mill", tuple(words))


class TestSaysTheDay(Wrong):
    check, says = "test_another_day_changes_nothing", "on another day"

    class rewriter(Honest):  # noqa: N801
        def added(self, question):
            if "mill" in question:
                yield Expansion("mill", ("factory", time.strftime("%Y")))


class TestPrints(Wrong):
    check, says = "test_it_prints_nothing", "it prints 'asked"

    class rewriter(Honest):  # noqa: N801
        def rewrite(self, question):
            print("asked")
            return super().rewrite(question)


class TestKeepsALog(Wrong):
    check, says = "test_it_reads_and_writes_nothing_else", "leaves"

    class rewriter(Honest):  # noqa: N801
        def rewrite(self, question):
            with Path(tempfile.gettempdir(), "asked.log").open("a", encoding="utf-8") as log:
                log.write(f"{question!a}\n")
            return super().rewrite(question)


class TestAsksTheNetwork(Wrong):
    check, says = "test_it_reads_and_writes_nothing_else", "it asks the network"

    class rewriter(Honest):  # noqa: N801
        def rewrite(self, question):
            with socket.socket() as asked:
                asked.bind(("127.0.0.1", 0))
            return super().rewrite(question)
