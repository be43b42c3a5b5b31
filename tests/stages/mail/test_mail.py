"""E-mail as the standard library writes it: who, to whom, when, what; attachments in their turn."""

from __future__ import annotations

import mailbox
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docproc.errors import SourceError
from docproc.records import Child, Document, SourceFile, Unread
from docproc.stages.normalize.letter import LetterNormalizer
from docproc.stages.parse.mail.parser import make


def letter(body: str = "The harvest failed.\n", subject: str = "Урожай", **more: str):
    message = EmailMessage()
    message["From"] = "Иван Петров <petrov@example.org>"
    message["To"] = "Anna <anna@example.org>"
    message["Date"] = "Tue, 03 May 2005 10:00:00 +0300"
    message["Subject"] = subject
    message.set_content(body, **more)
    return message


def parts(data: bytes, path: str = "a.eml") -> list:
    return list(make({}).parse(SourceFile(path, "x/y", len(data), "0" * 64), data))


def test_headers_are_read_as_written_and_as_values_and_the_body_is_the_body():
    (document,) = parts(letter("Хлеба нет.\n", charset="koi8-r").as_bytes())
    assert document.text == (
        "From: Иван Петров <petrov@example.org>\nTo: Anna <anna@example.org>\n"
        "Date: Tue, 03 May 2005 10:00:00 +0300\nSubject: Урожай\n\nХлеба нет.\n"
    )
    metadata = document.metadata
    assert metadata.title.text == metadata.title.span.of(document.text) == "Урожай"
    assert metadata.sender.text == "Иван Петров <petrov@example.org>"
    assert metadata.recipient.text == "Anna <anna@example.org>"
    assert metadata.date.edtf == "2005-05-03"


def test_those_who_had_a_copy_are_read_and_known():
    message = letter()
    message["Cc"] = "Lake <lake@example.org>, Fr. Gaas <gaas@example.org>"
    message["Bcc"] = "orlova@example.org"
    (document,) = parts(message.as_bytes())
    told = dict(document.metadata.other)
    assert told["cc"] == "Lake <lake@example.org>, Fr. Gaas <gaas@example.org>"
    assert f"Cc: {told['cc']}\nBcc: {told['bcc']}\n" in document.text


def test_of_two_bodies_the_plain_one_is_read_and_of_html_alone_its_words():
    both = letter()
    both.add_alternative("<p>The <b>harvest</b> failed again</p>", subtype="html")
    assert parts(both.as_bytes())[0].text.endswith("\n\nThe harvest failed.\n")
    remark = letter("Your program shows no HTML.")
    remark.add_alternative("<p>The harvest failed.</p>", subtype="html")
    assert parts(remark.as_bytes())[0].text.endswith("The harvest failed.")
    html = letter("<p>The <b>harvest</b></p><p>failed.</p>", subtype="html")
    assert parts(html.as_bytes())[0].text.endswith("\n\nThe harvest\n\nfailed.")


def test_attachments_and_messages_within_are_children_with_safe_names():
    message = letter()
    message.add_attachment(b"a,b\n", maintype="text", subtype="csv", filename="../../list.csv")
    message.add_attachment(b"a,b\n", maintype="text", subtype="csv", filename="../../list.csv")
    message.add_attachment(letter("Inner.\n"))
    document, first, second, inner = parts(message.as_bytes())
    assert isinstance(document, Document)
    assert [child.name for child in (first, second, inner)] == [
        "_.._list.csv",
        "2 _.._list.csv",
        "attached message 3.eml",
    ]
    assert first == Child("_.._list.csv", b"a,b\n")
    assert parts(inner.data)[0].text.endswith("Inner.\n")


def test_an_mbox_holds_each_message_as_a_member(tmp_path):
    box = mailbox.mbox(tmp_path / "a.mbox")
    box.add(letter("From the fields: nothing.\n", "One"))
    box.add(letter("Second.\n", "Two"))
    box.flush()
    documents = parts((tmp_path / "a.mbox").read_bytes(), "a.mbox")
    box.close()
    assert [d.member for d in documents] == ["message 1", "message 2"]
    assert [d.metadata.title.text for d in documents] == ["One", "Two"]
    assert "\n\nFrom the fields: nothing.\n" in documents[0].text


def test_a_message_is_known_by_its_headers_and_a_letter_that_begins_with_from_is_none():
    parser = make({})
    text = SourceFile("letter.txt", "", 1, "")
    assert parser.confidence(text, letter().as_bytes()) > 0.9
    assert parser.confidence(text, b"From: Stalin\n\nTo the front: at once.") == 0.0


@pytest.mark.parametrize(("data", "said"), [(b"", "empty"), (b"Hello\n", "none of the headers")])
def test_what_is_no_message_is_one_clear_message(data, said):
    with pytest.raises(SourceError, match=said):
        parts(data)


