"""What each constant of ranking and conversation changes: ``python -m benchmarks.constants``.

Each number of the four records is set lower and higher, and the questions by kind over invented
letters, and the conversations over them, are asked again; what is measured when a generation is
built is left as it was measured.  A line tells how many answers differ from those of today, how
many of the answerable questions are right, how many of the others are answered, and how many turns
are right.  ``python -m benchmarks.constants NAME ...`` tries these alone.
"""

from __future__ import annotations

import contextlib
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from benchmarks.question_kinds.conversing import held
from benchmarks.question_kinds.judging import ANSWERED, RIGHT, judge
from benchmarks.question_kinds.letters import Asked, questions, write_letters
from docproc.chat.thresholds import THRESHOLDS as CHAT
from docproc.followup.thresholds import THRESHOLDS as FOLLOW_UP
from docproc.operations.application import Application
from docproc.pipeline.progress import Silent
from docproc.questions.bounds import BOUNDS
from docproc.retrieval import ReadingRoom
from docproc.retrieval.weights import WEIGHTS
from docproc.workspace import find_workspace

RECORDS = {"retrieval": WEIGHTS, "questions": BOUNDS, "followup": FOLLOW_UP, "chat": CHAT}


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What became of every question and turn."""

    answers: tuple[tuple[str, ...], ...]
    right: int
    answered: int
    turns: int


def main() -> None:
    """Print a line for each number that is set otherwise."""
    with tempfile.TemporaryDirectory() as folder:
        room = room_over(Path(folder))
        asked = questions()
        today = outcomes(room, asked)
        print(f"| constant | value | differ | right | answered | turns |\n{'| --- ' * 6}|")
        print(line("as they are", "", today, today))
        for name, record, field in numbers():
            if sys.argv[1:] and field not in sys.argv[1:]:
                continue
            value = getattr(record, field)
            for tried in tries(value):
                with set_to(record, field, tried):
                    found = outcomes(room, asked)
                print(line(f"{name} `{field}`", f"{value:g} → {tried:g}", found, today), flush=True)


def room_over(folder: Path) -> ReadingRoom:
    """A reading room over the invented letters, indexed below *folder*."""
    (folder / "seeds").mkdir()
    write_letters(folder / "seeds")
    (folder / "config.toml").write_text("", "utf-8")
    application = Application(find_workspace(folder))
    application.indexer(Silent()).run()
    room = application.reading_room()
    assert room is not None
    return room


def numbers() -> Iterator[tuple[str, Any, str]]:
    """Every single number of the records: its room, its record and its name."""
    for name, record in RECORDS.items():
        for field in fields(record):  # type: ignore[arg-type]
            if type(getattr(record, field.name)) in (int, float):
                yield name, record, field.name


def tries(value: float) -> list[float]:
    """What is tried in place of *value*: a little and clearly less and more."""
    if isinstance(value, float):
        return [round(value * 0.7, 6), round(value * 1.3, 6)]
    return [max(0, value - 1), value + 1] if value <= 8 else [value // 2, value * 2]


@contextlib.contextmanager
def set_to(record: Any, field: str, value: float) -> Iterator[None]:
    """Hold *record*, which is frozen, at another *value*."""
    before = getattr(record, field)
    object.__setattr__(record, field, value)
    try:
        yield
    finally:
        object.__setattr__(record, field, before)


def outcomes(room: ReadingRoom, asked: list[Asked]) -> Outcomes:
    """Ask everything once."""
    answers = [room.answering.ask(each.question, limit=3) for each in asked]
    judged = [judge(each, answer) for each, answer in zip(asked, answers, strict=True)]
    turned = held(room)
    return Outcomes(
        (
            *(tuple(c.passage_id for c in answer.citations) for answer in answers),
            *((turn.understood, str(turn.right)) for turn in turned),
        ),
        judged.count(RIGHT),
        judged.count(ANSWERED),
        sum(turn.right for turn in turned),
    )


def line(what: str, value: str, found: Outcomes, today: Outcomes) -> str:
    """One row of the table."""
    differ = sum(a != b for a, b in zip(found.answers, today.answers, strict=True))
    return f"| {what} | {value} | {differ} | {found.right} | {found.answered} | {found.turns} |"


if __name__ == "__main__":
    main()
