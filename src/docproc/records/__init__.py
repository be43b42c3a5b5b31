"""The nouns of docproc: frozen records that depend on nothing above them."""

from docproc.records.alignment import Alignment, Edit
from docproc.records.answer import (
    Anchored,
    Answer,
    Citation,
    Copy,
    Match,
    NotRead,
    Searched,
    Verdict,
)
from docproc.records.block import Block, BlockKind, NoteHand
from docproc.records.citation_id import CitationId
from docproc.records.document import (
    WITNESS_VALUES,
    Collection,
    Document,
    Mention,
    Metadata,
    Page,
    Person,
    StatedDate,
    Witness,
)
from docproc.records.document_row import DocumentRow
from docproc.records.identity import identity
from docproc.records.judgement import Fate, Figure, Judgement
from docproc.records.passage import Passage, PassageKind
from docproc.records.reference import ArchivalReference, Archive
from docproc.records.scope import Scope
from docproc.records.source import Child, DrawnPage, Origin, SourceFile, Unread
from docproc.records.span import Span, strip_span
from docproc.records.written import PlacedQuotation, SetApart, WrittenAnswer, WrittenSentence

__all__ = [
    "WITNESS_VALUES", "Alignment", "Anchored", "Answer", "ArchivalReference", "Archive", "Block",
    "BlockKind", "Child", "Citation", "CitationId", "Collection", "Copy", "Document",
    "DocumentRow", "DrawnPage", "Edit", "Fate", "Figure", "Judgement", "Match", "Mention",
    "Metadata", "NotRead", "NoteHand", "Origin", "Page", "Passage", "PassageKind", "Person",
    "PlacedQuotation", "Scope", "Searched", "SetApart", "SourceFile", "Span", "StatedDate",
    "Unread", "Verdict", "Witness", "WrittenAnswer", "WrittenSentence", "identity", "strip_span",
]  # fmt: skip
