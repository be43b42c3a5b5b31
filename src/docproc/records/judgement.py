"""A judgement: how two generations answer the same golden questions."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from docproc.dataclass_on_use import dataclass


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one golden question: *before* and *after* in words (``"rank 1"``)."""

    question: str
    id: str | None
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.question}: {self.before} before, {self.after} now"


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure, 0 to 1: over the published generation (``None`` if there is none), and now."""

    name: str
    before: float | None
    after: float

    @property
    def fall(self) -> float:
        """By how much it is worse now; negative where it is better."""
        return 0.0 if self.before is None else self.before - self.after

    def __str__(self) -> str:
        before = "" if self.before is None else f"{self.before:.3f} -> "
        return f"{self.name} {before}{self.after:.3f}"


@dataclass(frozen=True, slots=True)
class Judgement:
    """The gate's verdict over *questions* golden questions.

    ``fallen`` are the figures that fell by more than *tolerance*: with none, it has passed.
    ``lost`` are the questions answered worse than before, ``won`` those answered better.
    """

    questions: int
    tolerance: float
    figures: tuple[Figure, ...]
    lost: tuple[Fate, ...] = ()
    won: tuple[Fate, ...] = ()

    @property
    def fallen(self) -> tuple[Figure, ...]:
        return tuple(f for f in self.figures if f.fall > self.tolerance + 1e-9)

    @property
    def passed(self) -> bool:
        return not self.fallen

    def summary(self) -> str:
        """One line for a person."""
        figures = ", ".join(str(figure) for figure in self.figures)
        questions = f"{self.questions:,} question{'' if self.questions == 1 else 's'}"
        return f"{figures} over {questions}; {len(self.lost):,} lost"

    def as_dict(self) -> dict[str, Any]:
        """The judgement as plain values, for JSON."""
        return {"passed": self.passed, **asdict(self)}
