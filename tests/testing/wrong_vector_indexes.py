"""Vector indexes that break their contract, each in one way; the kit must name it."""

import contextlib
import socket
import time

import numpy as np
import pytest

from docproc.errors import StoreError
from docproc.hooks import VectorHits
from docproc.testing import VectorIndexContract


class Honest:
    """Compares all vectors, and keeps their number in a file."""

    def build(self, vectors, folder):
        (folder / "shape").write_text(str(vectors.shape))
        return {"rows": len(vectors)}

    def open(self, folder, vectors):
        file = folder / "shape"
        if not file.is_file() or file.read_text() != str(vectors.shape):
            raise StoreError(f"{file}: no index over {vectors.shape}")
        return self.opened(vectors)

    def opened(self, vectors):
        return HonestIndex(vectors)


class HonestIndex:
    def __init__(self, vectors):
        self.vectors = vectors

    def search(self, vector, k, allowed):
        rows = np.arange(len(self.vectors)) if allowed is None else np.asarray(allowed)
        scores = (self.vectors[rows] @ vector).astype(np.float32)
        return self.hits(scores, rows, k)

    def hits(self, scores, rows, k):
        best = np.argsort(-scores, kind="stable")[:k]
        return VectorHits(scores[best], rows[best].astype(np.int64))


def over(kind):
    """An indexer that opens indexes of *kind*."""

    class Indexer(Honest):
        def opened(self, vectors):
            return kind(vectors)

    return Indexer


class Wrong(VectorIndexContract):
    check, says = "", ""
    indexer = Honest

    @pytest.fixture
    def plugin(self):
        return self.indexer()


class FilteredAfterwards(HonestIndex):
    def search(self, vector, k, allowed):
        hits = super().search(vector, k, None)
        if allowed is None:
            return hits
        kept = np.isin(hits.rows, allowed)
        return VectorHits(hits.scores[kept], hits.rows[kept])


class TestFiltersAfterwards(Wrong):
    check, says = "test_only_allowed_rows_are_found", "rows allowed and 10 asked for, it found"
    indexer = over(FilteredAfterwards)


class Unfiltered(HonestIndex):
    def search(self, vector, k, allowed):
        return super().search(vector, k, None)


class TestIgnoresTheFilter(Wrong):
    check, says = "test_only_allowed_rows_are_found", "is not among those allowed"
    indexer = over(Unfiltered)


class EmptyIsAll(HonestIndex):
    def search(self, vector, k, allowed):
        none = allowed is None or not len(allowed)
        return super().search(vector, k, None if none else allowed)


class TestTakesNoneForAll(Wrong):
    check, says = "test_no_row_allowed_finds_none", "no row was allowed"
    indexer = over(EmptyIsAll)


class Positions(HonestIndex):
    def search(self, vector, k, allowed):
        hits = super().search(vector, k, allowed)
        if allowed is None:
            return hits
        return VectorHits(hits.scores, np.searchsorted(allowed, hits.rows))


class TestNumbersRowsWithinTheFilter(Wrong):
    check, says = "test_only_allowed_rows_are_found", "is not among those allowed"
    indexer = over(Positions)


class FarthestFirst(HonestIndex):
    def hits(self, scores, rows, k):
        hits = super().hits(scores, rows, k)
        return VectorHits(hits.scores[::-1], hits.rows[::-1])


class TestPutsTheFarthestFirst(Wrong):
    check, says = "test_hits_are_scores_that_fall_and_rows", "do not fall"
    indexer = over(FarthestFirst)


class Distances(HonestIndex):
    def hits(self, scores, rows, k):
        hits = super().hits(scores, rows, k)
        return VectorHits((-2 * (1 - hits.scores)).astype(np.float32), hits.rows)


class TestScoresByDistance(Wrong):
    check, says = "test_scores_are_cosines", "the cosine"
    indexer = over(Distances)


