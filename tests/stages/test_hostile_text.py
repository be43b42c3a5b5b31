"""Texts made to hurt: the chain ends, in order and apart, and in bounded pieces.

Each is long enough that anything that grows with the square of it would not come back.
"""

from __future__ import annotations

import pytest

from docproc.passages.pieces import word_count
from docproc.records import Document, SourceFile
from docproc.stages.normalize.letter import make as make_letter
from docproc.stages.normalize.search_text import make as make_search_text
from docproc.stages.segment_structure import StructureSegmenter

pytestmark = pytest.mark.slow

N = 100_000
TEXTS = {
    "one word": "x" * N,
    "stops": "." * N + "a",
    "initials": "A. " * (N // 3),
    "capitals": "A" * N,
    "numbers": "3 . " * (N // 4),
    "marks": "[1] " * (N // 4),
    "brackets": "(" * N,
    "quotes": "“" * N,
    "soft hyphens": "a\u00ad" * (N // 2),
    "new lines": "\n" * N + "x",
    "short lines": "x\n" * (N // 2),
    "ideographs": "中" * N,
    "accents": "e" + "\u0301" * N,
    "spaced letters": "С т а л и н " * (N // 12),
    "references": "F. 17. Op. 3. D. 225. L. 1. " * (N // 28),
    "points": "\n\n".join(f"{n % 1000}) A point of a list." for n in range(10_000)),
    "notes": "A[1].\n\nNotes:\n\n" + "\n\n".join(f"{n % 999} A note." for n in range(10_000)),
    "names": "\n\n".join(["J. V. River"] * 5_000),
    "dates": "\n\n".join(["5 March 1921"] * 1_000),
    "long names": "\n\n".join(["A sentence.", *["A" * 200] * 300]),
    "greetings": "\n\n".join(["Dear " * 15] * 1_000),
}


@pytest.mark.parametrize("name", TEXTS)
def test_hostile_text_is_cut_like_any_other(name):
    text = TEXTS[name]
    document = Document(SourceFile("x.txt", "text/plain", len(text), "0" * 64), text)
    document = make_search_text({}).normalize(make_letter({}).normalize(document))
    assert document.text == text
    at = 0
    for block in document.blocks:
        assert at <= block.span.start < block.span.end
        at = block.span.end
    at = 0
    for passage in StructureSegmenter(150, 8).segment(document):
        assert at <= passage.span.start < passage.span.end
        assert passage.text == passage.span.of(text)
        assert word_count(passage.text) <= 300
        at = passage.span.end
