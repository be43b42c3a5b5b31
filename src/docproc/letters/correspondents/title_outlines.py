"""The outlines of titles: who writes to whom, whose talk it was, and where a name ends."""

from __future__ import annotations

import re

from docproc.letters.paragraphs.forms import NOTE_MARK
from docproc.letters.vocabulary.offices import is_office
from docproc.letters.vocabulary.words import KINDS, SENT
from docproc.records import Span
from docproc.references import find_dates
from docproc.references.dates.finding_aid_dates import parse_statement
from docproc.text.patterns import compile_on_use

_KIN_WORDS = (
    r"(?:sisters?|brothers?|wife|husband|mother|father|parents|sons?|daughters?|friends?|cousins?|uncle"
    r"|aunt|nephew|niece|family|children|schwestern?|br[uü]der|ehe(?:frau|mann)|frau|mann|mutter|vater"
    r"|eltern|s[oö]hne?|t[oö]chter|freund(?:in|e)?|vetter|onkel|tante|familie|kinder"
    r"|s(?:œ|oe)urs?|frères?|femme|mari|mère|père|fils|filles?|amie?s?|oncle|cousine?s?|enfants"
    r"|madre|padre|genitori|sorella|fratello|moglie|marito|figli[oa]|amic[oa]|espos[oa]|hij[oa]|herman[oa]"
    r"|søster|bror|broder|syster|kone|hustru|man|mor|moder|far|fader|zuster|broer|vrouw|moeder|vader"
    r"|сестр[еу]|брату|жене|мужу|матери|отцу|друг[уе]|сыну|дочери|родителям)"
)
_KIN = (
    r"(?:her|his|their|my|our|(?:ihre|seine|meine)[nmrs]?|sa|son|ses|ma|mon|mes|(?:la\s)?sua|(?:al\s)?suo"
    r"|su|sus|hans|hendes|sin|sitt|zijn|haar|сво(?:ей|ему|им)|его|её|ее)\s(?:[^\W\d_]+\s){0,2}?"
    rf"{_KIN_WORDS}"
)
KIN_WORDS = compile_on_use(_KIN_WORDS, re.IGNORECASE)
KIN = compile_on_use(rf"{_KIN}(?=[\s,.;(\[]|\Z)[\s,]*", re.IGNORECASE)
"""Whom a title calls by what they are to the one who writes: "to her sister Maria"."""
TO = compile_on_use(
    r"(?:(?:(?<=\S),?\s+|^)(?:to|TO|к|an|à|a|⟦recipient⟧)|^(?:To|An(?![^\n]*\s(?:of|the|in|for|on|to)\s)|À|К))"
    r"\s+"
    r"(?=[\"“«(]?(?:(?:the|THE|den|die|das|dem|der|la|le|les)\s)?[^\W\d_a-zа-яё]"
    r"|(?:the|den|dem|der|die|das|le|la)\s[^\W\d_A-ZÀ-Þ][\w-]+\s(?:of|at|in|von|zu|de|du)\s[^\W\d_a-zа-яё]"
    rf"|(?i:{_KIN})(?!\w))"
)
_OFFICE_TO = compile_on_use(
    r"(?:mission|ambassador|commissioner|commission|delegation|delegate|representative|minister|envoy"
    r"|legation|embassy|observer|adviser|secretary|assistant|consul|apostle|successor|ambassadeur"
    r"|ministre|envoyé|légation|d['’]affaires|ministro|console|ambasciatore|embajador|cónsul)\Z",
    re.IGNORECASE,
)
"""Before "to": an office, as in "Mission to the United Nations"; so another "to" is surer."""
_PAPER = (
    "(?:" + "|".join(words for words, kind in KINDS if kind in SENT) + "|cards?|envelopes?|covers?"
    r"|cop(?:y|ies)|drafts?|fragments?|transcripts?|enclosures?"
    r"|\w*karten?|kartenbrief\w*|umschl[aä]ge?|kuverts?|entw[uü]rfe?|konzepte?|abschrift(?:en)?"
    r"|\w*briefe?s?|kopien?|brouillons?|enveloppes?|copies?|cartes?|billets?|bozz[ae]|cop(?:ia|ie)"
    r"|bigliett[oi]|busta|sobre|tarjetas?|borrador|brev\w*|kort|konvolutt|копи[яи]|черновик\w*"
    r"|конверт\w*|карточк\w*)"
)
"""What is sent, or what was kept of it."""
_PAPER_FROM = compile_on_use(
    rf"""\W*(?:(?:No|Nr|N°|№)\.?\s?\d{{1,5}}[a-z]?[.,:)]?\s*[—–-]?\s*)?(?:[\w’'-]+\s+){{0,3}}?{_PAPER}(?:\(\w+\))?
    (?:[,:]?\s+(?:{_PAPER}|numbers?|num[eé]ro|nummer|no\.?|nr\.?|n°|№|[\w./-]*\d[\w./-]*|postale?|of|an?
        |the|aus|einem|einer|eines|des|der|d’un|d'un|d’une|d'une|di|una?|and|und|et|e|y)(?!\w))
      {{0,5}}[,:]?\s+(?P<from>from|by|von|vom|fra|från|van|du|des|del|dello|della|de|di|da|от|of|⟦sender⟧)\s+""",
    re.VERBOSE | re.IGNORECASE,
)
"""``Envelope from``, ``Abschrift eines Briefes von``: an outline of *from* whom *to* whom."""
_TO_BEHIND = {
    "fra": r"til",
    "från": r"till",
    "van": r"aan",
    "di": r"a|ad|al|alla|ai",
    "da": r"a|ad|al|alla|ai",
    "de": r"à|a|au|aux|al",
    "du": r"à|au|aux",
    "des": r"à|au|aux|an|ans",
    "del": r"a|ad|al|alla|ai",
    "dello": r"a|ad|al|alla|ai",
    "della": r"a|ad|al|alla|ai",
}
_LEARNED_TO = compile_on_use(r"\s(?:⟦recipient⟧)\s", re.IGNORECASE)
_BELOW = compile_on_use(
    rf"""\W*(?P<who>(?-i:[^\W\d_a-zа-яё])[^,:()\n\d]{{2,60}}?)(?:['’]s\s|[:,]\s)
    (?:(?:(?:an?|the)\s)?{_PAPER}\s(?:to|an|à|til|till|aan|a|к)
      |(?<=:\s)(?-i:To|TO|An|À))\s""",
    re.VERBOSE | re.IGNORECASE,
)
"""``Ida Holm: Letter to``, ``Ida Holm's letter to``, ``Ida Holm: To``."""
_ENGLISH = compile_on_use(r"(?<!\w)(?:of|the|on|for|and)(?!\w)|['’]s(?!\w)", re.IGNORECASE)
"""In these titles "An" is no German preposition: ``Love's Mind: An Essay``."""
_TO_FROM = compile_on_use(
    r"\W*(?:[Tt]o|TO|[Aa]n|К)[:\s]\s*(?P<to>[^\n]{3,120}?)\s(?:[Ff]rom|FROM|[Vv]on|от):?\s(?P<from>.+)"
)
"""``To Ida Holm from Per Ek``."""

