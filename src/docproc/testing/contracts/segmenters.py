"""The conformance class of segmenters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar

import pytest

from docproc.hooks import Segmenter
from docproc.records import BlockKind, Document, Passage
from docproc.testing import samples
from docproc.testing.checks.purity import PureContract, Work
from docproc.testing.contract import TIMES, break_promise, check
from docproc.testing.examples import strategies
from docproc.testing.processes import tasks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_SEGMENT = "docproc.hooks.Segmenter.segment"
_PASSAGE = "docproc.records.Passage"
_FURNITURE = "docproc.records.BlockKind"
_LONGEST_WORD = 60
_WORD = re.compile(r"\w+")


class SegmenterContract(PureContract):
    """What every segmenter must do.  Give ``plugin``; more ``documents`` if it has a field."""

    product: ClassVar[type] = Segmenter

    @pytest.fixture
    def documents(self) -> Sequence[Document]:
        """Documents as the segmenter meets them; override it with some of its own field."""
        return samples.documents()

    @pytest.fixture
    def work(self, documents: Sequence[Document]) -> Work:
        """It is watched while it cuts the documents."""
        return tasks.segment_each, (list(documents),)

    @check(_PASSAGE)
    def test_a_passage_is_exactly_its_documents_text(
        self, plugin: Any, documents: Sequence[Document]
    ) -> None:
        """``text == document.text[span.start:span.end]``, always."""
        for document in documents:
            _exact(document, plugin.segment(document))
        self.try_any(
            lambda document: _exact(document, plugin.segment(document)),
            document=strategies.documents(),
        )

    @check(_SEGMENT)
    def test_passages_come_in_order_and_apart(self, plugin: Any) -> None:
        """Passages come in the order of the text, without overlap."""
        for document in samples.documents():
            _in_order(plugin.segment(document))
        self.try_any(
            lambda document: _in_order(plugin.segment(document)), document=strategies.documents()
        )

    @check(_PASSAGE)
    def test_a_passage_names_its_document(self, plugin: Any, documents: Sequence[Document]) -> None:
        """``document_id`` is the id of the document."""
        for document, passage in _each(plugin, documents):
            if passage.document_id != document.id:
                break_promise(f"{_show(passage)} belongs to {passage.document_id!r}")

    @check(_PASSAGE)
    def test_passages_are_told_apart(self, plugin: Any, documents: Sequence[Document]) -> None:
        """Identity is the document, the place and the words: no two passages are the same."""
        for document in documents:
            found = [passage.id for passage in plugin.segment(document)]
            if len(set(found)) < len(found):
                break_promise(f"{document.source.path!r} has two passages of one identity")

    @check(_SEGMENT)
    def test_a_passage_has_words(self, plugin: Any) -> None:
        """No passage is blank: there would be nothing to search and nothing to quote."""

        def holds(document: Document) -> None:
            for passage in plugin.segment(document):
                if not passage.text.strip():
                    break_promise(f"the passage at {passage.span} is blank")

        self.try_any(holds, document=strategies.documents())

    @check(_FURNITURE)
    def test_no_word_is_lost_but_the_furnitures(
        self, plugin: Any, documents: Sequence[Document]
    ) -> None:
        """Every word of a document stands in a passage, save those of furniture, never."""
        for document in documents:
            furniture = [b.span for b in document.blocks if b.kind is BlockKind.FURNITURE]
            passages = plugin.segment(document)
            for word in _WORD.finditer(document.text):
                inside = any(span.start <= word.start() < span.end for span in furniture)
                held = any(p.span.start <= word.start() < p.span.end for p in passages)
                if held and inside:
                    break_promise(f"{word[0]!r}, which is furniture, stands in a passage")
                if not held and not inside:
                    break_promise(f"{word[0]!r} at {word.start()} stands in no passage")

    @check(_SEGMENT)
    def test_no_word_is_cut(self, plugin: Any, documents: Sequence[Document]) -> None:
        """A passage begins and ends between words: a part of one would be quoted as if it stood
        there, and found by nobody.
        """
        sentence = "The director answers that forty-two labourers were paid on Friday, as agreed. "
        for document in (*documents, samples.document(sentence * 120)):
            ends = {end for p in plugin.segment(document) for end in (p.span.start, p.span.end)}
            for word in _WORD.finditer(document.text):
                cut = [end for end in ends if word.start() < end < word.end()]
                if cut and word[0].isalpha() and len(word[0]) <= _LONGEST_WORD:
                    break_promise(f"{word[0]!r} at {word.start()} is cut in two")

    @check(_PASSAGE)
    def test_sentences_lie_in_their_passage_in_order(self, plugin: Any) -> None:
        """``sentences`` are spans of the document's text within the passage, in order."""

        def holds(document: Document) -> None:
            for passage in plugin.segment(document):
                end = passage.span.start
                for sentence in passage.sentences:
                    if sentence.start < end or sentence.end > passage.span.end:
                        break_promise(f"the sentence at {sentence} leaves {_show(passage)}")
                    end = sentence.end

        self.try_any(holds, document=strategies.documents())

    @check(_PASSAGE)
    def test_the_embedded_text_ends_in_the_searched_one(
        self, plugin: Any, documents: Sequence[Document]
    ) -> None:
        """``embed_text`` is the context, and then ``search_text``, the cleaned ``text``."""
        for _, passage in _each(plugin, documents):
            if not passage.embed_text.endswith(passage.search_text):
                break_promise(f"{_show(passage)} is embedded as {passage.embed_text[-40:]!r}")

    @check(_PASSAGE)
    def test_the_searched_text_is_the_cleaned_one(self, plugin: Any) -> None:
        """``search_text`` is the cleaned text: what a normalizer took out of it is not there."""
        document = samples.make_understood()
        for passage in plugin.segment(document):
            if samples.SCRATCHED in passage.search_text or samples.SCRATCHED in passage.embed_text:
                break_promise(f"{samples.SCRATCHED!r}, which a normalizer took out, is searched")
            if (
                passage.search_text.strip()
                != document.search.apply(document.text, passage.span).strip()
            ):
                break_promise(f"{_show(passage)} is searched as {passage.search_text[:60]!r}")

    @check(_PASSAGE)
    def test_a_locator_is_for_a_reader(self, plugin: Any, documents: Sequence[Document]) -> None:
        """``locator`` says where the passage stands."""
        for _, passage in _each(plugin, documents):
            if not passage.locator.strip():
                break_promise(f"{_show(passage)} has no locator")

    @check(_PASSAGE)
    def test_a_governing_reference_is_one_of_the_documents(self, plugin: Any) -> None:
        """``reference`` is one that stands in the document, never one made up."""
        document = samples.make_understood()
        for passage in plugin.segment(document):
            if passage.reference is not None and passage.reference not in document.references:
                break_promise(f"{_show(passage)} has the reference {passage.reference.printed!r}")

    @check(_SEGMENT)
    def test_a_document_without_text_has_no_passage(self, plugin: Any) -> None:
        """A document that is empty or blank has no passages, and is no failure."""
        for text in ("", " \n", "\r\n\t"):
            if list(plugin.segment(samples.document(text))):
                break_promise(f"the text {text!r} has passages")

    @check(_SEGMENT)
    def test_a_huge_document_takes_no_more_than_its_size(self, plugin: Any) -> None:
        """Time grows with the size of the document, and not with its square."""
        for text in (samples.documents()[0].text, "word " * 40, "a" * 200, ". \n"):
            small = samples.document(text * (8_000 // len(text)))
            large = samples.document(small.text * TIMES)
            self.hold_linear(plugin.segment, small, large, f"of {text[:20]!r}")


def _exact(document: Document, passages: Iterable[Any]) -> None:
    for passage in passages:
        if not isinstance(passage, Passage):
            break_promise(f"it yields {type(passage).__name__}, not passages")
        stands = passage.span.of(document.text)
        if passage.span.end > len(document.text) or passage.text != stands:
            break_promise(f"{_show(passage)} is not what stands there: {stands[:60]!r}")


def _each(plugin: Any, documents: Sequence[Document]) -> Iterator[tuple[Document, Passage]]:
    """Every passage of *documents*, with its document."""
    for document in documents:
        for passage in plugin.segment(document):
            yield document, passage


def _in_order(passages: Sequence[Passage]) -> None:
    end = 0
    for passage in passages:
        if passage.span.start < end:
            break_promise(f"{_show(passage)} overlaps or precedes the one before")
        end = passage.span.end


def _show(passage: Passage) -> str:
    return f"the passage {passage.text[:40]!r} at {passage.span.start}..{passage.span.end}"
