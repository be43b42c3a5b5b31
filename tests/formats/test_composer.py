"""The reading text as it grows: blocks stand where written, marks and notes find each other."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from docproc.formats.composer import Composer
from docproc.records import BlockKind, SourceFile

SOURCE = SourceFile("a", "x/y", 1, "0" * 64)


def test_marks_and_notes_are_shown_tied_and_not_searched():
    composer = Composer()
    composer.begin(BlockKind.HEADING, level=1)
    composer.write("Minutes")
    composer.begin()
    composer.write("The harvest failed")
    composer.mark("n", "1")
    composer.write(".")
    composer.note("n", "1")
    composer.write("  In two districts.")
    document = composer.document(SOURCE)
    assert document.text == "Minutes\n\nThe harvest failed[1].\n\n[1] In two districts."
    heading, note = document.blocks
    assert (heading.kind, heading.span.of(document.text)) == (BlockKind.HEADING, "Minutes")
    assert note.anchor is not None
    assert note.anchor.of(document.text) == "[1]"
    assert note.anchor.end < note.span.start
    searched = document.search.apply(document.text)
    assert searched == "Minutes\n\nThe harvest failed.\n\n In two districts."


def test_a_note_without_words_leaves_none_and_moves_no_anchor():
    composer = Composer()
    composer.write("One")
    composer.mark("a", "1")
    composer.mark("b", "2")
    composer.note("a", "1", numbered=False)
    composer.note("b", "2", numbered=False)
    composer.write("Second.")
    document = composer.document(SOURCE)
    (note,) = document.blocks
    assert (note.label, note.anchor.of(document.text)) == ("2", "[2]")


def test_pages_cover_what_was_written_on_them():
    composer = Composer()
    for label, words in (("iv", "First"), ("1", "Second")):
        composer.begin()
        composer.page(label, 1)
        composer.write(words)
    document = composer.document(SOURCE)
    assert [(p.label, p.span.of(document.text).strip()) for p in document.pages] == [
        ("iv", "First"),
        ("1", "Second"),
    ]


STEPS = st.lists(
    st.tuples(st.sampled_from(["begin", "item", "note", "mark", "page"]), st.text(max_size=9)),
    max_size=12,
)


@given(STEPS)
def test_whatever_is_written_blocks_are_apart_and_every_word_is_there(steps):
    composer = Composer()
    for number, (step, words) in enumerate(steps):
        if step == "begin":
            composer.begin()
        elif step == "item":
            composer.begin(BlockKind.LIST_ITEM)
        elif step == "note":
            composer.note(number - 1, "n")
        elif step == "mark":
            composer.mark(number, "m")
        else:
            composer.page("p")
        composer.write(words)
    document = composer.document(SOURCE)
    at = 0
    for block in document.blocks:
        assert at <= block.span.start < block.span.end <= len(document.text)
        at = block.span.end
    written = "".join(words for _, words in steps)
    assert [c for c in written if not c.isspace()] == [
        c for c in document.text.replace("[n]", "").replace("[m]", "") if not c.isspace()
    ] or "[" in written
