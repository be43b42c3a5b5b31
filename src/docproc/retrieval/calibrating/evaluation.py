"""Evaluation: how often the right document, the right words and the right verdict come.

Measures, by document (the best of its passages stands for it), each the mean over the
answerable questions.  A gold name is a file, any document of which is right, or the file and
the one document of it, ``volume.xml/d81``:

- R@k: a gold document is among the first k.
- MRR@10: one over the rank of the first gold document, 0 beyond the tenth.
- nDCG@10: since any gold document answers wholly, the gain of the first one,
  1 / log2(1 + rank), 0 beyond the tenth (Järvelin and Kekäläinen 2002, with one relevant).
- answer-in-quote@k: one of the given answers stands in one of the first k quotes.
- AUROC of the verdict's confidence, answerable against unanswerable (Hanley and McNeil 1982).
"""

from __future__ import annotations

import math
import time
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from docproc.dataclass_on_use import dataclass
from docproc.errors import UsageError
from docproc.text.output import json_text


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a questions file."""

    question: str
    gold: tuple[str, ...] = ()
    answerable: bool = True
    answers: tuple[str, ...] = ()
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Ranked:
    """One passage of a ranking: its source's path, its words, its best sentence.

    ``member`` is its document's place in a source that holds several.
    """

    source: str
    quote: str
    highlight: str
    member: str = ""

    @property
    def document(self) -> str:
        """Its source's path, and its document's place in that: ``seeds/volume.xml/d81``."""
        return f"{self.source}/{self.member}".rstrip("/")

    def is_of(self, gold: str) -> bool:
        """Whether *gold* names its file, or its document in that, by name or by path."""
        return any(f"/{name}".endswith(f"/{gold}") for name in (self.source, self.document))


@dataclass(frozen=True, slots=True)
class Trial:
    """What one question brought: the ranking, how sure the retriever was, what it said."""

    question: Question
    ranking: tuple[Ranked, ...]
    confidence: float
    answered: bool
    seconds: float

    def rank(self) -> int | None:
        """The rank of the first gold document, from 1, among documents; ``None`` if absent."""
        seen: list[str] = []
        for hit in self.ranking:
            if hit.document not in seen:
                seen.append(hit.document)
                if any(map(hit.is_of, self.question.gold)):
                    return len(seen)
        return None

    def quotes(self, k: int) -> bool:
        """Whether one of the question's answers stands in one of the first *k* quotes."""
        return _holds((hit.quote for hit in self.ranking[:k]), self.question)


def read_questions(path: Path) -> list[Question]:
    """Read one JSON object a line.  Raises ``UsageError`` naming the file and the line."""
    questions = []
    try:
        for number, line in enumerate(path.read_text("utf-8-sig").splitlines(), 1):
            if line.strip():
                try:
                    questions.append(msgspec.json.decode(line, type=Question))
                except msgspec.DecodeError as error:
                    raise UsageError(f"{path}, line {number}: {error}") from None
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise UsageError(f"{path}: cannot be read: {str(why).lower()}") from None
    if not questions:
        raise UsageError(f"{path}: there is no question in it")
    return questions


def without_source(questions: Iterable[Question], sources: Iterable[str]) -> list[Question]:
    """Those of *questions* that have a document to find, and name none of *sources*."""
    endings: set[str] = set()
    for path in sources:
        parts = path.split("/")
        endings.update("/".join(parts[at:]) for at in range(len(parts)))
    return [q for q in questions if q.gold and not any(gold in endings for gold in q.gold)]


def trials(
    questions: Iterable[Question],
    rank: Callable[[str], tuple[Sequence[Ranked], float, bool]],
) -> Iterator[Trial]:
    """Put each question to *rank*, which returns the ranking, the confidence and the verdict."""
    for question in questions:
        begun = time.perf_counter()
        ranking, confidence, answered = rank(question.question)
        seconds = time.perf_counter() - begun
        yield Trial(question, tuple(ranking), confidence, answered, seconds)


def figures(tried: Sequence[Trial]) -> dict[str, float | int]:
    """The measures above, over *tried*; those that nothing can be said of are left out."""
    answerable = [trial for trial in tried if trial.question.answerable]
    other = [trial for trial in tried if not trial.question.answerable]
    out: dict[str, float | int] = {"questions": len(tried), "answerable": len(answerable)}
    judged = [trial for trial in answerable if trial.question.gold]
    if judged:
        ranks = [trial.rank() or math.inf for trial in judged]
        for k in (1, 5, 10):
            out[f"R@{k}"] = _mean([float(rank <= k) for rank in ranks])
        out["MRR@10"] = _mean([1 / rank if rank <= 10 else 0.0 for rank in ranks])
        out["nDCG@10"] = _mean([1 / math.log2(1 + rank) if rank <= 10 else 0.0 for rank in ranks])
    quoted = [trial for trial in answerable if trial.question.answers]
    if quoted:
        for k in (1, 5):
            out[f"answer-in-quote@{k}"] = _mean([float(trial.quotes(k)) for trial in quoted])
        best = [_holds((hit.highlight for hit in t.ranking[:1]), t.question) for t in quoted]
        out["answer-in-highlight@1"] = _mean([float(hit) for hit in best])
    if answerable and other:
        out["AUROC"] = auroc([t.confidence for t in answerable], [t.confidence for t in other])
        out["unanswerable answered"] = _mean([float(trial.answered) for trial in other])
    if answerable:
        out["answerable refused"] = _mean([float(not trial.answered) for trial in answerable])
    times = sorted(trial.seconds for trial in tried)
    out["ms a question, median"] = 1000 * times[len(times) // 2]
    out["ms a question, 95th percentile"] = 1000 * times[int(len(times) * 0.95)]
    return out


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """The chance that a random positive scores above a random negative; ties count half."""
    ordered = sorted([(score, 1) for score in positive] + [(score, 0) for score in negative])
    wins = 0.0
    below = at = 0
    while at < len(ordered):
        end = bisect_right(ordered, (ordered[at][0], 1), at)
        tied = [label for _, label in ordered[at:end]]
        negatives = tied.count(0)
        wins += tied.count(1) * (below + negatives / 2)
        below += negatives
        at += len(tied)
    return wins / (len(positive) * len(negative))


def ranking_lines(tried: Iterable[Trial]) -> bytes:
    """The ranking of every question, one JSON object a line."""
    lines = []
    for trial in tried:
        line: dict[str, Any] = {
            "id": trial.question.id,
            "question": trial.question.question,
            "answered": trial.answered,
            "confidence": round(trial.confidence, 6),
            "rank": trial.rank(),
            "sources": list(dict.fromkeys(hit.document for hit in trial.ranking)),
            "quote": trial.ranking[0].quote if trial.ranking else None,
        }
        lines.append(json_text(line) + "\n")
    return "".join(lines).encode()


def _holds(quotes: Iterable[str], question: Question) -> bool:
    """Whether an answer stands in a quote, case and white space apart."""
    answers = [" ".join(answer.split()).casefold() for answer in question.answers]
    return any(
        answer in " ".join(quote.split()).casefold() for quote in quotes for answer in answers
    )


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
