"""Titles that say by cases and articles who writes to whom: ``Письмо Гуськова Антонову``.

Each form names a kind of paper, or stands over what looks like a letter, so that works called
*Lettres du front* and *Путь к победе* name nobody.
"""

from __future__ import annotations

import re

from docproc.letters.correspondents.title_outlines import KIN
from docproc.letters.vocabulary.offices import is_office
from docproc.records import Span
from docproc.text.patterns import compile_on_use

Sides = tuple[Span | None, Span]
"""Sender, ``None`` where none is named, and recipient."""

_PARTY = compile_on_use(
    r"(?:the\s|les?\s|la\s|l['’]|das\s|die\s|den\s|dem\s|der\s|il\s|lo\s|el\s|los\s|gli\s|i\s|las\s)?"
    r"(?:(?:town|city|county|parish|common|general)\s)?"
    r"(?:inhabitants|citizens|burgesses|merchants|fishermen|farmers|workers|miners|weavers|soldiers|sailors|peasants"
    r"|villagers|parishioners|clergy|electors|shareholders|tenants|shipowners|creditors|mayor|aldermen|council"
    r"|court|senate|parliament|assembly|house\sof|king|queen|emperor|prince|duke|earl|count|pope|cardinal|abbot"
    r"|habitants|citoyens|paysans|pêcheurs|marchands|négociants|ouvriers|municipalité|communauté|conseil|assemblée|roi|reine"
    r"|empereur|prince|duc|duchesse|comte|comtesse|marquis|baron|pape|abbé|général|colonel|capitaine|consuls?"
    r"|einwohner|bürger|bauern|kaufleute|fischer|rat|magistrat|amt|auswärtige|landratsamt|regierung|senat|kammer"
    r"|gemeinde|stadt|könig|kaiser|herzog|fürst|graf|papst|schneiders?|legationsrats?|stadtrat|reichstag|gesandtschaft"
    r"|pescatori|abitanti|cittadini|mercanti|comunità|senato|re(?=\s|$)|regina|imperatore|duca|conte|papa|cardinale"
    r"|podestà|rettori|pescadores|vecinos|mercaderes|consejo|audiencia|rey|reina|emperador|duque|conde|cabildo"
    r"|virrey|don\s|doña\s)(?![^\W\d_])",
    re.IGNORECASE,
)
"""A party that a title calls by what it is and not by its name: ``the fishermen``, ``roi``."""
_PAPER = (
    r"(?:Lettres?|Télégrammes?|Dépêches?|Rapport|Pétition|Requête|Supplique|Note|Billet|Carte|Lettera|Lettere|Telegramma"
    r"|Dispaccio|Relazione|Supplica|Nota|Rapporto|Biglietto|Carta|Cartas|Sobre|Tarjeta|Telegrama|Despacho|Oficio|Ofício|Memorial"
    r"|Informe|Petición|Representación|Súplica|Requerimento)"
)
_ROMANCE = compile_on_use(
    rf"{_PAPER}\s(?:(?:adressée?|envoyée?|écrite|diretta|inviata|dirigida|enviada)\s)?"
    r"(?:de\sl['’]|d['’]|dell['’]|(?:de\s(?:la|los|las)|des?|du|del|della|dello|dei|degli|delle|di|da|dos?|par|por)\s)(?=\S)"
)
_ROMANCE_BARE = compile_on_use(r"(?:De|Di)\s(?=[^\W\d_a-z])")
_ROMANCE_TO = compile_on_use(
    r",?\s(?:à\s(?=l['’])|all['’]|(?:à\sla|a\s(?:la|los|las)|aux?|à|alla|allo|alle|agli|ai|al|ad|ao|a)\s)(?=\S)"
)
_ADDRESSED = compile_on_use(
    rf"(?:{_PAPER}\s(?:aux?\s|à\s|al?\s)|(?:Aux?|À)\s|(?:A|Al|Alla)\s(?=(?:doña|don|Su|S\.|M\.)\s))"
    r"(?=(?:(?:doña|don|général|M\.)\s)?[^\W\d_a-z][^\W\d_A-Z])"
    r"|Ad\s(?=[A-Z][a-z]+(?:um|am|em|os|as)(?!\w))|Do\s(?=(?:[^\W\d_a-z]\w+(?:a|y|i|ego|ej)(?:\s|\Z)){1,3}\Z)"
)
_SLAVIC = compile_on_use(
    r"(?:List|Listy|Telegram|Depesza|Raport|Nota|Karta|Pocztówka|Pismo|Dopis|Memoriał)\s"
    r"(?:od\s)?(?P<from>[^\s,:][^,:\n]{2,80}?)\s(?:do)\s(?P<to>[^\s:][^:\n]{2,80})"
)
_LATIN = compile_on_use(
    r"(?:Epistol[ae]|Litterae)\s(?P<from>[A-Z][^,:\n]{2,60}?)\sad\s(?P<to>[A-Z][^:\n]{2,60})"
)
_OVER_LETTERS = compile_on_use(
    r"(?P<from>[A-Z][\w.]+(?:\s[A-Z][\w.]*){0,3})\s(?:ad|do)\s(?P<to>[A-Z][\w.]+(?:\s[A-Z][\w.]*){0,3})"
)
_NAMES = (
    r"[^\W\d_a-z][\w’'.-]*(?:\s(?:d['’]|de\s|di\s|della\s|da\s|von\s)?[^\W\d_a-z][\w’'.-]*){1,3}"
)
_NAME_TO_NAME = compile_on_use(
    rf"(?P<from>{_NAMES})\s(?:ad?|à|al|alla|au)\s"
    rf"(?P<to>{_NAMES}|[^\W\d_A-Z][\w ]+)(?=,|\s?[(\[]|\Z)"
)
_SALUTED = compile_on_use(
    r"(?P<names>[A-Z][\w.]*(?:\s[A-Z][\w.]*){1,4})\s(?:suo\s)?"
    r"(?:[Ss]alutem(?:\s\w+)?|sal\.?|[sS]\.\s?(?:[pPdD]\.?\s?){1,3})\s*"
)
_GERMAN = compile_on_use(
    r"(?P<from>(?:Der|Die|Das)\s[^,:\n]{3,80}?)\san\s(?P<to>(?:den|die|das)\s[^:\n]{3,100})"
)
_ENGLISH = compile_on_use(
    r"(?P<kind>(?:Letter|Petition|Address|Memorial|Telegram|Note|Message|D[ei]spatch|Report)\s(?:from|of|by)\s)?"
    r"(?P<from>[^,:\n\d]{3,80}?)\sto\s(?P<to>the\s[^\W\d_A-Z][^:\n]{2,80})"
)
_ENGLISH_BEFORE = compile_on_use(
    r"(?:^A\s|(?<!\w)(?:as|for|in|of|on|upon|with|within|is|was|not|the)(?!\w))", re.IGNORECASE
)
_IN_ENGLISH = compile_on_use(r"(?<!\w)(?:of|the|to|and|for|in)(?!\w)")
_BY_KIND = compile_on_use(
    r"(?P<from>[^\W\d_a-zа-яё][^:\n\d]{2,60}?),\s(?:letter|telegram|postcard|note|ALS|TLS)s?\sto\s(?P<to>[^\n:]{3,100})"
)
_RUSSIAN = compile_on_use(
    r"(?:Из\s)?(?:[Пп]исьм[оа]|[Тт]елеграмм[аы]|(?:[Дд]окладная\s|[Сс]лужебная\s|[Оо]бъяснительная\s)?[Зз]аписк[аи]|[Рр]апорт"
    r"|[Дд]онесени[ея]|[Оо]тношение|[Нн]ота|[Зз]аявление|[Пп]рошение|[Хх]одатайство|[Оо]ткрытк[аи]|[Дд]епеша"
    r"|[Пп]редписание|[Дд]оклад|[Оо]бращение|[Пп]ослание|[Жж]алоба)\s(?=[^\W\d_])"
)
_RUSSIAN_STOP = compile_on_use(
    r",?\s(?:об?|по|от|с|со|за|при|для|на|без|№|\d{1,2}\s[а-я]+\s\d{4}|\d{4}|\[|\()(?=\s|\d|\Z)|\.\s(?=\d)"
)
_WORD = compile_on_use(r"[А-ЯЁа-яё][А-ЯЁа-яё-]*\.?")
_DATIVE = compile_on_use(r"[А-ЯЁа-яё-]{2,}(?:у|ю|ам|ям|ому|ему|ым|УЮ?|Ю)")
_BODY_INTO = compile_on_use(
    r"\sво?\s(?=(?-i:[А-ЯЁ]{2,}(?![а-яё]))|(?:\w+(?:ую|ий|ый|ое)\s)?(?:редакци|управу|комитет|райком|обком|горком|губком|совет"
    r"|министерств|комисси|суд|правлени|коллеги|бюро|президиум|наркомат|сенат|синод|департамент|канцеляри|отдел))",
    re.IGNORECASE,
)
_INITIALS_BEFORE = compile_on_use(r"(?:[А-ЯЁ]\.\s?){1,2}\Z")
_TO_ALONE = compile_on_use(
    r"(?:[А-ЯЁ]\.\s?){1,2}[А-ЯЁ][а-яё-]+(?:у|ю|ому|ой)|(?:[А-ЯЁ]\.\s?){1,2}[А-ЯЁ-]+(?:У|Ю|ОМУ|ОЙ)"
)


