"""MSG: what the library finds becomes the message it stands for; the rest is told."""

from __future__ import annotations

import datetime
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from outlook_files import outlook_message

from docproc.errors import SourceError
from docproc.records import Child, Document, SourceFile
from docproc.stages.parse.mail.outlook import make

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def parts(data: bytes) -> list:
    return list(make({}).parse(SourceFile("a.msg", "x/y", len(data), "0" * 64), data))


def found(**more) -> SimpleNamespace:
    """A message as python-oxmsg gives it, which writes none."""
    return SimpleNamespace(
        **{
            "sender": "Иван Петров <petrov@example.org>",
            "recipients": [SimpleNamespace(name="Anna", email_address="anna@example.org")],
            "sent_date": datetime.datetime(2005, 5, 3, 10, tzinfo=datetime.UTC),
            "subject": "Урожай\0",
            "message_headers": {},
            "body": "Хлеба нет.\r\n",
            "html_body": None,
            "attachments": [SimpleNamespace(file_name="../a.csv", file_bytes=b"a,b")],
        }
        | more
    )


@pytest.mark.parametrize(
    ("more", "body"),
    [({}, "Хлеба нет.\n"), ({"body": " ", "html_body": "<p>Хлеба <b>нет</b>.</p>"}, "Хлеба нет.")],
)
def test_it_reads_as_any_message_and_what_is_attached_is_a_child(monkeypatch, more, body):
    monkeypatch.setattr("oxmsg.Message.load", lambda _: found(**more))
    document, child = parts(OLE)
    assert isinstance(document, Document)
    assert document.text == (
        "From: Иван Петров <petrov@example.org>\nTo: Anna <anna@example.org>\n"
        f"Date: Tue, 03 May 2005 10:00:00 +0000\nSubject: Урожай\n\n{body}"
    )
    assert document.metadata.date.edtf == "2005-05-03"
    assert child == Child("_a.csv", b"a,b")


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=600))
def test_bytes_that_are_no_message_are_one_clear_message(data):
    with pytest.raises(SourceError, match=r"not an Outlook message"):
        parts(data)
    with pytest.raises(SourceError, match=r"damaged, or not an Outlook message"):
        parts(OLE + data)


def test_a_message_as_outlook_keeps_it_is_read_with_what_is_attached():
    data = outlook_message(
        sender="petrov@example.org",
        subject="Урожай",
        body="Хлеба нет.\r\n" * 500,  # longer than what a compound file keeps among small streams
        sent=1_115_114_400,
        recipients=[("Anna", "anna@example.org")],
        attachments=[("list.csv", b"a,b\n"), ("scan.bin", bytes(9000))],
    )
    document, *attached = parts(data)
    head, _, body = document.text.partition("\n\n")
    assert head == (
        "From: petrov@example.org\nTo: Anna <anna@example.org>\n"
        "Date: Tue, 03 May 2005 10:00:00 +0000\nSubject: Урожай"
    )
    assert body == "Хлеба нет.\n" * 500
    assert document.metadata.date.edtf == "2005-05-03"
    assert attached == [Child("list.csv", b"a,b\n"), Child("scan.bin", bytes(9000))]


def test_encodings_that_outlook_calls_otherwise_are_known():
    with pytest.raises(SourceError, match="damaged"):
        list(make({}).parse(SourceFile("a.msg", "x/y", 1, "0" * 64), OLE + bytes(600)))
    assert b"\xa4\xa4".decode("windows-950") == "中"


@pytest.mark.parametrize("pages", [{0x3FFD: 950, 0x3FDE: 950}, {0x3FDE: 950}, {0x3FFD: 950}])
def test_a_subject_is_in_the_code_page_that_the_message_names_for_any_of_its_texts(pages):
    who, subject = "王小明", "港口的信件"
    data = outlook_message(
        sender=who, subject=subject, body="none", sent=1_115_114_400, narrow=("cp950", pages)
    )
    (document,) = parts(data)
    assert "Subject: 港口的信件" in document.text
    assert "From: 王小明" in document.text


def test_a_subject_that_its_code_page_does_not_wholly_hold_is_read_and_the_message_with_it():
    data = outlook_message(
        sender="a@example.org", subject="朱镕基的信", body="none", sent=1_115_114_400,
        narrow=("gbk", {0x3FFD: 936}),
    )  # fmt: skip
    (document,) = parts(data)
    assert "Subject: 朱镕基的信" in document.text
