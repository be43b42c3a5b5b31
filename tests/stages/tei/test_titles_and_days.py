"""Titles and days of single letters, entries and minutes: whose title and whose day it is."""

import pytest
from tei_files import described, edition, one, understood

from docproc.citing.wording import differing_dates


def dated(element):
    return one(described(f"<persName>Ida Holm</persName>{element}")).metadata.date


def test_the_title_for_sorting_dates_an_entry_and_not_the_years_of_the_diary():
    titles = '<title type="main">Wednesday, 4 April 1888</title><title type="sub">Diary 1879–1931'
    dated = f'{titles}</title><title type="iso-date">1888-04-04</title>'
    text = "<text><body><p>At home.</p></body></text>"
    printed = dated.replace('iso-date">1888-04-04', 'iso-date" when-iso="1888-04-04">4. 4. 1888')
    for each in (f"{titles}</title>", dated, printed):
        assert one(edition(text, titles=each)).metadata.date.edtf == "1888-04-04"


def test_minutes_are_of_the_day_and_place_of_the_meeting_and_of_a_volume_of_their_series():
    titles = (
        '<title level="s" type="desc">Online</title><title level="s" type="main">Minutes of the '
        'Board 1848–1867</title><title level="m" type="main">Band 2</title><title level="a">Sitting'
        ' 48</title><meeting><placeName>Libau</placeName><date when="1848-05-22"/></meeting>'
    )
    text = "<text><body><p>A.</p><p>The Board has read it. Libau, 29 May 1848.</p></body></text>"
    about = one(edition(text, titles=titles)).metadata
    assert (about.date.edtf, about.place.text) == ("1848-05-22", "Libau")
    found = about.collection
    assert (found.title, found.volume) == ("Minutes of the Board 1848–1867", "2")


@pytest.mark.parametrize(
    ("when", "edtf"),
    [("18410915", "1841-09-15"), ("18410900", "1841-09"), ("18460000", "1846"),
     ("1841-09-00", "1841-09"), ("1841-9-5", "1841-09-05"), ("1841-09-15Z", "1841-09-15"),
     ("1841-09-15+01:00", "1841-09-15")],
)  # fmt: skip
def test_zeros_in_a_date_are_what_is_not_known(when, edtf):
    assert dated(f'<date when="{when}"/>').edtf == edtf


def test_letters_without_heads_of_their_own_do_not_bear_the_title_of_what_prints_them():
    described = "".join(
        f'<correspDesc xml:id="c{n}"><correspAction type="sent"><name>{sender}</name>'
        f'</correspAction><correspAction type="received"><name>Per Ek</name></correspAction>'
        "</correspDesc>"
        for n, sender in ((1, "Ida Holm"), (2, "Ada Lind"))
    )
    letters = "".join(
        f'<div type="letter" xml:id="l{n}" corresp="#c{n}"><p>Words.</p></div>' for n in (1, 2)
    )
    data = edition(
        f"<text><body>{letters}</body></text>",
        f"<profileDesc>{described}</profileDesc>",
        titles="<title>To teachers</title>",
    )
    found = [d.metadata for d in understood(data).values() if d.member]
    assert [about.title for about in found] == [None, None]
    assert {about.collection.title for about in found} == {"To teachers"}


def test_the_head_of_a_letter_alone_says_more_than_what_the_file_is_called():
    text = (
        '<text><body><div type="letter"><head>Ida Holm to Per Ek, July 1951</head><p>The ships.</p>'
        "</div></body></text>"
    )
    about = one(edition(text, titles="<title>Harbour papers, box 3</title>")).metadata
    assert about.title.text == "Ida Holm to Per Ek, July 1951"
    assert (about.sender.text, about.recipient.text) == ("Ida Holm", "Per Ek")
    assert (about.date.edtf, about.collection.title) == ("1951-07", "Harbour papers, box 3")
    own = one(edition(text, titles="<title>Ida Holm to Per Ek (draft)</title>")).metadata
    assert (own.title.text, own.collection) == ("Ida Holm to Per Ek (draft)", None)
    book = text.replace(' type="letter"', "").replace("Ida Holm to Per Ek", "From Lund to Malmö")
    assert one(edition(book, titles="<title>Travels</title>")).metadata.sender is None


def test_a_complete_title_that_names_both_sides_is_the_letters_own():
    text = '<text><body><div type="document"><p>The ships.</p></div></body></text>'
    titles = '<title type="complete">Letter From Ida Holm to Per Ek, July 1951</title>'
    about = one(edition(text, titles=titles)).metadata
    assert (about.sender.text, about.recipient.text) == ("Ida Holm", "Per Ek")
    assert about.collection is None


