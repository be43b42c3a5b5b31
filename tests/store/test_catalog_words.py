"""The words of passages, noted as numbers: all of them, through every change, and no others."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from store_samples import letter as any_letter
from store_samples import put

from docproc.errors import StoreError
from docproc.passages.about import about
from docproc.records import PassageKind
from docproc.store.catalog import Catalog
from docproc.store.catalog.parts import word_reader
from docproc.store.catalog.tables import schema
from docproc.store.catalog.tables.numbered_texts import pack, unpack
from docproc.store.catalog.views.without_hidden import RemainingCatalog
from docproc.store.catalog.writing import word_writer
from docproc.store.catalog.writing.writer import CatalogWriter
from docproc.store.hidden import Hidden
from docproc.text.run_marks import weigh_marks
from docproc.text.terms import runs


def letter(*given, **named):
    document, passages = any_letter(*given, **named)
    return document, [replace(passage, language="en") for passage in passages]


@pytest.fixture
def of_few(monkeypatch):
    monkeypatch.setattr(word_writer, "FROM", 1)


def write(path, *pairs, parent=None, removed=()):
    with CatalogWriter(path, parent) as writer:
        put(writer, *pairs)
        for source in removed:
            writer.remove_source(source)
        writer.finish()
    return path


def spelled(words, texts):
    every = words.spell(texts.numbers)
    ends = np.cumsum(texts.counts).tolist()
    return [every[end - count : end] for end, count in zip(ends, texts.counts, strict=True)]


def check_words(path):
    """The words noted are those of the texts."""
    with Catalog(path) as catalog:
        rows = np.arange(catalog.counts.passages)
        passages, lines = catalog.passages(rows), list(catalog.documents())
        texts, untold = catalog.words.read(rows, np.arange(len(lines)))
        assert [sorted(each) for each in spelled(catalog.words, texts)] == [
            *(sorted(set(runs(passage.search_text))) for passage in passages),
            *([] for _ in passages),  # of what is said before each, all is said of its document
            *(sorted(set(runs(about(line)))) for line in lines),
        ]
        languages = [passage.language for passage in passages]
        assert texts.languages == [*languages, *languages, *(line.language for line in lines)]
        assert untold == []
        assert catalog.words.apparatus(rows).tolist() == [
            passage.kind is PassageKind.APPARATUS for passage in passages
        ]
        own = catalog.words.own(rows[::-1])
        assert spelled(catalog.words, own) == spelled(catalog.words, texts)[: len(rows)][::-1]
        return catalog.words.total


@given(st.lists(st.sets(st.integers(0, 1 << 40)), max_size=6))
def test_numbers_are_found_again(texts):
    found = unpack([pack(each) for each in texts], [None] * len(texts))
    numbers, ends = found.numbers.tolist(), np.cumsum(found.counts).tolist()
    assert [set(numbers[end - len(each) : end]) for end, each in zip(ends, texts, strict=True)] == (
        texts
    )
    assert found.owners.tolist() == [n for n, each in enumerate(texts) for _ in each]


def test_numbers_that_are_cut_short_are_refused():
    with pytest.raises(ValueError, match="cut short"):
        unpack([pack([1, 500])[:-1], pack([3])], [None, None])


@pytest.mark.usefixtures("of_few")
def test_words_follow_every_change_and_keep_their_numbers(tmp_path):
    one = write(
        tmp_path / "1", letter("a", ("Rye, rye and oats.", "x" * 40)), letter("b", ("Тис",))
    )
    total = check_words(one)
    two = write(tmp_path / "2", letter("a", ("Rye, at last.",)), letter("c"), parent=one)
    assert check_words(two) > total
    three = write(tmp_path / "3", parent=two, removed=("b", "c"))
    assert check_words(three) >= total
    with Catalog(one) as old, Catalog(three) as new:
        rye = [catalog.words.own(np.arange(1)).numbers.tolist() for catalog in (old, new)]
        assert set(rye[0]) & set(rye[1])
        left = new._queries.all("SELECT count(*) FROM words")
        assert left == [(new.counts.passages + new.counts.documents,)]


def test_few_passages_have_none_until_they_are_many(tmp_path, monkeypatch):
    few = write(tmp_path / "1", letter("a"), letter("b"))
    with Catalog(few) as catalog:
        assert catalog.words is None
    monkeypatch.setattr(word_writer, "FROM", 5)
    many = write(tmp_path / "2", letter("c"), parent=few)
    check_words(many)
    check_words(write(tmp_path / "3", parent=many, removed=("a", "b")))


@pytest.mark.usefixtures("of_few")
def test_what_a_killed_run_left_is_completed(tmp_path, monkeypatch):
    def die(*_):
        raise KeyboardInterrupt

    path = tmp_path / "1"
    with monkeypatch.context() as patch, CatalogWriter(path) as writer:
        put(writer, letter("a"), letter("b"))
        writer.settle()
        patch.setattr(word_writer._Numbers, "new", die)
        with pytest.raises(KeyboardInterrupt):
            writer.finish()
        writer._db.execute("ROLLBACK")  # as it is when the process ends there
        writer._db.execute("BEGIN")
        put(writer, letter("a"), letter("b"))
    with CatalogWriter(path, resume=True) as writer:
        put(writer, letter("c"))
        writer.finish()
    check_words(path)


@pytest.mark.usefixtures("of_few")
def test_only_what_a_context_says_of_one_passage_alone_is_noted_before_it(tmp_path):
    document, (one, two, *_) = letter(paragraphs=("One.", "Two."), sender="Ann Lee")
    one = replace(one, embed_text="Ann Lee to Pyotr Petrov, by hand. one.")
    two = replace(two, embed_text="Lee-Ray. two.")  # a part of a run, and its whole
    path = write(tmp_path / "1", (document, [one, two]))
    with Catalog(path) as catalog:
        texts, untold = catalog.words.read(np.arange(2), np.arange(1))
        assert untold == [1]
        assert spelled(catalog.words, texts)[2:4] == [["hand."], []]


@pytest.mark.usefixtures("of_few")
def test_what_is_hidden_hides_no_words_of_the_rest(tmp_path):
    path = write(tmp_path / "1", letter("a"), letter("b"))
    with Catalog(path) as catalog:
        left = RemainingCatalog(catalog, Hidden(documents=frozenset()))
        assert left.words is catalog.words


@pytest.mark.usefixtures("of_few")
@pytest.mark.parametrize(
    "harm",
    ["UPDATE words SET own = x'ff'", "UPDATE words SET own = x'ffff7f'", "DELETE FROM words"],
)
def test_damage_is_named(tmp_path, harm):
    path = write(tmp_path / "1", letter("a"))
    with schema.connect(path, "rw") as db:
        db.execute(harm)
    with Catalog(path) as catalog, pytest.raises(StoreError, match="1: damaged"):
        catalog.words.own(np.arange(2))


@pytest.mark.usefixtures("of_few")
def test_runs_that_another_version_marked_are_marked_again(tmp_path):
    one = write(tmp_path / "1", letter("a", ("Rye and oats.",)))
    with schema.connect(one, "rw") as db:
        db.execute("UPDATE meta SET value = '[0]' WHERE name = ?", (word_reader.MARKED,))
        db.execute("UPDATE run_marks SET marks = x'00'")
    with Catalog(one) as catalog:
        assert catalog.words is None
    with Catalog(write(tmp_path / "2", letter("b", ("Barley.",)), parent=one)) as catalog:
        every = np.arange(catalog.words.total)
        for asked in ("barley", "rye"):
            near, runs = catalog.words.near(every, weigh_marks([asked], [asked]))
            assert [run.strip(".").lower() for run in runs] == [asked]
            assert catalog.words.spell(near) == runs


@pytest.mark.usefixtures("of_few")
@pytest.mark.parametrize("harm", ["DELETE FROM run_marks", "UPDATE run_marks SET marks = x'00'"])
def test_damaged_marks_are_named(tmp_path, harm):
    path = write(tmp_path / "1", letter("a"))
    with schema.connect(path, "rw") as db:
        db.execute(harm)
    with Catalog(path) as catalog, pytest.raises(StoreError, match="1: damaged"):
        catalog.words.near(np.arange(2), weigh_marks([], []))
