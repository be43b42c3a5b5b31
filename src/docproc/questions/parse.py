"""Parse a question: its words, its conditions, and what it wants, from what the corpus knows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import field
from typing import Final

from docproc.dataclass_on_use import dataclass
from docproc.questions.cleaning import asking_sentence, without_controls
from docproc.questions.fields import asks_of_thing, find_field
from docproc.questions.parsed import Field, ParsedQuestion, Party, TimeCondition
from docproc.questions.parties import EACH_OTHER, KnownNames, Parties, find_parties
from docproc.questions.positions import find_position
from docproc.questions.quantity import MENTION, find_quantity
from docproc.questions.quoted import asks_for_either, is_one_word, phrases_in
from docproc.questions.reduced_dates import Years, any_year
from docproc.questions.spelling import Spelled, apply_corrections, find_corrections
from docproc.questions.times import find_times
from docproc.questions.writing import (
    ASKED_VERB,
    DOCUMENT,
    NOTHING,
    RECEIVED,
    SAYS,
    WANTS,
    WROTE,
    document_kind,
)
from docproc.records import Span
from docproc.text.language.stop_words import STOP_WORDS
from docproc.text.patterns import compile_on_use

_WORD: Final = compile_on_use(r"[^\W_]+(?:[-'’.,][^\W_]+)*")
_STOPS: Final = frozenset().union(*STOP_WORDS.values())


@dataclass(frozen=True)
class Corpus:
    """What parsing asks of the texts: how many have a term, their languages, their names.

    ``spelled`` are the words of some texts that have a word, each with the language of its text,
    ``is_word`` knows common words
    (``docproc.questions.spelling``); ``years`` tells the first and the last of the texts.
    """

    frequency: Callable[[str], int]
    languages: Sequence[str | None] = ()
    names: KnownNames = field(default_factory=lambda: KnownNames(lambda _: ()))
    spelled: Spelled = lambda _: ()
    is_word: Callable[[str], bool] = lambda _: False
    years: Years = any_year


def parse_question(question: str, corpus: Corpus) -> ParsedQuestion:
    """*question* as it is understood over *corpus*; the same question always alike."""
    typed = without_controls(question)
    text = asking_sentence(typed)
    phrases = phrases_in(text)
    found = (
        ()
        if phrases
        else find_corrections(
            text, corpus.languages, corpus.frequency, spelled=corpus.spelled, is_word=corpus.is_word
        )
    )
    text = apply_corrections(text, found)
    times = find_times(text, corpus.years)
    position = find_position(text)
    if position and any(time.span.overlaps(position.span) for time in times):
        position = None
    about = bool(position) or any(way.search(text) for way in (DOCUMENT, WROTE, SAYS))
    said = (
        Span(text.index(each), text.index(each) + len(each)) for each in phrases if each in text
    )
    whole = [span for span in said if not is_one_word(span.of(text))]  # names nobody who wrote it
    parties = find_parties(_blank(text, [*(time.span for time in times), *whole]), corpus.names)
    if times and not any((about, parties.sender, parties.recipient, parties.place)):
        asked = (_whereabouts, _happenings)
        found_so = (way(text, times, corpus.names) for way in asked)
        parties = next((each for each in found_so if each != Parties()), Parties())
    parts = [parties.sender, parties.recipient, parties.place]
    spans = [each.span for each in (*times, *parts, position) if each]
    named = " ".join(each.name for each in parts if each)
    whereabouts = parties.sender is not None and _WHERE_WAS.match(text) is not None and not about
    wanted = Field.PLACE if whereabouts else find_field(text)
    quantity = None if wanted is Field.REFERENCE else find_quantity(text)
    counted = bool(quantity)
    about_any = about or any(parts)
    topic = _topic(text, spans, wanted, about=about_any, timed=bool(times), counted=counted)
    if wanted and wanted is not Field.REFERENCE and not whereabouts and asks_of_thing(text, topic):
        wanted = None
        topic = _topic(text, spans, None, about=about_any, timed=bool(times), counted=counted)
    kept = tuple(
        each for each in phrases if not (is_one_word(each) and (quantity or each in named))
    )
    return ParsedQuestion(
        typed=typed,
        text=text,
        topic=topic,
        times=times,
        sender=parties.sender,
        recipient=parties.recipient,
        place=parties.place,
        mutual=parties.mutual,
        phrases=kept,
        either=asks_for_either(text),
        field=wanted,
        quantity=quantity,
        kind=document_kind(text),
        position=position,
        about_documents=about or any(map(bool, parts)),
        corrections=found,
    )


def _whereabouts(text: str, times: Sequence[TimeCondition], names: KnownNames) -> Parties:
    """The correspondent of "Where was Rand on 3 May 1920?": his letters of that day tell."""
    match = _WHERE_WAS.match(text)
    if match is None:
        return Parties()
    end = min(time.span.start for time in times)
    name = text[match.end() : end].strip(" ,?")
    if end <= match.end() or not name or not names.has("sender", name):
        return Parties()
    start = text.index(name, match.end())
    return Parties(sender=Party(name, Span(start, start + len(name))))


def _happenings(text: str, times: Sequence[TimeCondition], names: KnownNames) -> Parties:
    """The place of "What happened in Riga in May 1920?": what was written there tells."""
    match = _HAPPENED.match(_blank(text, [time.span for time in times]))
    if match is None or not names.is_place(match["place"]):
        return Parties()
    return Parties(place=Party(match["place"], Span(match.start("at"), match.end("place"))))


def _blank(text: str, spans: Iterable[Span]) -> str:
    """*text* with what stands at *spans* blanked out, so that places in it stay."""
    for span in spans:
        text = text[: span.start] + " " * len(span) + text[span.end :]
    return text


def _topic(
    text: str,
    spans: Iterable[Span],
    wanted: Field | None,
    *,
    about: bool,
    timed: bool,
    counted: bool,
) -> str:
    """What is left of *text* without its conditions; ``""`` where nothing of it says a thing."""
    rest = _blank(text, spans)
    if about:
        bare = _INVERTED.sub(" ", rest)
        said = (WANTS,) if SAYS.search(text) else ()
        for pattern in (WROTE, RECEIVED, EACH_OTHER, DOCUMENT, ASKED_VERB, *said):
            bare = pattern.sub(" ", bare)
        mention = MENTION.search(rest)
        if mention and DOCUMENT.search(rest, mention.end()) and not any(_subject_words(bare)):
            bare = rest[mention.end() :]  # letters that mention paper
        if wanted is not None:
            bare = _FIELD_WORDS.sub(" ", bare)
        if not any(_subject_words(bare)):
            return ""
        if wanted or counted or MENTION.search(rest):
            return " ".join(_subject_words(bare))
    elif timed and not any(_subject_words(rest)) and not _NAMED.search(rest):
        return ""
    return " ".join(rest.split())


_WITHIN_WORD: Final = compile_on_use("[-'’]")
_WHERE_WAS: Final = compile_on_use(
    r"\W*(?:where (?:was|is|were)|wo (?:war|ist)|où (?:était|est|se trouvait)|"
    r"где (?:был[аи]?|находил(?:ся|ась)))\s+",
    re.IGNORECASE,
)
_HAPPENED: Final = compile_on_use(
    r"\W*(?:what (?:happened|went on|took place)|was (?:geschah|passierte)|que s['’]est-il passé|"
    r"qu['’]est-il arrivé|что (?:произошло|случилось|было)|qué (?:pasó|ocurrió)|"
    r"(?:che )?cosa (?:successe|accadde|è successo))\s+(?P<at>(?:in|at|à|en|в|во|a|ad)\s+)?"
    r"(?P<place>[^\W\d_][\w’'-]*(?:[\s-][A-ZÀ-ÞА-ЯЁ][\w’'-]*)*)\W*\Z",
    re.IGNORECASE,
)
_NAMED: Final = compile_on_use(r"(?<=\w )[A-ZÀ-ÞА-ЯЁ]")
"""A capital within the sentence: a name, which may be a small word otherwise (Will)."""
_INVERTED: Final = compile_on_use(
    r"-(?:t-)?(?:ils?|elles?|on|je|tu|nous|vous|ce)(?!\w)|(?<!\w)d['’]où(?!\w)|(?<!\w)a-t(?!\w)",
    re.IGNORECASE,
)
"""French pronouns behind the verb."""
_FIELD_WORDS: Final = compile_on_use(
    r"(?<!\w)(?:file|folder|box|lies|number|archival|archives?|reference|shelf ?mark|original|kept|"
    r"held|stored|preserved|date|dated|day|place|city|town|архив\w*|фонд\w*|хран\w+|шифр\w*|дата|"
    r"went|goes|addressed|ging|geht|gerichtet|adressiert|bestimmt|adressée?|destinée?|адресован\w*|"
    r"направлен\w*|dirigid[ao]|indirizzat[ao]|дел[оае]|опис[ьи]|лежит|archiv\w*|signatur|aktenzeichen|aufbewahrt|liegt|befindet|mappe|cote|"
    r"dossier|carton|trouve|legajo|caja|fascicolo|busta|conservée?|by hand|handwritten|typewritten)"
    r"(?!\w)",
    re.IGNORECASE,
)


def _subject_words(text: str) -> Iterable[str]:
    """The words of *text* that say what it is about."""
    for word in _WORD.findall(text):
        parts = _WITHIN_WORD.split(word.casefold())
        if not all({part, _bare(part)} & (NOTHING | _STOPS) for part in parts):
            yield word


def _bare(word: str) -> str:
    """*word* without its accents, as stop words are."""
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


__all__ = ["Corpus", "Parties", "Party", "parse_question"]
