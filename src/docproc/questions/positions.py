"""Which of several documents by date: the first letter, which letter is the latest, wrote last."""

from __future__ import annotations

import re
from typing import Final

from docproc.dataclass_on_use import dataclass
from docproc.questions.writing import DOCUMENT, SAYS, WROTE
from docproc.records import Span
from docproc.text.patterns import compile_on_use

ORDINALS: Final[tuple[tuple[int, str, str], ...]] = (
    (0, "first",
     r"first|1st|former|earliest|oldest|(?:(?:aller)?erst|frühest|ältest)e\w?|premi(?:er|ère)s?|"
     r"перв(?:ый|ое|ая|ого|ом|ую|ой)|primer[ao]?|prim[ao]|"
     r"(?:самое |сам[аы][яй] |самого |самом )(?:ранне|старо|перво)\w*"),
    (1, "second", r"second[eao]?|2nd|zweite\w?|deuxième|втор(?:ой|ое|ая|ого|ом|ую)|segund[ao]"),
    (2, "third",
     r"third|3rd|dritte\w?|troisième|трет(?:ий|ье|ья|ьего|ьем|ью)|tercer[ao]?|terz[ao]"),
    (-1, "last",
     r"last|latest|newest|most recent|final|latter|(?:aller)?letzte\w?|"
     r"(?:spätest|neuest|jüngst)e\w?|derni(?:er|ère)s?|последн(?:ий|ее|яя|его|ем|ей|юю)|"
     r"[uú]ltim[ao]|(?:самое |сам[аы][яй] |самого |самом )(?:поздне|ново|последне)\w*"),
    (3, "fourth",
     r"fourth|4th|vierte\w?|quatrième|четв[её]рт(?:ый|ое|ая|ого|ом|ую)|cuart[ao]|quart[ao]"),
    (4, "fifth", r"fifth|5th|fünfte\w?|cinquième|пят(?:ый|ое|ая|ого|ом|ую)|quint[ao]"),
    (-2, "last but one",
     r"penultimate|last but one|second to last|vorletzte\w?|avant-derni(?:er|ère)|"
     r"предпоследн(?:ий|ее|яя|его|ем)|penúltim[ao]|penultim[ao]"),
)  # fmt: skip
"""The place in an order, its English word, and the words for it in six languages."""
_BEHIND: Final = (
    r"(?:la |le )?plus (?:ancien|vieille|vieux)\w*|más antigu[ao]|più antic[ao]|più vecchi[ao]",
    r"⟦none⟧",
    r"⟦none⟧",
    r"(?:la |le )?plus récente?|más (?:reciente|nuev[ao])|più recente",
    *(r"⟦none⟧",) * 3,
)
_NOUN: Final = DOCUMENT.pattern.removeprefix(r"(?<![\w’'-])")
_IS: Final = (
    r"(?:is|was|came|comes|ist|war|kam|est|était|fut|es|fue|è|fu|—|–)\s+(?:the |der |die |das |"
    r"la |le |el |il |l['’]|zu|als )?"
)
_PARTY: Final = r"(?:of|from|to|by|von|vom|an|aus|de|d['’]|du|à|от|к|из|di|da|a)(?![\w-])"
"""What leads a correspondent or a place behind a document."""
_TIMES: Final = (
    r"first|zuerst|zum ersten ?mal|erstmals|als erste[rs]?|pour la première fois|le premier|"
    r"la première|впервые|в первый раз|перв(?:ым|ой)|"
    r"por primera vez|per la prima volta",
    r"⟦none⟧",
    r"⟦none⟧",
    r"last|zuletzt|zum letzten ?mal|pour la dernière fois|в последний раз|por última vez|"
    r"per l['’]ultima volta",
    *(r"⟦none⟧",) * 3,
)
_MENTIONS: Final = (
    r"(?:mentions?|mentioned|erwähn\w+|mentionn\w+|упомин\w+|упомян\w+|mencion\w+|menzion\w+)"
)
_VERB: Final = (
    WROTE.pattern.removeprefix(r"(?<![\w’'-])").removesuffix(r"(?![\w-])").removesuffix(")")
    + rf"|say|{_MENTIONS})"
)
_OF_ALL: Final = tuple(
    compile_on_use(
        rf"(?:(?<![\w-])(?P<way>{way})\s+(?:surviving |known |ever |of the )?(?={_NOUN})"
        rf"|(?<=[^\W\d])\s+(?P<behind>{behind})(?!\w)"
        rf"|(?<!\w){_IS}(?P<last>{way}|{behind})(?:\s+(?:one|of (?:all|them)))?(?=\W*$|\s+{_PARTY})"
        rf"|(?<=[^\W\d])\s(?P<alone>{way})\W*$"
        rf"|(?<!\w)(?P<time>{time})\s+(?={_VERB}(?!\w))"
        rf"|(?<!\w){_VERB}\s+(?P<behind_verb>{time})(?!\w)"
        rf"|(?<!\w)(?P<times>{time})(?=\W*$|\s+(?:an|à|a|to)\s))",
        re.IGNORECASE,
    )
    for (_, _, way), behind, time in zip(ORDINALS, _BEHIND, _TIMES, strict=True)
)
_ANY: Final = compile_on_use(
    "|".join(filter("⟦none⟧".__ne__, (*(way for _, _, way in ORDINALS), *_BEHIND, *_TIMES))),
    re.IGNORECASE,
)
"""A word for any place: the patterns of all, which take long to compile, are asked behind it."""
_SAID: Final = {number: word for number, word, _ in ORDINALS}
_MENTIONED: Final = compile_on_use(rf"(?<!\w){_MENTIONS}(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Position:
    """Which of the documents by date: 0 the first, -1 the last; told at ``span``."""

    number: int
    span: Span

    @property
    def said(self) -> str:
        """``"the first"``."""
        return "the " + _SAID[self.number]


def find_position(question: str) -> Position | None:
    """Which of several documents *question* asks for; ``None`` where it asks for none so."""
    if not _ANY.search(question):
        return None
    if not any(way.search(question) for way in (DOCUMENT, WROTE, SAYS, _MENTIONED)):
        return None
    document = DOCUMENT.search(question)
    for (number, _, _), pattern in zip(ORDINALS, _OF_ALL, strict=True):
        for match in pattern.finditer(question):
            kind = match.lastgroup or ""
            if kind in ("behind", "last", "alone") and not document:
                continue
            if kind in ("alone", "last") and not _ASKS_WHICH.search(question):
                continue
            return Position(number, Span(*match.span(kind)))
    return None


_ASKS_WHICH: Final = compile_on_use(
    r"(?<!\w)(?:which|what|welche\w*|(?<!\w\s)was|lequel|laquelle|quelle?s?|как(?:ое|ая|ой|ие|ого)|что|qué|"
    r"cuál(?:es)?|quale?|che)(?!\w)",
    re.IGNORECASE,
)
