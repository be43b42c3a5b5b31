"""The conformance class of output formats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, ClassVar

import pytest

from docproc.hooks.extensions import OutputFormat
from docproc.records import Answer, Metadata, NotRead, Searched, Span, Verdict
from docproc.testing.checks.purity import PureContract, Work
from docproc.testing.contract import break_promise, check
from docproc.testing.contracts.citations import citations, letters
from docproc.testing.examples import strategies
from docproc.testing.processes import tasks

_RENDER = "docproc.hooks.OutputFormat.render"


class OutputFormatContract(PureContract):
    """What every format of whole answers must do.  Give ``plugin``."""

    product: ClassVar[type] = OutputFormat

    quotes: ClassVar[bool] = True
    """Whether the format prints the quotations; one for references or figures alone says no."""

    @pytest.fixture
    def answers(self) -> Sequence[Answer]:
        """Answers of several kinds: with citations, a refusal, one with what came nearest."""
        return answers()

    @pytest.fixture
    def work(self, answers: Sequence[Answer]) -> Work:
        """It is watched while it writes the answers."""
        return tasks.render_each, (list(answers),)

    @check(_RENDER)
    def test_every_answer_becomes_one_text(self, plugin: Any, answers: Sequence[Answer]) -> None:
        """``render`` gives one text for every answer, a refusal too."""
        for answer in answers:
            text = plugin.render(answer)
            if not isinstance(text, str):
                break_promise(
                    f"of an answer that is {answer.verdict} it makes {type(text).__name__}"
                )
            if answer.citations and not text.strip():
                break_promise("of an answer it makes nothing")

    @check(_RENDER)
    def test_a_refusal_quotes_nothing(self, plugin: Any, answers: Sequence[Answer]) -> None:
        """A refusal is no answer: what came nearest is not shown as what is cited is."""
        if not self.quotes:
            pytest.skip("`quotes` is False")
        found = next(each for each in answers if each.citations)
        refused = replace(found, verdict=Verdict.NOT_FOUND, citations=(), nearest=found.citations)
        if plugin.render(refused) == plugin.render(found):
            break_promise("a refusal with what came nearest is written as an answer is")

    @check(_RENDER)
    def test_quotations_stand_whole(self, plugin: Any, answers: Sequence[Answer]) -> None:
        """Quotations stand as they are in the answer: every letter of them, however long."""
        if not self.quotes:
            pytest.skip("`quotes` is False")
        long = " ".join(f"word{number}" for number in range(600)) + "."
        for answer in answers:
            for citation in answer.citations:
                for quote in (citation.quote, long):
                    cited = replace(
                        citation, quote=quote, span=Span(0, len(quote)), highlights=(), matched=()
                    )
                    text = plugin.render(replace(answer, citations=(cited,)))
                    if letters(quote) not in letters(text):
                        break_promise(f"{quote[:60]!r} does not stand in it letter for letter")

    @check(_RENDER)
    def test_any_quotation_is_borne(self, plugin: Any) -> None:
        """Never a failure, whatever the quotation and the question."""

        def holds(question: str, quote: str) -> None:
            cited = replace(
                citations()[0], quote=quote, span=Span(0, len(quote)), highlights=(), matched=()
            )
            text = plugin.render(replace(answers()[0], question=question, citations=(cited,)))
            if self.quotes and letters(quote) not in letters(text):
                break_promise(f"{quote[:60]!r} does not stand in it letter for letter")

        self.try_any(holds, question=strategies.texts(), quote=strategies.texts(1))

    @check(_RENDER)
    def test_what_is_not_known_is_left_out(self, plugin: Any) -> None:
        """What an answer does not say is left out, never made up: not as ``None`` either."""
        bare = replace(citations()[0], metadata=Metadata(), reference=None, witness=None)
        text = plugin.render(replace(answers()[0], citations=(bare,)))
        for made_up in ("None", "Span(", "Mention(", "n.d."):
            if made_up in text:
                break_promise(f"of a citation that knows nothing it says {made_up!r}")


def answers() -> tuple[Answer, ...]:
    """An answer with citations, one with remarks, refusals with and without what came nearest."""
    searched = Searched("20250101T000000Z-00000000", 3, 40, 0.3, 0.8, "1921", ("mill",))
    found = Answer("Why has the mill stood idle?", Verdict.ANSWERED, citations(), searched)
    refused = Answer("Who?", Verdict.NOT_FOUND, (), Searched("none", 0, 0, 0.0))
    near = replace(
        refused, nearest=citations()[:2], searched=replace(searched, not_read=NotRead(2, 1, 0))
    )
    told = replace(found, understood=("from 1921",), remarks=("Two dates disagree.",), total=7)
    return found, told, refused, near
