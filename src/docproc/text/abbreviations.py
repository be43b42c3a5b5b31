"""Abbreviations that end in a stop, by what may follow them.

Collected from the letter's edition, from documents of Russian, British, Australian, German
and French archives, and from the usual lists of the typographers.
"""

from __future__ import annotations

from docproc.text.words import word_set

BEFORE_A_NAME = word_set(
    """
    mr mrs ms messrs dr prof st ste gen lt maj capt col cpl sgt adm rev hon gov pres amb brig
    tov comr v vs cf viz i.e e.g co corp bros jr sr mme mlle mgr hrsg vgl z.b d.h u.a s.a bzw
    тов т тт гр граж им проф акад ген полк кап подп ул пр пл просп св ст.ст см ср напр т.е т.н
    дер пос обл губ имп кн
    """
)
"""What follows, capital or not, belongs to the same sentence."""

BEFORE_A_NUMBER = word_set(
    """
    no nos nr vol vols pt pts p pp f ff fol fols fo op ops ch chap sect para paras fig art arts
    bd bl s n l d fasc item encl jan feb mar apr jun jul aug sep sept oct nov dec оп л лл д дд ф
    ст стр с вып гл табл рис изд п пп ч кн т разд № ед хр док прил янв фев февр мар апр авг сент
    окт нояб дек
    """
)
"""A number that follows belongs to the same sentence."""

AFTER_A_NUMBER = word_set(
    """
    г гг в вв р руб коп тыс млн млрд об л экз м км кг пуд верст чел час мин
    """
)
"""Units: after a number they may end a sentence, elsewhere they begin a name (``г. Москва``)."""

REFERENCE_LEVELS = (
    r"(?:F|Op|D|L|LL|Ff?|f|op|d|l|ll|Ф|Оп|Д|Л|ЛЛ|Ед|Хр|ф|оп|д|л|лл|ед|хр|RG|Bd|Bl|Box|Vol|vol|p|pp|No|Nr)"
    r"\.?\s*(?:хр\.?\s*)?[№\dА-ЯA-Z]{0,2}-?\d"
)
"""The next level of an archival reference, as it follows the stop of the level before."""
