"""The type of answer that an English question wants, more narrowly than its kind, and where a text
has a candidate of it: an age, a measure, a price, a number, a time, a reason, a name.

Closed-class words and shapes only; other languages than English have the kinds of ``answer_kind``.
"""

# ruff: noqa: E501
from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Final, Literal

from docproc.retrieval.query.answer_kind import holds_kind, wanted_kind
from docproc.retrieval.query.named_beside import does_itself, names_beside
from docproc.text.patterns import compile_on_use

AnswerType = Literal["age", "measure", "price", "number", "time", "reason", "name", "doer"]

_WANTED: Final[tuple[tuple[AnswerType, str], ...]] = (
    ("age", r"\bhow old\b|\bwhat age\b|\bage of\b"),
    (
        "price",
        r"\b(?:how (?:much|high)|(?<!in )(?<!with )what)\b.*\b(?:paid|pay)\b(?! (?:in|with)\b| for\W*$)|"
        r"^(?=.*\b(?:how much|how high|what|which)\b).*\b(?:costs?|prices?|earn\w*|worth|salar\w+|wages?|"
        r"fees?|fare|rent|ransom|sold for|fine|dowry)\b",
    ),
    (
        "measure",
        r"\bhow (?:long|high|tall|deep|wide|far|heavy)\b|"
        r"\bwhat (?:is|was) the (?:length|height|depth|size|distance|weight|area)\b",
    ),
    (
        "number",
        r"\bhow (?:many|much|often|large|big|great)\b|\bpopulation\b|\bwhat (?:number|percentage|share)\b",
    ),
    (
        "time",
        r"\bwhen\b|\bsince when\b|\bhow soon\b|\b(?:what|which) (?:year|date|day|hour|night|month|time)\b",
    ),
    ("reason", r"\bwhy\b|\bfor what (?:reason|purpose)\b|\bwhat caused\b"),
    (
        "name",
        r"\bnames? of\b|\bname\W*$|\b(?:is|was|were|are)\b.*\bcalled\b|\btitle of\b|"
        r"^\W*who (?:is|was|are|were) (?:(?:the|an?|\w+['’]s|my|your|his|her|its|our|their) (?:\w+ )?"
        r"(?!\w*ed\b)\w+|\w+(?= of ))(?: of .*)?\W*$",
    ),
)
_NUMBER: Final = (
    r"(?<!\w)(?:\d[\d.,]*|½|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|"
    r"fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|"
    r"thousands?|millions?|dozens?|half|thirds?|twice|once|both|several|few|no|score|none|quarter|pair)(?:-\w+)?(?!\w)"
)
_MONEY: Final = (
    r"[£$€]|(?<!\w)(?:pounds?|shillings?|pence|penny|pennies|guineas?|crowns?|dollars?|cents?|marks?|francs?|sous?|"
    r"rou?bles?|kopecks?|florins?|ducats?|thalers?|groschen|gulden|lir[ae]|pesos?|rupees?|kron\w+|livres?|zloty\w*|"
    r"forints?|yen|sterling|gold|silver|money|free|gratis|charge|per cent|percent|wages?|salary|rent)(?!\w)"
)
_AGE: Final = r"(?<!\w)(?:years?|aged?|born)(?!\w)"
_UNIT: Final = (
    r"(?<!\w)(?:met(?:re|er)s?|feet|foot|fathoms?|miles?|kilomet\w+|versts?|yards?|inch(?:es)?|acres?|hectares?|"
    r"square|ells?|leagues?|[kc]?m|hours?|days?|weeks?|months?|years?|minutes?|nights?|degrees?|tons?|tonnes?|pounds?|"
    r"since|noon|winter|summer|centur\w+|season|always)(?!\w)"
)
_LENGTH: Final = (
    r"(?:met(?:re|er)s?|feet|foot|ft|fathoms?|miles?|mis|kilomet\w+|versts?|yards?|yds?|inch(?:es)?|ells?|leagues?|"
    r"[kc]?m|hands|degrees?|stor(?:e?y|ies)|rods?|chains?|paces)"
)
_WEIGHT: Final = (
    r"(?:pounds?|lbs?|tons?|tonnes?|ounces?|oz|drach?ms?|grains?|stones?|hundredweights?|cwts?|kilos?|kilogram\w*|kg|"
    r"grams?|poods?|quintals?)"
)
_MEASURED: Final = (
    (r"\bhow (?:high|tall|deep|wide)\b|\b(?:length|height|depth)\b", _LENGTH),
    (r"\bhow heavy\b|\bweight\b", _WEIGHT),
    (r"\bhow far\b|\bdistance\b", rf"(?:{_LENGTH}|hours?|days?|minutes?)"),
)
"""What asks for a measure of one kind, and the units of that kind: no days tell how tall."""
_LIMIT: Final = r"(?<!\w)(?:until|till|as far as|half ?way)(?!\w)"
"""How long or far, without a number,"""
_KIND: Final = r"(?<!\w)pa(?:y|ys|id)(?: \w+)? in (?!(?:the|all|full)(?!\w))(?-i:[a-zß-ÿ]{3,})"
"""and how much: *paid in eggs*."""
_ONE_COIN: Final = (
    r"(?<!\w)an? (?:pound|shilling|penny|guinea|crown|dollar|cent|mark|franc|sou|rou?ble|kopeck|florin|ducat|"
    r"thaler|peso|rupee|krona|krone|livre|hundred|thousand|dozen|quarter|fortune|trifle)(?!\w)"
)
"""How much, with no number: *a dollar*."""
_PAID: Final = (
    rf"{_MONEY}|(?<!\w)(?:for|at|to|than|by|worth|costs?|pa(?:y|ys|id)|fetch\w*|earn\w*|receiv\w*|draws?|drew|got|gets?|"
    rf"ask(?:s|ed)?|gave|took|is|are|was|were) {_NUMBER}[ -](?!(?:years?|months?|weeks?|days?|hours?|minutes?|times|o['’]clock|"
    r"men|women|people|children|miles|feet)(?!\w))[^\W\d_]{3,}"
)
"""Money, or a number of anything that is given for something: coins have more names than a list."""
_DATED: Final = (
    r"(?<!\w)(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half)(?:[.: ]?\d\d)?"
    r"[ -]?(?:o['’]? ?clock|[ap]\.? ?m)(?!\w)|"
    r"(?:jan|feb|mar|apr|may|june|july|aug|sept?|oct|nov|dec)[a-z]*\.? \d{1,2}(?:st|n?d|rd|th)?(?!\w)(?:,? \d{4})?|"
    r"(?<!\w)\d{1,2}(?:st|n?d|rd|th)(?!\w)|(?<!\w)(?:in|of|since|by|until|from|to|year),? 1[5-9]\d\d(?![\w,])|"
    r"(?<!\w)one of(?!\w)"
)
"""Numbers that count nothing: hours, days of the month, years, one of several."""
_TIME: Final = (
    r"\b1\d\d\d\b|\b20\d\d\b|\b\d{1,2}(?:st|nd|rd|th)\b|\b(?:inst|ult|prox)(?:ant|imo)?\b|\b(?:january|february|march|april|may|june|july|august|september|october|november|"
    r"december|(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|to-?day|to-?morrow|tonight|morning|evening|night|"
    r"noon|midnight|afternoon|the (?:\w+-)?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|\w+teenth|"
    r"\w+tieth)(?=[.,;]|$| of (?!the))|o['’]clock|spring|summer|autumn|winter|easter|christmas|michaelmas|whit\w*|lent|eve|"
    r"feast|ascension|pentecost|saint|ago|last|next|later|earlier|before|after|afterwards|since|until|when|during|"
    r"while|within|days?|weeks?|months?|years?)\b"
)
_REASON: Final = (
    r"\b(?:because|since|for|as|due|owing|so|therefore|that|lest|order|caus\w+|reason|on account|to|if|otherwise|"
    r"by \w+ing)\b"
)
_NAME: Final = r"(?:(?<=[\w,;:)»”\"'’] )|(?<=\())[\"“«(]?[A-ZÀ-Þ][\w’'-]+|\b(?:called|named)\b"


