"""Names of months, seasons and decades' words in six languages, as letters print them."""

from __future__ import annotations

# Nominative, genitive and abbreviations; a full stop after an abbreviation is not part of it.
_NAMES: tuple[str, ...] = (
    "january jan januar jänner jan. janvier janv gennaio genn gen enero ene "
    "январь января янв jän januarii",
    "february feb febr februar feber février fevrier févr fevr fév febbraio febbr febrero "
    "февраль февраля февр фев",
    "march mar märz maerz mrz mars marzo mzo март марта мар",
    "april apr avril avr aprile abril abr апрель апреля апр",
    "may mai maggio magg mag mayo май мая",
    "june jun juni juin giugno giu junio июнь июня июн",
    "july jul juli juillet juil luglio lug julio июль июля июл",
    "august aug août aout agosto ago авг август августа",
    "september sep sept septembre settembre sett septiembre setiembre setbre сентябрь сентября "
    "сент сен",
    "october oct oktober okt octobre ottobre ott octubre октябрь октября окт",
    "november nov novembre noviembre ноябрь ноября нояб ноя",
    "december dec dezember dez décembre decembre déc dicembre dic diciembre декабрь декабря дек",
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
