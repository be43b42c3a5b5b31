"""Every number that completing a question goes by, each with where it comes from."""

from __future__ import annotations

from typing import Final

from docproc.dataclass_on_use import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpThresholds:
    """The constants of ``docproc.followup``; there is one instance, ``THRESHOLDS``.

    Of 134 turns of conversations over invented letters none differs where one of these is one less
    or one more (``python -m benchmarks.constants``, 2026-11-30): they stand for invented cases in
    ``tests/followup`` and ``tests/chat`` that must come out so.
    """

    full_clause: int = 3
    """Content words of a clause that can stand by itself."""
    name_letters: int = 3
    """Letters of a word by which a person is named again: what is shorter is an initial."""
    words_after: int = 3
    """Words of "after that date" and its like behind "after", at most."""
    stem: int = 5
    """Letters that a word of the question and one of the answer begin with, that are one word."""
    month: int = 32
    """Days: a time that leaves its year open is a day or a month where it is shorter, ..."""
    half_year: int = 180
    """... and a season where it is shorter than this."""


THRESHOLDS: Final = FollowUpThresholds()
