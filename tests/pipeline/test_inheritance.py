"""A generation made from the one before is what one made from nothing would be."""

import random
import shutil

import numpy as np
import pytest
from tiny_workspace import WORDS, index, letter, tiny_workspace, wiring_of

from docproc.hooks.specs import TEXT_INDEX, VECTOR_INDEX
from docproc.hooks.vector_rows import ArrayRows
from docproc.operations.reading.reading_room import open_reading_room
from docproc.operations.writing.publishing import make_publisher
from docproc.pipeline.monitoring.progress import Silent
from docproc.stages.index.tantivy import indexer
from docproc.store.catalog import Catalog
from docproc.store.vectors.quantization import open_vectors

pytestmark = pytest.mark.slow

FLOOR = 0.3
QUESTIONS = ["grain for the hospital", "treaty", "rifles instructors frontier winter", *WORDS[:6]]


def change(root, chance, files):
    """Add, change or remove a few letters."""
    for _ in range(chance.randint(1, 3)):
        what = chance.choice(["add", "add", "change", "remove"])
        if what == "add" or len(files) < 3:
            files.append(f"letter-{chance.randrange(10**6):06}.txt")
            (root / "seeds" / files[-1]).write_text(letter(chance), "utf-8")
        elif what == "change":
            (root / "seeds" / chance.choice(files)).write_text(letter(chance), "utf-8")
        else:
            (root / "seeds" / files.pop(chance.randrange(len(files)))).unlink()


def start(root, chance, **settings):
    tiny_workspace(root, **settings)
    files = [f"first-{number}.txt" for number in range(12)]
    for name in files:
        (root / "seeds" / name).write_text(letter(chance), "utf-8")
    index(root)
    return files


def rebuilt(application, generation, folder):
    """The vectors and indexes of the same catalog, built with no generation before."""
    builder = make_publisher(application, Silent(), None, application).builder()
    with application.generations.begin() as draft, Catalog(generation.catalog) as catalog:
        builder.embed(catalog, draft, None)
        builder.index(catalog, draft)
        shutil.copytree(draft.folder, folder)
    return folder


def words_found(application, folder):
    """All rows and scores that each question finds by its words, passages and documents."""
    indexer = application.plugins.make(TEXT_INDEX, "tantivy")
    found = []
    for name in ("passages", "documents"):
        opened = indexer.open(folder / "text" / name)
        hits = [opened.search(question, 10_000, None) for question in QUESTIONS]
        found.append([(hit.rows.tolist(), hit.scores.tolist()) for hit in hits])
        found.append([opened.languages, opened.document_frequency("grain")])
    return found


@pytest.mark.parametrize("seed", range(4))
def test_any_run_of_changes_gives_what_building_the_same_catalog_anew_gives(tmp_path, seed):
    chance = random.Random(seed)
    root = tmp_path / "workspace"
    files = start(root, chance)
    for _ in range(4):
        change(root, chance, files)
        index(root)
    application = wiring_of(root)
    generation = application.generations.current()
    anew = rebuilt(application, generation, tmp_path / "anew")
    for name in ("vectors.npy", "owners.npy", "keys.npy", "documents.npy"):
        made = (generation.vectors / name).read_bytes()
        assert made == (anew / "vectors" / name).read_bytes(), name
    assert words_found(application, generation.folder) == words_found(application, anew)


def answers(root):
    """What every question finds, by passage: identity, score and signals."""
    room = open_reading_room(wiring_of(root))
    calibration = {"vector_weight": 1.0, "floor": FLOOR, "readability": 1.0, "read_by": "assumed"}
    room.opened.manifest.calibration.clear()
    room.opened.manifest.calibration.update(calibration)
    for question in QUESTIONS:
        cited = room.answering.ask(question, limit=50, every=True).citations
        yield sorted((c.quote, round(c.score, 4), c.locator) for c in cited)


@pytest.mark.parametrize("seed", range(2))
def test_any_run_of_changes_answers_as_a_workspace_indexed_from_nothing(tmp_path, seed):
    chance = random.Random(100 + seed)
    root = tmp_path / "workspace"
    files = start(root, chance)
    for _ in range(4):
        change(root, chance, files)
        index(root)
    fresh = tiny_workspace(tmp_path / "fresh")
    shutil.rmtree(fresh / "seeds")
    shutil.copytree(root / "seeds", fresh / "seeds")
    index(fresh)
    assert list(answers(root)) == list(answers(fresh))


