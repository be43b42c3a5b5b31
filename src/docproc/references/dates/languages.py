"""The languages that docproc reads letters in: their months and seasons, as plugins give theirs.

How their letters greet, sign off and speak of offices stands in the patterns of
``docproc.letters``, where other languages have slots.
"""

from __future__ import annotations

from docproc.hooks.knowledge import Knowledge

LANGUAGES: dict[str, Knowledge] = {
    "english": Knowledge(
        language="en",
        months=(
            "january jan jany janry",
            "february feb febr feby febry",
            "march mar",
            "april apr aprl",
            "may",
            "june jun",
            "july jul",
            "august aug augt",
            "september sep sept septr",
            "october oct octr",
            "november nov novr",
            "december dec decr",
        ),
        seasons=("spring", "summer", "autumn fall", "winter"),
    ),
    "german": Knowledge(
        language="de",
        months=(
            "januar jan jänner jän",
            "februar feb feber hornung",
            "märz maerz mrz lenzmonat",
            "april apr ostermonat",
            "mai wonnemonat",
            "juni jun brachmonat",
            "juli jul heumonat",
            "august aug erntemonat",
            "september sep sept herbstmonat septbr",
            "oktober okt weinmonat octbr oktbr",
            "november nov wintermonat novbr",
            "dezember dez christmonat decbr dezbr",
        ),
        seasons=("frühling frühjahr", "sommer", "herbst", "winter"),
    ),
    "french": Knowledge(
        language="fr",
        months=(
            "janvier janv",
            "février févr fevr fév fevrier",
            "mars",
            "avril avr",
            "mai",
            "juin",
            "juillet juil",
            "août aout",
            "septembre sept",
            "octobre oct",
            "novembre nov",
            "décembre decembre déc",
        ),
        seasons=("printemps", "été", "automne", "hiver"),
    ),
    "italian": Knowledge(
        language="it",
        months=(
            "gennaio genn gen genaro gennaro",
            "febbraio febbr febraro",
            "marzo mzo",
            "aprile apr",
            "maggio magg mag",
            "giugno giu zugno",
            "luglio lug luio",
            "agosto ago avosto",
            "settembre sett",
            "ottobre ott",
            "novembre nov",
            "dicembre dic",
        ),
        seasons=("primavera", "estate", "autunno", "inverno"),
    ),
    "spanish": Knowledge(
        language="es",
        months=(
            "enero ene",
            "febrero",
            "marzo mzo",
            "abril abr",
            "mayo",
            "junio",
            "julio",
            "agosto ago",
            "septiembre setiembre setbre",
            "octubre",
            "noviembre",
            "diciembre dic",
        ),
        seasons=("primavera", "verano", "otoño", "invierno"),
    ),
    "russian": Knowledge(
        language="ru",
        months=(
            "январь января янв",
            "февраль февраля февр фев",
            "март марта мар",
            "апрель апреля апр",
            "май мая",
            "июнь июня июн",
            "июль июля июл",
            "август августа авг",
            "сентябрь сентября сент сен",
            "октябрь октября окт",
            "ноябрь ноября нояб ноя",
            "декабрь декабря дек",
        ),
        seasons=("весна весны весной", "лето лета летом", "осень осени осенью", "зима зимы зимой"),
    ),
}  # fmt: skip
"""By the names under which ``docproc.stages`` offers them."""
