"""What everybody in a process stands on, and no product may change."""

from __future__ import annotations

import locale
import random
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from docproc.testing.contract import break_promise


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
