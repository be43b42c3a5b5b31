"""What a question asks about, and a passage that is near to it does not speak of.

"When was the ferry sunk?" lies near to the letter that tells when it was sold, and is not answered
there.  A word that the passage, its neighbours and what is known of its letter lack may be a
paraphrase, or the very thing that is asked.  The model tells them apart: without a word that is
paraphrased the question lies farther from the passage, without a word that is about something else
it lies nearer.  Only names, numbers and words that are rare in the corpus are looked at so; common
ones are too often written otherwise.  What is rare cannot be told from few passages, so that there
only names and numbers count in full.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from docproc.dataclass_on_use import dataclass
from docproc.letters.paragraphs.minutes import read_opening
from docproc.passages.about import about
from docproc.questions import TimeCondition
from docproc.questions.writing import ASKED_VERB, DECIDED, DOCUMENT, NOTHING, WROTE
from docproc.records import Passage
from docproc.retrieval.doubts.displaced_words import Places, asks_whether
from docproc.retrieval.generation.open_generation import OpenGeneration
from docproc.retrieval.lookup.by_reference import Rows
from docproc.retrieval.query.answer_kind import (
    KIND_NOUNS,
    age_asked,
    measures_in,
    tells_age,
    wanted_kind,
)
from docproc.retrieval.query.question_words import frequencies
from docproc.retrieval.weights import WEIGHTS
from docproc.retrieval.words.candidate_words import CandidateWords
from docproc.retrieval.words.coverage import Floats, QuestionWords
from docproc.text.language.related_words import needs_related_word, related_phrases
from docproc.text.language.stop_words import STOP_WORDS
from docproc.text.patterns import compile_on_use
from docproc.text.terms import content_words

_CUT_SHORT: Final = compile_on_use(r"(?<!\w)([^\W\d_]{3,})\.")
"""A word before a full stop: ``руб.``, ``Tel.``, or the last of a sentence."""
_PARTS: Final = compile_on_use(r"(\W+)")
_STOPS: Final = frozenset().union(*STOP_WORDS.values())
_ADVICE: Final = compile_on_use(
    r"(?<!\w)(?:i|we|my|our|you|your|ich|wir|mein\w*|unser\w*|je|j['’]|nous|mon|mes|я|мне|"
    r"мо[йяи]|мы|нам|yo|nosotros|io|noi)(?!\w)|^\W*how to(?!\w)",
    re.IGNORECASE,
)
"""Who asks what to do puts it in words of his own, which no text need have."""
_PRONOUN: Final = compile_on_use(
    r"(?<!\w)(?:he|him|she|they|them|I|me|my|we|us|our|you|your|who|which|er|ihn|ihm|sie|ich|wir|"
    r"mein\w*|unser\w*|il|elle|ils|elles|je|nous|mon|ma|notre|он|она|они|я|мы|мой|наш\w*)(?!\w)",
    re.IGNORECASE,
)
"""Who may be anybody that was named before, or who writes or reads."""
_PERSON: Final = compile_on_use(
    r"(?:['’]s|(?<!\w)(?i:his|her|their|whose|seine?|ihre?|son|sa|его|её|ее|их)) (?:\w+ )?(?i:son|"
    r"daughter|wife|husband|brother|sister|father|mother|child|children|uncle|aunt|cousin|nephew|niece|sohn|tochter|frau|mann|"
    r"bruder|schwester|vater|mutter|kind|fils|fille|femme|mari|frère|sœur|père|mère|сын|дочь|жена|муж|брат|"
    r"сестра|отец|мать)(?!\w)|"
    r"(?<!\w)(?:Mr|Mrs|Miss|Dr|Capt(?:ain)?|Col(?:onel)?|Gen(?:eral)?|Lieut(?:enant)?|Rev|Sir|"
    r"Lady|King|Queen|Herrn?|Frau|Monsieur|Madame|M|Mme|тов|гр)\.? [A-ZÀ-ÞА-ЯЁ]|"
    r"(?:death|birth|burial|funeral|marriage|Tod|Geburt|mort|naissance|смерть|рождение) "
    r"(?:of |von |de )?[A-ZÀ-ÞА-ЯЁ]|"
    r"(?<!\w)[A-ZÀ-Þ][a-zß-ÿ]+ [A-ZÀ-Þ][a-zß-ÿ]+,? (?:was|had|has|is|died|married|the)(?!\w)"
)
"""Somebody who is named, or told by his kin."""
_COUNTED: Final = compile_on_use(
    r"(?<!\w)(?:how (?:many|much)|wie ?viele?|combien d(?:e |['’])|сколько|quant[aieo]|"
    r"cu[aá]nt[ao]s?)\s*(?P<counted>\w+(?:\s+\w+){0,2})",
    re.IGNORECASE,
)

_OF_KIND: Final = compile_on_use(
    r"(?<!\w)(?:what|which|welche\w*|was für(?: ein\w*)?|quel(?:le)?s?|как(?:ой|ая|ое|ие|им|ую)|"
    r"quale?|qué|cuál(?:es)?)\s+(?:(?:is|are|was|were|ist|sind|war|waren|est|sont|était)\s+)?"
    r"(?:(?:the|an?|der|die|das|ein\w*|l['’]|les?|la|une?)\s+)?(?P<counted>\w+(?:\s+\w+){0,2})",
    re.IGNORECASE,
)
"""What the answer is one of is called in a word that a text need not have: which vessels."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """How far each of some passages is about something else, and the words that the first lacks."""

    shares: Floats
    lacking: tuple[str, ...]


def _abbreviates(text: str, word: str) -> bool:
    """Whether *text* has the beginning of *word*, folded, before a full stop."""
    found = (match[1].casefold() for match in _CUT_SHORT.finditer(text))
    return any(len(short) < len(word) and word.startswith(short) for short in found)


def decides(text: str) -> bool:
    """Whether *text* opens, in one of its paragraphs, with the word for a decision."""
    sections = (read_opening(each).section for each in text.split("\n\n"))
    return any(section and DECIDED.search(section) for section in sections)


def asks_for_facts(question: str) -> bool:
    """Whether the words of *question* name what is asked about; not where advice is asked for."""
    return not _ADVICE.search(question)


class Unsaid:
    """What one question names, looked for in passages."""

    def __init__(
        self,
        held: OpenGeneration,
        matching: CandidateWords,
        question: str,
        words: QuestionWords,
        vector: Floats,
        times: Sequence[TimeCondition],
        encode: Callable[[str], Floats],
    ) -> None:
        self._held = held
        self._matching = matching
        self._question = question
        self._words = words
        self._vector = vector
        self._encode = encode
        self._frequency = frequencies(held.passage_text, words)
        self._counted = _first_words(_COUNTED, question)
        self._of_kind = _first_words(_OF_KIND, question)
        self._places = Places(question)
        self._whether = asks_whether(question.split(maxsplit=1)[:1])
        self._parts = [(part, content_words(part, None).keys()) for part in _PARTS.split(question)]
        printed = [*(time.printed for time in times), *measures_in(question)]
        of_times = content_words(" ".join(printed), None).keys()
        self._sure = held.passages / (held.passages + WEIGHTS.few_passages)
        kind = wanted_kind(question)
        facts = [
            number
            for number in range(len(words.words))
            if (kind or question.rstrip().endswith("?"))
            and needs_related_word(self._as_typed(number).casefold())
        ]
        asked = [
            number
            for number, word in enumerate(words.words)
            if word not in of_times
            and (words.certain[number] or self._is_rare(number) or number in facts)
            and not _asks(self._as_typed(number))
        ]
        self._facts = [number for number in asked if number in facts]
        looked_at = [n for n in asked if self._is_rare(n) or n in facts]
        self._looked_at = looked_at
        self._common_names = [number for number in asked if number not in looked_at]

    def anything(self, row: int) -> bool:
        """Whether the passage at *row* lacks a name, or a word that is looked at."""
        if self._only_names:
            return True
        passages = self._held.catalog.passages([row])
        numbers = self._numbers(passages)
        if age_asked(self._question) and not tells_age(passages[0].text):
            return True
        if not numbers:
            return False
        if self._of_others(passages).any():
            return True
        held = self._support(np.array([row], np.int64), passages, numbers)
        return bool((held[numbers] < WEIGHTS.alike).any())

    def of(self, rows: Rows) -> Doubt:
        """The doubt of the passages at *rows*."""
        passages = self._held.catalog.passages(rows.tolist())
        looked_at = self._numbers(passages)
        ages = age_asked(self._question)
        ageless = np.array([ages != "" and not tells_age(p.text) for p in passages], np.float32)
        unknown_age = (ages,) if ageless[0] else ()
        if not looked_at and not self._only_names:
            return Doubt(ageless, unknown_age)
        held = self._support(rows, passages, looked_at)
        others = self._of_others(passages)
        held[others] = 0
        short = held < WEIGHTS.alike
        numbers = [n for n in looked_at if short[n].any()]
        # of many words those count that the first passage lacks, names and numbers before others
        numbers.sort(key=lambda n: (not short[n, 0], not self._words.telling[n]))
        rare = [n for n in numbers if self._is_rare(n)][: WEIGHTS.left_out]
        doubts = np.zeros((len(self._words.words), len(rows)), np.float32)
        for number in [*rare, *(n for n in numbers if not self._is_rare(n))]:
            missing = 1 - np.minimum(1, held[number] / WEIGHTS.alike)
            taken = self._find_taken(number, passages, short[number])
            about_else = np.zeros(len(rows), np.float32)
            word = self._words.words[number]
            if number in self._facts:
                about_else = (short[number] | others[number]).astype(np.float32)
            elif self._words.certain[number] or self._places.is_number(word):
                unknown = self._whether and not self._frequency[number]
                if number in rare and not (taken | unknown).all():
                    about_else = self._about_else(number, rows, short[number])
                about_else = np.where(taken | unknown, 1, about_else)
            else:
                about_else = self._about_else(number, rows, short[number])
                if not self._words.telling[number]:
                    about_else = np.where(taken, 1, self._sure) * about_else
            doubts[number] = missing * about_else
        names = [n for n in looked_at if self._words.certain[n]]
        if len(names) > 1:  # of what it names, a passage that answers has something
            doubts[names[0]] = np.maximum(doubts[names[0]], short[names].all(axis=0))
        lacking = [n for n in numbers if doubts[n, 0] > 0]
        shares = np.minimum(1, doubts.sum(axis=0) + self._apart(passages) + ageless)
        shares = np.where(shares < WEIGHTS.slight, 0, shares).astype(np.float32)
        return Doubt(shares, (*unknown_age, *(self._as_typed(n) for n in lacking)))

    def _is_rare(self, number: int) -> bool:
        """Whether so few passages have a word that one which answers would have it too."""
        count = self._held.passages
        rare = max(1.0, WEIGHTS.rare * count)
        most = WEIGHTS.common_name * count if self._words.telling[number] else rare
        return bool(self._frequency[number] <= most)

    def _numbers(self, passages: Sequence[Passage]) -> list[int]:
        """The words that are looked at in *passages*.

        A name that many have is one where one of *passages* has another name in its place.
        """
        taken = self._places.taken
        return self._looked_at + [
            number
            for number in self._common_names
            if any(taken(self._words.words[number], True, p.text, p.language) for p in passages)
        ]

    def _support(self, rows: Rows, passages: Sequence[Passage], looked_at: Sequence[int]) -> Floats:
        """How well each passage, its neighbours and its document's facts have each word."""
        catalog, words = self._held.catalog, self._words
        of = catalog.document_rows({passage.document_id for passage in passages})
        documents = [of[p.document_id] for p in passages]
        texts = [(f"{about(row)} {row.place or ''}", row.language) for row in of.values()]
        at = {document_id: place for place, document_id in enumerate(of)}
        facts = words.matches_in(texts)[:, [at[p.document_id] for p in passages]]
        near = self._matching.around(words, rows, (-1, 0, 1))
        if self._facts:  # who died in the next paragraph is another
            near[self._facts] = self._matching.around(words, rows, (0,))[self._facts]
        found: Floats = np.maximum(facts, near)
        for number in looked_at:
            if not words.telling[number]:
                decided = DECIDED.fullmatch(self._as_typed(number))
                phrases = related_phrases(self._as_typed(number).casefold())
                for place in np.flatnonzero(found[number] < WEIGHTS.alike).tolist():
                    text = passages[place].text
                    told = any(phrase in text.casefold() for phrase in phrases)
                    if (
                        told
                        or _abbreviates(text, words.words[number])
                        or (decided and decides(text))
                    ):
                        found[number, place] = 1.0
                continue
            for place, row in enumerate(documents):
                if found[number, place] < WEIGHTS.alike and row.passages <= WEIGHTS.letter:
                    inside = np.arange(row.first_row, row.first_row + row.passages, dtype=np.int64)
                    if len(self._held.passage_text.search(self._as_typed(number), 1, inside).rows):
                        found[number, place] = 1.0
        return found

    def _of_others(self, passages: Sequence[Passage]) -> NDArray[np.bool_]:
        """Of which facts each passage tells of somebody else alone, ``(words, passages)``.

        Every sentence that has the word names a person, and none who is asked about; nor does it
        say *he* or *I*, who may be.
        """
        found = np.zeros((len(self._words.words), len(passages)), np.bool_)
        names = [n for n, certain in enumerate(self._words.certain) if certain]
        for place, passage in enumerate(passages if self._facts and names else ()):
            texts = [s.shift(-passage.span.start).of(passage.text) for s in passage.sentences]
            at = self._words.matches_in([(t, passage.language) for t in texts]) >= WEIGHTS.alike
            for fact in self._facts:
                telling = np.flatnonzero(at[fact]).tolist()
                mine = any(
                    at[names, n].any() or _PRONOUN.search(texts[n]) or not _PERSON.search(texts[n])
                    for n in telling
                )
                found[fact, place] = bool(telling) and not mine
        return found

    def _find_taken(
        self, number: int, passages: Sequence[Passage], short: NDArray[np.bool_]
    ) -> NDArray[np.bool_]:
        """Which passages, of those *short* of a word, have another one in its place."""
        word, name = self._words.words[number], self._words.certain[number]
        if self._places.is_number(word):
            return short
        taken = np.zeros(len(passages), np.bool_)
        for place in np.flatnonzero(short).tolist():
            each = passages[place]
            taken[place] = self._places.taken(word, name, each.text, each.language)
        if taken[:1].all():  # what lies farther and lacks it as well says no more of it
            taken |= short
        return taken

    def _about_else(self, number: int, rows: Rows, short: NDArray[np.bool_]) -> Floats:
        """How surely each passage, where it is *short* of a word, is about something else: 0 to 1.

        What one passage tells of a word holds of others that lack it, unless they lie farther from
        the question without it: these say it in other words.
        """
        word = self._words.words[number]
        left = "".join(part for part, found in self._parts if word not in found)
        if not left.strip(" ?.!") or left == self._question:
            return np.zeros(len(rows), np.float32)
        both = np.stack([self._vector, self._encode(left)])
        units, counts = self._held.sentences_of_all(rows)
        best = self._held.vectors[rows] @ both.T
        if len(units):
            having = counts > 0
            starts = (np.cumsum(counts) - counts)[having]
            cosines = self._held.vectors[units] @ both.T
            best[having] = np.maximum(best[having], np.maximum.reduceat(cosines, starts))
        nearer = best[:, 1] - best[:, 0]
        low, high = WEIGHTS.nearer
        if self._words.telling[number]:
            low -= WEIGHTS.named
        elif word in self._of_kind:
            low, high = low + WEIGHTS.counted, high + WEIGHTS.counted
        elif not self._frequency[number]:
            low -= WEIGHTS.named
        if word in self._counted:
            nearer = nearer + WEIGHTS.counted
        share: Floats = np.clip((nearer - low) / (high - low), 0, 1).astype(np.float32)
        shared = share[short].max(initial=0.0)
        return np.where(nearer < 0, 0, np.maximum(share, shared)).astype(np.float32)

    @property
    def _only_names(self) -> bool:
        """Whether the question names two things or more, and says nothing else."""
        words = [n for n, word in enumerate(self._words.words) if not _asks(word)]
        return len(words) > 1 and all(self._words.certain[n] for n in words)

    def _apart(self, passages: Sequence[Passage]) -> Floats:
        """1 for each passage that does not bring two of the names together.

        Where a question says nothing but names, two that stand sentences apart have as little to
        do with one another as with any other.
        """
        apart = np.zeros(len(passages), np.float32)
        if not self._only_names:
            return apart
        names = [n for n, word in enumerate(self._words.words) if not _asks(word)]
        of = self._held.catalog.document_rows({passage.document_id for passage in passages})
        for place, passage in enumerate(passages):
            row = of[passage.document_id]
            texts = [s.shift(-passage.span.start).of(passage.text) for s in passage.sentences]
            texts = [*(texts or [passage.text]), f"{about(row)} {row.place or ''}"]
            at = self._words.matches_in([(text, passage.language) for text in texts])[names]
            held = at >= WEIGHTS.alike
            held |= held[:, -1:]  # what is said of the letter is said of every sentence
            together = held[:, :-1].copy()
            together[:, 1:] |= held[:, :-2]  # by the sentence before
            apart[place] = float((together.sum(axis=0) < min(2, len(names))).all())
        return apart

    def _as_typed(self, number: int) -> str:
        """The word as it was typed."""
        word = self._words.words[number]
        return next((part for part, found in self._parts if word in found), word)


def _asks(word: str) -> bool:
    """Whether *word* asks, or says what is done in and to documents."""
    word = word.casefold()
    if word in NOTHING or word in KIND_NOUNS:
        return True
    return any(pattern.fullmatch(word) for pattern in (WROTE, DOCUMENT, ASKED_VERB))


def asks_of_documents(question: str) -> frozenset[str]:
    """The words of *question*, folded, that speak of documents and of what is done in them."""
    words = re.findall(r"\w+", question.casefold())
    asking = (word for word in words if word not in _STOPS and _asks(word))
    return measures_in(question).union(asking)


def _first_words(pattern: re.Pattern[str], question: str) -> frozenset[str]:
    """The words that *pattern* finds counted in *question*, up to one that says nothing."""
    found: set[str] = set()
    for match in pattern.finditer(question):
        for word in match["counted"].split():
            if word.casefold() in _STOPS:
                break
            found |= content_words(word, None).keys()
    return frozenset(found)
