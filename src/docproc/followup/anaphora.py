"""Cues: the words of a question that point back, and have nothing in it to point at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from typing import Final

from docproc.dataclass_on_use import dataclass
from docproc.followup.lexicon import Lexicon, Sentence, Token
from docproc.followup.thresholds import THRESHOLDS
from docproc.questions.writing import WROTE
from docproc.records import Span
from docproc.text.words import word_set


class Cue(Enum):
    """What in a question points back."""

    HE = "he"
    HIS = "his"
    IT = "it"
    DOCUMENT = "the document"
    NOTE = "the note"
    SAME = "the same"
    BEFORE = "before"
    AFTER = "after"
    REPLY = "the reply"


@dataclass(frozen=True, slots=True)
class FoundCue:
    """A cue and the characters of the question that are one; ``word`` tells it closer.

    ``word`` is the noun of a document or a note, the level of *the same*, the noun of a date.
    """

    cue: Cue
    span: Span
    word: str = ""


def cues_in(question: Sentence) -> Iterator[FoundCue]:
    """Every cue in *question*; they may overlap."""
    words, tokens = question.words, question.tokens
    for at, token in enumerate(tokens):
        before = tokens[at - 1] if at else None
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        yield from _thing(question, at, before, after)
        if words.has("same", token) or words.has("this", token):
            yield from _same(question, at, after)
        if _starts(words.before, question, token):
            yield from _when(question, at, Cue.BEFORE)
        if _starts(words.after, question, token):
            yield from _when(question, at, Cue.AFTER)
        if words.has("replies", token) and after is None and _determined(words, before):
            assert before is not None
            yield FoundCue(Cue.REPLY, _from(_before_same(words, tokens, at - 1), token))
        if words.has("replied", token) and after is None and words.has("he", before):
            assert before is not None
            yield FoundCue(Cue.REPLY, _from(before, token))
        if words.has("replied", token) and words.has("he", after) and at + 2 == len(tokens):
            assert after is not None
            yield FoundCue(Cue.REPLY, _from(token, after))
        if words.has("replied", token) and after is None and _nobody_is_said(question, at):
            yield FoundCue(Cue.REPLY, token.span)
        if words.has("replied", token) and (name := _who_replied_behind(question, at)):
            yield FoundCue(Cue.REPLY, Span(token.span.start, name.end), name.of(question.text))
        if words.has("replied", token) and after is None and (name := _who_replied(question, at)):
            yield FoundCue(Cue.REPLY, Span(name.start, token.span.end), name.of(question.text))
        pronoun = _pronoun(question, at)
        if pronoun:
            yield FoundCue(pronoun, token.span, token.low)


def _who_replied_behind(question: Sentence, at: int) -> Span | None:
    """The one name that ends "Che cosa rispose Bassi?"; ``None`` if it says more."""
    if len(question.names) != 1 or not _nobody_is_said(question, at):
        return None
    name, behind = question.names[0], question.tokens[at + 1 :]
    told = bool(behind) and behind[0].span.start == name.start and behind[-1].span.end == name.end
    return name if told else None


def _who_replied(question: Sentence, at: int) -> Span | None:
    """The one name in "What did the Secretary of State answer?"; ``None`` if it says more."""
    names, words = question.names, question.words
    if len(names) != 1:
        return None
    others = [
        token for token in question.tokens[:at] if not names[0].overlaps(token.span)
        and token.low not in words.empty
    ]  # fmt: skip
    return None if others else names[0]


def _nobody_is_said(question: Sentence, at: int) -> bool:
    """Whether nobody is said to have answered: ¿Qué respondió? Che cosa ha risposto?"""
    return at > 0 and all(token.low in question.words.unsaid for token in question.tokens[:at])


def _from(first: Token, last: Token) -> Span:
    return Span(first.span.start, last.span.end)


def _starts(pattern: re.Pattern[str], question: Sentence, token: Token) -> bool:
    return pattern.match(question.text, token.span.start) is not None


def _determined(words: Lexicon, token: Token | None) -> bool:
    """Whether *token* makes the noun behind it one that was spoken of."""
    return any(words.has(name, token) for name in ("the", "this", "his", "same"))


def _before_same(words: Lexicon, tokens: tuple[Token, ...], at: int) -> Token:
    """The determiner at *at*, or the one before it: "the same …"."""
    if at and words.has("same", tokens[at]) and _determined(words, tokens[at - 1]):
        return tokens[at - 1]
    return tokens[at]


def _thing(
    question: Sentence, at: int, before: Token | None, after: Token | None
) -> Iterator[FoundCue]:
    """Yield "the note", "note 2", "the letter": not one that the words behind it tell."""
    words, token = question.words, question.tokens[at]
    note = words.has("notes", token)
    if not note and not words.has("documents", token) and not words.has("generic", token):
        return
    cue = Cue.NOTE if note else Cue.DOCUMENT
    label = after if after and after.text.isdigit() and note else None
    determined = _determined(words, before) and not words.has("his", before)
    determined = determined or (note and words.has("his", before))
    located = words.language == "ru" and before is not None and words.has("places", before)
    if not (determined or located or label):
        return
    follows = question.tokens[at + 1 + bool(label) :]
    told = follows and (
        words.has("prepositions", follows[0]) or follows[0].low in words.sets["clauses"]
    )
    if told and len(follows) > 1:
        return
    first = _before_same(words, question.tokens, at - 1) if determined else token
    yield FoundCue(cue, _from(first, label or token), label.text if label else token.low)


def _same(question: Sentence, at: int, after: Token | None) -> Iterator[FoundCue]:
    """Yield "the same fond", "that year", with the preposition before it."""
    words, token = question.words, question.tokens[at]
    level = words.levels.get(after.low) if after else None
    if after is None or level is None:
        return
    if words.has("this", token) and level == "document":
        return  # "this letter" is the document, "the same letter" too
    first = _before_same(words, question.tokens, at)
    start = question.tokens.index(first)
    if start and words.has("prepositions", question.tokens[start - 1]):
        first = question.tokens[start - 1]
    yield FoundCue(Cue.DOCUMENT if level == "document" else Cue.SAME, _from(first, after), level)


def _when(question: Sentence, at: int, cue: Cue) -> Iterator[FoundCue]:
    """Yield "before that date", "after that", at the end of the question."""
    words = question.words
    pattern = words.before if cue is Cue.BEFORE else words.after
    match = pattern.match(question.text, question.tokens[at].span.start)
    assert match is not None
    rest = [t for t in question.tokens if t.span.start >= match.end()]
    if not rest or len(rest) > THRESHOLDS.words_after:
        return
    *pointing, last = rest
    small = ("this", "the", "there", "it", "same")
    if all(any(words.has(n, t) for n in small) for t in rest) and not words.has("the", last):
        yield FoundCue(cue, _from(question.tokens[at], last))
    elif (
        pointing
        and words.has("times", last)
        and all(any(words.has(n, t) for n in small) for t in pointing)
    ) or (len(rest) == 1 and words.has("times", last) and words.language == "ru"):
        yield FoundCue(cue, _from(question.tokens[at], last), last.low)


def _pronoun(question: Sentence, at: int) -> Cue | None:
    """What a pronoun without an antecedent in the question itself is."""
    words, tokens = question.words, question.tokens
    token = tokens[at]
    earlier = tokens[:at]
    named = any(name.end <= token.span.start for name in question.names)
    about = [t for t in earlier if t.low not in words.empty]
    parted = any(words.has("clauses", t) for t in earlier[1:]) and bool(about)
    small = words.empty - words.sets["light"]
    if token.low == "her" and all(t.low in small for t in tokens[at + 1 : at + 2]):
        return None if named or parted else Cue.HE  # "What did he send her?"
    if words.has("his", token):
        return None if named or about else Cue.HIS
    if words.has("theirs", token):
        return None if named or about else Cue.IT
    if words.has("the", token) and earlier and earlier[-1].low in _WHO and at + 1 < len(tokens):
        return Cue.HE  # "Chi lo accompagna?"
    if words.has("he", token) and not _said_twice(question, at):
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        article = token.low == "gli" and not (after and WROTE.fullmatch(after.text))
        return None if named or parted or article else Cue.HE
    if words.has("it", token):
        beside_a_name = bool(question.names) and at + 1 < len(tokens)
        return None if parted or beside_a_name else Cue.IT
    if words.has("there", token):
        return None if parted or named or _says_that_there_is(question, at) else Cue.IT
    if words.has("this", token):
        return None if parted or _begins_a_clause(question, at) else Cue.IT
    return None


_WHO: Final = word_set("chi quién quiénes qui")


def _said_twice(question: Sentence, at: int) -> bool:
    """Whether who is meant is named behind, as in "¿Qué le pasó a Andrés?"."""
    if question.words.language not in ("es", "it"):
        return False
    return any(name.start > question.tokens[at].span.end for name in question.names)


def _says_that_there_is(question: Sentence, at: int) -> bool:
    """Whether "there" only says that something is: "were there any barges"."""
    words, tokens = question.words, question.tokens
    beside = tokens[max(at - 1, 0) : at] + tokens[at + 1 : at + 2]
    later = [t for t in tokens[at + 1 :] if t.low not in words.empty]
    return bool(later) and any(words.has("auxiliaries", t) for t in beside)


def _begins_a_clause(question: Sentence, at: int) -> bool:
    """Whether "that" begins a clause: "the man that …", "say that …", not "of that"."""
    words, tokens = question.words, question.tokens
    before = tokens[at - 1] if at else None
    if at + 1 == len(tokens) or not words.has("clauses", tokens[at]) or before is None:
        return False
    return not words.has("prepositions", before) and not words.has("auxiliaries", before)
