"""Regular expressions that are compiled when they are first used.

One question needs a quarter of the several hundred patterns that its modules name; to compile
them all on import took a sixth of ``docproc ask``.
"""

from __future__ import annotations

import re
import weakref
from collections.abc import Callable
from typing import Any, AnyStr, cast

_SLOT = "⟦([a-z _-]+)⟧"
"""``⟦greetings⟧`` in a pattern: here stand the words of that name that were learned, if any."""
_NOTHING = "(?!)"
_slots: dict[str, str] = {}
_with_slots: weakref.WeakSet[_PatternOnUse] = weakref.WeakSet()

_compile: list[Callable[[Any, int], re.Pattern[Any]]] = [lambda *given: re.compile(*given)]

_METHODS = ("search", "match", "fullmatch", "split", "findall", "finditer", "sub", "subn")


def compile_on_use(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """The pattern that ``re.compile(source, flags)`` gives, compiled at its first use.

    It serves as a pattern through its methods and attributes; the functions of ``re`` do not
    take it.  A mistake in *source* is raised at the first use.
    """
    return cast("re.Pattern[AnyStr]", _PatternOnUse(source, int(flags)))


def compile_by(compile_: Callable[[Any, int], re.Pattern[Any]]) -> None:
    """From now on compile by *compile_*, which gives what ``re.compile`` does."""
    _compile[:] = [compile_]


def fill_slots(words: dict[str, str]) -> None:
    """Let *words*, patterns by the name of their slot, stand in the slots, and nothing else."""
    _slots.clear()
    _slots.update(words)
    for pattern in _with_slots:
        pattern.forget()


class _PatternOnUse:
    """Stands for a pattern; holds the compiled one's methods as its own from the first use."""

    def __init__(self, source: str | bytes, flags: int) -> None:
        self.pattern = source
        self._flags = flags
        if isinstance(source, str) and "⟦" in source:
            _with_slots.add(self)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        source = self.pattern
        if isinstance(source, str) and "⟦" in source:
            source = re.sub(_SLOT, lambda slot: _slots.get(slot[1], _NOTHING), source)
        compiled = _compile[-1](source, self._flags)
        self.__dict__.update({method: getattr(compiled, method) for method in _METHODS})
        self.__dict__["groupindex"] = compiled.groupindex
        return getattr(compiled, name)

    def forget(self) -> None:
        """Compile it again at its next use."""
        for name in (*_METHODS, "groupindex"):
            self.__dict__.pop(name, None)

    def __reduce__(self) -> tuple[Any, ...]:
        return compile_on_use, (self.pattern, self._flags)

    def __repr__(self) -> str:
        return f"compile_on_use({self.pattern!r}, {self._flags})"
