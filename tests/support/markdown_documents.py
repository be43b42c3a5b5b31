"""Documents of Markdown for the tests of its parser, and how they are read."""

from __future__ import annotations

from docproc.pipeline.reading.read import Reader
from docproc.records import Document, SourceFile
from docproc.stages import segment_structure
from docproc.stages.normalize import letter as normalize_letter
from docproc.stages.normalize import search_text as normalize_search_text
from docproc.stages.parse.text.markdown import make

KEPT = """---
title: "Mr J. A. Lyons to Mr S. M. Bruce"
date: 1937-02-02
volume: 'Volume 1: 1937–1938'
reference: ["AA : CP 290/6, BUNDLE 1, ITEM 28", "AA : CP 290/6,  bundle 1, item 28", "in a box"]
lang: English
call_sign: no
---

London, 2 February 1937

Dear Bruce,

The *question* of Timor[^1] was raised in the [House](http://example.org/a_b).

Yours sincerely,
J. A. LYONS

[^1]: See Document 3.

    Not printed.
"""


def source(path: str = "a.md") -> SourceFile:
    return SourceFile(path, "text/markdown", 1, "0" * 64)


def parse(text: str, max_lines: int = 1000) -> Document:
    parts = make({"max_lines": max_lines}).parse(source(), text.encode())
    (document,) = (part for part in parts if isinstance(part, Document))  # beside what is not read
    return document


def blocks(document: Document) -> list[tuple[str, str]]:
    return [(block.kind.value, block.span.of(document.text)) for block in document.blocks]


def search(text: str) -> str:
    return parse(text).search.apply(text)


def reader() -> Reader:
    return Reader(
        [("markdown", make({"max_lines": 1000}))],
        [("letter", normalize_letter.make({})), ("search-text", normalize_search_text.make({}))],
        ("structure", segment_structure.make({"max_words": 150, "min_words": 8})),
        own=frozenset({"markdown"}),
    )
