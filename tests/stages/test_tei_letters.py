"""Who wrote a letter, to whom, where and when, by its creation, its source and its dateline."""

import pytest
from tei_files import dated, described, edition, one, understood

BODY = "<text><body><p>The mill burned.</p></body></text>"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Ann<lb/>Hill", "Ann Hill"), ("Ann<space/>Hill", "Ann Hill"),
        ("<forename>Ann</forename><surname>Hill</surname>", "Ann Hill"),
        ("<choice><abbr>A.</abbr><expan>Ann</expan></choice> Hill", "A. Hill"),
        ('<ref target="#p1">Ann Hill</ref><note>The miller.</note>', "Ann Hill"),
    ],
)  # fmt: skip
def test_a_name_is_read_as_it_is_shown(name, words):
    assert one(described(f"<persName>{name}</persName>")).metadata.sender.text == words
    signed = f"<closer><signed><persName>{name}</persName></signed></closer>"
    letter = f"<text><body><p>The mill burned.</p>{signed}</body></text>"
    assert one(edition(letter)).metadata.sender.text == words


def test_a_date_with_a_line_or_a_choice_in_it_is_one_date():
    date = (
        '<date when="1901-05-03"><choice><abbr>3 V.</abbr><expan>3 May</expan></choice> 1901</date>'
    )
    assert dated(date).printed == "3 V. 1901"
    line = '<dateline>Lund, <date when="1901-05-03">3<space/>May<lb/>1901</date></dateline>'
    about = one(edition(f"<text><body>{line}<p>The mill burned.</p></body></text>")).metadata
    assert [each.edtf for each in about.dates] == ["1901-05-03"]


def test_creation_says_who_wrote_to_whom_by_roles():
    created = (
        '<profileDesc><creation><persName type="sender">Ida Holm</persName> to <persName '
        'role="recipient">Per Ek</persName>, <placeName>Lund</placeName></creation></profileDesc>'
    )
    about = one(edition(BODY, created)).metadata
    assert (about.sender.text, about.recipient.text) == ("Ida Holm", "Per Ek")
    assert (about.place.text, about.kind) == ("Lund", "letter")


ORIGIN = (
    '<msDesc><history><origin><origDate when="1901-05-03">3 May</origDate><origPlace>Lund'
    "</origPlace></origin></history></msDesc>"
)


def test_the_origin_of_the_one_manuscript_dates_a_letter_that_does_not_date_itself():
    titles = "<title>Ida Holm to Per Ek</title><author>Holm, Ida</author>"
    about = one(edition(BODY, titles=titles, source=ORIGIN)).metadata
    assert (about.date.edtf, about.place.text) == ("1901-05-03", "Lund")
    assert (about.sender.text, about.recipient.text) == ("Ida Holm", "Per Ek")
    dated_itself = BODY.replace("<p>", "<dateline>Lund, 4 May 1901</dateline><p>")
    assert one(edition(dated_itself, source=ORIGIN)).metadata.date.edtf == "1901-05-04"
    assert one(edition(BODY, source=ORIGIN * 2)).metadata.date is None


def test_a_place_that_a_name_is_written_for_is_no_sender():
    about = one(
        described(
            "<orgName><rs type='org' ref='#o1'>Post office Libau</rs></orgName>"
            "<placeName><rs type='place' ref='#p1'>Libau</rs></placeName>",
            "<persName>Holm, Ida</persName><address><addrLine><name>Mill Road</name></addrLine>"
            "</address>",
        )
    ).metadata
    assert about.sender.text == "Post office Libau"
    assert about.recipient.text == "Holm, Ida"
    assert about.place.text == "Libau"


def test_several_editors_in_one_element_are_told_apart():
    titles = "<title>A</title><editor><name>Ek, Per</name><name>Holm, Ida</name></editor>"
    document = one(edition("<text><body><p>The pier burned.</p></body></text>", titles=titles))
    assert ("editor", "Ek, Per; Holm, Ida") in document.metadata.other


def test_the_reference_is_that_of_the_source_though_others_are_named_before_it():
    kept = (
        "<msDesc><msIdentifier><repository>Town Library</repository><idno>MS {}</idno>"
        "</msIdentifier></msDesc>"
    )
    data = edition("<text><body><p>The pier burned.</p></body></text>", source=kept.format(7))
    other = b"<editionStmt><p>" + kept.format(9).encode() + b"</p></editionStmt>"
    data = data.replace(b"</titleStmt>", b"</titleStmt>" + other)
    printed = [each.printed for each in one(data).references]
    assert printed == ["Town Library, MS 7", "Town Library, MS 9"]


LETTER = "<text><body><p>The pier burned.</p></body></text>"


@pytest.mark.parametrize(
    ("source", "titles", "sender", "recipient"),
    [
        ('<bibl type="brief"><author>Ida Holm</author></bibl>', "", "Ida Holm", None),
        (
            '<bibl type="letter"/><biblFull><titleStmt><title>On piers</title><author><persName>'
            "<forename>Ida</forename> <surname>Holm</surname></persName></author>"
            '<persName type="addressee">Per Ek</persName></titleStmt></biblFull>',
            "", "Ida Holm", "Per Ek",
        ),
        (
            '<bibl type="letter"/><msDesc><msContents><msItem><author>Ida Holm</author></msItem>'
            "</msContents></msDesc>",
            "", "Ida Holm", None,
        ),
        ('<bibl type="brief"/>', "<author>Ida Holm</author>", "Ida Holm", None),
        ('<bibl type="book"><author>Ida Holm</author></bibl>', "", None, None),
        (
            '<bibl type="brief"/><biblStruct><monogr><author>A. B.</author></monogr></biblStruct>',
            "", None, None,
        ),
    ],
)  # fmt: skip
def test_the_description_of_a_letter_says_who_wrote_it(source, titles, sender, recipient):
    titles = f"<title>Harbour papers</title>{titles}"
    about = one(edition(LETTER, titles=titles, source=source)).metadata
    assert (about.sender and about.sender.text) == sender
    assert (about.recipient and about.recipient.text) == recipient


