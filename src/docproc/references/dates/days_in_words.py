"""Days whose day and year are written in words, as deeds and registers have them.

``le quatre mai mil neuf cent quatorze``, ``the fourth of May, one thousand nine hundred and
twelve``, ``L'an mil huit cent douze, le quatre mai``, ``четвёртого мая тысяча девятьсот
двенадцатого года``: in English, French, German, Italian, Spanish and Russian.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from docproc.records import Span
from docproc.references.dates import edtf
from docproc.references.dates.found_date import FoundDate
from docproc.references.dates.months import MONTHS
from docproc.text.patterns import compile_on_use

_NUMBERS = {
    "en": "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen twenty:20 thirty:30 forty:40 fifty:50 sixty:60 seventy:70"
    " eighty:80 ninety:90 hundred:100 thousand:1000 first:1 second:2 third:3 fourth:4 fifth:5"
    " sixth:6 seventh:7 eighth:8 ninth:9 tenth:10 eleventh:11 twelfth:12 thirteenth:13"
    " fourteenth:14 fifteenth:15 sixteenth:16 seventeenth:17 eighteenth:18 nineteenth:19"
    " twentieth:20 thirtieth:30 and:0 a:0",
    "fr": "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
    " vingt:20 trente:30 quarante:40 cinquante:50 soixante:60 septante:70 huitante:80 nonante:90"
    " quatrevingt:80 quatrevingts:80 cent:100 cents:100 mil:1000 mille:1000 et:0 une:1 premier:1"
    " deuxième:2 troisième:3 quatrième:4 cinquième:5 sixième:6 septième:7 huitième:8 neuvième:9"
    " dixième:10 vingtième:20 trentième:30",
    "de": "ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn"
    " sechzehn siebzehn achtzehn neunzehn zwanzig:20 dreißig:30 dreissig:30 vierzig:40 fünfzig:50"
    " sechzig:60 siebzig:70 achtzig:80 neunzig:90 hundert:100 tausend:1000 und:0 eins:1 ersten:1"
    " erster:1 zweiten:2 dritten:3 vierten:4 fünften:5 sechsten:6 siebten:7 siebenten:7 achten:8"
    " neunten:9 zehnten:10 elften:11 zwölften:12 dreizehnten:13 vierzehnten:14 fünfzehnten:15"
    " sechzehnten:16 siebzehnten:17 achtzehnten:18 neunzehnten:19 zwanzigsten:20 dreißigsten:30"
    " dreissigsten:30",
    "it": "uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici"
    " quindici sedici diciassette diciotto diciannove venti:20 vent:20 trenta:30 trent:30"
    " quaranta:40 quarant:40 cinquanta:50 cinquant:50 sessanta:60 sessant:60 settanta:70 settant:70"
    " ottanta:80 ottant:80 novanta:90 novant:90 cento:100 cent:100 mille:1000 mila:1000 tré:3 e:0"
    " primo:1 secondo:2 terzo:3 quarto:4 quinto:5 sesto:6 settimo:7 ottavo:8 nono:9 decimo:10",
    "es": "uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince"
    " dieci:10 veinte:20 veinti:20 treinta:30 cuarenta:40 cincuenta:50 sesenta:60 setenta:70"
    " ochenta:80 noventa:90 cien:100 ciento:100 cientos:100 sete:7 nove:9 quinientos:500 mil:1000"
    " y:0 un:1 séis:6 dós:2 trés:3 primero:1",
    "ru": "два:2 три:3 двадцать:20 тридцать:30 сорок:40 пятьдесят:50 шестьдесят:60 семьдесят:70"
    " восемьдесят:80 девяносто:90 сто:100 двести:200 триста:300 четыреста:400 пятьсот:500"
    " шестьсот:600 семьсот:700 восемьсот:800 девятьсот:900 тысяча:1000 одна:0 первого:1 второго:2"
    " третьего:3 четвёртого:4 четвертого:4 пятого:5 шестого:6 седьмого:7 восьмого:8 девятого:9"
    " десятого:10 одиннадцатого:11 двенадцатого:12 тринадцатого:13 четырнадцатого:14"
    " пятнадцатого:15 шестнадцатого:16 семнадцатого:17 восемнадцатого:18 девятнадцатого:19"
    " двадцатого:20 тридцатого:30 сорокового:40 пятидесятого:50 шестидесятого:60 семидесятого:70"
    " восьмидесятого:80 девяностого:90 сотого:0",
}
"""Numbers, and what they are made of; without a value, those from one on in their order."""
_SIGNS = {
    "en": ("undred ", "housand "),
    "fr": ("mil ", "mille ", "Mil ", "MIL "),
    "de": ("hundert", "tausend"),
    "it": ("ille ", "illen", "illes", "illeo", "illec", "illeq", "illet", "illed", "ottocent"),
    "es": ("mil ", "Mil "),
    "ru": ("ысяча ",),
}
"""What such a year holds, looked for first."""
_WORD = r"[^\W\d_]+"
_RUN = rf"{_WORD}(?:(?:\s{{1,2}}|-){_WORD}){{0,9}}"
_BETWEEN = (
    r"(?:(?:\s|,\s?)(?:in\sthe\syear|anno|im\sjahre?|de\sl['’]an|l['’]an|del(?:l['’]\s?)?(?:\s?anno)?|de|year)"
    r"(?:\sof\sour\slord|\sde\sgrâce|\sdomini|\sdel\sseñor)?)?,?\s"
)
_MONTH = "(?P<m>⟦month⟧)(?!\\w)"
_DAY_FIRST = (
    rf"(?<![\w-])(?P<d>\d{{1,2}}|{_WORD}(?:(?:\s|-){_WORD}){{0,3}}?)(?:er|st|nd|rd|th)?\.?"
    rf"\s(?:(?:day|jour|giorno|día|tage?)\s)?(?:du\smois\s)?(?:of\s|de\s|d['’]|di\s|des\s(?:monats\s)?)?"
    rf"{_MONTH}{_BETWEEN}(?P<y>{_RUN})"
)
_YEAR_FIRST = (
    rf"(?<!\w)(?:l['’]an|anno|the\syear|im\sjahre?|el\saño)\s(?:de\sgrâce\s)?(?P<y>{_RUN}),?\s(?:et\s)?"
    rf"(?:le|the|on\sthe|il|el|am|den|a(?:l|ddì|dì)?)\s(?P<d>\d{{1,2}}|{_WORD}(?:(?:\s|-){_WORD}){{0,3}}?)"
    rf"(?:er)?\s(?:(?:day|jour|giorno|día)\s)?(?:du\smois\s)?(?:of\s|de\s|d['’]|di\s)?{_MONTH}"
)
_BEFORE, _BEHIND = 90, 110
_LONGEST_NUMBER = 64
"""Letters of a number in words."""
_YEARS = range(1300, 2100)
_TAIL = compile_on_use(r"\s+(?:года?|г\.)(?!\w)|\s+(?:after\schrist|a\.?d\.)", re.IGNORECASE)


def may_spell_date(text: str) -> bool:
    """Whether *text* holds what a year in words does: told far faster than by reading it."""
    return any(sign in text for signs in _SIGNS.values() for sign in signs)


def find_spelled_dates(text: str, start: int, end: int) -> Iterator[FoundDate]:
    """The days of ``text[start:end]`` that are written in words."""
    for language, signs in _SIGNS.items():
        places = sorted(place for sign in signs if (place := text.find(sign, start, end)) >= 0)
        if not places:
            continue
        reach = start
        for sign in re.finditer("|".join(map(re.escape, signs)), text[:end]):
            if sign.start() < max(places[0], reach):
                continue
            low, high = max(reach, sign.start() - _BEFORE), min(end, sign.end() + _BEHIND)
            for found in _read(text, low, high, language):
                reach = found.span.end
                yield found


def _read(text: str, low: int, high: int, language: str) -> Iterator[FoundDate]:
    for form in (_YEAR_FIRST, _DAY_FIRST):
        for match in _compile(form).finditer(text, low, high):
            if found := _day(text, match, language):
                yield found
                return


@cache
def _compile(form: str) -> re.Pattern[str]:
    months = "|".join(map(re.escape, sorted(MONTHS, key=len, reverse=True)))
    return compile_on_use(form.replace("⟦month⟧", months), re.IGNORECASE)


def _day(text: str, match: re.Match[str], language: str) -> FoundDate | None:
    month = MONTHS.get(match["m"].casefold())
    if month is None:
        return None
    day, begun = _last_number(match["d"], match.start("d"), language)
    year, year_end = _first_number(match["y"], match.start("y"), language)
    if day is None or year not in _YEARS or not 1 <= day <= 31:
        return None
    year_leads = match.start("y") < match.start("d")
    if year_leads and year_end != match.end("y"):
        return None
    span = Span(match.start(), match.end()) if year_leads else Span(begun, year_end)
    if tail := _TAIL.match(text, span.end):
        span = Span(span.start, tail.end())
    try:
        return FoundDate(span.of(text), edtf.write_edtf(year, month, day), span)
    except ValueError:  # no month has that day
        return None


def _last_number(words: str, at: int, language: str) -> tuple[int | None, int]:
    """The number that *words* end with, and where it begins in the text."""
    if words.isdigit():
        return int(words), at
    for word in re.finditer(_WORD, words):
        if _values(language).get(word[0].casefold()) == 0:
            continue  # "and" and "a" begin no number
        if value := read_number(words[word.start() :], language):
            return value, at + word.start()
    return None, at


def _first_number(words: str, at: int, language: str) -> tuple[int, int]:
    """The longest number that *words* begin with, and where it ends in the text."""
    for end in reversed([match.end() for match in re.finditer(_WORD, words)]):
        if value := read_number(words[:end], language):
            return value, at + end
    return 0, at


def read_number(words: str, language: str) -> int | None:
    """The number that *words*, in one or several, are; ``None`` if they are none."""
    parts = _parts(re.sub(r"[\s-]+", "", words).casefold(), language)
    if not parts:
        return None
    total = current = 0
    for part in parts:
        if part == 1000:
            total, current = total + max(current, 1) * 1000, 0
        elif part == 100:
            current = max(current, 1) * 100
        else:
            current += part
    return total + current


def write_number(value: int, language: str) -> str:
    """*value* in words, without "and"; ``""`` where English or the table has none.

    Written so are numbers below a million that need a word for hundreds and thousands at most,
    and in other languages than English those of a single word.
    """
    words = {number: word for word, number in reversed(_values(language).items())}
    if value in words and value:
        return words[value]
    if language != "en" or not 0 < value < 1_000_000:
        return ""
    for whole in (1000, 100):
        if value >= whole:
            rest = write_number(value % whole, language)
            return f"{write_number(value // whole, language)} {words[whole]} {rest}".strip()
    return f"{words[value // 10 * 10]} {words[value % 10]}"


@cache
def _values(language: str) -> dict[str, int]:
    found, count = {}, 0
    for word in _NUMBERS[language].split():
        name, _, value = word.partition(":")
        count += not value
        found[name.casefold()] = int(value) if value else count
    return found


@cache
def _parts(word: str, language: str) -> tuple[int, ...]:
    """What the numbers of the *language* that *word* is put together of are; empty if not."""
    values = _values(language)
    if word in values:
        return (values[word],)
    if len(word) > _LONGEST_NUMBER:
        return ()
    for end in range(min(len(word) - 1, 16), 0, -1):
        if word[:end] in values and (rest := _parts(word[end:], language)):
            return (values[word[:end]], *rest)
    return ()
