"""The contracts of what takes part in ranking: re-rankers, and rewriters of questions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from docproc.dataclass_on_use import dataclass
from docproc.hooks.indexes import TextEntry


@runtime_checkable
class Reranker(Protocol):
    """Re-rank: how well each of the best passages answers the question, by a look at both.

    It is asked of the best 48 passages of each question, and before that of questions made from
    the corpus itself when a generation is built.  From these docproc measures what its numbers
    mean, how much they help, and the floor; where it does not help it weighs nothing.  So any
    scale will do, and a re-ranker decides with the rest whether a question is answered.
    """

    fingerprint: str
    """Changes whenever the numbers would: the model's files, the settings.  It is measured again
    then, and nothing is embedded again."""

    def rerank(self, question: str, passages: Sequence[TextEntry], /) -> Sequence[float]:
        """One finite number for each of *passages*, in their order: the higher, the better.

        The number is of the question and the passage alone, whatever else is asked of.  Pure.
        A passage whose ``row`` is -1 is in no generation: it is scored from its text.
        """
        ...


@runtime_checkable
class PreparesReranker(Protocol):
    """A re-ranker that leaves in a generation what it needs to be asked.

    Such as a model in a form that needs no model library, and vectors of each passage's words.
    """

    def export_reranker(self, folder: Path, /) -> None:
        """Write the model into the existing empty *folder*, once for a fingerprint.

        Raises ``ModelError`` where it cannot be exported, or what was written does not agree
        with ``rerank``.
        """
        ...

    def keep_passages(
        self, passages: Iterable[TextEntry], model: Path, folder: Path, before: Path | None, /
    ) -> dict[str, Any]:
        """Write what is kept of *passages* into the existing empty *folder*; return its facts.

        *passages* are those of the generation in the order of their rows, *model* what
        ``export_reranker`` wrote.  *before* is what was kept, with the same fingerprint, in the
        generation before, ``None`` where there is none: what is there need not be computed again.
        Where nothing need be kept, nothing is written.
        """
        ...

    def open_reranker(self, model: Path, folder: Path, /) -> Reranker:
        """Open read-only what the two methods above wrote into *model* and *folder*.

        Raises ``StoreError`` where they do not hold what they should.
        """
        ...


@dataclass(frozen=True, slots=True)
class Expansion:
    """Words that count as much as some words of the question.

    ``term`` stands in the question, letter for letter; ``words`` are its equivalents, synonyms
    or translations, each of one word or several.
    """

    term: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rewriting:
    """What else a question may be asked by.

    ``question`` is as it was given.  ``expansions`` say which of its words have equivalents;
    ``questions`` are the whole question in other words, or in another language.
    """

    question: str
    expansions: tuple[Expansion, ...] = ()
    questions: tuple[str, ...] = ()


@runtime_checkable
class QueryRewriter(Protocol):
    """Rewrite: other words for what a question asks, beside its own.

    What it adds is searched for beside the question and never instead of it, counts at most as
    much, and is shown with the answer, where one step takes it back.  It changes nothing of what
    is quoted or verified.
    """

    def rewrite(self, question: str, /) -> Rewriting:
        """The *question* with what it may be asked by as well; nothing, where nothing is known.

        At most ``MOST_QUESTIONS`` other questions, and ``MOST_WORDS`` words for one term.  Pure.
        """
        ...


MOST_QUESTIONS = 4
"""Other questions that one question is searched by, at most."""
MOST_WORDS = 32
"""Equivalents of one term that are searched for, at most."""
