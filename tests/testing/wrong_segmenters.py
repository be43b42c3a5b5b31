"""Segmenters that break their contract, each in one way; the kit must name it."""

import contextlib
import re
import time
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from docproc.records import BlockKind, Passage, PassageKind, Span
from docproc.testing import SegmenterContract


class Honest:
    """One passage a line that is no furniture."""

    def spans(self, document):
        furniture = [b.span for b in document.blocks if b.kind is BlockKind.FURNITURE]
        for line in re.finditer(r"\S[^\r\n]*", document.text):
            span = Span(*line.span())
            if not any(span.overlaps(other) for other in furniture):
                yield span

    def searched(self, document, span):
        return document.search.apply(document.text, span)

    def segment(self, document):
        return [
            self.passage(document, span, number) for number, span in enumerate(self.spans(document))
        ]

    def passage(self, document, span, number):
        searched = self.searched(document, span)
        return Passage(
            document.id, span, span.of(document.text), PassageKind.BODY, f"line {number + 1}",
            searched, searched, (span,),
        )  # fmt: skip


class Wrong(SegmenterContract):
    check, says = "", ""
    segmenter = Honest

    @pytest.fixture
    def plugin(self):
        return self.segmenter()


class TestTidiesItsQuotations(Wrong):
    check, says = "test_a_passage_is_exactly_its_documents_text", "is not what stands there"

    class segmenter(Honest):  # noqa: N801
        def passage(self, document, span, number):
            passage = super().passage(document, span, number)
            return replace(passage, text=passage.text.replace("  ", " ").replace("’", "'"))


class TestSlidesAWindow(Wrong):
    check, says = "test_passages_come_in_order_and_apart", "overlaps or precedes"

    class segmenter(Honest):  # noqa: N801
        def spans(self, document):
            found = list(super().spans(document))
            return [Span(start.start, end.end) for start, end in pairwise(found)]


class TestLosesTheEnd(Wrong):
    check, says = "test_no_word_is_lost_but_the_furnitures", "stands in no passage"

    class segmenter(Honest):  # noqa: N801
        def spans(self, document):
            return list(super().spans(document))[:5]


class TestQuotesRunningHeads(Wrong):
    check, says = "test_no_word_is_lost_but_the_furnitures", "which is furniture"

    class segmenter(Honest):  # noqa: N801
        def spans(self, document):
            return [Span(*line.span()) for line in re.finditer(r"\S[^\r\n]*", document.text)]


class TestIgnoresCleaning(Wrong):
    check, says = "test_the_searched_text_is_the_cleaned_one", "is searched"

    class segmenter(Honest):  # noqa: N801
        def searched(self, document, span):
            return span.of(document.text)


class TestYieldsBlankLines(Wrong):
    check, says = "test_a_document_without_text_has_no_passage", "has passages"

    class segmenter(Honest):  # noqa: N801
        def spans(self, document):
            return [Span(0, len(document.text))]


class TestNamesNoPlace(Wrong):
    check, says = "test_a_locator_is_for_a_reader", "has no locator"

    class segmenter(Honest):  # noqa: N801
        def passage(self, document, span, number):
            return replace(super().passage(document, span, number), locator="")


class TestCutsByTheClock(Wrong):
    check, says = "test_another_day_changes_nothing", "on another day"

    class segmenter(Honest):  # noqa: N801
        def passage(self, document, span, number):
            return replace(
                super().passage(document, span, number), locator=time.strftime("read in %Y")
            )


class TestTalks(Wrong):
    check, says = "test_it_prints_nothing", "it prints"

    class segmenter(Honest):  # noqa: N801
        def segment(self, document):
            print("cutting")
            return super().segment(document)


class TestListsWhatItCut(Wrong):
    check, says = "test_it_reads_and_writes_nothing_else", "it writes 'cut.txt'"

    class segmenter(Honest):  # noqa: N801
        def segment(self, document):
            with contextlib.suppress(OSError):
                Path("cut.txt").write_text(document.id, "utf-8")
            return super().segment(document)


class TestCutsWords(Wrong):
    check, says = "test_no_word_is_cut", "is cut in two"

    class segmenter(Honest):  # noqa: N801
        def spans(self, document):
            for span in super().spans(document):
                for start in range(span.start, span.end, 500):
                    part = Span(start, min(start + 500, span.end))
                    if part.of(document.text).strip():
                        yield part