_OFFICE_TO_OFFICE = compile_on_use(
    r"\W*(?:(?:Les?|La|L['’]|Il|Lo|El)\s?(?P<from>[^,:;\n]{3,80}?(?:,\s[^,:;\n\d]{3,40},)?)|(?P<person>[^\W\d_a-zа-яё][\w’'.-]*"
    r"(?:\s[^\W\d_a-zа-яё][\w’'.-]*){1,4}(?:,\s[^,:;\n\d]{3,40},)?))\s(?:aux?|à\sla|à\sl['’]|alla|all['’]|all?|"
    r"à(?=\s(?:M\.|Mgr|Mon(?:sieur|seigneur)|S(?:on|a)\s[EÉ]))|al)\s?(?P<to>[^:;\n]{3,120})"
)
"""``Le sous-préfet de Redon au préfet``, ``Il console a Riga al ministro``."""
_SPOKEN_TO = compile_on_use(
    r"(?P<from>[А-ЯЁ][а-яё-]+(?:\s[А-ЯЁ][а-яё-]+)?)\s[–—-]\s"
    r"(?P<to>(?:[а-яё-]+(?:у|ю|ому|ему)\s)?[А-ЯЁ][а-яё-]+(?:у|ю|ому|ему|ой))"
)
"""``Гуськов — Антонову``: whom it is for stands in the dative."""
_WRITTEN_TO = compile_on_use(
    r"(?P<from>[А-ЯЁ][\w.-]*(?:\s[\w.-]+){1,4}|[А-ЯЁ][\w-]+(?=\s[–—-]\s(?:муж|жен|брат|сестр|сын|доч|мат|отц|друг)))"
    r"\s[–—-]\s(?P<to>в\s[А-ЯЁа-яё -]{4,80}|(?:\w+[уюейи]|\w{2,}[ая]м)(?:\s[\w.-]+){0,5})"
)
"""``Учительница Тихомирова — в земскую управу``, ``Марья Савватеева — мужу``, over a letter."""


