"""Follow-ups in other words: "No, I mean Brandt" and "The same about Brandt" are "And Brandt?"."""

from __future__ import annotations

import re
from enum import Enum
from typing import Final

from docproc.followup.lexicon import language_of
from docproc.text.patterns import compile_on_use

_PAUSE: Final = r"[,.;:!–-]+\s+"
_AND: Final = {"en": "And", "de": "Und", "fr": "Et", "ru": "А", "es": "Y", "it": "E"}
_CORRECTING: Final = (
    rf"(?:no|sorry|pardon|nein|non|нет)(?:{_PAUSE}|\s+(?=i mean))(?:i (?:mean|meant|"
    rf"was asking about)\s+|"
    r"ich mein(?:e|te)\s+|je (?:veux|voulais) dire\s+|je parle (?:de\s+|d['’])|"
    r"я (?:имею|имел|имела) в виду\s+|я (?:говорю )?про\s+|(?:quiero|quería) decir\s+|"
    r"me (?:refiero|refería) a\s+|(?:intendo|intendevo|volevo dire)\s+)?|"
    r"i (?:mean|meant)\s+|ich mein(?:e|te)\s+|je (?:veux|voulais) dire\s+|я имею в виду\s+"
)
_SAME: Final = (
    r"(?:and )?(?:the )?same (?:thing |question )?(?:(?:about|for|of|on|with)\s+|(?=(?:in|at|"
    r"from|to)\s))|"
    r"(?:und )?(?:dasselbe|das gleiche|das selbe|ebenso) (?:(?:über|für|von|zu|bei|mit)\s+|"
    r"(?=(?:i[nm]|am|aus)\s))|"
    r"(?:et )?(?:la même chose|idem) (?:(?:pour|sur|de)\s+|(?=(?:en|à|au|le)\s))|"
    r"(?:а |и )?(?:то же|тоже) (?:самое )?(?=(?:об?о?|про|насч[её]т|для|за|во?|на|из|у)\s)"
    r"(?:про\s+|насч[её]т\s+|для\s+|за\s+)?|"
    r"(?:y )?(?:lo mismo|igual) (?:(?:de|sobre|para|con)\s+|(?=(?:en|a)\s))|"
    r"(?:e )?(?:lo stesso|idem) (?:(?:di|per|su|con)\s+|(?=(?:in|nel|a)\s))"
)
_BACK: Final = (
    r"(?:(?:let['’]?s |let us )?(?:go |come |get |going )?back to|to return to|returning to|"
    r"(?:noch ?mal )?zurück zu[mr]?|revenons (?:à|au|aux)|pour revenir (?:à|au|aux)|"
    r"верн[её]мся (?:ко?)|возвращаясь (?:ко?)|volvamos (?:al?)|volviendo (?:al?)|"
    r"torniamo (?:al?|alla|ai|alle)|tornando (?:al?|alla|ai|alle))\s+(?=[^:,]{2,40}\W*$)"
)
_PLAINLY: Final = compile_on_use(rf"\W*(?:{_CORRECTING}|{_SAME}|{_BACK})(?=\w)", re.IGNORECASE)
_AGAIN: Final = compile_on_use(
    r"\s+(?:again|once more|noch ?(?:ein)?mal|wieder|encore une fois|снова|опять|ещё раз|otra vez|"
    r"de nuevo|di nuovo|ancora una volta)\W*\Z",
    re.IGNORECASE,
)
_ONLY: Final = compile_on_use(
    r"\W*(?:(?:and|und|et|а|и|y|e)\s+)?(?:"
    r"(?:just|only)(?: show)?(?: me)? (?:those|the ones|the letters|letters|(?=(?:from|in|of|by|"
    r"to)\s))|"
    r"nur (?:die(?:jenigen)?|die briefe|briefe|(?=(?:aus|von|vom|i[nm])\s))|"
    r"(?:seulement|uniquement|rien que) (?:celles|ceux|les lettres|(?=(?:de|du|en|à)\s))|"
    r"только (?:те|письма|документы|(?=(?:из|от|за|во?|к)\s))|"
    r"(?:sólo|solo|solamente) (?:las|los|las cartas|(?=(?:de|del|en)\s))|"
    r"(?:solo|soltanto|solamente) (?:quelle|quelli|le lettere|(?=(?:d[ai]|del|nel)\s)))\s*"
    r"(?<=\s)(?P<which>\w.*?)\W*",
    re.IGNORECASE,
)


