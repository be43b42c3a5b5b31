"""The normalizer of search text: it edits the search alone, on top of earlier edits."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from docproc.records import Alignment, Document, Edit, SourceFile, Span
from docproc.stages.normalize.search_text import make
from docproc.stages.segment_structure import StructureSegmenter

SOURCE = SourceFile("x.txt", "text/plain", 0, "0" * 64)


def test_only_the_search_text_is_cleaned():
    document = Document(SOURCE, "The Polit-\nburo “met”.")
    cleaned = make({}).normalize(document)
    assert replace(cleaned, search=Alignment()) == document
    assert cleaned.search.apply(cleaned.text) == 'The Politburo "met".'


def test_earlier_edits_are_kept_and_built_upon():
    document = Document(SOURCE, "миръ и по\u00adкой", search=Alignment((Edit(Span(3, 4), ""),)))
    assert make({}).normalize(document).search.apply(document.text) == "мир и покой"


def test_passages_are_searched_by_the_cleaned_and_shown_by_the_printed_text():
    (passage,) = StructureSegmenter().segment(
        make({}).normalize(Document(SOURCE, "Polit\u00adburo"))
    )
    assert (passage.text, passage.search_text) == ("Polit\u00adburo", "Politburo")
    assert passage.embed_text == "Politburo"


@given(st.text(st.sampled_from("aб \u00ad\n“\u0301\xa0—.")))
def test_no_debris_is_left_and_no_letter_is_lost(text):
    cleaned = make({}).normalize(Document(SOURCE, text))
    search = cleaned.search.apply(text)
    assert cleaned.text == text
    assert not set(search) & set("\u00ad“\xa0—")
    assert [c for c in search if c in "aб"] == [c for c in unmarked(text) if c in "aб"]


def unmarked(text: str) -> str:
    """*text* in which accented letters are one character, as cleaning makes them."""
    return unicodedata.normalize("NFC", text)
