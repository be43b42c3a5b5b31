"""A lexicon: the small words of one language, ready to be looked up; and a question's language."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, cached_property

from docproc.dataclass_on_use import dataclass
from docproc.followup.words import LANGUAGES, LanguageWords
from docproc.records import Span
from docproc.text.language.stop_words import STOP_WORDS
from docproc.text.patterns import compile_on_use
from docproc.text.words import word_set

_TOKEN = compile_on_use(r"[^\W_]+(?:[-.,'’][^\W_]+)*")
_WORD = compile_on_use(r"[^\W_]+(?:[-.,][^\W_]+)*")
MONTHS = word_set(
    """
    january february march april may june july august september october november december
    januar februar märz mai juni juli oktober dezember
    janvier février mars avril juin juillet août septembre octobre novembre décembre
    enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
    gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre
    января февраля марта апреля мая июня июля августа сентября октября ноября декабря
    январе феврале марте апреле мае июне июле августе сентябре октябре ноябре декабре
    """
)
_ACCENTS = compile_on_use("[\u0300-\u036f]")
_WITHIN_A_NAME = compile_on_use(r"\.?\s+(?:of\s+(?:the\s+)?)?")
_FRENCH = compile_on_use(
    r"[^\W_]+(?:[-.,](?!(?:t-)?(?:ils?|elles?|on|ce|je|tu|nous|vous)(?!\w))[^\W_]+)*"
)
"""Words of French: a pronoun behind its verb (*a-t-il*) is one of its own."""
_SETS = """
    auxiliaries he his it theirs this there the same clauses prepositions places light written
    documents generic notes times replies replied
"""
_EMPTY = "auxiliaries he his it theirs this there the light prepositions"


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the question: as typed, and in lower case."""

    text: str
    low: str
    span: Span


class Lexicon:
    """The small words of one language, ready to be looked up."""

    def __init__(self, language: str, words: LanguageWords) -> None:
        self.language = language
        self.openings = _phrases(words.openings, r"(?:[\s,:–-]+|$)")
        self.asking = _phrases(words.asking, r"(?:[\s,]+|(?=\W*$)|['’])")
        self.when, self.who = _phrases(words.when), _phrases(words.who)
        self.before, self.after = _phrases(words.before), _phrases(words.after)
        self.sets = {name: frozenset(getattr(words, name).split()) for name in _SETS.split()}
        self.levels = dict(pair.split(":") for pair in words.levels.split())
        asked = words.asking.replace(",", " ").split()
        self.unsaid = frozenset({*asked, *self.sets["auxiliaries"]})
        """Words that ask, and say nothing of who or what."""
        self.empty = STOP_WORDS[language].union(*(self.sets[name] for name in _EMPTY.split()))

    def has(self, name: str, token: Token | None) -> bool:
        """Whether *token* is one of the words called *name*."""
        return token is not None and token.low in self.sets[name]


def _phrases(phrases: str, end: str = r"(?!\w)") -> re.Pattern[str]:
    each = sorted((re.escape(p.strip()) for p in phrases.split(",")), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(each)}){end}", re.IGNORECASE)


@cache
def lexicon(language: str) -> Lexicon:
    """The lexicon of a language in ``LANGUAGES``."""
    return Lexicon(language, LANGUAGES[language])


@dataclass(frozen=True)
class Sentence:
    """A text and its words, those of its opening left out, in one language."""

    text: str
    words: Lexicon
    tokens: tuple[Token, ...]

    @cached_property
    def names(self) -> tuple[Span, ...]:
        """Runs of capitalised words, the first word of the sentence not among them."""
        if self.words.language == "de":  # where every noun has a capital
            return ()
        runs: list[Span] = []
        for token in self.tokens:
            first = token.span.start == 0 and not token.text.isupper()
            named = token.text[:1].isupper() and len(token.low) > 1 and not first
            if not named or token.low in MONTHS or token.low in self.words.empty:
                continue
            gap = self.text[runs[-1].end : token.span.start] if runs else "?"
            if runs and _WITHIN_A_NAME.fullmatch(gap):
                runs[-1] = Span(runs[-1].start, token.span.end)
            else:
                runs.append(token.span)
        return tuple(runs)


def tokens_of(text: str, start: int, language: str) -> tuple[Token, ...]:
    """The words of *text* from *start* on; in French and Italian, what is elided is a word."""
    pattern = _FRENCH if language in ("fr", "it") else _TOKEN
    return tuple(
        Token(m[0], m[0].lower().replace("’", "'"), Span(*m.span()))
        for m in pattern.finditer(text, start)
    )


def language_of(text: str, like: str | None = None) -> str | None:
    """The language of most small words in *text*, else English; ``None`` if it has no lexicon.

    Of several that have as many, it is *like*, the language of the question before.
    """
    bare = _ACCENTS.sub("", unicodedata.normalize("NFD", text.lower()))  # as stop words are
    words = [m[0] for m in _WORD.finditer(bare)] + [m[0].lower() for m in _FRENCH.finditer(text)]
    if any("а" <= c <= "я" for c in text.lower()):
        return "ru"
    if "¿" in text:
        return "es"
    seen = {x: sum(word in stops for word in words) for x, stops in STOP_WORDS.items()}
    for language, known in LANGUAGES.items():
        seen[language] += sum(word in _own(known) for word in words)
    best = max(seen, key=lambda x: (seen[x], x == like != "ru", x == "en"))
    return best if best in LANGUAGES else None


@cache
def _own(words: LanguageWords) -> frozenset[str]:
    return frozenset(f"{words.asking} {words.auxiliaries}".replace(",", " ").split())
