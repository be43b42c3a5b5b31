"""Letters in TEI: titles, correspDesc in its forms, doubtful dates, both calendars, registers."""

import pytest
from tei_files import described, edition, one, understood, untold, words

from docproc.records import BlockKind


def dated(element):
    return one(described(f"<persName>Ida Holm</persName>{element}")).metadata.date


@pytest.mark.parametrize(
    ("titles", "title", "container"),
    [
        ('<title level="s">All letters</title><title level="a">Ida Holm to Per Ek</title>',
         "Ida Holm to Per Ek", "All letters"),
        ('<title type="main">Ida Holm to Per Ek</title><title type="short">H/E</title>',
         "Ida Holm to Per Ek", None),
        ('<title level="m">All letters</title><title level="s">Coast</title>'
         "<title>Ida Holm to Per Ek</title>", "Ida Holm to Per Ek", "All letters"),
        ("<title>Ida Holm to Per Ek<note>So the editor.</note><lb/>of May</title>",
         "Ida Holm to Per Ek of May", None),
    ],
)  # fmt: skip
def test_the_title_is_that_of_the_letter(titles, title, container):
    about = one(described("<persName>Ida Holm</persName>", titles=titles)).metadata
    assert about.title.text == title
    assert (about.collection and about.collection.title) == container


def test_an_edition_without_a_title_is_called_by_its_first_sentence():
    statement = (
        "<editionStmt><edition>Letters of the coast. Edited by A. B.</edition></editionStmt>"
    )
    data = described("<persName>Ida Holm</persName>").replace(
        b"</titleStmt>", b"</titleStmt>" + statement.encode()
    )
    assert one(data).metadata.collection.title == "Letters of the coast"


def test_a_title_alone_says_who_wrote_to_whom_and_when():
    text = "<text><body><p>The pier burned.</p></body></text>"
    titles = '<title level="a">Ida Holm to Per Ek, 3 May 1901</title>'
    about = one(edition(text, titles=titles)).metadata
    assert (about.sender.text, about.recipient.text) == ("Ida Holm", "Per Ek")
    assert about.date.edtf == "1901-05-03"


def test_an_action_may_hold_paragraphs():
    about = one(
        described(
            "<p>Sent by <persName>Ada Lind</persName> from <placeName>Riga</placeName> on "
            '<date when="1843-07-10">10 July 1843</date></p>',
            "<p>To <persName>Karl Berg</persName></p>",
        )
    ).metadata
    assert (about.sender.text, about.recipient.text) == ("Ada Lind", "Karl Berg")
    assert (about.date.edtf, about.place.text, about.kind) == ("1843-07-10", "Riga", "letter")


@pytest.mark.parametrize(
    "telling",
    [
        '<correspAction type="sent"><p>Written by {} at {} on {} to {}</p></correspAction>',
        "<p>Brief von {}, {}, {}, an {}</p>",
    ],
)
def test_the_sentence_of_a_description_says_who_wrote_to_whom(telling):
    said = telling.format(
        "<persName>Ada Lind</persName>",
        "<placeName>Riga</placeName>",
        '<date when="1843-07-10">10 July 1843</date>',
        "<persName>Karl Berg</persName>",
    )
    data = described("<persName>X</persName>").decode()
    start, end = data.index("<correspDesc>") + 13, data.index("</correspDesc>")
    about = one((data[:start] + said + data[end:]).encode()).metadata
    assert (about.sender.text, about.recipient.text) == ("Ada Lind", "Karl Berg")
    assert (about.date.edtf, about.place.text) == ("1843-07-10", "Riga")


def test_a_number_that_calls_itself_so_is_no_part_of_the_title_of_a_file():
    titles = '<title level="a">Nr. 45: Ida Holm an Per Ek</title><title level="m">Briefe</title>'
    about = one(described("<persName>Ida Holm</persName>", titles=titles)).metadata
    assert (about.number, about.title.text) == ("45", "Ida Holm an Per Ek")


@pytest.mark.parametrize(
    ("sent", "received"),
    [("sentBy", "deliveredTo"), ("sender", "addressee"), ("Absender", "Empfänger"),
     ("expéditeur", "destinataire"), ("written_by", "received_by"), ("mittente", "destinatario")],
)  # fmt: skip
def test_actions_are_called_in_many_ways(sent, received):
    actions = (
        f'<correspAction type="{received}"><persName>Per Ek</persName></correspAction>'
        f'<correspAction type="{sent}"><persName>Ida Holm</persName><placeName>Lund</placeName>'
        '<date type="postmarked" when="1957-10-26"/><date type="written" when="1957-10-25"/>'
        '</correspAction><correspAction type="transmitted"><persName>Ola Berg</persName>'
        "</correspAction>"
    )
    profile = f"<profileDesc><correspDesc>{actions}</correspDesc></profileDesc>"
    about = one(edition("<text><body><p>Yes.</p></body></text>", profile)).metadata
    assert (about.sender.text, about.recipient.text) == ("Ida Holm", "Per Ek")
    assert ([date.edtf for date in about.dates], about.place.text) == (["1957-10-25"], "Lund")


