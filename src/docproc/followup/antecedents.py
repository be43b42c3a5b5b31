"""What a conversation has spoken of last: its document, its people, its dates, its fond."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from docproc.dataclass_on_use import dataclass
from docproc.followup.context import Context
from docproc.followup.dependence import take_apart
from docproc.followup.people import (
    OFFICE_OF,
    answering_sentence,
    is_meant,
    share_a_word,
    surname,
    who_is_meant,
)
from docproc.letters.vocabulary.words import kind_of
from docproc.records import ArchivalReference, Citation, PassageKind, Scope
from docproc.references import date_bounds, find_dates
from docproc.rendering.wording import date_phrase, headline
from docproc.text.names.matching import name_matcher

_LEVELS = ("fond", "opis", "delo")


@dataclass(frozen=True, slots=True)
class Narrowing:
    """A scope, and in words what it adds to the one in force: ``"in the letter of …"``.

    ``names`` is who must be named there too, word for word.
    """

    scope: Scope
    phrase: str = ""
    names: str = ""


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


def same_as_citation(context: Context, level: str, scope: Scope) -> Narrowing | None:
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


def reply_scope(
    context: Context, scope: Scope, by: str = "", pronoun: str = ""
) -> Narrowing | None:
    """What the recipient wrote back to the sender, on the same day or later.

    *by* is who replies, where the question names them: nobody else may be meant.  Where "he" of
    *pronoun* is the sender, it is what he wrote.
    """
    citation = context.citation
    if citation is None or citation.metadata.sender is None:
        return None
    asked = take_apart(context.question)
    he = who_is_meant(context) if not by and asked and asked.wants("who") else None
    recipient = citation.metadata.recipient
    sides = [citation.metadata.sender.text, *([recipient.text] if recipient else [])]
    if (meant := is_meant(pronoun, sides)) is not None and not by:
        he = surname(sides[0]) if meant == 0 else None
    if he and share_a_word(he, sides[0]):
        return narrow(scope, f"in what {he} wrote", sender=he)
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
    if recipient is None or not OFFICE_OF.search(recipient.text):
        return None
    replies, to, since = place.scope.sender, place.scope.recipient, place.scope.earliest
    if not (replies and to):
        return None
    day = f", not before {since.day} {since:%B %Y}" if since else ""
    phrase = f"in what {replies} wrote that names {to}{day}"
    found = narrow(scope, phrase, sender=replies, earliest=since)
    return replace(found, names=to)


def _day(context: Context, *, latest: bool) -> date | None:
    """The day spoken of: the one answered, if a date was asked for; else the document's."""
    citation = context.citation
    if citation is None:
        return None
    asked = take_apart(context.question)
    if asked is not None and asked.wants("when"):
        for found in find_dates(answering_sentence(citation)):
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
