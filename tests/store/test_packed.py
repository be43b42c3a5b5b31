"""Packed vectors: a byte a component, near to what they were, the same whichever way they came."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docproc.store.vectors.quantization import (
    PackedVectors,
    open_vectors,
    pack,
    packed_rows,
    row_bytes,
    unpack,
)


def unit_vectors(count, dimension, seed=0):
    made = np.random.default_rng(seed).standard_normal((count, dimension)).astype(np.float32)
    return made / np.linalg.norm(made, axis=1, keepdims=True)


@settings(deadline=None)
@given(st.integers(0, 20), st.integers(1, 70), st.floats(1e-6, 1e6))
def test_a_component_is_off_by_half_a_step_at_most(count, dimension, times):
    vectors = unit_vectors(count, dimension) * np.float32(times)
    rows = pack(vectors)
    assert (rows.dtype, rows.shape) == (np.uint8, (count, row_bytes(dimension)))
    step = np.abs(vectors).max(axis=1, keepdims=True, initial=0) / 127
    assert (np.abs(unpack(rows) - vectors) <= 0.501 * step).all()


def test_cosines_move_in_the_fourth_digit_only():
    vectors, questions = unit_vectors(2000, 384), unit_vectors(20, 384, 1)
    moved = np.abs((unpack(pack(vectors)) - vectors) @ questions.T)
    assert moved.mean() < 3e-4
    assert moved.max() < 3e-3


def test_a_vector_of_zeros_stays_one_and_equal_ones_stay_equal():
    vectors = unit_vectors(3, 5)
    vectors[1] = 0
    vectors[2] = vectors[0]
    found = unpack(pack(vectors))
    assert not found[1].any()
    assert np.array_equal(found[0], found[2])


@pytest.fixture
def kept(tmp_path):
    vectors = unit_vectors(50, 8)
    np.save(tmp_path / "packed.npy", pack(vectors))
    np.save(tmp_path / "earlier.npy", vectors)
    return tmp_path


@pytest.mark.parametrize(
    "which",
    [
        3,
        slice(4, 9),
        np.array([7, 7, 0, 49]),
        [1, 2],
        np.arange(50) % 3 == 0,
        np.zeros(0, np.int64),
    ],
    ids=["one", "slice", "numbers", "list", "mask", "none"],
)
def test_rows_are_picked_as_those_of_an_array_are(kept, which):
    opened = open_vectors(kept / "packed.npy")
    every = unpack(pack(unit_vectors(50, 8)))
    assert isinstance(opened, PackedVectors)
    assert (len(opened), opened.shape, opened.dtype, opened.ndim) == (50, (50, 8), np.float32, 2)
    found = opened[which]
    assert found.dtype == np.float32
    assert np.array_equal(found, every[which])
    assert np.array_equal(np.asarray(opened), every)
    assert np.array_equal(np.array(list(opened)), every)


def test_vectors_kept_in_single_precision_are_read_and_packed_when_they_are_taken_over(kept):
    opened = open_vectors(kept / "earlier.npy")
    rows = np.array([3, 1])
    assert np.array_equal(opened[rows], unit_vectors(50, 8)[rows])
    packed = packed_rows(open_vectors(kept / "packed.npy"), rows)
    assert np.array_equal(packed_rows(opened, rows), packed)


@pytest.mark.parametrize("array", [np.zeros(4, np.uint8), np.zeros((4, 4), np.float64)])
def test_an_array_of_something_else_is_no_vectors(tmp_path, array):
    np.save(tmp_path / "other.npy", array)
    with pytest.raises(ValueError, match="no vectors"):
        open_vectors(tmp_path / "other.npy")
