"""A question put to the room: as it was typed, or completed from the conversation."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from docproc.chat.thresholds import THRESHOLDS
from docproc.chat.trial import PlaceTrial, best_score
from docproc.chat.turn import Turn, ask_as_typed
from docproc.followup.antecedents import Narrowing, in_document
from docproc.followup.chosen import Chosen, choose
from docproc.followup.completion import complete
from docproc.followup.context import Context
from docproc.followup.dependence import (
    asks_where,
    counts_alone,
    is_bare,
    names_something,
    points_back,
)
from docproc.followup.of_document import ask_of_document, ask_where_written
from docproc.followup.other_times import asks_what_came_next, lacks_a_date
from docproc.followup.rephrased import Onward, goes_on, put_plainly
from docproc.records import Answer, Scope, Verdict

if TYPE_CHECKING:  # the interface alone: a conversation loads nothing that searches
    from docproc.retrieval.answers.reading_room import ReadingRoom


def ask_in_context(
    room: ReadingRoom,
    question: str,
    context: Context,
    scope: Scope,
    limit: int,
    *,
    here: bool = True,
) -> Turn:
    """The turn of *question*, completed from *context* if it leans on it.

    Where that is not sure, a clear answer to what was typed is left as it is.  *here* is as in
    ``complete``.
    """
    said, question = question, put_plainly(question, context.question)
    turn = _in_context(room, question, context, scope, limit, here=here)
    if said != question and not turn.understood:
        turn = ask_as_typed(room, said, scope, limit)
    return replace(turn, question=said)


def go_on(room: ReadingRoom, question: str, last: Turn, limit: int) -> Turn | None:
    """The turn of "Are you sure?" and of "What else?" after *last*; ``None`` of another question.

    The one is answered as the last question was; the other by what comes behind what was shown.
    """
    onward = goes_on(question) if last.answer.citations else None
    if onward is None:
        return None
    said = f"understood as: “{last.full or last.question}”, "
    if onward is Onward.AGAIN:
        return replace(last, question=question, understood=f"{said}asked again")
    shown = last.answer.citations[-1].rank
    answer = room.answering.ask(
        last.searched, limit=shown + limit, scope=last.within, as_typed=last.as_typed
    )
    seen = {each.passage_id for each in last.answer.citations}
    more = [each for each in answer.citations[shown:] if each.passage_id not in seen]
    ranked = tuple(replace(each, rank=rank) for rank, each in enumerate(more, shown + 1))
    if not ranked:
        answer = replace(answer, verdict=Verdict.NOT_FOUND, nearest=(), remarks=(_NO_MORE,))
    answer = replace(answer, citations=ranked)
    return replace(
        last, question=question, answer=answer, understood=f"{said}further passages", view=shown + 1
    )


def _in_context(
    room: ReadingRoom, question: str, context: Context, scope: Scope, limit: int, *, here: bool
) -> Turn:
    """The turn of *question*, which is put as a follow-up is."""
    chosen = choose(question, context, scope) if here else None
    if chosen is not None:
        return _of_chosen(room, question, chosen, context, scope, limit)
    whole = ask_of_document(question) or ask_where_written(question, context)
    if whole and context.citation and here and not scope.documents:
        return _of_document(room, question, whole, context, scope, limit)
    if here and lacks_a_date(question, context):
        return _nothing_in_view(room, question, context, scope, limit, said=_NO_DATE)
    completion = complete(question, context, scope, here=here)
    bare = is_bare(question)
    leaning = points_back(question) or asks_where(question) or bool(whole)
    if (context.question and not context.citations and leaning) or (bare and completion is None):
        return _nothing_in_view(room, question, context, scope, limit)
    typed = None
    if completion is None or not completion.sure:
        typed = ask_as_typed(room, question, scope, limit)
        clear = min(1.0, THRESHOLDS.clear * typed.answer.searched.floor)
        if completion is None or best_score(typed.answer) >= clear:
            return _in_view(room, typed, context, limit) if here else typed
    trial = PlaceTrial(room, question, completion, context, scope, limit)
    turn = trial.turn_of_time(trial.best_turn())
    if (
        turn.answer.verdict is not Verdict.ANSWERED
        and here
        and asks_what_came_next(question, context)
    ):
        onward = choose("And the next letter?", context, scope)
        if onward is not None:
            return _of_chosen(room, question, onward, context, scope, limit)
    if completion.thing and here and not scope.documents:
        turn = trial.turn_of_thing(turn)
    if completion.firm or bare or turn.answer.verdict is Verdict.ANSWERED:
        return turn
    typed = typed or ask_as_typed(room, question, scope, limit)
    if typed.answer.verdict is Verdict.ANSWERED and (found := trial.turn_in_view(typed.answer)):
        return found
    if completion.named and not _is_of(typed.answer, context):
        return turn  # "was he there?" of somebody else
    if typed.answer.verdict is not Verdict.ANSWERED and completion.sure:
        return turn
    keeps = completion.named or (completion.sure and not names_something(question))
    return replace(typed, full=completion.full) if keeps else typed


def _in_view(room: ReadingRoom, typed: Turn, context: Context, limit: int) -> Turn:
    """*typed*, a question that stands by itself, in the document in view where that says it too.

    It is for a question that names nobody, no time and no document, which may be about what is
    in view: where this answers nearly as well as what is elsewhere, it goes before.
    """
    question, answer, about = typed.question, typed.answer, context.citation
    if about is None or typed.scope.documents or answer.understood or _is_of(answer, context):
        return typed
    if answer.verdict is not Verdict.ANSWERED or names_something(question):
        return typed
    place = in_document(typed.scope, about)
    near = room.answering.ask(question, limit=limit, scope=place.scope)
    least = 0.0 if counts_alone(question) else THRESHOLDS.nearest_place * best_score(answer)
    if near.verdict is not Verdict.ANSWERED or best_score(near) < least:
        return typed
    said = f"understood as: “{question}” · {place.phrase}"
    return replace(typed, answer=near, within=place.scope, understood=said)


def _is_of(answer: Answer, context: Context) -> bool:
    """Whether *answer* begins with the document in view."""
    first, about = next(iter(answer.citations), None), context.citation
    return first is not None and about is not None and first.document_id == about.document_id


def _of_document(
    room: ReadingRoom, question: str, whole: str, context: Context, scope: Scope, limit: int
) -> Turn:
    """The turn of *question*, put in full as *whole*, about the document in view."""
    assert context.citation is not None
    place = in_document(scope, context.citation)
    answer = room.answering.ask(whole, limit=limit, scope=place.scope)
    said = f"understood as: “{whole}” · {place.phrase.removeprefix('· ')}"
    return Turn(question, scope, answer, whole, place.scope, context.question, said)


def _of_chosen(
    room: ReadingRoom, question: str, chosen: Chosen, context: Context, scope: Scope, limit: int
) -> Turn:
    """The turn of *question* about one of the documents that were spoken of."""
    found = [(_beyond(room, chosen, context, place, limit), place) for place in chosen.places]
    if chosen.in_series and found[0][0].verdict is Verdict.ANSWERED:
        found = found[:1]
    dated = [each for each in found if each[0].verdict is Verdict.ANSWERED] or found[:1]
    nearest = max if chosen.step < 0 else min
    answer, place = nearest(dated, key=lambda each: _day(each[0]))
    asked = chosen.asked or chosen.which
    if chosen.asked and answer.citations:
        place = in_document(scope, answer.citations[0])
        answer = room.answering.ask(asked, limit=limit, scope=place.scope)
    shown = chosen.asked or (question if chosen.step or place.scope.documents else chosen.full)
    said = f"understood as: “{shown}”" + (f" · {place.phrase}" if place.phrase else "")
    return Turn(question, scope, answer, asked, place.scope, chosen.full, said)


def _beyond(
    room: ReadingRoom, chosen: Chosen, context: Context, place: Narrowing, limit: int
) -> Answer:
    """What *chosen* finds in *place* that is dated beyond what is in view.

    A day of the old style is another day too, so that the document in view is within the place
    that its own day bounds, and others beside it.
    """
    answer = room.answering.ask(chosen.which, limit=limit, scope=place.scope)
    stated = context.citation.metadata.date if context.citation else None
    for word in ("second", "third") if chosen.step > 0 else ("penultimate",) if chosen.step else ():
        if not (stated and answer.citations):
            break
        if _day(answer) > stated.edtf if chosen.step > 0 else _day(answer) < stated.edtf:
            break
        which = re.sub("first|last", word, chosen.which, count=1)
        answer = room.answering.ask(which, limit=limit, scope=place.scope)
    return answer


def _day(answer: Answer) -> str:
    """The date of the first citation of *answer*, to be compared; ``""`` where it has none."""
    stated = answer.citations[0].metadata.date if answer.citations else None
    return stated.edtf if stated else ""


_NOTHING: Final = "Nothing is in view that this could point at; ask it in full."
_NO_MORE: Final = "Nothing more answers this; /more shows what comes next all the same."
_NO_DATE: Final = "What is in view has no date that this could be told by; ask it in full."


def _nothing_in_view(
    room: ReadingRoom,
    question: str,
    context: Context,
    scope: Scope,
    limit: int,
    *,
    said: str = _NOTHING,
) -> Turn:
    """The refusal of a question that points at something, where nothing was shown last.

    The next one leans on what was asked before it.  *said* is why it is refused.
    """
    turn = ask_as_typed(room, question, scope, limit)
    answer = replace(
        turn.answer,
        verdict=Verdict.NOT_FOUND,
        citations=(),
        nearest=(),
        understood=(),
        remarks=(said,),
    )
    return replace(turn, answer=answer, full=context.question)
