"""Whatever a parser, a normalizer or a segmenter does is its own failure, by name, of that file."""

import signal
from dataclasses import replace

import pytest

from docproc.errors import SourceError, interrupts
from docproc.pipeline.reading.read import Reader
from docproc.records import (
    Alignment,
    ArchivalReference,
    Block,
    BlockKind,
    Child,
    Document,
    Mention,
    Metadata,
    Page,
    Passage,
    PassageKind,
    SourceFile,
    Span,
    StatedDate,
    Unread,
    Witness,
)

DATA = b"The boats of Herr Weiss lie at Riga; stop there."
SOURCE = SourceFile("seeds/b.x", "text/plain", len(DATA), "0" * 64)
TEXT = DATA.decode()


class Parser:
    isolated = False

    def __init__(self, do=None):
        self.do = do

    def confidence(self, source, head):
        return 1.0

    def parse(self, source, data):
        document = Document(source, data.decode())
        return [document] if self.do is None else self.do(document)


class Normalizer:
    def __init__(self, do):
        self.do = do

    def normalize(self, document):
        return self.do(document)


class Segmenter:
    def __init__(self, do=None):
        self.do = do

    def segment(self, document):
        passage = Passage(
            document.id, Span(0, len(TEXT)), TEXT, PassageKind.BODY, "all", TEXT, TEXT
        )
        return [passage] if self.do is None else self.do(passage)


def read(parse=None, normalize=None, segment=None):
    normalizers = [("tidy", Normalizer(normalize))] if normalize else []
    reader = Reader([("boats", Parser(parse))], normalizers, ("cutter", Segmenter(segment)))
    return reader.read(SOURCE, DATA)


def failure(**steps):
    with pytest.raises(SourceError) as caught:
        read(**steps)
    return str(caught.value)


STEPS = {
    "parse": "parser 'boats'",
    "normalize": "normalizer 'tidy'",
    "segment": "segmenter 'cutter'",
}
RAISED = (
    SystemExit(0), KeyboardInterrupt(), GeneratorExit(), BaseException("odd"), ValueError("odd"),
    StopIteration(), ZeroDivisionError(),
    ModuleNotFoundError("No module named 'gone'", name="gone"),
)  # fmt: skip


@pytest.mark.parametrize("error", RAISED, ids=repr)
@pytest.mark.parametrize("step", STEPS)
def test_whatever_a_stage_raises_is_its_own(step, error):
    def fail(_):
        raise error

    said = failure(**{step: fail})
    assert said.startswith(f"the {STEPS[step]} failed: {type(error).__name__}")


def test_a_parser_that_raises_while_it_yields_is_named():
    def fail(document):
        yield document
        raise KeyboardInterrupt

    assert failure(parse=fail).startswith("the parser 'boats' failed: KeyboardInterrupt")


def known(**fields):
    return lambda document: [replace(document, metadata=Metadata(**fields))]


def other(**fields):
    return lambda document: [replace(document, **fields)]


PARSED = {
    "nothing": (lambda _: None, "not iterable"),
    "None in it": (lambda _: [None], "it is no Document but None"),
    "text in it": (lambda _: ["text"], "it is no Document but str"),
    "no text": (other(text=None), "text: expected `str`, got `None`"),
    "bytes": (other(text=DATA), "text: expected `str`, got `bytes`"),
    "half a character": (other(text=TEXT + chr(0xD83D)), "half a character"),
    "member": (other(member=3), "member: expected `str`, got `int`"),
    "kind": (known(kind=42), "metadata.kind: expected `str | null`, got `int`"),
    "dates": (known(dates=("1920",)), "metadata.dates[0]: expected `object`, got `str`"),
    "sender": (known(sender="Weiss"), "metadata.sender: expected `object | null`, got `str`"),
    "metadata": (other(metadata=None), "metadata: expected `object`, got `None`"),
    "blocks": (other(blocks=None), "blocks: expected `array`, got `None`"),
    "a block": (other(blocks=(1,)), "blocks[0]: expected `object`, got `int`"),
    "kind of block": (other(blocks=(Block("note", Span(0, 4)),)), "which is no BlockKind"),
    "span": (other(blocks=(Block(BlockKind.NOTE, (0, 4)),)), "blocks[0].span: expected `object`"),
    "references": (other(references=("x",)), "references[0]: expected `object`, got `str`"),
    "label": (other(pages=(Page(8, Span(0, 4)),)), "pages[0].label: expected `str`, got `int`"),
    "persons": (other(persons=(1,)), "persons[0]: expected `object`, got `int`"),
    "edits": (other(search=None), "search: expected `object`, got `None`"),
    "a page outside": (other(pages=(Page("8", Span(0, 4000)),)), "page 8 at 0..4000 lies outside"),
    "a reference": (
        other(references=(ArchivalReference("Riga", "x", (("a", "b"),), span=Span(0, 4)),)),
        "the reference 'Riga' is not what stands at 0..4: 'The '",
    ),
    "a misplaced name": (
        known(sender=Mention("Weiss", Span(19, 24))),
        "the sender 'Weiss' is not what stands at 19..24: 'eiss '",
    ),
    "a misplaced date": (
        known(dates=(StatedDate("1920", "1920", "heading", Span(0, 4)),)),
        "the date '1920' is not what stands at 0..4: 'The '",
    ),
    "a misplaced witness": (other(witness=Witness("Typed.", span=Span(0, 4))), "the witness"),
    "another source": (other(source=replace(SOURCE, path="seeds/c")), "gave a document another"),
    "no source": (other(source=None), "source: expected `object`, got `None`"),
    "text within": (lambda _: [Child("a.txt", "text")], "Child.data is str, not bytes"),
    "a nameless file": (lambda _: [Child(None, b"text")], "Child.name is NoneType, not str"),
    "a part": (lambda _: [Unread(3, "cause")], "Unread.where is int, not str"),
}  # fmt: skip