def test_below_the_title_of_a_letter_stands_the_edition_and_below_that_of_a_text_its_subtitle():
    sub = '<title type="sub">Ships and Kin. The correspondence of the Holms</title>'
    letter = f'<title type="main">Ida Holm an Per Ek, o. O., o. D. (Mai 1684)</title>{sub}'
    sent, received = "<persName>Ida Holm</persName>", "<persName>Per Ek</persName>"
    about = one(described(sent, received, titles=letter)).metadata
    assert about.title.text == "Ida Holm an Per Ek, o. O., o. D. (Mai 1684)"
    assert about.collection.title == "Ships and Kin. The correspondence of the Holms"
    book = f'<title type="main">The Pier</title>{sub.replace("correspondence", "house")}'
    about = one(described(sent, received, titles=book)).metadata
    assert about.title.text == "The Pier. Ships and Kin. The house of the Holms"
    assert about.collection is None


@pytest.mark.parametrize(
    ("sent", "name"),
    [("<ref target='#x'>Ida Holm</ref>", "Ida Holm"), ("Ida Holm", "Ida Holm"),
     ("<persName><reg>Holm, Ida</reg></persName>", "Holm, Ida"),
     ("<persName><surname>Holm</surname><forename>Ida</forename></persName>", "Holm, Ida"),
     ("<persName><surname>Nagy</surname> <forename>Imre</forename></persName>", "Nagy Imre")],
)  # fmt: skip
def test_who_acted_is_named_in_whatever_element_or_none(sent, name):
    about = one(described(f'{sent}<date when="1901"/>', "Per Ek")).metadata
    assert (about.sender.text, about.recipient.text) == (name, "Per Ek")


def test_a_day_that_stands_there_in_both_calendars_is_one_day():
    about = one(
        described(
            '<persName>Ida Holm</persName><date when="1917-08-13">13 August 1917</date>'
            '<date when="1917-07-31" calendar="#julian">31 July 1917</date>'
        )
    ).metadata
    assert [(d.edtf, d.julian) for d in about.dates] == [("1917-08-13", "1917-07-31")]


def test_a_block_of_words_in_correspdesc_says_who_wrote_to_whom():
    profile = (
        "<profileDesc><correspDesc><ab>From <persName>Ida Holm</persName> to <persName>Per Ek"
        '</persName>, <date when="1901-05-03">3 May 1901</date></ab></correspDesc></profileDesc>'
    )
    about = one(edition("<text><body><p>A.</p></body></text>", profile)).metadata
    assert (about.sender.text, about.recipient.text) == ("Ida Holm", "Per Ek")
    assert about.date.edtf == "1901-05-03"


def of_documents(*inner):
    parts = (
        f'<div type="document" xml:id="d{number}">{each}<p>The pier burned on 3 May 1900.</p></div>'
        for number, each in enumerate(inner, 1)
    )
    return [
        d.metadata
        for d in understood(edition(f"<text><body>{''.join(parts)}</body></text>")).values()
    ]


def test_a_first_paragraph_that_is_nothing_but_a_date_dates_the_text_and_entries_do_not():
    marked = '<p><date when="1931-06-11">June 11, 1931</date></p>'
    found = of_documents(
        f"<head>Memorandum</head>{marked}",
        "<head>Note</head><p>12 June 1931.</p>",
        "<head>Proofs</head><p>Printing at the Press, 12 June 1931</p>",
        "<head>Diary</head><p>11 June 1931</p><p>Ice.</p><p>12 June 1931</p>",
        "<head>Annals</head><p>1931</p>",
        "<head>Note</head><p>On June 11, 1931, the pier burned.</p>",
    )
    assert [each.date and each.date.edtf for each in found] == [
        "1931-06-11", "1931-06-12", None, None, None, None
    ]  # fmt: skip


def test_descriptions_from_before_actions_name_sender_and_addressee():
    profile = (
        "<profileDesc><correspDesc><sender>Ida Holm</sender><addressee><persName>Per Ek</persName>"
        '</addressee><placeName>Lund</placeName><date when="1871-05-02"/></correspDesc>'
        "</profileDesc>"
    )
    text = "<text><body><p>The pier burned.</p></body></text>"
    about = one(edition(text, profile)).metadata
    assert (about.sender.text, about.recipient.text) == ("Ida Holm", "Per Ek")
    assert (about.place.text, about.date.edtf) == ("Lund", "1871-05-02")


@pytest.mark.parametrize(
    ("titled", "differs"),
    [("3 May 1871", "the title has “3 May 1871”; the markup 2 May 1871"),
     ("2. 5. 1871", ""), ("[2 May 1871]", ""), ("14 May 1871", ""), ("May 1871", ""),
     ("the fire of 3 May 1871 at Lund", "")],
)  # fmt: skip
def test_a_title_whose_day_is_not_that_of_the_markup_is_told(titled, differs):
    titles = f"<title>Ida Holm to Per Ek, {titled}</title>"
    sent = '<persName>Ida Holm</persName><date when="1871-05-02"/>'
    about = one(described(sent, "<persName>Per Ek</persName>", titles=titles)).metadata
    assert differing_dates(about) == differs


def test_a_closing_greets_nobody():
    text = "<text><body><div type='letter'><p>Come.</p><closer><salute>Very truly yours,</salute>"
    found = one(edition(f"{text}</closer></div></body></text>"))
    assert found.metadata.recipient is None
