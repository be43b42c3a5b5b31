"""From a question to what it found: its conditions applied, the readings of it tried in turn.

A question is read as narrowly as its words say, and more widely where that finds nothing:

1. phrases in quotation marks must stand in the passage;
2. "how many letters" and "list the letters" want every document that the conditions describe;
3. documents that are described (who wrote to whom, when, where) are found by that;
4. a time limits what answers, or what contradicts it counts against a passage;
5. what is left is searched for as it was typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property
from typing import Final

import numpy as np

from docproc.dataclass_on_use import dataclass
from docproc.questions import Field, ParsedQuestion, parse_question
from docproc.questions.parse import Corpus
from docproc.questions.parties import KnownNames
from docproc.questions.quantity import MENTIONED
from docproc.questions.quoted import phrases_in_words, without_quotation_marks
from docproc.records import PassageKind, Scope
from docproc.retrieval.doubts.contradicted_times import names_day
from docproc.retrieval.evidence.score import hold_below
from docproc.retrieval.generation.open_generation import OpenGeneration
from docproc.retrieval.lookup.ambiguous_days import on_either_day
from docproc.retrieval.lookup.by_reference import Referred, Rows
from docproc.retrieval.lookup.first_and_last import (
    is_field_asked,
    keep_between,
    keep_kind,
    keep_place,
    printed_in_old_style,
    rows_within,
    without_translations,
    years_held,
)
from docproc.retrieval.lookup.phrases import rows_holding
from docproc.retrieval.query.courtesy import without_courtesy
from docproc.retrieval.query.long_questions import with_introduction, without_misreadings
from docproc.retrieval.query.rewriting import Widening
from docproc.retrieval.search.described_documents import Described, most_telling, passages_stating
from docproc.retrieval.search.furniture import text_first
from docproc.retrieval.search.literal_first import look_up, typed_numbers_first
from docproc.retrieval.search.offices import holders_of
from docproc.retrieval.search.search import Searcher
from docproc.retrieval.search.search_result import Search
from docproc.retrieval.weights import WEIGHTS
from docproc.retrieval.words.subword_fertility import tokens_per_word
from docproc.store.catalog.reader import UNDATED
from docproc.text.patterns import compile_on_use
from docproc.text.terms import runs


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a question found, and how it was understood.

    ``scope`` is where it was searched; ``conditions`` says in words what was read from the
    question, ``remarks`` what the reader must know of the answer.  ``phrases`` are those that
    every passage holds.  ``total`` is how many documents there are where all were asked for.
    """

    found: Search | Referred
    scope: Scope
    conditions: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    total: int | None = None

    @property
    def best(self) -> float:
        """The best score; 0 where nothing was found."""
        return _best(self.found)

    @property
    def answered(self) -> bool:
        """Whether the best passage reaches the floor."""
        return bool(len(self.found.rows)) and self.best >= self.found.floor


