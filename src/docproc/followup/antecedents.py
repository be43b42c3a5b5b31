"""What a conversation has spoken of last: its document, its people, its dates, its fond."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from docproc.dataclass_on_use import dataclass
from docproc.followup.dependence import QuestionParts, take_apart
from docproc.followup.lexicon import MONTHS
from docproc.followup.thresholds import THRESHOLDS
from docproc.letters.words import kind_of
from docproc.questions.writing import WROTE
from docproc.records import ArchivalReference, Citation, PassageKind, Scope
from docproc.references import date_bounds, find_dates
from docproc.rendering.wording import date_phrase, headline
from docproc.text.name_matching import name_matcher
from docproc.text.patterns import compile_on_use
from docproc.text.words import word_set

_NAME = compile_on_use(r"(?:[^\W\d_]\.\s?){0,3}[^\W\d_][\w’'-]+(?:\s+[^\W\d_][\w’'-]+)*")
_CAPITALISED = compile_on_use(r"(?:[A-ZÀ-ÞА-ЯЁ]\.\s?){0,3}[A-ZÀ-ÞА-ЯЁ][\w’'-]+"
                          r"(?:\s[A-ZÀ-ÞА-ЯЁ][\w’'-]+)*")  # fmt: skip
_PARENTHESIS = compile_on_use(r"\(([^\W\d_][\w’'. -]{2,40})\)\s*$")
_OFFICE_OF = compile_on_use(r"\s(?:of|for|in|at)\s", re.IGNORECASE)
_LEVELS = ("fond", "opis", "delo")


@dataclass(frozen=True, slots=True)
class Narrowing:
    """A scope, and in words what it adds to the one in force: ``"in the letter of …"``.

    ``names`` is who must be named there too, word for word.
    """

    scope: Scope
    phrase: str = ""
    names: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """What a question can lean on.

    ``question`` is the last one, complete; ``citations`` are what was answered last, the one
    in view first, and ``earlier`` those of the answers before, the latest first.  ``listed`` are
    those of the answer that cited several documents last.
    """

    question: str
    citations: tuple[Citation, ...] = ()
    earlier: tuple[Citation, ...] = ()
    listed: tuple[Citation, ...] = ()

    @property
    def citation(self) -> Citation | None:
        """The one in view."""
        return self.citations[0] if self.citations else None


def document_name(citation: Citation) -> str:
    """``"the letter of 2 November 1921"``."""
    metadata = citation.metadata
    if metadata.date:
        return f"the {metadata.kind or 'document'} of {date_phrase(metadata.date)}"
    return headline(metadata, citation.source)


def narrow(scope: Scope, phrase: str, **conditions: object) -> Narrowing:
    """*scope* with *conditions*; *phrase* joins what it is called."""
    said = phrase.removeprefix("in ")
    printed = f"{scope.printed}, {said}" if scope.printed else said
    return Narrowing(replace(scope, printed=printed, **conditions), phrase)  # type: ignore[arg-type]


def in_document(scope: Scope, citation: Citation) -> Narrowing:
    """The document of *citation*."""
    phrase = f"in {document_name(citation)}"
    return narrow(scope, phrase, documents=(citation.document_id,))


def in_notes(scope: Scope, citation: Citation) -> Narrowing:
    """The notes to the document of *citation*."""
    phrase = f"in the notes to {document_name(citation)}"
    kinds = (PassageKind.NOTE,)
    return narrow(scope, phrase, documents=(citation.document_id,), kinds=kinds)


def find_document(context: Context, noun: str, generic: frozenset[str]) -> Citation | None:
    """The citation whose document *noun* can mean: the last of that kind."""
    kind = None if noun in generic else kind_of(noun)
    for citation in (*context.citations, *context.earlier):
        theirs = citation.metadata.kind
        if kind is None or theirs is None or theirs == kind:
            return citation
    return None


def person(context: Context) -> str | None:
    """Who "he" or "she" is: who the last answer names, if that was asked; or whom the last
    question names; or who wrote the document.
    """
    asked = take_apart(context.question)
    citation = context.citation
    if asked is None:
        return None
    if citation and asked.wants("who"):
        for side in _correspondents(citation):  # "Who was the ambassador in Russia?"
            if _PARENTHESIS.search(side) and _shared(side, context.question):
                return surname(side)
        for name in _names(_answering(citation), asked):
            if new := _behind_what_was_asked(name, asked):
                return new
    named = [span.of(asked.text) for span in asked.names if not _in_a_place(asked, span.start)]
    sides = _correspondents(citation)
    for name in named:
        if any(_shared(name, side) for side in sides):
            return name
    if named:
        return named[0]
    return sides[0] if sides else None


BOTH: Final = compile_on_use(
    r"(?<!\w)(?:both|neither|either)(?: of (?:them|these))?(?!\w)|"
    r"(?<!\w)(?:(?:die |alle )?beide[nr]?|keine[rn]? von beiden|(?:tous |toutes )?les deux|"
    r"об[ае]|обоих|обеих|обоим|обеим|(?:los|las) dos|ambos|ambas|entramb[ie])(?!\w)",
    re.IGNORECASE,
)
_PAIR: Final = compile_on_use(
    r"(?<!\w)((?:[A-ZÀ-ÞА-ЯЁ][\w’'-]+\s)*[A-ZÀ-ÞА-ЯЁ][\w’'-]+)\s(?:and|or|und|oder|et|ou|и|или|y|e|o)\s"
    r"((?:[A-ZÀ-ÞА-ЯЁ][\w’'-]+\s?)+)"
)


def both_named(taken: QuestionParts, context: Context) -> str | None:
    """*taken* with the two that were named together last in the place of "both"."""
    both, pair = BOTH.search(taken.rest), _PAIR.search(context.question)
    if both is None or pair is None:
        return None
    return f"{taken.rest[: both.start()]}{pair[0].strip()}{taken.rest[both.end() :]}"


def each_other(subject: str, context: Context) -> tuple[str, str] | None:
    """Who *subject*, a pronoun, is of the two correspondents in view, and who the other is.

    Where the forms of their names do not tell, it is who was spoken of; after what that one wrote,
    the other.
    """
    sides = _correspondents(context.citation)
    if len(sides) != 2:
        return None
    hers = [_WOMAN.search(side) is not None for side in sides]
    if hers[0] != hers[1]:
        first = hers.index(subject in _SHE)
    else:
        spoken = person(context) or ""
        first = int(_shared(spoken, sides[1])) ^ bool(WROTE.search(context.question))
    return sides[first], sides[1 - first]


_SHE: Final = word_set("she sie elle она ella lei")
_WOMAN: Final = compile_on_use(
    r"\A(?:[Mm](?:rs|iss|me|lle)\.?\s|Frau\s|[^\W\d_]+[aeая]\s)|(?:[оеё]в|ин|ск)(?:ой|ая|ую)\Z"
)
"""A name whose form is a woman's, more often than not."""


