"""One of several documents that were spoken of: the second one, the next letter, the one before.

"The second one" is of the list that was shown last, or another place in the order that the last
question asked for.  "The next letter" is told by the dates of the correspondence in view: of what
the same writer sent where the last question named them, else of what went between the two.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from docproc.dataclass_on_use import dataclass
from docproc.followup.antecedents import Narrowing, day_bound, in_document, narrow
from docproc.followup.context import Context
from docproc.followup.dependence import take_apart
from docproc.followup.lexicon import Sentence, language_of, lexicon, tokens_of
from docproc.followup.people import BOTH, both_named, surname, who_is_meant
from docproc.followup.thresholds import THRESHOLDS
from docproc.questions.parties import TITLES
from docproc.questions.positions import ORDINALS, find_position
from docproc.questions.writing import DOCUMENT
from docproc.records import Citation, Scope
from docproc.text.patterns import compile_on_use

_OTHER: Final = r"other|anderen?|andere[rs]?|autre|друг(?:ое|ой|ая|ого|ом|ую)|otr[oa]|altr[oa]"
_NEXT: Final = (
    r"next|following|subsequent|nächste\w?|folgende\w?|suivante?|следующ\w+|siguiente|"
    r"successiv[oa]|seguente"
)
_PREVIOUS: Final = (
    r"previous|preceding|prior|vorige\w?|vorherige\w?|vorangehende\w?|précédente?|предыдущ\w+|"
    r"anterior|precedente"
)
_BEFORE: Final = r"before|davor|vorher|d['’]avant|перед (?:этим|ним)|de antes|di prima"
_AFTER: Final = r"after|danach|d['’]après|после (?:этого|него)|de después|di dopo"
_BEHIND: Final = rf"(?:(?P<before>{_BEFORE})|(?P<after>{_AFTER}))(?: (?:it|that|this|that one))?"
_MEETING: Final = r"meeting|session|sitzung|séance|réunion|заседани\w+|собрани\w+|sesión|seduta"
_DOCUMENT: Final = DOCUMENT.pattern.removeprefix(r"(?<![\w’'-])").removesuffix(r"(?![\w-])")
_NOUN: Final = rf"(?:{_MEETING}|{_DOCUMENT})"
_THE: Final = (
    r"(?:the|that|his|her|their|der|die|das|dem|den|i[nm]|vom|zum|le|la|l['’]|du|au|el|al|del|il|lo|"
    r"nel|sa|son|seine?\w?|ihre?\w?)"
)
_WHICH: Final = "|".join(
    [f"(?P<n{at}>{words})" for at, (_, _, words) in enumerate(ORDINALS)]
    + [f"(?P<other>{_OTHER})", f"(?P<next>{_NEXT})", f"(?P<previous>{_PREVIOUS})"]
)
_ONE: Final = compile_on_use(
    rf"(?<![\w-])(?:(?P<the>{_THE})\s+)?"
    rf"(?:(?:(?P<lead>{_NOUN})\s+)?(?:{_WHICH})"
    rf"(?:\s+(?P<noun>one|of (?:them|these|the two)|{_NOUN}(?: of the two)?))?"
    rf"|(?:one|celle|celui|quell[oa]|{_THE}|{_NOUN})\s+(?:{_BEHIND}))(?![\w-])",
    re.IGNORECASE,
)
_OPENING: Final = compile_on_use(
    r"\W*(?:(?:and|und|et|а|и|но|y|e)(?!\w))?\s*(?:(?:what (?:about|of|is|was|does|did)|"
    r"what['’]s in|how about|show(?: me)?|was (?:ist mit|steht|sagt)|que dit|qué dice|che dice|"
    r"что (?:в|говорит(?:ся в)?)|at|in|bei|auf|à|dans|en|a|на|в)\s+)?",
    re.IGNORECASE,
)
_CLOSING: Final = compile_on_use(r"\s*(?:say|says|said|tell us|contain|about)?\W*", re.IGNORECASE)
_OF_THEM: Final = compile_on_use(
    r"(?<!\w)(?P<which>which|how many|what) (?:ones? )?of (?:them|these|those)"
    r"(?: letters| ones)?(?!\w)",
    re.IGNORECASE,
)
_AGAIN: Final = compile_on_use(
    r"\W*(?:(?:and|und|et|а|и|y|e) )?(?:"
    r"(?:when |what )?did (?:he|she|they) (?:ever )?write (?:again|next)|"
    r"what did (?:he|she) write (?:then|after that)|"
    r"(?:wann |was )?(?:schrieb|hat) (?:er|sie) (?:wieder|noch ?(?:ein)?mal|danach|als nächstes)"
    r"(?: geschrieben)?|"
    r"(?:quand |qu['’])?a-t-(?:il|elle) (?:ré)?écrit (?:(?:de|à) nouveau|encore|ensuite)|"
    r"(?:когда |что )?(?:он|она) (?:(?:на)?писала? )?(?:снова|опять|потом|ещё раз|дальше)"
    r"(?: (?:на)?писала?)?|"
    r"(?:cuándo |qué )?(?:volvió a escribir|escribió (?:otra vez|de nuevo|nuevamente|después))|"
    r"(?:quando |che cosa )?(?:ha scritto|scrisse) (?:di nuovo|ancora|dopo))\W*",
    re.IGNORECASE,
)
"""What the writer in view wrote next."""
_LETTER: Final = {
    "en": ("the letter", "the letters"), "de": ("den Brief", "die Briefe"),
    "fr": ("la lettre", "les lettres"), "ru": ("письмо", "письма"),
    "es": ("la carta", "las cartas"), "it": ("la lettera", "le lettere"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which document is meant, and what is asked of it.

    It is found by asking ``which`` in each of ``places``: of what they find it is the nearest by
    date, the earliest for a ``step`` forward and the latest for one back.  ``asked`` is put to it
    then, ``""`` where nothing more is asked.  ``in_series`` is whether what the first of the places
    finds goes before what is nearer by date.  ``full`` is the question that the next one can lean
    on.
    """

    which: str
    places: tuple[Narrowing, ...]
    asked: str
    full: str
    step: int = 0
    in_series: bool = False


