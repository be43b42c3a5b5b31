"""Who is meant by "he", "she" and "both", of those whom a conversation has spoken of last."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from docproc.followup.anaphora import FoundCue
from docproc.followup.context import Context
from docproc.followup.dependence import QuestionParts, take_apart
from docproc.followup.lexicon import MONTHS
from docproc.followup.thresholds import THRESHOLDS
from docproc.persons.names import natural_order
from docproc.persons.names import split_name as split_name
from docproc.questions.parties import TITLES
from docproc.questions.writing import WROTE
from docproc.records import Citation
from docproc.text.names.matching import name_matcher
from docproc.text.patterns import compile_on_use
from docproc.text.words import word_set

_CAPITALISED = compile_on_use(r"(?:[A-ZÀ-ÞА-ЯЁ]\.\s?){0,3}[A-ZÀ-ÞА-ЯЁ][\w’'-]+"
                          r"(?:\s[A-ZÀ-ÞА-ЯЁ][\w’'-]+)*")  # fmt: skip
_PARENTHESIS = compile_on_use(r"\(([^\W\d_][\w’'. -]{2,40})\)\s*$")
OFFICE_OF = compile_on_use(r"\s(?:of|for|in|at)\s", re.IGNORECASE)


def who_is_meant(context: Context, pronoun: str = "") -> str | None:
    """Who "he" or "she" is: who the last answer names, if that was asked; or whom the last
    question names; or who wrote the document.

    Of several names one goes before whose form is not against the *pronoun*.
    """
    asked = take_apart(context.question)
    citation = context.citation
    if asked is None:
        return None
    from docproc.retrieval.search.furniture import is_furniture  # a prompt alone searches nothing

    object_asked = asked.names and _WHOM.search(asked.question_words)  # "Whom does Rand marry?"
    if citation and asked.wants("who") and not object_asked and not _WHO_IS.match(asked.text):
        for side in _correspondents(citation):  # "Who was the ambassador in Russia?"
            if _PARENTHESIS.search(side) and share_a_word(side, context.question):
                return surname(side)
        text = answering_sentence(citation)
        if _names_kin(asked, pronoun) and (kin := _named_beside(asked, text)):
            return kin
        names = _names(text, asked)
        # Who did it may not be named there: "Who asked Brandt?", "I asked him on the Heron".
        beside = [x for x in names if asked.names and _is_beside(x, text, asked)]
        names = [name for name in names if name not in beside]
        if is_furniture(citation):  # "P.O. Box LL" is nobody
            sides = _correspondents(citation)
            names = [x for x in names if any(share_a_word(x, side) for side in sides)]
        told = [_behind_what_was_asked(name, asked) for name in names]
        if found := _agreeing([name for name in told if name], pronoun):
            women = [s for s in _correspondents(citation) if pronoun in _SHE and is_woman(s)]
            if len(women) == 1 and not _FORENAME.search(found[0]):
                return women[0]
            return _as_others_name(found[0], _correspondents(citation))
        if beside:
            whom = (name.of(asked.text) for name in asked.names)
            return next((x for x in whom if not _is_beside(x, asked.text, asked)), None)
    named = [span.of(asked.text) for span in asked.names if not _in_a_place(asked, span.start)]
    if asked.words.language == "de":
        named = [match["name"] for match in _GERMAN_NAME.finditer(asked.text)]
    sides = _correspondents(citation)
    if pronoun in _HE or pronoun in _SHE:
        fitting = [x for x in (*named, *sides) if is_woman(x) is (pronoun in _SHE)]
        if named and fitting and (pronoun in _SHE or any(map(is_woman, named))):
            named = fitting[:1]
    for name in named:
        if any(share_a_word(name, side) for side in _correspondents(citation, own=True)):
            return name
    if named:
        return named[0]
    told_beside = _named_beside(asked, answering_sentence(citation)) if citation else None
    return told_beside or (sides[0] if sides else None)


_WHOM: Final = compile_on_use(r"(?<!\w)(?:whom|wen|wem|кого|кому)\Z", re.IGNORECASE)
_WHO_IS: Final = compile_on_use(
    r"\W*(?i:who|wer|qui|кто|quién|chi)\s(?i:is|was|ist|war|est|était|такой|такая|был[аи]?|es|era|è|fu)"
    r"\s[A-ZÀ-ÞА-ЯЁ]"
)
"""A question that names who is meant: "Who is Franz Doll?"."""
_GERMAN_NAME: Final = compile_on_use(
    r"(?<!\w)(?:ist|war|hat|wurde|schrieb|schreibt|kam|ging|starb|lebt|heißt|\w+(?= [A-ZÄÖÜ][\w-]+ "
    r"[A-ZÄÖÜ])) (?P<name>[A-ZÄÖÜ][\w-]+(?: [A-ZÄÖÜ][\w-]+)*)"
)
"""Two nouns in a row, or one without an article behind a verb: a name, for the most part."""


BOTH: Final = compile_on_use(
    r"(?<!\w)(?:both|neither|either)(?: of (?:them|these))?(?!\w)|"
    r"(?<!\w)(?:(?:die |alle )?beide[nr]?|keine[rn]? von beiden|(?:tous |toutes )?les deux|"
    r"об[ае]|обоих|обеих|обоим|обеим|(?:los|las) dos|ambos|ambas|entramb[ie])(?!\w)",
    re.IGNORECASE,
)


_KIN: Final = {
    True: word_set(
        "daughter sister wife mother aunt niece widow bride tochter schwester frau mutter tante"
        " nichte witwe braut fille sœur soeur femme mère tante nièce veuve дочь дочери дочка"
        " сестра сестре сестру жена жене жену мать тётка вдова hija hermana esposa mujer madre tía"
        " viuda figlia sorella moglie madre zia vedova"
    ),
    False: word_set(
        "son brother husband father uncle nephew sohn bruder mann vater onkel neffe fils frère mari"
        " père oncle neveu сын сына брат брата муж мужа отец отца дядя племянник hijo hermano"
        " marido padre tío sobrino figlio fratello marito padre zio nipote"
    ),
}


def _names_kin(asked: QuestionParts, pronoun: str) -> bool:
    """Whether *asked* speaks of a daughter or a brother whom *pronoun* may mean."""
    kin = _KIN[True] if pronoun in _SHE else _KIN[False] if pronoun in _HE else frozenset()
    return any(token.low in kin for token in asked.tokens)


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


def _agreeing(names: list[str], pronoun: str) -> list[str]:
    """*names*, first those whose form may be that of whom *pronoun* stands for."""
    hers = pronoun in _SHE
    if not hers and pronoun not in _HE:
        return names
    return sorted(names, key=lambda name: (_FORENAME.search(name) is not None) is not hers)


def as_subject(name: str, pronoun: str) -> str:
    """*name* in the case of who does a thing, for a Russian *pronoun*: Колосова of Колосовой."""
    if pronoun == "она":
        return re.sub(r"(?<=[оеё]в|ин)ой\b", "а", name)
    return re.sub(r"(?<=[оеё]в|ин)(?:а|у|ым)\b", "", name) if pronoun == "он" else name


def as_possessive(name: str, taken: QuestionParts, found: FoundCue) -> str:
    """``Stalin's`` for "his" before a noun, ``Stalin`` for "her" without one."""
    follows = [t for t in taken.tokens if t.span.start >= found.span.end]
    noun = follows and follows[0].low not in taken.words.empty - taken.words.sets["light"]
    return f"{name}'s" if noun else name