def is_party(side: str) -> bool:
    """Whether *side* begins with what a party is: an office, a rank, a body, a group of people."""
    return _PARTY.match(side) is not None or is_office(side)


def read_inflected_title(text: str, *, letter: bool) -> Sides | None:
    """Sender and recipient of a title of these forms; *letter*: it stands over a letter."""
    if found := _read_russian(text) or _read_romance(text, letter):
        return found
    forms = [_SLAVIC, _LATIN, _BY_KIND]
    if letter:
        forms.append(_OVER_LETTERS)
    for form in forms:
        if match := form.fullmatch(text):
            return Span(*match.span("from")), Span(*match.span("to"))
    german = _GERMAN.fullmatch(text)
    if german and is_party(german["from"]) and is_party(german["to"]):
        return Span(*german.span("from")), Span(*german.span("to"))
    english = _ENGLISH.fullmatch(text)
    if english and _PARTY.match(english["to"]) and (english["kind"] or is_party(english["from"])):
        return Span(*english.span("from")), Span(*english.span("to"))
    if not letter:
        return None
    if saluted := _SALUTED.fullmatch(text):
        return _split_salutation(saluted)
    named = _NAME_TO_NAME.match(text)
    if named and _can_be(named["to"]) and not _ENGLISH_BEFORE.search(named["from"]):
        return Span(*named.span("from")), Span(named.start("to"), len(text))
    if not _IN_ENGLISH.search(text) and (addressed := _ADDRESSED.match(text)):
        return None, Span(addressed.end(), len(text))
    return (None, Span(0, len(text))) if _TO_ALONE.fullmatch(text.strip()) else None