class QuestionReader:
    """Parses questions over one generation, and finds what they ask for."""

    def __init__(self, held: OpenGeneration, searcher: Searcher) -> None:
        self._held = held
        self._searcher = searcher

    @cached_property
    def corpus(self) -> Corpus:
        """What parsing may ask of the generation; each part is read when first needed."""
        held = self._held
        return Corpus(
            held.passage_text.document_frequency,
            tuple(held.passage_text.languages),
            KnownNames(held.catalog.printed.names),  # type: ignore[arg-type]
            self._find_spellings,
            lambda word: tokens_per_word(held.encoder, [word]) == 1.0,
            lambda: years_held(held),
        )

    def widened_by(self, widening: Widening, searcher: Searcher) -> QuestionReader:
        """The same reader, which asks *searcher*; words with equivalents are not misspelt."""
        made = QuestionReader(self._held, searcher)
        own, known = self.corpus, widening.terms(self._held.passage_text)

        def frequency(term: str) -> int:
            return own.frequency(term) or int(term in known)

        made.__dict__["corpus"] = replace(own, frequency=frequency)
        return made

    def parse(self, question: str) -> ParsedQuestion:
        """*question* as it is understood over this generation."""
        return parse_question(without_courtesy(question), self.corpus)

    def outcome(self, parsed: ParsedQuestion, scope: Scope) -> Outcome:
        """What *parsed* finds within *scope*, read as narrowly as it can be."""
        if parsed.mutual:
            parsed, scope = keep_between(self._held, parsed, scope)
        parsed = without_misreadings(parsed, lambda kept: self._is_met(kept, scope))
        first = parsed.position and parsed.topic and MENTIONED.search(parsed.text)
        every = self._every(parsed, scope) if parsed.quantity or first else None
        if every is not None:
            found = every
        elif parsed.phrases:
            found = self._phrases(parsed, scope)
        elif named := holders_of(self._held, self.corpus.names, parsed, scope):
            found = Outcome(named[0], scope, named[1])
        elif (
            parsed.parties
            or parsed.mutual
            or (parsed.about_documents and _of_documents(parsed, scope))
        ):
            found = self._answer_described(parsed, scope)
        elif parsed.times:
            found = self._answer_timed(parsed, scope)
        else:
            found = self._plain(parsed, scope)
            found = self._field_of_best(parsed, found) or found
        if isinstance(found.found, Search):
            found = replace(found, found=text_first(self._held, found.found, parsed))
        said = [f"“{each.typed}” read as “{each.meant}”" for each in parsed.corrections]
        remarks = (*found.remarks, *_why_not(parsed, found))
        return replace(found, conditions=(*said, *found.conditions), remarks=remarks)

    # the readings

    def _plain(self, parsed: ParsedQuestion, scope: Scope) -> Outcome:
        found = self._searcher.search(parsed.text, scope, times=parsed.times)
        if _best(found) < found.floor and (whole := with_introduction(parsed)):
            again = self._searcher.search(whole, scope, times=parsed.times)
            found = again if _best(again) >= again.floor else found
        return Outcome(typed_numbers_first(self._held, look_up(found)), scope)

    def _is_met(self, parsed: ParsedQuestion, scope: Scope) -> bool:
        """Whether some document meets the conditions of *parsed*, and holds its phrases."""
        place = parsed.within(scope)
        if parsed.phrases:
            rows = rows_holding(self._held, parsed.phrases, place, either=parsed.either)
            return bool(len(rows))
        return bool(len(rows_within(self._held, place)))

    def _phrases(self, parsed: ParsedQuestion, scope: Scope) -> Outcome:
        """The passages that hold every phrase; where none does, that is said."""
        words = without_quotation_marks(parsed.text)
        within = parsed.within(scope)
        said = phrases_in_words(parsed.phrases, either=parsed.either)
        for place in dict.fromkeys((within, scope)):
            rows = rows_holding(self._held, parsed.phrases, place, either=parsed.either)
            if len(rows):
                found = self._searcher.search(words, place, within=rows, times=parsed.times)
                found = replace(found, floor=0.0)
                return Outcome(found, place, (f"word for word {said}",), phrases=parsed.phrases)
        found = self._searcher.search(words, scope, times=parsed.times)
        none = replace(found, scores=hold_below(found.scores, found.floor))
        return Outcome(none, scope, (), (f"No passage holds {said.replace('”; “', '” and “')}.",))

    def _every(self, parsed: ParsedQuestion, scope: Scope) -> Outcome | None:
        """Every document that the conditions, and the words that it must mention, describe."""
        place = parsed.within(scope)
        if parsed.phrases:
            rows = rows_holding(self._held, parsed.phrases, place, either=parsed.either)
            rows = rows[np.unique(self._held.document_of(rows), return_index=True)[1]]
            phrases = phrases_in_words(parsed.phrases, either=parsed.either)
            said = f"{_where(place, scope)} that hold {phrases}".strip()
        elif parsed.topic:
            from docproc.retrieval.answers.mentions import mentions

            listed = mentions(self._held, parsed.topic, place)
            first: dict[str, str] = {}
            for each in listed.mentions:
                if each.passage.kind is PassageKind.BODY or each.document.id not in first:
                    first.setdefault(each.document.id, each.passage.id)
            finder = self._held.catalog.finder
            rows = np.array([finder.row_of(each) for each in first.values()], np.int64)
            said = f"{_where(place, scope)} that mention “{parsed.topic}”".strip()
        else:
            rows = keep_kind(self._held, parsed, rows_within(self._held, place))
            rows = most_telling(self._held, rows, each_once=True).rows
            said = _where(place, scope)
        every = keep_kind(self._held, parsed, rows)
        rows = without_translations(self._held, every)
        if parsed.position:
            rows, which = keep_place(self._held, parsed, rows)
            found = most_telling(self._held, rows) if len(rows) else None
            return Outcome(found, scope, tuple(filter(None, (said, *which)))) if found else None
        total = len(rows)
        if not total and (old := printed_in_old_style(self._held, parsed, scope)):
            return self._every(old, scope)
        if not total and not (parsed.parties or parsed.times):
            return None
        found = Described(rows[: WEIGHTS.listed], np.ones(min(total, WEIGHTS.listed), np.float32),
                          self._held.shown_passages, self._held.shown_documents)  # fmt: skip
        more = "; those in two languages count once" if total < len(every) else ""
        more += f"; the first {WEIGHTS.listed} of them" if total > WEIGHTS.listed else ""
        counted = f"{total:,} {'document' if total == 1 else 'documents'}"
        told = re.sub(r"that (mention|hold) “", r"that \1s “", said) if total == 1 else said
        remark = " ".join(filter(None, (counted, told))) + f"{more}."
        return Outcome(found, scope, (said,) if said else (), (remark,), total=total)

    def _answer_described(self, parsed: ParsedQuestion, scope: Scope) -> Outcome:
        """The documents that the conditions describe, or what within them answers."""
        place = parsed.within(scope)
        rows = keep_kind(self._held, parsed, rows_within(self._held, place))
        if not len(rows) and (old := printed_in_old_style(self._held, parsed, scope)):
            return self._answer_described(old, scope)
        rows, which = keep_place(self._held, parsed, rows)
        said = tuple(filter(None, (_where(place, scope), *which)))
        if which and not len(rows):  # the fifth of three
            return Outcome(self._nearest_described(parsed, scope), place, said)
        if len(rows) and not parsed.topic:
            found = self._field(parsed, rows) or most_telling(self._held, rows)
            return Outcome(found, place, said)
        if len(rows):
            narrow = self._within(parsed, place, rows, said)
            if narrow is not None:
                return self._field_of_best(parsed, narrow) or narrow
        if not parsed.parties:
            return self._answer_timed(parsed, scope)
        if not parsed.topic and parsed.field is Field.PLACE and not len(rows):
            plain = self._plain(parsed, scope)  # another's letter may tell where he was
            if plain.answered:
                return plain
        if not parsed.topic:  # no document is so described
            return Outcome(self._nearest_described(parsed, scope), place, said)
        wide = self._plain(parsed, scope)
        if wide.answered and wide.best >= WEIGHTS.clear_of_others * wide.found.floor:
            return wide
        return Outcome(self._refuse(wide.found), place if len(rows) else scope, said)

    def _answer_timed(self, parsed: ParsedQuestion, scope: Scope) -> Outcome:
        """What answers among the documents of the time; else what tells of it elsewhere."""
        place = parsed.within(scope, parties=False)
        within = self._rows_of_time(place, scope, undated=any(t.limit for t in parsed.times))
        within = on_either_day(self._held, within, parsed.times)
        said = (", ".join(time.printed for time in parsed.times),)
        if not parsed.topic:
            rows = on_either_day(self._held, rows_within(self._held, place), parsed.times)
            if len(rows):
                return Outcome(most_telling(self._held, rows), place, said)
            plain = self._plain(parsed, scope)
            if not (parsed.about_documents and plain.answered):
                return plain
            best = self._held.catalog.passages([int(plain.found.rows[0])])[0].text
            late = isinstance(plain.found, Search) and plain.found.signals.untimely[0] > 0
            if not late and all(names_day(time, best) for time in parsed.times):
                return plain
            return Outcome(self._refuse(plain.found), scope)
        wide = self._plain(parsed, scope)
        if not len(within):
            return wide
        found = self._searcher.search(parsed.topic, place, within=within, times=parsed.times)
        narrow = Outcome(found, place, said)
        limit = any(time.limit for time in parsed.times)
        if narrow.answered and (limit or narrow.best >= wide.best or not wide.answered):
            return narrow
        return wide if wide.answered or not limit else narrow

    def _field_of_best(self, parsed: ParsedQuestion, found: Outcome) -> Outcome | None:
        """Where the document that answers states the field asked for, before what answers.

        Only for a question about documents that says something else as well.
        """
        if parsed.field is None or not found.answered or not parsed.about_documents:
            return None
        if isinstance(found.found, Referred) or not parsed.topic:
            return None
        if found.found.question != parsed.topic:
            again = self._searcher.search(parsed.topic, found.scope)
            if not len(again.rows) or again.scores[0] < again.floor:
                return None
            rows = again.rows
        else:
            rows = found.found.rows
        stated = passages_stating(
            self._held, [int(self._held.document_of(rows[:1])[0])], parsed.field
        )
        if not len(stated.rows) or not is_field_asked(self._held, parsed, rows[:1]):
            return None
        said = next(iter(stated.stated.values()))[1]
        both = np.append(stated.rows, rows[:1][rows[:1] != stated.rows[0]])
        shown = replace(stated, rows=both, scores=np.ones(len(both), np.float32),
                        passages=found.found.passages, documents=found.found.documents)  # fmt: skip
        return Outcome(shown, found.scope, (*found.conditions, said))

    def _within(
        self, parsed: ParsedQuestion, place: Scope, rows: Rows, said: tuple[str, ...]
    ) -> Outcome | None:
        """What of *rows* answers the whole question, or says what it is about; else ``None``.

        A word or two are near to something wherever one looks: the passage must hold them.
        """
        found = self._searcher.search(parsed.text, place, within=rows)
        if found.scores[0] >= found.floor:
            return Outcome(found, place, said)
        found = self._searcher.search(parsed.topic, place, within=rows)
        held = WEIGHTS.held_of_topic if len(found.words.words) > 1 else WEIGHTS.name
        if found.scores[0] >= found.floor and found.signals.coverage[0] >= held:
            return Outcome(found, place, said)
        return None

    def _field(self, parsed: ParsedQuestion, rows: Rows) -> Described | None:
        """Where the documents of *rows* state the field that *parsed* asks for."""
        if parsed.field is None:
            return None
        held = self._held
        numbers = np.unique(held.document_of(rows))
        numbers = numbers[np.argsort(held.catalog.first_days[numbers], kind="stable")]
        found = passages_stating(held, [int(n) for n in numbers[: WEIGHTS.listed]], parsed.field)
        return found if len(found.rows) else None

    # the parts

    def _rows_of_time(self, place: Scope, scope: Scope, *, undated: bool) -> Rows:
        """The rows of documents of the time; and, if *undated*, of those without a date."""
        rows = rows_within(self._held, place)
        without = self._held.catalog.first_days == UNDATED
        if not (undated and without.any()):
            return rows
        every = rows_within(self._held, scope)
        return np.union1d(rows, every[without[self._held.document_of(every)]])

    def _nearest_described(self, parsed: ParsedQuestion, scope: Scope) -> Search | Referred:
        """What is described except for the time, or is near to the words: below the floor."""
        rows = rows_within(self._held, parsed.within(scope, times=False)) if parsed.times else ()
        if len(rows):
            found = most_telling(self._held, np.asarray(rows))
            below = found.scores * np.float32(WEIGHTS.otherwise_described)
            return replace(found, scores=below, passages=0, documents=0)
        return replace(self._refuse(self._plain(parsed, scope).found), passages=0, documents=0)

    def _refuse(self, found: Search | Referred) -> Search | Referred:
        """*found* below its floor: it is of other documents than those asked for."""
        return replace(found, scores=hold_below(found.scores, found.floor))

    def _find_spellings(self, word: str) -> Iterable[tuple[str, str | None]]:
        """The words of some passages that hold *word*, as they stand there, and their languages."""
        hits = self._held.passage_text.search(word, WEIGHTS.spellings, None).rows
        for passage in self._held.catalog.passages(int(row) for row in hits):
            for run in runs(passage.search_text):
                yield run.strip(".,;:!?()[]{}«»“”„\"'’‘—–-"), passage.language


