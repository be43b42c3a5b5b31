"""The segmenter: passages along the structure of a document.

A passage is a paragraph, a point of a list, a note, or a run of apparatus: heading with
date and salutation, signature with date and source line, the edition's title.  Long ones
are cut between sentences, tiny ones stay with their neighbours, furniture is left out.
What minutes and decrees number is cited by its number, each item by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from docproc.dataclass_on_use import dataclass
from docproc.letters.paragraphs.part import parts_of
from docproc.passages.context import ContextLines
from docproc.passages.governing import Governing
from docproc.passages.items import find_items
from docproc.passages.locators import Locators
from docproc.passages.pieces import cut_passages
from docproc.passages.runs import group_blocks
from docproc.records import Document, Passage, PassageKind
from docproc.text.language.identify import LanguagesWithin, language_of

_PROSE = 60
"""Characters; a shorter passage, or one of names and numbers, has its document's language."""


@dataclass(frozen=True, slots=True)
class StructureSegmenter:
    """Cuts along blocks; text outside every block counts as paragraphs."""

    max_words: int = 150
    min_words: int = 8

    def segment(self, document: Document) -> Sequence[Passage]:
        """The passages of *document*, in order, apart, with every word but the furniture's."""
        text, document_id = document.text, document.id
        blocks = [part.to_block() for part in parts_of(document)]
        document = replace(document, blocks=tuple(blocks))
        language = document.metadata.language or language_of(text)
        languages = LanguagesWithin(language)
        numbered = find_items(text, blocks, document.metadata.kind)
        locators = Locators(
            blocks, document.pages, document.member, numbered, document.metadata.number
        )
        governing, context = Governing(document), ContextLines(document)
        passages: list[Passage] = []
        for run in group_blocks(text, blocks, self.min_words, numbered):
            about, reference = context.of(run), governing.of(run)
            for span, sentences in cut_passages(text, run, self.max_words):
                words = span.of(text)
                cleaned = document.search.apply(text, span)
                prose = run.kind is not PassageKind.APPARATUS and len(span) >= _PROSE
                passages.append(
                    Passage(
                        document_id=document_id,
                        span=span,
                        text=words,
                        kind=run.kind,
                        locator=locators.of(run, span),
                        embed_text=f"{about}\n{cleaned}" if about else cleaned,
                        search_text=cleaned,
                        sentences=sentences,
                        reference=reference,
                        note=run.blocks[0].label if run.place == "note" else None,
                        language=languages.of(words) if prose else language,
                    )
                )
        return passages


def make(settings: Mapping[str, Any]) -> StructureSegmenter:
    """The factory; settings ``max_words`` and ``min_words``."""
    return StructureSegmenter(
        max_words=max(1, settings["max_words"]), min_words=max(0, settings["min_words"])
    )
