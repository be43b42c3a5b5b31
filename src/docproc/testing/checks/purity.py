"""The checks that a product does its work, and nothing beside it."""

from __future__ import annotations

import io
import locale
import random
import sys
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any, ClassVar

import pytest

from docproc.testing.checks.import_cost import ImportingContract
from docproc.testing.contract import break_promise, check, work_elsewhere
from docproc.testing.processes.watching import NETWORK, Watched, watch


def hold_state(do: Callable[[], object]) -> None:
    """Fail the check that is running where *do* changes what is not a product's own."""
    before = _state()
    do()
    for name, now in _state().items():
        if name in before and before[name] != now:
            break_promise(f"it changes {name}")


def _state() -> dict[str, Any]:
    """What of this process everybody in it stands on, by name."""
    numpy = sys.modules.get("numpy.random")
    return {
        "the folder that the process stands in": str(Path.cwd()),
        "what `random` draws next": random.getstate(),
        "where modules are looked for": list(sys.path),
        "how deep calls may go": sys.getrecursionlimit(),
        "the locale": locale.setlocale(locale.LC_ALL),
        **({"what numpy.random draws next": _random_state(numpy)} if numpy else {}),
    }


def _random_state(numpy: Any) -> Any:
    kind, keys, *rest = numpy.get_state()
    return kind, keys.tobytes(), rest


_PRODUCTS = "docproc.hooks.protocols"

Work = tuple[Callable[..., Any], Sequence[Any]]
"""A function of a module, and what it is called with after the product."""


class PureContract(ImportingContract):
    """What a product must leave alone, while it does the *work* of its kind."""

    asks: ClassVar[bool] = False
    """Whether it is a plugin's work to ask a host; then that is no breach."""

    @pytest.fixture
    def work(self) -> Work:
        """What the product is watched at."""
        pytest.skip("this kind of plugin is not watched")

    @check(_PRODUCTS)
    def test_it_reads_and_writes_nothing_else(self, plugin: Any, work: Work) -> None:
        """A product reads what it is given, writes nowhere, and asks nobody on the network; a
        temporary file is tidied up.
        """
        for seen in self._watch_apart(plugin, work).seen:
            if not (self.asks and seen.startswith(NETWORK)):
                break_promise(seen)

    @check(_PRODUCTS)
    def test_it_prints_nothing(self, plugin: Any, work: Work) -> None:
        """A product prints nothing: standard output is for the results of a command."""
        said = io.StringIO()
        task, given = work
        with redirect_stdout(said):
            task(plugin, *given)
        printed = said.getvalue() or self._watch_apart(plugin, work).printed
        if printed:
            break_promise(f"it prints {printed[:60]!r}")

    @check(_PRODUCTS)
    def test_another_day_changes_nothing(self, plugin: Any, work: Work) -> None:
        """A product knows no clock: on another day it does the same."""
        if self.asks:
            pytest.skip("what a host gives may differ from day to day")
        watched = self._watch_apart(plugin, work)
        task, given = self._work(work)
        if watched.result != task(plugin, *given):
            break_promise("on another day it gives something else")

    @check(_PRODUCTS)
    def test_the_same_work_gives_the_same(self, plugin: Any, work: Work) -> None:
        """Pure: what was done before, and in which order, makes no difference."""
        if self.asks:
            pytest.skip("what a host gives may differ")
        task, (some, *rest) = self._work(work)
        first = task(plugin, some, *rest)
        backwards = task(plugin, some[::-1], *rest) if isinstance(some, list) else None
        disturbed = isinstance(backwards, list) and backwards[::-1] != first
        if disturbed or task(plugin, some, *rest) != first:
            break_promise("it gives something else the second time")

    @check(_PRODUCTS)
    def test_it_works_the_same_in_another_process(self, plugin: Any, work: Work) -> None:
        """A product can be pickled, and does the same in another process, whatever its hash
        seed, its time zone, its locale and its folder.
        """
        task, given = self._work(work)
        found = self.elsewhere(plugin, task, *given)
        if not self.asks and found != task(plugin, *given):
            break_promise("it gives something else in another process")

    @check(_PRODUCTS)
    def test_it_leaves_the_process_as_it_was(self, plugin: Any, work: Work) -> None:
        """A product changes nothing of the process that is not its own: the folder that it stands
        in, the numbers that ``random`` and NumPy draw next, where modules are looked for.
        """
        task, given = work
        hold_state(lambda: task(plugin, *given))

    def _work(self, work: Work) -> Work:
        """The first *work* of the class: a sample may be made again for each test, and differ."""
        first: Work = self.once("work", lambda: work)
        return first

    def _watch_apart(self, plugin: Any, work: Work) -> Watched:
        """How it went in another process, on another day; once a class."""
        task, given = self._work(work)
        files = [*(each for each in given if isinstance(each, Path)), *self.reads]
        watched: Watched = self.once(
            "watched", lambda: work_elsewhere(watch, task, plugin, given, (), files, day=True)
        )
        return watched
