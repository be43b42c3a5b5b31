"""Whatever one source does, it is the failure of that source, and the others are indexed."""

import json
import signal

import pytest
import word_bag as bag

from docproc.errors import SourceError
from docproc.pipeline.reading.parse import guard
from docproc.plugins.loading.trust import trust
from docproc.store.catalog import Catalog

pytestmark = pytest.mark.slow

TROUBLE = """
import dataclasses, sys

from docproc.hooks import Registration, hookimpl
from docproc.records import Document, Metadata, Page, Span


class Troublesome:
    isolated = {isolated}

    def confidence(self, source, head):
        if source.suffix != ".odd":
            return 0.0
        if b"unsure" in head:
            raise OSError("no such luck")
        if b"nothing" in head:
            return None
        if b"unsaid" in head:
            sys.exit(3)
        return 1.0

    def parse(self, source, data):
        word = data.decode().strip()
        if word == "exits":
            sys.exit(3)
        if word == "panics":
            raise BaseException("as a library of Rust does")
        if word == "leaves":
            raise GeneratorExit
        if word == "interrupts":
            raise KeyboardInterrupt
        text = "The mill by the weir burned down." + (chr(0xD83D) if word == "half a text" else "")
        document = Document(source, text)
        if word == "half a title":
            document = dataclasses.replace(document, metadata=Metadata(kind=chr(0xDE00)))
        if word == "half a label":
            document = dataclasses.replace(document, pages=(Page(chr(0xD83D), Span(0, 3)),))
        if word == "no text":
            document = dataclasses.replace(document, text=b"bytes")
        if word == "half a member":
            document = dataclasses.replace(document, member=chr(0xD83D))
        if word == "twins":
            yield document
        yield document


@hookimpl
def docproc_parsers():
    return [Registration("odd", lambda settings: Troublesome(), summary="trouble")]
"""
KINDS = (
    *("unsure", "nothing", "unsaid", "exits", "panics", "leaves", "half a text", "half a title"),
    *("half a label", "no text", "half a member", "twins"),
)


@pytest.fixture
def root(tmp_path):
    return bag.make_workspace(tmp_path / "workspace")


def failing(root):
    with Catalog(bag.current(root).catalog) as catalog:
        return {path: failure.cause for path, failure in catalog.readings.failures().items()}


@pytest.mark.parametrize("isolated", [False, True], ids=["in this process", "in a worker"])
def test_a_source_that_makes_its_parser_fail_in_any_way_is_a_failure_of_its_own(root, isolated):
    (root / "plugins" / "odd.py").write_text(TROUBLE.format(isolated=isolated), "utf-8")
    config = root / "config.toml"
    config.write_text(
        config.read_text().replace("[pipeline]", '[pipeline]\nparsers = ["...", "odd"]')
    )
    trust(root, own=True)
    kinds = (*KINDS, *(["interrupts"] if isolated else []))  # here it may be a person's Ctrl-C
    for number, kind in enumerate(kinds):
        (root / "seeds" / f"{number}.odd").write_text(kind)
    report = bag.index(root)
    assert report.outcome == "published"
    assert report.counts.documents == len(bag.LETTERS)
    causes = failing(root)
    assert set(causes) == {f"seeds/{number}.odd" for number in range(len(kinds))}
    assert all(cause.strip() for cause in causes.values())
    for word in ("exits", "leaves", "interrupts"):
        assert word not in kinds or "'odd'" in causes[f"seeds/{kinds.index(word)}.odd"]
    assert bag.ask(root, "Who needs rifles at the frontier?").citations
    assert bag.index(root).outcome == "nothing to do"


@pytest.mark.parametrize("key", ["title", "date", "author", "language", "reference", "zzz", "kind"])
def test_a_character_written_in_two_halves_in_front_matter_is_that_character(root, key):
    page = root / "seeds" / "party.md"
    page.write_text(f"---\n{key}: {json.dumps(chr(0x1F600) + ' party')}\n---\n\nThe mill burned.\n")
    assert "\\ud83d" in page.read_text()
    assert bag.index(root).counts.documents == len(bag.LETTERS) + 1
    assert failing(root) == {}


@pytest.mark.parametrize("fence", ["---\n{}: {}\n---\n"])
@pytest.mark.parametrize("place", ["key", "value", "inside"])
def test_half_a_character_in_front_matter_stops_nothing(root, fence, place):
    half = '"half \\ud83d of one"'
    pair = {"key": (half, "a"), "value": ("title", half), "inside": ("a", f"{{b: [{half}]}}")}[
        place
    ]
    (root / "seeds" / "half.md").write_text(fence.format(*pair) + "\nThe mill burned.\n")
    assert bag.index(root).counts.documents >= len(bag.LETTERS)


NOTHING = """
from docproc.hooks import Registration, hookimpl


class Nothing:
    def segment(self, document):
        return []


@hookimpl
def docproc_segmenters():
    return [Registration("nothing", lambda _: Nothing())]
"""


def test_a_document_with_words_and_no_passage_is_a_failure_that_names_the_segmenter(root):
    bag.index(root)
    (root / "plugins" / "nothing.py").write_text(NOTHING, "utf-8")
    config = root / "config.toml"
    config.write_text(config.read_text().replace("[pipeline]", '[pipeline]\nsegmenter = "nothing"'))
    trust(root, own=True)
    assert bag.index(root).counts.passages > 0  # what was published stands
    causes = failing(root)
    assert len(causes) == len(bag.LETTERS)
    assert all("the segmenter 'nothing' made no passage" in cause for cause in causes.values())


def test_a_signal_to_stop_is_no_fault_of_the_source_even_where_ctrl_c_is_ignored():

    class ToldToStop(KeyboardInterrupt):
        pass

    def stop():
        raise ToldToStop

    def press():
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with pytest.raises(ToldToStop):
            guard("parser 'p'", stop)
        with pytest.raises(SourceError, match="parser 'p' failed: KeyboardInterrupt"):
            guard("parser 'p'", press)
    finally:
        signal.signal(signal.SIGINT, before)
