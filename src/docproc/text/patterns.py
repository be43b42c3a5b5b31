"""Regular expressions that are compiled when they are first used.

One question needs a quarter of the several hundred patterns that its modules name; to compile
them all on import took a sixth of ``docproc ask``.
"""

from __future__ import annotations

import re
from typing import Any, cast

_METHODS = ("search", "match", "fullmatch", "split", "findall", "finditer", "sub", "subn")


def compile_on_use(source: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern that ``re.compile(source, flags)`` gives, compiled at its first use.

    It serves as a pattern through its methods and attributes; the functions of ``re`` do not
    take it.  A mistake in *source* is raised at the first use.
    """
    return cast("re.Pattern[str]", _PatternOnUse(source, int(flags)))


class _PatternOnUse:
    """Stands for a pattern; holds the compiled one's methods as its own from the first use."""

    def __init__(self, source: str, flags: int) -> None:
        self.pattern = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self._flags)
        self.__dict__.update({method: getattr(compiled, method) for method in _METHODS})
        return getattr(compiled, name)

    def __reduce__(self) -> tuple[Any, ...]:
        return compile_on_use, (self.pattern, self._flags)

    def __repr__(self) -> str:
        return f"compile_on_use({self.pattern!r}, {self._flags})"
