"""Every part of a message is read or told: in what form, in what order, under what name."""

from __future__ import annotations

from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docproc.formats.calendars import calendar_lines
from docproc.records import Child, Document, SourceFile, Unread
from docproc.stages.parse.mail.parser import make
from docproc.stages.parse.mail.parts import pieces_of
from docproc.stages.parse.mail.plain import enriched_words, join_flowed

HEAD = b"From: a@example.org\nSubject: x\nMIME-Version: 1.0\n"


def parts(data: bytes) -> list:
    return list(make({}).parse(SourceFile("a.eml", "x/y", len(data), "0" * 64), data))


def body(data: bytes) -> str:
    document = parts(data)[0]
    assert isinstance(document, Document)
    return document.text.partition("Subject: x")[2].strip()


def multipart(kind: str, *within: tuple[str, str]) -> bytes:
    lines = [f"Content-Type: multipart/{kind}; boundary=b\n"]
    lines += [f"--b\nContent-Type: {type_}\n\n{words}" for type_, words in within]
    return HEAD + "\n".join([*lines, "--b--\n"]).encode()


PAGE = "<html><head><style>p {}</style></head><body><p>The <b>treaty</b>.</p></body></html>"


@pytest.mark.parametrize("plain", ["", "  \n \n", "\xa0\n"])
def test_html_is_read_beside_a_plain_text_without_words(plain):
    html = ("text/html; charset=utf-8", PAGE)
    assert body(multipart("alternative", ("text/plain; charset=utf-8", plain), html)) == (
        "The treaty."
    )


def test_html_is_read_where_the_plain_text_only_says_that_there_is_html():
    long = "<p>" + "The treaty was signed at last. " * 10 + "</p>"
    message = multipart("alternative", ("text/plain", "Please see the HTML."), ("text/html", long))
    assert body(message).startswith("The treaty was signed")


def test_a_plain_text_of_the_same_words_is_read_rather_than_html():
    message = multipart("alternative", ("text/plain", "The treaty."), ("text/html", PAGE))
    assert body(message) == "The treaty."
    assert len(parts(message)) == 1


def test_html_of_a_few_of_the_words_is_read_no_second_time():
    plain = "The treaty of the harbour was signed on Monday by both."
    message = multipart("alternative", ("text/plain", plain), ("text/html", "<p>The treaty</p>"))
    assert body(message) == plain


def test_inline_parts_are_read_one_after_another():
    message = multipart(
        "mixed", ("text/plain", "First."), ("text/html", PAGE), ("text/plain", "Last.")
    )
    assert body(message) == "First.\n\nThe treaty.\n\nLast."


def test_what_stands_in_one_form_alone_beside_its_file_is_kept():
    inner = (
        'multipart/mixed; boundary="c"',
        "--c\nContent-Type: text/html\n\n<p>The treaty.</p>\n"
        "--c\nContent-Type: application/pdf\n\n%PDF-1.4\n--c--\n",
    )
    document, child = parts(multipart("alternative", ("text/plain", "The treaty."), inner))
    assert document.text.endswith("The treaty.")
    assert (child.name, child.data[:4]) == ("attachment 1.pdf", b"%PDF")


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("text/rtf", "attachment 1.rtf"),
        ("text/csv", "attachment 1.csv"),
        ("application/pdf", "attachment 1.pdf"),
        ("image/png", "attachment 1.png"),
        ("application/octet-stream", "attachment 1.bin"),
        ("application/x-no-such-type", "attachment 1"),
    ],
)
def test_a_part_without_a_name_is_attached_under_its_type(kind, name):
    found = parts(multipart("mixed", ("text/plain", "See below."), (kind, "id,text\n1,row")))
    assert [part.name for part in found if isinstance(part, Child)] == [name]


def test_a_message_that_is_one_file_is_attached():
    found = parts(HEAD + b"Content-Type: application/rtf\n\n{\\rtf1 Words.}\n")
    assert [part.name for part in found if isinstance(part, Child)] == ["attachment 1.rtf"]


def test_a_text_that_is_none_is_attached():
    found = parts(multipart("mixed", ("text/plain", "Words."), ("text/plain", "%PDF-1.7 x")))
    assert found[1] == Child("attachment 1.txt", b"%PDF-1.7 x")


