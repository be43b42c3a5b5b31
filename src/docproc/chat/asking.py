"""A question put to the room: as it was typed, or completed from the conversation."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from docproc.chat.thresholds import THRESHOLDS
from docproc.dataclass_on_use import dataclass
from docproc.followup.antecedents import Narrowing, in_document
from docproc.followup.chosen import Chosen, choose
from docproc.followup.completion import Completion, complete
from docproc.followup.context import Context
from docproc.followup.dependence import asks_where, is_bare, points_back
from docproc.followup.of_document import in_full
from docproc.records import Answer, Passage, Scope, Verdict

if TYPE_CHECKING:  # the interface alone: a conversation loads nothing that searches
    from docproc.retrieval.answers.reading_room import ReadingRoom


@dataclass(frozen=True, slots=True)
class Turn:
    """A question as it was put, the scope that was in force, and the answer so far.

    Where it leaned on the turns before, ``understood`` says how it was completed, ``searched``
    is what was searched for, ``within`` is where, and ``full`` is the question that the next
    one can lean on.  ``view`` is the number of the citation looked at last.  ``as_typed`` is
    whether nothing was read from the question, and nothing added to it.
    """

    question: str
    scope: Scope
    answer: Answer
    searched: str = ""
    within: Scope = Scope()
    full: str = ""
    understood: str = ""
    view: int = 1
    as_typed: bool = False

    @property
    def said(self) -> str:
        """How the question was completed, and the conditions that were read from it; or ``""``."""
        conditions = "; ".join(self.answer.understood)
        if self.understood or not conditions:
            return "; ".join(filter(None, (self.understood, conditions)))
        return f"understood as: {conditions}"


def ask_as_typed(
    room: ReadingRoom, question: str, scope: Scope, limit: int, *, plain: bool = False
) -> Turn:
    """The turn of *question* just as it is; if *plain*, with no conditions read from it either."""
    if plain:
        answer = room.answering.ask(question, limit=limit, scope=scope, as_typed=True)
    else:
        answer = room.answering.ask(question, limit=limit, scope=scope)
    return Turn(question, scope, answer, question, scope, question, as_typed=plain)


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
    chosen = choose(question, context, scope) if here else None
    if chosen is not None:
        return _of_chosen(room, question, chosen, context, scope, limit)
    whole = in_full(question)
    if whole and context.citation and here and not scope.documents:
        return _of_document(room, question, whole, context, scope, limit)
    completion = complete(question, context, scope, here=here)
    bare = is_bare(question)
    leaning = points_back(question) or asks_where(question) or bool(whole)
    if (context.question and not context.citations and leaning) or (bare and completion is None):
        return _nothing_in_view(room, question, context, scope, limit)
    if completion is None:
        return ask_as_typed(room, question, scope, limit)
    typed = None
    if not completion.sure:
        typed = ask_as_typed(room, question, scope, limit)
        if _best(typed.answer) >= min(1.0, THRESHOLDS.clear * typed.answer.searched.floor):
            return typed
    trial = _Trial(room, question, completion, context, scope, limit)
    turn = trial.best_turn()
    if completion.thing and here and not scope.documents:
        turn = trial.turn_of_thing(turn)
    if completion.firm or bare or turn.answer.verdict is Verdict.ANSWERED:
        return turn
    typed = typed or ask_as_typed(room, question, scope, limit)
    if typed.answer.verdict is Verdict.ANSWERED and (found := trial.turn_in_view(typed.answer)):
        return found
    return typed if typed.answer.verdict is Verdict.ANSWERED or not completion.sure else turn


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


def _nothing_in_view(
    room: ReadingRoom, question: str, context: Context, scope: Scope, limit: int
) -> Turn:
    """The refusal of a question that points at something, where nothing was shown last.

    The next one leans on what was asked before it.
    """
    turn = ask_as_typed(room, question, scope, limit)
    answer = replace(
        turn.answer,
        verdict=Verdict.NOT_FOUND,
        citations=(),
        nearest=(),
        understood=(),
        remarks=("Nothing is in view that this could point at; ask it in full.",),
    )
    return replace(turn, answer=answer, full=context.question)


@dataclass(frozen=True, slots=True)
class _Trial:
    """A completed question, tried in the places where it may be answered."""

    room: ReadingRoom
    question: str
    completion: Completion
    context: Context
    scope: Scope
    limit: int

    def best_turn(self) -> Turn:
        """The turn in the nearest of the places that answers well enough."""
        turns = [self._put(place) for place in self.completion.places]
        least = THRESHOLDS.nearest_place * _best(turns[-1].answer)
        for turn in turns:
            if turn.answer.verdict is Verdict.ANSWERED and _best(turn.answer) >= least:
                return turn
        return turns[-1]

    def turn_of_thing(self, turn: Turn) -> Turn:
        """What the document in view says of a thing that was only named, where *turn* does not.

        "And the bread?", where that is no answer to the last question again.
        """
        thing = self.completion.thing
        about = self.context.citation
        if about is None or any(_holds(c.quote, thing) for c in turn.answer.citations[:1]):
            return turn
        place = in_document(self.scope, about)
        answer = self.room.answering.ask(
            self.completion.own, limit=self.limit, scope=place.scope, every=True
        )
        held = [c for c in answer.citations or answer.nearest if _holds(c.quote, thing)]
        if not held:
            return turn
        ranked = tuple(replace(c, rank=rank) for rank, c in enumerate(held, 1))
        answer = replace(answer, verdict=Verdict.ANSWERED, citations=ranked, nearest=())
        said = f"understood as: “{self.completion.own}” · {place.phrase}"
        return replace(
            turn, answer=answer, searched=self.completion.own, within=place.scope, understood=said
        )

    def turn_in_view(self, typed: Answer) -> Turn | None:
        """The turn of what was typed, within the document in view where that answers it best.

        It is for a completed question that is refused, where what was typed alone is clearly
        answered (*typed*) by a passage of that document.
        """
        completion, place = self.completion, self.completion.places[0]
        replaced = completion.sure and completion.full == completion.question != completion.own
        if not (replaced and completion.own and place.scope.documents):
            return None
        answer = self.room.answering.ask(completion.own, limit=self.limit, scope=place.scope)
        clear = THRESHOLDS.clear * answer.searched.floor
        if answer.verdict is not Verdict.ANSWERED or _best(answer) < clear:
            return None
        if answer.citations[0].passage_id != typed.citations[0].passage_id:
            return None
        return Turn(
            self.question,
            self.scope,
            answer,
            completion.own,
            place.scope,
            completion.full,
            completion.phrase(place),
        )

    def _put(self, place: Narrowing) -> Turn:
        """The question within one place.

        What the conversation adds to a question must not answer it: what was typed has to be
        found by itself, if less surely.  Put in full, with names for its pronouns, and asked
        everywhere, it is a question like any other.
        """
        completion = self.completion
        wanted = completion.question
        if completion.note and (note := self._note(place)):
            wanted = note.text  # nothing is as like a note as itself
        if place.names:
            wanted = f"“{place.names}”"
        whole = completion.place_alone
        limit = THRESHOLDS.naming if place.names else self.limit
        answer = self.room.answering.ask(wanted, limit=limit, scope=place.scope, every=whole)
        if place.names:
            answer = _in_order(answer, self.limit)
        elif whole:
            answer = _what_is_there(answer, completion.note)
        in_full = completion.named and not place.phrase
        added = completion.own not in ("", completion.question) and not in_full
        if answer.citations and added:
            alone = self.room.answering.ask(completion.own, limit=self.limit, scope=place.scope)
            sure = completion.sure
            least = THRESHOLDS.alone_sure if sure else THRESHOLDS.alone_unsure
            answer = _hold_to_typed(answer, alone, least)
        if not (completion.own or completion.firm):
            answer = self._with_date(answer)
        answered = answer.verdict is Verdict.ANSWERED
        return Turn(
            self.question,
            self.scope,
            answer,
            wanted,
            place.scope,
            completion.full if answered or completion.says_itself else self.context.question,
            completion.phrase(place),
        )

    def _with_date(self, answer: Answer) -> Answer:
        """*answer*, behind the date of the document where "when was that?" asks for no more.

        The document is the one that answers, else the one in view.
        """
        about = answer.citations[0] if answer.citations else self.context.citation
        first = about and self.room.answering.find_date(self.question, about)
        if about and not first and asks_where(self.question):
            first = self.room.answering.find_place(self.context.citation or about)
        if not first:
            return answer
        rest = (c for c in answer.citations if c.passage_id != first.passage_id)
        ranked = (replace(c, rank=rank) for rank, c in enumerate((first, *rest), 1))
        return replace(
            answer, verdict=Verdict.ANSWERED, citations=tuple(ranked)[: self.limit], nearest=()
        )

    def _note(self, place: Narrowing) -> Passage | None:
        """The note that is meant by its number."""
        label = self.completion.note
        for document in place.scope.documents:
            for passage in self.room.lookup.passages(document):
                if passage.note == label:
                    return passage
        return None


def _holds(text: str, words: tuple[str, ...]) -> bool:
    """Whether *text* has each of *words*, whatever their endings."""
    theirs = [word.lower() for word in re.findall(r"\w+", text)]
    stems = (word[: max(THRESHOLDS.stem, len(word) - 2)] for word in words)
    return all(any(word.startswith(stem) for word in theirs) for stem in stems)


def _what_is_there(answer: Answer, note: str) -> Answer:
    """*answer* without a floor: what stands in the place that was asked for; or its one *note*."""
    found = answer.citations or answer.nearest
    if note:
        found = tuple(c for c in found if c.locator.split()[-1:] == [note])
    if not found:
        return replace(answer, verdict=Verdict.NOT_FOUND, citations=())
    ranked = tuple(replace(c, rank=n) for n, c in enumerate(found, 1))
    return replace(answer, verdict=Verdict.ANSWERED, citations=ranked, nearest=())


def _in_order(answer: Answer, limit: int) -> Answer:
    """The first *limit* of *answer* by the dates of their documents; those without come last."""
    dated = sorted(answer.citations, key=lambda c: c.metadata.date.edtf if c.metadata.date else "~")
    ranked = tuple(replace(citation, rank=rank) for rank, citation in enumerate(dated[:limit], 1))
    return replace(answer, citations=ranked)


def _hold_to_typed(answer: Answer, alone: Answer, share: float) -> Answer:
    """*answer* to a completed question, held to the answer to what was typed *alone*.

    A refusal where what was typed does not reach *share* of the floor; else the sentences that
    stand out are those that what was typed picks, where it finds the same passage.
    """
    if _best(alone) < share * alone.searched.floor:
        return replace(
            answer,
            verdict=Verdict.NOT_FOUND,
            citations=(),
            nearest=answer.citations,
            searched=replace(answer.searched, best=_best(alone)),
        )
    picked = {c.passage_id: c.highlights for c in (*alone.citations, *alone.nearest)}
    citations = (
        replace(c, highlights=picked.get(c.passage_id, c.highlights)) for c in answer.citations
    )
    return replace(answer, citations=tuple(citations))


def _best(answer: Answer) -> float:
    """The best score: 0 where nothing was searched."""
    return answer.searched.best
