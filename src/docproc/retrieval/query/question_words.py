"""The words of a question that are looked for, and which of them are names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from weakref import ref

import numpy as np
from numpy.typing import NDArray

from docproc.hooks.indexes import TextIndex
from docproc.references.dates.days_in_words import read_number, write_number
from docproc.retrieval.query.answer_kind import measures_in
from docproc.retrieval.query.german import (
    certain_names,
    compounds,
    halves,
    nouns_with_articles,
    with_whole_verbs,
)
from docproc.retrieval.weights import WEIGHTS
from docproc.retrieval.words.coverage import Equivalents, Floats, QuestionWords
from docproc.text.names.keys import SMALL, AskedName, asked_names, small_key, small_names
from docproc.text.terms import content_words, detect_language, question_words


def read_words(question: str, index: TextIndex) -> QuestionWords:
    """The words of *question*, and which are names: capitalised, or unknown to *index*.

    A hyphened whole that no text has is left out: its parts say all that it does.  But where
    texts have its name in another spelling, as Zedong for Tse-tung, it is the parts that no
    text has that say nothing.
    """
    words = question_words(with_whole_verbs(question), tuple(index.languages))
    if "de" in index.languages and detect_language(question, 1) in ("de", None):
        words = list(_with_compounds(question, words, index))
    known = {word for word, _ in words}
    names = asked_names(question)
    unknown = {word for word, terms in words if not any(map(index.document_frequency, terms))}
    left_out: set[str] = set()
    for parts in _runs([word for word, _ in words]):
        whole = "".join(parts)
        if whole not in known:
            continue
        if whole in unknown:
            keys = names[whole].keys if whole in names else ()
            respelled = any(map(index.document_frequency, keys))
            left_out |= unknown.intersection(parts) if respelled else {whole}
        elif whole.isdecimal():  # 4 715 is one number
            left_out |= set(parts)
    kept = [(word, terms) for word, terms in words if word not in left_out]
    keyed = {w: name.keys for w, name in names.items() if name.capitalised or w in unknown}
    measures = {read for each in measures_in(question) for read in content_words(each, None)}
    expected = [WEIGHTS.unexpected if word in measures else 1.0 for word, _ in kept]
    certain = _certain(question, [word for word, _ in words], names)
    equal = _find_numbers(question, [word for word, _ in kept])
    if index.document_frequency(SMALL):  # the texts have such keys
        small = {word.casefold(): (small_key(word),) for word in small_names(question)}
        kept += [(word, ()) for word in small if word not in dict(kept)]
        expected += [1.0] * (len(kept) - len(expected))
        return QuestionWords(kept, {**keyed, **small}, certain | small.keys(), equal, expected)
    return QuestionWords(kept, keyed, certain, equal, expected)


def _find_numbers(question: str, words: Sequence[str]) -> list[Equivalents]:
    """The numbers of *question* as texts may write them: fifty thousand as 50,000, and back."""
    at = {word: number for number, word in enumerate(words)}
    language = detect_language(question, 1) or "en"
    found: list[Equivalents] = []

    def add(own: Sequence[str], other: Sequence[str]) -> None:
        rows = tuple(at[word] for word in own if word in at)
        if rows:
            terms = [read for word in other for read in question_words(word, (language,))]
            if terms:  # "one" is a stop word
                found.append(Equivalents(rows, (QuestionWords(terms),)))

    run: list[str] = []
    for word in [*re.findall(r"\w+", question.casefold()), ""]:
        longer = read_number(" ".join([*run, word]), language) if word else None
        if longer is not None and (run or longer):
            run.append(word)
            continue
        value = read_number(" ".join(run), language) if run else None
        if value is not None and value >= WEIGHTS.spelled_number:
            add([each for each in run if read_number(each, language)], [str(value)])
        run = [word] if word and read_number(word, language) else []
    for word in words:
        if word.isdecimal() and (spelled := write_number(int(word), language)):
            add([word], spelled.split())
    return found


def _with_compounds(
    question: str, words: Sequence[tuple[str, tuple[str, ...]]], index: TextIndex
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """*words*, found in German compounds too; one that no text has as the two it is made of."""

    def read(text: str) -> list[tuple[str, tuple[str, ...]]]:
        return question_words(text, tuple(index.languages))

    def known(text: str) -> bool:
        found = read(text)
        return bool(found) and all(any(map(index.document_frequency, t)) for _, t in found)

    compounded: dict[str, tuple[str, ...]] = {}
    for nouns, made in compounds(question):
        (found,) = [terms for each in made if known(each) for _, terms in read(each)][:1] or [()]
        compounded.update((word, found) for word, _ in read(" ".join(nouns)))
    split: dict[str, str] = {}
    for word in nouns_with_articles(question):
        if not known(word):
            made_of = (pair for pair in halves(word.casefold()) if all(map(known, pair)))
            split |= {w: " ".join(pair) for pair in made_of for w, _ in read(word)}
    for word, terms in words:
        if word in split:
            yield from read(split[word])
        else:
            yield word, (*terms, *compounded.get(word, ()))


def frequencies(index: TextIndex, words: QuestionWords) -> NDArray[np.float64]:
    """How many texts hold each word, under the commonest of its terms.

    A name that none holds as it is spelled is as common as the commonest of its keys; a word with
    equivalents as common as the commonest of these, where they are commoner.
    """
    for counted, known in words.counted:
        if counted() is index:
            return known
    counts = [
        max(map(index.document_frequency, terms), default=0)
        or max(map(index.document_frequency, keys), default=0)
        for terms, keys in zip(words.terms, words.names, strict=True)
    ]
    found = np.array(counts, np.float64)
    for each in words.equivalents:
        for other in each.words:
            rows = list(each.rows)
            found[rows] = np.maximum(found[rows], frequencies(index, other).min())
    found.setflags(write=False)
    words.counted.append((ref(index), found))
    return found


def absent_names(words: QuestionWords, index: TextIndex, matches: Floats) -> float:
    """The share of *words* that are certainly names, and that no text has in any spelling.

    *matches* ``(words, texts)`` are those of the texts that were read: a name that is like a
    word of one of them, as Afghans is like Afghanistan, is absent by what it lacks only.
    """
    lost = 0.0
    equal = {row for each in words.equivalents for row in each.rows}
    for number, certain in enumerate(words.certain):
        spellings = (*words.terms[number], *words.names[number])
        if certain and number not in equal and not any(map(index.document_frequency, spellings)):
            lost += 1.0 - float(matches[number].max(initial=0.0))
    return lost / max(1, len(words.words))


def _certain(question: str, words: Sequence[str], names: Mapping[str, AskedName]) -> frozenset[str]:
    """Those of *words* that are written as only names are.

    Not the first word, whose capital means nothing, and none in a headline, where every word
    has one.  In German, where every noun has one, see ``certain_names``.
    """
    capital = {word for word in words if word in names and names[word].capitalised}
    headline = len(capital) == len(words) and not question.rstrip().endswith("?")
    if headline:
        return frozenset()
    first = content_words(next(iter(question.split()), ""), None)
    if detect_language(question, 1) == "de":
        capital &= content_words(" ".join(certain_names(question)), None).keys()
    return frozenset(capital - first.keys())


def _runs(words: Sequence[str]) -> Iterator[Sequence[str]]:
    """Two to four of *words* that stand side by side."""
    for size in range(2, WEIGHTS.hyphenated + 1):
        for at in range(len(words) - size + 1):
            yield words[at : at + size]