def find_outlines(text: str, *, letter: bool) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Where sender and recipient may stand in *text*, the surest first; none if no outline fits.

    *letter* says that what stands below *text* looks like a letter.
    """
    if lead := _PAPER_FROM.match(text):
        start = lead.end()
        behind = _TO_BEHIND.get(lead["from"].lower())
        own = re.compile(rf"\s(?:{behind})\s", re.IGNORECASE) if behind else _LEARNED_TO
        found = list(own.finditer(text, start)) or list(TO.finditer(text, start))
        tos = sorted(found, key=lambda match: sureness(text, match))
        return [((start, match.start()), (match.end(), len(text))) for match in tos]
    below = _BELOW.match(text)
    if below and not (below[0].endswith("An ") and _ENGLISH.search(text)):
        return [(below.span("who"), (below.end(), len(text)))]
    turned = _TO_FROM.match(text)
    if turned and not (" von " in text and text.count(" ") == 3):  # "An Charlotte von Stein"
        return [(turned.span("from"), turned.span("to"))]
    office = _OFFICE_TO_OFFICE.match(text)
    if office and is_office(office["to"]) and (office["person"] or is_office(office["from"])):
        return [(office.span("person" if office["person"] else "from"), office.span("to"))]
    spoken = _SPOKEN_TO.fullmatch(text) or (_WRITTEN_TO.fullmatch(text) if letter else None)
    return [(spoken.span("from"), spoken.span("to"))] if spoken else []


def sureness(text: str, to: re.Match[str]) -> tuple[bool, bool, int]:
    """How sure it is that *to* parts sender and recipient in *text*: the least first."""
    office = _OFFICE_TO.search(text, max(0, to.start() - 20), to.start())
    named = text[max(0, to.start() - 1) : to.start()] == ")"  # "Chairman to X (Hill) to the Board"
    return "," not in to[0] and not named, office is not None, to.start()


_TALKS = (
    r"conversations?|meetings?|discussions?|talks?|interviews?|conversaci(?:ón|ones)|entrevistas?"
    r"|reunión|entretiens?|entrevues?|réunions?|gespräch(?:e?s)?|unterredung(?:en)?|besprechung(?:en)?"
    r"|unterhaltung|colloqui[oi]?|conversazion[ei]|incontr[oi]|бесед[аыу]?|разговора?|встреч[аи]"
)
_RECORDS = (
    r"memorand(?:um|a)|notes?|record|minutes?|summary|report|transcript|account|acta|nota|informe"
    r"|memor[aá]ndum|resumen|compte[- ]rendu|procès-verbal|aufzeichnung|niederschrift|protokoll"
    r"|vermerk|notiz|bericht|verbale|appunto|resoconto|запись|протокол"
)
_OF = (
    r"(?:\s+of|\s+de|\s+sobre|\s+sur|\s+über|\s+von|\s+di|\s+su|(?=\s+(?:eine[sr]?|des|der|du|del|della"
    r"|d['’]|бесед|разговора|встречи)))"
)
_ARTICLE = (
    r"(?:\s+(?:an?|the|la|una?|le|un|une|das|die|den|ein|eine[nsr]?|der|des|du|il|lo)"
    r"|\s+(?:l['’]|d['’](?:un\s+|une\s+)?|del(?:la)?\s))?\s*"
)
_BETWEEN = r"(?:between|with|among|entre|con|avec|zwischen|mit|tra|fra|между|со?)"
_TALK = compile_on_use(
    rf"""\W*(?:(?:draft|extracts?\s(?:from|of)|partial|summary)\s+)*
    (?:(?:{_RECORDS}){_OF}{_ARTICLE}(?:\w+\s){{0,2}}?(?:{_TALKS})(?!\w)
       (?:\s+{_BETWEEN}\s+(?P<who>.+))?
     |(?:{_TALKS})\s+{_BETWEEN}\s+(?P<other>.+))""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)


