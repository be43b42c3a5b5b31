"""The conformance class of normalizers."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, ClassVar

import pytest

from docproc.hooks import Normalizer
from docproc.pipeline.reading.soundness import find_document_error
from docproc.records import Alignment, Document, Edit, Metadata, Span
from docproc.testing import samples
from docproc.testing.checks.document_values import no_value
from docproc.testing.checks.purity import PureContract, Work
from docproc.testing.contract import TIMES, break_promise, check
from docproc.testing.examples import strategies
from docproc.testing.processes import tasks

if TYPE_CHECKING:
    from collections.abc import Sequence

_NORMALIZER = "docproc.hooks.Normalizer"
_NORMALIZE = "docproc.hooks.Normalizer.normalize"
_ALIGNMENT = "docproc.records.Alignment"


_EDGES = (
    "  The mill stands. ",
    "\tThe mill\tstands\t",
    "\n\nThe mill stands.\n\n",
    "The  mill stands. \r\n",
)
"""Texts with blanks at their ends and between their words."""


class NormalizerContract(PureContract):
    """What every normalizer must do.  Give ``plugin``; more ``documents`` if it has a field."""

    product: ClassVar[type] = Normalizer

    @pytest.fixture
    def documents(self) -> Sequence[Document]:
        """Documents as the normalizer meets them; override it with some of its own field."""
        return samples.documents()

    @pytest.fixture
    def work(self, documents: Sequence[Document]) -> Work:
        """It is watched while it normalizes the documents."""
        return tasks.normalize_each, (list(documents),)

    @check(_NORMALIZE)
    def test_it_returns_a_document(self, plugin: Any, documents: Sequence[Document]) -> None:
        """``normalize`` returns a ``Document``: the same where it has nothing to say."""
        for document in documents:
            found = plugin.normalize(document)
            if not isinstance(found, Document):
                break_promise(f"of {_name(document)} it made {type(found).__name__}")

    @check(_NORMALIZE)
    def test_the_reading_text_stays(self, plugin: Any, documents: Sequence[Document]) -> None:
        """Never a change of ``text``: offsets, and so every quotation, hang on it."""
        edges = map(samples.document, _EDGES)  # tried every time; what is drawn may lack them
        for document in (*documents, *edges):
            _text_stays(document, plugin.normalize(document))
        self.try_any(
            lambda document: _text_stays(document, plugin.normalize(document)),
            document=strategies.documents(),
        )

    @check("docproc.records.Document")
    def test_source_and_member_stay(self, plugin: Any, documents: Sequence[Document]) -> None:
        """A document stays the same document: its source, its member and so its id."""
        for document in documents:
            found = plugin.normalize(document)
            if (found.source, found.member) != (document.source, document.member):
                break_promise(f"{_name(document)} became {found.source.path!r}, {found.member!r}")

    @check(_NORMALIZE)
    def test_blocks_and_spans_are_sound(self, plugin: Any, documents: Sequence[Document]) -> None:
        """Blocks stay in order, apart and inside the text; a reference is printed as it stands."""
        for document in documents:
            _sound(document, plugin.normalize(document))
        for document in (*documents, *samples.odd_documents()):
            word = re.search(r"\w{2,}", document.text)
            if word and not document.search.edits:  # what is found after it is counted in the text
                edited = replace(document, search=Alignment((Edit(Span(*word.span()), ""),)))
                _sound(document, plugin.normalize(edited))
        self.try_any(
            lambda document: _sound(document, plugin.normalize(document)),
            document=strategies.documents(),
        )

    @check(_ALIGNMENT)
    def test_any_span_of_the_search_text_maps_back(
        self, plugin: Any, documents: Sequence[Document]
    ) -> None:
        """The edits map any span of the search text back to the reading text, in order."""
        for document in documents:
            _maps_back(plugin.normalize(document))
        self.try_any(
            lambda document: _maps_back(plugin.normalize(document)), document=strategies.documents()
        )

    @check("docproc.records.Alignment.then")
    def test_earlier_edits_stay(self, plugin: Any) -> None:
        """Edits compose: what a normalizer before took out of the search text stays out of it
        (``document.search.then``), and is not lost to a fresh alignment.
        """
        understood = samples.make_understood()
        words = [re.search(word, understood.text) for word in (r"EDITION", r"nobody", r"workers")]
        taken = [Edit(Span(*word.span()), "") for word in words if word]
        every = sorted((*understood.search.edits, *taken), key=lambda each: each.span.start)
        found = plugin.normalize(replace(understood, search=Alignment(tuple(every))))
        searched = found.search.apply(found.text)
        for word in (samples.SCRATCHED, "EDITION", "nobody", "workers"):
            if word in searched:
                break_promise(f"{word!r}, which an earlier normalizer took out, is back")

    @check("docproc.records.Alignment.then")
    def test_earlier_edits_stay_where_it_edits_too(
        self, plugin: Any, documents: Sequence[Document]
    ) -> None:
        """Edits compose (``document.search.then``): where a normalizer edits, a word elsewhere
        that an earlier one took out stays out.
        """
        for document in [*documents, *samples.odd_documents()]:
            for word in _words_that_stay(document, plugin.normalize(document)):
                taken_out = replace(document, search=Alignment((Edit(word, ""),)))
                after = plugin.normalize(taken_out).search
                if not any(
                    e.span.start <= word.start and word.end <= e.span.end for e in after.edits
                ):
                    break_promise(
                        f"{word.of(document.text)!r}, which an earlier normalizer took out, is back"
                    )

    @check("docproc.records.Document")
    def test_what_it_says_of_a_document_has_values(
        self, plugin: Any, documents: Sequence[Document]
    ) -> None:
        """Dates are EDTF, languages ISO 639-1, kinds and numbers one line of words; nothing is
        said that is empty.
        """
        for document in documents:
            if wrong := no_value(plugin.normalize(document)):
                break_promise(f"{_name(document)}: {wrong}")

    @check(_NORMALIZE)
    def test_what_was_known_is_not_lost(self, plugin: Any) -> None:
        """More structure and metadata, never less: what the parser knew is still known."""
        before = samples.make_known()
        after = plugin.normalize(before)
        if before.blocks and not after.blocks:
            break_promise("the document's blocks are gone")
        if before.witness and not after.witness:
            break_promise("the document's witness, which the parser knew, is gone")
        for name in ("references", "pages", "persons"):
            if len(getattr(after, name)) < len(getattr(before, name)):
                break_promise(f"some of the document's {name} are gone")
        for each in fields(Metadata):
            had, has = (getattr(of.metadata, each.name) for of in (before, after))
            if had and not has:
                break_promise(f"the document's {each.name}, which the parser knew, is gone")
            if isinstance(had, tuple) and len(has) < len(had):
                break_promise(f"some of the document's {each.name}, which the parser knew, is gone")

    @check("docproc.records.Document")
    def test_there_is_still_something_to_search(
        self, plugin: Any, documents: Sequence[Document]
    ) -> None:
        """Cleaning lets words be found: the search text of a text with words has words."""
        for document in documents:
            found = plugin.normalize(document)
            had = any(char.isalnum() for char in document.search.apply(document.text))
            if had and not any(char.isalnum() for char in found.search.apply(found.text)):
                break_promise(f"the search text of {_name(document)} has no word left")

    # Purity

    @check(_NORMALIZE)
    def test_the_same_document_gives_the_same_whatever_it_is(self, plugin: Any) -> None:
        """Pure: the same document gives the same document, whatever its text."""

        def holds(document: Document) -> None:
            if plugin.normalize(document) != plugin.normalize(document):
                break_promise("it became something else the second time")

        self.try_any(holds, document=strategies.documents())

    # Size

    @check(_NORMALIZE)
    def test_a_document_without_text_is_borne(self, plugin: Any) -> None:
        """Never a failure: not for a document that is empty or blank."""
        for text in ("", " ", "\n", "\r\n\r\n", "\t\x0c\u2028"):
            document = samples.document(text)
            found = plugin.normalize(document)
            _text_stays(document, found)
            _sound(document, found)

    @check(_NORMALIZE)
    def test_a_huge_document_takes_no_more_than_its_size(
        self, plugin: Any, documents: Sequence[Document]
    ) -> None:
        """Time grows with the size of the document, and not with its square."""
        for text in (_longest(documents), "word " * 40, "a" * 200, "(1) [2] « ", "\n"):
            small = samples.document(text * (8_000 // len(text)))
            large = samples.document(small.text * TIMES)
            self.hold_linear(plugin.normalize, small, large, f"of {text[:20]!r}")


def _words_that_stay(document: Document, normalized: Document) -> list[Span]:
    """The first and the last word of *document* that its normalizer left alone, if it edits."""
    edits = normalized.search.edits
    if not edits or document.search.edits:
        return []
    found = [
        Span(*word.span())
        for word in re.finditer(r"\w{3,}", document.text)
        if not any(e.span.start <= word.end() and word.start() <= e.span.end for e in edits)
    ]
    return [found[0], found[-1]] if found else []


def _name(document: Document) -> str:
    return repr(document.source.path.rpartition("/")[2])


def _longest(documents: Sequence[Document]) -> str:
    return max((document.text for document in documents), key=len) or "word "


def _text_stays(before: Document, after: Document) -> None:
    if after.text != before.text:
        at = next(
            (n for n, (a, b) in enumerate(zip(before.text, after.text, strict=False)) if a != b),
            min(len(before.text), len(after.text)),
        )
        break_promise(
            f"the text of {_name(before)} was changed at {at}: "
            f"{before.text[at : at + 20]!r} became {after.text[at : at + 20]!r}"
        )


def _sound(before: Document, after: Document) -> None:
    wrong = find_document_error(after)
    if wrong:
        break_promise(f"{_name(before)}: {wrong}")


def _maps_back(document: Document) -> None:
    """Fail if a stretch of the search text maps to outside the text, or out of order."""
    search = document.search.apply(document.text)
    steps = range(0, len(search), max(1, len(search) // 50))
    last = 0
    for start in steps:
        end = min(len(search), start + max(1, steps.step))
        found = document.search.to_source(Span(start, end))
        if found.end > len(document.text):
            break_promise(f"{search[start:end]!r} maps past the end of the text, to {found}")
        if found.start < last:
            break_promise(f"{search[start:end]!r} maps to {found.start}, before what precedes it")
        last = found.start