def wanted_type(question: str, english: bool) -> AnswerType | None:
    """The type that *question* wants, ``None`` where its words do not tell."""
    if not english:
        kind = wanted_kind(question)
        return {"date": "time", "number": "number", "reason": "reason"}.get(kind or "")  # type: ignore[return-value]
    asked = question.casefold()
    found = next((found for found, pattern in _WANTED if _re(pattern).search(asked)), None)
    return "doer" if found is None and does_itself(question) else found


def candidates_of(wanted: AnswerType | None, question: str, english: bool) -> Callable[[str], bool]:
    """Whether a text has a candidate of the type *wanted* that *question* does not say itself."""
    if wanted is None:
        return lambda _: True
    if not english:
        kind = wanted_kind(question)
        return lambda text: holds_kind(kind, text, question)
    asked = frozenset(re.findall(r"\w+", question.casefold()))

    def new(pattern: str, text: str) -> bool:
        found = (match[0].casefold() for match in _re(pattern).finditer(text))
        return any(not asked.issuperset(re.findall(r"\w+", each)) for each in found)

    unit = next((u for ask, u in _MEASURED if _re(ask).search(question)), None)
    if wanted == "measure" and unit is not None:
        measured = rf"{_NUMBER}[ -]?(?:and (?:a half|\S+) )?{unit}(?!\w)"
        return lambda text: new(measured, text)
    beside = {"age": _AGE, "measure": _UNIT, "price": _PAID}.get(wanted)
    if beside is not None:
        alone = {"measure": _LIMIT, "price": f"{_KIND}|{_ONE_COIN}"}.get(wanted, r"(?!)")
        return lambda text: bool(
            (new(_NUMBER, text) and _re(beside).search(text)) or _re(alone).search(text)
        )
    if wanted == "name" and (beside_it := names_beside(question)):
        return beside_it
    if wanted == "name":
        return lambda text: new(_NAME, text)
    if wanted == "doer" and (done := does_itself(question)):
        return done
    if wanted == "reason":
        return lambda text: _re(_REASON).search(text) is not None
    if wanted == "number":
        counted = _re(_DATED).sub
        return lambda text: (
            new(_NUMBER, counted(" ", text)) or _re(_ONE_COIN).search(text) is not None
        )
    return lambda text: new(_TIME, text)


@cache
def _re(pattern: str) -> re.Pattern[str]:
    """Compiled when first wanted; names are told by their capitals."""
    return compile_on_use(pattern, 0 if pattern == _NAME else re.IGNORECASE)
