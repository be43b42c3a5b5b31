"""Bytes to characters: the encodings of archives, and what is no text."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docproc.errors import SourceError
from docproc.text.decoding import decode, looks_like_text

RUSSIAN = (
    "Уважаемый товарищ! Сообщаю Вам, что вопрос о снабжении экспедиции был рассмотрен на "
    "заседании коллегии. Просим ускорить высылку инструментов и карт. Ёлкин, подъём, съезд."
)
SHORT_RUSSIAN = "Прошу прислать инструкторов."
FRENCH = "Le général a été reçu à l'hôtel; voilà tout ce que j'ai à vous écrire."


@pytest.mark.parametrize("text", [RUSSIAN, SHORT_RUSSIAN])
@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("cp1251", "windows-1251"),
        ("koi8-r", "koi8-r"),
        ("cp866", "cp866"),
        ("mac-cyrillic", "mac-cyrillic"),
    ],
)
def test_one_russian_text_is_the_same_from_every_cyrillic_encoding(text, codec, name):
    decoded = decode(text.encode(codec))
    assert (decoded.text, decoded.encoding) == (text, name)


@pytest.mark.parametrize(
    "text",
    [
        FRENCH,
        "El señor Muñoz llegó ayer.",
        "Città di Venezia, perché è così.",
        "The subscription is £100 (see § 5).",
        "Größe und Maße für Österreich",
    ],
)
def test_a_western_text_with_few_accents_is_read_as_such(text):
    decoded = decode(text.encode("latin-1"))
    assert (decoded.text, decoded.encoding) == (text, "iso-8859-1")


def test_curly_quotes_in_a_western_page_say_windows_1252():
    text = "“To allocate” – he wrote – “what is needed”."
    assert decode(text.encode("cp1252")).encoding == "windows-1252"
    assert decode(text.encode("cp1252")).text == text


def test_signs_that_would_stand_inside_words_mean_another_page():
    text = "Schöne Grüße aus Österreich, Größe und Maße, außerdem Füße."
    assert decode(text.encode("mac-roman")).text == text


@pytest.mark.parametrize("text", [RUSSIAN, FRENCH, "Date,Bid,Ask\r\n07/19/2015,1.083\r\n"])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "utf-8"])
@pytest.mark.parametrize("marked", [True, False])
def test_unicode_is_read_with_and_without_a_mark(text, encoding, marked):
    mark = "\ufeff".encode(encoding) if marked else b""
    decoded = decode(mark + text.encode(encoding))
    assert (decoded.text, decoded.encoding) == (text, encoding)


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1))
def test_utf8_comes_back_character_for_character(text):
    data = ("x" + text).encode()
    assert decode(data).text == "x" + text
    assert decode(codecs.BOM_UTF8 + data).text == "x" + text


def test_new_lines_and_odd_spaces_stay_as_they_are():
    assert decode(b"a\r\nb\rc\n\xc2\xa0d\t").text == "a\r\nb\rc\n\xa0d\t"


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_and_always_alike(data):
    def outcome():
        try:
            return decode(data)
        except SourceError as error:
            return str(error)

    assert outcome() == outcome()


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (b"", "empty"),
        (b" \r\n\t\n", "white space"),
        (codecs.BOM_UTF8, "white space"),
        ("\ufeff \n".encode("utf-16-le"), "white space"),
        (b"%PDF-1.7 and so on", "a PDF document"),
        (b"PK\x03\x04rest", "a zip archive"),
        (b"\x89PNG\r\n\x1a\nrest", "a PNG image"),
        (b"text\x00text\x00\x00 and more text of odd length.", "NUL bytes"),
        (bytes(range(1, 32)) * 20, "control characters"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8a", "UTF-16-LE"),
        (("Прошу. " * 40).encode() + b"\xff" + "Прошу".encode(), "damaged"),
    ],
)
def test_what_is_no_text_is_refused_with_its_cause(data, cause):
    with pytest.raises(SourceError, match=cause):
        decode(data)


def test_a_head_is_judged_as_the_whole_would_be():
    assert looks_like_text(RUSSIAN.encode("koi8-r"))
    assert looks_like_text(RUSSIAN.encode("utf-16-le")[:101])  # cut inside a character
    assert not looks_like_text(b"\x89PNG\r\n\x1a\n")
    assert not looks_like_text(b"a\x00b\x00\x00c\x01\x02")
    assert not looks_like_text(b"")
