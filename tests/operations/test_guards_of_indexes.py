"""What a plugin's text index, query encoder or embedder raises or gives is its own, by name."""

import os
from types import SimpleNamespace

import numpy as np
import pytest

from docproc.errors import PluginError, StoreError
from docproc.hooks import Registration, TextHits
from docproc.hooks.specs import EMBED, ENCODE_QUERY, TEXT_INDEX
from docproc.plugins.guards.guarded_stages import guard_embedder, guard_indexer, guard_opener
from docproc.plugins.loading.origins import PluginOrigin
from docproc.plugins.registry import Offer

ORIGIN = PluginOrigin("drop-in", "plugins/mine.py", "1")
RAISED = (
    SystemExit(0), KeyboardInterrupt(), GeneratorExit(), BaseException("odd"), ValueError("odd"),
    ModuleNotFoundError("No module named 'gone'", name="gone"),
)  # fmt: skip


def offer(stage):
    return Offer(stage, Registration("mine", lambda _: None), ORIGIN)


def hits(scores, rows):
    return TextHits(np.array(scores, np.float32), np.array(rows, np.int64))


class Index:
    rows = 3
    languages = (None,)

    def __init__(self, search=None, frequency=None):
        self.do, self.frequency = search, frequency

    def search(self, question, k, allowed):
        return self.do() if self.do else hits([2, 1], [0, 2])

    def document_frequency(self, term):
        return self.frequency() if self.frequency else 1


class Indexer:
    def __init__(self, build=None, opened=None, **index):
        self.do, self.opened, self.index = build, opened, index

    def build(self, entries, folder):
        return self.do() if self.do else {}

    def open(self, folder):
        return self.opened() if self.opened else Index(**self.index)


def opened(tmp_path, **faults):
    return guard_indexer(offer(TEXT_INDEX), Indexer(**faults)).open(tmp_path)


def fails(error):
    def fail():
        raise error

    return fail


def test_a_right_text_index_is_let_be(tmp_path):
    index = opened(tmp_path)
    assert index.search("mill", 2, None).rows.tolist() == [0, 2]
    assert index.document_frequency("mill") == 1
    assert (index.rows, list(index.languages)) == (3, [None])


@pytest.mark.parametrize("error", RAISED, ids=repr)
@pytest.mark.parametrize("step", ["build", "open", "search", "document_frequency"])
def test_whatever_a_text_index_raises_is_its_own(tmp_path, step, error):
    fail = fails(error)
    steps = {
        "build": lambda: guard_indexer(offer(TEXT_INDEX), Indexer(build=fail)).build([], tmp_path),
        "open": lambda: opened(tmp_path, opened=fail),
        "search": lambda: opened(tmp_path, search=fail).search("mill", 2, None),
        "document_frequency": lambda: opened(tmp_path, frequency=fail).document_frequency("mill"),
    }
    with pytest.raises(PluginError) as caught:
        steps[step]()
    said = str(caught.value)
    assert said.startswith("drop-in plugins/mine.py: the text index plugin 'mine' failed in ")
    assert f"{step}: {type(error).__name__}" in said
    assert ("'gone' is not installed" in said) is isinstance(error, ModuleNotFoundError)


def test_a_damaged_text_index_stays_a_store_error(tmp_path):
    with pytest.raises(StoreError, match="nothing there"):
        opened(tmp_path, opened=fails(StoreError("nothing there")))


GIVEN = {
    "None": (None, "search gave None"),
    "a list": ([1, 2], "search gave list"),
    "a tuple": ((np.ones(1, np.float32), np.zeros(1, np.int64)), "search gave tuple"),
    "more than asked for": (hits([3, 2, 1], [0, 1, 2]), "3 rows where 2 were asked for"),
    "a row that is not there": (hits([2], [3]), "the row 3, and there are 3"),
    "a row below": (hits([2], [-1]), "the row -1"),
    "a row not allowed": (hits([2], [2]), "not among those allowed"),
    "rising scores": (hits([1, 2], [0, 1]), "do not fall"),
    "no numbers": (hits([np.nan], [0]), "not numbers"),
    "one score too many": (TextHits(np.ones(2, np.float32), np.zeros(1, np.int64)), "of shape"),
    "rows that are no numbers": (
        TextHits(np.ones(1, np.float32), np.array([0.0])),
        "rows of float64",
    ),
}


