"""The checks that every plugin has in common: what importing it brings and costs."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from docproc.testing.contract import Contract, break_promise, check
from docproc.testing.processes import tasks
from docproc.testing.processes.other_process import importable, run_elsewhere

_AT_MOST = 10.0
"""Times what docproc's own part of a plugin costs to import; the built-in ones take 0.1."""


class ImportingContract(Contract):
    """What importing a plugin may cost: its module is loaded by commands that do not use it."""

    @check("docproc.hooks.registration")
    def test_importing_it_brings_no_heavy_library(self, plugin: Any) -> None:
        """Nothing heavy is imported before it is needed: the factory is named by its address,
        or imports the library when it is called.
        """
        heavy, _ = self._cost(plugin)
        if heavy:
            break_promise(f"importing the plugin's module imports {', '.join(heavy)}")

    @check("docproc.hooks.registration")
    def test_importing_it_is_quick(self, plugin: Any) -> None:
        """Importing a plugin takes no more than a few times what its part of docproc takes."""
        _, cost = self._cost(plugin)
        if cost > _AT_MOST:
            break_promise(
                f"it takes {cost:.0f} times as long as importing docproc.hooks and its records"
            )

    def module_with_hooks(self, plugin: Any) -> str:
        """The name of the module that offers *plugin*; empty where none is known."""
        return self.hooks or _module_with_hooks(type(plugin).__module__)

    def _cost(self, plugin: Any) -> tuple[list[str], float]:
        """Measured once a class, in a process of its own."""
        name = self.module_with_hooks(plugin)
        if not name:
            pytest.skip("no module with hooks is known: name it in `hooks`")
        file = None if importable(name) else getattr(sys.modules[name], "__file__", None)
        found = self.once(
            "cost", lambda: run_elsewhere(tasks.cost_of_importing, name, file, bare=True)
        )
        if found.failure:
            break_promise(f"it cannot be imported by itself: {found.failure}")
        cost: tuple[list[str], float] = found.result
        return cost


def _module_with_hooks(name: str) -> str:
    """The module called *name*, or the nearest above it, that implements a hook."""
    while name:
        module = sys.modules.get(name)
        if module and any(hasattr(value, "docproc_impl") for value in vars(module).values()):
            return name
        name = name.rpartition(".")[0]
    return ""
