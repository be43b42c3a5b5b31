"""Sets made of other sets: what can go wrong between a corpus, its questions and the model.

A made set keeps the questions' gold documents, and changes what a reader of them would see:
words under a cipher (the model cannot read them, an exact match can), noise as of bad scanning
(an exact match fails, and the model's tokens too), synonyms (an exact match fails, the model
does not), another alphabet, another language, keywords in place of questions, fewer documents.
All draws are seeded.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from docproc.retrieval.calibrating.evaluation import Question, read_questions
from docproc.text.language.sentences import sentences
from docproc.text.terms import content_words, detect_language

_WORD: Final = re.compile(r"[^\W\d_]+")
_SEED: Final = 1921
_LATIN: Final = "abcdefghijklmnopqrstuvwxyz"
_CYRILLIC: Final = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
_SOUNDS: Final = (
    "a b v g d e zh z i i k l m n o p r s t u f kh ts ch sh shch * y * e yu ya".replace("*", "")
)


@dataclass(frozen=True)
class MadeSet:
    """Documents by file name, and questions about them."""

    name: str
    documents: dict[str, str]
    questions: tuple[Question, ...]

    def digest(self) -> str:
        """A name of its documents, by their names and texts."""
        listed = json.dumps(self.documents, sort_keys=True)
        return hashlib.sha256(listed.encode()).hexdigest()[:16]

    def written(self, folder: Path) -> Path:
        """Write the documents into *folder*, which becomes the set's ``docs``."""
        folder.mkdir(parents=True)
        for name, text in self.documents.items():
            (folder / name).write_text(text, "utf-8")
        return folder


def read_set(folder: Path) -> MadeSet:
    """The set in *folder* as it is; only its answerable questions."""
    documents = {p.name: p.read_text("utf-8") for p in sorted((folder / "docs").iterdir())}
    questions = read_questions(folder / "questions.jsonl")
    return MadeSet(folder.name, documents, tuple(q for q in questions if q.answerable))


def changed(made: MadeSet, name: str, change: Callable[[str], str], asked: bool = True) -> MadeSet:
    """*made* with every document changed, and every question too if *asked*."""
    documents = {key: change(text) for key, text in made.documents.items()}
    questions = made.questions
    if asked:
        questions = tuple(replace_question(q, change(q.question)) for q in questions)
    return MadeSet(f"{made.name} {name}", documents, questions)


def replace_question(question: Question, words: str) -> Question:
    """*question* asked in other *words*."""
    return Question(question=words, gold=question.gold, id=question.id)


def ciphered(made: MadeSet, share: float) -> MadeSet:
    """A *share* of the words, wherever they stand, under one substitution of letters."""
    draw = random.Random(_SEED)
    table: dict[int, str] = {}
    for alphabet in (_LATIN, _CYRILLIC):
        to = draw.sample(alphabet, len(alphabet))
        table |= {ord(a): b for a, b in zip(alphabet, to, strict=True)}
        table |= {ord(a.upper()): b.upper() for a, b in zip(alphabet, to, strict=True)}

    def cipher(match: re.Match[str]) -> str:
        word = match[0]
        hidden = random.Random(word.casefold()).random() < share
        return word.translate(table) if hidden else word

    return changed(made, f"ciphered {share:.0%}", lambda text: _WORD.sub(cipher, text))


def noisy(made: MadeSet, share: float) -> MadeSet:
    """A *share* of the letters of the documents lost, doubled or taken for another."""
    draw = random.Random(_SEED)

    def spoil(match: re.Match[str]) -> str:
        letter = match[0]
        if draw.random() >= share:
            return letter
        return draw.choice(("", letter * 2, draw.choice(_LATIN)))

    letter = re.compile(r"[^\W\d_]")
    return changed(made, f"noise {share:.0%}", lambda text: letter.sub(spoil, text), asked=False)


def transliterated(made: MadeSet) -> MadeSet:
    """Cyrillic in Latin letters, documents and questions alike."""
    sounds = dict(zip(_CYRILLIC, _SOUNDS.split(" "), strict=True)) | {"ё": "e"}
    table = {ord(a): b for a, b in sounds.items()}
    table |= {ord(a.upper()): b.capitalize() for a, b in sounds.items()}
    return changed(made, "in Latin letters", lambda text: text.translate(table))


def synonymous(made: MadeSet, wordnet: Path, share: float = 1.0) -> MadeSet:
    """Lower-case words of the documents replaced by a synonym, where WordNet knows one."""
    synonyms = read_wordnet(wordnet)

    def other(match: re.Match[str]) -> str:
        word = match[0]
        known = synonyms.get(word)
        if not known or random.Random(word).random() >= share:
            return word
        return random.Random(f"other {word}").choice(known)

    name = f"synonyms {share:.0%}"
    return changed(made, name, lambda text: _WORD.sub(other, text), asked=False)


def read_wordnet(folder: Path) -> dict[str, list[str]]:
    """The single words that share a synset with each single word of four letters or more."""
    found: dict[str, set[str]] = {}
    for part in ("noun", "verb", "adj", "adv"):
        for line in (folder / f"data.{part}").read_text("utf-8").splitlines():
            if line.startswith(" "):  # the licence
                continue
            fields = line.split(" ")
            words = fields[4 : 4 + 2 * int(fields[3], 16) : 2]
            plain = {w for w in words if w.isalpha() and w.islower() and len(w) >= 4}
            for word in plain:
                found.setdefault(word, set()).update(plain - {word})
    return {word: sorted(others) for word, others in found.items() if others}


