"""The whole against its halves: is the ranking ever worse than words or vectors alone?

``python -m benchmarks.halves [--set DIR ...] [--pages DIR --languages de,fr] [--wordnet DIR]``

Every set is asked as it is and as ``made_sets`` makes it.  For each, nDCG@10 of the whole and of
four rankings that the whole must not fall behind: the plain halves, BM25 over passages and the
cosine with passages, and docproc's own, the words' share of the score and the vectors'.  The
vectors' rankings are exact, over all passages.

What the whole has beyond the better half of each kind is printed with its 95% interval (paired
bootstrap over the questions) and with how many questions the whole won and lost against it, so
that a shortfall can be told from chance: of 60 questions, one moves the mean by up to .017.
``--keep DIR`` keeps the workspaces, so that a second run only calibrates and asks.
"""

from __future__ import annotations

import argparse
import dataclasses
import math
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks import made_sets as making
from benchmarks.made_sets import MadeSet
from docproc.operations.application import Application
from docproc.operations.reading.reading_room import open_reading_room
from docproc.operations.writing.runs import prepare_index
from docproc.pipeline.monitoring.progress import Silent
from docproc.records import Scope
from docproc.retrieval.calibrating.measure import calibrate
from docproc.retrieval.evidence.calibration import Calibration
from docproc.retrieval.evidence.score import Floats, Signals, vector_part, word_part
from docproc.retrieval.generation.open_generation import OpenGeneration
from docproc.retrieval.search.candidates import SearchSpace
from docproc.retrieval.search.search import Searcher
from docproc.retrieval.search.search_result import Search
from docproc.store.generations.published_vectors import fill_cache
from docproc.workspace import find_workspace

PLAIN = ("BM25", "cosine")
OWN = ("words", "vectors")
RANKINGS = (*PLAIN, *OWN, "whole")
ALLOWED = 0.005
RESAMPLED = 2000
Gains = Mapping[str, Sequence[float]]


@dataclass(frozen=True, slots=True)
class Beyond:
    """What the whole has beyond *half*: the mean difference, its 95% interval, questions."""

    half: str
    mean: float
    low: float
    high: float
    won: int
    lost: int

    def __str__(self) -> str:
        short = "  <" if self.mean < -ALLOWED else "   "
        return (
            f"  {self.mean:+.4f} [{self.low:+.3f} {self.high:+.3f}]"
            f" {self.won:>3}:{self.lost:<3} {self.half:<7}{short}"
        )


def main() -> None:
    """Make, index, ask; print a line a set, the worst difference last."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", type=Path, action="append", default=[], dest="sets")
    parser.add_argument("--pages", type=Path, help="Mallard help, one folder a language")
    parser.add_argument("--languages", default="C", help="of the pages")
    parser.add_argument("--wordnet", type=Path, help="the folder of WordNet's data files")
    parser.add_argument("--only", default="", help="a pattern that a set's name must match")
    parser.add_argument("--documents", type=int, default=120, help="of a changed set, at most")
    parser.add_argument("--questions", type=int, default=1200, help="of a set, at most")
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args()
    print(f"{'':<44}{'docs':>5}{'asked':>6}{'a':>6}", end="")
    print("".join(f"{x:>9}" for x in RANKINGS), end="")
    print("  whole - better plain half, won:lost        whole - better half of its own")
    with tempfile.TemporaryDirectory() as folder:
        beyond = [
            show(made, given.keep or Path(folder), given.questions)
            for made in sets(given)
            if re.search(given.only, made.name) and made.questions
        ]
    for kind, found in zip(("plain halves", "own halves"), zip(*beyond, strict=True), strict=True):
        below = [each for each in found if each.mean < -ALLOWED]
        surely = sum(each.high < -ALLOWED for each in below)
        print(f"{kind}: worst {min(each.mean for each in found):+.4f};", end=" ")
        print(f"below -{ALLOWED}: {len(below)} of {len(found)}, {surely} beyond chance")


def sets(given: argparse.Namespace) -> Iterator[MadeSet]:
    """Every set given, each as it is and as it can be changed."""
    read = [making.read_set(folder) for folder in given.sets]
    for made in read:
        yield made
        yield making.keywords(made)
        yield from variants(making.part(made, given.documents), given.wordnet)
    for one in read:
        for other in read:
            if one is not other and one.documents.keys() == other.documents.keys():
                yield making.across(one, other)
    for language in given.languages.split(",") if given.pages else ():
        yield from variants(
            making.part(making.read_pages(given.pages, language), given.documents), None
        )


def variants(made: MadeSet, wordnet: Path | None) -> Iterator[MadeSet]:
    """*made*, and what is made of it."""
    yield made
    yield making.known_items(made, 0.3)
    yield making.known_items(made, 1.0, removed=True)
    yield making.part(made, 20)
    for share in (0.2, 0.5, 1.0):
        yield making.ciphered(made, share)
    for share in (0.05, 0.2):
        yield making.noisy(made, share)
    text = "".join(made.documents.values())[:2000]
    if sum("а" <= letter <= "я" for letter in text) > len(text) / 2:
        yield making.transliterated(made)
    elif wordnet:
        for share in (0.5, 1.0):
            yield making.synonymous(made, wordnet, share)


def show(made: MadeSet, root: Path, most: int) -> tuple[Beyond, Beyond]:
    """Print one set's line; what the whole has beyond its plain halves, and beyond its own."""
    held = opened(made, root)
    calibration = calibrate(held)
    gains = measure(made, held, calibration, most)
    found = beyond(gains, PLAIN), beyond(gains, OWN)
    print(f"{made.name[:43]:<44}{len(made.documents):>5}{len(gains['whole']):>6}", end="")
    print(f"{calibration.vector_weight:6.2f}", end="")
    print("".join(f"{float(np.mean(gains[name])):9.4f}" for name in RANKINGS), end="")
    print("".join(map(str, found)).rstrip(), flush=True)
    return found


