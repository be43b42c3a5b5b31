"""What signals of plugins make of the passages that may answer, after the verdict.

The floor was calibrated on the evidence alone, and so the evidence alone decides whether a
question is answered, and which passages may answer it.  Signals change their order.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from docproc.dataclass_on_use import dataclass
from docproc.errors import PluginError, interrupts
from docproc.hooks.extensions import Candidate, Signal
from docproc.retrieval.evidence.score import Floats
from docproc.retrieval.generation.open_generation import OpenGeneration
from docproc.retrieval.search.search_result import Search
from docproc.retrieval.weights import WEIGHTS
from docproc.store.manifest import PluginUse
from docproc.text.calls import trace_call
from docproc.text.output import aside


@dataclass(frozen=True, slots=True)
class PluggedSignal:
    """A signal of a plugin, and what is known of the plugin."""

    use: PluginUse
    signal: Signal

    @property
    def label(self) -> str:
        """By what ``--explain`` calls it; no signal of docproc's own is called so."""
        return f"signal {self.use.name}"

    def __str__(self) -> str:
        return f"{self.use.origin}: the signal {self.use.name!r}"


@dataclass(frozen=True, slots=True)
class Preferred:
    """What the passages above the floor got from signals: by label, ``(n,)`` in their order.

    ``values`` are as the signals gave them, ``gave`` what that added to the scores.
    """

    values: dict[str, Floats]
    gave: dict[str, Floats]

    def why(self, number: int) -> tuple[tuple[str, float], ...]:
        """What each signal found in passage *number*."""
        return _of(self.values, number)

    def signals_of(self, number: int) -> tuple[tuple[str, float], ...]:
        """What each signal added to the score of passage *number*."""
        return _of(self.gave, number)


NOTHING: Final = Preferred({}, {})


class Preferences:
    """The signals of plugins; one that fails is said so to *say*, and left out from then on."""

    def __init__(
        self,
        make: Callable[[], Sequence[PluggedSignal]] = tuple,
        say: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._make = make
        self._say = say
        self._plugged: list[PluggedSignal] | None = None

    @property
    def plugged(self) -> list[PluggedSignal]:
        """The signals in use, made when they are first asked for."""
        if self._plugged is None:
            self._plugged = list(self._make())
        return self._plugged

    def order(
        self, found: Search, groups: Sequence[int], opened: OpenGeneration
    ) -> tuple[Search, Preferred]:
        """*found* in the order that the signals prefer, and what they gave.

        *groups* are how many of its passages stand in each group that is ordered by itself,
        the best first; what comes after stays as it is.
        """
        count = sum(groups)
        if count < 1 or not self.plugged:
            return found, NOTHING
        candidates = _candidates(found, count, opened)
        values = {}
        for plugged in list(self.plugged):
            try:
                values[plugged.label] = ask_signal(plugged, found.question, candidates)
            except PluginError as error:
                self.plugged.remove(plugged)
                self._say(f"{error}; it is left out")
        if not values:
            return found, NOTHING
        share = np.float32(WEIGHTS.signals / len(values))
        bonus: Floats = share * np.sum(np.stack(list(values.values())), axis=0)
        exact = found.signals.coverage[:count] >= WEIGHTS.exact
        kept = bound_bonus(found.scores[:count], bonus, exact)
        scale = np.divide(kept, bonus, out=np.zeros_like(bonus), where=bonus > 0)
        gave = {label: share * each * scale for label, each in values.items()}
        return _order(found, groups, kept, values, gave)


def bound_bonus(scores: Floats, bonus: Floats, exact: NDArray[np.bool_]) -> Floats:
    """*bonus* ``(n,)``, so far as it lifts no passage over a better one that is *exact*.

    *scores* ``(n,)`` are the evidence, falling.
    """
    kept = bonus.copy()
    least = np.float32(np.inf)
    for number, score in enumerate(scores):
        if exact[number]:
            least = score
        else:
            room = least - score - np.float32(WEIGHTS.margin)
            kept[number] = max(min(bonus[number], room), np.float32(0))
    return kept


def _order(
    found: Search,
    groups: Sequence[int],
    bonus: Floats,
    values: dict[str, Floats],
    gave: dict[str, Floats],
) -> tuple[Search, Preferred]:
    count = sum(groups)
    scores = found.scores.copy()
    scores[:count] += bonus
    order = np.arange(len(found.rows))
    start = 0
    for size in groups:
        within = np.argsort(-scores[start : start + size], kind="stable")
        order[start : start + size] = start + within
        start += size
    ordered = replace(
        found, rows=found.rows[order], scores=scores[order], signals=found.signals.take(order)
    )
    first = order[:count]
    return ordered, Preferred(
        {label: each[first] for label, each in values.items()},
        {label: each[first] for label, each in gave.items()},
    )


def _candidates(found: Search, count: int, opened: OpenGeneration) -> list[Candidate]:
    passages = opened.catalog.passages(int(row) for row in found.rows[:count])
    documents = opened.catalog.document_rows({p.document_id for p in passages})
    candidates = []
    for number, passage in enumerate(passages):
        row = documents[passage.document_id]
        candidates.append(
            Candidate(
                passage=passage,
                score=float(found.scores[number]),
                source=row.source,
                title=row.title,
                sender=row.sender,
                recipient=row.recipient,
                date=row.date,
            )
        )
    return candidates


def ask_signal(plugged: PluggedSignal, question: str, candidates: Sequence[Candidate]) -> Floats:
    """What the signal says.  Raises ``PluginError`` where it raises or breaks its contract."""
    try:
        with aside():
            given = trace_call(
                str(plugged), "score", lambda: plugged.signal.score(question, tuple(candidates))
            )
            values = np.asarray(given, np.float32)
    except BaseException as error:  # a plugin may do anything, even sys.exit()
        if interrupts(error):
            raise
        raise PluginError(f"{plugged} failed: {type(error).__name__}: {error}") from error
    if values.shape != (len(candidates),):
        raise PluginError(
            f"{plugged} broke its contract: an array of the shape {values.shape} for "
            f"{len(candidates)} passages"
        )
    wrong = values[~((values >= 0) & (values <= 1))]
    if len(wrong):
        raise PluginError(f"{plugged} broke its contract: {wrong[0]:g} does not lie in 0 to 1")
    return values


def _of(by_label: dict[str, Floats], number: int) -> tuple[tuple[str, float], ...]:
    return tuple(
        (label, round(float(values[number]), 4))
        for label, values in by_label.items()
        if number < len(values)
    )
