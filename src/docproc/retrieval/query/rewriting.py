"""Rewriting: what plugins add to a question, so far as the texts have it; shown with the answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Final

from docproc.dataclass_on_use import dataclass
from docproc.hooks.indexes import TextIndex
from docproc.hooks.ranking import QueryRewriter
from docproc.retrieval.query.question_words import frequencies, read_words
from docproc.retrieval.weights import WEIGHTS
from docproc.retrieval.words.coverage import Equivalents, QuestionWords
from docproc.text.patterns import compile_on_use

_WITHOUT_VOWEL: Final = compile_on_use(
    r"(?<=[а-яё][бвгджзлмнпрстфхцчшщ])(к(?:а|и|у|е|ой|ам|ами|ах))$", re.I
)
_WITH_VOWEL: Final = compile_on_use(r"(?<=[а-яё][бвгджзлмнпрстфхцчшщ])([ое]к)$", re.I)


@dataclass(frozen=True, slots=True)
class Widening:
    """What a question is asked by beside its own words.

    ``expansions`` are terms of it with their equivalents, each of which some text has;
    ``questions`` are the whole question in other words.
    """

    expansions: tuple[tuple[str, tuple[str, ...]], ...] = ()
    questions: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.expansions or self.questions)

    def said_of(self, question: str) -> tuple[str, ...]:
        """What was added to *question*, in words for the reader."""
        terms = (f"“{term}” also as {', '.join(words)}" for term, words in self._within(question))
        return (*terms, *(f"also asked as “{question}”" for question in self.questions))

    def text(self, question: str) -> str:
        """The words of *question* with those that count as much, for an index of words."""
        added = [word for _, words in self._within(question) for word in words]
        return " ".join([question, *added])

    def widen(
        self, words: QuestionWords, question: str, index: TextIndex, *, foreign: bool
    ) -> QuestionWords:
        """*words* of *question* with the equivalents of those that the expansions are of.

        Of a question in a *foreign* language, words that have none cannot be expected in the texts
        as the others can: they count ``WEIGHTS.unexpected``, except for names and numbers.
        """
        found = []
        for term, others in self._within(question):
            own = read_words(term, index).words
            rows = tuple(n for n, word in enumerate(words.words) if word in own)
            equal = [read for other in others if (read := read_words(other, index)).words]
            if rows and equal:
                found.append(Equivalents(rows, tuple(equal)))
        if not found:
            return words
        found += words.equivalents
        widened = words.with_equivalents(found)
        if not foreign:
            return widened
        absent = frequencies(index, widened) == 0
        expected = [
            WEIGHTS.unexpected if gone and not telling else 1.0
            for gone, telling in zip(absent.tolist(), widened.telling, strict=True)
        ]
        return words.with_equivalents(found, expected)

    def terms(self, index: TextIndex) -> frozenset[str]:
        """The terms of the words that have equivalents: they need not be taken for misspelt."""
        read = (read_words(term, index) for term, _ in self.expansions)
        return frozenset(term for words in read for terms in words.terms for term in terms)

    def _within(self, question: str) -> list[tuple[str, tuple[str, ...]]]:
        folded = question.casefold()
        return [each for each in self.expansions if each[0].casefold() in folded]


class Rewriters:
    """The rewriters in use, made when a question is first asked; *make* gives them, in order."""

    def __init__(self, make: Callable[[], Sequence[QueryRewriter]] = lambda: ()) -> None:
        self._make = make

    @cached_property
    def _rewriters(self) -> Sequence[QueryRewriter]:
        return self._make()

    def widening(self, question: str, index: Callable[[], TextIndex]) -> Widening:
        """What the rewriters add to *question* that a text in *index* has.

        Raises ``PluginError`` where one fails.
        """
        expansions: dict[str, dict[str, None]] = {}
        questions: dict[str, None] = {}
        for rewriter in self._rewriters:
            found = rewriter.rewrite(question)
            for each in found.expansions:
                expansions.setdefault(each.term, {}).update(dict.fromkeys(each.words))
            questions |= dict.fromkeys(each for each in found.questions if each != question)
        if not expansions:
            return Widening(questions=tuple(questions))
        known = {term: _select_known(term, words, index()) for term, words in expansions.items()}
        kept = tuple((term, words) for term, words in known.items() if words)
        return Widening(kept, tuple(questions))


def _select_known(term: str, words: dict[str, None], index: TextIndex) -> tuple[str, ...]:
    """Those of *words* that say something else than *term*, and that a text has, in their order."""
    own = set(read_words(term, index).words)
    kept = []
    for word in dict.fromkeys(form for each in words for form in (each, *_other_forms(each))):
        read = read_words(word, index)
        if read.words and set(read.words) != own and frequencies(index, read).min() > 0:
            kept.append(word)
    return tuple(kept)


def _other_forms(word: str) -> Iterator[str]:
    """Forms of a Russian *word* that no stem has in common with it: винтовка, винтовок."""
    if match := _WITHOUT_VOWEL.search(word):
        yield from (word[: match.start(1)] + vowel + "к" for vowel in "ое")
    elif match := _WITH_VOWEL.search(word):
        yield word[: match.start(1)] + "ка"
