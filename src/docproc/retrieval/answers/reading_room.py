"""The reading room: one published generation, opened for questions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from docproc.retrieval.answers.answering import Answering
from docproc.retrieval.answers.explanation import Explanation
from docproc.retrieval.answers.partial_answering import PatientAnswering
from docproc.retrieval.answers.quoting import Quoter
from docproc.retrieval.generation.open_generation import OpenGeneration
from docproc.retrieval.lookup.by_name import Lookup
from docproc.retrieval.query.rewriting import Rewriters
from docproc.retrieval.search.search import Searcher
from docproc.retrieval.search.signals import Preferences
from docproc.verification.cite import Verifier

if TYPE_CHECKING:
    from docproc.references import FindsReferences


class ReadingRoom:
    """One generation opened for reading; what it opened stays as it was published.

    ``answering`` answers questions, ``lookup`` finds and cites by name, and ``explanation``
    says what made an answer.  ``generation`` is the id of the generation.  *notice* tells what
    is stale when it is asked; ``grammars`` are those of plugins, by which references in
    questions are read as well, *preferences* their signals, which order what may answer, and
    *rewriters* what adds words to a question.  *without* makes a room of what is left where
    the readers of some shards do not answer, and why.
    """

    def __init__(
        self,
        opened: OpenGeneration,
        verifier: Callable[[], Verifier],
        notice: Callable[[], str | None] = lambda: None,
        grammars: Sequence[FindsReferences] = (),
        preferences: Preferences | None = None,
        rewriters: Rewriters | None = None,
        without: Callable[[frozenset[int], str], ReadingRoom] | None = None,
    ) -> None:
        self.opened = opened
        self.generation = opened.manifest.id
        self.grammars = grammars
        self._notice = notice
        searcher = Searcher(opened)
        self.lookup = Lookup(opened.catalog, verifier)
        self.answering: Answering = Answering(
            opened,
            self.lookup,
            Quoter(opened, searcher, verifier),
            searcher,
            grammars,
            preferences,
            rewriters,
        )
        if without is not None:
            self.answering = PatientAnswering(
                self.answering, lambda silent, why: without(silent, why).answering
            )
        self.explanation = Explanation(opened, grammars, preferences)

    @property
    def notice(self) -> str | None:
        """One line on what is stale, ``None`` if nothing is; waits for anyone who looks into it."""
        return self._notice()