@pytest.mark.parametrize("fault", PARSED)
def test_what_a_parser_gives_is_held_to_its_contract(fault):
    given, said = PARSED[fault]
    found = failure(parse=given)
    assert "the parser 'boats' " in found
    assert said in found


def test_the_next_stage_is_not_blamed_for_what_a_parser_gave():
    def sees_dates(document):
        return replace(document, member=document.metadata.dates[0].edtf)

    found = failure(parse=known(dates=("1920",)), normalize=sees_dates)
    assert found.startswith("the parser 'boats' broke its contract: metadata.dates[0]")


def changed(**fields):
    return lambda document: replace(document, **fields)


NORMALIZED = {
    "nothing": (lambda _: None, "it is no Document but None"),
    "a list": (lambda document: [document], "it is no Document but list"),
    "kind": (changed(metadata=Metadata(kind=42)), "metadata.kind: expected `str | null`"),
    "no text": (changed(text=None), "text: expected `str`, got `None`"),
    "another text": (changed(text="Boats."), "changed the reading text"),
    "another member": (changed(member="2"), "changed the member"),
    "blocks": (changed(blocks=(3,)), "blocks[0]: expected `object`, got `int`"),
    "edits": (changed(search=Alignment((3,))), "search.edits[0]: expected `object`, got `int`"),
    "a name": (changed(metadata=Metadata(title=Mention("x", Span(0, 4)))), "the title 'x' is not"),
}


@pytest.mark.parametrize("fault", NORMALIZED)
def test_what_a_normalizer_gives_is_held_to_its_contract(fault):
    given, said = NORMALIZED[fault]
    found = failure(normalize=given)
    assert "the normalizer 'tidy' " in found
    assert said in found


def cut(**fields):
    return lambda passage: [replace(passage, **fields)]


CUT = {
    "nothing": (lambda _: None, "not iterable"),
    "letters": (lambda _: "x", "its passage 1: it is no Passage but str"),
    "None": (lambda _: [None], "its passage 1: it is no Passage but None"),
    "locator": (cut(locator=3), "its passage 1: locator: expected `str`, got `int`"),
    "kind": (cut(kind="odd"), "kind: invalid enum value 'odd'"),
    "span": (cut(span=None), "span: expected `object`, got `None`"),
    "sentences": (cut(sentences=(3,)), "sentences[0]: expected `object`, got `int`"),
    "words": (cut(text="The boats"), "is not exactly its document's text"),
    "none at all": (lambda _: [], "made no passage of it"),
}


@pytest.mark.parametrize("fault", CUT)
def test_what_a_segmenter_gives_is_held_to_its_contract(fault):
    given, said = CUT[fault]
    found = failure(segment=given)
    assert "the segmenter 'cutter' " in found
    assert said in found


def test_words_up_to_white_space_are_the_same():
    text = "Herr\n  Weiss"
    given = Document(SOURCE, text, metadata=Metadata(sender=Mention("Herr Weiss", Span(0, 12))))
    reading = Reader([("boats", Parser(lambda _: [given]))]).read(SOURCE, DATA)
    assert reading.documents[0][0] is given


def test_docprocs_own_parsers_are_held_to_their_words_by_its_tests_alone():
    parser = Parser(known(sender=Mention("Weiss", Span(19, 24))))
    reader = Reader([("boats", parser)], own=frozenset(["boats"]))
    assert reader.parse(SOURCE, DATA)[1][0].metadata.sender.text == "Weiss"


@pytest.fixture
def listening():
    """Ctrl-C raises, also where the tests run in a background that ignores it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def pressed():
    signal.raise_signal(signal.SIGINT)
    for _ in range(10**9):
        pass


def passed_on():
    try:
        pressed()
    except KeyboardInterrupt as error:
        raise error


def raised_once_more():
    try:
        pressed()
    except KeyboardInterrupt:
        raise KeyboardInterrupt("tidied up") from None


@pytest.mark.usefixtures("listening")
@pytest.mark.parametrize("press", [pressed, passed_on, raised_once_more])
def test_what_ctrl_c_raises_is_no_plugins(press):
    with pytest.raises(KeyboardInterrupt) as caught:
        press()
    assert interrupts(caught.value)
