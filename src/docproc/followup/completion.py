"""A question that leans on the last one, completed from the conversation; no model, only rules.

A complete question is left as it is.  Otherwise what it points at is put in its place, and
the search is narrowed to where the conversation is::

    How many rifles did Stalin want to send?
    And how many machine guns?    “How many machine guns did Stalin want to send?”
    Did he get them?              “Did Stalin get them?”, after the question before
    His reply?                    … · in what Trotsky wrote to Stalin, not before 2 November 1921

The same question in the same conversation is always completed in the same way.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from docproc.followup.anaphora import Cue, FoundCue
from docproc.followup.antecedents import (
    Narrowing,
    beside_date,
    find_document,
    in_document,
    in_notes,
    narrow,
    reply_scope,
    reply_through_others,
    same_as_citation,
)
from docproc.followup.completed import Completion
from docproc.followup.context import Context
from docproc.followup.dependence import Dependence, QuestionParts, take_apart
from docproc.followup.lexicon import language_of
from docproc.followup.other_times import at_another_time, keep_only
from docproc.followup.people import (
    as_possessive,
    as_subject,
    both_named,
    each_other,
    names_somebody,
    other_side,
    other_writer,
    share_a_word,
    surname,
    who_is_meant,
)
from docproc.followup.relative_days import at_that_time, says_a_time, without_times
from docproc.followup.rephrased import only_those
from docproc.followup.substitution import only_object, substitute, tidy, topic_of, year_of
from docproc.followup.thresholds import THRESHOLDS
from docproc.questions.quantity import MENTION, find_quantity
from docproc.questions.writing import WROTE
from docproc.records import Citation, Scope
from docproc.text.patterns import compile_on_use
from docproc.text.words import word_set


def complete(
    question: str, context: Context, scope: Scope, *, here: bool = True
) -> Completion | None:
    """*question* completed from *context*; ``None`` where it stands by itself.

    *scope* is the one in force.  *here* is whether the last citation was found within it: if
    not, the search is not narrowed to its document.
    """
    taken = take_apart(question, language_of(context.question))
    if other := at_another_time(question, taken, context, scope, here=here):
        return other
    if taken is None or not context.question:
        return None
    completing = _Completing(taken, context, scope, here)
    if which := only_those(question):
        return completing.of_those(which)
    if pair := both_named(taken, context):
        return completing.with_both(pair)
    if writer := other_writer(taken, context):
        return completing.of_writer(writer)
    if taken.leaning is Dependence.NOT:
        return None
    if taken.question_words and taken.content and not taken.cues and names_somebody(taken, context):
        return None  # German tells no names by their capitals
    return completing.completion()


class _Completing:
    """One completion in the making: the text changes, places are chosen."""

    def __init__(self, taken: QuestionParts, context: Context, scope: Scope, here: bool) -> None:
        self.taken = taken
        self.context = context
        self.scope = scope
        self.here = here
        self.last = take_apart(context.question)

    def completion(self) -> Completion | None:
        where = self._places_named()
        if where is not None:
            rest = self._without(where)
            place, cue = where
            inner = take_apart(rest, self.taken.words.language)
            if inner is None or not (inner.content or inner.names):
                return self._repeat(place, cue)
            changed, _ = self._pronouns(inner)
            return self._make(changed, own=rest, places=(place,), firm=True)
        replied = self.taken.cue(Cue.REPLY)
        if replied and replied.word:
            return None  # somebody answers who was not asked
        if self.taken.cue(Cue.NOTE, Cue.SAME, Cue.BEFORE, Cue.AFTER, Cue.REPLY):
            return None  # it points at what was never shown
        typed = self.taken.rest
        two = self._two_pronouns(self.taken)
        if (
            two
            and (self.taken.wants_what or not self.taken.content)
            and WROTE.search(typed if self.taken.question_words else self.context.question)
        ):
            who, whom = two
            place = narrow(self.scope, f"in what {who} wrote to {whom}", sender=who, recipient=whom)
            made = f"What did {who} write to {whom}?"
            if find_quantity(self.context.question) and not self.taken.question_words:
                made = f"How many letters did {who} write to {whom}?"
            return self._make(made, own="", places=(place,))
        text, document = self._pronouns(self.taken)
        if document is None and self.taken.cue(Cue.DOCUMENT):
            return None  # a document of a kind that was not spoken of
        inner = take_apart(text, self.taken.words.language) or self.taken
        if document is not None:
            if inner.content or self._about_writing():
                return self._make(
                    text,
                    own=typed if inner.content else "",
                    places=self._near(document, wide=False),
                )
            return self._after(text, self._near(document, wide=False))
        if inner.cue(Cue.IT, Cue.HIS) or not (inner.content or inner.names):
            return self._after(text, self._near(self.context.citation))
        if self.taken.opening and self.taken.fragment and not self.taken.cues:
            after = self._after(typed, self._near())
            return self._substitute() or replace(after, held=self._names_said())
        if self.taken.fragment and not self.taken.cues:
            return self._substitute()
        if text == tidy(typed):  # a clause of its own, behind "and"
            return self._after(text, self._near())
        named = self._make(text, own=typed if self.taken.content else "", places=self._near())
        return replace(named, named=True, nearest_first=named.nearest_first or self._says_there())

    def with_both(self, pair: str) -> Completion:
        """The question, in which the two that were spoken of are named."""
        return replace(self._make(pair, own="", places=self._near()), sure=True)

    def of_those(self, which: str) -> Completion:
        """The last question, of those documents alone that *which* tells: "of 1919"."""
        made = keep_only(which, self.context, self.taken.words.language)
        places = (Narrowing(self.scope),)
        return replace(self._make(tidy(made), own=tidy(made), places=places), sure=True)

    def of_writer(self, writer: str) -> Completion:
        """The question, asked of what *writer* wrote."""
        rest, name = tidy(self.taken.rest), surname(writer)
        place = narrow(self.scope, f"in what {name} wrote", sender=name)
        return self._make(rest, own=rest, places=(place,))

    def _places_named(self) -> tuple[Narrowing, FoundCue] | None:
        """The place that the words of the question name themselves."""
        context, scope = self.context, self.scope
        found = self.taken.cue(Cue.REPLY)
        pronoun = found.span.of(self.taken.text).lower() if found else ""
        if found and (place := reply_scope(context, scope, found.word, pronoun)):
            return place, found
        for cue in (Cue.BEFORE, Cue.AFTER):
            found = self.taken.cue(cue)
            if found and (place := beside_date(context, scope, before=cue is Cue.BEFORE)):
                return place, found
        found = self.taken.cue(Cue.SAME)
        if found and (place := same_as_citation(context, found.word, scope)):
            return place, found
        found = self.taken.cue(Cue.NOTE)
        if found and context.citation:
            return in_notes(scope, context.citation), found
        return None

    def _without(self, where: tuple[Narrowing, FoundCue]) -> str:
        """The question without the words that name the place; a note's are kept."""
        _, found = where
        if found.cue is Cue.NOTE:
            return self.taken.rest
        text = self.taken.text
        before = text[self.taken.opening.end : found.span.start]
        if found.cue is Cue.REPLY:
            before = _INVERTED_VERB.sub("", before)
        kept = before + text[found.span.end :]
        return tidy(kept)

    def _repeat(self, place: Narrowing, cue: FoundCue) -> Completion:
        """The last question, in another place."""
        last, citation = self.context.question, self.context.citation
        if cue.cue is Cue.NOTE:
            if cue.word.isdigit():
                return self._make(self.taken.rest, own="", places=(place,), firm=True)
            searched = f"{self.taken.rest} {self._topic()}".strip()
            return self._make(searched, own="", places=(place,), firm=True, after=self.taken.rest)
        if cue.cue is Cue.REPLY and citation:
            who, whom = place.scope.sender, place.scope.recipient
            searched = f"What did {who} write to {whom}?" if whom else f"What did {who} write?"
            wider = reply_through_others(place, self.context, self.scope)
            places = (place, wider) if wider else (place,)
            return self._make(searched, own="", places=places, firm=True, after=self.taken.rest)
        if cue.cue in (Cue.BEFORE, Cue.AFTER):
            last = tidy(without_times(last))
        return self._make(last, own=last, places=(place,), firm=True)

    def _pronouns(self, taken: QuestionParts) -> tuple[str, Citation | None]:
        """The question with names for its pronouns; and the document it speaks of, if it does."""
        text, document = taken.text, None
        words = taken.words
        two = self._two_pronouns(taken)
        for found in reversed(taken.cues):
            new: str | None = None
            name = self._thing_said(found.word) or who_is_meant(self.context, found.word)
            if found.cue is Cue.DOCUMENT:
                document = find_document(self.context, found.word, words.sets["generic"])
            elif two and (found.cue is Cue.HE or found.word == "her"):
                new = two[found.word not in _SUBJECTS]
                new = as_possessive(new, taken, found) if found.cue is Cue.HIS else new
            elif found.cue is Cue.HE and name:
                new = as_subject(name, found.word)
            elif found.cue is Cue.HIS and name and words.language == "en":
                new = as_possessive(name, taken, found)
            elif (
                found.word in ("it", "this")
                and (self._about_writing() or _SAYS.search(text))
                and self.context.citation
            ):
                document = self.context.citation
                new = (
                    "the " + (document.metadata.kind or "document")
                    if words.language == "en"
                    else None
                )
            elif found.word == "it" and self.last and (thing := only_object(self.last)):
                new = thing.of(self.last.text)
            if new is not None:
                before = _INVERTED.sub(" ", text[: found.span.start])
                text = before + new + text[found.span.end :]
        return tidy(text[taken.opening.end :]), document

    def _thing_said(self, pronoun: str) -> str | None:
        """The one thing of the last question, where *pronoun* agrees with its article: "sie".

        What was answered since may be of something else: the thing must be in view.
        """
        last, citation = self.last, self.context.citation
        if last is None or citation is None or last.names or last.wants("who"):
            return None
        said = thing.of(last.text) if (thing := only_object(last)) else ""
        article, _, noun = said.partition(" ")
        agrees = article.lower() in _AGREES.get(pronoun, ())
        return said if agrees and noun.lower() in citation.quote.lower() else None

    def _two_pronouns(self, taken: QuestionParts) -> tuple[str, str] | None:
        """Who wrote and to whom, where both are pronouns: "What did she write to him?"."""
        persons = [each.word for each in taken.cues if each.cue is Cue.HE or each.word == "her"]
        subjects = [word for word in persons if word in _SUBJECTS]
        if len(persons) != 2 or len(subjects) != 1:
            return None
        said = taken.rest if taken.content or taken.question_words else self.context.question
        return each_other(subjects[0], self.context, surely=WROTE.search(said) is not None)

    def _says_there(self) -> bool:
        """Whether it asks what the writer of the document in view says: "Does she say why?"."""
        citation = self.context.citation
        sender = citation.metadata.sender if citation else None
        he = self.taken.cue(Cue.HE)
        name = (
            who_is_meant(self.context, he.word) if he and _TELLS.search(self.taken.text) else None
        )
        return bool(sender and name and share_a_word(name, sender.text))

    def _about_writing(self) -> bool:
        """Whether the question asks what is done to documents."""
        return any(self.taken.words.has("written", token) for token in self.taken.body)

    def _substitute(self) -> Completion | None:
        """The last question with the new thing in the place of the old."""
        if self.last is None:
            return None
        taken, last = self.taken, self.last
        other = other_side(taken, last, self.context) or self._another_mentioned()
        text = other or substitute(taken, last, self.context.citation)
        if text is None:
            return None
        wide = bool(other) or says_a_time(taken.rest)
        places = (Narrowing(self.scope),) if wide else self._near()
        made = self._make(text, own=taken.rest, places=places)
        year = year_of(last.text, self.context.citation)
        timed = not taken.question_words and at_that_time(taken.rest, last.text, year) is not None
        topic = topic_of(last, self.context.citation) if timed else ()
        # a time alone asks nothing by itself
        return replace(made, firm=timed, held=self._names_said(), topic=topic)

    def _names_said(self) -> tuple[str, ...]:
        """The words of its names, as far as their endings."""
        taken, least = self.taken, THRESHOLDS.name_letters
        said = " ".join(name.of(taken.text) for name in taken.names).lower()
        words = (word for word in re.findall(r"\w+", said) if len(word) >= least)
        return tuple(word[: max(least, len(word) - 2)] for word in words)

    def _another_mentioned(self) -> str | None:
        """The last question for every document that mentions a thing, asked of another thing."""
        last, taken = self.context.question, self.taken
        mention = MENTION.search(last) if find_quantity(last) else None
        first = next(iter(taken.tokens), None)
        small = taken.words.has("prepositions", first) or taken.question_words
        if mention is None or small or says_a_time(taken.rest) or _OTHERS.search(taken.rest):
            return None
        return tidy(f"{last[: mention.end()]} {taken.rest.strip(' ?.!')}")

    def _after(self, text: str, places: tuple[Narrowing, ...]) -> Completion:
        """*text*, about what the last question was about."""
        own = text if self.taken.content else ""
        return self._make(f"{text} {self._topic()}".strip(), own=own, places=places, after=text)

    def _make(
        self,
        question: str,
        *,
        own: str,
        places: tuple[Narrowing, ...],
        firm: bool = False,
        after: str | None = None,
    ) -> Completion:
        """The completion; *after* is what stands before "after the last question" if it does."""
        last = self.context.question
        shown = f"“{question}”" if after is None else f"“{tidy(after)}”, after “{last}”"
        full = question if after is None else last
        replied = self.taken.cue(Cue.REPLY)
        by_name = bool(replied and replied.word)
        if by_name:  # "What did Holm answer?" says itself what it asks
            full = self.taken.rest
        sure = self.taken.leaning is Dependence.SURELY
        note = self.taken.cue(Cue.NOTE)
        label = note.word if note and note.word.isdigit() else ""
        taken = self.taken
        named = taken.names or names_somebody(taken, self.context)
        only = taken.opening and taken.fragment and not (named or taken.question_words)
        thing = tuple(t.low for t in taken.content) if only and not says_a_time(taken.rest) else ()
        why = _WHY.fullmatch(taken.question_words) is not None
        return Completion(
            question, full, shown, own, places, firm, sure, label, by_name, thing, nearest_first=why
        )

    def _topic(self) -> str:
        """What the last question was about: its words with content."""
        if self.last is None:
            return ""
        words = self.last.words
        return " ".join(
            t.text
            for t in self.last.body
            if t.low not in words.empty or t.low in words.sets["light"]
        )

    def _near(
        self, citation: Citation | None = None, *, wide: bool = True
    ) -> tuple[Narrowing, ...]:
        """The document in view, then the scope in force."""
        citation = citation or self.context.citation
        everywhere = (Narrowing(self.scope),)
        if citation is None or not self.here or self.scope.documents:
            return everywhere
        return (in_document(self.scope, citation), *(everywhere if wide else ()))


