"""The manifest round-trips, and no changed byte of it is believed."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st
from store_samples import manifest, plugin

from docproc.errors import StoreError
from docproc.store.manifest import (
    Counts,
    FileSum,
    read_manifest,
    recipe_hash,
    write_manifest,
)

json = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**50), 2**50) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return tmp_path_factory.mktemp("generation") / "manifest.json"


def whole(**changes):
    return manifest(
        id="20261123T181500Z-0123abcd",
        created="2026-11-23T18:15:00Z",
        counts=Counts(sources=1, documents=2, passages=3, sentences=4),
        facts={"vector_index": {"type": "flat"}},
        files={"catalog.sqlite": FileSum(7, "ab" * 32)},
        **changes,
    )


@given(
    calibration=st.dictionaries(st.text(max_size=5), json, max_size=3),
    parent=st.none() | st.text(max_size=9),
)
def test_a_manifest_round_trips(path, calibration, parent):
    written = write_manifest(path, whole(calibration=calibration, parent=parent))
    assert read_manifest(path) == written
    assert dataclasses.replace(written, seal="0" * 64) == whole(
        calibration=calibration, parent=parent
    )


def test_a_manifest_may_quote_a_seal(path):
    quoted = {"x": '"seal": "' + "0" * 64 + '"', "seal": "0" * 64}
    assert read_manifest_of(path, whole(calibration=quoted)).calibration == quoted


def read_manifest_of(path, value):
    write_manifest(path, value)
    return read_manifest(path)


def test_any_flipped_byte_is_found_and_the_file_named(path):
    write_manifest(path, whole(calibration={"weight": 0.25}))
    sound = path.read_bytes()
    for at in range(len(sound)):
        data = bytearray(sound)
        data[at] ^= 1
        path.write_bytes(data)
        with pytest.raises(StoreError, match=r"manifest\.json: "):
            read_manifest(path)
    for end in (0, 1, len(sound) // 2, len(sound) - 3):
        path.write_bytes(sound[:end])
        with pytest.raises(StoreError, match=r"manifest\.json: "):
            read_manifest(path)


def test_a_manifest_that_is_missing_or_of_another_format_is_named(tmp_path):
    with pytest.raises(StoreError, match=r"manifest\.json: there is no such file"):
        read_manifest(tmp_path / "manifest.json")
    with pytest.raises(StoreError, match="written in format 2, but this docproc reads format 1"):
        write_manifest(tmp_path / "manifest.json", whole(format=2))


def test_a_recipe_changes_with_name_version_setting_and_order_only():
    one, two = plugin("letter", a=1, b=[2]), plugin("search-text")
    same = dataclasses.replace(one, origin="elsewhere", settings={"b": [2], "a": 1})
    assert recipe_hash(one, two) == recipe_hash(same, two)
    others = [
        (two, one),
        (one,),
        (plugin("letter", a=1, b=[3]), two),
        (dataclasses.replace(one, version="1.1"), two),
        (plugin("letters", a=1, b=[2]), two),
    ]
    assert len({recipe_hash(*uses) for uses in [(one, two), *others]}) == 6


@pytest.mark.parametrize(
    "name", ["../CURRENT", "/etc/passwd", "text/../../../x", "a//b", "", "a\\..\\b", "C:x", "a/."]
)
def test_a_manifest_that_lists_a_file_outside_its_generation_is_refused(tmp_path, name):
    path = tmp_path / "manifest.json"
    with pytest.raises(StoreError, match="which is not a file of the generation"):
        write_manifest(path, dataclasses.replace(manifest(), files={name: FileSum(1, "0" * 64)}))