@pytest.mark.parametrize("pointer", ["#", "#...", "#?", "…"])
def test_a_pointer_that_is_still_to_be_filled_in_is_nobody(pointer):
    names = [f'<persName ref="{pointer}">{name}</persName>' for name in ("Ida Holm", "Per Ek")]
    about = one(described(*names)).metadata
    assert (about.sender.identity, about.recipient.identity) == (None, None)


def test_a_letter_and_its_translation_are_both_what_the_header_describes():
    profile = (
        '<profileDesc><correspDesc><correspAction type="sent"><persName>Ida Holm</persName>'
        '<date when="1901-05-03"/></correspAction></correspDesc></profileDesc>'
    )
    letters = (
        '<div type="letter" xml:lang="sv"><p>Bryggan brann.</p></div>'
        '<div type="letter" xml:lang="en"><p>The pier burned.</p></div>'
    )
    found = understood(edition(f"<text><body>{letters}</body></text>", profile))
    assert [(d.metadata.sender.text, d.metadata.date.edtf) for d in found.values()] == [
        ("Ida Holm", "1901-05-03")
    ] * 2


ROLES = (
    '<persName type="sender">Ida Holm</persName><persName type="addressee">Per Nyberg</persName>'
    '<date when="1871-05-02"/>'
)


def test_roles_may_stand_at_the_names_of_one_action():
    about = one(described(ROLES, titles="<title>Ida Holm to Per Nyberg</title>")).metadata
    assert (about.sender.text, about.recipient.text) == ("Ida Holm", "Per Nyberg")
    assert about.kind == "letter"
    assert "roles" not in dict(about.other)


@pytest.mark.parametrize(("signed", "sender"), [("Ida Holm", "Ida Holm"), ("", "Per Nyberg")])
def test_where_title_and_roles_differ_that_is_said(signed, sender):
    closer = f"<closer><signed>{signed}</signed></closer>"
    body = f"<text><body><p>The pier burned.</p>{closer}</body></text>"
    action = f"<correspAction>{ROLES}</correspAction>"
    profile = f"<profileDesc><correspDesc>{action}</correspDesc></profileDesc>"
    titles = "<title>Per Nyberg to Ida Holm, 2 May 1871</title>"
    about = one(edition(body, profile, titles)).metadata
    assert about.sender.text == sender
    assert "the markup says the reverse" in dict(about.other)["roles"]


@pytest.mark.parametrize(
    ("element", "edtf"),
    [
        ('<date when="1903-02-11">[11. 2.? 1903]</date>', "1903-02-11?"),
        ('<date when="1903-02-11" cert="low">11. 2. 1903</date>', "1903-02-11?"),
        ('<date when="1903-04-15">Mitte April 1903</date>', "1903-04~"),
        ('<date when="1903-04-15" cert="low">[Mitte? April 1903]</date>', "1903-04%"),
        ('<date notBefore="1903-03-01" notAfter="1903-03-09">[zwischen 1. und 9. 3.]</date>',
         "[1903-03-01..1903-03-09]"),
        ('<date notBefore="1903-03-01" notAfter="1903-03-01">1. 3.</date>', "1903-03-01"),
        ('<date from="1903-03-01" to="1903-03-09">1.–9. 3. 1903</date>', "1903-03-01/1903-03-09"),
        ('<date notBefore="1903-03-01">nach dem 1. 3.</date>', "1903-03-01/.."),
        ('<date when="1903-03-01T20:00:00">1. 3. 1903</date>', "1903-03-01"),
        ('<date value="1862-07-01">July 1, 1862</date>', "1862-07-01"),
        ('<date notBefore="1928-03-16" notAfter="1922-03-31">16. 3. 1928</date>', "1928-03-16"),
        ('<date when="1903-02-31">2. Februar 1903</date>', "1903-02-02"),
    ],
)  # fmt: skip
def test_dates_keep_their_doubt(element, edtf):
    assert dated(element).edtf == edtf


@pytest.mark.parametrize(
    "element",
    [
        '<date when="1917-05-15">May 2/15, 1917</date>',
        '<date when="1917-05-02">May 2/15, 1917</date>',
        '<date when="1917-05-15" when-custom="1917-05-02" calendar="#julian">2 May</date>',
        '<date when="1917-05-02" calendar="julian">2 May 1917</date>',
    ],
)
def test_a_day_of_both_calendars_is_known_in_both(element):
    date = dated(element)
    assert (date.edtf, date.julian) == ("1917-05-15", "1917-05-02")


