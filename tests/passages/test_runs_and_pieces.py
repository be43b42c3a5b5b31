"""Passages: which blocks stand together, how long ones are cut, how each is located."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docproc.passages.pieces import cut_passages, word_count
from docproc.passages.runs import BlockRun, group_blocks
from docproc.records import (
    ArchivalReference,
    Block,
    BlockKind,
    Document,
    Mention,
    Metadata,
    Page,
    Passage,
    PassageKind,
    SourceFile,
    Span,
)
from docproc.stages.segment_structure import StructureSegmenter

LONG = "One sentence of nine words in all stands here. "


def document(*parts: tuple[BlockKind, str], **fields: object) -> Document:
    """A document of blocks with blank lines between them."""
    text = ""
    blocks = []
    for kind, words in parts:
        label = (
            words.split()[0].strip(".)") if kind in (BlockKind.NOTE, BlockKind.LIST_ITEM) else None
        )
        blocks.append(Block(kind, Span(len(text), len(text) + len(words)), label))
        text += words + "\n\n"
    source = SourceFile("x.txt", "text/plain", len(text), "0" * 64)
    return Document(source, text, blocks=tuple(blocks), **fields)  # type: ignore[arg-type]


def segment(found: Document, max_words: int = 150, min_words: int = 8) -> list[Passage]:
    return list(StructureSegmenter(max_words, min_words).segment(found))


H, D, S, P, L = (
    BlockKind.HEADING,
    BlockKind.DATELINE,
    BlockKind.SALUTATION,
    BlockKind.PARAGRAPH,
    BlockKind.LIST_ITEM,
)
LETTER = (
    (BlockKind.FURNITURE, "Home | Next"),
    (BlockKind.EDITION, "The Correspondence. Vol. 1"),
    (H, "River to Lake"),
    (D, "2 May 1921"),
    (S, "Dear Lake,"),
    (P, LONG * 2),
    (L, "1) " + LONG),
    (L, "2) " + LONG),
    (H, "A heading inside"),
    (P, LONG * 2),
    (BlockKind.SIGNATURE, "A. River"),
    (D, "2/V - 21."),
    (BlockKind.REFERENCE, "F. 1. Op. 2. D. 3."),
    (BlockKind.WITNESS, "Typewritten text. Signature - autograph."),
    (BlockKind.FURNITURE, "Notes:"),
    (BlockKind.NOTE, "1 " + LONG),
    (BlockKind.NOTE, "2 Tiny."),
)


def test_a_letter_is_cut_along_its_structure_and_located_for_a_reader():
    found = segment(document(*LETTER))
    assert [(p.kind.value, p.locator) for p in found] == [
        ("apparatus", "edition"),
        ("apparatus", "heading"),
        ("body", "paragraph 1"),
        ("body", "paragraph 2 (point 1)"),
        ("body", "paragraph 3 (point 2)"),
        ("body", "paragraph 4"),
        ("apparatus", "signature"),
        ("note", "note 1"),
        ("note", "note 2"),
    ]
    assert found[1].text == "River to Lake\n\n2 May 1921\n\nDear Lake,"
    assert found[5].text.startswith("A heading inside\n\nOne sentence")
    assert found[6].text.endswith("Signature - autograph.")
    assert [p.note for p in found[-2:]] == ["1", "2"]


def test_tiny_paragraphs_stay_with_their_neighbours():
    found = segment(document((P, "Tiny one."), (P, LONG), (P, "Tiny two."), (P, LONG * 2)))
    assert [p.locator for p in found] == ["paragraphs 1–3", "paragraph 4"]


def test_an_enclosures_head_does_not_stand_with_the_letters_signature():
    parts = (
        (P, LONG),
        (BlockKind.SIGNATURE, "A. River"),
        (H, "Enclosure"),
        (D, "1 May 1921"),
        (P, LONG),
    )
    assert [p.locator for p in segment(document(*parts))] == [
        "paragraph 1", "signature", "heading", "paragraph 2",
    ]  # fmt: skip


def test_a_long_paragraph_is_cut_between_sentences_into_like_pieces():
    found = segment(document((P, LONG * 30)), max_words=100)
    counts = [len(p.text.split()) for p in found]
    assert sum(counts) == 270
    assert max(counts) <= 100
    assert max(counts) - min(counts) <= 14
    assert all(p.text.endswith(".") for p in found)
    assert {p.locator for p in found} == {"paragraph 1"}


@pytest.mark.parametrize("words", ["word " * 500, "x" * 9000, "中" * 900, "a, b; c: " * 300])
def test_a_sentence_without_end_is_cut_all_the_same(words):
    found = segment(document((P, words.strip())), max_words=50)
    assert all(word_count(p.text) <= 75 for p in found)
    assert "".join("".join(p.text.split()) for p in found) == "".join(words.split())


def test_sentences_do_not_cross_blocks_and_a_reference_is_one():
    signature = segment(document(*LETTER))[6]
    text = document(*LETTER).text
    assert [s.of(text) for s in signature.sentences] == [
        "A. River", "2/V - 21.", "F. 1. Op. 2. D. 3.", "Typewritten text.",
        "Signature - autograph.",
    ]  # fmt: skip


def test_the_locator_names_the_page_where_the_format_has_pages():
    found = document((P, LONG), (P, LONG * 2))
    pages = (Page("12", Span(0, 20)), Page("13r", Span(20, 80)), Page("fol. 3", Span(80, 200)))
    found = Document(found.source, found.text, blocks=found.blocks, pages=pages)
    assert [p.locator for p in segment(found)] == [
        "pp. 12–13r, paragraph 1",
        "p. 13r to fol. 3, paragraph 2",
    ]


def test_a_note_is_placed_on_the_page_of_its_mark_wherever_it_is_printed():
    found = document((P, LONG), (BlockKind.NOTE, "1 A note."))
    note = found.blocks[1]
    marked = dataclasses.replace(note, label="1", anchor=Span(3, 4))
    pages = (Page("12", Span(0, 20)), Page("13", Span(20, len(found.text))))
    for block, locator in ((marked, "p. 12, note 1"), (note, "p. 13, note 1")):
        blocks = (found.blocks[0], block)
        placed = Document(found.source, found.text, blocks=blocks, pages=pages)
        assert [p.locator for p in segment(placed)][-1] == locator
        assert segment(placed)[0].locator == "pp. 12–13, paragraph 1"


def test_the_line_of_the_document_governs_all_but_the_note_that_cites_its_own():
    def reference(printed: str, fond: str) -> ArchivalReference:
        start = text.index(printed)
        return ArchivalReference(
            printed, "fond", (("fond", fond),), span=Span(start, start + len(printed))
        )

    parts = (*LETTER[:-1], (BlockKind.NOTE, "2 See F. 9. Op. 8. and F. 7."))
    text = document(*parts).text
    outside = ArchivalReference("F. 5", "fond", (("fond", "5"),))
    found = document(
        *parts,
        references=(
            outside, reference("F. 1. Op. 2. D. 3.", "1"), reference("F. 9. Op. 8.", "9"),
            reference("F. 7.", "7"),
        ),
    )  # fmt: skip
    fonds = [p.reference and p.reference.get("fond") for p in segment(found)]
    assert fonds == ["1"] * 8 + ["9"]


def test_without_a_source_line_the_reference_from_outside_governs():
    outside = ArchivalReference("F. 5", "fond", (("fond", "5"),))
    (passage,) = segment(document((P, LONG), references=(outside,)))
    assert passage.reference == outside


def test_the_context_says_what_the_passage_is_part_of_and_is_never_shown():
    metadata = Metadata(
        title=Mention("Despatch 5"), sender=Mention("River"), recipient=Mention("Lake")
    )
    found = segment(document(*LETTER, metadata=metadata))
    assert found[2].embed_text == f"Despatch 5, River to Lake\n{found[2].search_text}"
    assert found[7].embed_text.startswith("Note 1 to Despatch 5, River to Lake\n")
    assert found[2].context == "Despatch 5, River to Lake"
    assert "Despatch" not in found[2].text


KINDS = st.sampled_from(list(BlockKind))
WORDS = st.text(st.sampled_from("ab. \n1)中[]!"), min_size=1, max_size=60).filter(str.strip)


@settings(max_examples=200)
@given(
    st.lists(st.tuples(KINDS, WORDS.map(str.strip)), max_size=8),
    st.integers(1, 12),
    st.integers(0, 9),
)
def test_passages_hold_every_word_but_the_furnitures_once_in_order(parts, most, least):
    found = document(*parts)
    passages = segment(found, most, least)
    at = 0
    for passage in passages:
        assert at <= passage.span.start < passage.span.end
        assert passage.text == passage.span.of(found.text)
        at = inside = passage.span.start
        for sentence in passage.sentences:
            assert inside <= sentence.start < sentence.end <= passage.span.end
            inside = sentence.end
        at = passage.span.end
    kept = "".join("".join(p.text.split()) for p in passages)
    shown = [b.span.of(found.text) for b in found.blocks if b.kind is not BlockKind.FURNITURE]
    assert kept == "".join("".join(words.split()) for words in shown)
    assert len({p.id for p in passages}) == len(passages)


@given(st.text(max_size=200))
def test_a_text_without_blocks_is_cut_into_its_paragraphs(text):
    source = SourceFile("x.txt", "text/plain", 0, "0" * 64)
    passages = segment(Document(source, text))
    assert all(p.kind is PassageKind.BODY for p in passages)
    kept = "".join("".join(p.text.split()) for p in passages)
    letters = "".join(c for c in text if c.isalnum())
    assert letters == "".join(c for c in kept if c.isalnum())


def test_a_run_of_few_words_is_one_piece():
    text = "One. Two."
    run = BlockRun((Block(P, Span(0, 9)),), PassageKind.BODY, "body")
    assert cut_passages(text, run, 5) == [(Span(0, 9), (Span(0, 4), Span(5, 9)))]
    assert group_blocks("", [], 5) == []


def test_a_passage_that_begins_with_an_empty_cell_keeps_it():
    text = "\tguns\t12\n\t\tnone"
    source = SourceFile("x.txt", "text/plain", len(text), "0" * 64)
    blocks = (Block(P, Span(0, 8)), Block(P, Span(9, len(text))))
    (passage,) = segment(Document(source, text, blocks=blocks))
    assert passage.text == text
