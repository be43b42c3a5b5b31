"""What a model wrote, held to the sentences that it was given: numbers, never quotations.

The model names sentences by their numbers, and docproc puts in the letters of the source, from
citations that were verified.  A sentence of the model that no quotation stands behind, or that
quotes by itself what its quotations do not have, is set apart.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from docproc.checking.marks import between_marks
from docproc.dataclass_on_use import dataclass
from docproc.hooks.writing import NumberedSentence, Written
from docproc.records import Answer, Citation, Span, Verdict
from docproc.records.written import PlacedQuotation, SetApart, WrittenAnswer, WrittenSentence
from docproc.references import find_dates
from docproc.text.language.sentences import sentences
from docproc.text.names.keys import names_in
from docproc.text.names.matching import name_matcher
from docproc.text.patterns import compile_on_use

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_COUNTED: Final = [*range(2, 21), 30, 40, 50, 60, 70, 80, 90, 100, 1000, 1_000_000]
_WORDS: Final = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred "
    "thousand million",
    "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn "
    "siebzehn achtzehn neunzehn zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig "
    "hundert tausend million",
    "deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize "
    "dix-sept dix-huit dix-neuf vingt trente quarante cinquante soixante soixante-dix "
    "quatre-vingts quatre-vingt-dix cent mille million",
    "два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать "
    "четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать двадцать тридцать "
    "сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто сто тысяча миллион",
    "двух трёх четырёх пяти шести семи восьми девяти десяти одиннадцати двенадцати тринадцати "
    "четырнадцати пятнадцати шестнадцати семнадцати восемнадцати девятнадцати двадцати тридцати "
    "сорока пятидесяти шестидесяти семидесяти восьмидесяти девяноста ста тысяч миллионов",
)
NUMBER_WORDS: Final = {
    word: str(figure)
    for words in _WORDS
    for word, figure in zip(words.split(), _COUNTED, strict=True)
}
"""Each word, folded, with its figures: English, German, French and Russian."""


MOST_SENTENCES: Final = 60
"""Of a reply: what comes after them is set apart."""
MOST_CHARACTERS: Final = 1_000
"""Of one sentence of a reply."""

_DOUBLE: Final = compile_on_use(r"""["“”„‟«»‹›″「」『』〝〞〟＂❝❞`´]|<<|>>|,,|''""")
_SINGLE: Final = compile_on_use(r"(?<![^\W_])[‘‚’'](?=\S)(?P<within>.*?)(?<=\S)[’'](?![^\W_])")
_NO_LETTER: Final = compile_on_use(r"[^\w\s]+")
_FIGURES: Final = compile_on_use(r"\d+(?:[.,\u00a0\u202f  ]\d{3})*(?!\d)|\d+")
_ROMAN: Final = compile_on_use(r"\b(?=[IVXLC]{2,}\b)[IVXLC]+\b")
_WORD: Final = compile_on_use(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class PlacedSentence:
    """A numbered sentence, and where it stands in which citation."""

    numbered: NumberedSentence
    quotation: PlacedQuotation


def numbered_sentences(answer: Answer) -> tuple[PlacedSentence, ...]:
    """The sentences of the verified citations of *answer*, numbered from 1; none of a refusal."""
    if answer.verdict is not Verdict.ANSWERED:
        return ()
    found: list[PlacedSentence] = []
    for citation in answer.citations:
        if not citation.verified:
            continue
        for span in sentences(citation.quote):
            found.append(_place(citation, span, len(found) + 1))
    return tuple(found)


def _place(citation: Citation, span: Span, number: int) -> PlacedSentence:
    quote = span.of(citation.quote)
    return PlacedSentence(
        NumberedSentence(number=number, text=quote, passage=citation.rank),
        PlacedQuotation(quote, span.shift(citation.span.start), citation.rank),
    )


def attach_quotations(
    writer: str, given: Sequence[Written], placed: Sequence[PlacedSentence]
) -> WrittenAnswer:
    """What *writer* gave, with the quotations put in; what none stands behind is set apart."""
    by_number = {each.numbered.number: each.quotation for each in placed}
    kept: list[WrittenSentence] = []
    apart: list[SetApart] = []
    for place, each in enumerate(given):
        words = " ".join(each.words.split())
        why = "too much was written" if place >= MOST_SENTENCES else _fault(words, each, by_number)
        if why:
            if words or each.sentences:
                apart.append(SetApart(words[:MOST_CHARACTERS], why))
            continue
        quotations = tuple(by_number[number] for number in dict.fromkeys(each.sentences))
        quotes = [quotation.quote for quotation in quotations]
        kept.append(WrittenSentence(words, quotations, find_unsupported(words, quotes)))
    return WrittenAnswer(writer, tuple(kept), tuple(apart))


def _fault(words: str, each: Written, by_number: Mapping[int, PlacedQuotation]) -> str:
    """Why a sentence is set apart; ``""`` where it stands."""
    if not each.sentences:
        return "no quotation stands behind it"
    unknown = [number for number in each.sentences if number not in by_number]
    if unknown:
        return f"it names sentence {unknown[0]}, which was not given"
    if len(words) > MOST_CHARACTERS:
        return "it is too long for one sentence"
    if len(sentences(words)) > 1:
        return "it is more than one sentence"
    quotes = [by_number[number].quote for number in each.sentences]
    said = _own_quotation(words, quotes)
    return f"it quotes by itself what its quotations do not have: {said[:60]}" if said else ""


def _own_quotation(words: str, quotes: Sequence[str]) -> str:
    """What *words* quote and none of *quotes* has; all of them where a mark does not close."""
    whole = Span(0, len(words))
    spans = [each.span for each in between_marks(words, whole) if each.closed]
    taken = [Span(max(0, span.start - 2), min(len(words), span.end + 2)) for span in spans]
    marks = [*_DOUBLE.finditer(words), *_SINGLE.finditer(words)]
    loose = [m for m in marks if not any(t.start <= m.start() < t.end for t in taken)]
    said = [span.of(words) for span in spans] + [words for _ in loose[:1]]
    known = [_plain(quote) for quote in quotes]
    for each in said:
        if (plain := _plain(each)) and not any(f" {plain} " in f" {quote} " for quote in known):
            return each.strip()
    return ""


def _plain(text: str) -> str:
    """*text* as a quotation is compared: its words and their order, whatever stands between."""
    return " ".join(_NO_LETTER.sub(" ", text).split())


def find_unsupported(words: str, quotes: Sequence[str]) -> tuple[str, ...]:
    """The numbers, dates and names of *words* that none of *quotes* has, in their order."""
    whole = "\n".join(quotes)
    days = {date.edtf for date in find_dates(whole)}
    found: dict[int, str] = {}
    rest = words
    for date in find_dates(words):
        if not any(day == date.edtf or day.startswith(f"{date.edtf}-") for day in days):
            if date.printed in whole:
                continue
            found[date.span.start] = date.printed
        rest = rest[: date.span.start] + " " * len(date.span) + rest[date.span.end :]
    theirs = {match[0].casefold() for match in _WORD.finditer(whole)}
    figures = {_figure(match[0]) for match in _FIGURES.finditer(whole)}
    figures |= {_figure(digits) for digits in re.findall(r"\d+", whole)}
    figures |= {NUMBER_WORDS[word] for word in theirs & NUMBER_WORDS.keys()}
    for match in _FIGURES.finditer(rest):
        if _figure(match[0]) not in figures:
            found.setdefault(match.start(), match[0])
    for match in _WORD.finditer(rest):
        value = NUMBER_WORDS.get(match[0].casefold())
        if value and value not in figures:
            found.setdefault(match.start(), match[0])
    for start, name in _names(rest):
        if name.casefold() not in theirs and not name_matcher(name, partly=False)(whole):
            found.setdefault(start, name)
    return tuple(dict.fromkeys(found[start] for start in sorted(found)))


def _figure(printed: str) -> str:
    return re.sub(r"\D", "", printed).lstrip("0") or "0"


def _names(words: str) -> Iterator[tuple[int, str]]:
    """The names of *words*, each with where it stands."""
    at = 0
    for name in names_in(words):
        start = words.find(name, at)
        if start >= 0:
            yield start, name
            at = start + len(name)
    for match in _ROMAN.finditer(words):
        yield match.start(), match[0]
