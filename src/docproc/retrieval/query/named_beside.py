"""What English grammar shows of a missing answer: a role without a name, a deed without a doer.

"Who is the censor?" is answered where a name stands beside the censor, not by any name of the
passage; and "Who dissolved the Diet?" not by "the Diet was dissolved on 17 January".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from docproc.retrieval.weights import WEIGHTS
from docproc.text.language.stop_words import STOP_WORDS
from docproc.text.patterns import compile_on_use

_ROLE: Final = compile_on_use(
    r"\bnames? of (?P<of>.+)|(?P<whose>\w+)['’]s? name\W*$|"
    r"\b(?:is|was|were|are) (?P<called>.+?) called\b|^\W*who (?:is|was|are|were) (?P<who>.+)",
    re.IGNORECASE,
)
_FURTHER: Final = compile_on_use(
    r"\W+(?:of|in|at|on|for|to|from|who|that|with|before|after|during|under|when|while)\b.*|\W+$",
    re.IGNORECASE | re.DOTALL,
)
_NAME: Final = compile_on_use(
    r"(?:(?<=[\w,;:)»”\"'’] )|(?<=\())[\"“«(]?[A-ZÀ-Þ][\w’'-]+|"
    r"^\W*(?P<first>[A-ZÀ-Þ][\w’'-]+)(?=,| (?:is|was|are|were|became|[A-ZÀ-Þ]))"
)
_CALLED: Final = compile_on_use(r"\b(?:called|named|christened)\b", re.IGNORECASE)
_CLAUSE: Final = compile_on_use(r";|(?<=[^\W\d_]{3})[.!?]\s")
_DOER: Final = compile_on_use(
    r"^\W*who (?:(?:has|had|have|first|then|also|last) )*(?P<verb>(?!(?:is|was|are|were|did|does|"
    r"do|will|would|can|could|may|might|shall|should|must|has|had|have|else)\b)[a-z]{3,})\b",
    re.IGNORECASE,
)
_PASSIVE: Final = compile_on_use(
    r"\b(?:am|is|are|was|were|be|been|being)"
    r"(?: (?:not|never|also|now|then|soon|first|later|again|\w+ly))* $",
    re.IGNORECASE,
)
_DONE_TO: Final = compile_on_use(
    r"^\W*who (?:was|were|is|are|has been|had been|got) "
    r"(?P<verb>[a-z]{2,}(?:ed|en|ung|ot|ught|ld|lain))\b",
    re.IGNORECASE,
)
_UNREAL: Final = compile_on_use(
    r"\b(?:should|would|could|might|ought to|if|unless|lest|not|never|nor|hardly|n['’]t|"
    r"wants? to|wanted to|wish(?:es|ed)? to|hoped? to|tried to|trying to|threaten\w* to|"
    r"refuse[sd]? to|"
    r"fail(?:ed|s)? to|intend(?:ed|s)? to|was to|were to|(?:was|were) (?:going|about|ready) to)"
    r"(?: (?:have|has|be|been|not|only|also|then|\w+ly))* $",
    re.IGNORECASE,
)
"""Before a deed that was not done, or is not told as done: *he should be hanged*."""
_OTHER: Final = compile_on_use(
    r"\s(?:an?|the|his|her|their|my|our|its|one|two|three|some) (?P<object>\w+(?: \w+)?)",
    re.IGNORECASE,
)
_BY: Final = compile_on_use(r"\bby\b", re.IGNORECASE)


def names_beside(question: str) -> Callable[[str], bool] | None:
    """Whether a text has a new name beside the role, or thing, whose name *question* asks.

    ``None`` where it asks no name.  A text that has another word for the role has one where it
    has any new name.
    """
    found = _ROLE.search(question)
    if found is None:
        return None
    said = next(filter(None, found.groups()), "")
    head = (re.findall(r"\w+", _FURTHER.sub("", said)) or [""])[-1]
    if not head:
        return None
    asked = frozenset(re.findall(r"\w+", question.casefold()))
    role = re.compile(rf"(?<!\w){re.escape(head)}s?(?!\w)", re.IGNORECASE)

    def named(text: str) -> bool:
        return any(
            not asked.issuperset(re.findall(r"\w+", match[0].casefold()))
            and not role.search(match[0])
            and (match["first"] or "").casefold() not in STOP_WORDS["en"]
            for match in _NAME.finditer(text)
        )

    def beside(text: str) -> bool:
        clauses = [part for part in _CLAUSE.split(text) if role.search(part)]
        if not clauses:
            return named(text)
        around = (
            clause[max(0, match.start() - WEIGHTS.name_beside) : match.end() + WEIGHTS.name_beside]
            for clause in clauses
            for match in role.finditer(clause)
        )
        return any(map(_CALLED.search, clauses)) or any(map(named, around))

    return beside


def does_itself(question: str) -> Callable[[str], bool] | None:
    """Whether a text may say who did what *question* asks: "Who dissolved the Diet?".

    Not where it is said to have been done, and never by whom, to something else, or where it is
    only feared, denied or wished.  ``None`` where no doer is asked, nor whom it was done to.
    """
    doer = _DOER.match(question)
    found = doer or _DONE_TO.match(question)
    if found is None:
        return None
    verb = _bones(found["verb"])
    asked = {_bones(word) for word in re.findall(r"\w{3,}", question[found.end() :])}

    def is_deed(clause: str, word: re.Match[str]) -> bool:
        if _UNREAL.search(clause, 0, word.start()):
            return False
        if doer is None:
            return True
        if _PASSIVE.search(clause, 0, word.start()):
            return _BY.search(clause) is not None
        other = _OTHER.match(clause, word.end())
        here = {_bones(each) for each in re.findall(r"\w{3,}", clause)}
        return other is None or not asked or not asked.isdisjoint(here)

    def may_say(text: str) -> bool:
        told = [
            (clause, word)
            for clause in _CLAUSE.split(text)
            for word in re.finditer(r"[^\W\d_]{3,}", clause)
            if _bones(word[0]).startswith(verb)
        ]
        return not told or any(is_deed(clause, word) for clause, word in told)

    return may_say


def _bones(word: str) -> str:
    """*word* without its vowels, which its forms change: stole and stolen, wrote and written."""
    folded = word.casefold()
    folded = folded[:-2] if folded.endswith("ed") and len(folded) > 4 else folded
    bare = folded[:1] + re.sub(r"[aeiouy]", "", folded[1:])
    return re.sub(r"(.)\1+", r"\1", bare)