def each_other(subject: str, context: Context, *, surely: bool) -> tuple[str, str] | None:
    """Who *subject*, a pronoun, is of the two correspondents in view, and who the other is.

    Where the forms of their names do not tell, it is who was spoken of; after what that one wrote,
    the other.  If not *surely* of them, one of them must have been spoken of.
    """
    sides = _correspondents(context.citation)
    if len(sides) != 2:
        return None
    meant = "" if surely else who_is_meant(context, subject) or ""
    if not surely and not any(share_a_word(meant, side) for side in sides):
        return None
    hers = [is_woman(side) for side in sides]
    if hers[0] != hers[1]:
        first = hers.index(subject in _SHE)
    else:
        spoken = who_is_meant(context) or ""
        first = int(share_a_word(spoken, sides[1])) ^ bool(WROTE.search(context.question))
    return sides[first], sides[1 - first]


_SHE: Final = word_set("she her sie elle она неё нее ней ella lei")


_HE: Final = word_set("he him il er ihn ihm он него ним нему ему él egli lui")


_FORENAME: Final = compile_on_use(r"(?:[^\W\d_][aая]|nne|tte|ine|elle|[оеё]в[ао]й?|ин[ао]й?)\Z")
"""A name that ends as a woman's forename does, or a woman's surname."""


