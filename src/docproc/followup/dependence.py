"""Whether a question leans on what was said before, and by which of its words.

Only the question itself is looked at, and only its small words (``followup_words``): an
opening ("And …"), a pronoun with nothing before it that it could mean, "the note", "the same
fond", "before that date", or nothing that it could be about.  A name of its own, or a clause
with something of its own to say, tells against it.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import cached_property

from docproc.dataclass_on_use import dataclass
from docproc.followup.anaphora import Cue, FoundCue, cues_in
from docproc.followup.lexicon import Sentence, Token, language_of, lexicon, tokens_of
from docproc.followup.thresholds import THRESHOLDS
from docproc.questions.quantity import find_quantity
from docproc.questions.writing import WROTE
from docproc.records import Span
from docproc.text.patterns import compile_on_use


class Dependence(Enum):
    """How surely a question leans on the conversation."""

    NOT = "stands by itself"
    PERHAPS = "may lean on the last question"
    SURELY = "leans on the last question"


@dataclass(frozen=True)
class QuestionParts(Sentence):
    """A question taken apart: opening, question words, the rest."""

    opening: Span
    asking: Span

    @property
    def rest(self) -> str:
        """The question without its opening."""
        return self.text[self.opening.end :].strip()

    @property
    def question_words(self) -> str:
        """``"How many"``, with the preposition before it; or ``""``."""
        return self.asking.of(self.text).strip(" ,'’")

    @cached_property
    def body(self) -> tuple[Token, ...]:
        """The words behind the question words."""
        return tuple(t for t in self.tokens if t.span.start >= self.asking.end)

    @cached_property
    def cues(self) -> tuple[FoundCue, ...]:
        """What points back, in the order of the question; no two overlap."""
        found: list[FoundCue] = []
        for cue in sorted(cues_in(self), key=lambda f: (f.span.start, -f.span.end)):
            if not found or cue.span.start >= found[-1].span.end:
                found.append(cue)
        return tuple(found)

    @cached_property
    def content(self) -> tuple[Token, ...]:
        """The words that the question is about, those of its cues left out."""
        cued = [found.span for found in self.cues]
        return tuple(
            t
            for t in self.body
            if t.low not in self.words.empty and not any(t.span.overlaps(c) for c in cued)
        )

    @property
    def fragment(self) -> bool:
        """Whether it is no clause, but a thing that is named, as is "how much money"."""
        verbs = any(self.words.has("auxiliaries", t) for t in self.body)
        alone = not self.question_words or all(
            t in self.content or self.words.has("the", t) for t in self.body
        )
        return len(self.content) <= THRESHOLDS.full_clause and alone and not verbs

    def wants(self, what: str) -> bool:
        """Whether it asks ``"when"`` or ``"who"``."""
        pattern = self.words.when if what == "when" else self.words.who
        return pattern.search(self.question_words or self.rest) is not None

    @property
    def wants_what(self) -> bool:
        """Whether it asks what was done, and of nothing in particular: "What did he write?"."""
        said = [token for token in self.content if not WROTE.fullmatch(token.text)]
        return not said and _WHAT.fullmatch(self.question_words) is not None

    def cue(self, *cues: Cue) -> FoundCue | None:
        """The first of *cues* that was found."""
        return next((found for found in self.cues if found.cue in cues), None)

    @property
    def leaning(self) -> Dependence:
        """Whether it leans on what was said before."""
        pointing = {found.cue for found in self.cues}
        if pointing & {Cue.NOTE, Cue.SAME, Cue.BEFORE, Cue.AFTER, Cue.REPLY, Cue.HE}:
            return Dependence.SURELY
        if Cue.DOCUMENT in pointing or Cue.IT in pointing or Cue.HIS in pointing:
            return Dependence.PERHAPS if self.names else Dependence.SURELY
        if not self.content:
            return Dependence.SURELY
        if self.opening:
            return self._continuing()
        if self.names:
            return Dependence.NOT
        counted = len(self.question_words.split()) > 1 and self.fragment
        short = len(self.content) < (THRESHOLDS.full_clause if counted else 2)
        return Dependence.PERHAPS if short else Dependence.NOT

    def _continuing(self) -> Dependence:
        if self.fragment:
            return Dependence.SURELY
        if self.names:
            return Dependence.NOT
        return Dependence.SURELY if len(self.content) < 2 else Dependence.PERHAPS


def points_back(question: str) -> bool:
    """Whether a word of *question* means something that was shown: "he", "it", "the note"."""
    taken = take_apart(question)
    if taken is None:
        return False
    pointing = (Cue.HE, Cue.HIS, Cue.IT, Cue.DOCUMENT, Cue.NOTE, Cue.SAME, Cue.REPLY)
    return taken.cue(*pointing) is not None and not taken.names and not taken.content


def may_depend(question: str) -> bool:
    """Whether *question* says so little that it may lean on what was said before."""
    taken = take_apart(question)
    return taken is not None and taken.leaning is not Dependence.NOT


def names_something(question: str) -> bool:
    """Whether *question* names somebody or a place, or asks for every document or how many."""
    taken = take_apart(question)
    return taken is None or bool(taken.names) or find_quantity(question) is not None


def counts_alone(question: str) -> bool:
    """Whether *question* is a thing that is counted or chosen, and no more: "How many men?"."""
    taken = take_apart(question)
    return (
        taken is not None
        and taken.fragment
        and len(taken.content) < THRESHOLDS.full_clause
        and _COUNTS.fullmatch(taken.question_words) is not None
    )


def is_bare(question: str) -> bool:
    """Whether *question* is a question word alone: When? Why? And where?"""
    taken = take_apart(question)
    return taken is not None and bool(taken.question_words) and not taken.body


def asks_where(question: str) -> bool:
    """Whether *question* asks for the place of what is in view, and says nothing else."""
    taken = take_apart(question)
    return (
        taken is not None
        and _WHERE.match(taken.rest.lstrip()) is not None
        and not (taken.content or taken.names)
    )


_WHAT = compile_on_use(r"what|was|que|qu|что|qué|che cosa|che|cosa", re.IGNORECASE)
_COUNTS = compile_on_use(
    r"how (?:many|much)|which|what|сколько|как(?:ой|ая|ое|ие)|wie ?viele?|welche[rs]?|"
    r"combien(?: de| d)?|quel(?:le)?s?|cuánt[oa]s?|qué|cuál(?:es)?|quant[aeio]|quale|quali",
    re.IGNORECASE,
)
_WHERE = compile_on_use(
    r"(?:from\s+)?(?:where|wo|woher|où|d['’]où|где|откуда)(?!\w)", re.IGNORECASE
)


def take_apart(question: str, like: str | None = None) -> QuestionParts | None:
    """*question* in its parts; ``None`` for a language whose small words are not known.

    *like* is as in ``language_of``.
    """
    text = " ".join(question.split())
    language = language_of(text, like)
    if language is None:
        return None
    text = text.lstrip("¿¡ ")
    words = lexicon(language)
    opened = words.openings.match(text)
    opening = Span(0, opened.end()) if opened else Span(0, 0)
    preposition = re.compile(r"[^\W_]+\s+").match(text, opening.end)
    at = opening.end
    if preposition and preposition[0].strip().lower() in words.sets["prepositions"]:
        at = preposition.end()
    asked = words.asking.match(text, at)
    asking = Span(opening.end, asked.end()) if asked else Span(opening.end, opening.end)
    return QuestionParts(text, words, tokens_of(text, opening.end, language), opening, asking)
