"""Last lines that sign nothing, kinds that titles do not name, greetings of our days."""

import pytest
from documents import normalized

from docproc.letters.paragraphs.forms import is_heading, is_salutation, is_signature
from docproc.letters.vocabulary.words import kind_of


@pytest.mark.parametrize(
    "line", ["I am a normal text.", "äöüß", "VIII", "XV.", "I am now in the harbour.", "łódź"]
)
def test_a_line_that_names_nobody_signs_nothing(line):
    assert not is_signature(line)


@pytest.mark.parametrize(
    "line",
    ["I am, Sir, your obedient servant, Ida Holm", "Ödön", "V. Orlova", "I remain, Ida Holm"],
)
def test_a_name_signs(line):
    assert is_signature(line)


def test_the_time_of_a_recording_is_no_heading():
    assert not is_heading("0:0:3.270 --> 0:0:4.250")


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("A Brief History of Time", None),
        ("In Brief", None),
        ("Brief Notes on Ice", "note"),
        ("Brief an Ida Holm", "letter"),
        ("Der Brief des Vaters", "letter"),
        ("Maria Briefe", "letter"),
    ],
)
def test_what_english_calls_brief_is_no_letter(title, kind):
    assert kind_of(title) == kind


@pytest.mark.parametrize(
    ("line", "reader"),
    [
        ("To Whom It May Concern:", None),
        ("Ladies and Gentlemen:", None),
        ("Hi all,", None),
        ("Hello Ida,", "Ida"),
        ("Guten Tag, Herr Nyberg,", "Herr Nyberg"),
        ("Здравствуйте, Ида!", "Ида"),
        ("Carissimo Alberto mio,", "Alberto"),
        ("Stimatissima Signora Ek,", "Signora Ek"),
        ("Querida Ida:", "Ida"),
        ("Geachte Heer Ek,", "Heer Ek"),
        ("Kære Nils,", "Nils"),
        ("Kochana Ido!", "Ido"),
        ("Drahý Jane,", "Jane"),
    ],
)
def test_greetings_of_our_days_open_a_letter(line, reader):
    assert is_salutation(line, opening=True)
    read = normalized(
        f"{line}\n\nThe ice has left the harbour, and the barges sail.\n\nYours,\n\nPer"
    )
    assert (read.metadata.recipient and read.metadata.recipient.text) == reader
