"""Clocks that are off: of the machine that publishes, and of those that wrote the shards."""

import os
import random
import time
from datetime import UTC, datetime, timedelta

import pytest
from tiny_workspace import letter, tiny_workspace, wiring_of

from docproc.operations.reading.reading_room import open_reading_room
from docproc.operations.writing.runs import prepare_index
from docproc.pipeline.monitoring.progress import Silent
from docproc.store.generations.generations import Generations

pytestmark = pytest.mark.slow

QUESTION = "harvest grain wagons"
DAY = 86_400


def workspace(root):
    tiny_workspace(root)
    add(root, range(8))
    return root


def add(root, numbers):
    for number in numbers:
        (root / "seeds" / f"{number}.txt").write_text(letter(random.Random(number)), "utf-8")


def run(root, *, days=0.0):
    """A run on a machine whose clock is so many *days* ahead."""
    application = wiring_of(root)
    layout = application.generations.layout
    clock = lambda: datetime.now(UTC) + timedelta(days=days)  # noqa: E731
    application.__dict__["generations"] = Generations(layout, clock)
    assert prepare_index(application, Silent(), shards=3).run().outcome == "published"
    return application.generations.current_id()


def asked(root):
    return open_reading_room(wiring_of(root)).answering.trial(QUESTION)


def test_what_is_published_last_is_current_whatever_the_clocks_say(tmp_path):
    root, plain = workspace(tmp_path / "w"), workspace(tmp_path / "plain")
    published = [run(root)]
    for number, days in enumerate((-400, 4000, -3), 8):
        add(root, [number])
        published.append(run(root, days=days))
        assert wiring_of(root).generations.current_id() == published[-1]
    generations = wiring_of(root).generations
    assert generations.ids() == published == sorted(published)
    assert generations.verify(generations.current()) == []
    add(plain, range(8, 11))
    run(plain)
    assert asked(root) == asked(plain)
    assert generations.rollback().id == published[-2]
    assert wiring_of(root).generations.current_id() == published[-2]


@pytest.mark.parametrize("ahead", [400 * DAY, -400 * DAY])
def test_shards_that_were_written_by_another_clock_are_asked_and_built_upon(tmp_path, ahead):
    root = workspace(tmp_path / "w")
    run(root)
    before = asked(root)
    for path in (root / "embeddings" / "generations").rglob("shards/**/*"):
        if path.is_file():
            os.utime(path, (time.time() + ahead, time.time() + ahead))
    assert asked(root) == before
    assert prepare_index(wiring_of(root), Silent(), shards=3).run().outcome == "nothing to do"
    add(root, [8])
    run(root)
    plain = workspace(tmp_path / "plain")
    add(plain, [8])
    run(plain)
    assert asked(root) == asked(plain)
