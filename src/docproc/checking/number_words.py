"""Numbers as they are written in words, with their figures: as far as a claim is told by one."""

from __future__ import annotations

from typing import Final

_FIGURES: Final = [*range(2, 21), 30, 40, 50, 60, 70, 80, 90, 100, 1000, 1_000_000]
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
    for word, figure in zip(words.split(), _FIGURES, strict=True)
}
"""Each word, folded, with its figures: English, German, French and Russian."""
