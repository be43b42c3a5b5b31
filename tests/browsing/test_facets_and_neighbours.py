"""By what a list can be chosen further, and what stands around a letter."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from test_browsing import row

from docproc.browsing.correspondence import persons_of
from docproc.browsing.facets import MOST, list_facets
from docproc.browsing.neighbours import Neighbourhood
from docproc.browsing.timeline import timeline
from docproc.operations.application import Application
from docproc.operations.reading.reading_room import open_reading_room
from docproc.operations.writing.runs import prepare_index
from docproc.persons import Register
from docproc.pipeline.monitoring.progress import Silent
from docproc.records import Person, Span
from docproc.references import reference
from docproc.store.catalog.parts.shelves import Shelf, path_of
from docproc.workspace import find_workspace

LETTERS = {
    "1.txt": ("A. Weiss to B. Orlov", "1 March 1921", "The mill at Sloka has stood idle."),
    "2.txt": ("B. Orlov to A. Weiss", "9 March 1921", "The boards of the mill are rotten."),
    "3.txt": ("C. Haas to B. Orlov", "2 April 1921", "Forty sacks of flour were sent by rail."),
    "4.txt": ("A. Weiss to B. Orlov", "5 May 1921", "Send the miller his wages before June."),
    "5.txt": ("B. Orlov to A. Weiss", "7 June 1924", "I have moved to the town of Oskol."),
}


def test_settings_of_one_name_are_one_choice_and_the_commonest_come_first():
    rows = [row(sender="R.G. Casey"), row(sender="R. G. CASEY"), row(sender="Orlov")]
    senders = {facet.name: facet for facet in list_facets(rows)}["sender"]
    assert [(each.words, each.documents) for each in senders.choices] == [
        ("R.G. Casey", 2), ("Orlov", 1),
    ]  # fmt: skip


def test_rare_choices_are_counted_and_no_value_breaks_a_line():
    rows = [row(sender=f"Sender {n}\nof a place") for n in range(MOST + 5)]
    senders = {facet.name: facet for facet in list_facets(rows)}["sender"]
    assert len(senders.choices) == MOST
    assert senders.left == 5
    assert all("\n" not in each.words for each in senders.choices)


def test_a_person_counts_on_either_side_and_once_a_document_in_every_form_of_the_name():
    rows = [
        row(sender="R. G. Casey", recipient="Orlov"),
        row(sender="Orlov", recipient="Casey, R.G."),
        row(sender="Olga Orlova", recipient="R. G. Casey"),
        row(sender="Olga Orlova", recipient="Olga Ivanova"),
    ]
    rows = [replace(each, id=f"{number}") for number, each in enumerate(rows, 1)]
    known = {"3": ("#olga", None), "4": ("#olga", "#olga")}
    register = Register.of([Person("#olga", "Ivanova, Olga", ("Orlova, Olga",))])
    persons = persons_of(rows, known, register)
    found = {facet.name: facet for facet in list_facets(rows, persons=persons)}["person"]
    assert [(each.words, each.documents) for each in found.choices] == [
        ("R. G. Casey", 3), ("Olga Ivanova", 2), ("Orlov", 2),
    ]  # fmt: skip


SHELVES = {
    "1": Shelf(("RGASPI", "fond 558", "opis 2"), ("typewritten",), "Letters"),
    "2": Shelf(("RGASPI", "fond 17"), ("autograph", "typewritten"), "Letters"),
    "3": Shelf(("ASVe", "series Senato")),
}


@pytest.mark.parametrize(
    ("within", "expected"),
    [
        ("", [("RGASPI", "RGASPI", 2), ("ASVe", "ASVe", 1)]),
        ("RGASPI", [("fond 17", "RGASPI / fond 17", 1), ("fond 558", "RGASPI / fond 558", 1)]),
        ("RGASPI / fond 558", [("opis 2", "RGASPI / fond 558 / opis 2", 1)]),
        ("RGASPI / fond 5", []),
    ],
)
def test_the_places_where_documents_are_kept_are_a_tree(within, expected):
    rows = [replace(row(), id=name) for name in (*SHELVES, "unknown")]
    kept = {facet.name: facet for facet in list_facets(rows, SHELVES, within)}["kept"]
    assert [(each.words, each.value, each.documents) for each in kept.choices] == expected


def test_witness_and_edition_are_choices_and_a_document_may_be_of_two_kinds_of_witness():
    found = {
        facet.name: facet for facet in list_facets([replace(row(), id=n) for n in SHELVES], SHELVES)
    }
    witnesses = {each.value: each.documents for each in found["witness"].choices}
    assert witnesses == {"typewritten": 2, "autograph": 1}
    assert [(each.value, each.documents) for each in found["collection"].choices] == [
        ("Letters", 2)
    ]


def test_a_timeline_of_few_letters_centuries_apart_takes_a_period_that_can_be_drawn():
    rows = [row(date="1616-07-09"), row(date="1921-11-02")]
    line = timeline(rows)
    assert line.dated == 2
    assert line.period != "day"


@pytest.fixture(scope="module")
def neighbourhood(letter_workspace: Path, tmp_path_factory: pytest.TempPathFactory):
    import shutil

    root = tmp_path_factory.mktemp("neighbours")
    (root / "config.toml").write_text("", "utf-8")
    (root / "seeds").mkdir()
    for name, (title, date, words) in LETTERS.items():
        (root / "seeds" / name).write_text(f"{title}\n\n{date}\n\n{words}\n", "utf-8")
    shutil.copytree(letter_workspace / "embeddings" / "encoders", root / "embeddings" / "encoders")
    application = Application(find_workspace(root))
    prepare_index(application, Silent()).run()
    room = open_reading_room(application)
    assert room is not None
    return Neighbourhood(room.opened.catalog)


def around(neighbourhood, source):
    catalog = neighbourhood.catalog
    (document,) = catalog.finder.documents_of(source)
    found = neighbourhood.of(document)
    beside = (found.previous, found.following, found.answers, found.reply)
    return [each and each.source.removeprefix("seeds/") for each in beside]


def test_letters_follow_one_another_by_date_and_the_next_the_other_way_may_be_the_reply(
    neighbourhood,
):
    assert around(neighbourhood, "1.txt") == [None, "2.txt", None, "2.txt"]
    assert around(neighbourhood, "2.txt") == ["1.txt", "3.txt", "1.txt", "4.txt"]
    assert around(neighbourhood, "3.txt") == ["2.txt", "4.txt", None, None]


def test_no_letter_of_years_later_is_taken_for_a_reply(neighbourhood):
    assert around(neighbourhood, "4.txt") == ["3.txt", "5.txt", "2.txt", None]


class Volumes:
    """A catalog of five dated documents: two volumes of two, and a letter between them."""

    made = tuple(
        replace(row(date=f"192{year}"), id=name, source=name[0], member=name, first_row=number)
        for number, (name, year) in enumerate(
            [("a1", 1), ("a2", 2), ("b", 3), ("c1", 4), ("c2", 5)]
        )
    )
    first_rows = np.arange(6)
    absent = np.array([], np.int64)
    first_days = np.array([19210101, 19220101, 19230101, 19240101, 19250101])

    @property
    def finder(self):
        return self

    def documents_of(self, source, *, exactly=False):
        return [each.id for each in self.made if each.source == source]

    def document_row(self, name):
        return self.document_rows([name])[name]

    def document_rows(self, names):
        return {each.id: each for each in self.made if each.id in names}

    def documents_at(self, numbers):
        return [self.made[number] for number in numbers]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a1", (None, "a2")),
        ("a2", ("a1", "b")),  # after the last of a volume, the next by date
        ("b", ("a2", "c1")),
        ("c1", ("b", "c2")),  # before the first of one, the one before by date
        ("c2", ("c1", None)),
    ],
)
def test_a_volume_does_not_end_the_way_along_the_letters(name, expected):
    found = Neighbourhood(Volumes()).of(name)
    beside = (found.previous, found.following)
    assert tuple(each and each.id for each in beside) == expected


def test_a_repository_is_shown_by_its_name_alone():
    levels = [("repository", "Tver  Archive"), ("collection", "12"), ("leaves", "4")]
    said = reference("Tver Archive, 12, p. 4", Span(0, 22), "ead", levels)
    assert path_of(said) == ("Tver Archive", "collection 12")
