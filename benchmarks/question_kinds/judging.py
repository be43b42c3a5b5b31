"""Judges answers to questions whose answers are known, and counts them by kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from benchmarks.question_kinds.letters import Asked
from docproc.records import Answer, Citation

RIGHT, NOT_FIRST, REFUSED, WRONG, ANSWERED, LEFT = (
    "right", "not first", "refused", "wrong", "answered", "left unanswered",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Judged:
    """A question and what became of it."""

    asked: Asked
    outcome: str


def judge(asked: Asked, answer: Answer) -> str:
    """What *answer* is to *asked*: right, right but not first, refused, wrong; or, where nothing
    answers, answered or left unanswered.
    """
    cited = answer.citations
    if not asked.gold:
        return ANSWERED if cited else LEFT
    if not cited:
        return REFUSED
    if asked.total is not None:
        names = {_name(citation) for citation in cited}
        return RIGHT if names == set(asked.gold) else WRONG
    right = [citation for citation in cited if _name(citation) in asked.gold]
    right = [c for c in right if asked.holds.casefold() in _flat(c.quote)]
    if asked.body:
        right = [c for c in right if len(c.quote.split()) > 12]
    if right and right[0] is cited[0]:
        return RIGHT
    return NOT_FIRST if right else WRONG


def table(judged: Iterable[Judged]) -> str:
    """Outcomes by kind, one line a kind."""
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for each in judged:
        counts[each.asked.kind][each.outcome] += 1
        where = "ALL answerable" if each.asked.gold else "ALL unanswerable"
        counts[where][each.outcome] += 1
    lines = [
        f"{'kind':18}{'n':>5}{'right':>7}{'later':>7}{'refused':>9}{'wrong':>7}{'answered':>10}"
    ]
    for kind, found in sorted(
        counts.items(), key=lambda item: (item[0].startswith("ALL"), item[0])
    ):
        n = sum(found.values())
        shown = [found[x] for x in (RIGHT, NOT_FIRST, REFUSED, WRONG, ANSWERED)]
        lines.append(
            f"{kind:18}{n:5}"
            + "".join(f"{x:{w}}" for x, w in zip(shown, (7, 7, 9, 7, 10), strict=True))
        )
    return "\n".join(lines)


def _name(citation: Citation) -> str:
    return "/".join(
        filter(None, (citation.source.path.rpartition("/")[2], getattr(citation, "member", "")))
    )


def _flat(text: str) -> str:
    return " ".join(text.replace("’", "'").split()).casefold()