def beyond(gains: Gains, halves: Sequence[str]) -> Beyond:
    """What the whole has beyond the better of *halves*, question by question."""
    half = max(halves, key=lambda name: float(np.mean(gains[name])))
    differences = np.array(gains["whole"]) - np.array(gains[half])
    draw = np.random.default_rng(1921)
    drawn = draw.integers(len(differences), size=(RESAMPLED, len(differences)))
    low, high = np.quantile(differences[drawn].mean(axis=1), (0.025, 0.975))
    return Beyond(
        half=half,
        mean=float(differences.mean()),
        low=float(low),
        high=float(high),
        won=int((differences > 0).sum()),
        lost=int((differences < 0).sum()),
    )


def opened(made: MadeSet, root: Path) -> OpenGeneration:
    """The holdings of *made*, indexed below *root* if its documents are not yet.

    All have their vectors and the model's encoder in common: what one embedded, none does again.
    """
    folder = root / made.digest()
    if not (folder / "config.toml").exists():
        made.written(folder / "seeds")
        (folder / "embeddings").mkdir()
        for shared in ("cache", "encoders"):
            (root / shared).mkdir(exist_ok=True)
            (folder / "embeddings" / shared).symlink_to((root / shared).resolve())
        (folder / "config.toml").write_text("", "utf-8")
    application = Application(find_workspace(folder))
    prepare_index(application, Silent()).run()
    if generation := application.generations.current():
        fill_cache(application.generations.layout, generation)
    room = open_reading_room(application)
    assert room is not None
    return room.opened


def measure(
    made: MadeSet, held: OpenGeneration, calibration: Calibration, most: int
) -> dict[str, list[float]]:
    """The gain of every question under every ranking."""
    searcher = Searcher(held, calibration)
    names = [row.source.rsplit("/", 1)[-1] for row in held.catalog.documents()]
    gains: dict[str, list[float]] = {name: [] for name in RANKINGS}
    for question in made.questions[:most]:
        gold = np.flatnonzero([name in question.gold for name in names])
        found = searcher.search(question.question, Scope())
        for name, (rows, scores) in rankings(held, found).items():
            gains[name].append(gain(held.document_of(rows), scores, gold))
    return gains


def rankings(held: OpenGeneration, found: Search) -> dict[str, tuple[NDArray[np.int64], Floats]]:
    """The rows that each ranking has, and their scores."""
    every = np.arange(held.passages)
    texts = SearchSpace(held).by_words(found.question)
    exact = all_vectors(held, found.vector)
    return {
        "BM25": (texts.rows, texts.scores),
        "words": (found.rows, word_part(found.signals)),
        "cosine": (every, exact.cos_passage),
        "vectors": (every, vector_part(exact)),
        "whole": (found.rows, found.scores),
    }


def all_vectors(held: OpenGeneration, vector: Floats) -> Signals:
    """The signals of all passages that come of vectors; the others are 0."""
    rows = np.arange(held.passages)
    cosines: Floats = held.vectors @ vector
    best = cosines[: held.passages].copy()  # of a passage without sentences, its own
    owners = held.owners[held.passages :]
    best[owners] = -1.0
    np.maximum.at(best, owners, cosines[held.passages :])
    documents = held.document_of(rows)
    nothing = np.zeros(held.passages, np.float32)
    firsts = held.catalog.first_rows
    blank = {f.name: nothing for f in dataclasses.fields(Signals)}
    values = blank | {
        "cos_passage": cosines[: held.passages],
        "cos_sentence": best,
        "cos_document": (held.document_vectors @ vector)[documents],
        "passages": (firsts[documents + 1] - firsts[documents]).astype(np.float32),
        "trust": np.ones(held.passages, np.float32),
        "tells": np.full(held.passages, 1 - 1 / held.manifest.counts.documents, np.float32),
    }
    return Signals(**values)


def gain(documents: NDArray[np.int64], scores: Floats, gold: NDArray[np.int64]) -> float:
    """nDCG@10 of one question: its first gold document's; a document stands by its best passage."""
    here = np.isin(documents, gold)
    if not here.any() or scores[here].max() <= 0:
        return 0.0
    own = scores[here].max()
    ahead = np.unique(documents[~here & (scores > own)])
    level = np.setdiff1d(np.unique(documents[~here & (scores == own)]), ahead)
    rank = 1 + len(ahead) + len(level) / 2
    return 1 / math.log2(1 + rank) if rank <= 10 else 0.0


if __name__ == "__main__":
    main()
