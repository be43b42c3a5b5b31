"""Normalizers that break their contract, each in one way; the kit must name it."""

from dataclasses import replace

import pytest

from docproc.records import Alignment, Block, BlockKind, Edit, Metadata, Span
from docproc.testing import NormalizerContract


class Wrong(NormalizerContract):
    check, says = "", ""

    @pytest.fixture
    def plugin(self):
        return self.normalizer()


class TestCleansWhatIsShown(Wrong):
    check, says = "test_the_reading_text_stays", "was changed at"

    class normalizer:  # noqa: N801
        def normalize(self, document):
            return replace(document, text=document.text.replace("ъ", ""))


class TestTrims(Wrong):
    check, says = "test_the_reading_text_of_any_document_stays", "was changed at"

    class normalizer:  # noqa: N801
        def normalize(self, document):
            blocks = () if document.text != document.text.rstrip(" ") else document.blocks
            return replace(document, text=document.text.rstrip(" "), blocks=blocks)


class TestForgetsEarlierEdits(Wrong):
    check, says = "test_earlier_edits_stay", "is back"

    class normalizer:  # noqa: N801
        def normalize(self, document):
            return replace(document, search=Alignment())


class TestForgetsWhatWasKnown(Wrong):
    check, says = "test_what_was_known_is_not_lost", "recipient, which the parser knew, is gone"

    class normalizer:  # noqa: N801
        def normalize(self, document):
            known = document.metadata
            return replace(document, metadata=Metadata(title=known.title, sender=known.sender))


class TestWipesTheSearchText(Wrong):
    check, says = "test_there_is_still_something_to_search", "has no word left"

    class normalizer:  # noqa: N801
        def normalize(self, document):
            edits = (Edit(Span(0, len(document.text)), ""),)
            return replace(document, search=Alignment(edits))


class TestEditsPastTheEnd(Wrong):
    check, says = "test_blocks_and_spans_of_any_document_are_sound", "lies outside the text"

    class normalizer:  # noqa: N801
        def normalize(self, document):
            return replace(document, search=Alignment((Edit(Span(0, 100), "x"),)))


class TestAddsBlocksAnywhere(Wrong):
    check, says = "test_blocks_and_spans_are_sound", "overlaps or precedes"

    class normalizer:  # noqa: N801
        def normalize(self, document):
            again = Block(BlockKind.HEADING, Span(0, min(5, len(document.text))))
            return replace(document, blocks=(*document.blocks, again, again))


class TestRemembers(Wrong):
    check, says = "test_one_document_leaves_no_trace_in_the_next", "after other documents"

    class normalizer:  # noqa: N801
        last = ""

        def normalize(self, document):
            other, self.last = (("before", self.last),), document.source.path
            return replace(document, metadata=replace(document.metadata, other=other))


class TestFailsOnNothing(Wrong):
    check, says = "test_a_document_without_text_is_borne", "IndexError"

    class normalizer:  # noqa: N801
        def normalize(self, document):
            return replace(document, text=document.text[0] + document.text[1:])


class TestReturnsNothing(Wrong):
    check, says = "test_it_returns_a_document", "NoneType"

    class normalizer:  # noqa: N801
        def normalize(self, document):
            if "Ѳ" in document.text:
                return document
            return None


class TestOrdersByHash(Wrong):
    check, says = "test_it_works_the_same_in_another_process", "in another process"

    class normalizer:  # noqa: N801
        def normalize(self, document):
            words = tuple((word, "") for word in set(document.text.split()))
            return replace(document, metadata=replace(document.metadata, other=words))


class TestIsSlow(Wrong):
    check, says = "test_a_huge_document_takes_no_more_than_its_size", "times as long"

    class normalizer:  # noqa: N801
        def normalize(self, document):
            text = document.text
            return replace(
                document,
                text=text
                if all(text[at:] for at in [*range(len(text))] * (1 + len(text) // 8000))
                else "",
            )