def names_somebody(taken: QuestionParts, context: Context) -> bool:
    """Whether *taken* names a correspondent of what is in view, in German."""
    german = taken.words.language == "de"
    return german and any(_shared(side, taken.rest) for side in _correspondents(context.citation))


def same(context: Context, level: str, scope: Scope) -> Narrowing | None:
    """The fond, file, archive, sender, recipient, year, month or day of the citation."""
    citation = context.citation
    if citation is None:
        return None
    metadata = citation.metadata
    if level in ("sender", "recipient"):
        mention = metadata.sender if level == "sender" else metadata.recipient
        if mention is None:
            return None
        return narrow(scope, f"{_WAYS[level]} {mention.text}", **{level: surname(mention.text)})
    if level in ("year", "month", "day"):
        first = _day(context, latest=False)
        if first is None:
            return None
        printed = first.isoformat()[: {"year": 4, "month": 7, "day": 10}[level]]
        earliest, latest = date_bounds(printed)
        return narrow(scope, f"in {printed}", earliest=earliest, latest=latest)
    if citation.reference is None:
        return None
    reference = _outer(citation.reference, level)
    if reference is None:
        return None
    return narrow(scope, f"in {reference.printed}", reference=reference)


_WAYS = {"sender": "from", "recipient": "to"}


def beside_date(context: Context, scope: Scope, *, before: bool) -> Narrowing | None:
    """The documents before, or after, the date that was spoken of."""
    day = _day(context, latest=not before)
    if day is None:
        return None
    said = f"{day.day} {day:%B %Y}"
    if before:
        latest = min(filter(None, (scope.latest, day - timedelta(days=1))))
        return narrow(scope, f"before {said}", latest=latest)
    earliest = max(filter(None, (scope.earliest, day + timedelta(days=1))))
    return narrow(scope, f"after {said}", earliest=earliest)


def reply(context: Context, scope: Scope, by: str = "") -> Narrowing | None:
    """What the recipient wrote back to the sender, on the same day or later.

    *by* is who replies, where the question names them: nobody else may be meant.  Where "he" is
    the sender, it is what he wrote.
    """
    citation = context.citation
    if citation is None or citation.metadata.sender is None:
        return None
    asked = take_apart(context.question)
    he = person(context) if not by and asked and asked.wants("who") else None
    if he and _shared(he, citation.metadata.sender.text):
        return narrow(scope, f"in what {he} wrote", sender=he)
    recipient = citation.metadata.recipient
    if recipient is None or (by and not name_matcher(by, partly=False)(recipient.text)):
        return None
    replies, to = surname(recipient.text), surname(citation.metadata.sender.text)
    if replies.casefold() == to.casefold():  # husband and wife
        replies, to = recipient.text, citation.metadata.sender.text
    day = day_bound(citation, latest=False)
    since = f", not before {day.day} {day:%B %Y}" if day else ""
    return narrow(
        scope,
        f"in what {replies} wrote to {to}{since}",
        sender=replies,
        recipient=to,
        earliest=day,
    )


