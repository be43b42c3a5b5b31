"""Retiring: names of ``docproc.hooks`` that still work for one release, and warn.

An argument of a hook is retired by ``hookspec(warn_on_impl_args=…)``, with an
``ApiDeprecation``.  ``docproc plugins list`` shows both kinds of warning by plugin and file.
"""

from __future__ import annotations

import sys
import warnings
from dataclasses import dataclass

from docproc.hooks.markers import ApiDeprecation


@dataclass(frozen=True, slots=True)
class Retired:
    """A name that goes: *instead* is the public name to use, *gone* the version without it."""

    instead: str
    gone: str


RETIRED: dict[str, Retired] = {}
"""Every name on its way out; it stays here for one release at least."""


def retired(name: str) -> object:
    """What *name* stands for; warns.  Raises ``AttributeError`` for any other name."""
    if name not in RETIRED:
        raise AttributeError(f"module 'docproc.hooks' has no attribute {name!r}")
    instead, gone = RETIRED[name].instead, RETIRED[name].gone
    warnings.warn(
        f"docproc.hooks.{name} goes with {gone}; take docproc.hooks.{instead}",
        ApiDeprecation,
        stacklevel=3,
    )
    return getattr(sys.modules["docproc.hooks"], instead)
