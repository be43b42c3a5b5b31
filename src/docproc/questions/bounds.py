"""Every number that reading a question goes by, each with where it comes from."""

from __future__ import annotations

from typing import Final

from docproc.dataclass_on_use import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionBounds:
    """The constants of ``docproc.questions``; there is one instance, ``BOUNDS``.

    *Bounds on work* protect time.  Of the others, those of the calendar aside, no answer to 150
    questions over invented letters changes where one is one less or more, or half or twice as much
    (``python -m benchmarks.constants``, 2026-11-30): they stand for invented cases in
    ``tests/questions`` that must come out so.
    """

    # Bounds on work.
    names: int = 20_000
    """Names beyond so many are not gone through for a question."""
    corrected_letters: int = 40
    """Letters of the longest word that is corrected: what is tried grows with their square."""
    corrections: int = 4
    """Spellings of a word that are tried in their context."""
    look_back: int = 48
    """Characters before a date in which "between", "not before" and the like begin."""
    look_ahead: int = 12
    """Characters behind a year in which "or" makes it one of two."""

    # Cases.
    asking_words: int = 4
    """Words of the sentence that asks, from which what introduces it is left out: "Who was he?"
    leans on it."""
    corrected_from: int = 5
    """Letters of a word that is corrected: of shorter ones too many are one letter apart."""
    place_words: int = 40
    """Characters before "from Tartu" in which "wrote" or "letter" makes it a letter's place."""

    # Of the calendar.
    month: int = 31
    """Days of a time from which "between June and August 1918" is a limit, and no printed date."""
    last_year: int = 2100
    """The last year that a question is about."""
    both_styles: int = 1930
    """The year to which some still dated in both styles."""


BOUNDS: Final = QuestionBounds()
