"""The conformance class of rewriters of questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, ClassVar

import pytest

from docproc.hooks import QueryRewriter, Rewriting
from docproc.plugins.guards.guarded_ranking import check_rewriting
from docproc.testing.checks.purity import PureContract, Work
from docproc.testing.contract import break_promise, check, held
from docproc.testing.examples import strategies
from docproc.testing.processes import tasks

_REWRITER = "docproc.hooks.QueryRewriter"
_REWRITE = "docproc.hooks.QueryRewriter.rewrite"
_REWRITING = "docproc.hooks.Rewriting"
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
    def test_it_gives_a_rewriting(self, plugin: Any, rewritten: Mapping[str, str]) -> None:
        """A ``Rewriting`` of the question as it was given: tuples of texts that say something, no
        more than are searched for, each term as it stands in the question.
        """
        for question in (*rewritten, *(q.upper() for q in rewritten), *_QUESTIONS):
            _rewriting(plugin, question)

    @check(_REWRITE)
    def test_any_question_is_borne(self, plugin: Any) -> None:
        """Never a failure, whatever the question."""
        self.try_any(partial(_rewriting, plugin), question=strategies.texts())

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
    given = plugin.rewrite(question)
    return held(lambda: check_rewriting("it", given, question))
