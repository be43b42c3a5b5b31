"""Names of months, seasons and decades' words in a dozen languages, as letters print them."""

from __future__ import annotations

from docproc.hooks.knowledge import Knowledge
from docproc.text.knowledge import when_learned

# Nominative, genitive and abbreviations; a full stop after an abbreviation is not part of it.
_NAMES: tuple[str, ...] = (
    "january jan januar jänner jan. janvier janv gennaio genn gen enero ene "
    "январь января янв jän januarii januari janeiro stycznia ledna "
    "jany janry jenner genaro gennaro",
    "february feb febr februar feber février fevrier févr fevr fév febbraio febbr febrero "
    "февраль февраля февр фев februari februarii fevereiro lutego února "
    "feby febry hornung febraro",
    "march mar märz maerz mrz mars marzo mzo март марта мар maart marts martii março marca března "
    "lenzmonat",
    "april apr avril avr aprile abril abr апрель апреля апр aprilis kwietnia dubna aprl ostermonat",
    "may mai maggio magg mag mayo май мая mei maj maii maio maja května wonnemonat",
    "june jun juni juin giugno giu junio июнь июня июн junii junho czerwca června brachmonat zugno",
    "july jul juli juillet juil luglio lug julio июль июля июл julii julho lipca července "
    "heumonat luio",
    "august aug août aout agosto ago авг август августа augustus augusti sierpnia srpna "
    "augt erntemonat avosto",
    "september sep sept septembre settembre sett septiembre setiembre setbre сентябрь сентября "
    "сент сен septembris setembro września září septr septbr sepbr 7bre 7ber 7br 7bris herbstmonat",
    "october oct oktober okt octobre ottobre ott octubre октябрь октября окт octobris outubro "
    "października října octr octbr oktbr 8bre 8ber 8br 8bris weinmonat",
    "november nov novembre noviembre ноябрь ноября нояб ноя novembris novembro listopadu "
    "novr novbr 9bre 9ber 9br 9bris wintermonat",
    "december dec dezember dez décembre decembre déc dicembre dic diciembre декабрь декабря дек "
    "decembris dezembro grudnia prosince decr decbr dezbr 10bre 10ber 10br 10bris xbre xber xbr "
    "xbris christmonat",
)
_SEASONS = {
    # EDTF level 1: 21 spring, 22 summer, 23 autumn, 24 winter.
    21: "spring весна весны весной frühling frühjahr printemps primavera",
    22: "summer лето лета летом sommer été estate verano",
    23: "autumn fall осень осени осенью herbst automne autunno otoño",
    24: "winter зима зимы зимой hiver inverno invierno",
}

MONTHS: dict[str, int] = {
    name.rstrip("."): number for number, names in enumerate(_NAMES, 1) for name in names.split()
}
SEASONS: dict[str, int] = {
    name: number for number, names in _SEASONS.items() for name in names.split()
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
when_learned(_add)
