"""Duplicates: the same words in two files are told, and so are nearly the same ones."""

import random
from types import SimpleNamespace

import numpy as np
import pytest

from docproc.pipeline.publishing import duplicates as module
from docproc.pipeline.publishing.duplicates import _SIGNATURE, _sign, duplicates

WORDS = [f"word{n}" for n in range(500)]


def text(seed, words=200):
    return random.Random(seed).choices(WORDS, k=words)


def changed(words, share, seed=0):
    chance = random.Random(seed)
    return ["other" if chance.random() < share else word for word in words]


def found(*texts):
    rows = [_sign(n.to_bytes(32), " ".join(words)) for n, words in enumerate(texts)]
    return duplicates(np.array(rows, _SIGNATURE))


def test_the_same_words_are_exact_however_they_are_set():
    one = text(1)
    report = found(one, text(2), ["\n", *[word.upper() for word in one]], text(3))
    assert report.exact == ((0, 2),)
    assert report.near == ()


def test_nearly_the_same_words_are_near_and_others_are_not():
    one = text(1)
    report = found(text(9), one, text(2), changed(one, 0.03), changed(one, 0.5))
    assert report.exact == ()
    ((alike, group),) = report.near
    assert group == (1, 3)
    assert 0.7 <= alike < 1


def test_of_exact_duplicates_one_stands_for_all_among_the_near_ones():
    one = text(1)
    report = found(one, one, changed(one, 0.03))
    assert report.exact == ((0, 1),)
    assert [group for _, group in report.near] == [(0, 2)]


def test_short_texts_are_no_duplicates():
    assert found(["Received."], ["Received."]) == module.Duplicates((), ())
    assert found() == module.Duplicates((), ())


@pytest.mark.parametrize("groups", [1, 300])
def test_many_are_found_without_comparing_all_with_all(groups):
    texts = [text(n, 40) for n in range(groups)]
    assert found(*texts, *texts).exact == tuple((n, n + groups) for n in range(groups))


def test_signatures_are_taken_from_the_generation_before(tmp_path, monkeypatch):
    rows = [SimpleNamespace(id=f"{n:064x}", source=f"seeds/{n}.txt", member="") for n in range(3)]
    texts = {row.id: " ".join(text(n // 2)) for n, row in enumerate(rows)}
    read = []

    def document(name):
        read.append(name)
        return SimpleNamespace(text=texts[name])

    catalog = SimpleNamespace(documents=lambda: rows, document=document)
    before, after = tmp_path / "a", tmp_path / "b"
    before.mkdir()
    after.mkdir()
    module.record_duplicates(
        SimpleNamespace(documents=lambda: rows[:2], document=document), before, None, lambda _: None
    )
    module.record_duplicates(catalog, after, before, lambda _: None)
    assert read == [row.id for row in rows]
    assert '"exact": [["seeds/0.txt", "seeds/1.txt"]]' in (after / "duplicates.json").read_text()
