"""How often ``docproc check`` gives the right verdict on quotations altered on purpose.

``python -m benchmarks.drafts [FOLDER] [--seed N] [--quotations N]`` takes the texts in FOLDER (one
document a file), or invented letters, quotes them in a draft, each altered in one known way, and
prints precision and recall for each verdict, and what it takes.  Even seeds were looked at while
the rules were written; report odd ones.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

from docproc.checking.check import check_draft
from docproc.checking.findings import Matched
from docproc.records import Block, BlockKind, Document, SourceFile, Span
from docproc.references import parse_reference
from docproc.text.language.sentences import sentences


class Archive:
    """What checking asks of a catalog, over documents in memory."""

    def __init__(self, documents: list[Document]) -> None:
        self._documents = {each.id: each for each in documents}

    def documents(self) -> list[SimpleNamespace]:
        return [
            SimpleNamespace(id=each.id, reference=each.references and each.references[0].printed)
            for each in self._documents.values()
        ]

    def document(self, identity: str) -> Document:
        return self._documents[identity]


def archive_of(texts: list[str]) -> list[Document]:
    """A document of each text, each with a reference of its own."""
    found = []
    for number, text in enumerate(texts):
        reference = parse_reference(f"RGASPI. F. {number + 1}. Op. 1. D. {number % 90 + 1}. L. 1.")
        assert reference is not None
        source = SourceFile(f"seeds/{number}.txt", "text/plain", len(text), f"{number:064x}")
        found.append(Document(source, text, references=(reference,)))
    return found


def quotable(document: Document, chance: random.Random) -> str:
    """One or two sentences of *document*, of 8 to 60 words."""
    spans = sentences(document.text, Span(0, len(document.text)))
    first = chance.randrange(len(spans))
    end = min(len(spans), first + chance.choice((1, 1, 2)))
    return document.text[spans[first].start : spans[end - 1].end].strip().strip('"“”«»„')


def _letter(text: str, chance: random.Random) -> str:
    words = list(re.finditer(r"[^\W\d_]{5,}", text))
    at = chance.choice(words).start() + chance.randrange(1, 4)
    return f"{text[:at]}{'x' if text[at] != 'x' else 'z'}{text[at + 1 :]}"


def _word(text: str, chance: random.Random) -> str:
    words = text.split(" ")
    at = chance.randrange(1, len(words) - 1)
    return " ".join([*words[:at], *words[at + 1 :]])


def _added(text: str, chance: random.Random) -> str:
    words = text.split(" ")
    at = chance.randrange(1, len(words) - 1)
    return " ".join([*words[:at], "indeed", *words[at:]])


def _order(text: str, chance: random.Random) -> str:
    words = text.split(" ")
    at = chance.randrange(1, len(words) - 2)
    if words[at].casefold() == words[at + 1].casefold():
        return _word(text, chance)
    return " ".join([*words[:at], words[at + 1], words[at], *words[at + 2 :]])


def _noise(text: str, chance: random.Random) -> str:
    letters = list(text)
    for at in chance.sample(range(len(letters)), max(2, len(letters) // 40)):
        if letters[at].isalpha():
            letters[at] = chance.choice("ceo1lnm")
    return "".join(letters)


def _typography(text: str, chance: random.Random) -> str:
    text = text.replace("-", "‐").replace("'", "’").replace(" ", "\n", 1).replace("ё", "е")
    return text[0].swapcase() + text[1:] if chance.random() < 0.5 else f"[{text[0]}]{text[1:]}"


def _omission(text: str, chance: random.Random) -> str:
    words = text.split(" ")
    at = chance.randrange(3, len(words) - 4)
    return " ".join([*words[:at], chance.choice(("…", "[...]", "...")), *words[at + 1 :]])


ALTERATIONS: dict[str, tuple[Callable[[str, random.Random], str], Matched]] = {
    "as it stands": (lambda text, _: text, Matched.EXACT),
    "other typography": (_typography, Matched.EXACT),
    "a marked omission": (_omission, Matched.EXACT),
    "a letter": (_letter, Matched.DIFFERS),
    "a word dropped": (_word, Matched.DIFFERS),
    "a word added": (_added, Matched.DIFFERS),
    "two words changed about": (_order, Matched.DIFFERS),
    "noise of recognition": (_noise, Matched.DIFFERS),
    "a wrong reference": (lambda text, _: text, Matched.ELSEWHERE),
    "two documents in one": (lambda text, _: text, Matched.STITCHED),
    "of nobody": (lambda text, _: text, Matched.NOT_FOUND),
}


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser()
    options.add_argument("folder", nargs="?", type=Path)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--quotations", type=int, default=2000)
    given = options.parse_args()
    chance = random.Random(given.seed)
    texts = _texts(given.folder) if given.folder else _invented(chance)
    chance.shuffle(texts)
    held = texts[: len(texts) * 4 // 5]
    documents, outside = archive_of(held), archive_of(texts[len(held) :])
    body: list[str] = []
    notes: list[str] = []
    expected: list[tuple[str, Matched]] = []
    kinds = list(ALTERATIONS)
    while len(expected) < given.quotations:
        kind = kinds[len(expected) % len(kinds)]
        alter, verdict = ALTERATIONS[kind]
        source = chance.choice(outside if kind == "of nobody" else documents)
        text = quotable(source, chance)
        if not 9 <= len(text.split()) <= 60 or re.search('["“”«»„…]|\\.\\.', text):
            continue
        if kind == "two documents in one":
            other = quotable(chance.choice(documents), chance)
            if not 9 <= len(other.split()) <= 60 or re.search('["“”«»„…]|\\.\\.', other):
                continue
            text = " ".join([*text.split()[:8], *other.split()[-8:]])
        elif kind == "of nobody" and any(text in each.text for each in documents):
            continue
        text = alter(text, chance)
        if kind == "noise of recognition" and text.casefold() in source.text.casefold():
            continue
        number = chance.randrange(len(documents)) + 1 if kind == "a wrong reference" else None
        own = source.references[0].printed
        note = f"RGASPI. F. {number}. Op. 1. D. 99. L. 7." if number else own
        body.append(f"He wrote “{text}”")
        notes.append(note)
        expected.append((kind, verdict))
    draft = _draft(body, notes)
    begun = time.perf_counter()
    findings = check_draft([draft], Archive(documents)).findings  # type: ignore[arg-type]
    seconds = time.perf_counter() - begun
    begins = re.compile(r"He wrote “\Z")
    starts = (found.quotation.span.start for found in findings)
    outer = [bool(begins.search(draft.text[max(0, at - 12) : at])) for at in starts]
    got = [found.held for found, own in zip(findings, outer, strict=True) if own]
    assert len(got) == len(expected), (len(got), len(expected))
    words = sum(len(each.text.split()) for each in documents)
    print(f"seed {given.seed}: {len(got):,} quotations, {len(documents):,} documents, "
          f"{words:,} words, {seconds:.1f} s")  # fmt: skip
    for verdict in dict.fromkeys(v for _, v in expected):
        right = sum(g is verdict for g, (_, v) in zip(got, expected, strict=True) if v is verdict)
        wanted = sum(v is verdict for _, v in expected)
        given_ = sum(g is verdict for g in got)
        precision, recall = right / max(given_, 1), right / wanted
        print(f"{verdict.value:<18} precision {precision:.3f}  recall {recall:.3f}")
    for kind in kinds:
        told = Counter(g.value for g, (k, _) in zip(got, expected, strict=True) if k == kind)
        print(f"  {kind:<26} {dict(told.most_common())}")


def _draft(body: list[str], notes: list[str]) -> Document:
    text, blocks, anchors = "", [], []
    for number, paragraph in enumerate(body, 1):
        start = len(text)
        text += paragraph
        anchors.append(Span(len(text), len(text) + len(str(number))))
        text += str(number)
        blocks.append(Block(BlockKind.PARAGRAPH, Span(start, len(text))))
        text += "\n\n"
    for number, note in enumerate(notes, 1):
        span = Span(len(text), len(text) + len(note))
        blocks.append(Block(BlockKind.NOTE, span, str(number), anchors[number - 1]))
        text += f"{note}\n"
    source = SourceFile("draft.md", "text/markdown", len(text), "f" * 64)
    return Document(source, text, blocks=tuple(blocks))


def _texts(folder: Path) -> list[str]:
    found = [path.read_text("utf-8", "replace") for path in sorted(folder.rglob("*.*"))]
    return [text for text in found if len(text.split()) > 40]


def _invented(chance: random.Random) -> list[str]:
    """Letters of invented sentences: enough to try it, too much alike to report."""
    people = ("the harbour master", "a pilot", "the miller", "our colonel", "the nurse", "a clerk")
    did = ("asked for", "sold", "counted", "hid", "paid for", "lost", "burned", "measured")
    things = ("barrels of oil", "sacks of rye", "boats", "rifles", "letters", "horses", "maps")
    places = ("Sloka", "Riga", "the fort", "the upper mill", "Narva", "the customs house")
    return [
        " ".join(
            f"On day {chance.randrange(1, 400)} {chance.choice(people)} of {chance.choice(places)} "
            f"{chance.choice(did)} {chance.randrange(3, 900)} {chance.choice(things)} and "
            f"{chance.choice(did)} the {chance.choice(things)} near {chance.choice(places)}."
            for _ in range(12)
        )
        for _ in range(300)
    ]


if __name__ == "__main__":
    main()
