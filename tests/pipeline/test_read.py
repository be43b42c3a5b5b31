"""Reading one file: every stage is held to its contract, and a breach costs one file."""

import dataclasses

import pytest

from docproc.errors import SourceError
from docproc.pipeline.reading.read import Reader, load, media_type
from docproc.pipeline.scan import FoundFile
from docproc.records import (
    Alignment,
    Block,
    BlockKind,
    Document,
    Edit,
    Passage,
    PassageKind,
    SourceFile,
    Span,
)

SOURCE = SourceFile("seeds/a.txt", "text/plain", 5, "0" * 64)


class Plain:
    """A parser: the bytes as UTF-8."""

    bid = 0.5

    def confidence(self, source, head):
        return self.bid

    def parse(self, source, data):
        yield Document(source, data.decode())


class Whole:
    """A segmenter: one passage a document."""

    def segment(self, document):
        span = Span(0, len(document.text))
        return [passage(document, span, document.text)]


def passage(document, span, text, sentences=()):
    return Passage(document.id, span, text, PassageKind.BODY, "whole", text, text, sentences)


def reader(parser=None, normalize=None, segment=None):
    def product(**methods):
        return type("Product", (), {name: staticmethod(f) for name, f in methods.items()})()

    return Reader(
        parsers=[("plain", parser or Plain())],
        normalizers=[("change", product(normalize=normalize))] if normalize else [],
        segmenter=("whole", product(segment=segment) if segment else Whole()),
    )


def test_a_source_becomes_documents_with_exact_passages():
    reading = reader().read(SOURCE, b"Hello")
    ((document, (found,)),) = reading.documents
    assert reading.parser == "plain"
    assert found.text == document.text == "Hello"


def test_the_surest_parser_reads_and_of_two_that_tie_the_first_named():
    sure, also = Plain(), Plain()
    sure.bid = also.bid = 0.9
    chosen = Reader(parsers=[("a", Plain()), ("b", sure), ("c", also)]).parse(SOURCE, b"x")
    assert chosen[0] == "b"


def test_a_file_that_no_parser_takes_is_named_with_its_media_type():
    nobody = Plain()
    nobody.bid = 0.0
    with pytest.raises(SourceError, match=r"no parser in use reads.*text/plain"):
        reader(nobody).read(SOURCE, b"x")


BREACHES = {
    "text": (lambda d: dataclasses.replace(d, text=d.text + "!"), "changed the reading text"),
    "overlap": (
        lambda d: dataclasses.replace(
            d,
            blocks=(
                Block(BlockKind.PARAGRAPH, Span(0, 3)),
                Block(BlockKind.NOTE, Span(2, 4)),
            ),
        ),
        "overlaps",
    ),
    "beyond": (
        lambda d: dataclasses.replace(d, blocks=(Block(BlockKind.NOTE, Span(0, 99)),)),
        "lies outside the text",
    ),
    "edit": (
        lambda d: dataclasses.replace(d, search=Alignment((Edit(Span(2, 99), ""),))),
        "the edit of the search text",
    ),
    "raise": (lambda d: 1 / 0, "failed: ZeroDivisionError: division by zero"),
}


@pytest.mark.parametrize("name", BREACHES)
def test_a_normalizer_that_breaks_its_contract_is_named_with_the_breach(name):
    change, said = BREACHES[name]
    with pytest.raises(SourceError) as caught:
        reader(normalize=change).read(SOURCE, b"Hello")
    assert "normalizer 'change'" in str(caught.value)
    assert said in str(caught.value)


SEGMENTS = {
    "not the text": lambda d: [passage(d, Span(0, 3), "hel")],
    "another document": lambda d: [
        dataclasses.replace(passage(d, Span(0, 3), "Hel"), document_id="x")
    ],
    "overlap": lambda d: [passage(d, Span(0, 3), "Hel"), passage(d, Span(2, 4), "ll")],
    "empty": lambda d: [passage(d, Span(0, 0), "")],
    "sentence outside": lambda d: [passage(d, Span(0, 3), "Hel", (Span(2, 4),))],
}


@pytest.mark.parametrize("name", SEGMENTS)
def test_a_segmenter_that_breaks_its_contract_is_named(name):
    with pytest.raises(SourceError, match="segmenter 'whole' broke its contract"):
        reader(segment=SEGMENTS[name]).read(SOURCE, b"Hello")


class Twins(Plain):
    def parse(self, source, data):
        yield Document(source, "a")
        yield Document(source, "b")


class Stranger(Plain):
    def parse(self, source, data):
        yield Document(dataclasses.replace(source, path="other"), "a")


class Nothing(Plain):
    def parse(self, source, data):
        return []


class Deep(Plain):
    def parse(self, source, data):
        return self.parse(source, data)


@pytest.mark.parametrize(
    ("parser", "said"),
    [
        (Twins(), "two documents the same member"),
        (Stranger(), "another source"),
        (Nothing(), "no document"),
        (Deep(), "nested too deeply"),
        (Plain(), "UnicodeDecodeError"),
    ],
)
def test_a_parser_that_breaks_its_contract_is_named(parser, said):
    with pytest.raises(SourceError, match="parser 'plain'") as caught:
        reader(parser).read(SOURCE, b"\xff")
    assert said in str(caught.value)


def test_a_file_that_changes_while_it_is_read_is_not_read(tmp_path):
    file = tmp_path / "a.txt"
    file.write_bytes(b"Hello, and more")
    with pytest.raises(SourceError, match="changed while it was being read"):
        load(FoundFile("seeds/a.txt", file, 5, 0))


def test_a_file_that_has_gone_is_reported_with_the_systems_words(tmp_path):
    with pytest.raises(SourceError, match="no such file"):
        load(FoundFile("seeds/a.txt", tmp_path / "gone", 5, 0))


def test_the_media_type_goes_by_the_suffix_alone():
    assert media_type("a/b.TXT") == "text/plain"
    assert media_type("a/b.unheard-of") == "application/octet-stream"


def test_a_document_is_hashed_as_often_for_many_passages_as_for_few(monkeypatch):
    """Its id is a hash over all of its text: one a passage would make the time a square."""
    hashed = 0
    identity = Document.id.fget

    def counted(document):
        nonlocal hashed
        hashed += 1
        return identity(document)

    def words(document):
        spans = [Span(at, at + 1) for at in range(0, len(document.text), 2)]
        own = identity(document)
        return [
            Passage(own, span, "x", PassageKind.BODY, f"word {n}", "x", "x", ())
            for n, span in enumerate(spans)
        ]

    monkeypatch.setattr(Document, "id", property(counted))
    times = []
    for count in (10, 40):
        hashed = 0
        reading = reader(segment=words).read(SOURCE, b"x " * count)
        assert len(reading.documents[0][1]) == count
        times.append(hashed)
    assert times[0] == times[1]