def across(questions: MadeSet, documents: MadeSet) -> MadeSet:
    """The questions of one set put to the documents, of the same names, of another."""
    name = f"{questions.name} over {documents.name}"
    return MadeSet(name, documents.documents, questions.questions)


def keywords(made: MadeSet) -> MadeSet:
    """The questions' content words, in lower case."""
    asked = []
    for question in made.questions:
        words = content_words(question.question, detect_language(question.question, 1) or "en")
        asked.append(replace_question(question, " ".join(words)))
    return MadeSet(f"{made.name} keywords", made.documents, tuple(asked))


def known_items(made: MadeSet, left: float, removed: bool = False) -> MadeSet:
    """One sentence of each document, with a share of its words *left*, asks for the document.

    *removed* takes the sentence out of the document, so that only what else it says is found.
    """
    draw = random.Random(_SEED)
    documents = dict(made.documents)
    asked: list[Question] = []
    for name, text in made.documents.items():
        spans = [span for span in sentences(text) if len(span.of(text).split()) >= 8]
        if len(spans) < 2:
            continue
        span = draw.choice(spans)
        kept = [word for word in span.of(text).split() if draw.random() < left]
        if kept:
            asked.append(Question(question=" ".join(kept), gold=(name,)))
            if removed:
                documents[name] = text[: span.start] + text[span.end :]
    kind = "sentences removed" if removed else "sentences"
    return MadeSet(f"{made.name} {kind} {left:.0%}", documents, tuple(asked))


def part(made: MadeSet, size: int, seed: int = _SEED) -> MadeSet:
    """*size* of the documents, and the questions about them; all where they are no more."""
    if len(made.documents) <= size:
        return made
    chosen = random.Random(seed).sample(sorted(made.documents), size)
    kept = {name: made.documents[name] for name in chosen}
    questions = tuple(q for q in made.questions if any(gold in kept for gold in q.gold))
    return MadeSet(f"{made.name} {size} documents", kept, questions)


def joined(made: MadeSet, groups: int) -> MadeSet:
    """Every so many *groups* of documents as one document, except for one text of each group.

    The questions about what is left out have a gold of the same group that is not there.
    Groups of fewer than three documents are left out whole.
    """
    members: dict[str, list[str]] = {}
    for name in sorted(made.documents):
        members.setdefault(group_of(name), []).append(name)
    large = [group for group, names in members.items() if len(names) >= 3]
    random.Random(_SEED).shuffle(large)
    documents = {}
    gold = {}
    for first in range(0, len(large) - groups + 1, groups):
        texts = []
        for group in large[first : first + groups]:
            out = random.Random(group).choice(members[group])
            for name in members[group]:
                gold[name] = f"{large[first]}-{'out' if name == out else 'in'}.txt"
                texts += [made.documents[name]] if name != out else []
        documents[f"{large[first]}-in.txt"] = "\n\n".join(texts)
    questions = tuple(
        Question(question=q.question, gold=known, id=q.id)
        for q in made.questions
        if (known := tuple(gold[name] for name in q.gold if name in gold))
    )
    return MadeSet(f"{made.name} joined by {groups}", documents, questions)


def group_of(name: str) -> str:
    """The part of a file's name before its last hyphen: the article, the volume, the chapter."""
    return name.rpartition("-")[0]


def read_pages(folder: Path, language: str, original: str = "C") -> MadeSet:
    """Help pages in *language*, below *folder*, in Mallard; each page's summary asks for it.

    The summary and the title are left out of the page.  Pages that stand there in the
    *original* language are not translated, and left out.
    """
    documents: dict[str, str] = {}
    asked = []
    untranslated = {}
    if language != original:
        untranslated = dict(_pages(folder / original))
    for name, (summary, body) in _pages(folder / language):
        if untranslated.get(name, ("", ""))[0] == summary or len(body) < 200:
            continue
        documents[name] = body
        if summary:
            asked.append(Question(question=summary, gold=(name,)))
    return MadeSet(f"help {language}", documents, tuple(asked))


def _pages(folder: Path) -> Iterator[tuple[str, tuple[str, str]]]:
    """Name, summary and text of every page below *folder*."""
    for path in sorted(folder.rglob("*.page")):
        root = ET.parse(path).getroot()
        space = root.tag.partition("}")[0] + "}"
        summary = root.find(f"{space}info/{space}desc")
        lines = list(_lines(root, space))
        found = " ".join("".join(summary.itertext()).split()) if summary is not None else ""
        yield f"{path.stem}.txt", (found, "\n\n".join(lines))


def _lines(root: ET.Element, space: str) -> Iterable[str]:
    """The paragraphs of a page, without what its head says."""
    for child in root:
        title = root.tag == f"{space}page" and child.tag == f"{space}title"
        if title or child.tag == f"{space}info":
            continue
        if child.tag in (f"{space}p", f"{space}title", f"{space}screen"):
            line = " ".join("".join(child.itertext()).split())
            if line:
                yield line
        else:
            yield from _lines(child, space)
