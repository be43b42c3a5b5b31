from __future__ import annotations

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import faiss
import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from docproc.errors import StoreError
from docproc.hooks import VectorIndex, VectorIndexer
from docproc.hooks.vector_rows import ArrayRows
from docproc.stages.index.faiss import FaissIndex, make
from docproc.stages.index.faiss import FaissIndexer as Built
from docproc.stages.index.faiss.lists import open_lists, read_lists
from docproc.testing.checks.search_by_lists import AskedByLists, IndexByLists, by_lists

Floats = NDArray[np.float32]
Rows = NDArray[np.int64]


def FaissIndexer(**settings: float) -> AskedByLists:  # noqa: N802
    return by_lists(Built(**settings))  # type: ignore[arg-type]


def _unit(vectors: NDArray[np.floating]) -> Floats:
    return (vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)).astype(np.float32)


def _clustered(count: int, dimension: int = 32) -> Floats:
    random = np.random.default_rng(558)
    centres = random.normal(size=(count // 20 + 1, dimension))
    near = centres[random.integers(0, len(centres), count)]
    return _unit(near + 0.4 * random.normal(size=(count, dimension)))


def _mapped(vectors: Floats, folder: Path) -> Floats:
    np.save(folder / "exact.npy", vectors)
    mapped: Floats = np.load(folder / "exact.npy", mmap_mode="r")
    return mapped


def _opened(indexer: AskedByLists, vectors: Floats, folder: Path) -> IndexByLists:
    (folder / "index").mkdir()
    mapped = _mapped(vectors, folder) if len(vectors) else vectors
    indexer.build(mapped, folder / "index")
    return indexer.open(folder / "index", mapped)


def _truth(vectors: Floats, question: Floats, k: int, allowed: Rows | None) -> Rows:
    scores = (vectors.astype(np.float64) * question).sum(axis=1)
    rows = np.arange(len(vectors)) if allowed is None else allowed
    return rows[np.lexsort((rows, -scores[rows]))][:k]


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> tuple[IndexByLists, Floats, Path]:
    """An index of inverted lists, which the setting asks for at 3,000 vectors."""
    folder = tmp_path_factory.mktemp("many")
    vectors = _clustered(3000)
    return _opened(FaissIndexer(exact_below=500), vectors, folder), vectors, folder


def test_it_keeps_the_protocols(tmp_path: Path) -> None:
    indexer = make({"exact_below": 10, "target_recall": 0.9})
    assert isinstance(indexer, VectorIndexer)
    assert indexer.by_scope
    assert isinstance(_opened(by_lists(indexer), _clustered(5), tmp_path).index, VectorIndex)


@settings(deadline=None)
@given(data=st.data(), k=st.integers(0, 60))
def test_an_exact_index_finds_the_nearest_of_the_rows_allowed(data: st.DataObject, k: int) -> None:
    vectors = _clustered(40)
    chosen = data.draw(st.none() | st.sets(st.integers(0, 39)))
    allowed = None if chosen is None else np.array(sorted(chosen), dtype=np.int64)
    question = vectors[data.draw(st.integers(0, 39))]
    hits = IndexByLists(FaissIndex(ArrayRows(vectors))).search(question, k, allowed)
    np.testing.assert_array_equal(hits.rows, _truth(vectors, question, k, allowed))
    np.testing.assert_allclose(hits.scores, vectors[hits.rows] @ question, atol=1e-6)
    assert (hits.scores.dtype, hits.rows.dtype) == (np.float32, np.int64)


@pytest.mark.parametrize("copies", [3, 200])
def test_equal_vectors_tie_exactly_and_the_lower_row_wins(copies: int, tmp_path: Path) -> None:
    vectors = np.concatenate([_clustered(50), np.repeat(_clustered(51)[50:], copies, axis=0)])
    hits = _opened(FaissIndexer(), vectors, tmp_path).search(vectors[50], 2, None)
    assert hits.rows.tolist() == [50, 51]
    assert hits.scores[0] == hits.scores[1]


def test_no_vectors_can_be_indexed_and_searched(tmp_path: Path) -> None:
    index = _opened(FaissIndexer(), np.empty((0, 8), np.float32), tmp_path)
    assert len(index.search(np.ones(8, np.float32), 10, None).rows) == 0


def test_nothing_allowed_finds_nothing(tmp_path: Path) -> None:
    index = _opened(FaissIndexer(), _clustered(9), tmp_path)
    assert len(index.search(_clustered(9)[0], 5, np.empty(0, np.int64)).rows) == 0


def test_many_vectors_reach_the_recall_wanted(many: tuple[IndexByLists, Floats, Path]) -> None:
    index, vectors, folder = many
    facts = json.loads((folder / "index" / "index.json").read_text())
    assert facts["kind"] == "inverted lists"
    assert facts["recall"] >= 0.98
    random = np.random.default_rng(2)
    questions = _unit(vectors[:100] + 0.1 * random.normal(size=(100, 32)))
    found = [
        len(np.intersect1d(index.search(q, 10, None).rows, _truth(vectors, q, 10, None)))
        for q in questions
    ]
    assert sum(found) / 1000 >= 0.95


def test_scores_of_many_vectors_are_exact(many: tuple[IndexByLists, Floats, Path]) -> None:
    index, vectors, _ = many
    hits = index.search(vectors[7], 20, None)
    assert hits.rows[0] == 7
    np.testing.assert_allclose(hits.scores, vectors[hits.rows] @ vectors[7], atol=1e-6)
    assert (np.diff(hits.scores) <= 0).all()


@pytest.mark.parametrize("size", [1, 30, 499, 700, 2999])
def test_only_rows_allowed_are_ranked_among_many(
    many: tuple[IndexByLists, Floats, Path], size: int
) -> None:
    index, vectors, _ = many
    random = np.random.default_rng(size)
    allowed = np.sort(random.choice(len(vectors), size, replace=False))
    hits = index.search(vectors[3], 10, allowed)
    truth = _truth(vectors, vectors[3], 10, allowed)
    assert np.isin(hits.rows, allowed).all()
    assert len(hits.rows) == min(10, size)
    assert len(np.intersect1d(hits.rows, truth)) >= 0.9 * len(truth)
    if size < 500:
        np.testing.assert_array_equal(hits.rows, truth)


def test_a_higher_recall_visits_more_lists(tmp_path: Path) -> None:
    scattered = _unit(np.random.default_rng(3).normal(size=(2000, 16)))
    probes = []
    for target in (0.3, 0.999):
        (tmp_path / str(target)).mkdir()
        indexer = FaissIndexer(exact_below=100, target_recall=target)
        probes.append(indexer.build(scattered, tmp_path / str(target))["probes"])
    assert probes[0] < probes[1]


def test_equal_vectors_do_not_make_the_recall_look_low(tmp_path: Path) -> None:
    vectors = np.repeat(_clustered(100), 20, axis=0)
    facts = FaissIndexer(exact_below=100).build(vectors, tmp_path)
    assert facts["recall"] >= 0.98


def test_what_was_built_is_told_in_plain_values_that_a_manifest_can_hold(tmp_path: Path) -> None:
    facts = FaissIndexer(exact_below=100).build(_clustered(200), tmp_path)
    assert msgspec.json.decode(msgspec.json.encode(facts)) == facts


def test_building_twice_finds_the_same(
    many: tuple[IndexByLists, Floats, Path], tmp_path: Path
) -> None:
    index, vectors, _ = many
    again = _opened(FaissIndexer(exact_below=500), vectors, tmp_path)
    for question in vectors[:20]:
        first, second = index.search(question, 10, None), again.search(question, 10, None)
        np.testing.assert_array_equal(first.rows, second.rows)
        np.testing.assert_array_equal(first.scores, second.scores)


def test_readers_side_by_side_find_the_same(many: tuple[IndexByLists, Floats, Path]) -> None:
    _, vectors, folder = many
    mapped = np.load(folder / "exact.npy", mmap_mode="r")

    def ask(number: int) -> list[int]:
        index = FaissIndexer(exact_below=500).open(folder / "index", mapped)
        rows: list[int] = index.search(vectors[number % 5], 10, None).rows.tolist()
        return rows

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(ask, range(20)))
    assert found == [found[i % 5] for i in range(20)]


def test_searching_leaves_the_number_of_threads_as_it_was(
    many: tuple[IndexByLists, Floats, Path],
) -> None:
    before = faiss.omp_get_max_threads()
    try:
        faiss.omp_set_num_threads(3)
        many[0].search(many[1][0], 3, None)
        assert faiss.omp_get_max_threads() == 3
    finally:
        faiss.omp_set_num_threads(before)


def test_vectors_of_another_model_are_refused(many: tuple[IndexByLists, Floats, Path]) -> None:
    index, vectors, folder = many
    with pytest.raises(StoreError, match="not of one model"):
        index.search(np.ones(33, np.float32), 3, None)
    with pytest.raises(StoreError, match=r"3000 vectors of 32 dimensions .* not over 2999"):
        FaissIndexer().open(folder / "index", vectors[:-1])


def test_lists_are_searched_where_they_lie_and_as_faiss_searches_its_own(
    many: tuple[IndexByLists, Floats, Path],
) -> None:
    _, vectors, folder = many
    path, probes = folder / "index" / "index.faiss", 8
    mapped = open_lists(path, *vectors.shape, probes)
    read = read_lists(path, *vectors.shape, probes)
    if sys.platform == "linux":
        assert str(path) in Path("/proc/self/maps").read_text()
    for allowed in (None, np.arange(0, len(vectors), 3)):
        for question in vectors[:40]:
            found = [
                each.nearest(question[None], 50, len(vectors), allowed) for each in (mapped, read)
            ]
            assert found[0].tolist() == found[1].tolist()


def test_a_damaged_index_is_refused_by_name(tmp_path: Path) -> None:
    vectors = _clustered(600)
    indexer = FaissIndexer(exact_below=100)
    indexer.build(vectors, tmp_path)
    lists = (tmp_path / "index.faiss").read_bytes()
    first = lists.index(b"ilbl") + 36
    for damaged in (
        lists[:100],
        lists[: first + 4],
        lists[: first + 2000],
        lists[:-40],
        lists + bytes(8),
        lists[:first] + b"\xff" * 8 + lists[first + 8 :],  # of a list with very many codes
        lists[: first - 8] + bytes(8) + lists[first:],  # of blocks without bytes
        lists[: first - 36],
    ):
        (tmp_path / "index.faiss").write_bytes(damaged)
        with pytest.raises(StoreError, match=r"index\.faiss: not the inverted lists"):
            indexer.open(tmp_path, vectors)
    (tmp_path / "index.json").write_text("[]")
    with pytest.raises(StoreError, match=r"index\.json: not a description"):
        indexer.open(tmp_path, vectors)
    (tmp_path / "index.json").unlink()
    with pytest.raises(StoreError, match=r"index\.json: cannot be read"):
        indexer.open(tmp_path, vectors)


def _on_disk(built: AskedByLists, vectors: Floats, folder: Path, elsewhere: Path) -> Path:
    """An index such as docproc makes, but whose lists are those in the file *elsewhere*."""
    folder.mkdir()
    built.build(vectors, folder)
    made = faiss.read_index(str(folder / "index.faiss"))
    size = made.code_size
    lists = faiss.OnDiskInvertedLists(made.nlist, size, str(elsewhere))
    ids, codes = np.arange(32), np.ones(32 * size, np.uint8)
    lists.add_entries(0, 32, faiss.swig_ptr(ids), faiss.swig_ptr(codes))
    made.replace_invlists(lists, True)
    lists.this.own(False)
    faiss.write_index(made, str(folder / "index.faiss"))
    return folder


def test_lists_that_lie_in_a_file_elsewhere_are_refused(tmp_path: Path) -> None:
    vectors = _mapped(_clustered(400), tmp_path)
    indexer = FaissIndexer(exact_below=100)
    elsewhere = tmp_path / "elsewhere"
    folder = _on_disk(indexer, vectors, tmp_path / "planted", elsewhere)
    before = elsewhere.read_bytes()
    with pytest.raises(StoreError, match=r"index\.faiss: not the inverted lists"):
        indexer.open(folder, vectors)
    (tmp_path / "next").mkdir()
    carried = np.arange(400)
    carried[5:] -= 1
    carried[5] = -1
    assert Built(exact_below=100).extend(folder, carried, vectors[:399], tmp_path / "next") is None
    assert elsewhere.read_bytes() == before


@pytest.mark.parametrize("kind", ["Flat", "IVF8,Flat", "HNSW8", "IDMap,Flat", "PCA8,Flat"])
def test_an_index_of_another_kind_than_docproc_makes_is_refused(tmp_path: Path, kind: str) -> None:
    vectors = _mapped(_clustered(400), tmp_path)
    indexer = FaissIndexer(exact_below=100)
    folder = tmp_path / "planted"
    folder.mkdir()
    indexer.build(vectors, folder)
    other = faiss.index_factory(vectors.shape[1], kind, faiss.METRIC_INNER_PRODUCT)
    other.train(np.ascontiguousarray(vectors))
    faiss.write_index(other, str(folder / "index.faiss"))
    with pytest.raises(StoreError, match=r"index\.faiss: not the inverted lists"):
        indexer.open(folder, vectors)


def test_of_many_equal_vectors_the_lowest_rows_are_found(tmp_path: Path) -> None:
    """More of them than an index looks at beyond k: which ones must not depend on the others."""
    vectors = np.repeat(_clustered(4), 100, axis=0)
    index = _opened(FaissIndexer(), vectors, tmp_path)
    assert index.search(vectors[250], 5, None).rows.tolist() == [200, 201, 202, 203, 204]