_WOMAN: Final = compile_on_use(
    r"\A(?:[Mm](?:rs|iss|me|lle)\.?\s|Frau\s|[^\W\d_]+[aeая]\s)|(?:[оеё]в|ин|ск)(?:ой|ая|ую)\Z"
)
"""A name whose form is a woman's, more often than not."""
_MEN: Final = word_set(
    """
    george joe clarence jake luke mike steve dave eugene maurice lawrence wallace horace theodore
    pierre philippe alexandre étienne antoine baptiste auguste émile eugène théophile achille andré
    giuseppe cesare luca andrea nicola jaime felipe enrique vicente jorge josé uwe ole
    никита илья кузьма фома лука савва миша саша коля ваня петя
    """
)


def is_woman(name: str) -> bool:
    """Whether the form of *name* is a woman's."""
    first = name.partition(" ")[0].casefold()
    return first not in _MEN and _WOMAN.search(name) is not None


def is_meant(pronoun: str, sides: Sequence[str]) -> int | None:
    """Which of two *sides* the "he" or "she" of *pronoun* is, where their forms differ."""
    said = set(re.findall(r"\w+", pronoun))
    hers = [is_woman(side) for side in sides]
    if len(hers) != 2 or hers[0] == hers[1] or not (said & _SHE) ^ (said & _HE):
        return None
    return hers.index(bool(said & _SHE))


def names_somebody(taken: QuestionParts, context: Context) -> bool:
    """Whether *taken* names a correspondent of what is in view, in German."""
    german = taken.words.language == "de"
    return german and any(
        share_a_word(side, taken.rest) for side in _correspondents(context.citation)
    )


def other_writer(taken: QuestionParts, context: Context) -> str | None:
    """The recipient of what is in view, whom "And what does Holm offer?" asks about."""
    metadata = context.citation.metadata if context.citation else None
    if not (metadata and metadata.recipient and taken.opening and taken.question_words):
        return None
    named = [span.of(taken.text) for span in taken.names]
    if taken.words.language == "de":
        named = [token.text for token in taken.content if token.text[0].isupper()]
    whom = metadata.recipient.text
    asks = len(taken.content) > len(named) and not taken.cues
    return whom if asks and any(name_matcher(x, partly=False)(whom) for x in named) else None


def other_side(taken: QuestionParts, last: QuestionParts, context: Context) -> str | None:
    """*last* with the correspondent that *taken* names for the other one, in German."""
    if taken.question_words or not names_somebody(taken, context):
        return None
    for side in _correspondents(context.citation):
        for token in last.tokens:
            if (
                token.text[0].isupper()
                and share_a_word(side, token.text)
                and not share_a_word(side, taken.rest)
            ):
                span = token.span
                return f"{last.text[: span.start]}{taken.rest.strip(' ?.!')}{last.text[span.end :]}"
    return None


def surname(name: str) -> str:
    """The part of a name that other documents will print too: ``"Trotsky"``.

    Of an office the name in parentheses behind it; without one the whole of the office.
    """
    named = _PARENTHESIS.search(name)
    if named:
        return named[1]
    if OFFICE_OF.search(name):
        return re.sub(r"^the\s+", "", name.strip(" .,;"), flags=re.IGNORECASE)
    if "," in name and (inverted := split_name(name)):
        return inverted[0]
    words = [word.strip(".,;") for word in name.split()]
    return next((w for w in reversed(words) if len(w) >= THRESHOLDS.name_letters), name)


