"""What is said of a document as a whole, which is no word of any one of its passages."""

from __future__ import annotations

from docproc.records import DocumentRow, Passage
from docproc.text.terms import content_words

Words = dict[str, str]
"""Words, folded, each with its term."""


def about(row: DocumentRow) -> str:
    """A document's title, names and dates."""
    names = (row.title, row.sender, row.recipient, row.own_names, row.date_printed, row.date)
    return " ".join(filter(None, names))


def context_words(passage: Passage, said: str, language: str | None) -> Words:
    """The words that the segmenter puts before *passage*, without what is *said* of all of them."""
    of_all = content_words(said, language)
    found = content_words(passage.context, passage.language)
    return {word: term for word, term in found.items() if word not in of_all}
