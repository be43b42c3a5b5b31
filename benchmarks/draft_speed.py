"""What ``docproc check`` costs, and how it grows with quotations and with passages.

``python -m benchmarks.draft_speed [--passages N] [--quotations N]`` holds drafts of invented
quotations, half of them altered, against invented archives held in memory, and prints processor
time (not the clock's), which other work on the machine leaves alone, and the peak of memory.
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import time

import numpy as np

from benchmarks.drafts import Archive
from docproc.checking.check import check_draft
from docproc.checking.findings import Matched
from docproc.records import Block, BlockKind, Document, SourceFile, Span

WORDS_A_PASSAGE = 100
PASSAGES_A_DOCUMENT = 20
_ROWS = ((12_500, 1_500), (25_000, 1_500), (50_000, 1_500), (100_000, 1_500),
         (100_000, 750), (100_000, 3_000), (100_000, 6_000))  # fmt: skip


def archive(passages: int, seed: int = 1) -> list[Document]:
    """Documents of invented words, as often as words are in a language (Zipf's law)."""
    chance = np.random.default_rng(seed)
    letters = np.array(list("etaoinshrdlucmfwypvbgk"))
    vocabulary = ["".join(chance.choice(letters, chance.integers(2, 10))) for _ in range(60_000)]
    weights = 1 / np.arange(2.7, 60_002.7)
    weights /= weights.sum()
    found = []
    for number in range(passages // PASSAGES_A_DOCUMENT):
        count = PASSAGES_A_DOCUMENT * WORDS_A_PASSAGE
        words = [vocabulary[place] for place in chance.choice(60_000, count, p=weights)]
        words[11::12] = [f"{word}." for word in words[11::12]]
        text = " ".join(words)
        source = SourceFile(f"seeds/{number}.txt", "text/plain", len(text), f"{number:064x}")
        found.append(Document(source, text))
    return found


def draft(documents: list[Document], quotations: int, seed: int = 2) -> Document:
    """A book of *quotations* of 8 to 60 words, every other one with a word that is another."""
    chance = random.Random(seed)
    pieces, blocks, at = [], [], 0
    for number in range(quotations):
        words = chance.choice(documents).text.split()
        first = chance.randrange(len(words) - 60)
        quoted = words[first : first + chance.randrange(8, 61)]
        if number % 2:
            quoted[chance.randrange(1, len(quoted) - 1)] = "another"
        own = " ".join(chance.choice(words) for _ in range(140))
        text = re.sub("\\.", "", own) + f" “{' '.join(quoted)}” he wrote."
        pieces.append(text)
        blocks.append(Block(BlockKind.PARAGRAPH, Span(at, at + len(text))))
        at += len(text) + 2
    source = SourceFile("book.md", "text/markdown", at, "f" * 64)
    return Document(source, "\n\n".join(pieces), blocks=tuple(blocks))


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser()
    options.add_argument("--passages", type=int)
    options.add_argument("--quotations", type=int, default=1_500)
    given = options.parse_args()
    rows = ((given.passages, given.quotations),) if given.passages else _ROWS
    documents = archive(max(passages for passages, _ in rows))
    print("passages  quotations  pages  seconds of processor  right  peak MB")
    for passages, quotations in rows:
        held = documents[: passages // PASSAGES_A_DOCUMENT]
        book = draft(held, quotations)
        begun = time.process_time()
        findings = check_draft([book], Archive(held)).findings  # type: ignore[arg-type]
        seconds = time.process_time() - begun
        wanted = (Matched.EXACT, Matched.DIFFERS)
        right = sum(found.held is wanted[number % 2] for number, found in enumerate(findings))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        pages = len(book.text.split()) // 300
        print(f"{passages:8,}  {quotations:10,}  {pages:5,}  {seconds:20.1f}"
              f"  {right / len(findings):5.1%}  {peak:7,.0f}", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