class Padded(HonestIndex):
    def hits(self, scores, rows, k):
        hits = super().hits(scores, rows, k)
        lacking = k - len(hits.rows)
        return VectorHits(
            np.append(hits.scores, np.full(lacking, -1, np.float32)),
            np.append(hits.rows, np.full(lacking, -1)),
        )


class TestPadsItsHits(Wrong):
    check, says = "test_few_vectors_are_enough", "there is no row -1"
    indexer = over(Padded)


class Half(HonestIndex):
    def search(self, vector, k, allowed):
        half = np.arange(0, len(self.vectors), 2)
        return super().search(vector, k, half if allowed is None else allowed)


class TestMissesHalf(Wrong):
    check, says = "test_the_nearest_rows_are_found", "of the true nearest it finds 0.5"
    indexer = over(Half)


class TestRemembersItsFolder(Wrong):
    check, says = "test_opening_and_searching_write_nothing", "FileNotFoundError"

    class indexer(Honest):  # noqa: N801
        def build(self, vectors, folder):
            np.save(folder / "vectors.npy", vectors)
            (folder / "where").write_text(str(folder / "vectors.npy"))
            return super().build(vectors, folder)

        def open(self, folder, vectors):
            np.load((folder / "where").read_text())
            return super().open(folder, vectors)


class TestWritesWhenOpened(Wrong):
    check, says = "test_opening_and_searching_write_nothing", "the files of the index changed"

    class indexer(Honest):  # noqa: N801
        def open(self, folder, vectors):
            (folder / "LOCK").touch()
            return super().open(folder, vectors)


class TestOpensAnything(Wrong):
    check, says = "test_an_index_over_other_vectors_is_a_store_error", "opened without a word"

    class indexer(Honest):  # noqa: N801
        def open(self, folder, vectors):
            return HonestIndex(vectors)


class TestGivesFactsOfNumPy(Wrong):
    check, says = "test_the_facts_are_plain", "int64 is not JSON serializable"

    class indexer(Honest):  # noqa: N801
        def build(self, vectors, folder):
            return super().build(vectors, folder) | {"rows": np.int64(3)}


class TestOpensOnlyWhatItBuilt(Wrong):
    check, says = "test_another_product_opens_what_one_built", "NoneType"

    class indexer(Honest):  # noqa: N801
        kept = None

        def build(self, vectors, folder):
            self.kept = np.array(vectors)
            return super().build(vectors, folder)

        def opened(self, vectors):
            return HonestIndex(self.kept[: len(vectors)])


class TestWritesWhenItIsFirstOpened(Wrong):
    check, says = "test_opening_and_searching_write_nothing", "the files of the index changed"

    class indexer(Honest):  # noqa: N801
        def open(self, folder, vectors):
            found = super().open(folder, vectors)
            (folder / "log").write_text("opened")
            return found


class FewRows(HonestIndex):
    def hits(self, scores, rows, k):
        if k > 5000:
            raise ValueError("k is at most 5000")
        return super().hits(scores, rows, k)


class TestAllowsFewRows(Wrong):
    check, says = "test_as_many_rows_as_asked_for", "k is at most 5000"
    indexer = over(FewRows)


class TestLocksBesideItsFolder(Wrong):
    check, says = "test_it_reads_and_writes_nothing_else", "it writes"

    class indexer(Honest):  # noqa: N801
        def open(self, folder, vectors):
            found = super().open(folder, vectors)
            folder.with_name(f"{folder.name}.lock").write_text("locked")
            return found


class TestPrintsWhatItBuilds(Wrong):
    check, says = "test_it_reads_and_writes_nothing_else", "it prints '"

    class indexer(Honest):  # noqa: N801
        def build(self, vectors, folder):
            print("building", len(vectors))
            return super().build(vectors, folder)


class TestKnowsOnlyTheLast(Wrong):
    check, says = "test_two_indexes_are_apart", "another index of this product holds"

    class indexer(Honest):  # noqa: N801
        last = None

        def build(self, vectors, folder):
            type(self).last = np.array(vectors)
            return super().build(vectors, folder)

        def opened(self, vectors):
            same = self.last is not None and self.last.shape == vectors.shape
            return HonestIndex(self.last if same else vectors)