TAKING_PART = (
    '<profileDesc><particDesc><person role="sender"><persName key="Holm, Ida">Ida Holm</persName>'
    '</person><person role="recipient"><persName>Per Ek</persName></person></particDesc>'
    "</profileDesc>"
)


def test_the_roles_of_those_who_take_part_say_who_wrote_to_whom():
    about = one(edition(LETTER, TAKING_PART, "<title>On piers</title>")).metadata
    assert (about.sender.text, about.recipient.text) == ("Ida Holm", "Per Ek")


def test_a_name_within_an_address_is_the_recipients_where_there_is_no_other():
    about = one(described("<persName>Ida Holm</persName>",
                          "<address><persName>Per Ek</persName></address>")).metadata  # fmt: skip
    assert (about.recipient.text, about.place) == ("Per Ek", None)


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        (
            '<bibl><idno type="callno">Ms. 5, Box 9</idno><orgName>Falk Papers, Town Library'
            "</orgName></bibl>",
            "Falk Papers, Town Library, Ms. 5, Box 9",
        ),
        ("<bibl><orgName>Town Library, Lund</orgName></bibl>", "Town Library, Lund"),
        ("<bibl><orgName>Town Library</orgName><publisher>Press</publisher></bibl>", None),
        ("<bibl><orgName>Harbour Board</orgName></bibl>", None),
    ],
)
def test_a_description_of_the_source_says_where_it_is_kept(source, printed):
    references = one(edition(LETTER, source=source)).references
    assert [each.printed for each in references] == ([printed] if printed else [])


def test_a_letter_is_in_what_distributes_it_and_never_in_itself():
    titles = '<title level="m" type="main">Ida Holm to Per Ek, 3 May 1901</title>'
    data = edition(LETTER, titles=titles)
    assert one(data).metadata.collection is None
    given = b"<distributor>The Holm Archive</distributor></publicationStmt>"
    archive = one(data.replace(b"</publicationStmt>", given)).metadata.collection
    assert archive.title == "The Holm Archive"
    entries = "".join(f'<div type="entry"><head>{n} May</head><p>Rain.</p></div>' for n in (3, 4))
    diary = understood(edition(f"<text><body>{entries}</body></text>", titles=titles))
    assert {each.metadata.collection.title for each in diary.values()} == {
        "Ida Holm to Per Ek, 3 May 1901"
    }


def test_the_place_is_the_one_that_the_dateline_marks():
    line = '<opener><dateline><name type="place">[London, Ont.,]</name> <date when="1889-02-17">17 '
    text = f"<text><body>{line}Feb.</date></dateline></opener><p>The pier burned.</p></body></text>"
    assert one(edition(text)).metadata.place.text == "London, Ont."


@pytest.mark.parametrize(
    ("house", "day"), [("Town Library", "1890-12-24"), ("Harbour Press", None)]
)
def test_the_day_that_a_description_of_the_kept_original_gives_dates_the_letter(house, day):
    source = (
        f'<bibl><date when="1890-12-24">24 December 1890</date><orgName>{house}</orgName></bibl>'
    )
    date = one(edition(LETTER, source=source, titles="<title>On piers</title>")).metadata.date
    assert (date and date.edtf) == day


def test_a_pen_name_is_another_name_of_the_same_person_and_no_part_of_the_first():
    name = '<persName>Ida Holm <addName type="pseudonym">Per Ek</addName></persName>'
    sender = one(described(name)).metadata.sender
    assert (sender.text, sender.own_names) == ("Ida Holm", ("Per Ek",))


def test_how_somebody_signs_is_no_name_of_an_office_where_the_sender_is_none():
    closer = "<closer><signed><persName>IDÁ HOLM.</persName></signed></closer>"
    data = described("<persName>Ida Holm</persName>").replace(
        b"</body>", f"{closer}</body>".encode()
    )
    assert one(data).metadata.sender.name is None
    office = described("<orgName>the Consul at Libau</orgName>").replace(
        b"</body>", f"{closer}</body>".encode()
    )
    assert one(office).metadata.sender.name == "IDÁ HOLM."


def test_the_days_between_which_the_one_witness_was_made_date_it():
    origin = ORIGIN.replace(
        'when="1901-05-03">3 May',
        'notBefore-iso="1901-05-03T00:00:00+01:00" notAfter-iso="1901-06-02T23:59:59+01:00">',
    )
    listed = f"<listWit><witness>{origin}</witness></listWit>"
    about = one(edition(BODY, titles="<title>A pier</title>", source=listed)).metadata
    assert about.date.edtf == "[1901-05-03..1901-06-02]"


def test_a_card_that_an_edition_types_as_a_letter_is_a_card():
    letter = BODY.replace("<text>", '<text type="letter">')
    card = edition(letter, titles="<title>Postkarte von Ida Holm an Per Ek, Mai 1901</title>")
    assert one(card).metadata.kind == "postcard"
    about_cards = edition(letter, titles="<title>Ida Holm an Per Ek, mit Postkarte</title>")
    assert one(about_cards).metadata.kind == "letter"
