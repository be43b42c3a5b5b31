"""Conversations over the invented letters, asked turn by turn and judged."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.question_kinds.letters import Asked
from docproc.chat.session import Session
from docproc.retrieval import ReadingRoom

HERE: Final = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Turned:
    """One turn: what was asked, whether it opened the conversation, and whether it came right."""

    asked: Asked
    opens: bool
    right: bool
    understood: str


def conversations() -> list[list[Asked]]:
    """Every conversation of the table, its turns in order."""
    found: list[list[Asked]] = []
    for line in (HERE / "conversations.tsv").read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        if line == ">" or not found:
            found.append([])
        if line == ">":
            continue
        question, gold, holds = line.split("\t")
        if gold == "?":  # asked, and not judged
            found[-1].append(Asked("aside", question, ()))
            continue
        names = () if gold == "-" else tuple(f"{name}.txt" for name in gold.split())
        found[-1].append(Asked("turn", question, names, "" if holds == "-" else holds))
    return found


def held(room: ReadingRoom) -> list[Turned]:
    """Ask every conversation of *room*, and judge its turns by their first citations."""
    turned = []
    for conversation in conversations():
        session = Session(room)
        for number, each in enumerate(conversation):
            answer = session.ask(each.question)
            names = [c.source.path.rpartition("/")[2] for c in answer.citations]
            quotes = " ".join(re.sub(r"\s+", " ", c.quote) for c in answer.citations)
            right = not names
            if each.gold:
                right = bool(names) and names[0] in each.gold and each.holds in quotes
            turned.append(Turned(each, number == 0, right, session.turns[-1].understood))
    return turned


def share(turned: list[Turned]) -> tuple[int, int]:
    """How many follow-ups came right, and how many there are."""
    leaning = [each for each in turned if not each.opens and each.asked.kind != "aside"]
    return sum(each.right for each in leaning), len(leaning)
