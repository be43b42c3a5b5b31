"""Stated dates: where they stand, which one ranks, and the place of writing."""

from __future__ import annotations

import pytest
from documents import normalized

from docproc.letters.dating import stated_place
from docproc.letters.paragraphs.forms import dates_in_dateline
from docproc.records import Block, BlockKind, Span

BODY = "\n\nDear Lake,\n\nCome at once. We met on 1 May 1899.\n\nA. River"


def dates(text: str) -> list[tuple[str, str, str]]:
    return [(d.printed, d.edtf, d.place) for d in normalized(text).metadata.dates]


def test_the_date_under_the_title_ranks_before_the_signed_one_which_it_explains():
    assert dates(f"River to Lake\n\nNovember 2, 1921{BODY}\n\n2/XI - 21.") == [
        ("November 2, 1921", "1921-11-02", "heading"),
        ("2/XI - 21.", "1921-11-02", "signature"),
    ]


def test_dates_that_disagree_are_both_kept():
    assert [d[1] for d in dates(f"River to Lake\n\nNovember 2, 1921{BODY}\n\n3/XI - 21.")] == [
        "1921-11-02", "1921-11-03",
    ]  # fmt: skip


def test_a_date_that_says_more_and_agrees_ranks_first():
    assert [d[1] for d in dates(f"River to Lake\n\nNovember 1921{BODY}\n\n2 November 1921")] == [
        "1921-11-02", "1921-11",
    ]  # fmt: skip


def test_a_writers_dateline_is_no_heading():
    assert dates(f"Moscow, 2 November 1921{BODY}") == [
        ("2 November 1921", "1921-11-02", "dateline")
    ]


def test_a_date_of_arrival_is_not_the_documents():
    text = f"13th May, 1926\n\nCONFIDENTIAL\n\n(Due to arrive Melbourne-12.6.26){BODY}"
    assert [d[1] for d in dates(text)] == ["1926-05-13"]


@pytest.mark.parametrize(
    ("dateline", "place"),
    [
        ("St. Petersburg, 27 February 1908", "St. Petersburg"),
        ("Ste. Agathe, 4 May 1915", "Ste. Agathe"),
        ("Letter (air mail) BATAVIA, 9 September 1937", "BATAVIA"),
        ("Circular Cablegram B37 LONDON, 10 March 1938, 10.02 p.m.", "LONDON"),
        ("Frankfurt am Main, den 5. März 1923", "Frankfurt am Main"),
        ("Paris, le 12 juin 1920", "Paris"),
        ("On board the Providence, Disko Bay, 20 June 1861", "Disko Bay"),
        ("Camp near Falmouth, Va., May 3, 1863", "Falmouth, Va"),
        ("H.M.S. Swallow, off Valparaiso, 3 May 1851", "Valparaiso"),
        ("An Bord der Arkona, Kiel, den 3. Mai 1871", "Kiel"),
        ("À bord du Furet, Brest, le 3 mai 1871", "Brest"),
        ("A bordo del Leone, Genova, 3 maggio 1871", "Genova"),
        ("На борту «Чайки», Батум, 3 мая 1901 г.", "Батум"),
        ("16 мая 1920 г. Москва", "Москва"),
        ("Moscow\n5 March 1921", "Moscow"),
        ("Letter 5 October 1937, PERSONAL AND SECRET", None),
        ("5 March 1921", None),
        ("2. Auflage, 5. März 1921", None),
    ],
)
def test_the_place_stands_beside_the_date(dateline, place):
    text = dateline + BODY
    found = normalized(text).metadata.place
    assert (found and found.text) == place
    if found:
        assert found.span is not None
        assert found.span.of(text) == place


def test_a_russian_date_of_before_1918_may_be_old_style_and_one_in_both_calendars_is_known():
    form = (
        "Письмо И. В. Павлова Л. Д. Орлову\n\n{}\n\nДорогой друг!\n\nЯ видел его вчера в Москве.\n"
    )
    (plain,) = normalized(form.format("Петроград, 25 октября 1917 г.")).metadata.dates
    assert (plain.edtf, plain.julian, plain.if_old_style) == ("1917-10-25", None, "1917-11-07")
    (both,) = normalized(form.format("25 октября (7 ноября) 1917 г.")).metadata.dates
    assert (both.edtf, both.julian, both.if_old_style) == ("1917-11-07", "1917-10-25", None)
    (later,) = normalized(form.format("2 ноября 1921 г.")).metadata.dates
    assert later.if_old_style is None
    english = normalized("Ivanov to Petrov\n\n25 October 1917\n\nMy dear Petrov,\n\nI saw him.\n")
    assert english.metadata.dates[0].if_old_style is None


@pytest.mark.parametrize(
    ("dateline", "place"),
    [("2 Jan", None), ("Jan. 2", None), ("Riga, 2 Jan", "Riga"), ("Riga, Jan. 2", "Riga"),
     ("Frankfurt am Main, den 5. März", "Frankfurt am Main"), ("Riga", "Riga"),
     ("Octu 25,–57", None), ("Sep,-17", None), ("Lund, Decem 20.", "Lund"),
     ("Lund d. 3 Maj 1901", "Lund"), ("Samstag abends.", None), ("Ce mardi soir", None),
     ("Zum 75. Geburtstag Müllers am 15. Mai 1937", None),
     ("On the 50th Jubilee of Lund, May 15, 1937", None),
     ("[sù l’ultimo di Gennajo o ‘l principio di Febbrajo del 1718]", None),
     ("Mon Apr 4", None), ("Tues. 4 April", None), ("Lund, Sat 4 April", "Lund"),
     ("Lund, Sunday evening", "Lund"), ("-Sunday, May 17, '70", None),
     ("Branson, Mo.\n\nJanuary 29", "Branson, Mo"), ("Omaha, Nebraska, May 14", "Omaha, Nebraska"),
     ("Hotel Ek, Lund, 3 May", "Lund"), ("Belvoir, Enge", "Belvoir, Enge")],
)  # fmt: skip
def test_a_day_without_its_year_is_no_place(dateline, place):
    block = Block(BlockKind.DATELINE, Span(0, len(dateline)))
    found = stated_place(dateline, [block])
    assert (found and found.text) == place


def test_a_name_below_the_date_behind_a_letter_is_no_place():
    text = "I leave all to my wife.\n\n14 December 1915.\nPressou"
    blocks = [
        Block(BlockKind.PARAGRAPH, Span(0, 23)),
        Block(BlockKind.DATELINE, Span(25, len(text))),
    ]
    assert stated_place(text, blocks) is None
    above = "16 May 1920\nLund"
    assert stated_place(above, [Block(BlockKind.DATELINE, Span(0, 16))]).text == "Lund"


@pytest.mark.parametrize("text", [
    "Burnt in 1903.", "Looked at in 2001.", "The Flood of 1809", "Ausgabe von 1903",
])  # fmt: skip
def test_a_sentence_or_title_that_ends_in_a_year_is_no_dateline(text):
    assert dates_in_dateline(text) == ()
    assert dates_in_dateline("Lund, in May 1903")
    assert dates_in_dateline("Lund, 3rd of May of 1903")
