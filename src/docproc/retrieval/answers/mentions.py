"""All passages that name a person, a place or a word, not the best ten.

A word is mentioned where the text has one of its terms (``docproc.text.terms``), or, where it is
written as a name, a name with one of its keys (``docproc.text.names.keys``): so every inflection
and every transliteration that search knows is found, and nothing that is merely alike.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final

import numpy as np
from numpy.typing import NDArray

from docproc.dataclass_on_use import dataclass
from docproc.errors import UsageError
from docproc.hooks.indexes import TextIndex
from docproc.records import DocumentRow, Passage, Scope, Span
from docproc.retrieval.generation.open_generation import OpenGeneration
from docproc.retrieval.query.question_words import read_words
from docproc.retrieval.weights import WEIGHTS
from docproc.text.names.keys import keys_in
from docproc.text.patterns import compile_on_use
from docproc.text.terms import content_words

_RUN: Final = compile_on_use(r"\S+")
_EDGES: Final = compile_on_use(r"^\W+|\W+$")


@dataclass(frozen=True, slots=True)
class MentionedPassage:
    """A passage of a document that names what was looked for.

    ``spans`` are of ``passage.text``: where; none where the words stand only in the cleaned
    text, as those do that a line break has parted.
    """

    document: DocumentRow
    passage: Passage
    spans: tuple[Span, ...]

    @property
    def spellings(self) -> tuple[str, ...]:
        """What is printed at each of the places."""
        return tuple(" ".join(span.of(self.passage.text).split()) for span in self.spans)


@dataclass(frozen=True, slots=True)
class Mentions:
    """Every mention of *name*, by the dates of their documents, undated ones last.

    ``documents`` is how many documents they are of, ``years`` counts them by year (``None``:
    without one year), and ``spellings`` by how the name is printed.
    """

    name: str
    mentions: tuple[MentionedPassage, ...]
    documents: int
    years: tuple[tuple[str | None, int], ...]
    spellings: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class _Sought:
    """One word of a name: its terms, and its keys where it is a name."""

    terms: frozenset[str]
    keys: frozenset[str]

    def is_in(self, terms: frozenset[str], keys: frozenset[str]) -> bool:
        return not self.terms.isdisjoint(terms) or not self.keys.isdisjoint(keys)


def mentions(held: OpenGeneration, name: str, scope: Scope) -> Mentions:
    """Every mention of *name* within *scope*.

    Raises ``UsageError`` where *name* has no word that could be looked for.
    """
    line = " ".join(name.split())
    sought = _parse_name(held, line)
    if not sought:
        raise UsageError(f"{name!r} has no word that could be looked for; give a name or a word")
    allowed = None if scope.everything else held.catalog.scoped.rows(scope)
    rows = np.unique(_hits(held.passage_text, line, sought, allowed)).tolist()
    found: list[tuple[Passage, tuple[Span, ...]]] = []
    for at in range(0, len(rows), WEIGHTS.passages_at_once):
        found += [
            (passage, tuple(_places(passage, sought)))
            for passage in held.catalog.passages(rows[at : at + WEIGHTS.passages_at_once])
            if _holds(passage, sought)
        ]
    documents = held.catalog.document_rows({passage.document_id for passage, _ in found})
    made = [
        MentionedPassage(documents[passage.document_id], passage, spans) for passage, spans in found
    ]
    made.sort(key=_order)
    years = Counter(_year(each.document) for each in made)
    spelled = Counter(chain.from_iterable(each.spellings for each in made))
    return Mentions(
        line,
        tuple(made),
        len(documents),
        tuple(sorted(years.items(), key=lambda each: (each[0] is None, each[0] or ""))),
        tuple(spelled.most_common()),
    )


def _parse_name(held: OpenGeneration, name: str) -> list[_Sought]:
    """The words of *name* that must all be there; initials are not looked for."""
    words = read_words(name, held.passage_text)
    found = [
        (word, _Sought(frozenset(terms), keys))
        for word, terms, keys in zip(words.words, words.terms, words.names, strict=True)
    ]
    longer = [sought for word, sought in found if len(word) > 1]
    return longer or [sought for _, sought in found]


def _hits(
    index: TextIndex, line: str, sought: Sequence[_Sought], allowed: NDArray[np.int64] | None
) -> NDArray[np.int64]:
    """The rows among which those with all words *sought* are: those of the rarest of them.

    Those of any of the words, which are many more, where that one is not found alone.
    """
    alone: list[tuple[int, int, str]] = []
    for run in line.split():
        own = read_words(run, index)
        for terms, keys in zip(own.terms, own.names, strict=True):
            if len(own.words) == 1 and _Sought(frozenset(terms), keys) in sought:
                texts = [index.document_frequency(each) for each in {*terms, *keys}]
                alone.append((sum(texts), max(texts), run))
    if len(sought) > 1 and alone:
        _, least, run = min(alone)
        rows = index.search(run, index.rows, allowed).rows
        if allowed is not None or len(rows) >= least:
            return rows
    return index.search(line, index.rows, allowed).rows


def _holds(passage: Passage, sought: Sequence[_Sought]) -> bool:
    text = passage.search_text
    terms = frozenset(content_words(text, passage.language).values())
    keys = keys_in(text)
    return all(word.is_in(terms, keys) for word in sought)


def _places(passage: Passage, sought: Sequence[_Sought]) -> Iterator[Span]:
    """Where all words of the name stand together; each of them, where they nowhere do."""
    found = list(_words(passage, sought))
    together = list(_together(found, len(sought)))
    yield from together or [span for _, _, span in found]


def _words(passage: Passage, sought: Sequence[_Sought]) -> Iterator[tuple[int, int, Span]]:
    """The number of each run that is a word sought, which it is, and its span."""
    for number, run in enumerate(_RUN.finditer(passage.text)):
        terms = frozenset(content_words(run[0], passage.language).values())
        keys = keys_in(run[0])
        for which, word in enumerate(sought):
            if word.is_in(terms, keys):
                bare = _EDGES.sub("", run[0])
                start = run.start() + run[0].index(bare)
                yield number, which, Span(start, start + len(bare))
                break


def _together(found: Sequence[tuple[int, int, Span]], of: int) -> Iterator[Span]:
    """The spans from the first to the last word of each place that has all *of* them."""
    at = 0
    while at + of <= len(found):
        some = found[at : at + of]
        near = some[-1][0] - some[0][0] < of + WEIGHTS.between_names
        if near and len({which for _, which, _ in some}) == of:
            yield Span(some[0][2].start, some[-1][2].end)
            at += of
        else:
            at += 1


def _order(mention: MentionedPassage) -> tuple[bool, str, int, int]:
    row = mention.document
    return row.date is None, row.date or "", row.first_row, mention.passage.span.start


def _year(row: DocumentRow) -> str | None:
    """The one year that the document can be of."""
    years = re.findall(r"\d{4}", row.date or "")
    return years[0] if len(set(years)) == 1 else None
