"""Days that are written in words."""

import pytest
from documents import normalized

from docproc.letters.paragraphs.forms import dates_in_dateline
from docproc.references import find_dates, parse_date


@pytest.mark.parametrize(
    ("text", "printed", "edtf"),
    [
        ("Paris, le quatre mai mil neuf cent quatorze.", "quatre mai mil neuf cent quatorze",
         "1914-05-04"),
        ("le vingt-deux du mois de mai mil sept cent quatre-vingt-dix-neuf",
         "vingt-deux du mois de mai mil sept cent quatre-vingt-dix-neuf", "1799-05-22"),
        ("L'an mil huit cent douze, le quatre mai, devant nous",
         "L'an mil huit cent douze, le quatre mai", "1812-05-04"),
        ("on the fourth of May, one thousand nine hundred and twelve, the mill",
         "fourth of May, one thousand nine hundred and twelve", "1912-05-04"),
        ("a twenty-first day of June, in the year of our Lord one thousand eight hundred and six",
         "twenty-first day of June, in the year of our Lord one thousand eight hundred and six",
         "1806-06-21"),
        ("the second of May nineteen hundred and eighteen",
         "second of May nineteen hundred and eighteen", "1918-05-02"),
        ("quinto maggio millenovecentoquattordici", "quinto maggio millenovecentoquattordici",
         "1914-05-05"),
        ("addì primo gennaio mille ottocento ottantuno",
         "primo gennaio mille ottocento ottantuno", "1881-01-01"),
        ("am einundzwanzigsten März achtzehnhundertachtundvierzig",
         "einundzwanzigsten März achtzehnhundertachtundvierzig", "1848-03-21"),
        ("a veintitrés de octubre de mil ochocientos noventa y seis",
         "veintitrés de octubre de mil ochocientos noventa y seis", "1896-10-23"),
        ("двадцать третьего июня тысяча восемьсот двенадцатого года",
         "двадцать третьего июня тысяча восемьсот двенадцатого года", "1812-06-23"),
        ("le 4 mai mil neuf cent quatorze", "4 mai mil neuf cent quatorze", "1914-05-04"),
    ],
)  # fmt: skip
def test_a_day_in_words_is_that_day(text, printed, edtf):
    (found,) = find_dates(text)
    assert (found.printed, found.edtf) == (printed, edtf)
    assert found.span.of(text) == printed
    assert parse_date(printed).edtf == edtf


@pytest.mark.parametrize(
    ("dateline", "place"),
    [
        ("Fait à Lyon, le premier juin mil neuf cent deux.", "Lyon"),
        ("Roma, addì quinto maggio mille novecento quattordici", "Roma"),
        ("Given at Lund this fourth day of May, one thousand eight hundred and twelve", "Lund"),
    ],
)
def test_a_dateline_in_words_dates_a_letter_and_names_its_place(dateline, place):
    about = normalized(f"{dateline}\n\nDear Lake,\n\nCome at once.\n\nA. River").metadata
    assert (about.date.place, about.place.text) == ("dateline", place)
    assert dates_in_dateline(f"It was {dateline}, and so on they went to the mill") == ()


@pytest.mark.parametrize(
    "text",
    [
        "In May one thousand nine hundred men came.",
        "the thirty-first of February one thousand eight hundred",
        "mille baci, e mille ancora a maggio",
        "a family of the second of a thousand sorts",
    ],
)
def test_numbers_in_words_that_are_no_day_are_none(text):
    assert find_dates(text) == ()