HOSTILE = st.lists(
    st.sampled_from(
        [
            b"From: a@b\n", b"Subject: =?utf-8?b?////?=\n", b"Date: never\n",
            b"Content-Type: multipart/mixed; boundary=x\n",
            b"Content-Type: text/plain; charset=q\n",
            b"Content-Transfer-Encoding: base64\n", b"\n", b"--x\n", b"--x--\n", b"\xff\xfe\x00",
            b"Content-Type: message/rfc822\n",
            b"Content-Disposition: attachment; filename*=u''%ff\n",
        ]
    ),
    max_size=16,
)  # fmt: skip


def test_a_damaged_message_within_a_message_is_told_and_costs_the_rest_nothing():
    inner = b"Content-Type: multipart/mixed; boundary=x\n\xff\xfe\x00"
    found = parts(b"From: a@b\nContent-Type: message/rfc822\n\n" + inner)
    assert isinstance(found[0], Document)
    (told,) = (part for part in found if isinstance(part, Unread))
    assert "cannot be written out" in told.cause


@settings(max_examples=150, deadline=None)
@given(HOSTILE)
def test_whatever_is_in_it_comes_out_or_is_refused(lines):
    try:
        found = parts(b"".join(lines))
    except SourceError:
        return
    for part in found:
        if isinstance(part, Document):
            part.text.encode("utf-8")


AS_WRITTEN = (
    ("wed,  2 nov 21 10:00:00 MSK (Moscow)", "wed, 2 nov 21 10:00:00 MSK (Moscow)"),
    ("Tue, 03 May 2005 10:00:00 +0300", "Tue, 03 May 2005 10:00:00 +0300"),
    ("before noon", "before noon"),
)


@pytest.mark.parametrize(("raw", "shown"), AS_WRITTEN)
def test_a_date_is_shown_as_it_is_written(raw, shown):
    (document,) = parts(f"From: a@b.c\nDate: {raw}\n\nThe harvest failed.\n".encode())
    assert document.text.startswith(f"From: a@b.c\nDate: {shown}\n\n")


@pytest.mark.parametrize(
    "written",
    [
        "i@example.org (Ivan Petrov)",
        '"Petrov, Ivan" <i@example.org>',
        "undisclosed recipients: ;",
        "petrov@example.org, Anna <anna@example.org>, no address",
        "<petrov@example.org",
    ],
)
def test_an_address_is_shown_as_it_is_written(written):
    (document,) = parts(f"From: {written}\nSubject: x\n\nThe harvest failed.\n".encode())
    assert document.text.startswith(f"From: {written}\nSubject: x\n\n")
    assert document.metadata.sender.text == written


@pytest.mark.parametrize("encoding", ["utf-8", "koi8-r", "cp1251", "iso8859-5"])
def test_a_header_of_bytes_that_are_in_no_encoded_word_is_in_the_encoding_of_the_text(encoding):
    written = (
        "From: Иван Петров <i@example.org>\nSubject: Хлеб\nMIME-Version: 1.0\n"
        f"Content-Type: text/plain; charset={encoding}\n\nХлеба нет.\n"
    )
    (document,) = parts(written.encode(encoding))
    head = "From: Иван Петров <i@example.org>\nSubject: Хлеб\n\nХлеба нет."
    assert document.text.startswith(head)


@pytest.mark.parametrize("text", [b"The caf\xe9 was shut.", b"The mill was shut."])
def test_accents_in_headers_without_an_encoding_are_no_greek(text):
    data = b"From: a@x.org\nTo: b@x.org\nSubject: Caf\xe9 ol\xe9\n\n" + text
    assert parts(data)[0].metadata.title.text == "Caf\u00e9 ol\u00e9"


def test_encoded_words_are_decoded_over_lines_and_within_quotes():
    written = (
        b"From: =?koi8-r?B?6dfBzg==?=\r\n =?koi8-r?B?IPDF1NLP1w==?= <i@example.org>\r\n"
        b'To: "=?utf-8?b?0JDQvdC90LA=?=" <a@example.org>\r\n'
        b"Subject: =?no-such-charset?b?////?= =?utf-8?b?broken\r\n\r\nThe harvest failed.\r\n"
    )
    (document,) = parts(written)
    sender, recipient, subject = document.text.split("\n")[:3]
    assert sender == "From: Иван Петров <i@example.org>"
    assert recipient == 'To: "Анна" <a@example.org>'
    assert subject.endswith("=?utf-8?b?broken")


def test_the_headers_name_no_place():
    (document,) = parts(letter().as_bytes())
    assert LetterNormalizer().normalize(document).metadata.place is None