_SAYS: Final = compile_on_use(
    r"(?:does|did|do) (?:it|this|that) (?:say|mention|contain|speak|tell|report)(?!\w)",
    re.IGNORECASE,
)
"""What only a document does."""
_WHY: Final = compile_on_use(r"(?i:why|warum|weshalb|wieso|pourquoi|почему|por ?qu[ée]|perché)")
_TELLS: Final = compile_on_use(
    r"(?<!\w)(?:say|mention|tell|report|think|write|sag(?:t|te)|mein(?:t|te)|schreibt|dit|écrit|"
    r"pense|пишет|говорит|думает|сообщает|dice|escribe|piensa|scrive|pensa)(?!\w)",
    re.IGNORECASE,
)
"""What somebody does in a letter."""
_OTHERS: Final = compile_on_use(r"(?<!\w)(?:others?|rest|übrigen|anderen|autres|остальные|другие)")
_AGREES: Final = {"sie": ("die",), "er": ("der", "den"), "elle": ("la",), "ella": ("la",)}
_SUBJECTS: Final = word_set("he she er sie il elle он она él ella egli lei")
_INVERTED: Final = compile_on_use(r"-(?:t-)?\Z", re.IGNORECASE)
"""What binds a French pronoun to the verb before it."""
_INVERTED_VERB: Final = compile_on_use(r"[^\W_]+-(?:t-)?\Z", re.IGNORECASE)