def _correspondents(citation: Citation | None, *, own: bool = False) -> list[str]:
    """Sender and recipient of what is cited; with their *own* names, those of the letter itself."""
    metadata = citation.metadata if citation else None
    both = (metadata.sender, metadata.recipient) if metadata else ()
    return [
        " ".join((natural_order(mention.text, mention.family), *(mention.own_names if own else ())))
        for mention in both
        if mention
    ]


def answering_sentence(citation: Citation) -> str:
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
        found.sort(key=lambda m: min(_distance(text, m, x) for x in at))
    found.sort(key=lambda m: " " not in m[0] and _A_THING.search(text[: m.start()]) is not None)
    return [match[0] for match in found]


def _is_beside(name: str, text: str, asked: QuestionParts) -> bool:
    """Whether *text* has *name* behind "to", "at" and the like alone, which is not who did it."""
    places = (_APPOSITION.sub("", text[: m.start()]) for m in re.finditer(re.escape(name), text))
    before = [place.split()[-2:] for place in places]
    words = [[word.lower().strip(",.") for word in each] for each in before]
    small = asked.words.sets["prepositions"] - _BY
    return all(
        each and (each[-1] in small or (each[-1] in TITLES and each[0] in small)) for each in words
    )


_APPOSITION: Final = compile_on_use(r"(?<!\w)[A-ZÀ-ÞА-ЯЁ][\w’'-]+,\s\Z")
"""A name before another one: "near Spruce, New York"."""
_BY: Final = word_set("by von durch par por da")


def _distance(text: str, name: re.Match[str], place: int) -> tuple[int, int]:
    """How many clauses, and how many signs, lie between *name* and *place* of *text*."""
    between = text[min(name.end(), place) : max(name.start(), place)]
    return sum(between.count(sign) for sign in ",;:"), min(
        abs(name.start() - place), abs(name.end() - place)
    )


_A_THING: Final = compile_on_use(
    r"(?<!\w)(?:the|an?|de[nmrs]|die|das|eine[nmr]?|im|zur?m?|nach|in|aus|an|on|le|la|du|au|un|une|à|"
    r"el|al|del|il|lo)\s\Z",
    re.IGNORECASE,
)
"""What stands before a thing or a place that has a capital."""


def _as_others_name(name: str, sides: Sequence[str]) -> str:
    """The surname of *name*, as other letters have it, where no correspondent has it too."""
    last = name.split()[-1]
    return name if any(share_a_word(last, side) for side in sides) else last


def _named_beside(asked: QuestionParts, text: str) -> str | None:
    """The name that *text* has right behind what was *asked* about: "the boatman Quill"."""
    stems = tuple(token.low[: THRESHOLDS.stem] for token in asked.content if len(token.low) > 3)
    for match in _CAPITALISED.finditer(text):
        words, before = match[0].split(), text[: match.start()].lower().split()[-1:]
        nouns = [n for n, word in enumerate(words) if stems and word.lower().startswith(stems)]
        if nouns and nouns[-1] + 1 < len(words):
            return " ".join(words[nouns[-1] + 1 :])
        if not nouns and before and stems and before[0].startswith(stems):
            return match[0]
    return None


def _behind_what_was_asked(name: str, asked: QuestionParts) -> str:
    """*name* without the words before it that *asked* has: "Ferryman Lund" of the ferryman."""
    words = name.split()
    while words and (share_a_word(words[0], asked.text) or words[0].lower() in asked.words.empty):
        words.pop(0)
    rest = " ".join(words)
    return "" if share_a_word(rest, asked.text) or not re.search(r"\w{3}", rest) else rest


def share_a_word(name: str, text: str) -> bool:
    """Whether *text* holds a word of *name*, initials apart."""
    theirs = {word.casefold() for word in re.findall(r"\w{3,}", text)}
    return any(word.casefold() in theirs for word in re.findall(r"\w{3,}", name))


def _in_a_place(asked: QuestionParts, at: int) -> bool:
    """Whether the name at *at* follows a word such as "in"."""
    before = [token for token in asked.tokens if token.span.end <= at]
    return bool(before) and asked.words.has("places", before[-1])
