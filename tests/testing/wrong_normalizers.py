"""Normalizers that break their contract, each in one way; the kit must name it."""

import contextlib
import re
import time
from dataclasses import replace
from pathlib import Path

import pytest

from docproc.records import (
    Alignment,
    Block,
    BlockKind,
    Edit,
    Mention,
    Metadata,
    Span,
    StatedDate,
)
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
    check, says = "test_the_reading_text_stays", "was changed at"

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
    check, says = "test_blocks_and_spans_are_sound", "lies outside the text"

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
    check, says = "test_the_same_work_gives_the_same", "the second time"

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


class TestForgetsEarlierEditsWhereItEdits(Wrong):
    check, says = "test_earlier_edits_stay_where_it_edits_too", "is back"

    class normalizer:  # noqa: N801
        def normalize(self, document):
            found = [Edit(Span(*m.span()), "s") for m in re.finditer("ſ", document.text)]
            return replace(document, search=Alignment(tuple(found))) if found else document


class TestGivesTheSenderAnotherType(Wrong):
    check, says = "test_blocks_and_spans_are_sound", "metadata.sender: expected `object | null`"

    class normalizer:  # noqa: N801
        def normalize(self, document):
            return replace(document, metadata=replace(document.metadata, sender="Orlova"))


class TestMisplacesTheTitle(Wrong):
    check, says = "test_blocks_and_spans_are_sound", "the title 'Riga' is not what stands"

    class normalizer:  # noqa: N801
        def normalize(self, document):
            if "Riga" not in document.text:
                return document
            title = Mention("Riga", Span(0, 4))
            return replace(document, metadata=replace(document.metadata, title=title))


class TestDatesInWords(Wrong):
    check, says = "test_what_it_says_of_a_document_has_values", "which is no EDTF"

    class normalizer:  # noqa: N801
        def normalize(self, document):
            dates = (*document.metadata.dates, StatedDate("Easter", "Easter", "metadata"))
            return replace(document, metadata=replace(document.metadata, dates=dates))


class TestKnowsTheDay(Wrong):
    check, says = "test_another_day_changes_nothing", "on another day"

    class normalizer:  # noqa: N801
        def normalize(self, document):
            other = (*document.metadata.other, ("seen", time.strftime("%Y-%m")))
            return replace(document, metadata=replace(document.metadata, other=other))


class TestIsLoud(Wrong):
    check, says = "test_it_prints_nothing", "it prints"

    class normalizer:  # noqa: N801
        def normalize(self, document):
            print(len(document.text))
            return document


class TestRemembersOnTheDisk(Wrong):
    check, says = "test_it_reads_and_writes_nothing_else", "it writes 'seen.txt'"

    class normalizer:  # noqa: N801
        def normalize(self, document):
            with contextlib.suppress(OSError):
                Path("seen.txt").write_text(document.id, "utf-8")
            return document


class TestForgetsTheLastEdit(Wrong):
    check, says = "test_earlier_edits_stay", "'workers', which an earlier normalizer took out"

    class normalizer:  # noqa: N801
        def normalize(self, document):
            edits = document.search.edits
            return replace(document, search=Alignment(edits[:-1])) if len(edits) > 1 else document


class TestForgetsThePersons(Wrong):
    check, says = "test_what_was_known_is_not_lost", "some of the document's persons are gone"

    class normalizer:  # noqa: N801
        def normalize(self, document):
            return replace(document, persons=document.persons[:1])


class TestForgetsTheWitness(Wrong):
    check, says = "test_what_was_known_is_not_lost", "the document's witness"

    class normalizer:  # noqa: N801
        def normalize(self, document):
            return replace(document, witness=None)


class TestKeepsOneDate(Wrong):
    check, says = "test_what_was_known_is_not_lost", "some of the document's dates"

    class normalizer:  # noqa: N801
        def normalize(self, document):
            dates = document.metadata.dates[:1]
            return replace(document, metadata=replace(document.metadata, dates=dates))


class TestCountsInTheSearchText(Wrong):
    check, says = "test_blocks_and_spans_are_sound", "is not what stands"

    class normalizer:  # noqa: N801
        def normalize(self, document):
            found = re.search(r"later words", document.search.apply(document.text))
            if not found or document.metadata.title:
                return document
            title = Mention(found[0], Span(*found.span()))
            return replace(document, metadata=replace(document.metadata, title=title))