def _read_romance(text: str, letter: bool) -> Sides | None:
    lead = _ROMANCE.match(text) or (_ROMANCE_BARE.match(text) if letter else None)
    if lead is None:
        return None
    tos = list(_ROMANCE_TO.finditer(text, lead.end()))
    fits = [
        to for to in tos if _can_be(text[lead.end() : to.start()]) and _can_be(text[to.end() :])
    ]
    surest = [to for to in fits if is_party(text[to.end() :])] or fits
    if not surest:
        return None
    return Span(lead.end(), surest[0].start()), Span(surest[0].end(), len(text))


def _can_be(side: str) -> bool:
    """Whether *side* can name who writes or receives: it begins with a capital, a party or kin."""
    return side[:1].isupper() or is_party(side) or KIN.match(side) is not None or side == "madre"


def _read_russian(text: str) -> Sides | None:
    """The genitive, who writes, and the dative, whom to, behind the name of a paper."""
    lead = _RUSSIAN.match(text)
    if lead is None:
        return None
    stop = _RUSSIAN_STOP.search(text, lead.end())
    end = stop.start() if stop else len(text)
    into = list(_BODY_INTO.finditer(text, lead.end(), end))
    for word in _WORD.finditer(text, lead.end(), end):
        if into and into[0].start() < word.start():
            break
        if not _DATIVE.fullmatch(word[0]) or text[: word.start()].endswith((" в ", " во ", " к ")):
            continue
        start = word.start()
        if initials := _INITIALS_BEFORE.search(text, lead.end(), start):
            start = initials.start()
        sender = Span(lead.end(), start).of(text).rstrip()
        sender = "" if sender in ("к", "ко") else sender
        return (
            Span(lead.end(), lead.end() + len(sender)) if sender else None,
            Span(start, end),
        )
    if into and into[-1].start() > lead.end():
        return Span(lead.end(), into[-1].start()), Span(into[-1].end(), end)
    return None


def _split_salutation(saluted: re.Match[str]) -> Sides | None:
    """``Erasmus Roterodamus Thomae Moro s. d.``: the nominative, then the dative."""
    words = list(re.finditer(r"[A-Z]\w*\.?(?:\s[A-Z]\w*\.)?", saluted["names"]))
    names = [word for word in words if not word[0].endswith(".")]
    if not names:
        return None
    first = {2: 1, 3: 1 if names[1][0].endswith(("ae", "o", "i")) else 2}.get(len(names), 2)
    if first >= len(names):
        return None
    whom = names[first].start()
    return Span(0, len(saluted["names"][:whom].rstrip())), Span(whom, saluted.end("names"))
