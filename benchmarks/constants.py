"""What each constant of ranking and conversation changes: ``python -m benchmarks.constants``.

Each number of the four records is set lower and higher.  For one of ``retrieval`` or ``questions``
the questions by kind over invented letters are asked again, for one of ``followup`` or ``chat`` the
conversations over them; what is measured when a generation is built stays as it was measured.
A line tells how many answers differ from those of today, and how many of the answerable questions
are right and of the others answered, or how many turns are right.
``python -m benchmarks.constants NAME ...`` tries these alone.
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
from benchmarks.question_kinds.letters import questions, write_letters
from docproc.chat.thresholds import THRESHOLDS as CHAT
from docproc.followup.thresholds import THRESHOLDS as FOLLOW_UP
from docproc.operations.application import Application
from docproc.operations.reading.reading_room import open_reading_room
from docproc.operations.writing.runs import prepare_index
from docproc.pipeline.monitoring.progress import Silent
from docproc.questions.bounds import BOUNDS
from docproc.retrieval import ReadingRoom
from docproc.retrieval.weights import WEIGHTS
from docproc.workspace import find_workspace

RECORDS = {"retrieval": WEIGHTS, "questions": BOUNDS, "followup": FOLLOW_UP, "chat": CHAT}


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What became of every question, or of every turn."""

    answers: tuple[tuple[str, ...], ...]
    counts: str


def main() -> None:
    """Print a line for each number that is set otherwise."""
    with tempfile.TemporaryDirectory() as folder:
        room = room_over(Path(folder))
        today = {asking: asking(room) for asking in (ask_questions, converse)}
        print(f"| constant | value | differ | outcome |\n{'| --- ' * 4}|")
        for asking, found in today.items():
            print(line(asking.__name__, "as it is", found, found))
        for name, record, field in numbers():
            if sys.argv[1:] and field not in sys.argv[1:]:
                continue
            asking = converse if name in ("followup", "chat") else ask_questions
            value = getattr(record, field)
            for tried in tries(value):
                with set_to(record, field, tried):
                    found = asking(room)
                change = f"{value:g} → {tried:g}"
                print(line(f"{name} `{field}`", change, found, today[asking]), flush=True)


def room_over(folder: Path) -> ReadingRoom:
    """A reading room over the invented letters, indexed below *folder*."""
    (folder / "seeds").mkdir()
    write_letters(folder / "seeds")
    (folder / "config.toml").write_text("", "utf-8")
    application = Application(find_workspace(folder))
    prepare_index(application, Silent()).run()
    room = open_reading_room(application)
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


def ask_questions(room: ReadingRoom) -> Outcomes:
    """Ask every question by kind."""
    asked = questions()
    answers = [room.answering.ask(each.question, limit=3) for each in asked]
    judged = [judge(each, answer) for each, answer in zip(asked, answers, strict=True)]
    counts = f"{judged.count(RIGHT)} right, {judged.count(ANSWERED)} answered"
    return Outcomes(tuple(tuple(c.passage_id for c in a.citations) for a in answers), counts)


def converse(room: ReadingRoom) -> Outcomes:
    """Hold every conversation."""
    turns = held(room)
    counts = f"{sum(turn.right for turn in turns)} turns right"
    return Outcomes(tuple((turn.understood, str(turn.right)) for turn in turns), counts)


def line(what: str, value: str, found: Outcomes, today: Outcomes) -> str:
    """One row of the table."""
    differ = sum(a != b for a, b in zip(found.answers, today.answers, strict=True))
    return f"| {what} | {value} | {differ} | {found.counts} |"


if __name__ == "__main__":
    main()