@pytest.mark.parametrize("seed", range(2))
def test_what_is_only_marked_as_dead_in_the_text_index_is_found_no_more(
    tmp_path, monkeypatch, seed
):
    monkeypatch.setattr(indexer, "_FEW", 0)
    monkeypatch.setattr(indexer, "_MOST_DEAD", 0.9)
    chance = random.Random(200 + seed)
    root = tmp_path / "workspace"
    files = start(root, chance)
    for _ in range(4):
        change(root, chance, files)
        index(root)
    (root / "seeds" / files[0]).unlink()
    index(root)
    generation = wiring_of(root).generations.current()
    assert list((generation.text / "passages").glob("*.del"))
    fresh = tiny_workspace(tmp_path / "fresh")
    shutil.rmtree(fresh / "seeds")
    shutil.copytree(root / "seeds", fresh / "seeds")
    index(fresh)
    for ours, theirs in zip(answers(root), answers(fresh), strict=True):
        found, expected = ({(q, where): score for q, score, where in x} for x in (ours, theirs))
        last = max(min(found.values(), default=FLOOR), min(expected.values(), default=FLOOR))
        for each in found.keys() | expected.keys():  # what is nearly the last may be cut off
            score = found.get(each, last), expected.get(each, last)
            # half of so few texts may be dead, and with them of a mean length
            assert score[0] == pytest.approx(score[1], abs=0.03), each


def test_inverted_lists_are_renumbered_and_every_vector_finds_itself(tmp_path):
    chance = random.Random(7)
    root = tmp_path / "workspace"
    files = start(root, chance, exact_below=40)
    before = wiring_of(root).generations.current().manifest.facts["vector index"]
    for name in files[:2]:
        (root / "seeds" / name).unlink()
    (root / "seeds" / "later.txt").write_text(letter(chance), "utf-8")
    index(root)
    application = wiring_of(root)
    generation = application.generations.current()
    facts = generation.manifest.facts["vector index"]
    assert facts["kind"] == "inverted lists"
    assert facts["learned_from"] == before["rows"]
    vectors = open_vectors(generation.vectors / "vectors.npy")
    opened = application.plugins.make(VECTOR_INDEX, "faiss").open(
        generation.vectors / "index", ArrayRows(vectors)
    )
    opened._lists.probes = facts["lists"]
    for row, vector in enumerate(vectors):
        best = opened.search(vector, 1, None)
        assert np.array_equal(vectors[best.rows[0]], vectors[row])
    every = opened.search(vectors[0], len(vectors), None)
    assert sorted(every.rows.tolist()) == list(range(len(vectors)))


def test_lists_are_learned_anew_when_half_as_many_again_have_come(tmp_path):
    chance = random.Random(8)
    root = tmp_path / "workspace"
    start(root, chance, exact_below=40)
    for number in range(14):
        (root / "seeds" / f"later-{number}.txt").write_text(letter(chance), "utf-8")
    index(root)
    facts = wiring_of(root).generations.current().manifest.facts["vector index"]
    assert "learned_from" not in facts


def test_a_letter_is_added_without_touching_the_text_index_that_is_there(tmp_path):
    chance = random.Random(9)
    root = tmp_path / "workspace"
    start(root, chance)
    application = wiring_of(root)
    before = application.generations.current()
    segments = {path.name for path in (before.text / "passages").glob("*.idx")}
    (root / "seeds" / "later.txt").write_text(letter(chance), "utf-8")
    index(root)
    after = application.generations.current()
    for name in segments:
        assert (after.text / "passages" / name).samefile(before.text / "passages" / name)
    anew = rebuilt(application, after, tmp_path / "anew")
    assert words_found(application, after.folder) == words_found(application, anew)
    assert application.generations.verify(before) == []
    assert application.generations.verify(after) == []


def test_a_calibration_is_taken_over_until_two_in_a_hundred_passages_changed(tmp_path):
    chance = random.Random(10)
    root = tmp_path / "workspace"
    tiny_workspace(root)
    for number in range(60):
        (root / "seeds" / f"first-{number}.txt").write_text(letter(chance), "utf-8")
    index(root)
    first = wiring_of(root).generations.current().manifest
    (root / "seeds" / "later.txt").write_text("A letter of one short line, and no more.", "utf-8")
    index(root)
    second = wiring_of(root).generations.current().manifest
    assert second.calibration == first.calibration
    assert second.facts["calibration"] == {"passages": first.counts.passages, "changed": 1}
    for number in range(5):
        (root / "seeds" / f"later-{number}.txt").write_text(letter(chance), "utf-8")
    index(root)
    third = wiring_of(root).generations.current().manifest
    assert third.facts["calibration"] == {"passages": third.counts.passages, "changed": 0}
