"""Whatever a library does over damaged files, it is one error that names the file."""

import numpy as np
import pytest
import word_bag as bag

from docproc.errors import StoreError
from docproc.retrieval.generation.index_guard import guard_index
from docproc.retrieval.generation.open_generation import OpenGeneration
from docproc.store.generations.generation import check_untouched


class Panic(BaseException):
    """As pyo3's PanicException is: no Exception."""


class Index:
    languages = ("en",)

    @property
    def rows(self):
        raise Panic("mid > len")

    def search(self, question):
        if question == "stop":
            raise KeyboardInterrupt
        if question:
            raise Panic("range end index 7 out of range\nstack backtrace")
        return "found"


def test_a_panic_at_opening_or_in_use_is_an_error_of_the_store(tmp_path):
    def opens():
        raise Panic("corrupt")

    with pytest.raises(StoreError, match=r"cannot be read: Panic: corrupt; .*again"):
        guard_index(tmp_path / "text", opens)
    index = guard_index(tmp_path / "text", Index)
    assert (index.languages, index.search("")) == (("en",), "found")
    for use in (lambda: index.rows, lambda: index.search("x"), lambda: index.search("x")):
        with pytest.raises(StoreError, match="`docproc index` makes it again"):
            use()
    with pytest.raises(KeyboardInterrupt):
        index.search("stop")
    with pytest.raises(AttributeError):
        _ = index.nothing
    assert not hasattr(index, "another")


@pytest.fixture
def root(tmp_path):
    root = bag.make_workspace(tmp_path / "workspace")
    bag.index(root)
    return root


@pytest.mark.parametrize(
    "owners",
    [
        np.zeros(3, np.int32), np.zeros((4, 2), np.int32), np.zeros(9999, np.int64),
        np.array([[1]], np.float64),
    ],
)  # fmt: skip
def test_owners_of_another_shape_or_type_are_an_error_with_the_files_name(root, owners):
    path = bag.current(root).vectors / "owners.npy"
    path.unlink()  # it may be linked into other generations
    np.save(path, owners)
    with pytest.raises(StoreError, match=r"owners\.npy"):
        bag.ask(root, "How many crates of rifles do we need?")


def test_owners_that_no_passage_has_are_told_even_where_the_file_is_taken_as_published(root):
    current = bag.current(root)
    path = current.vectors / "owners.npy"
    owners = np.load(path)
    path.unlink()
    owners[-1] = 1 << 30
    np.save(path, owners)
    opened = bag.application(root).open_generation(current.folder, current.manifest)
    assert isinstance(opened, OpenGeneration)
    with pytest.raises(StoreError, match=r"owners\.npy: it does not name a passage"):
        _ = opened.owners


def test_a_file_that_another_program_changed_is_found_before_an_answer_is_given(root):
    current = bag.current(root)
    check_untouched(current)
    for name in current.manifest.files:
        path = current.folder / name
        data = path.read_bytes()
        if data:
            path.write_bytes(bytes([data[0] ^ 1]) + data[1:])
            with pytest.raises(StoreError, match="altered since it was published; `docproc index`"):
                bag.ask(root, "How many crates of rifles do we need?")
        path.write_bytes(data + b"x")
        with pytest.raises(StoreError, match="not as it was published"):
            bag.ask(root, "How many crates of rifles do we need?")
        path.write_bytes(data)
    assert bag.ask(root, "How many crates of rifles do we need?").citations
