"""The conformance class of rewriters of questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import pytest

from docproc.hooks import Expansion, QueryRewriter, Rewriting
from docproc.hooks.ranking import MOST_QUESTIONS, MOST_WORDS
from docproc.testing import strategies, tasks
from docproc.testing.contract import break_promise, check
from docproc.testing.purity import PureContract, Work

_REWRITER = "docproc.hooks.QueryRewriter"
_REWRITE = "docproc.hooks.QueryRewriter.rewrite"
_REWRITING = "docproc.hooks.Rewriting"
_EXPANSION = "docproc.hooks.Expansion"
_QUESTIONS = (
    "Who asked for forty-two crates of rifles at Petersburg?",
    "WHO ASKED FOR RIFLES?",
    "who  asked\tfor the mill\nand its wheel",
    "Сколько винтовок хотел отправить Сталин?",
    "Wo liegt die Brücke über den Fluß?",
    "橋の修理は終わりましたか",
    "F. 17. Op. 84. D. 12. L. 3.",
    "rifles",
    "",
    "?",
    " ",
    "\0",
    "the mill " * 2000,
)


class QueryRewriterContract(PureContract):
    """What every rewriter must do.  Give ``plugin``; ``rewritten``, questions with other words."""

    product: ClassVar[type] = QueryRewriter

    @pytest.fixture
    def rewritten(self) -> Mapping[str, str]:
        """Questions, each with a word that the rewriter adds to it.  Override it."""
        return {}

    @pytest.fixture
    def ignored(self) -> Sequence[str]:
        """The settings that the plugin declares and never looks at."""
        return ()

    @pytest.fixture
    def work(self, rewritten: Mapping[str, str]) -> Work:
        """It is watched while it rewrites."""
        return tasks.rewrite_each, ([*rewritten, *_QUESTIONS],)

    @check("docproc.hooks.protocols")
    def test_it_reads_and_writes_nothing_else(self, plugin: Any, work: Work) -> None:
        """A product writes nowhere, and asks nobody on the network; it may read its file."""
        for seen in self._watch_apart(plugin, work).seen:
            if not seen.startswith("it reads"):
                break_promise(seen)

    @check(_REWRITING)
    def test_the_question_is_given_back(self, plugin: Any, rewritten: Mapping[str, str]) -> None:
        """A ``Rewriting`` whose ``question`` is as it was given, whatever is asked."""
        for question in (*rewritten, *_QUESTIONS):
            _rewriting(plugin, question)

    @check(_REWRITING)
    def test_what_it_adds_is_words(self, plugin: Any, rewritten: Mapping[str, str]) -> None:
        """Tuples of texts that say something; no more than are searched for."""
        for question in (*rewritten, *_QUESTIONS):
            _hold_words(_rewriting(plugin, question))

    @check(_EXPANSION)
    def test_a_term_stands_in_the_question(self, plugin: Any, rewritten: Mapping[str, str]) -> None:
        """The term of an expansion stands in the question, letter for letter."""
        for question in (*rewritten, *(q.upper() for q in rewritten), *_QUESTIONS):
            for each in _rewriting(plugin, question).expansions:
                if each.term not in question:
                    break_promise(f"{each.term!r} does not stand in {question!r:.60}")

    @check(_REWRITE)
    def test_any_question_is_borne(self, plugin: Any) -> None:
        """Never a failure, whatever the question."""

        def holds(question: str) -> None:
            found = _rewriting(plugin, question)
            _hold_words(found)
            if any(each.term not in question for each in found.expansions):
                break_promise("the term of an expansion does not stand in the question")

        self.try_any(holds, question=strategies.texts())

    @check(_REWRITE)
    def test_it_adds_to_what_it_is_for(self, plugin: Any, rewritten: Mapping[str, str]) -> None:
        """A rewriter adds words where it knows some."""
        if not rewritten:
            pytest.skip("no question is given that it adds to: override `rewritten`")
        for question, word in rewritten.items():
            found = _rewriting(plugin, question)
            added = [*found.questions, *(w for each in found.expansions for w in each.words)]
            if not any(word in each for each in added):
                break_promise(f"to {question!r:.60} it does not add {word!r}, but {added!r:.80}")

    @check(_REWRITE)
    def test_it_does_not_add_to_everything(self, plugin: Any) -> None:
        """Nothing, where nothing is known: a question of made-up words has no other words."""
        if _rewriting(plugin, "qwxzv vzxwq?") != Rewriting("qwxzv vzxwq?"):
            break_promise("to a question of made-up words it adds some")

    @check(_REWRITER)
    def test_every_setting_is_looked_at(self, ignored: Sequence[str]) -> None:
        """A setting that is declared decides something."""
        if ignored:
            break_promise(f"it never looks at its setting {ignored[0]!r}")


def _rewriting(plugin: Any, question: str) -> Rewriting:
    """What it makes of *question*; fail where that is not a ``Rewriting`` of it."""
    found = plugin.rewrite(question)
    if not isinstance(found, Rewriting):
        break_promise(f"it gives {type(found).__name__}, not a Rewriting")
    if found.question != question:
        break_promise(f"asked {question!r:.60}, it gives {found.question!r:.60} back")
    return found


def _hold_words(found: Rewriting) -> None:
    _hold("questions", found.questions, MOST_QUESTIONS)
    if not isinstance(found.expansions, tuple):
        break_promise(f"the expansions are a {type(found.expansions).__name__}, not a tuple")
    for each in found.expansions:
        if not isinstance(each, Expansion):
            break_promise(f"an expansion is a {type(each).__name__}, not an Expansion")
        if not isinstance(each.term, str) or not each.term.strip():
            break_promise(f"the term of an expansion is {each.term!r}")
        _hold(f"words for {each.term!r}", each.words, MOST_WORDS)


def _hold(what: str, given_: Any, most: int) -> None:
    if not isinstance(given_, tuple):
        break_promise(f"the {what} are a {type(given_).__name__}, not a tuple")
    for each in given_:
        if not isinstance(each, str) or not each.strip():
            break_promise(f"among the {what} is {each!r}, which is not text")
    if len(given_) > most:
        break_promise(f"the {what} are {len(given_)}, and {most} are searched for at most")