def _best(found: Search | Referred) -> float:
    return float(found.scores[0]) if len(found.scores) else 0.0


def _of_documents(parsed: ParsedQuestion, scope: Scope) -> bool:
    """Whether *parsed* asks what is known of documents of a time, or of those in view."""
    fields = parsed.field and not parsed.topic and not _SIGNED.search(parsed.text)
    return bool(parsed.times or parsed.position or (scope.documents and fields))


_SIGNED: Final = compile_on_use(r"(?<!\w)(?:sign|подпис|unterschr|unterzeich)", re.IGNORECASE)
"""Who signed is told by the signature, if there is one, and not by the heading."""


def _why_not(parsed: ParsedQuestion, outcome: Outcome) -> Iterable[str]:
    """What keeps the nearest passage from answering, if that can be said."""
    found = outcome.found
    if outcome.answered or outcome.remarks or not isinstance(found, Search):
        return
    if len(found.rows) and found.signals.untimely[0] >= WEIGHTS.contradicted:
        times = ", ".join(time.printed for time in parsed.times)
        yield f"What lies nearest is of another time, not {times}."
    elif found.lacking:
        words = ", ".join(f"“{word}”" for word in found.lacking)
        yield f"What lies nearest says nothing of {words}."


def _where(place: Scope, scope: Scope) -> str:
    """The conditions that *place* adds to *scope*, in words."""
    return (place.printed or "").removeprefix(scope.printed or "").strip(" ,")
