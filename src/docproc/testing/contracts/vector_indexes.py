"""The conformance class of vector indexes."""

from __future__ import annotations

import json
import pickle
import warnings
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import pytest
from hypothesis import strategies as st

from docproc.hooks import VectorHits, VectorIndexer
from docproc.testing.checks.index_folders import digest, refuses
from docproc.testing.checks.index_sharing import SharedVectorIndexContract
from docproc.testing.checks.scoped_vectors import ScopeChecks
from docproc.testing.checks.search_by_lists import build_index, by_lists, hold_equal, search_checked
from docproc.testing.checks.storage_place import place_of
from docproc.testing.checks.vector_arithmetic import SAME, Floats, clouds, unit
from docproc.testing.contract import break_promise, check, hold_watched, work_elsewhere
from docproc.testing.processes import tasks
from docproc.testing.processes.watching import watch

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

_INDEXER = "docproc.hooks.VectorIndexer"
_BUILD = "docproc.hooks.VectorIndexer.build"
_OPEN = "docproc.hooks.VectorIndexer.open"
_SEARCH = "docproc.hooks.VectorIndex.search"
_HITS = "docproc.hooks.VectorHits"


class VectorIndexContract(ScopeChecks, SharedVectorIndexContract):
    """What every vector index must do.  Give ``plugin``, a ``VectorIndexer``."""

    product: ClassVar[type] = VectorIndexer
    examples: ClassVar[int] = 25

    count: ClassVar[int] = 600
    """How many vectors are indexed; raise it where the index is another thing when large."""

    dimension: ClassVar[int] = 32

    least_recall: ClassVar[float] = 0.9
    """The share of the ten nearest rows that must be found, over many questions."""

    @pytest.fixture
    def vectors(self, tmp_path: Path) -> Floats:
        """The vectors, memory-mapped and not to be written to, as a generation's are."""
        np.save(tmp_path / "vectors.npy", clouds(self.count, self.dimension, 1921))
        mapped: Floats = np.load(tmp_path / "vectors.npy", mmap_mode="r")
        return mapped

    @pytest.fixture
    def folder(
        self, plugin: Any, vectors: Floats, tmp_path_factory: pytest.TempPathFactory
    ) -> Path:
        """The folder of a built index, moved since; kept for all tests of the class."""
        return self.once(
            "folder", lambda: build_index(plugin, vectors, tmp_path_factory.mktemp("built"))
        )

    @pytest.fixture
    def index(self, plugin: Any, vectors: Floats, folder: Path) -> Any:
        """The opened index."""
        return by_lists(plugin).open(folder, vectors)

    @pytest.fixture
    def questions(self, vectors: Floats) -> Floats:
        """Vectors near those indexed, but not of them, as questions are."""
        random = np.random.default_rng(1922)
        near = np.asarray(vectors)[random.choice(len(vectors), 40)]
        return unit(near + 0.1 * random.standard_normal(near.shape))

    # Building

    @check(_BUILD)
    def test_the_facts_are_plain(self, plugin: Any, vectors: Floats, tmp_path: Path) -> None:
        """``build`` returns facts for the manifest, a dictionary that JSON can hold."""
        (tmp_path / "facts").mkdir()
        facts = by_lists(plugin).build(vectors, tmp_path / "facts")
        if not isinstance(facts, dict) or json.loads(json.dumps(facts)) != facts:
            break_promise(f"the facts are {facts!r:.200}")

    @check(_BUILD)
    def test_only_the_folder_is_written_to(
        self, plugin: Any, vectors: Floats, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """``build`` writes into the folder that it is given, or the place that it names
        (``KeepsElsewhere``), and nowhere else.
        """
        around = tmp_path / "around"
        folder = around / "folder"
        folder.mkdir(parents=True)
        place = place_of(plugin, folder, [tmp_path / "vectors.npy"])
        monkeypatch.chdir(around)
        by_lists(plugin).build(vectors, folder)
        named = {folder.resolve(), *place.folders}
        beside = sorted(path.name for path in around.iterdir() if path.resolve() not in named)
        if beside:
            break_promise(f"it left {', '.join(beside)} outside its folder")

    @check(_BUILD)
    def test_the_vectors_stay(self, plugin: Any, vectors: Floats, tmp_path: Path) -> None:
        """The vectors are read, never written: they belong to the generation."""
        before = np.array(vectors)
        writable = before.copy()
        (tmp_path / "writable").mkdir()
        by_lists(plugin).build(writable, tmp_path / "writable")
        if not np.array_equal(before, writable):
            break_promise("the array of vectors is another after it was indexed")

    @check(_BUILD)
    def test_few_vectors_are_enough(self, plugin: Any, tmp_path: Path) -> None:
        """A corpus may be one letter: one, two or three vectors are indexed and found."""
        for count in (1, 2, 3):
            vectors = clouds(count, self.dimension, count)
            folder = build_index(plugin, vectors, tmp_path)
            index = by_lists(plugin).open(folder, vectors)
            for row in range(count):
                hits = search_checked(index, vectors[row], 10, None, count)
                if len(hits.rows) != count or hits.rows[0] != row:
                    break_promise(
                        f"of {count} vectors, number {row} is found as {hits.rows.tolist()}"
                    )

    @check(_BUILD)
    def test_equal_vectors_are_borne(self, plugin: Any, tmp_path: Path) -> None:
        """Texts repeat themselves: equal vectors stay different rows."""
        vectors = np.repeat(clouds(3, self.dimension, 5), 20, axis=0)
        index = by_lists(plugin).open(build_index(plugin, vectors, tmp_path), vectors)
        hits = search_checked(index, vectors[0], 20, None, 60)
        if set(hits.rows.tolist()) != set(range(20)):
            break_promise(f"of 20 equal vectors the search finds {sorted(hits.rows.tolist())}")

    @check(_BUILD)
    def test_built_twice_it_finds_the_same(
        self, plugin: Any, vectors: Floats, index: Any, questions: Floats, tmp_path: Path
    ) -> None:
        """The same vectors give an index that finds the same."""
        again = by_lists(plugin).open(build_index(plugin, vectors, tmp_path), vectors)
        for question in questions:
            hold_equal(again, index, question, "built again")

    # Opening

    @check(_OPEN)
    def test_it_opens_in_another_process(
        self, plugin: Any, vectors: Floats, folder: Path, index: Any, questions: Floats,
        tmp_path: Path,
    ) -> None:  # fmt: skip
        """What was saved is opened, and finds the same, in another process; where one process
        alone can have it open (``KeepsElsewhere.one_process``), when the one that built it is gone.
        """
        array = tmp_path / "vectors.npy"
        if getattr(plugin, "one_process", False):
            warnings.warn("only one process at a time can ask it", stacklevel=2)
            folder = tmp_path / "built-elsewhere"
            folder.mkdir()
            self.elsewhere(plugin, tasks.build_vectors, array, folder)
        found = self.elsewhere(plugin, tasks.search_vectors, folder, array, questions, 10)
        for question, (rows, scores) in zip(questions, found, strict=True):
            here = search_checked(index, question, 10, None, len(vectors))
            if here.rows.tolist() != rows or not np.allclose(here.scores, scores, atol=SAME):
                break_promise(f"another process finds {rows}, this one {here.rows.tolist()}")

    @check(_OPEN)
    def test_another_product_opens_what_one_built(
        self, plugin: Any, vectors: Floats, questions: Floats, tmp_path: Path
    ) -> None:
        """What is needed to open is in the folder: a product that never built finds the same."""
        stranger = pickle.loads(pickle.dumps(plugin))
        folder = build_index(plugin, vectors, tmp_path)
        index, other = (
            by_lists(plugin).open(folder, vectors),
            by_lists(stranger).open(folder, vectors),
        )
        for question in questions[:10]:
            hold_equal(other, index, question, "opened by another product")

    @check(_BUILD)
    def test_it_reads_and_writes_nothing_else(
        self, plugin: Any, vectors: Floats, questions: Floats, tmp_path: Path
    ) -> None:
        """``build`` writes into its folder alone, ``open`` and ``search`` nowhere; nobody is
        asked on the network.  One that keeps its vectors elsewhere (``KeepsElsewhere``) may write
        and ask there.
        """
        array, folder = tmp_path / "watched.npy", tmp_path / "watched"
        np.save(array, np.asarray(vectors))
        folder.mkdir()
        place = place_of(plugin, folder, [array])
        read = [array, folder, *self.reads]
        for task, arguments, written in (
            (tasks.build_vectors, (array, folder), [folder]),
            (tasks.search_vectors, (folder, array, questions[:3], 5), []),
        ):
            may = ([*written, *place.folders], read, place.hosts)
            hold_watched(work_elsewhere(watch, task, plugin, arguments, *may))

    @check(_OPEN)
    def test_opening_and_searching_write_nothing(
        self, plugin: Any, vectors: Floats, questions: Floats, tmp_path: Path
    ) -> None:
        """Open read-only: what is published never changes, by opening or by searching."""
        folder = build_index(plugin, vectors, tmp_path)  # nobody has opened it yet
        before = digest(folder)
        index = by_lists(plugin).open(folder, vectors)
        for question in questions[:5]:
            search_checked(index, question, 10, None, len(vectors))
        if digest(folder) != before:
            break_promise("the files of the index changed")

    @check(_OPEN)
    def test_a_folder_without_an_index_is_a_store_error(
        self, plugin: Any, vectors: Floats, tmp_path: Path
    ) -> None:
        """``open`` raises ``StoreError`` if the folder does not hold what it should."""
        empty = tmp_path / "empty"
        empty.mkdir()
        refuses(lambda: by_lists(plugin).open(empty, vectors), "an empty folder")

    @check(_OPEN)
    def test_an_index_over_other_vectors_is_a_store_error(
        self, plugin: Any, vectors: Floats, folder: Path
    ) -> None:
        """``open`` raises ``StoreError`` if the index was not built over as many vectors of
        that dimension.
        """
        refuses(lambda: by_lists(plugin).open(folder, np.array(vectors[:-7])), "fewer vectors")
        refuses(
            lambda: by_lists(plugin).open(folder, np.array(vectors[:, :-1])), "another dimension"
        )

    @check("docproc.hooks.indexes")
    def test_readers_do_not_disturb_each_other(
        self, plugin: Any, vectors: Floats, folder: Path, index: Any, questions: Floats
    ) -> None:
        """Many readers open one generation: each finds what it would find alone."""

        def read(number: int) -> None:
            own = by_lists(plugin).open(folder, vectors)
            for at in range(len(questions)):
                question = questions[(at + 7 * number) % len(questions)]
                hold_equal(own, index, question, "beside other readers")

        expected = [search_checked(index, question, 10, None, self.count) for question in questions]
        index = _Recorded(questions, expected)
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(read, range(4)))

    # Searching

    @check(_HITS)
    def test_hits_are_scores_that_fall_and_rows(self, index: Any, questions: Floats) -> None:
        """``scores`` are float32 and fall, ``rows`` are int64 and differ, and both are as many."""
        for question in questions:
            search_checked(index, question, 10, None, self.count)

    @check(_SEARCH)
    def test_a_row_finds_itself(self, index: Any, vectors: Floats) -> None:
        """Rows are numbered as they were built: each is the nearest to itself."""
        for row in range(0, len(vectors), max(1, len(vectors) // 50)):
            hits = search_checked(index, vectors[row], 1, None, self.count)
            if hits.rows.tolist() != [row]:
                break_promise(f"nearest to row {row} is {hits.rows.tolist()}")

    @check(_HITS)
    def test_scores_are_cosines(self, index: Any, vectors: Floats, questions: Floats) -> None:
        """``scores`` are cosines."""
        for question in questions:
            hits = search_checked(index, question, 10, None, self.count)
            exact = np.asarray(vectors)[hits.rows] @ question
            if not np.allclose(hits.scores, exact, atol=SAME):
                worst = int(np.abs(hits.scores - exact).argmax())
                break_promise(f"a score is {hits.scores[worst]:.4f}, the cosine {exact[worst]:.4f}")

    @check(_SEARCH)
    def test_the_nearest_rows_are_found(
        self, index: Any, vectors: Floats, questions: Floats
    ) -> None:
        """``search`` gives the nearest rows: of the true ten, the share ``least_recall``."""
        self._recall(index, vectors, questions, None)

    @check(_SEARCH)
    def test_as_many_rows_as_asked_for(self, index: Any, questions: Floats) -> None:
        """``m <= k``: no more rows than *k*, none for 0; all of them where *k* is larger."""
        for k in (0, 1, 7, self.count, self.count + 100, 5_001, 100_000, 2**31):
            hits = search_checked(index, questions[0], k, None, self.count)
            wanted = min(k, self.count)
            if len(hits.rows) > k or (k in (0, 1, 7) and len(hits.rows) != wanted):
                break_promise(f"asked for {k} of {self.count} rows, it gave {len(hits.rows)}")

    @check(_SEARCH)
    def test_the_question_stays(self, index: Any, questions: Floats) -> None:
        """The vector of the question is the caller's: it is not changed."""
        question = questions[0].copy()
        search_checked(index, question, 10, np.arange(0, self.count, 3), self.count)
        if not np.array_equal(question, questions[0]):
            break_promise("the vector is another after the search")

    # Filters

    @check(_SEARCH)
    def test_only_allowed_rows_are_found(self, index: Any) -> None:
        """Among the rows *allowed*: never another, and as many as there are to find."""

        def holds(rows: set[int], seed: int) -> None:
            allowed = np.array(sorted(rows), np.int64)
            hits = search_checked(
                index, clouds(1, self.dimension, seed)[0], 10, allowed, self.count
            )
            strange = set(hits.rows.tolist()) - rows
            if strange:
                break_promise(f"row {min(strange)} is not among those allowed")
            if len(rows) <= 40 and len(hits.rows) < min(10, len(rows)):
                break_promise(
                    f"of {len(rows)} rows allowed and 10 asked for, it found {len(hits.rows)}"
                )

        self.try_any(
            holds,
            rows=st.sets(st.integers(0, self.count - 1), max_size=40),
            seed=st.integers(0, 99),
        )

    @check(_SEARCH)
    def test_no_row_allowed_finds_none(self, index: Any, questions: Floats) -> None:
        """Among no rows, nothing is found; that is not the same as ``None``, among all."""
        hits = search_checked(index, questions[0], 10, np.empty(0, np.int64), self.count)
        if len(hits.rows):
            break_promise(f"no row was allowed, and it found {len(hits.rows)}")

    @check(_SEARCH)
    def test_the_nearest_allowed_rows_are_found(
        self, index: Any, vectors: Floats, questions: Floats
    ) -> None:
        """``search`` gives the nearest of the rows *allowed*: not of all, filtered afterwards."""
        for step in (2, 7, 50):
            self._recall(index, vectors, questions, np.arange(step - 1, self.count, step))

    @check(_SEARCH)
    def test_the_allowed_rows_stay(self, index: Any, questions: Floats) -> None:
        """The array *allowed* is the caller's: it is not changed, and need not be writable."""
        allowed = np.arange(0, self.count, 5)
        allowed.flags.writeable = False
        search_checked(index, questions[0], 10, allowed, self.count)

    def _recall(
        self, index: Any, vectors: Floats, questions: Floats, allowed: NDArray[np.int64] | None
    ) -> None:
        rows = np.arange(len(vectors)) if allowed is None else allowed
        found = wanted = 0
        for question in questions:
            exact = np.sort(np.asarray(vectors)[rows] @ question)[::-1][:10]
            hits = search_checked(index, question, 10, allowed, self.count)
            found += int((hits.scores >= exact[-1] - 1e-5).sum())
            wanted += len(exact)
        if found < self.least_recall * wanted:
            among = "" if allowed is None else f" among {len(rows)} rows allowed"
            break_promise(f"of the true nearest{among} it finds {found / wanted:.2f}")


class _Recorded:
    """What an index found before, for the same questions."""

    def __init__(self, questions: Floats, hits: list[VectorHits]) -> None:
        self._found = {q.tobytes(): h for q, h in zip(questions, hits, strict=True)}

    def search(self, vector: Floats, _k: int, _allowed: None) -> VectorHits:
        return self._found[vector.tobytes()]
