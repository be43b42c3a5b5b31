"""Candidates match alike by the numbers of their words and by their texts."""

import shutil

import numpy as np
import pytest

from docproc.operations.application import Application
from docproc.operations.reading.reading_room import open_reading_room
from docproc.operations.writing.runs import prepare_index
from docproc.pipeline.monitoring.progress import Silent
from docproc.retrieval.query.question_words import read_words
from docproc.retrieval.words.candidate_words import _Noted, _Read, candidate_words
from docproc.store.catalog import Catalog
from docproc.store.catalog.writing import word_writer
from docproc.store.catalog.writing.writer import CatalogWriter
from docproc.workspace import find_workspace

ASKED = (
    "Who sold rye seed to Lebedeva?",
    "Что писала Лебедева о цементе?",
    "What did P. Orlov say of the barges in 1921?",
    "tin Casey",
    "How much wool?",
)


@pytest.fixture(scope="module")
def noted(letters_room, tmp_path_factory):
    """The same catalog with its words noted."""
    held = letters_room.opened
    path = tmp_path_factory.mktemp("noted") / "catalog.sqlite"
    with pytest.MonkeyPatch.context() as patch, CatalogWriter(path, held.catalog.path) as writer:
        patch.setattr(word_writer, "FROM", 1)
        writer.finish()
    with Catalog(path) as catalog:
        yield catalog.words


@pytest.mark.parametrize("question", ASKED)
def test_both_tell_the_same(letters_room, noted, question):
    held = letters_room.opened
    words = read_words(question, held.passage_text)
    rows = np.random.default_rng(1).permutation(held.passages)
    by_text, by_number = _Read(held), _Noted(held, noted)
    assert by_text.matches(words, rows)[0].any()
    for _ in range(2):  # runs met, and runs known
        for one, other in zip(
            by_text.matches(words, rows), by_number.matches(words, rows), strict=True
        ):
            assert np.array_equal(one, other)
        for places in ((-1, 1), (-1, 0, 1), (0,)):
            assert np.array_equal(
                by_text.around(words, rows, places), by_number.around(words, rows, places)
            )
    assert np.array_equal(by_text.apparatus(rows), by_number.apparatus(rows))


def test_few_passages_are_matched_by_their_texts(letters_room):
    assert isinstance(candidate_words(letters_room.opened), _Read)


def test_the_next_index_notes_the_words_of_an_older_generation(letters_workspace, tmp_path):
    shutil.copytree(letters_workspace, tmp_path / "work")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(word_writer, "FROM", 1)
        for outcome in ("published", "nothing to do"):
            indexer = prepare_index(Application(find_workspace(tmp_path / "work")), Silent())
            assert indexer.run().outcome == outcome
    room = open_reading_room(Application(find_workspace(tmp_path / "work")))
    assert isinstance(candidate_words(room.opened), _Noted)
