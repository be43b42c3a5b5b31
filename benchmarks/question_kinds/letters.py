"""The invented letters and their questions, read from the tables beside this module."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha1
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent
_GREETING: Final = {"de": "Lieber Freund,", "fr": "Cher ami,", "ru": "Дорогой друг!"}


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of a kind: the letters that answer it, and words that the quote must hold."""

    kind: str
    question: str
    gold: tuple[str, ...]
    holds: str = ""
    total: int | None = None
    body: bool = False

    @property
    def half(self) -> str:
        """``"seen"`` while the code is written, ``"kept"`` for the end."""
        return "kept" if int(sha1(self.question.encode()).hexdigest(), 16) % 2 else "seen"


def write_letters(folder: Path) -> None:
    """Write every letter as a text file into the existing *folder*."""
    for line in (HERE / "letters.tsv").read_text("utf-8").splitlines():
        name, sender, recipient, dateline, text, reference = line.split("\t")
        greeting = "Dear friend,"
        if name in ("l17", "l18"):
            greeting = _GREETING["de"]
        elif name in ("l19", "l20"):
            greeting = _GREETING["fr"]
        elif name in ("l21", "l22"):
            greeting = _GREETING["ru"]
        to = {"de": "an", "fr": "à", "ru": "—"}
        joint = next((to[x] for x, g in _GREETING.items() if g == greeting), "to")
        parts = (f"{sender} {joint} {recipient}", dateline, greeting, text, sender, reference)
        (folder / f"{name}.txt").write_text("\n\n".join(parts) + "\n", "utf-8")


def questions() -> list[Asked]:
    """Every question, in the order of the table."""
    found = []
    for line in (HERE / "questions.tsv").read_text("utf-8").splitlines():
        kind, question, gold, holds = line.split("\t")
        names = () if gold == "-" else tuple(f"{name}.txt" for name in gold.split())
        total = int(holds) if kind == "count" else None
        words = "" if holds == "-" or kind == "count" else holds
        found.append(Asked(kind, question, names, words, total, kind == "correspondent"))
    return found
