"""The times that questions name, in every language that is read."""

from __future__ import annotations

from datetime import date

import pytest

from docproc.questions.feasts import easter, orthodox_easter
from docproc.questions.times import find_times

LIMITS = [
    ("Who was inspector before January 1921?", None, "1920-12-31"),
    ("letters after May 1922", "1922-06-01", None),
    ("letters since May 1918", "1918-05-01", None),
    ("Who arrived by 1920?", None, "1920-12-31"),
    ("What happened until 1920?", None, "1920-12-31"),
    ("by the end of 1921", None, "1921-12-31"),
    ("not later than 3 May 1920", None, "1920-05-03"),
    ("from May 1921 on", "1921-05-01", None),
    ("letters between 1 May 1920 and 4 May 1920", "1920-05-01", "1920-05-04"),
    ("supplies between June and August 1918", "1918-06-01", "1918-08-31"),
    ("between 1919 and 1921", "1919-01-01", "1921-12-31"),
    ("Briefe vor dem 3. Mai 1920", None, "1920-05-02"),
    ("Briefe nach dem 10. März 1848", "1848-03-11", None),
    ("zwischen März und Juni 1848", "1848-03-01", "1848-06-30"),
    ("seit 1848", "1848-01-01", None),
    ("lettres avant le 10 avril 1871", None, "1871-04-09"),
    ("lettres depuis avril 1871", "1871-04-01", None),
    ("entre 1870 et 1872", "1870-01-01", "1872-12-31"),
    ("письма до 10 августа 1921 г.", None, "1921-08-09"),
    ("письма после 1921 года", "1922-01-01", None),
    ("между 1919 и 1921 годами", "1919-01-01", "1921-12-31"),
]
LIMITS += [
    ("letters up to and including May 1920", None, "1920-05-31"),
    ("on or before 3 May 1920", None, "1920-05-03"),
    ("in or after 1920", "1920-01-01", None),
    ("Briefe bis einschließlich Mai 1920", None, "1920-05-31"),
    ("Briefe zwischen dem 3. und dem 9. Mai 1920", "1920-05-03", "1920-05-09"),
    ("Briefe vom 3. bis 9. Mai 1920", "1920-05-03", "1920-05-09"),
    ("письма с 1920 года", "1920-01-01", None),
    ("с 1919 по 1921 год", "1919-01-01", "1921-12-31"),
]
TIMES = [
    ("letters of the twenties", "1920-01-01", "1929-12-31"),
    ("in the '20s", "1920-01-01", "1929-12-31"),
    ("letters of the eighteen-seventies", "1870-01-01", "1879-12-31"),
    ("in den zwanziger Jahren", "1920-01-01", "1929-12-31"),
    ("les années vingt", "1920-01-01", "1929-12-31"),
    ("les années soixante-dix", "1970-01-01", "1979-12-31"),
    ("письма двадцатых годов", "1920-01-01", "1929-12-31"),
    ("письма 20-х годов", "1920-01-01", "1929-12-31"),
    ("gli anni trenta", "1930-01-01", "1939-12-31"),
    ("in the year before 1921", "1920-01-01", "1920-12-31"),
    ("the month after May 1921", "1921-06-01", "1921-06-30"),
    ("im Jahr vor 1921", "1920-01-01", "1920-12-31"),
    ("l'année d'avant 1921", "1920-01-01", "1920-12-31"),
    ("за год до 1921", "1920-01-01", "1920-12-31"),
    ("letters of the nineteenth century", "1801-01-01", "1900-12-31"),
    ("Briefe aus dem 19. Jahrhundert", "1801-01-01", "1900-12-31"),
    ("lettres du XIXe siècle", "1801-01-01", "1900-12-31"),
    ("письма XIX века", "1801-01-01", "1900-12-31"),
    ("in the first half of 1920", "1920-01-01", "1920-07-01"),
    ("во второй половине 1921 года", "1921-07-02", "1921-12-31"),
    ("the last quarter of 1921", "1921-10-02", "1921-12-31"),
    ("the end of 1921", "1921-09-01", "1921-12-31"),
    ("Ende 1920", "1920-08-31", "1920-12-31"),
    ("in 1920 or 1921", "1920-01-01", "1921-12-31"),
    ("on New Year's Eve 1917", "1917-12-31", "1917-12-31"),
    ("на Рождество 1914 года", "1914-12-24", "1915-01-07"),
    ("Brief vom 3ten Mai 1848", "1848-05-03", "1848-05-03"),
    ("Who named Maslov in 1904?", "1904-01-01", "1904-12-31"),
    ("letter of 14/III-1919", "1919-03-14", "1919-03-14"),
    ("What did he write on 13 August 1918?", "1918-08-13", "1918-08-13"),
    ("in the spring of 1922", "1922-03-01", "1922-05-31"),
    ("im Sommer 1921", "1921-06-01", "1921-08-31"),
    ("en été 1871", "1871-06-01", "1871-08-31"),
    ("летом 1921 года", "1921-06-01", "1921-08-31"),
    ("letters of Easter week 1916", "1916-04-23", "1916-04-29"),
    ("Weihnachten 1914", "1914-12-24", "1914-12-26"),
    ("in late 1921", "1921-09-01", "1921-12-31"),
]
EITHER = [
    ("letters before 3/5/1920", None, "1920-03-04", True),
    ("after 3/5/1920", "1920-05-04", None, True),
    ("What was written on 3/5/1920?", "1920-03-05", "1920-05-03", False),
    ("letter of 4/4/1920", "1920-04-04", "1920-04-04", False),
    ("letter of 13/5/1920", "1920-05-13", "1920-05-13", False),
]
NONE = ["What did telegram 1552 say?", "4715", "a fine of 2340 crowns", "cholera in August", "Will"]


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    ("question", "earliest", "latest"),
    [
        ("What was written between Easter 1916 and Whitsun 1916?", "1916-04-23", "1916-06-12"),
        ("zwischen Ostern und Pfingsten 1916", "1916-04-23", "1916-06-12"),
        ("между мартом и маем 1920 года", "1920-03-01", "1920-05-31"),
        ("к лету 1920 года", None, "1920-08-31"),
        ("entro maggio 1920", None, "1920-05-31"),
        ("non più tardi di maggio 1920", None, "1920-05-31"),
        ("a partire da maggio 1920", "1920-05-01", None),
        ("da marzo a maggio 1920", "1920-03-01", "1920-05-31"),
        ("desde mayo hasta julio de 1920", "1920-05-01", "1920-07-31"),
        ("no más tarde de mayo de 1920", None, "1920-05-31"),
        ("hasta finales de 1920", None, "1920-12-31"),
        ("au plus tard en mai 1920", None, "1920-05-31"),
        ("not until May 1920", "1920-05-01", None),
    ],
)
def test_a_limit_is_read_in_other_words(
    question: str, earliest: str | None, latest: str | None
) -> None:
    test_a_limit_is_read(question, earliest, latest)