CALENDAR = (
    "BEGIN:VCALENDAR\r\nBEGIN:VTIMEZONE\r\nDTSTART:16010101T000000\r\nEND:VTIMEZONE\r\n"
    "BEGIN:VEVENT\r\nSUMMARY:Board\\, on the\r\n  archive\r\nDTSTART;TZID=Europe/Berlin:"
    '20190301T100000\r\nORGANIZER;CN="Hill, Ann":mailto:ann@example.org\r\nBEGIN:VALARM\r\n'
    "DESCRIPTION:Reminder\r\nEND:VALARM\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:Second\r\n"
    "DTSTART;VALUE=DATE:20190302\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)
EVENTS = (
    "Summary: Board, on the archive\nStart: 2019-03-01 10:00\n"
    "Organizer: Hill, Ann <ann@example.org>\n\nSummary: Second\nStart: 2019-03-02"
)


def test_a_calendar_is_read_beside_any_form_of_the_words():
    assert "\n".join(calendar_lines(CALENDAR)) == EVENTS
    message = multipart(
        "alternative",
        ("text/plain", "See invite."),
        ("text/html", "<p>See invite.</p>"),
        ("text/calendar; charset=utf-8; method=REQUEST", CALENDAR),
    )
    assert body(message) == f"See invite.\n\n{EVENTS}"


def test_enriched_text_is_read_without_its_commands():
    enriched = (
        "<bold>Now</bold> is the time\nfor <color><param>red</param>all</color> men.\n\n"
        "Next <<line>.\n"
    )
    assert enriched_words(enriched) == "Now is the time for all men.\nNext <line>. "
    assert enriched_words("one<nl>two <lt>x\n<comment>no</comment>three", rich=True) == (
        "one\ntwo <x three"
    )
    assert body(multipart("mixed", ("text/enriched", enriched))) == (
        "Now is the time for all men.\nNext <line>."
    )


@pytest.mark.parametrize(
    ("delsp", "text", "read"),
    [
        (True, "a para \ngraph  \ngoes on.\nNext.", "a paragraph goes on.\nNext."),
        (False, "one \ntwo \nthree.\nNext.", "one two three.\nNext."),
        (False, "> one \n> two\n>> three \n> four", "> one two\n>> three \n> four"),
        (False, "words \n-- \nAnn", "words \n-- \nAnn"),
        (False, " From here\n", "From here\n"),
        (True, "fixed\nlines", "fixed\nlines"),
    ],
)
def test_flowed_lines_are_joined(delsp, text, read):
    assert join_flowed(text, delsp=delsp) == read


def test_a_flowed_message_is_read_joined():
    flowed = b"Content-Type: text/plain; format=flowed; delsp=yes\n\nA para \ngraph.\n"
    assert body(HEAD + flowed) == "A paragraph."


@given(st.text(alphabet="ab >-\n"))
def test_joining_flowed_lines_loses_no_letter(text):
    letters = [char for char in text if char in "ab"]
    assert [c for c in join_flowed(text, delsp=True) if c in "ab"] == letters


def test_a_bad_byte_in_a_message_is_marked_and_told_and_nothing_else_changed():
    text = "Content-Type: text/plain; charset=utf-8\n\nPříliš ".encode() + b"\x96 konec.\n"
    document, told = parts(HEAD + text)
    assert document.text.endswith("Příliš \ufffd konec.\n")
    assert isinstance(told, Unread)
    assert "1 place is no UTF-8" in str(told)


def test_windows_characters_behind_a_label_of_latin_1_are_read_as_mail_programs_do():
    data = (
        b"From: a@example.org\nSubject: =?iso-8859-1?Q?=93x=94?=\n"
        b"Content-Type: text/plain; charset=ISO-8859-1\n\n\x93The treaty\x94 \x97 it\x92s.\n"
    )
    assert parts(data)[0].text.endswith("Subject: “x”\n\n“The treaty” — it’s.\n")


def test_a_report_of_delivery_is_read():
    report = (
        "message/delivery-status",
        "Reporting-MTA: dns; mx.example.org\n\nFinal-Recipient: rfc822; b@example.org\n"
        "Action: failed\n",
    )
    assert "Final-Recipient: rfc822; b@example.org\nAction: failed" in body(
        multipart("report", ("text/plain", "It failed."), report)
    )


def test_a_part_that_is_kept_elsewhere_is_told():
    outside = ("message/external-body; access-type=URL", "Content-Type: text/plain\n\n")
    (told,) = parts(multipart("mixed", ("text/plain", "See below."), outside))[1:]
    assert isinstance(told, Unread)
    assert "outside of the message" in told.cause


def test_a_message_of_apple_mail_ends_before_what_is_noted_of_it():
    message = HEAD + b"\nThe treaty.\n"
    data = b"%d      \n%s<?xml version='1.0'?><plist><dict/></plist>\n" % (len(message), message)
    assert make({}).confidence(SourceFile("1.emlx", "", 1, ""), data) >= 0.9
    assert body(data) == "The treaty."


def test_a_calendar_with_a_name_is_read_unless_it_is_attached():
    named = ("text/calendar; name=invite.ics", CALENDAR)
    assert body(multipart("mixed", ("text/plain", "See invite."), named)) == (
        f"See invite.\n\n{EVENTS}"
    )


def test_a_plain_text_of_hard_spaces_beside_html_is_passed_over():
    message = EmailMessage()
    message["From"], message["Subject"] = "a@x", "b"
    message.set_content("\u00a0\n \u00a0")
    message.add_alternative("<p>Only here.</p>", subtype="html")
    pieces = pieces_of(message)
    assert [each.text for each in pieces] == ["<p>Only here.</p>\n"]


def test_a_piece_of_a_message_is_read_and_told():
    kind = b'Content-Type: message/partial; number=1; total=3; id="x"\n\n'
    document, told = parts(HEAD + kind + b"Subject: barley\n\nThe barley.\n")
    assert document.text.endswith("Subject: barley\n\nThe barley.\n")
    assert told.cause == "this is part 1 of 3 of a message that was sent in pieces"


def test_a_file_written_into_the_text_is_attached_and_no_text():
    lines = b"Rye follows.\nbegin 644 rye.txt\n#4GEE\n`\nend\nYours\n"
    document, child = parts(HEAD + b"Content-Type: text/plain\n\n" + lines)
    assert document.text.partition("x\n\n")[2].split() == ["Rye", "follows.", "Yours"]
    assert child == Child("rye.txt", b"Rye")


@pytest.mark.parametrize("lines", ["begin 644 rye.txt\nno code\nend\n", "begin 1\nend\n"])
def test_what_only_looks_like_a_file_stays_text(lines):
    (document,) = parts(HEAD + b"Content-Type: text/plain\n\n" + lines.encode())
    assert document.text.endswith(lines)


@pytest.mark.parametrize("path", ["mill.mht", "mill.eml"])
def test_a_page_that_a_browser_saved_is_read_as_a_page(path):
    page = "<html><body><nav><a href='/'>Home</a></nav><p>Grain &amp; rye.</p></body></html>"
    within = multipart("related", ("text/html", page), ("text/css", "p {}"), ("text/html", "<p>F"))
    data = b"Snapshot-Content-Location: https://mill.example/\n" + within
    first, frame = list(make({}).parse(SourceFile(path, "x/y", len(data), "0" * 64), data))
    assert first == Child("", b"\xef\xbb\xbf" + page.encode())
    assert frame.name == "frame 1.html"


@pytest.mark.parametrize("kind", ["application/pgp-signature", "application/x-pkcs7-signature"])
def test_what_only_vouches_for_a_message_is_no_part_of_it_that_is_missing(kind):
    seal = f"{kind}; name=signature.asc"
    found = parts(multipart("signed", ("text/plain", "The mill."), (seal, "-----BEGIN PGP")))
    assert [type(each) for each in found] == [Document]


SAVED = """MIME-Version: 1.0
Content-Type: multipart/related; boundary=b

--b
Content-Type: text/html; charset=windows-1252
Content-Transfer-Encoding: quoted-printable

<html><body><p>The caf=E9 burned.</p></body></html>
--b--
"""


@pytest.mark.parametrize("head", ["", "From: <Saved by a browser>\nSubject: x\n"])
def test_a_page_that_a_program_saved_is_one_whatever_it_is_called(head):
    data = (head + SAVED).encode()
    assert make({}).confidence(SourceFile("a.doc", "x/y", len(data), "0" * 64), data) > 0.9
    (child,) = parts(data)
    assert "The café burned." in child.data.decode()


def test_messages_of_an_mbox_need_no_headers():
    data = b"From a Mon Jun 01 10:00:00 2009\n\nOne.\n\nFrom a Mon Jun 01 11:00:00 2009\n\nTwo.\n"
    assert [document.text.strip() for document in parts(data)] == ["One.", "Two."]
