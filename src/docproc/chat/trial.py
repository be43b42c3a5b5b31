"""A completed question, tried in the places where it may be answered."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from docproc.chat.thresholds import THRESHOLDS
from docproc.chat.turn import Turn
from docproc.dataclass_on_use import dataclass
from docproc.followup.antecedents import Narrowing, in_document, narrow
from docproc.followup.completed import Completion
from docproc.followup.context import Context
from docproc.followup.dependence import asks_where
from docproc.followup.relative_days import without_times
from docproc.followup.substitution import tidy
from docproc.questions.times import find_times
from docproc.records import Answer, Citation, Passage, Scope, Verdict

if TYPE_CHECKING:  # the interface alone: a conversation loads nothing that searches
    from docproc.retrieval.answers.reading_room import ReadingRoom


@dataclass(frozen=True, slots=True)
class PlaceTrial:
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
        *near, last = turns
        least = THRESHOLDS.nearest_place * best_score(last.answer)
        if self.completion.nearest_first:
            least = 0.0
        for turn in near:
            told = all(_holds(c.quote, self.completion.held) for c in turn.answer.citations[:1])
            if (
                turn.answer.verdict is Verdict.ANSWERED
                and best_score(turn.answer) >= least
                and told
            ):
                return turn
        return last

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

    def turn_of_time(self, turn: Turn) -> Turn:
        """What is dated as was asked and has the thing asked about, where *turn* is refused.

        "And in April?", where nobody writes of April what was written of March.
        """
        times = find_times(self.completion.question)
        if turn.answer.verdict is Verdict.ANSWERED or not (times and self.completion.topic):
            return turn
        time, asked = times[-1], tidy(without_times(self.context.question))
        said = f"in what is dated {time.printed}"
        place = narrow(self.scope, said, earliest=time.earliest, latest=time.latest)
        answer = self.room.answering.ask(asked, limit=self.limit, scope=place.scope, every=True)
        found = answer.citations or answer.nearest
        held = [c for c in found if _holds(c.quote, self.completion.topic)]
        if not held:
            return turn
        ranked = tuple(replace(c, rank=rank) for rank, c in enumerate(held, 1))
        answer = replace(answer, verdict=Verdict.ANSWERED, citations=ranked, nearest=())
        return replace(
            turn, answer=answer, searched=asked, within=place.scope, full=self.completion.full,
            understood=f"understood as: “{asked}” · {said}",
        )  # fmt: skip

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
        if answer.verdict is not Verdict.ANSWERED or best_score(answer) < clear:
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
            answer = self._in_order(answer if answer.citations else self._naming(place))
        elif whole:
            answer = _what_is_there(answer, completion.note)
        if completion.by_date:
            dated = [c for c in answer.citations if c.metadata.date]
            dated.sort(key=_date, reverse=completion.by_date < 0)
            answer = _put_first(answer, dated)
        if completion.named:
            answer = _telling_first(answer, wanted)
        if completion.held:
            held = [c for c in answer.citations if _holds(c.quote, completion.held)]
            answer = _put_first(answer, held)
        in_full = completion.named and not place.phrase
        added = completion.own not in ("", completion.question) and not in_full
        if answer.citations and added:
            alone = self.room.answering.ask(completion.own, limit=self.limit, scope=place.scope)
            told = any(_holds(c.quote, completion.thing) for c in answer.citations)
            sure = completion.sure and (told or not completion.thing)
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

    def _naming(self, place: Narrowing) -> Answer:
        """What has the name in another form: Никифор where «Никифору» stands nowhere."""
        answer = self.room.answering.ask(
            place.names, limit=THRESHOLDS.naming, scope=place.scope, every=True
        )
        words = tuple(place.names.lower().split())
        held = [c for c in answer.citations or answer.nearest if _holds(c.quote, words)]
        verdict = Verdict.ANSWERED if held else Verdict.NOT_FOUND
        return replace(answer, verdict=verdict, citations=tuple(held))

    def _in_order(self, answer: Answer) -> Answer:
        """The first of *answer* by the dates of their documents, without the one in view if that
        is not all; those without a date come last.

        A day of the old style is another day too: the one in view is dated after itself.
        """
        about = self.context.citation
        found = [c for c in answer.citations if about and c.document_id != about.document_id]
        dated = sorted(
            found or answer.citations,
            key=lambda c: c.metadata.date.edtf if c.metadata.date else "~",
        )
        ranked = (replace(c, rank=rank) for rank, c in enumerate(dated[: self.limit], 1))
        return replace(answer, citations=tuple(ranked))

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


def _date(citation: Citation) -> str:
    """The date of the document of *citation*, to be compared."""
    return citation.metadata.date.edtf if citation.metadata.date else ""


def _telling_first(answer: Answer, question: str) -> Answer:
    """*answer*, behind the others what says no more than the names that were put in *question*."""
    asked = set(re.findall(r"\w{3,}", question.lower()))
    mute = [c for c in answer.citations if asked.issuperset(re.findall(r"\w{3,}", c.quote.lower()))]
    return _put_first(answer, [c for c in answer.citations if c not in mute])


def _put_first(answer: Answer, chosen: Sequence[Citation]) -> Answer:
    """*answer*, in which the *chosen* of its citations stand before the others."""
    ordered = [*chosen, *(c for c in answer.citations if c not in chosen)]
    ranked = tuple(replace(c, rank=rank) for rank, c in enumerate(ordered, 1))
    return replace(answer, citations=ranked)


def _what_is_there(answer: Answer, note: str) -> Answer:
    """*answer* without a floor: what stands in the place that was asked for; or its one *note*."""
    found = answer.citations or answer.nearest
    if note:
        found = tuple(c for c in found if c.locator.split()[-1:] == [note])
    if not found:
        return replace(answer, verdict=Verdict.NOT_FOUND, citations=())
    ranked = tuple(replace(c, rank=n) for n, c in enumerate(found, 1))
    return replace(answer, verdict=Verdict.ANSWERED, citations=ranked, nearest=())


def _hold_to_typed(answer: Answer, alone: Answer, share: float) -> Answer:
    """*answer* to a completed question, held to the answer to what was typed *alone*.

    A refusal where what was typed does not reach *share* of the floor; else the sentences that
    stand out are those that what was typed picks, where it finds the same passage.
    """
    if best_score(alone) < share * alone.searched.floor:
        return replace(
            answer,
            verdict=Verdict.NOT_FOUND,
            citations=(),
            nearest=answer.citations,
            searched=replace(answer.searched, best=best_score(alone)),
        )
    picked = {c.passage_id: c.highlights for c in (*alone.citations, *alone.nearest)}
    citations = (
        replace(c, highlights=picked.get(c.passage_id, c.highlights)) for c in answer.citations
    )
    return replace(answer, citations=tuple(citations))


def best_score(answer: Answer) -> float:
    """The best score: 0 where nothing was searched."""
    return answer.searched.best