PERSONS = (
    '<listPerson><person xml:id="p1"><persName>Brandt, Tove</persName><persName type="alt">Tove '
    'Holm</persName><birth>1850 in Lima</birth><idno type="GND">118607626</idno></person>'
    "</listPerson>"
    '<listPlace><place xml:id="l1"><placeName>Lima</placeName><location><geo>-12 -77</geo>'
    "</location></place></listPlace><listBibl><bibl>Tides, 1901.</bibl></listBibl>"
)


def test_a_register_at_the_back_is_no_body_and_says_who_is_who():
    text = f"<text><body><p>I met him on the pier.</p></body><back>{PERSONS}</back></text>"
    profile = (
        '<profileDesc><correspDesc><correspAction type="sent"><persName ref="#p1">T. B.</persName>'
        "</correspAction></correspDesc></profileDesc>"
    )
    read = one(edition(text, profile))
    assert words(read, BlockKind.PARAGRAPH) == ["I met him on the pier."]
    assert words(read, BlockKind.REGISTER) == [
        "Brandt, Tove\nTove Holm\n1850 in Lima\n118607626", "Lima\n-12 -77", "Tides, 1901.",
    ]  # fmt: skip
    brandt, lima = read.persons
    assert (brandt.name, brandt.names, brandt.kind) == ("Brandt, Tove", ("Tove Holm",), "person")
    assert brandt.identity == "seeds/v.xml#p1" == read.metadata.sender.identity
    assert "https://d-nb.info/gnd/118607626" in brandt.same
    assert lima.kind == "place"


def test_a_list_of_persons_that_gives_ids_is_a_register():
    text = (
        '<text><front><list type="persons"><item><persName xml:id="p_B">Brandt, Tove</persName>, '
        "consul at Riga.</item></list></front><body><p>Words.</p></body></text>"
    )
    (brandt,) = one(edition(text)).persons
    assert (brandt.name, brandt.identity) == ("Brandt, Tove", "seeds/v.xml#p_B")


@pytest.mark.parametrize(
    ("given", "identity"),
    [
        ('ref="http://d-nb.info/gnd/118607626/"', "https://d-nb.info/gnd/118607626"),
        ('ref="gnd:118607626"', "https://d-nb.info/gnd/118607626"),
        ('ref="https://viaf.org/viaf/12/#Who"', "https://viaf.org/viaf/12"),
        ('ref="https://www.wikidata.org/wiki/Q42"', "https://www.wikidata.org/entity/Q42"),
        ('key="Escher (vom Glas) Alfred"', "seeds/ed#Escher (vom Glas) Alfred"),
        ('ref="../indices/persons.xml#pmb12"', "seeds/ed#pmb12"),
        ("", None),
    ],
)
def test_keys_and_addresses_become_identities(given, identity):
    data = described(f"<persName {given}>Ida Holm</persName>")
    (read,) = understood(data, "seeds/ed/letters/a.xml").values()
    assert read.metadata.sender.identity == identity


def test_an_index_of_letters_is_read_as_letters_without_text():
    profile = "".join(
        f'<correspDesc source="#e1" ref="https://example.org/{day}"><correspAction type="sent">'
        f'<persName ref="gnd:1{day}">Holm, Ida</persName><date when="1871-05-0{day}"/>'
        '<placeName>Riga</placeName></correspAction><correspAction type="received">'
        "<persName>Ek, Per</persName></correspAction></correspDesc>"
        for day in (1, 2)
    )
    source = '<bibl type="print" xml:id="e1">Holm: Letters. Riga 1899.</bibl>'
    found = understood(edition("", f"<profileDesc>{profile}</profileDesc>", source=source))
    assert len(found) == 2
    letter = list(found.values())[1]
    assert letter.text == "sent: Holm, Ida, 1871-05-02, Riga\nreceived: Ek, Per"
    about = letter.metadata
    assert (about.sender.text, about.date.edtf, about.kind) == ("Holm, Ida", "1871-05-02", "letter")
    assert about.collection.title == "Holm: Letters. Riga 1899."
    assert dict(about.other)["url"] == "https://example.org/2"


def test_a_register_alone_is_read():
    data = edition(f"<standOff>{PERSONS}</standOff>")
    read = one(data)
    assert len(words(read, BlockKind.REGISTER)) == 2
    assert len(read.persons) == 2


def test_a_language_of_the_text_goes_before_those_of_the_header():
    used = '<langUsage><language ident="en"/><language ident="de"/></langUsage>'
    profile = f"<profileDesc>{used}</profileDesc>"
    data = edition(
        '<text xml:lang="ger"><body><p>Der Pier ist verbrannt.</p></body></text>', profile
    )
    assert one(data).metadata.language == "de"


def test_what_stands_in_another_file_is_told():
    text = (
        '<text xmlns:xi="http://www.w3.org/2001/XInclude"><body><p>First.</p>'
        '<xi:include href="part2.xml"/></body></text>'
    )
    (unread,) = untold(edition(text))
    assert "part2.xml" in unread.where


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