def reply_through_others(place: Narrowing, context: Context, scope: Scope) -> Narrowing | None:
    """What the office that replies in *place* wrote to anybody that names whom it is for.

    Offices answer so: "For Brandt: …", to the consul who is to hand it on.  ``None`` where
    the recipient of what is in view is no office.
    """
    recipient = context.citation.metadata.recipient if context.citation else None
    if recipient is None or not _OFFICE_OF.search(recipient.text):
        return None
    replies, to, since = place.scope.sender, place.scope.recipient, place.scope.earliest
    if not (replies and to):
        return None
    day = f", not before {since.day} {since:%B %Y}" if since else ""
    phrase = f"in what {replies} wrote that names {to}{day}"
    found = narrow(scope, phrase, sender=replies, earliest=since)
    return replace(found, names=to)


def surname(name: str) -> str:
    """The part of a name that other documents will print too: ``"Trotsky"``.

    Of an office the name in parentheses behind it; without one the whole of the office.
    """
    named = _PARENTHESIS.search(name)
    if named:
        return named[1]
    if _OFFICE_OF.search(name):
        return re.sub(r"^the\s+", "", name.strip(" .,;"), flags=re.IGNORECASE)
    words = [word.strip(".,;") for word in name.split()]
    return next((w for w in reversed(words) if len(w) >= THRESHOLDS.name_letters), name)


def _correspondents(citation: Citation | None) -> list[str]:
    metadata = citation.metadata if citation else None
    both = (metadata.sender, metadata.recipient) if metadata else ()
    return [mention.text for mention in both if mention]


def _answering(citation: Citation) -> str:
    """The sentence that answered; the whole quotation where none stands out."""
    return citation.highlights[0].of(citation.quote) if citation.highlights else citation.quote


def _names(text: str, asked: QuestionParts) -> Sequence[str]:
    """The names in *text*, those that stand nearest to what was *asked* first."""
    taken = take_apart(f", {text}")
    small = taken.words.empty if taken else frozenset()
    found = [m for m in _CAPITALISED.finditer(text) if m[0].lower() not in small | MONTHS]
    stems = [token.low[: THRESHOLDS.stem] for token in asked.content]
    at = [m.start() for m in re.finditer(r"\w+", text) if any(map(m[0].lower().startswith, stems))]
    if at:
        found.sort(key=lambda m: min(min(abs(m.start() - x), abs(m.end() - x)) for x in at))
    found.sort(key=lambda m: _A_THING.search(text[: m.start()]) is not None)
    return [match[0] for match in found]


_A_THING: Final = compile_on_use(
    r"(?<!\w)(?:the|an?|de[nmrs]|die|das|eine[nmr]?|im|zur?m?|nach|in|aus|an|on|le|la|du|au|un|une|à|"
    r"el|al|del|il|lo)\s\Z",
    re.IGNORECASE,
)
"""What stands before a thing or a place that has a capital."""


def _behind_what_was_asked(name: str, asked: QuestionParts) -> str:
    """*name* without the words before it that *asked* has: "Ferryman Lund" of the ferryman."""
    words = name.split()
    while words and (_shared(words[0], asked.text) or words[0].lower() in asked.words.empty):
        words.pop(0)
    rest = " ".join(words)
    return "" if _shared(rest, asked.text) or not re.search(r"\w{3}", rest) else rest


def _shared(name: str, text: str) -> bool:
    """Whether *text* holds a word of *name*, initials apart."""
    theirs = {word.casefold() for word in re.findall(r"\w{3,}", text)}
    return any(word.casefold() in theirs for word in re.findall(r"\w{3,}", name))


def _in_a_place(asked: QuestionParts, at: int) -> bool:
    """Whether the name at *at* follows a word such as "in"."""
    before = [token for token in asked.tokens if token.span.end <= at]
    return bool(before) and asked.words.has("places", before[-1])


def _day(context: Context, *, latest: bool) -> date | None:
    """The day spoken of: the one answered, if a date was asked for; else the document's."""
    citation = context.citation
    if citation is None:
        return None
    asked = take_apart(context.question)
    if asked is not None and asked.wants("when"):
        for found in find_dates(_answering(citation)):
            return date_bounds(found.edtf)[latest]
    return day_bound(citation, latest=latest)


def day_in_view(context: Context) -> date | None:
    """The day spoken of, where it is one day."""
    first, last = _day(context, latest=False), _day(context, latest=True)
    return first if first == last else None


def day_bound(citation: Citation, *, latest: bool) -> date | None:
    """The first, or the last, day that the date of the document of *citation* can mean."""
    stated = citation.metadata.date
    if stated is None:
        return None
    try:
        return date_bounds(stated.edtf)[latest]
    except ValueError:
        return None


def _outer(reference: ArchivalReference, level: str) -> ArchivalReference | None:
    """*reference* down to *level* alone; its archive alone for ``"archive"``."""
    archive = reference.archive_now or reference.archive
    if level == "archive":
        kept: tuple[tuple[str, str], ...] = ()
        if archive is None:
            return None
    else:
        names = [name for name, _ in reference.components]
        wanted = level if level in names else next(iter(names), None)
        if wanted is None:
            return None
        kept = reference.components[: names.index(wanted) + 1]
    said = " ".join(f"{name} {value}" for name, value in kept)
    printed = f"{archive} {said}".strip() if archive else said
    return replace(reference, printed=printed, components=kept, span=None)
