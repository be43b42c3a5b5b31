"""The conformance class of citation styles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, ClassVar

import pytest

from docproc.hooks import CitationStyle
from docproc.records import ArchivalReference, Citation, Metadata, PassageKind, Span, Witness
from docproc.testing import samples
from docproc.testing.checks.purity import PureContract, Work
from docproc.testing.contract import break_promise, check
from docproc.testing.examples import strategies
from docproc.testing.processes import tasks

_RENDER = "docproc.hooks.CitationStyle.render"


class CitationContract(PureContract):
    """What every citation style must do.  Give ``plugin``."""

    product: ClassVar[type] = CitationStyle

    quotes: ClassVar[bool] = True
    """Whether the style prints the quotation; one for footnotes alone says no."""

    @pytest.fixture
    def citations(self) -> Sequence[Citation]:
        """Citations of several kinds, some of which know little."""
        return citations()

    @pytest.fixture
    def work(self, citations: Sequence[Citation]) -> Work:
        """It is watched while it writes the citations."""
        return tasks.render, (list(citations),)

    @check(_RENDER)
    def test_citations_become_one_text(self, plugin: Any, citations: Sequence[Citation]) -> None:
        """``render`` gives one text for all: of none, of one, of many."""
        for some in ((), citations[:1], citations):
            text = plugin.render(some)
            if not isinstance(text, str):
                break_promise(f"of {len(some)} citations it makes {type(text).__name__}")
            if some and not text.strip():
                break_promise(f"of {len(some)} citations it makes nothing")

    @check(_RENDER)
    def test_references_stand_as_printed(self, plugin: Any, citations: Sequence[Citation]) -> None:
        """References stand as they are in the citations."""
        for citation in citations:
            if citation.reference is None:
                continue
            wanted = letters(citation.reference.printed)
            if wanted not in letters(plugin.render([citation])):
                break_promise(f"{citation.reference.printed!r} does not stand in it")

    @check(_RENDER)
    def test_quotations_stand_as_they_are(self, plugin: Any, citations: Sequence[Citation]) -> None:
        """Quotations stand as they are in the citations: every letter of them, in order."""
        if not self.quotes:
            pytest.skip("`quotes` is False")
        for citation in citations:
            if letters(citation.quote) not in letters(plugin.render([citation])):
                break_promise(f"{citation.quote[:60]!r} does not stand in it letter for letter")

    @check(_RENDER)
    def test_any_quotation_stands_as_it_is(self, plugin: Any) -> None:
        """Quotations stand as they are, whatever their signs; and never a failure."""

        def holds(quote: str) -> None:
            citation = replace(citations()[0], quote=quote, span=Span(0, len(quote)))
            text = plugin.render([citation])
            if self.quotes and letters(quote) not in letters(text):
                break_promise(f"{quote[:60]!r} does not stand in it letter for letter")

        self.try_any(holds, quote=strategies.texts(1))

    @check(_RENDER)
    def test_a_long_quotation_stands_whole(self, plugin: Any) -> None:
        """Quotations stand as they are, however long: none is cut, by letters or by words."""
        if not self.quotes:
            pytest.skip("`quotes` is False")
        for words in (30, 100, 400, 3000):
            quote = " ".join(f"word{number}" for number in range(words)) + "."
            citation = replace(citations()[0], quote=quote, span=Span(0, len(quote)), highlights=())
            if letters(quote) not in letters(plugin.render([citation])):
                break_promise(f"of a quotation of {words} words it writes a part")

    @check(_RENDER)
    def test_what_is_not_known_is_left_out(self, plugin: Any) -> None:
        """What a citation does not say is left out, never made up: not as ``None`` either."""
        bare = replace(citations()[0], metadata=Metadata(), reference=None, witness=None)
        text = plugin.render([bare])
        for made_up in ("None", "unknown", "n.d.", "s.d.", "Span(", "Mention("):
            if made_up in text:
                break_promise(f"of a citation that knows nothing it says {made_up!r}")

    @check(_RENDER)
    def test_a_citation_without_a_date_has_no_year(self, plugin: Any) -> None:
        """What a citation does not say is left out: a date that is not known is not today's."""
        import datetime

        bare = replace(citations()[0], metadata=Metadata(), reference=None, witness=None)
        year = str(datetime.datetime.now(datetime.UTC).year)
        if year in plugin.render([bare]):
            break_promise(f"it says {year}, which the citation does not")

    @check(_RENDER)
    def test_each_citation_is_there(self, plugin: Any, citations: Sequence[Citation]) -> None:
        """One text for all: each citation's reference stands in it."""
        text = letters(plugin.render(citations))
        for citation in citations:
            if citation.reference and letters(citation.reference.printed) not in text:
                break_promise(f"{citation.reference.printed!r} is left out among others")
        if not self.quotes:
            return
        numbered = [
            replace(citations[0], rank=number, quote=f"Letter {number} says so.", span=Span(0, 20),
                    highlights=(), matched=())
            for number in range(1, 41)
        ]  # fmt: skip
        text = letters(plugin.render(numbered))
        for each in numbered:
            if letters(each.quote) not in text:
                break_promise(f"of 40 citations it leaves out {each.quote!r}")


def citations() -> tuple[Citation, ...]:
    """Citations of a sample document: one knows all, one is of a note, one knows little."""
    document = samples.make_understood()
    span = document.blocks[2].span
    whole = Citation(
        rank=1,
        quote=span.of(document.text),
        span=span,
        highlights=(Span(0, 18),),
        passage_id="1" * 64,
        document_id=document.id,
        metadata=document.metadata,
        kind=PassageKind.BODY,
        locator="paragraph 1",
        source=document.source,
        score=0.8,
        verified=True,
        verification="verbatim",
        reference=document.references[0],
        witness=Witness("Typewritten. Autograph signature.", "typewritten", None, "autograph"),
    )
    other = ArchivalReference("ГАХО. Ф. Р-203. Оп. 1. Д. 88. Л. 12", "fond", (("fond", "Р-203"),))
    quote = "See {the} minutes & 100% of “them”: \\alpha_1 #7, <b>$x$</b>,\nand the [1] «list» ~ ^."
    note = replace(
        whole, rank=2, quote=quote, span=Span(0, len(quote)), kind=PassageKind.NOTE,
        locator="note 1", reference=other, highlights=(),
    )  # fmt: skip
    little = replace(
        whole, rank=3, metadata=Metadata(), reference=None, witness=None, verified=False,
        verification="source gone since indexing",
    )  # fmt: skip
    return whole, note, little


def letters(text: str) -> str:
    """The letters and figures of *text*: what no style may change, whatever it does to signs."""
    return "".join(filter(str.isalnum, text))