_ASKED_OF_IT: Final = tuple(
    (plain, compile_on_use(rf"\W*(?:(?:and|und|et|а|y|e) )?(?:{words})\W*", re.IGNORECASE))
    for plain, words in (
        (
            "Where was that?",
            r"(?:(?:in|at) )?(?:which|what) (?:place|town|city|village|port|harbou?r) "
            r"(?:is|was) (?:it|that|this)(?: in)?",
        ),
        ("Wo war das?", r"(?:in )?welche[rnms]? (?:ort|stadt|dorf|hafen) (?:war|ist) (?:das|es)"),
        (
            "Où était-ce ?",
            r"(?:dans |à |en )?quel(?:le)? (?:ville|lieu|endroit|village|port) "
            r"(?:était-ce|est-ce|c['’]était)",
        ),
        (
            "Где это было?",
            r"(?:в )?как(?:ом|ой) (?:городе|месте|селе|деревне|порту) это(?: было)?|"
            r"какой это(?: был)? (?:город|порт)",
        ),
        (
            "¿Dónde fue eso?",
            r"(?:en )?qué (?:ciudad|lugar|pueblo|puerto) (?:fue|era|es)(?: eso| esto)?",
        ),
        ("Dove fu?", r"(?:in )?(?:che|quale) (?:città|luogo|paese|porto) (?:fu|era|è)(?: questo)?"),
        ("Who is he?", "who(?: is|['’]s| was) (?:that|this)"),
        ("Wer ist er?", "wer (?:ist|war) das"),
        ("Qui est-il ?", "qui (?:est-ce|c['’]est|était-ce)"),
        ("Кто он?", "кто это(?: был[аи]?| такой| такая)?"),
        ("¿Quién es él?", "quién (?:es|era)(?: ese| esa)?"),
        ("Chi è lui?", "chi (?:è|era)(?: questo| questa| costui)?"),
    )
)


def put_plainly(question: str, last: str = "") -> str:
    """*question* as a follow-up is put, where it corrects the *last* one or asks the same again."""
    for plain, words in _ASKED_OF_IT:
        if words.fullmatch(question):
            return plain
    match = _PLAINLY.match(question)
    if match is None:
        return question
    rest = _AGAIN.sub("", question[match.end() :].rstrip(" .!?"))
    return f"{_AND[language_of(last or question) or 'en']} {rest}?"


def only_those(question: str) -> str | None:
    """What "only those of 1919" keeps of a list: "of 1919"; ``None`` of another question."""
    match = _ONLY.fullmatch(question)
    return match["which"] if match else None


class Onward(Enum):
    """What a question wants that adds nothing to the last one."""

    AGAIN = "the same answer"
    MORE = "further passages"


_OPENING: Final = r"\W*(?:(?:and|but|und|et|mais|а|и|y|e)(?!\w)\s*)?"
_ONWARD: Final = tuple(
    (onward, compile_on_use(rf"{_OPENING}(?:{words})\W*", re.IGNORECASE))
    for onward, words in (
        (Onward.AGAIN,
         r"(?:are you|is (?:that|it|this)) (?:really )?(?:sure|certain|right|true|correct|"
         r"so)(?: of that)?|"
         r"really|for sure|(?:bist du|sind sie)(?: (?:da|dir|sich))? sicher|(?:ganz )?sicher|"
         r"wirklich|"
         r"stimmt das(?: (?:auch|wirklich))?|(?:(?:tu es|vous êtes|es-tu|êtes-vous)\s)?(?:sûre?|"
         r"certaine?)|"
         r"c['’]est (?:sûr|vrai|certain)|est-ce (?:sûr|vrai|certain)|vraiment|(?:это )?(?:точно|"
         r"правда|верно)|"
         r"(?:вы|ты) увере\w+|(?:estás?|está usted) segur[oa]|segur[oa]|de verdad|(?:es )?cierto|"
         r"(?:sei|è) sicur[oa]|sicur[oa]|davvero|(?:è )?vero"),
        (Onward.MORE,
         r"(?:is|are) there (?:any(?:thing)? )?(?:more|else|others)(?: (?:of (?:it|them|these)|"
         r"on that))?|"
         r"(?:anything|something|what) (?:else|more)|any (?:more|others)|more|"
         r"(?:gibt es )?(?:noch )?(?:etwas|was) (?:noch|mehr|weiteres|anderes)|noch etwas|"
         r"was (?:noch|sonst)|"
         r"(?:was )?sonst(?: noch(?: (?:etwas|was))?)?|(?:gibt es )?noch (?:mehr|weitere)|"
         r"quoi d['’]autre|autre chose|(?:il )?y (?:en )?a-t-il (?:plus|d['’]autres|autre chose|"
         r"encore)|encore|"
         r"(?:(?:что|есть)(?: что-нибудь)? )?ещ[её](?: (?:что|есть)(?:-нибудь)?)?|"
         r"(?:hay )?algo más|qué más|hay (?:más|otr[oa]s)|(?:c['’]è |cos['’]|che |"
         r"qualcos['’])?altro"),
    )
)  # fmt: skip


def goes_on(question: str) -> Onward | None:
    """Whether *question* asks only whether that is so ("Are you sure?"), or for more of it."""
    return next((each for each, words in _ONWARD if words.fullmatch(question)), None)
