"""Steady: a veto against a generation that holds much less, or fails much more, than before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from docproc.dataclass_on_use import dataclass
from docproc.hooks.extensions import GenerationDrafted


@dataclass(frozen=True, slots=True)
class Steady:
    """Objects where the documents or the passages fall by more than the share *fall*.

    Or where the sources that could not be read are more than the share *failures* of all, and
    more than before.
    """

    fall: float
    failures: float

    def objection(self, drafted: GenerationDrafted) -> str | None:
        """What is too much less, or too much more; nothing is compared in the first generation."""
        now, before = drafted.now, drafted.before
        if before is None:
            return None
        for name in ("documents", "passages"):
            was, is_now = getattr(before, name), getattr(now, name)
            if is_now < was * (1 - self.fall):
                return (
                    f"{is_now:,} {name} where there were {was:,}: a fall of "
                    f"{1 - is_now / was:.0%}, more than {self.fall:.0%} (plugins.steady.fall)"
                )
        every = now.sources + now.failures
        if now.failures > before.failures and now.failures > every * self.failures:
            return (
                f"{now.failures:,} of {every:,} sources could not be read, and before "
                f"{before.failures:,}: more than {self.failures:.0%} (plugins.steady.failures)"
            )
        return None


def make(settings: Mapping[str, Any]) -> Steady:
    """The veto, with its settings."""
    return Steady(settings["fall"], settings["failures"])