def find_conversation(title: str) -> tuple[int, int] | None:
    """Where *title* names those whose talk it tells of, ``(0, 0)`` if it names nobody.

    ``None`` where it tells of none: ``Memorandum of Conversation Between A and B`` does.
    """
    talk = _TALK.match(title)
    if talk is None:
        return None
    group = "who" if talk["who"] else "other"
    return talk.span(group) if talk[group] else (0, 0)


_DATED = compile_on_use(
    r",?\s[\[(]?(?:dated|of|from|on|vom|von|den|am|от|le|du|del|dat(?:iert|\.)|vermutlich|wohl"
    r"|probably|wahrscheinlich|perhaps|um|about|circa|ca\.?|(?:not\s)?(?:before|after)|between"
    r"|(?:nicht\s)?(?:vor|nach)|zwischen|avant|après|entre|prima\sdi|dopo(?:\sil)?|antes\sde"
    r"|después\sde|(?:не\s)?(?:ранее|позднее)|до|после|между)\Z",
    re.IGNORECASE,
)
_WEEKDAY = compile_on_use(
    r",?\s(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|diens|donners|frei|sams|sonn)tag"
    r"|mittwoch|sonnabend|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\Z",
    re.IGNORECASE,
)
_REMARK = compile_on_use(
    r"(?:\.?\s\[[^\[\]\n]{2,40}\]|[\s.—–-]+\([Rr]eceived[^()\n]*\)|\s\((?:photo)?(?:cop(?:y|ies)|abschrift(?:en)?|kopien?|drafts?|entw[uü]rfe?"
    r"|fragments?|auszug|extracts?|incomplete|copies?)\)|,\s(?:temporarily|then|now)\s(?:at|in)\s[^,\n]{2,40}"
    r"|,\s\d{1,2}(?:[.:]\d\d)?\s?[ap]\.?\s?m\.?|,\s(?:noon|midnight)"
    r"|,\s[0-2]?\d[.:]?[0-5]\d\s?(?:[A-Z]|GMT|UTC|hours|hrs|Uhr|h)\.?)+\.?\s*\Z",
    re.IGNORECASE,
)
"""What stands behind a name and is no part of it: ``[Extracts.]``, ``, 3 p.m.``"""
_PLACE_BEFORE = compile_on_use(
    r"(?:(?:,|(?<!\b[^\W\d_])\.)\s|\n)[^\W\d_a-zа-яё][\w’'-]+"
    r"(?:\s(?:am|an der|upon)?\s?[^\W\d_a-zа-яё][\w’'.-]+)?\Z"
)
_OPENED = compile_on_use(r"\s?[(\[][^()\[\]]*\Z")
"""A bracket with a place in it that a date closes: ``(Göttingen,``."""
_STOPPED = compile_on_use(r"(?<=[^\W\d_]{4})\.\Z")
_NUMBERED = compile_on_use(r",\s(?:no|nr|№)\.?\s?\d+[a-z]?\Z", re.IGNORECASE)
_NOWHERE = compile_on_use(
    r"(?:[,;]?\s[\[(]?(?:o\.\s?[OJDTu]\.?|s\.\s?[dla]\.?|n\.\s?[dp]\.?|undatiert|undated"
    r"|ohne\s(?:Ort|Datum|Jahr)|б\.\s?[дмг]\.?|без\s(?:даты|места))[\])]?)+\s*\Z",
    re.IGNORECASE,
)
"""That the place or the day is not known: ``, o. O., o. D.``"""
_SUPPLIED = compile_on_use(
    r"\A[^\[\]]*\d[^\[\]\d]{1,20}"
    r"(?:\[\d{1,3}\]\d{1,3}|\d{1,3}\[\d{1,3}\]?|\[\d{4}(?:\s\w+\s\d{4})?\??\]?)\.?\Z"
)
"""A day whose year, or part of it, an editor supplies: ``1 August [1873]``, ``3 May [188]9``."""
_ALTERNATIVE = compile_on_use(r"(?<=\d)\s(?:or|oder|ou|o|или)\s\d{4}\??\.?\Z")
_CATALOGUED = compile_on_use(
    r",\s(?:\d{1,3}\s)?(?:[AT](?:LS|LsS|lsS|NS?|L|PCS)(?!\w)|\d+\s?pp?(?!\w)).*\Z", re.DOTALL
)
"""How catalogues say what was kept of a letter: ``, TLS (copy)``, ``, 3 pp.``"""


