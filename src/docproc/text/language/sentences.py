"""Sentences: where one ends and the next begins, as exact spans.

Rules, not a model: a stop ends a sentence unless what stands before it is an abbreviation
or an initial, or what follows goes on in small letters or with the next level of an
archival reference.  The documents are full of ``A.V.Kvashonkin``, ``F. 558. Op. 2.`` and
``2 ноября 1921 г.``, which general splitters cut to pieces: of the 22 cases of the tests
pysbd 0.3.4 splits 15 as a reader would, at a hundred times the time (9 to 16 ms an
encyclopaedia paragraph), and sentencex 1.0.32 splits 14, at a third of it.
"""

from __future__ import annotations

import re

from docproc.records import Span, strip_span
from docproc.text.patterns import compile_on_use
from docproc.text.words import word_set

# abbreviations that end in a stop, by what may follow them: collected from letters, from documents
# of Russian, British, Australian, German and French archives, and from the lists of typographers
_BEFORE_A_NAME = word_set(
    """
    mr mrs ms messrs dr prof st ste gen lt maj capt col cpl sgt adm rev hon gov pres amb brig
    tov comr v vs cf viz i.e e.g co corp bros jr sr mme mlle mgr hrsg vgl z.b d.h u.a s.a bzw
    тов т тт гр граж им проф акад ген полк кап подп ул пр пл просп св ст.ст см ср напр т.е т.н
    дер пос обл губ имп кн
    """
)
"""What follows, capital or not, belongs to the same sentence."""

_BEFORE_A_NUMBER = word_set(
    """
    no nos nr vol vols pt pts p pp f ff fol fols fo op ops ch chap sect para paras fig art arts
    bd bl s n l d fasc item encl jan feb mar apr jun jul aug sep sept oct nov dec оп л лл д дд ф
    ст стр с вып гл табл рис изд п пп ч кн т разд № ед хр док прил янв фев февр мар апр авг сент
    окт нояб дек
    """
)
"""A number that follows belongs to the same sentence."""

_AFTER_A_NUMBER = word_set(
    """
    г гг в вв р руб коп тыс млн млрд об л экз м км кг пуд верст чел час мин
    """
)
"""Units: after a number they may end a sentence, elsewhere they begin a name (``г. Москва``)."""

_REFERENCE_LEVELS = (
    r"(?:F|Op|D|L|LL|Ff?|f|op|d|l|ll|Ф|Оп|Д|Л|ЛЛ|Ед|Хр|ф|оп|д|л|лл|ед|хр|RG|Bd|Bl|Box|Vol|vol|p|pp|No|Nr)"
    r"\.?\s*(?:хр\.?\s*)?[№\dА-ЯA-Z]{0,2}-?\d"
)
"""The next level of an archival reference, as it follows the stop of the level before."""

_STOP = compile_on_use(
    r"""
    [.!?…。！？]
    (?: (?<=[.!?…]) (?P<more> [.!?…]{0,8} ) ["'”’»)\]]{0,4}
        (?: \[\d{1,3}\] | [⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3} ){0,3} ["'”’»)\]]{0,2} (?=\s)
      | (?<=[。！？]) [。！？]*[」』”）]*
    )
    """,
    re.VERBOSE,
)
"""It begins with a set of characters, and no more, for so it is searched for fast."""
_OPENING = compile_on_use(r"[\s\"'“”‘«„(\[—–*_-]{0,12}")
_LEVEL = compile_on_use(_REFERENCE_LEVELS)
_WORD_BEFORE = compile_on_use(r"[\w.'’/-]+$")
_INITIALS = compile_on_use(r"(?:[^\W\d_]\.?-?){0,4}[^\W\d_]")
_TWO_LETTERS = compile_on_use(r"(?:D[zž]|I[au]|[CKPSTZ]h|[TZ]s|Y[aeiou])(?:\.[^\W\d_])*")
"""An initial that another alphabet writes with one letter: *Yu. Larin*, *V. Ts. I. K.*"""
_NUMBER = compile_on_use(r"[\W\d_]*\d[\W\d_]*|[IVXLC]{2,}")
_GERMAN_MONTH = compile_on_use(
    r"(?:Jan|Feb|Mär|April|Mai|Jun|Jul|Aug|Sept|Okt|Nov|Dez)\w*|[IVX]{1,4}[ .]"
)
_SPACED = compile_on_use(r"([^\W\d_]{3,})[)\]\"]? [.?]\s+$")
"""The end of a sentence in text whose marks stand apart, and which may be all small letters."""
_OPENERS = compile_on_use(
    r"(?:The|This|These|That|There|It|He|She|We|They|You|In|On|At|As|But|And|If|However|My|Our)\b"
)
"""Words that open an English sentence, and are no surname after an initial."""

_WINDOW = 40
"""How many characters before a stop are looked at."""


def sentences(text: str, within: Span | None = None) -> list[Span]:
    """The sentences of *text* or *within*, in order, bare, covering all that is no white space."""
    if within is None:
        within = Span(0, len(text))
    found: list[Span] = []
    start = within.start
    for match in _STOP.finditer(text, within.start, within.end):
        if match["more"] is None or _ends(text, match, start, within.end):
            span = strip_span(text, start, match.end())
            if len(span):
                found.append(span)
            start = match.end()
    rest = strip_span(text, start, within.end)
    if len(rest):
        found.append(rest)
    return found


def _ends(text: str, match: re.Match[str], start: int, end: int) -> bool:
    """Whether the stop *match* ends the sentence that began at *start*."""
    opening = _OPENING.match(text, match.end(), end)
    assert opening is not None
    at = opening.end()
    if at >= end:
        return True
    if text[at].islower():
        apart = _SPACED.search(text, max(start, match.start() - _WINDOW), at)
        return apart is not None and apart[1].casefold() not in _BEFORE_A_NAME | _BEFORE_A_NUMBER
    if match["more"] or text[match.start()] != ".":
        return True
    if _LEVEL.match(text, at, end):
        return False
    stop = match.start()
    before = _WORD_BEFORE.search(text, max(start, stop - _WINDOW), stop)
    if before is None:
        return True
    word = before[0].strip("'’-/")
    if _NUMBER.fullmatch(word):
        alone = not text[start : before.start()].strip(" \t\r\n([§")
        dated = word.isdigit() and len(word) < 3 and _GERMAN_MONTH.match(text, at, end)
        return not (alone or dated or (word.isalpha() and text[at].isdigit()))
    return _ends_after_word(text, word, before.start(), at, end)


def _ends_after_word(text: str, word: str, start: int, following: int, end: int) -> bool:
    """Whether *word*, at *start* and with a stop, ends its sentence before *following*."""
    plain = word.casefold()
    if plain in _AFTER_A_NUMBER and text[max(0, start - 12) : start].rstrip()[-1:].isdigit():
        return not text[following].isdigit()
    if plain in _BEFORE_A_NAME:
        return False
    if plain in _BEFORE_A_NUMBER and (text[following].isdigit() or text[following] == "№"):
        return False
    if plain in ("д", "п") and text[max(0, start - 4) : start].rstrip().endswith("т."):
        return True  # "и т. д.", "и т. п."
    if _TWO_LETTERS.fullmatch(word):
        return False
    if _INITIALS.fullmatch(word) and len(word) <= 9 and (len(word) == 1 or "." in word):
        return bool(word.isupper() and _OPENERS.match(text, following, end))
    return True
