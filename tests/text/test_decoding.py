"""Bytes to characters: the encodings of archives, and what is no text."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docproc.errors import SourceError
from docproc.text.encoding.decoding import decode, looks_like_text

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


@pytest.mark.parametrize("text", ["Café olé", "É là", "Ça été où"])
def test_accents_within_words_of_a_few_letters_are_western(text):
    assert decode(text.encode("latin-1")).text == text


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


CZECH = "Příliš žluťoučký kůň úpěl ďábelské ódy."


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (("Прошу. " * 40).encode() + b"\xff" + "Прошу".encode(), "Прошу. " * 40 + "\ufffdПрошу"),
        (CZECH.encode() + b" \x96 konec", CZECH + " \ufffd konec"),
        (b"caf\xc3\xa9 na\xc3\xafve \xff\xfe end", "café naïve \ufffd\ufffd end"),
        (codecs.BOM_UTF8 + b"plain \x92 words", "plain \ufffd words"),
        ((CZECH * 3).encode("utf-16"), CZECH * 3),
        ((CZECH * 3).encode("utf-16") + b"!", CZECH * 3 + "\ufffd"),
    ],
)
def test_a_bad_byte_costs_no_other_character(data, text):
    decoded = decode(data)
    assert decoded.text == text
    assert bool(decoded.told) == ("\ufffd" in text)


def test_what_is_said_of_a_bad_byte_names_its_line():
    (told,) = decode(CZECH.encode() + b"\n\n\x96 konec").told
    assert told == "1 place is no UTF-8 and marked with \ufffd (in line 3)"


@pytest.mark.parametrize("text", [RUSSIAN, SHORT_RUSSIAN, FRENCH, CZECH])
@pytest.mark.parametrize("codec", ["cp1251", "koi8-r", "cp866", "cp1250", "cp1252", "mac-roman"])
def test_no_text_in_another_encoding_is_taken_for_damaged_utf8(text, codec):
    data = text.encode(codec, "ignore")
    if not data.isascii():
        assert "\ufffd" not in decode(data).text
        assert "\ufffd" not in decode(data, "utf-8").text or len(text) < 80


@pytest.mark.parametrize(
    ("data", "label", "text"),
    [
        (b"\x93the treaty\x94 \x97 it\x92s", "iso-8859-1", "“the treaty” — it’s"),
        (b"\x93the treaty\x94", "ISO-8859-1", "“the treaty”"),
        (b"one \x96 only", "utf-8", "one \ufffd only"),
        (RUSSIAN.encode("cp1251") + b"\x98", "windows-1251", RUSSIAN + "\ufffd"),
        (RUSSIAN.encode("koi8-r"), "utf-8", RUSSIAN),
        (RUSSIAN.encode("koi8-r"), "no such label", RUSSIAN),
        (RUSSIAN.encode(), "windows-1251", RUSSIAN),
        (RUSSIAN.encode("cp1251"), "rot13", RUSSIAN),
        (b"back\\u0041slash", "unicode_escape", "back\\u0041slash"),
    ],
)
def test_a_declared_encoding_is_read_as_programs_read_it(data, label, text):
    assert decode(data, label).text == text


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        (CZECH, CZECH),
        ("Seán Lemass wrote it.", "Seán"),
        ("It’s signed.", "It’s"),
        (RUSSIAN, "Уважаемый"),
    ],
)
def test_text_encoded_twice_is_told_and_kept(text, meant):
    twice = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in text.encode())
    decoded = decode(twice.encode())
    assert decoded.text == twice
    assert "encoded twice" in decoded.told[0]
    assert decode(text.encode()).told == ()


@pytest.mark.parametrize("text", ["“IRMÔ", "CAFÉ’S «ÉTÉ»", "AMANHÃ…", "ÎLE", FRENCH, CZECH.upper()])
def test_capitals_beside_signs_are_not_taken_for_text_encoded_twice(text):
    assert decode(text.encode()).told == ()


POLISH = "Statek przypłynął wczoraj, a kapitan zapłacił srebrem za zboże; wieśniacy są już źli."
CZECH_SHIP = (
    "Loď připlula včera večer a kapitán zaplatil stříbrem za žito, které ještě leží v přístavu."
)
TURKISH = (
    "Gemi dün akşam limana geldi ve kaptan buğday için gümüşle ödedi, köylüler şimdi bekliyor."
)
HEBREW = "האונייה הגיעה אתמול לנמל והקפטן שילם בכסף עבור החיטה שנקנתה מן האיכרים בכפר"
ARABIC = "وصلت السفينة أمس إلى الميناء ودفع القبطان ثمن القمح فضة للفلاحين في القرية"
JAPANESE = "船は昨日港に着き、船長は村の農民から買った小麦の代金を銀で支払った。"
CHINESE = "輪船昨天到達港口，船長用白銀支付了從農民那裡購買的小麥，村民們現在都在等待。"


@pytest.mark.parametrize(
    ("text", "codecs"),
    [
        (POLISH, "cp1250 iso8859-2"),
        (CZECH_SHIP, "cp1250 iso8859-2"),
        (TURKISH, "cp1254"),
        (HEBREW, "cp1255"),
        (ARABIC, "cp1256"),
        (JAPANESE, "cp932 euc-jp"),
        (CHINESE, "big5 gb18030"),
    ],
)
def test_a_text_of_one_language_is_read_in_each_of_its_encodings(text, codecs):
    for codec in codecs.split():
        decoded = decode(text.encode(codec))
        assert (codec, decoded.text, decoded.told) == (codec, text, ())


@pytest.mark.parametrize(
    "text",
    [
        "Ñuka ñañami kayanti chayamun, wañuchiy ñanta mañan; ñawpa ñawi ñukanchik ñanpi. " * 3,
        "Bato a rive yè swa, kapitèn nan peye ble a an lajan; peyizan yo ap tann kounye a. " * 3,
    ],
)
def test_a_language_that_no_model_knows_is_read_as_western(text):
    assert decode(text.encode("latin-1")).text == text


def test_a_character_that_is_cut_costs_no_other_in_east_asian_text():
    decoded = decode((JAPANESE * 3).encode("cp932")[:-1])
    assert decoded.text[:-1] == (JAPANESE * 3)[:-1]
    assert "1 place" in decoded.told[0]


def test_a_text_of_a_mainframe_is_read():
    text = "The order of 5 May 1962 (copy) was sent to the depot; see page 4.\n" * 3
    decoded = decode(text.encode("cp037"))
    assert (decoded.text, decoded.encoding) == (text, "cp037")
    assert decode(b"write to ida@holm.example or to per@holm.example").encoding == "utf-8"
