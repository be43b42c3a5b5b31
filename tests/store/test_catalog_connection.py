"""One connection, many threads: each gets its own rows, on every Python."""

import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from docproc.store.catalog.tables.connection import TakingTurns

ROWS = 2_000


@pytest.fixture
def path(tmp_path):
    made = sqlite3.connect(tmp_path / "some.sqlite")
    with made:
        made.execute("CREATE TABLE texts (number INTEGER PRIMARY KEY, text TEXT)")
        made.executemany("INSERT INTO texts VALUES (?, ?)", map(row, range(ROWS)))
    made.close()
    return tmp_path / "some.sqlite"


def row(number):
    return number, f"{number}: " + "x" * (200 + number % 1_000)


@pytest.fixture
def shared(path):
    opened = TakingTurns(sqlite3.connect(path, check_same_thread=False))
    yield opened
    opened.close()


def test_many_threads_that_ask_the_same_each_get_their_own_rows(shared):
    """Without turns, CPython 3.12 and 3.13 gave some 2 of 1,000 those of another."""

    def ask(first):
        found = shared.execute(
            "SELECT * FROM texts WHERE number BETWEEN ? AND ?", (first, first + 3)
        )
        assert list(found) == [row(number) for number in range(first, first + 4)]

    def scan(number):
        counted = shared.execute("SELECT count(*) FROM texts WHERE text LIKE ?", (f"%{number}%q",))
        assert counted.fetchone() == (0,)

    with ThreadPoolExecutor(8) as threads:
        asked = [threads.submit(ask, 7 * number % (ROWS - 4)) for number in range(4_000)]
        asked += [threads.submit(scan, number) for number in range(40)]
        for each in asked:
            each.result()


class Meeting:
    """A connection and a cursor that notice when two threads are in them at once."""

    def __init__(self):
        self.inside, self.met = 0, False

    def __getattr__(self, name):
        def call(*_):
            self.inside += 1
            self.met |= self.inside > 1
            time.sleep(0.001)
            self.inside -= 1
            return self if name == "execute" else []

        return call


def test_no_two_calls_meet():
    connection = Meeting()
    shared = TakingTurns(connection)
    ways = (
        lambda: list(shared.execute("one")),
        lambda: shared.execute("two").fetchall(),
        lambda: shared.execute("three").fetchone(),
    )
    threads = [threading.Thread(target=ways[number % 3]) for number in range(12)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert not connection.met
