from __future__ import annotations

import pytest
import word_bag as bag

from docproc.operations.reports.status import describe_status, disk_use, name_part
from docproc.store.generations.open_catalog import open_catalog


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("catalog.sqlite", "texts"),
        ("text/passages/0f.idx", "index of words"),
        ("text/documents/index.json", "index of words"),
        ("vectors/vectors.npy", "vectors"),
        ("vectors/keys.npy", "about vectors"),
        ("vectors/index/lists.bin", "index of vectors"),
        ("encoder/model.data", "query encoder"),
        ("duplicates.json", "other"),
        ("shards/0003/vectors/vectors.npy", "vectors"),
        ("shards/0003/text/passages/0f.idx", "index of words"),
        ("shards/0003/catalog.sqlite", "texts"),
    ],
)
def test_every_file_belongs_to_a_part(name: str, part: str) -> None:
    assert name_part(name) == part


def test_status_says_what_each_part_takes_and_leaves_nothing_out(tmp_path) -> None:
    root = bag.make_workspace(tmp_path / "workspace")
    bag.index(root)
    application = bag.application(root)
    generation = bag.current(root)
    found = describe_status(application)
    told, shares = found["disk"], found["disk, bytes for a character of text"]
    assert told == disk_use(generation, application.generations.layout)
    cached = told.pop("cache of vectors")
    with open_catalog(generation) as catalog:
        written = sum(len(catalog.document(row.id).text) for row in catalog.documents())
    assert shares["texts"] == pytest.approx(told["texts"] / written, rel=0.01)
    parts = sum(size for part, size in told.items() if part != "query encoder") + cached
    assert shares["all of it"] == pytest.approx(parts / written, rel=0.01)
    assert "query encoder" not in shares
    assert sum(told.values()) == generation.size
    assert list(told.values()) == sorted(told.values(), reverse=True)
    assert {"texts", "vectors", "index of words"} <= told.keys()
