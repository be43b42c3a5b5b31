"""Planning: what is read again, and what is left alone."""

import hashlib
from pathlib import Path

import pytest

from docproc.pipeline.ingesting.plan import plan
from docproc.pipeline.scan import FoundFile
from docproc.records import SourceFile
from docproc.store.catalog import Failure, SourceState


@pytest.fixture
def file(tmp_path):
    def make(name, text="a", mtime_ns=1, obstacle=None):
        path = tmp_path / Path(name).name
        path.write_text(text, "utf-8")
        return FoundFile(name, path, len(text), mtime_ns, obstacle)

    return make


def known(name, text="a", mtime_ns=1, recipe="r"):
    source = SourceFile(name, "text/plain", len(text), hashlib.sha256(text.encode()).hexdigest())
    return SourceState(source, mtime_ns, "text", "1", recipe)


def planned(found, sources=(), failures=(), recipe="r", **options):
    def stands(file, known):
        return recipe if known.recipe in (recipe, f"like {recipe}") else None

    return plan(
        found,
        {state.source.path: state for state in sources},
        {failure.path: failure for failure in failures},
        **({"failing": recipe, "stands": stands if recipe else None} | options),
    )


def test_what_is_not_known_is_new(file):
    assert planned([file("seeds/a.txt")]).words() == "1 new"


def test_the_same_size_and_time_of_change_is_unchanged_unread(file):
    made = planned([file("seeds/a.txt", "b")], [known("seeds/a.txt", "a")])
    assert made.nothing
    assert made.unchanged == 1


def test_another_time_but_the_same_bytes_is_only_touched(file):
    made = planned([file("seeds/a.txt", mtime_ns=2)], [known("seeds/a.txt")])
    assert made.nothing
    assert [found.path for found in made.touched] == ["seeds/a.txt"]


def test_other_bytes_are_changed(file):
    assert planned([file("seeds/a.txt", "bb")], [known("seeds/a.txt")]).words() == "1 changed"


def test_another_recipe_makes_a_source_stale(file):
    found, states = [file("seeds/a.txt")], [known("seeds/a.txt")]
    assert planned(found, states, recipe="other").words() == "1 changed"
    assert planned(found, states, recipe=None).nothing


def test_a_source_that_other_plugins_would_not_read_otherwise_is_confirmed(file):
    made = planned([file("seeds/a.txt")], [known("seeds/a.txt", recipe="like r")])
    assert (made.nothing, made.unchanged) == (True, 1)
    assert made.confirmed == (("seeds/a.txt", "r"),)
    assert planned([file("seeds/a.txt")], [known("seeds/a.txt")]).confirmed == ()


def test_what_is_gone_is_removed_and_so_is_a_failure_that_is_gone():
    made = planned([], [known("seeds/a.txt")], [Failure(path="seeds/b.txt", cause="c")])
    assert made.removed == ("seeds/a.txt", "seeds/b.txt")


def test_a_file_that_failed_is_not_tried_again_until_it_or_its_recipe_changes(file):
    failed = Failure(path="seeds/a.txt", cause="no", recipe="r", size=1, mtime_ns=1)
    assert planned([file("seeds/a.txt")], failures=[failed]).nothing
    assert planned([file("seeds/a.txt", mtime_ns=2)], failures=[failed]).words() == "1 new"
    assert planned([file("seeds/a.txt")], failures=[failed], recipe="s").words() == "1 new"


def test_an_obstacle_that_is_gone_lets_the_file_in(file):
    failed = Failure(path="seeds/a.txt", cause="not a regular file", recipe="r")
    assert planned([file("seeds/a.txt", obstacle="not a regular file")], failures=[failed]).nothing
    assert planned([file("seeds/a.txt")], failures=[failed]).words() == "1 new"


def test_only_the_paths_that_are_meant_are_looked_at(file):
    made = planned(
        [file("seeds/a.txt", "bb"), file("seeds/n.txt")],
        [known("seeds/a.txt"), known("seeds/gone.txt")],
        concerns=lambda path: path == "seeds/n.txt",
    )
    assert made.words() == "1 new"
    assert made.unchanged == 1
