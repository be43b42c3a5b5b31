"""Follow-ups in other words: "No, I mean Brandt" and "The same about Brandt" are "And Brandt?"."""

from __future__ import annotations

import re
from typing import Final

from docproc.text.patterns import compile_on_use

_PAUSE: Final = r"[,.;:!–-]+\s+"
_AND: Final = (
    ("And", rf"(?:no|sorry|pardon)(?:{_PAUSE}(?:i (?:mean|meant|was asking about)\s+)?|"
     r"\s+i (?:mean|meant)\s+)|i (?:mean|meant)\s+|"
     r"(?:and )?(?:the )?same (?:thing |question )?(?:about|for|of|on|with)\s+"),
    ("Und", rf"nein{_PAUSE}(?:ich mein(?:e|te)\s+)?|ich mein(?:e|te)\s+|"
     r"(?:und )?(?:dasselbe|das gleiche|das selbe) (?:über|für|von|zu|bei|mit)\s+"),
    ("Et", rf"(?:non{_PAUSE})?je (?:veux|voulais) dire\s+|non{_PAUSE}je parle (?:de\s+|d['’])|"
     r"(?:et )?la même chose (?:pour|sur|de)\s+"),
    ("А", rf"нет{_PAUSE}(?:я (?:имею|имел|имела) в виду\s+|я (?:говорю )?про\s+)?|"
     r"я имею в виду\s+|"
     r"(?:а |и )?(?:то же|тоже) (?:самое )?(?=(?:об?о?|про|насч[её]т|для)\s)"
     r"(?:про\s+|насч[её]т\s+|для\s+)?"),
    ("Y", rf"no{_PAUSE}(?:quiero|quería) decir\s+|no{_PAUSE}me (?:refiero|refería) a\s+|"
     r"(?:y )?lo mismo (?:de|sobre|para|con)\s+"),
    ("E", rf"no{_PAUSE}(?:intendo|intendevo|volevo dire)\s+|"
     r"(?:e )?lo stesso (?:di|per|su|con)\s+"),
)  # fmt: skip
_COMPILED: Final = [
    (word, compile_on_use(rf"\W*(?:{words})(?=\w)", re.IGNORECASE)) for word, words in _AND
]
_ONLY: Final = compile_on_use(
    r"\W*(?:(?:and|und|et|а|и|y|e)\s+)?(?:"
    r"(?:just|only)(?: show)?(?: me)? (?:those|the ones|the letters|letters)|"
    r"nur (?:die(?:jenigen)?|die briefe|briefe)|"
    r"(?:seulement|uniquement|rien que) (?:celles|ceux|les lettres)|"
    r"только (?:те|письма|документы)|"
    r"(?:sólo|solo|solamente) (?:las|los|las cartas)|"
    r"(?:solo|soltanto|solamente) (?:quelle|quelli|le lettere))\s+(?P<which>\w.*?)\W*",
    re.IGNORECASE,
)


_WHO_IS_THAT: Final = tuple(
    (plain, compile_on_use(rf"\W*(?:(?:and|und|et|а|y|e) )?(?:{words})\W*", re.IGNORECASE))
    for plain, words in (
        ("Who is he?", "who(?: is|['’]s| was) (?:that|this)"),
        ("Wer ist er?", "wer (?:ist|war) das"),
        ("Qui est-il ?", "qui (?:est-ce|c['’]est|était-ce)"),
        ("Кто он?", "кто это(?: был[аи]?| такой| такая)?"),
        ("¿Quién es él?", "quién (?:es|era)(?: ese| esa)?"),
        ("Chi è lui?", "chi (?:è|era)(?: questo| questa| costui)?"),
    )
)


def put_plainly(question: str) -> str:
    """*question* as a follow-up is put, where it corrects the last one or asks the same again."""
    for plain, words in _WHO_IS_THAT:
        if words.fullmatch(question):
            return plain
    for word, pattern in reversed(_COMPILED):
        if match := pattern.match(question):
            rest = question[match.end() :].rstrip(" .!?")
            return f"{word} {rest}?"
    return question


def only_those(question: str) -> str | None:
    """What "only those of 1919" keeps of a list: "of 1919"; ``None`` of another question."""
    match = _ONLY.fullmatch(question)
    return match["which"] if match else None