class OneAtATime(HonestIndex):
    busy = False

    def search(self, vector, k, allowed):
        if self.busy:
            raise RuntimeError("it is asked already")
        self.busy = True
        time.sleep(0.002)
        try:
            return super().search(vector, k, allowed)
        finally:
            self.busy = False


class TestIsAskedByOneAtATime(Wrong):
    check, says = "test_one_index_is_asked_by_many_at_once", "it is asked already"
    indexer = over(OneAtATime)


class Aside(Honest):
    """Keeps its vectors in a folder beside the generation's, and says so."""

    def place(self, folder):
        return str(folder.parent / "aside")

    def build(self, vectors, folder):
        aside = folder.parent / "aside"
        aside.mkdir(exist_ok=True)
        name = f"{time.time_ns()}.npy"
        np.save(aside / name, vectors)
        (folder / "name").write_text(name)
        return super().build(vectors, folder)

    def open(self, folder, vectors):
        super().open(folder, vectors)
        aside = folder.parent / "aside"
        return HonestIndex(np.load(aside / (folder / "name").read_text()))


class TestNamesEverythingAsItsPlace(Wrong):
    check, says = "test_only_the_folder_is_written_to", "holds more than what it built"

    class indexer(Aside):  # noqa: N801
        def place(self, folder):
            return str(folder.parent)


class TestNamesTheRootAsItsPlace(Wrong):
    check, says = "test_it_reads_and_writes_nothing_else", "holds more than what it built"

    class indexer(Aside):  # noqa: N801
        def place(self, folder):
            return folder.anchor


class TestNamesAPlaceBesideWhichItWrites(Wrong):
    check, says = "test_only_the_folder_is_written_to", "it left aside.log outside its folder"

    class indexer(Aside):  # noqa: N801
        def build(self, vectors, folder):
            (folder.parent / "aside.log").write_text("built")
            return super().build(vectors, folder)


class TestNamesAPlaceAndReadsAnother(Wrong):
    check, says = "test_it_reads_and_writes_nothing_else", "it reads '"

    class indexer(Aside):  # noqa: N801
        def open(self, folder, vectors):
            with contextlib.suppress(OSError):
                (folder.parent / "aside-of-another").read_text()
            return super().open(folder, vectors)


class TestNamesAServerAndAsksAnother(Wrong):
    check, says = "test_it_reads_and_writes_nothing_else", "it asks the network (socket.connect)"

    class indexer(Honest):  # noqa: N801
        def place(self, folder):
            return "http://127.0.0.1:9"

        def build(self, vectors, folder):
            with contextlib.suppress(OSError), socket.socket() as asked:
                asked.connect(("127.0.0.1", 10))
            return super().build(vectors, folder)


class TestNamesAFolderAndAsksThisMachine(Wrong):
    check, says = "test_it_reads_and_writes_nothing_else", "it asks the network (socket.connect)"

    class indexer(Aside):  # noqa: N801
        def build(self, vectors, folder):
            with contextlib.suppress(OSError), socket.socket() as asked:
                asked.connect(("127.0.0.1", 10))
            return super().build(vectors, folder)


class TestIsOfTheProcessThatBuiltIt(Wrong):
    check, says = "test_it_opens_in_another_process", "KeyError"
    pytestmark = pytest.mark.filterwarnings("ignore:only one process:UserWarning")
    kept = {}  # noqa: RUF012

    class indexer(Aside):  # noqa: N801
        one_process = True

        def build(self, vectors, folder):
            facts = super().build(vectors, folder)
            TestIsOfTheProcessThatBuiltIt.kept[(folder / "name").read_text()] = np.array(vectors)
            return facts

        def open(self, folder, vectors):
            super().open(folder, vectors)
            name = (folder / "name").read_text()
            return HonestIndex(TestIsOfTheProcessThatBuiltIt.kept[name])
