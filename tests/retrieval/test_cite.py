"""Verification: what a citation's mark rests on, in every state of the source."""

import hashlib

import pytest

from docproc.errors import SourceError
from docproc.records import (
    Anchored,
    Block,
    BlockKind,
    Document,
    NoteHand,
    Passage,
    PassageKind,
    SourceFile,
    Span,
)
from docproc.verification.cite import Verifier, cite

TEXT = "The harvest failed. Bread was sent."
QUOTE = Span(0, 19)


def parse(source, data):
    if data.startswith(b"\x00"):
        raise SourceError("binary")
    return [Document(source, data.decode())]


@pytest.fixture
def source(tmp_path):
    data = TEXT.encode()
    (tmp_path / "a.txt").write_bytes(data)
    return SourceFile("a.txt", "text/plain", len(data), hashlib.sha256(data).hexdigest())


def check(root, source, reparse=parse, quote="The harvest failed."):
    return Verifier(root, reparse).check(Document(source, TEXT), QUOTE, quote)


def test_the_same_bytes_and_the_same_words_are_verbatim(tmp_path, source):
    assert check(tmp_path, source) == (True, "verbatim")


STATES = {
    "changed elsewhere": (TEXT + " More.", "the quote still stands at its place"),
    "moved": ("Moscow. " + TEXT, "the quote has moved in it"),
    "altered": (TEXT.replace("failed", "succeeded"), "the quote no longer stands in it"),
    "broken": ("\x00\x00", "cannot be parsed again: binary"),
}


@pytest.mark.parametrize("state", STATES)
def test_a_changed_source_is_never_verified_and_it_is_said_how(tmp_path, source, state):
    text, said = STATES[state]
    (tmp_path / "a.txt").write_text(text, "utf-8")
    verified, words = check(tmp_path, source)
    assert not verified
    assert words.startswith("source changed since indexing")
    assert said in words


def test_a_source_that_is_gone_is_not_verified(tmp_path, source):
    (tmp_path / "a.txt").unlink()
    assert check(tmp_path, source) == (False, "source gone since indexing")


def test_a_parser_that_reads_the_same_bytes_otherwise_is_found_out(tmp_path, source):
    def other(source, data):
        return [Document(source, data.decode().upper())]

    verified, words = check(tmp_path, source, other)
    assert not verified
    assert "its parser has changed" in words


def test_a_quote_that_was_tampered_with_is_not_verified(tmp_path, source):
    assert not check(tmp_path, source, quote="The harvest was good")[0]


def test_a_source_is_read_once_for_an_answer(tmp_path, source):
    calls = []

    def counting(source, data):
        calls.append(source.path)
        return parse(source, data)

    verifier = Verifier(tmp_path, counting)
    for _ in range(3):
        verifier.check(Document(source, TEXT), QUOTE, QUOTE.of(TEXT))
    assert calls == ["a.txt"]


def test_a_note_brings_the_sentence_that_it_belongs_to_and_both_are_checked(tmp_path):
    text = "Bread was sent. It rotted [1] in May.\n1 So in the text. — Ed."
    data = text.encode()
    (tmp_path / "a.txt").write_bytes(data)
    source = SourceFile("a.txt", "text/plain", len(data), hashlib.sha256(data).hexdigest())
    at, mark = Span(text.index("1 So"), len(text)), Span(26, 29)
    blocks = (
        Block(BlockKind.PARAGRAPH, Span(0, text.index("\n"))),
        Block(BlockKind.NOTE, at, "1", mark, hand=NoteHand.EDITOR),
    )
    document = Document(source, text, blocks=blocks)
    passage = Passage(document.id, at, at.of(text), PassageKind.NOTE, "note 1", "", "", note="1")

    def cited(reparse):
        verifier = Verifier(tmp_path, reparse)
        return cite(1, passage, document, score=1, highlights=(), why=(), verifier=verifier)

    found = cited(parse)
    assert found.anchored == Anchored("It rotted [1] in May.", Span(16, 37))
    assert (found.verified, found.hand) == (True, NoteHand.EDITOR)
    # the note still stands, and what it belongs to does not
    other = cited(lambda source, data: [Document(source, text.replace("rotted", "ripped"))])
    assert not other.verified