def trim_name(text: str, start: int, end: int) -> Span:
    """``start:end`` without what surrounds a name: marks of notes, quotation marks, a stop."""
    mark = NOTE_MARK.search(text, start, end)
    end = mark.start() if mark else end
    while start < end and text[start] in ' \t\r\n\xa0,;:_*"“”':
        start += 1
    while end > start and text[end - 1] in ' \t\r\n\xa0,;:_*"“”':
        end -= 1
    if text[start:end].endswith(".") and not re.search(r"(?<!\w)(?:\w|[IVX]+)\.$", text[start:end]):
        end -= 1  # a stop, and not an initial's
    return Span(start, end)


def cut_date(text: str, name: Span, *, inverted: bool = False) -> Span:
    """*name* without what a heading gives behind it: ``to K. Thoms, Riga, Tuesday, July 1951``.

    That is a date, with its place and the day of the week, an hour, a remark in brackets.  Where
    names are *inverted*, what follows the first comma is a forename.
    """
    line = _NOWHERE.sub("", _CATALOGUED.sub("", name.of(text)).rstrip(" ,;"))
    line = _NUMBERED.sub("", line)
    if _SUPPLIED.search(line):  # the brackets stand in the date alone, behind the name
        line = _ALTERNATIVE.sub("", line.replace("[", "").replace("]", ""))
    else:
        line = _REMARK.sub("", line).rstrip(" ,;")
    dates = find_dates(line)
    if bare := _without_statement(line, dates[-1].printed if dates else ""):
        return Span(name.start, name.start + len(bare))
    if not dates or dates[-1].span.end < len(line.rstrip(" .)]")):
        return Span(name.start, name.start + len(line))
    before = line[: dates[0].span.start].rstrip(" ,;(–—-[")
    before = _DATED.sub("", _DATED.sub("", _WEEKDAY.sub("", before)))
    before = _NOWHERE.sub("", _OPENED.sub("", before))
    place = _PLACE_BEFORE.search(before) if line[len(before) :][:1] in ",[(" else None
    if place and not (inverted and "," not in before[: place.start()]):
        before = before[: place.start()]
    end = len(_STOPPED.sub("", _NUMBERED.sub("", before)))
    return Span(name.start, name.start + end) if end else name


def _without_statement(line: str, date: str) -> str:
    """*line* without more than a *date* behind it, as finding aids state them: ``, 1901, 1903``."""
    for comma in re.finditer(r"(?<!\d),\s(?=[^()\[\]]+\Z)", line):
        if line[comma.end() :] != date and parse_statement(line[comma.end() :]):
            return _REMARK.sub("", line[: comma.start()])
    return ""
