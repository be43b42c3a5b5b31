"""Headers as Python's email library reads them, each read once.

A message asked for its type, its names, its charset has its headers parsed each time, and each
time a class made for them.  A header that was read never changes, and the same ones stand in
message after message.
"""

from __future__ import annotations

from email import policy
from email.headerregistry import BaseHeader, HeaderRegistry
from functools import lru_cache

_LONGEST = 1_000
"""Characters of a header that is kept; a longer one is seldom asked for twice."""
_READ = HeaderRegistry()


class _Kept(HeaderRegistry):
    def __call__(self, name: str, value: str) -> BaseHeader:
        return (_kept if len(value) <= _LONGEST else _READ)(name, value)


@lru_cache(1_000)
def _kept(name: str, value: str) -> BaseHeader:
    return _READ(name, value)


POLICY = policy.default.clone(header_factory=_Kept())
"""``email.policy.default``, and headers that are kept."""
