"""The conformance class of signals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, ClassVar

import numpy as np
import pytest

from docproc.hooks.extensions import Candidate, Signal
from docproc.records import Passage, PassageKind, Span
from docproc.testing import samples
from docproc.testing.checks.purity import PureContract, Work
from docproc.testing.contract import break_promise, check
from docproc.testing.examples import strategies
from docproc.testing.processes import tasks

_SCORE = "docproc.hooks.Signal.score"
_QUESTIONS = ("Who asked for wagons?", "мост", "", "?", "a" * 2000, "1921", "橋の修理", "\0")


class SignalContract(PureContract):
    """What every signal must do.  Give ``plugin``."""

    product: ClassVar[type] = Signal

    @pytest.fixture
    def candidates(self) -> Sequence[Candidate]:
        """Passages of several kinds, some of whose documents know little."""
        return candidates()

    @pytest.fixture
    def work(self, candidates: Sequence[Candidate]) -> Work:
        """It is watched while it scores the candidates."""
        return tasks.score_each, ("Who asked for wagons?", tuple(candidates))

    @check(_SCORE)
    def test_one_number_from_0_to_1_for_each(
        self, plugin: Any, candidates: Sequence[Candidate]
    ) -> None:
        """One number for each candidate, in their order: 0, no better than others, to 1."""
        for question in _QUESTIONS:
            for some in (candidates[:1], candidates[:2], candidates, [*candidates] * 20):
                _scores(plugin, question, some)

    @check(_SCORE)
    def test_any_question_and_passage_is_borne(self, plugin: Any) -> None:
        """One number from 0 to 1, whatever the question and the passage; and never a failure."""
        self.try_any(
            lambda question, text: _scores(
                plugin, question, [candidate(text), candidate(text, score=1.0)]
            ),
            question=strategies.texts(),
            text=strategies.texts(1),
        )

    @check(_SCORE)
    def test_the_same_passages_give_the_same_numbers(
        self, plugin: Any, candidates: Sequence[Candidate]
    ) -> None:
        """Pure: the same numbers for the same question, after any others."""
        first = _scores(plugin, _QUESTIONS[0], candidates)
        _scores(plugin, "Of what else?", candidates[::-1])
        if _scores(plugin, _QUESTIONS[0], candidates) != first:
            break_promise("it gives other numbers the second time")

    @check(_SCORE)
    def test_equal_passages_have_equal_numbers(
        self, plugin: Any, candidates: Sequence[Candidate]
    ) -> None:
        """A number is of its passage, not of its place: the order of the candidates is not ours
        to prefer.
        """
        twice = [candidates[1], *candidates, candidates[1]]
        found = _scores(plugin, _QUESTIONS[0], twice)
        if abs(found[0] - found[-1]) > 1e-6:
            break_promise(f"the same passage, first and last, has {found[0]:g} and {found[-1]:g}")

    @check(_SCORE)
    def test_the_candidates_stay(self, plugin: Any, candidates: Sequence[Candidate]) -> None:
        """The candidates are docproc's: they come as a tuple, and are not changed."""
        given_, kept = tuple(candidates), tuple(replace(each) for each in candidates)
        plugin.score(_QUESTIONS[0], given_)
        if given_ != kept:
            break_promise("the candidates are others after they were scored")


def candidate(text: str, **known: Any) -> Candidate:
    """A candidate whose passage is *text*, of a document that knows what is *known*."""
    span = Span(0, len(text))
    passage = Passage("0" * 64, span, text, PassageKind.BODY, "paragraph 1", text, text)
    return replace(Candidate(passage=passage, score=0.5, source="seeds/a.txt"), **known)


def candidates() -> tuple[Candidate, ...]:
    """One that knows nothing, and others with dates of several forms, names and a title."""
    texts = [text for _, text in samples.PASSAGES]
    dates = ("1921-05-03", "1920", "1919-10", "../1920", "1920/1921", "1921?", "192X", "1913-21")
    known = [
        candidate(text, date=date, score=1 - number / 10, sender="I. P. Petrov", title="A letter")
        for number, (text, date) in enumerate(zip(texts, dates, strict=False))
    ]
    return (candidate(texts[0]), *known, candidate(texts[-1], recipient="A. N. Orlova"))


def _scores(plugin: Any, question: str, some: Sequence[Candidate]) -> list[float]:
    """What the signal gives; fail where that is not one number from 0 to 1 for each."""
    found = plugin.score(question, tuple(some))
    try:
        values = np.asarray(found, np.float32)
    except (TypeError, ValueError):
        break_promise(f"it gives {found!r:.80}")
    if values.shape != (len(some),):
        break_promise(f"for {len(some)} passages it gives an array of the shape {values.shape}")
    wrong = [float(each) for each in values if not 0 <= each <= 1]
    if wrong:
        break_promise(f"{wrong[0]:g} does not lie in 0 to 1")
    return [float(each) for each in values]
