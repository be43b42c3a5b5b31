"""What is written otherwise in a German question: names among nouns, verbs in two parts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from docproc.text.language.stop_words import STOP_WORDS
from docproc.text.patterns import compile_on_use
from docproc.text.terms import detect_language

_ADJECTIVES_WORDS: Final = (
    "lang kurz klein gross groß weiß weiss schwarz braun rot roth grau blau gelb bunt "
    "jung alt neu stark schnell fromm hoch tief breit schmal dick dünn krumm kalt warm "
    "heiß sauer süß bitter hart weich scharf wild frei treu böse lieb schön klug frisch "
    "früh spät ehrlich fröhlich redlich kraus kahl stumpf steif still laut rasch hurtig "
    "ewig selig voll leer rau nah fern bald eben zwar dann wohl oft"
)
_ADJECTIVES: Final = frozenset(_ADJECTIVES_WORDS.split())
"""Written small, unless they are surnames."""
_ONE_WORDS: Final = "hat hatte ist war wurde wird kann konnte soll sollte muss musste"
_ONE: Final = frozenset(_ONE_WORDS.split())
"""Verbs of one subject, which is named without an article only by its name,"""
_MANY: Final = compile_on_use(r"(?:ung|heit|keit|schaft|tät|ion|nis|tum|en|er)$")
"""or by a word that needs none: of what is done, and of what there are several."""
_PARTICLES: Final = (
    r"(?:wieder|da|dort)\s+her|ab|an|auf|aus|bei|ein|entgegen|fest|fort|her|heraus|herbei|hervor|hin|"
    r"hinaus|hinzu|los|mit|nach|nieder|vor|voraus|weg|weiter|wieder|zu|zurück|zusammen"
)
_PARTED: Final = compile_on_use(
    rf"^(?P<before>\W*(?:\w+\s+)??)(?P<verb>[a-zäöüß]{{2,}})\s+(?P<rest>.*?\S)\s+"
    rf"(?P<particle>{_PARTICLES})(?P<end>\W*)$"
)

_OF: Final = compile_on_use(
    r"(?<!\w)(?P<head>[A-ZÄÖÜ]\w{3,})\s+(?:des|der|vom|von|für)\s+(?:\w+(?:en|er)\s+)?"
    r"(?P<of>[A-ZÄÖÜ]\w{3,})"
)
_NOUN: Final = compile_on_use(
    r"(?:^\W*|(?<!\w)(?:der|die|das|den|dem|des|eine?[mnrs]?|am|im|beim|vom|zum|zur|ins)\s+)"
    r"(?P<noun>[A-ZÄÖÜ][a-zäöüß]{7,})(?!\w)",
)
_SHORTEST: Final = 4
"""Letters of a part of a compound: what is shorter is as often an ending."""


def with_whole_verbs(question: str) -> str:
    """*question* with its verb in one: *stellte die Brücke wieder her* as *wiederherstellte*."""
    found = _PARTED.match(question)
    if found is None or detect_language(question, 1) != "de":
        return question
    before, verb, rest, particle, end = found.groups()
    if verb in STOP_WORDS["de"]:
        return question
    return f"{before}{''.join(particle.split())}{verb} {rest}{end}"


def compounds(question: str) -> Iterator[tuple[tuple[str, str], Iterator[str]]]:
    """Two nouns of *question*, in lower case, and the words that they may be one of.

    *Preis des Brennholzes*: Brennholzpreis.
    """
    for found in _OF.finditer(question):
        head, of = found["head"].casefold(), found["of"].casefold()
        bare = {of, *(of.removesuffix(ending) for ending in ("es", "s", "en", "n", "e"))}
        yield (head, of), (x + link + head for x in sorted(bare) for link in ("", "s", "n", "en"))


def nouns_with_articles(question: str) -> Iterator[str]:
    """The nouns of *question* before which names do not stand: behind an article, or first."""
    for found in _NOUN.finditer(question):
        yield found["noun"]


def halves(word: str) -> Iterator[tuple[str, str]]:
    """The two words, in lower case, that *word* may be made of: *brennholz*, *preis*."""
    for at in range(_SHORTEST, len(word) - _SHORTEST + 1):
        for link in ("", "s", "n", "en"):
            if (first := word[:at]).endswith(link) and len(first) - len(link) >= _SHORTEST:
                yield first.removesuffix(link), word[at:]


def certain_names(question: str) -> Iterator[str]:
    """The words of a German *question* that are written as only names are, but its first.

    Capitalised words that follow another one at once (Enver Pascha, Otto Braun), or a verb of one
    subject (Wurde Raabe verhaftet?), and what is no noun: Lang, Kurz.
    """
    words = question.split()
    for before, word in pairwise(words):
        plain = word.rstrip(".,;:!?")
        if not word[0].isupper() or plain.lower() in STOP_WORDS["de"]:  # Sie, Ihr
            continue
        noun = before.isalpha() and before[0].isupper() and before != words[0]
        noun &= before.lower() not in STOP_WORDS["de"]
        alone = before.lower() in _ONE and not _MANY.search(plain)
        if noun or alone or plain.lower() in _ADJECTIVES:
            yield word
