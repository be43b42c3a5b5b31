"""The forms of names: turned round where their form shows how, and left alone elsewhere."""

import pytest

from docproc.persons import natural_order, shared_family_name, sorted_order, split_name


@pytest.mark.parametrize(
    ("printed", "spoken", "sorted_by"),
    [
        ("Lindqvist, Maja", "Maja Lindqvist", "Lindqvist, Maja"),
        ("Humboldt, Alexander von", "Alexander von Humboldt", "Humboldt, Alexander von"),
        ("von der Tann, Ludwig", "Ludwig von der Tann", "von der Tann, Ludwig"),
        ("Maja O. Lindqvist", "Maja O. Lindqvist", "Lindqvist, Maja O."),
        ("J. V. Stalin", "J. V. Stalin", "Stalin, J. V."),
        ("Сталин И. В.", "Сталин И. В.", "Сталин, И. В."),
        ("Stalin, Joseph, 1878-1953", "Joseph Stalin", "Stalin, Joseph"),
        ("Bahr, Hermann (1863–1934)", "Hermann Bahr", "Bahr, Hermann"),
        ("Holm, Ida B. (Ida Brita), 1871-1943", "Ida B. Holm", "Holm, Ida B."),
        ("Holm, I. Brita (Ida Brita)", "I. Brita Holm", "Holm, I. Brita"),
    ],
)
def test_a_name_is_turned_round_both_ways(printed, spoken, sorted_by):
    assert (natural_order(printed), sorted_order(printed)) == (spoken, sorted_by)


@pytest.mark.parametrize(
    "printed",
    ["Winston Churchill", "Mao Zedong", "Foreign Office, London", "Francis, Ambassador",
     "Smith, Jr.", "Board of Trade, Harbour Department", "Krupp, Fried., and Sons", "",
     "Holm, Ida B. (Ek)"],
)  # fmt: skip
def test_what_its_form_does_not_show_is_left_as_printed(printed):
    assert split_name(printed) is None
    assert natural_order(printed) == sorted_order(printed) == printed


def test_a_family_name_that_the_source_marks_decides():
    assert sorted_order("Mao Zedong", "Mao") == "Mao, Zedong"
    assert natural_order("Mao Zedong", "Mao") == "Mao Zedong"
    assert sorted_order("Winston Churchill", "Churchill") == "Churchill, Winston"


@pytest.mark.parametrize(
    ("printed", "spoken", "sorted_by"),
    [
        ("Lindqvist, Maja, Dr.", "Dr. Maja Lindqvist", "Lindqvist, Dr. Maja"),
        ("Tann, Ludwig von der, Freiherr", "Freiherr Ludwig von der Tann",
         "Tann, Freiherr Ludwig von der"),
        ("Holm, Per, Jr.", "Per Holm Jr.", "Holm, Per, Jr."),
    ],
)  # fmt: skip
def test_what_stands_behind_a_second_comma_goes_where_it_is_spoken(printed, spoken, sorted_by):
    assert (natural_order(printed), sorted_order(printed)) == (spoken, sorted_by)


def test_two_of_one_family_show_its_name_and_two_offices_do_not():
    names = ["Ida Holm", "Ada Holm", "Holm and Sons", "Tove Krag"]
    assert shared_family_name(names) == {"Ida Holm": "Holm", "Ada Holm": "Holm"}
    for names in (["Board of Trade", "Chamber of Trade"], ["Lund College", "Malmö College"]):
        assert shared_family_name(names) == {}
