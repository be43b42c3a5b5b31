"""Questions that ask of another time: the day before, the year after, then, what came of somebody.

Where was Rand?                 … and the day before?
What happened to Thomas then?   in what names Thomas after 2 February 1861
Where was Moser then?           in the document in view if he wrote it, else in that month
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Final

from docproc.followup.afterwards import find_afterwards
from docproc.followup.antecedents import (
    Narrowing,
    beside_date,
    day_bound,
    day_in_view,
    in_document,
    narrow,
)
from docproc.followup.completed import Completion
from docproc.followup.context import Context
from docproc.followup.dependence import QuestionParts, take_apart
from docproc.followup.people import share_a_word, surname, who_is_meant
from docproc.followup.relative_days import (
    HAPPENED,
    another_day,
    asks_for_earlier,
    at_that_time,
    day_at_the_end,
    in_another_turn,
    means_somebody,
    move_day,
    on_another_day,
    with_year,
    without_then,
    without_times,
    years_away,
)
from docproc.followup.substitution import only_object, tidy, year_of
from docproc.questions.times import find_times
from docproc.questions.writing import DOCUMENT, WROTE
from docproc.records import Citation, Scope
from docproc.references import date_bounds


def at_another_time(
    question: str, taken: QuestionParts | None, context: Context, scope: Scope, *, here: bool
) -> Completion | None:
    """*question*, asked of the time that it means; ``None`` where it means none so.

    *here* is as in ``complete``.
    """
    view = day_in_view(context)
    if view and (day := another_day(question, view)):
        return _whole(on_another_day(context.question, day), scope)
    turn = years_away(question)
    if turn is not None and context.question and (day := _first_day(context)):
        away, year = turn
        return _whole(in_another_turn(context.question, day, away, year=year), scope)
    citation = context.citation
    before = asks_for_earlier(question)
    if before is not None and (place := beside_date(context, scope, before=before)):
        last = tidy(without_times(context.question))
        him = means_somebody(question)
        if him and (name := who_is_meant(context)):
            last = tidy(re.sub(rf"\s*\b{re.escape(name)}\b", "", last))
        toward = 0 if not him else -1 if before else 1
        return Completion(last, last, f"“{last}”", last, (place,), True, True, by_date=toward)
    if found := _complete_date(question, context):
        return replace(_whole(tidy(found), scope), firm=False)
    day = day_bound(citation, latest=True) if citation else None
    if taken is None or citation is None or day is None or not here or scope.documents:
        return None
    later = find_afterwards(taken.text)
    if later is None:
        bare = without_then(taken.text) if taken.names else None
        return _at_the_time(tidy(bare), taken, citation, scope) if bare else None
    who: str | None = later.who
    if _is_one_of(later.who, taken, "he", "his"):
        who = who_is_meant(context, later.who.lower())
    elif _is_one_of(later.who, taken, "it", "this"):
        spoken = take_apart(context.question)
        thing = only_object(spoken) if spoken else None
        who = thing.of(context.question) if thing else None
    elif not later.then:
        return None
    if not who:
        return None
    asked = tidy(re.sub(rf"\b{re.escape(later.who)}\b", who, later.asked))
    name, said = surname(who), f"{day.day} {day:%B %Y}"
    places = (
        narrow(scope, f"in what names {name} after {said}", earliest=move_day(day, 1)),
        narrow(scope, f"in what names {name} from {said} on", earliest=day),
    )
    named = tuple(replace(place, names=name) for place in places)
    return Completion(asked, asked, f"“{asked}”", "", (*named, Narrowing(scope)), False, True)


def keep_only(which: str, context: Context, language: str) -> str:
    """The last question, asked of those documents alone that *which* tells: "of 1919".

    One that asks for no documents is asked no more: "only those from Paris" are letters.
    """
    last = context.question
    if not DOCUMENT.search(last) and not find_times(which):
        return f"{_LETTERS.get(language, 'Letters')} {which}"
    made = at_that_time(which, last, year_of(last, context.citation))
    return made or f"{last.rstrip(' ?.!')} {which}"


_LETTERS: Final = {
    "de": "Briefe", "fr": "Lettres", "ru": "Письма", "es": "Cartas", "it": "Lettere"
}  # fmt: skip


def lacks_a_date(question: str, context: Context) -> bool:
    """Whether *question* asks for a time by that of what is in view, which has none."""
    asks = years_away(question) is not None or asks_for_earlier(question) is not None
    return asks and context.citation is not None and _first_day(context) is None


def asks_what_came_next(question: str, context: Context) -> bool:
    """Whether *question* asks what came next, after one of what was written or happened."""
    told = WROTE.search(context.question) or HAPPENED.search(context.question)
    return asks_for_earlier(question) is False and not means_somebody(question) and told is not None


def _complete_date(question: str, context: Context) -> str | None:
    """*question* with the day, or the year of the month, that it leaves to what is in view."""
    taken = take_apart(question)
    day = day_in_view(context)
    if taken and day and (ended := day_at_the_end(taken.rest, day)):
        rest, day = ended
        return f"{rest} on {day.isoformat()}"
    made = with_year(question, year_of(context.question, context.citation))
    return made if made != question and taken and taken.names else None


def _whole(question: str, scope: Scope) -> Completion:
    """The last question, asked in full of another time."""
    return Completion(
        question, question, f"“{question}”", question, (Narrowing(scope),), True, True
    )


def _is_one_of(word: str, taken: QuestionParts, *names: str) -> bool:
    """Whether *word* is one of the small words called *names*."""
    return any(word.lower() in taken.words.sets[name] for name in names)


def _first_day(context: Context) -> date | None:
    """The first day that was asked about, or else that of what is in view."""
    times = find_times(context.question)
    if times and times[-1].earliest:
        return times[-1].earliest
    return day_bound(context.citation, latest=False) if context.citation else None


def _at_the_time(asked: str, taken: QuestionParts, citation: Citation, scope: Scope) -> Completion:
    """*asked* of somebody named at the time of the document in view: "Where was Moser then?"."""
    day, sender = day_bound(citation, latest=False), citation.metadata.sender
    assert day is not None
    first, last = date_bounds(f"{day:%Y-%m}")
    near = [narrow(scope, f"in {day:%B %Y}", earliest=first, latest=last), Narrowing(scope)]
    if sender and any(share_a_word(name.of(taken.text), sender.text) for name in taken.names):
        near.insert(0, in_document(scope, citation))
    return Completion(
        asked, asked, f"“{asked}”", asked, tuple(near), False, True, nearest_first=True
    )