def choose(question: str, context: Context, scope: Scope) -> Chosen | None:
    """Which of the documents spoken of *question* means; ``None`` where it means none so."""
    if context.citation is None or scope.documents:
        return None
    if _AGAIN.fullmatch(question):
        return _choose_by_date(
            context, "the first letter", _beside(context, scope, 1, by=who_is_meant(context)), "", 1
        )
    listed = _documents(context.listed)
    both, taken = BOTH.search(question), take_apart(question)
    if both and taken and len(listed) == 2 and not both_named(taken, context):
        asked = _put(question, both, "letters")
        of_both = tuple(each.document_id for each in listed)
        place = narrow(scope, "in the two letters", documents=of_both)
        return Chosen(asked, (place,), "", asked)
    if len(listed) > 1 and (some := _OF_THEM.search(question)):
        asked = f"{question[: some.start()]}{some['which']} letters{question[some.end() :]}"
        of_all = tuple(each.document_id for each in listed)
        place = narrow(scope, f"in the {len(of_all)} letters", documents=of_all)
        return Chosen(asked, (place,), "", asked)
    match = _ONE.search(question)
    if match is None or _names_in(question):
        return None
    opened = _OPENING.match(question)
    bare = bool(opened and opened.end() >= match.start()) and (
        _CLOSING.fullmatch(question, match.end()) is not None
    )
    said = match["noun"] or match["lead"]
    if not bare and not (said and (match["the"] or language_of(question) == "ru")):
        return None
    step = (
        1 if match["next"] or match["after"] else -1 if match["previous"] or match["before"] else 0
    )
    number = next((n for at, (n, *_) in enumerate(ORDINALS) if match[f"n{at}"]), None)
    asked = "" if bare else _put(question, match, "letter")
    kind = said if said and not said.lower().startswith(("one", "of")) else "letter"
    kind = "document" if re.fullmatch(_MEETING, kind, re.IGNORECASE) else kind
    if step:
        again = _in_order(context.question, step=step) if bare else None
        if again:
            return Chosen(again, (Narrowing(scope),), "", again)
        mine = _POSSESSIVE.fullmatch(match["the"] or "")
        places = _beside(context, scope, step, by=who_is_meant(context) if mine else None)
        return _choose_by_date(
            context, f"the {'last' if step < 0 else 'first'} {kind}", places, asked, step
        )
    if number is None:
        listed = [each for each in listed if each.document_id != context.citation.document_id]
        if len(listed) != 1:
            return None
        number = 0
    elif len(listed) < 2:
        again = _in_order(context.question, to=number) if bare else None
        return Chosen(again, (Narrowing(scope),), "", again) if again else None
    if not -len(listed) <= number < len(listed):
        return None
    place = in_document(scope, listed[number])
    return Chosen("the first letter", (place,), asked, context.question)