@pytest.mark.parametrize(
    ("question", "earliest", "latest"),
    [
        ("What happened in the last week of March 1920?", "1920-03-25", "1920-03-31"),
        ("in the second week of May 1920", "1920-05-08", "1920-05-14"),
        ("the last days of August 1920", "1920-08-22", "1920-08-31"),
        ("in der letzten Märzwoche 1920", "1920-03-25", "1920-03-31"),
        ("dans la dernière semaine de mars 1920", "1920-03-25", "1920-03-31"),
        ("en la última semana de marzo de 1920", "1920-03-25", "1920-03-31"),
        ("nell'ultima settimana di marzo 1920", "1920-03-25", "1920-03-31"),
        ("в последнюю неделю марта 1920 года", "1920-03-25", "1920-03-31"),
        ("в первых числах мая 1920 года", "1920-05-01", "1920-05-10"),
        ("in the week of 3 May 1920", "1920-05-03", "1920-05-09"),
        ("the day after 3 May 1920", "1920-05-04", "1920-05-04"),
        ("накануне 1 мая 1920 года", "1920-04-30", "1920-04-30"),
        ("à la veille du 1er mai 1920", "1920-04-30", "1920-04-30"),
        ("im Herbst des Jahres 1920", "1920-09-01", "1920-11-30"),
        ("à la fin du mois de mai 1920", "1920-05-21", "1920-05-31"),
        ("весною 1922 года", "1922-03-01", "1922-05-31"),
        ("en Semana Santa de 1916", "1916-04-16", "1916-04-22"),
        ("dans les années 1920", "1920-01-01", "1929-12-31"),
    ],
)
def test_a_part_of_a_time_is_read(question: str, earliest: str, latest: str) -> None:
    test_a_time_of_what_is_asked_about_is_read(question, earliest, latest)


@pytest.mark.parametrize(("question", "earliest", "latest"), LIMITS)
def test_a_limit_is_read(question: str, earliest: str | None, latest: str | None) -> None:
    (time,) = find_times(question)
    assert (time.earliest, time.latest, time.limit) == (day(earliest), day(latest), True)
    assert time.span.of(question).strip() == time.printed


@pytest.mark.parametrize(("question", "earliest", "latest"), TIMES)
def test_a_time_of_what_is_asked_about_is_read(question: str, earliest: str, latest: str) -> None:
    (time,) = find_times(question)
    assert (time.earliest, time.latest, time.limit) == (day(earliest), day(latest), False)


def test_a_decade_without_its_century_is_of_the_documents() -> None:
    (time,) = find_times("letters of the seventies", lambda: (1866, 1892))
    assert (time.earliest, time.latest) == (date(1870, 1, 1), date(1879, 12, 31))


@pytest.mark.parametrize(("question", "earliest", "latest", "limit"), EITHER)
def test_a_day_that_may_be_the_month_holds_either_way(
    question: str, earliest: str | None, latest: str | None, limit: bool
) -> None:
    (time,) = find_times(question)
    assert (time.earliest, time.latest, time.limit) == (day(earliest), day(latest), limit)


@pytest.mark.parametrize("question", NONE)
def test_a_number_or_an_open_date_is_no_time(question: str) -> None:
    assert find_times(question) == ()


def test_easter_of_both_churches_falls_where_the_almanacs_have_it() -> None:
    assert [easter(year) for year in (1818, 1916, 2024)] == [
        date(1818, 3, 22), date(1916, 4, 23), date(2024, 3, 31),
    ]  # fmt: skip
    assert orthodox_easter(2024) == date(2024, 5, 5)
