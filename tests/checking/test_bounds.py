"""What a hostile or a huge draft costs: calls are counted, for one size and for twice that size."""

from __future__ import annotations

import sys
import tracemalloc
from random import Random

import pytest
from invented_archive import Archive, letter

from docproc.checking.check import check_draft
from docproc.records import Block, BlockKind, Document, SourceFile, Span

pytestmark = pytest.mark.slow

WORDS = " ".join(f"w{Random(number).randrange(3000)}" for number in range(20_000))
BIG = Archive((letter("big.txt", WORDS, "RGASPI. F. 1. Op. 2. D. 3."),))
SAME = Archive((letter("the.txt", "the " * 4_000, "RGASPI. F. 1. Op. 2. D. 3."),))


def draft(paragraphs: list[str], notes: list[str] | None = None) -> Document:
    """A draft whose every paragraph has the note of its number, where there are *notes*."""
    blocks, pieces, at = [], [], 0
    anchors = []
    for text in paragraphs:
        blocks.append(Block(BlockKind.PARAGRAPH, Span(at, at + len(text))))
        anchors.append(Span(at + len(text) - 1, at + len(text)))
        pieces.append(text)
        at += len(text) + 2
    for number, text in enumerate(notes or (), 1):
        span = Span(at, at + len(text))
        blocks.append(Block(BlockKind.NOTE, span, str(number), anchors[number - 1]))
        pieces.append(text)
        at += len(text) + 2
    source = SourceFile("chapter.md", "text/markdown", at, "1" * 64)
    return Document(source, "\n\n".join(pieces), blocks=tuple(blocks))


def calls(document: Document, archive: Archive) -> int:
    count = 0

    def counted(_frame: object, event: str, _given: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        check_draft([document], archive)
    finally:
        sys.setprofile(None)
    return count


def quoted(words: int, every: int) -> str:
    own = WORDS.split()[100 : 100 + words]
    own[every::every] = ["other"] * len(own[every::every])
    return f"“{' '.join(own)}”"


def pointing(count: int, first: str, others: str) -> Document:
    return draft([f"{quoted(9, 99)}*"] * count, [first] + [others] * (count - 1))


DRAFTS = {
    "pages": lambda n: draft([f"{'own words ' * 100} {quoted(12, 5)}"] * 50 * n),
    "ibid.": lambda n: pointing(200 * n, "F. 1. Op. 2. D. 3.", "Ibid., l. 4."),
    "op. cit.": lambda n: pointing(200 * n, "Weiss, F. 1. Op. 2. D. 3.", "Weiss, op. cit."),
    "a quotation of many pages": lambda n: draft([quoted(2_500 * n, 37)]),
    "marks that never close": lambda n: draft(["“" * 3_000 * n]),
    "marks among words": lambda n: draft(["“one two three four " * 1_000 * n]),
    "a mark a paragraph": lambda n: draft(["“one two three four"] * 1_000 * n),
    "single marks": lambda n: draft(["'one two three s' " * 500 * n]),
    "marks of all kinds": lambda n: draft(["“«‘one two three’ „four five» six " * 500 * n]),
    "omissions": lambda n: draft([f"“{'w1 w2 … ' * 500 * n}”"]),
    "brackets": lambda n: draft([f"“{'[w1] [w2 w3 ' * 500 * n}”"]),
}


@pytest.mark.parametrize("made", DRAFTS.values(), ids=DRAFTS)
def test_work_grows_with_the_draft_and_no_faster(made):
    once = calls(made(1), BIG)
    assert calls(made(2), BIG) < 2.6 * once + 2_000


def test_the_same_words_over_and_over_take_little_memory():
    document = draft([f"“{'the ' * 2_000}”"])
    tracemalloc.start()
    try:
        check_draft([document], SAME)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 60_000_000


def test_marks_that_never_close_are_told_for_their_paragraph_alone():
    checked = check_draft([draft(["“one two three four five six"] * 3)], BIG)
    assert all("does not close" in found.cautions[0] for found in checked.findings)
