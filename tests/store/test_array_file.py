"""Rows of an array file: read or mapped, they are the array's."""

import gc
import os
import sys

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docproc.store.vectors.array_file import ArrayFile, open_array

ROWS = 40


@pytest.fixture(scope="module")
def whole():
    return np.random.default_rng(3).normal(size=(ROWS, 5)).astype(np.float32)


@pytest.fixture(scope="module")
def path(whole, tmp_path_factory):
    path = tmp_path_factory.mktemp("array") / "a.npy"
    np.save(path, whole)
    return path


@given(st.lists(st.integers(-ROWS, ROWS - 1), max_size=60))
def test_rows_picked_out_are_those_of_the_array(path, whole, rows):
    index = np.array(rows, np.int64)
    found = open_array(path)[index]
    assert type(found) is np.ndarray
    assert found.shape == (len(rows), 5)
    assert (found == whole[index]).all()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.slices(ROWS), st.integers(-ROWS, ROWS - 1))
def test_slices_and_single_rows_are_those_of_the_array(path, whole, part, row):
    array = open_array(path)
    assert (array[part] == whole[part]).all()
    assert (array[row] == whole[row]).all()
    assert type(array[part]) is np.ndarray
    assert (array[part][np.arange(len(whole[part]))] == whole[part]).all()


def test_the_whole_can_be_computed_with_and_not_written_to(path, whole):
    array = open_array(path)
    assert (array @ whole[0] == whole @ whole[0]).all()
    assert (array.shape, array.dtype) == (whole.shape, whole.dtype)
    with pytest.raises(ValueError, match="read-only"):
        array[0] = 0


@pytest.mark.parametrize("shape", [(0, 5), (7,), (3, 2, 4)])
def test_arrays_of_other_shapes_are_opened_too(tmp_path, shape):
    values = np.arange(np.prod(shape), dtype=np.int32).reshape(shape)
    np.save(tmp_path / "a.npy", values)
    array = open_array(tmp_path / "a.npy")
    rows = np.arange(len(values), dtype=np.int64)[::-1]
    assert (array[rows] == values[rows]).all()


def test_a_row_that_there_is_not_is_an_index_error(path):
    with pytest.raises(IndexError):
        open_array(path)[np.array([0, ROWS])]


@pytest.mark.skipif(sys.platform == "win32", reason="it maps all of it")
def test_what_was_opened_is_read_after_its_file_is_gone_and_closed_with_it(tmp_path, whole):
    np.save(tmp_path / "a.npy", whole)
    array = open_array(tmp_path / "a.npy")
    (tmp_path / "a.npy").unlink()
    assert (array[np.array([3, 1])] == whole[[3, 1]]).all()
    assert isinstance(array, ArrayFile)
    descriptor = array._file
    os.fstat(descriptor)
    del array
    gc.collect()
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(descriptor)


@pytest.mark.parametrize("damage", [lambda data: b"", lambda data: data[:-8], lambda data: b"x"])
def test_what_is_no_array_is_an_error(path, tmp_path, damage):
    (tmp_path / "a.npy").write_bytes(damage(path.read_bytes()))
    with pytest.raises((OSError, ValueError, EOFError)):
        open_array(tmp_path / "a.npy")