_POSSESSIVE: Final = compile_on_use(r"his|her|sa|son|seine?\w?|ihre?\w?", re.IGNORECASE)


def _names_in(question: str) -> bool:
    """Whether *question* names somebody, and so tells itself which document it means."""
    language = language_of(question)
    if language is None:
        return True
    sentence = Sentence(question, lexicon(language), tokens_of(question, 0, language))
    nouns = [t.text for t in sentence.tokens[1:] if language == "de" and t.text[0].isupper()]
    return bool(sentence.names) or any(not DOCUMENT.fullmatch(noun) for noun in nouns)


def _put(question: str, match: re.Match[str], what: str) -> str:
    """*question*, asked of "the letter" or "the letters"."""
    said = _LETTER[language_of(question) or "en"][what == "letters"]
    return f"{question[: match.start()]}{said}{question[match.end() :]}"


def _in_order(question: str, *, step: int = 0, to: int | None = None) -> str | None:
    """*question*, which asks for the first document, asked for another one; else ``None``."""
    position = find_position(question)
    if position is None:
        return None
    number = position.number + step if to is None else to
    if step and (position.number < 0) is not (number < 0):
        return None  # nothing comes after the last
    word = next((w for n, w, _ in ORDINALS if n == number), "")
    span = position.span
    return f"{question[: span.start]}{word}{question[span.end :]}" if word else None


def _choose_by_date(
    context: Context, which: str, places: tuple[Narrowing, ...], asked: str, step: int
) -> Chosen | None:
    """The document that is *which* in *places*, one *step* from the one in view."""
    if not places:
        return None
    who, whom = places[0].scope.sender, places[0].scope.recipient
    series = bool(whom) and (len(places) == 1 or _series([who or "", whom or ""], context))
    written = f"What did {who} write?" if who and not whom else "What was written?"
    full = f"What did {who} write to {whom}?" if series else written
    return Chosen(which, places, asked, full, step, series)


def _beside(
    context: Context, scope: Scope, step: int, *, by: str | None = None
) -> tuple[Narrowing, ...]:
    """Where the letter before or after the one in view is looked for; only what *by* wrote."""
    citation = context.citation
    assert citation is not None
    back = step < 0
    day = day_bound(citation, latest=not back)
    if day is None:
        return ()
    when = {"latest": day - timedelta(1)} if back else {"earliest": day + timedelta(1)}
    said = f"{'before' if back else 'after'} {day.day} {day:%B %Y}"
    if citation.metadata.sender is None:
        return (narrow(scope, said, **when),)
    sides = [_strip_title(citation.metadata.sender.text)]
    if citation.metadata.recipient is not None:
        sides.append(_strip_title(citation.metadata.recipient.text))
    if by and len(sides) == 2 and _count_shared(sides[1], by) > _count_shared(sides[0], by):
        sides.reverse()
    ways = [sides] if by or len(sides) == 1 else [sides, sides[::-1]]
    return tuple(
        narrow(
            scope,
            f"in what {way[0]} wrote{f' to {way[1]}' if len(way) > 1 else ''} {said}",
            **dict(zip(("sender", "recipient"), way, strict=False)),
            **when,
        )
        for way in ways
    )


def _count_shared(side: str, name: str) -> int:
    """How many words of *name* are those of *side*, whatever their case endings."""
    return sum(_at(word, side) is not None for word in re.findall(r"\w{3,}", name))


def _strip_title(name: str) -> str:
    """*name* without the titles before it."""
    words = name.split()
    while len(words) > 1 and words[0].casefold().rstrip(".") in TITLES:
        words.pop(0)
    return " ".join(words)


def _series(sides: Sequence[str], context: Context) -> bool:
    """Whether the last question asked for what the first of *sides* wrote."""
    who, whom = (_at(surname(side), context.question) for side in sides)
    return who is not None and (whom is None or who < whom)


def _at(name: str, text: str) -> int | None:
    """Where *text* has *name*, whatever its case ending; ``None`` where it does not."""
    stem = name.casefold()[: max(THRESHOLDS.stem - 1, len(name) - 2)]
    match = re.search(rf"(?<!\w){re.escape(stem)}", text.casefold())
    return match.start() if match else None


def _documents(citations: Sequence[Citation]) -> list[Citation]:
    """The first of *citations* of each document."""
    first: dict[str, Citation] = {}
    for each in citations:
        first.setdefault(each.document_id, each)
    return list(first.values())
