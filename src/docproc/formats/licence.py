"""Licence: the terms that Project Gutenberg puts around a text, told apart from the text."""

from __future__ import annotations

import re
from dataclasses import replace

from docproc.formats.described import mention
from docproc.records import Block, BlockKind, Document, Span, strip_span
from docproc.text.patterns import compile_on_use

_NAMED = ("PROJECT GUTENBERG", "Project Gutenberg")
_START = compile_on_use(
    r"\*{3} ?START OF (?:THE|THIS) PROJECT GUTENBERG[^*]{0,400}\*{3}"
    r"|\*END ?\*? ?THE SMALL PRINT![^\n]{0,200}\*END\*"
)
_END = compile_on_use(
    r"^[ \t]*(?:\*{3} ?END OF (?:THE|THIS) PROJECT GUTENBERG"
    r"|END OF (?:THE )?PROJECT GUTENBERG['’ ])",
    re.MULTILINE | re.IGNORECASE,
)
_FIELD = compile_on_use(r"^(Title|Author): *(\S[^\n]*(?:\n[ \t]+\S[^\n]*)*)", re.MULTILINE)
_HEAD = 2000
"""Characters at either end in which it is named where its terms stand there."""
_LOOKED_AT = 50_000
"""Characters at either end in which the terms begin or end."""


def set_licence_apart(document: Document) -> Document:
    """*document*, Project Gutenberg's terms as furniture, and the title and author they name."""
    text = document.text
    if not any(name in text[:_HEAD] or name in text[-_HEAD:] for name in _NAMED):
        return document
    starts = list(_START.finditer(text, 0, _LOOKED_AT))
    start = starts[-1].end() if starts else 0
    end = _END.search(text, max(start, len(text) - _LOOKED_AT))
    own = Span(start, end.start() if end else len(text))
    if not own.of(text).strip() or len(own) == len(text):
        return document
    around = (strip_span(text, 0, own.start), strip_span(text, own.end, len(text)))
    before, after = ((Block(BlockKind.FURNITURE, span),) if span else () for span in around)
    within = tuple(block for block in document.blocks if own.contains(block.span))
    said = {name: " ".join(words.split()) for name, words in _FIELD.findall(text[:start])}
    metadata = document.metadata
    if said.get("Title"):
        metadata = replace(metadata, title=mention(said["Title"]))
    if said.get("Author") and not any(name == "author" for name, _ in metadata.other):
        metadata = replace(metadata, other=(*metadata.other, ("author", said["Author"])))
    return replace(document, blocks=(*before, *within, *after), metadata=metadata)
