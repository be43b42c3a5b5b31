"""Names of months, seasons and decades' words in a dozen languages, as letters print them."""

from __future__ import annotations

from docproc.hooks.knowledge import Knowledge
from docproc.references.dates.languages import LANGUAGES
from docproc.text.knowledge import on_knowledge_learned

# Of other languages, and older forms; a full stop after an abbreviation is not part of it.
_FURTHER: tuple[str, ...] = (
    "januarii januari janeiro stycznia ledna jenner gennajo",
    "februari februarii fevereiro lutego února febbrajo",
    "maart marts martii março marca března",
    "aprilis kwietnia dubna",
    "mei maj maii maio maja května",
    "junii junho czerwca června",
    "julii julho lipca července",
    "augustus augusti sierpnia srpna",
    "septembris setembro września září sepbr 7bre 7ber 7br 7bris",
    "octobris outubro października října 8bre 8ber 8br 8bris",
    "novembris novembro listopadu 9bre 9ber 9br 9bris",
    "decembris dezembro grudnia prosince 10bre 10ber 10br 10bris xbre xber xbr xbris",
)

MONTHS: dict[str, int] = {
    name: number
    for names in (*(each.months for each in LANGUAGES.values()), _FURTHER)
    for number, words in enumerate(names, 1)
    for name in words.split()
}
SEASONS: dict[str, int] = {
    # EDTF level 1: 21 spring, 22 summer, 23 autumn, 24 winter.
    name: number
    for each in LANGUAGES.values()
    for number, words in enumerate(each.seasons, 21)
    for name in words.split()
}
ROMAN: dict[str, int] = dict(
    zip(
        ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"),
        range(1, 13),
        strict=True,
    )
)


def _add(knowledge: tuple[Knowledge, ...]) -> None:
    """Know the months and seasons that plugins name; no word of docproc's own means another."""
    for known, own, name in ((MONTHS, _OWN_MONTHS, "months"), (SEASONS, _OWN_SEASONS, "seasons")):
        known.clear()
        first = 1 if name == "months" else 21
        for each in knowledge:
            for number, words in enumerate(getattr(each, name), first):
                known.update((word.casefold().rstrip("."), number) for word in words.split())
        known.update(own)


_OWN_MONTHS, _OWN_SEASONS = dict(MONTHS), dict(SEASONS)
on_knowledge_learned(_add)