@pytest.mark.parametrize("fault", GIVEN)
def test_what_a_text_index_finds_is_held_to_its_contract(tmp_path, fault):
    given, said = GIVEN[fault]
    index = opened(tmp_path, search=lambda: given)
    with pytest.raises(PluginError, match=f"'mine' broke its contract: .*{said}"):
        index.search("mill", 2, np.array([0, 1]))


@pytest.mark.parametrize("given", [None, -1, 1.5, "two"])
def test_a_count_of_texts_is_a_number(tmp_path, given):
    index = opened(tmp_path, frequency=lambda: given)
    with pytest.raises(PluginError, match="document_frequency gave"):
        index.document_frequency("mill")


@pytest.mark.parametrize("given", [None, [], "facts", ("a",)])
def test_the_facts_of_a_text_index_are_a_dict(tmp_path, given):
    indexer = guard_indexer(offer(TEXT_INDEX), Indexer(build=lambda: given))
    with pytest.raises(PluginError, match=r"build gave .*, not a dict of facts"):
        indexer.build([], tmp_path)


@pytest.mark.parametrize("given", [None, 7, "index"])
def test_what_is_opened_is_an_index(tmp_path, given):
    with pytest.raises(PluginError, match="which has no search"):
        opened(tmp_path, opened=lambda: given)


def encoder(encode, dimension=4):
    opener = SimpleNamespace(open=lambda _: SimpleNamespace(encode_query=encode))
    return guard_opener(offer(ENCODE_QUERY), opener, dimension).open(os.curdir)


UNIT = np.array([1, 0, 0, 0], np.float32)
VECTORS = {
    "None": (None, "it gave None"),
    "a list": ([1.0, 0, 0, 0], "it gave list"),
    "a row of rows": (UNIT[np.newaxis], "of shape"),
    "another dimension": (UNIT[:3], "of shape"),
    "too precise": (UNIT.astype(np.float64), "float64, not float32"),
    "too long": (UNIT * np.float32(2), "norm is 2, not 1"),
    "nothing": (UNIT * np.float32(0), "norm is 0, not 1"),
    "no numbers": (UNIT * np.float32("nan"), "not numbers"),
}


@pytest.mark.parametrize("fault", VECTORS)
def test_what_a_query_encoder_gives_is_held_to_its_contract(fault):
    given, said = VECTORS[fault]
    with pytest.raises(PluginError, match=f"the encode query plugin 'mine' .*{said}"):
        encoder(lambda _: given).encode_query("Who?")


@pytest.mark.parametrize("error", RAISED, ids=repr)
def test_whatever_a_query_encoder_raises_is_its_own(error):
    def fail(_):
        raise error

    with pytest.raises(PluginError, match=f"'mine' failed in encode_query: {type(error).__name__}"):
        encoder(fail).encode_query("Who?")
    opener = SimpleNamespace(open=fail)
    with pytest.raises(PluginError, match=f"'mine' failed in open: {type(error).__name__}"):
        guard_opener(offer(ENCODE_QUERY), opener, 4).open(os.curdir)
    with pytest.raises(PluginError, match="which has no encode_query"):
        guard_opener(offer(ENCODE_QUERY), SimpleNamespace(open=lambda _: 7), 4).open(os.curdir)


@pytest.mark.parametrize("error", RAISED, ids=repr)
def test_whatever_an_embedder_raises_is_its_own(error):
    def fail(_):
        raise error

    made = SimpleNamespace(dimension=4, fingerprint="f", encode_passages=fail, encode_query=fail)
    guarded = guard_embedder(offer(EMBED), made)
    for step in ("encode_passages", "encode_query"):
        with pytest.raises(PluginError, match=f"failed in {step}: {type(error).__name__}"):
            getattr(guarded, step)(["a"])
