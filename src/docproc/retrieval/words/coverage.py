"""How much of a question's words a text holds, other spellings counted by their likeness.

A word that shares its stem with a word of the question counts 1.  Another counts the square
of their likeness, where that is at least ``Weights.alike``: the Dice coefficient of the two words'
character trigrams (Adamson and Boreham 1974), or the share that they begin alike.  So other
inflections, misspellings and transliterations (Djemal, Jemal) are found, and can never
outweigh an exact match.

A name in the text that shares a key with a name of the question (``docproc.text.names.keys``)
counts ``Weights.name``, however little the two look alike: Cemal, Dzhemal, Джемаль.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from functools import lru_cache
from itertools import chain
from typing import Final
from weakref import ref

import numpy as np
from numpy.typing import NDArray

from docproc.dataclass_on_use import dataclass
from docproc.hooks.indexes import TextIndex
from docproc.retrieval.weights import WEIGHTS
from docproc.retrieval.words.trigrams import KnownRuns, known_runs
from docproc.store.catalog.parts.word_reader import WordReader
from docproc.store.catalog.tables.numbered_texts import NumberedTexts, Numbers
from docproc.text.names.keys import SMALL, keys_by_run
from docproc.text.run_marks import trigrams, weigh_marks
from docproc.text.terms import words_by_run

Floats = NDArray[np.float32]

Likenesses = tuple[tuple[int, float], ...]
"""Numbers of words of the question, each with how much a word of a text is like it."""

NAME: Final = WEIGHTS.name
_LEAST_KEPT: Final = 4_096
_ROUNDING: Final = 1e-9


@lru_cache(maxsize=50_000)  # about 50 MB
def grams(word: str) -> frozenset[str]:
    """Character trigrams of a folded word, its edges marked."""
    return frozenset(trigrams(word))


class QuestionWords:
    """The question's distinct content words, prepared to be looked for in many texts.

    *words* are folded and unstemmed, each with the terms that it may be found under
    (``docproc.text.terms.question_words``).  *names* are the keys of those of them that are
    taken for names, by word; *certain* are those that nothing but a name is written like.
    *equivalents* are what counts as much as some of the words, and *expected* how far each word
    can be expected in the texts at all, 1 without it.
    """

    def __init__(
        self,
        words: Sequence[tuple[str, tuple[str, ...]]],
        names: Mapping[str, Sequence[str]] | None = None,
        certain: Set[str] = frozenset(),
        equivalents: Sequence[Equivalents] = (),
        expected: Sequence[float] = (),
    ) -> None:
        self.words = tuple(word for word, _ in words)
        self.terms = tuple(terms for _, terms in words)
        self.names = tuple(frozenset((names or {}).get(word, ())) for word in self.words)
        self.certain = tuple(word in certain for word in self.words)
        self.telling = tuple(
            sure or any(map(str.isdigit, word))
            for word, sure in zip(self.words, self.certain, strict=True)
        )
        """Which are names and numbers: a passage without them speaks of something else."""
        self.equivalents = tuple(equivalents)
        self.expected = tuple(expected) or (1.0,) * len(self.words)
        self._grams = [grams(word) for word in self.words]
        self._of_gram: dict[str, list[int]] = {}
        for number, own in enumerate(self._grams):
            for each in own:
                self._of_gram.setdefault(each, []).append(number)
        self._any = frozenset(self._of_gram)
        self._of_term: dict[str, list[int]] = {}
        for number, terms in enumerate(self.terms):
            for term in terms:
                self._of_term.setdefault(term, []).append(number)
        self._any_name: frozenset[str] = frozenset().union(*self.names)
        least = list(map(least_in_common, self.words))
        self._marks = weigh_marks(self.words, self._of_term, self._any_name, least)
        self._alike: dict[tuple[str, str], Likenesses] = {}
        self.counted: list[tuple[ref[TextIndex], NDArray[np.float64]]] = []
        """How many texts of an index hold each word, where that was asked."""

    def with_equivalents(
        self, equivalents: Sequence[Equivalents], expected: Sequence[float] = ()
    ) -> QuestionWords:
        """The same words, with *equivalents* of some, and so far *expected*."""
        words = list(zip(self.words, self.terms, strict=True))
        names = {word: tuple(keys) for word, keys in zip(self.words, self.names, strict=True)}
        sure = {word for word, certain in zip(self.words, self.certain, strict=True) if certain}
        return QuestionWords(words, names, sure, equivalents, expected or self.expected)

    def matches(
        self, texts: Sequence[Mapping[str, str]], names: Sequence[frozenset[str]] = ()
    ) -> Floats:
        """How well each text's words match each word of the question: (words, texts), 0 to 1.

        A text is its distinct words, each with its term (``docproc.text.terms.content_words``);
        *names* are the keys of each text's names (``docproc.text.names.keys.keys_in``).
        """
        best = np.zeros((len(self.words), len(texts)), dtype=np.float32)
        for column, text in enumerate(texts):
            for item in text.items():
                for row, likeness in self._likenesses(item):
                    if likeness > best[row, column]:
                        best[row, column] = likeness
        for row, ours in enumerate(self.names):
            for column, theirs in enumerate(names if ours else ()):
                best[row, column] = max(best[row, column], _same_name(ours, theirs))
        return self._with_equivalents(best, lambda words: words.matches(texts, names))

    def matches_in(self, texts: Sequence[tuple[str, str | None]], *, names: bool = True) -> Floats:
        """What ``matches`` gives, of texts as they stand, each with its language.

        With their *names*, unless those are not to be looked for by their keys.
        Each run of characters between spaces is looked at once, in however many texts it stands.
        """
        best = np.zeros((len(texts), len(self.words)), dtype=np.float32)
        languages = [language for _, language in texts]
        for language in set(languages):
            here = [n for n, own in enumerate(languages) if own == language]
            known = known_runs(language)
            cut = [known.cut(texts[n][0]) for n in here]
            columns = np.repeat(here, list(map(len, cut)))
            self._match(best, columns, np.concatenate(cut), known, language, len(texts) * names)
        return self._with_equivalents(
            np.ascontiguousarray(best.T), lambda words: words.matches_in(texts, names=names)
        )

    def matches_runs(self, cut: Sequence[str], language: str | None) -> Floats:
        """What ``matches_in`` gives of texts that are each one of the *runs* of a text."""
        best = np.zeros((len(cut), len(self.words)), dtype=np.float32)
        known, columns = known_runs(language), np.arange(len(cut))
        numbers = np.fromiter(map(known.number, cut), np.int64, len(cut))
        self._match(best, columns, numbers, known, language, len(cut))
        return self._with_equivalents(
            np.ascontiguousarray(best.T), lambda words: words.matches_runs(cut, language)
        )

    def matches_at(self, texts: NumberedTexts, noted: WordReader, named: int) -> Floats:
        """What ``matches_in`` gives, of texts *noted* as numbers of runs; with the first's names.

        Names are looked for by their keys in so many as are to be *named*.
        """
        best = np.zeros((len(texts.counts), len(self.words)), dtype=np.float32)
        columns, numbers = texts.owners, texts.numbers
        for language in set(texts.languages):
            here = np.array([own == language for own in texts.languages], np.bool_)
            chosen = slice(None) if here.all() else here[columns]
            self._match(best, columns[chosen], numbers[chosen], noted, language, named)
        return self._with_equivalents(
            np.ascontiguousarray(best.T), lambda words: words.matches_at(texts, noted, named)
        )

    def _match(
        self,
        best: Floats,
        columns: Numbers,
        numbers: Numbers,
        noted: WordReader | KnownRuns,
        language: str | None,
        named: int,
    ) -> None:
        """Raise *best* ``(texts, words)`` to how much runs of these *numbers* are like each word.

        Each is of the text at its place in *columns*, which rise; the first *named* have names.
        """
        near, runs = noted.near(numbers, self._marks)
        plain = np.zeros((len(near), len(self.words)), np.float32)
        by_names = named and bool(self._any_name)
        with_names = np.zeros_like(plain) if by_names else plain
        words = words_by_run(language)
        for row, run in enumerate(runs):
            for item in words[run]:
                for word, likeness in self._likenesses(item):
                    plain[row, word] = max(plain[row, word], likeness)
            for word, likeness in self._same_names(run) if by_names else ():
                with_names[row, word] = max(with_names[row, word], likeness)
        if by_names:
            np.maximum(with_names, plain, out=with_names)
        like = with_names.any(axis=1)
        near, plain, with_names = near[like], plain[like], with_names[like]
        if not len(near):
            return
        place = np.minimum(np.searchsorted(near, numbers), len(near) - 1)
        there = np.flatnonzero(near[place] == numbers)
        at, place = columns[there], place[there]
        if not len(at):
            return
        found = (
            with_names[place]
            if at[-1] < named
            else np.where((at < named)[:, None], with_names[place], plain[place])
        )
        starts = np.flatnonzero(np.diff(at, prepend=-1))
        rows = at[starts]
        best[rows] = np.maximum(best[rows], np.maximum.reduceat(found, starts))

    def _with_equivalents(self, best: Floats, match: Callable[[QuestionWords], Floats]) -> Floats:
        """*best* where equivalents count as much as the words that they are of.

        Of an equivalent of several words, what matches least says how much of it is there.
        """
        for each in self.equivalents:
            for words in each.words:
                here = match(words).min(axis=0)
                best[list(each.rows)] = np.maximum(best[list(each.rows)], here)
        return best

    def _same_names(self, run: str) -> Likenesses:
        """The words of the question that are names which a *run* has, and what those count."""
        theirs = keys_by_run()[run]
        if not theirs or self._any_name.isdisjoint(theirs):
            return ()
        same = ((row, _same_name(own, theirs)) for row, own in enumerate(self.names) if own)
        return tuple((row, likeness) for row, likeness in same if likeness)

    def _likenesses(self, item: tuple[str, str]) -> Likenesses:
        """The words of the question that a word, with its term, is like; mostly none."""
        known = self._alike.get(item)
        if known is None:
            word, term = item
            theirs = grams(word)
            # words that are alike have two trigrams in common, unless they have but one
            near = len(theirs & self._any) > 1 or len(theirs) == 1 or term in self._of_term
            known = self._alike[item] = tuple(self._compare(word, term)) if near else ()
        return known

    def _compare(self, word: str, term: str) -> Iterator[tuple[int, float]]:
        same = self._of_term.get(term, ())
        for number in same:
            yield number, 1.0
        theirs, least = grams(word), WEIGHTS.alike
        counted = Counter(chain.from_iterable(map(self._of_gram.__getitem__, theirs & self._any)))
        for number, common in counted.items():
            sizes = len(self._grams[number]) + len(theirs)
            # words that begin with the same four letters have two trigrams in common, or more
            if number in same or (common < 2 and 2 * common < least * sizes):
                continue
            alike = max(2 * common / sizes, _kin(self.words[number], word))
            if alike >= least:
                yield number, alike * alike


@dataclass(frozen=True, slots=True)
class Equivalents:
    """What counts as much as the words of a question at *rows*: *words*, each an equivalent."""

    rows: tuple[int, ...]
    words: tuple[QuestionWords, ...]


def _same_name(ours: Set[str], theirs: Iterable[str]) -> float:
    """``NAME`` where two names share a key; 1 where that is of a stop word, spelled as it is."""
    shared = [key for key in theirs if key in ours]
    if not shared:
        return 0.0
    return 1.0 if any(key.startswith(SMALL) for key in shared) else NAME


def _kin(one: str, other: str) -> float:
    """The share of the longer word that both begin with, if that is four letters or more.

    What stemming parts, as it parts *decide* from *decision*, mostly begins alike.
    """
    common = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        common += 1
    return common / max(len(one), len(other)) if common >= WEIGHTS.common_letters else 0.0


@lru_cache(_LEAST_KEPT)
def least_in_common(word: str) -> int:
    """How many trigrams at least a word has in common with *word* that is like it.

    By all its trigrams, of which the other has no more than it has; or by those of its beginning.
    """
    alike = WEIGHTS.alike
    by_all = math.ceil(alike * len(grams(word)) / (2 - alike) - _ROUNDING)
    letters = max(WEIGHTS.common_letters, math.ceil(alike * len(word) - _ROUNDING))
    beginning = set(trigrams(word)[: letters - 1])
    return max(1, min(by_all, len(beginning)) if letters <= len(word) else by_all)


def coverage(matches: Floats, weights: NDArray[np.float64]) -> Floats:
    """Weighted share of the question's words found, (texts,), from 0 to 1.

    *matches* is (words, texts) from ``QuestionWords.matches``; *weights* is (words,), their
    idf.  All 0 for a question of stop words.  Of a description of many words no passage holds
    more than some: ``Weights.enough`` of the weightiest are all.
    """
    total = float(np.sort(weights)[-WEIGHTS.enough :].sum())
    if total <= 0:
        return np.zeros(matches.shape[1], dtype=np.float32)
    share: Floats = np.minimum(1, weights @ matches / total).astype(np.float32)
    return share
