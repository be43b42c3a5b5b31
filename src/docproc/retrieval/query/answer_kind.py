"""The kind of answer a question wants (a date, a number, a name, a place, a reason) and whether a text holds one.

Shape and closed-class words only, per language; no model.  A question whose kind is not recognised
wants nothing in particular, and every text then counts alike.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final, Literal

from docproc.retrieval.weights import WEIGHTS
from docproc.text.patterns import compile_on_use
from docproc.text.words import word_set

Kind = Literal["date", "number", "name", "reason"]

# Order matters: "how long" and "what year" before the bare "how" and "what".
_WANTS: Final[tuple[tuple[Kind, str], ...]] = (
    (
        "date",
        (
            r"\bwhen\b|\b(?:what|which) (?:year|date|day|month|decade|century|time)\b|\bhow recently\b"
            r"|\bкогда\b|\bв как(?:ом|ие) (?:год|век|месяц|дн)\w*|\bкако(?:го|е) (?:числ|год)\w*"
            r"|\bwann\b|\bin welchem (?:jahr|monat)\w*|\bwelche[smn]? (?:jahr|datum|tag)\w*"
            r"|\bquand\b|\bquelle (?:année|date)\b|\bquando\b|\bche anno\b|\bquale (?:anno|data)\b"
            r"|\bcuándo\b|\bcuando\b|\bqué (?:año|fecha|día)\b"
        ),
    ),
    (
        "number",
        (
            r"\bhow (?:many|much|long|old|far|often|large|big|tall|high|deep|wide|fast|heavy)\b"
            r"|\b(?:what|which) (?:percent\w*|number|amount|age|sum|share|fraction|score|rank|size|distance|length|"
            r"population|quantity|price|cost|proportion|total|temperature)\b|\bwhat was the (?:score|number|amount)\b"
            r"|\bсколько\b|\bскольк\w+|\bкак(?:ой|ая|ое|ова|ов) (?:процент|числ|дол|количеств|численност|возраст|сумм)\w*"
            r"|\bwie ?viele?\b|\bwie (?:lange|alt|weit|oft|hoch|groß|tief)\b|\bcombien\b|\bquel (?:nombre|pourcentage|âge)\b"
            r"|\bquant[oiae]\b|\bcuánt[oa]s?\b|\bcuant[oa]s?\b|\bqué (?:porcentaje|cantidad|número|edad)\b"
        ),
    ),
    (
        "name",
        (
            r"\bwho\b|\bwhom\b|\bwhose\b|\bwhere\b|\b(?:what|which) (?:person|man|woman|city|country|town|state|team|"
            r"company|university|river|place|nation|author|king|president|player|organi[sz]ation|group)\b|\bnamed?\b"
            r"|\bкто\b|\bкого\b|\bкому\b|\bкем\b|\bгде\b|\bкуда\b|\bоткуда\b|\bкак зовут\b|\bназывает\w+|\bв како[йм] (?:город|стран)\w*"
            r"|\bwer\b|\bwem\b|\bwen\b|\bwessen\b|\bwo\b|\bwoher\b|\bwohin\b|\bqui\b|\boù\b|\bchi\b|\bdove\b"
            r"|\bquién(?:es)?\b|\bdónde\b|\bquien(?:es)?\b|\bdonde\b"
        ),
    ),
    (
        "reason",
        (
            r"\bwhy\b|\bfor what (?:reason|purpose)\b|\bwhat (?:caused|causes|was the (?:reason|cause|purpose))\b"
            r"|\bпочему\b|\bзачем\b|\bотчего\b|\bпо какой причине\b|\bwarum\b|\bweshalb\b|\bwozu\b|\bwieso\b"
            r"|\bpourquoi\b|\bperch[eé]\b|\bpor qué\b|\bpara qué\b"
        ),
    ),
)

KIND_NOUNS: Final = word_set(
    "percentage percent number amount age sum share rank size distance length population quantity "
    "price cost proportion total year date day month decade century time name kind place reason "
    "cause purpose way person man woman people thing money sum деньги денег год дата день месяц век число возраст сумма "
    "количество имя место причина человек люди jahr datum tag monat zahl anzahl alter summe name "
    "ort grund geld person mensch leute année date jour mois nombre âge somme nom lieu raison argent personne "
    "año fecha número edad nombre lugar razón persona anno data numero età nome luogo motivo"
)
"""What a question calls the kind of its answer, which a text that answers need not."""
_MEASURED: Final = (
    r"(?<!\w)(?:how|wie)\s(large|big|great|high|tall|long|far|deep|wide|broad|heavy|strong|"
    r"hoch|groß|gross|lange?|weit|tief|breit|schwer|stark)(?!\w)"
)
_AGE_ASKED: Final = (
    r"(?<!\w)(?:how (?=old)|what (?=age)|wie (?=alt)|welches (?=alter)|quel (?=âge)|какого (?=возраста)|"
    r"qué (?=edad)|cuántos (?=años ten)|quanti (?=anni av)|che (?=età)|сколько (?=лет (?!\w+л[аио]?сь|про|дли)))(\w+)"
)
_AGE: Final = (
    r"(?<!\w)(?:years?|aged?|old|born|birthday|jahren? alt|(?:\d|\w+zig) jahre|alter von|geboren|ans|âgée?|née?|"
    r"лет|\d\d года?(?! г)|родил\w+|años|nació|anni|nat[oa])(?!\w)|jährig|\wлетн"
)
_ASKS: Final = "[?？؟;;]\\s*$"

_MONTHS: Final = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?"
    r"|dec(?:ember)?|январ\w|феврал\w|март\w?|апрел\w|ма[йя]|июн\w|июл\w|август\w?|сентябр\w|октябр\w|ноябр\w|декабр\w"
    r"|januar|februar|märz|mai|juni|juli|oktober|dezember|janvier|février|mars|avril|juin|juillet|août|septembre|octobre"
    r"|novembre|décembre|gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|dicembre|enero|febrero"
    r"|abril|mayo|junio|julio|septiembre|octubre|noviembre|diciembre"
)
_DATE: Final = (
    rf"\b1[0-9]\d\d\b|\b20\d\d\b|\b(?:{_MONTHS})\b|\b\d{{1,2}}\s?[./-]\s?(?:\d{{1,2}}|[IVX]+)\b"
    r"|\b\d{1,2}(?:st|nd|rd|th)\b|\b(?:inst|ult|prox)(?:ant|imo)?\b|\bd\. ?m\.|\bвек[аеу]?\b|\bjahrhundert|\bsiècle|\bsecolo|\bsiglo"
)
_NUMBER: Final = (
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|seventy|eighty"
    r"|ninety|hundreds?|thousands?|millions?|billions?|dozens?|half|twice|once|one|third|quarter|several|double"
    r"|дв[ае]|дву[хм]|тр[ие]|тр[её]х|четыр\w+|пят[ьи]|шест[ьи]|сем[ьи]|восем\w+|девят\w+|десят\w+|сто|тысяч\w*|миллион\w*"
    r"|миллиард\w*|половин\w+|один|одного|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|zwölf|hundert|tausend"
    r"|deux|trois|quatre|cinq|sept|huit|neuf|dix|cent|mille|due|tre|quattro|cinque|sei|sette|otto|nove|dieci|cento"
    r"|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|ciento|mil)\b"
)
_REASON: Final = (
    r"\b(?:because|since|due to|owing to|as a result|in order|so that|so as|therefore|thus|hence|caused|cause|reason|led to"
    r"|for fear|to (?=\w)|by \w+ing|потому|поскольку|так как|из-за|чтобы|вследствие|поэтому|благодаря|причин\w+|ради"
    r"|weil|da|damit|wegen|deshalb|um|aufgrund|parce|afin|pour|car|grâce|perché|poiché|affinché|causa|porque|para|debido)\b"
)
_NAME: Final = compile_on_use(
    r"(?<=[\w,;:)»”\"'’\]] )[\"“«(]?[A-ZÀ-ÞА-ЯЁ][\w’'-]+|\b[A-ZА-ЯЁ]{3,}\b"
)
_CAPITALISED: Final = compile_on_use(r"\b[A-ZÀ-ÞА-ЯЁ][\w’'-]*")


@cache
def _re(pattern: str) -> re.Pattern[str]:
    """Compiled when first wanted: all of them together take as long as a question."""
    return compile_on_use(pattern, re.IGNORECASE)


@lru_cache(maxsize=16)  # asked again for every passage of one question
def wanted_kind(question: str) -> Kind | None:
    """The kind of answer that `question` asks for, or None when its words do not tell.

    Without a question mark only the beginning asks: "the year when it was signed" wants nothing.
    """
    asking = question if _re(_ASKS).search(question) else question[: WEIGHTS.beginning]
    for kind, pattern in _WANTS:
        if _re(pattern).search(asking):
            return kind
    return None


@lru_cache(maxsize=16)
def age_asked(question: str) -> str:
    """The word by which *question* asks how old somebody is; ``""`` where it does not."""
    found = _re(_AGE_ASKED).search(question)
    return found[1] if found else ""


def tells_age(text: str) -> bool:
    """Whether *text* says how old somebody is, or when they were born."""
    return _re(_AGE).search(text) is not None


def measures_in(question: str) -> frozenset[str]:
    """The words of *question*, folded, that ask for a measure, which a text may give without them:
    how *large* the loss was.
    """
    return frozenset(match[1].casefold() for match in _re(_MEASURED).finditer(question))


def holds_kind(kind: Kind | None, text: str, question: str = "") -> bool:
    """Whether `text` holds something of `kind` that the question has not said itself."""
    if kind is None:
        return True
    if kind == "date":
        return any(m[0] not in question for m in _re(_DATE).finditer(text))
    if kind == "number":
        asked = set(re.findall(r"\w+", question.lower()))
        return any(m.lower() not in asked for m in _number_words(text))
    if kind == "reason":
        return _re(_REASON).search(text) is not None
    asked = set(re.findall(r"\w+", question.lower()))
    return any(not asked & set(re.findall(r"\w+", m.lower())) for m in _NAME.findall(text)) or (
        len(_CAPITALISED.findall(text)) > 1
        and any(m.lower() not in asked for m in _CAPITALISED.findall(text)[1:])
    )


def _number_words(text: str) -> list[str]:
    """Numerals and number words of `text`, each whole."""
    return [w for w in re.findall(r"[\w½¼¾]+(?:[.,]\d+)*", text) if _re(_NUMBER).match(w)]
