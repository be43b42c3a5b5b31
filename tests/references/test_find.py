"""Finding references: the tables of forms, what is no reference, and what must always hold."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from linear import grows_by_length
from reference_forms import ALL, AUSTRALIA_WHOLE, Form

from docproc.records import ArchivalReference, Span
from docproc.references import GRAMMARS, Grammar, find_references, parse_reference, reference
from docproc.references.source_notes import read_source_note

FORMS = [(scheme, form) for scheme, forms in ALL.items() for form in forms]
STRINGS = [form[0] for _, form in FORMS]
PROSE = st.text(
    st.sampled_from("abcdefgh ijklmn opqrstu vwxyz абвгд еёжз икл\n,;'’“”"), min_size=0, max_size=60
)


def components(found: ArchivalReference) -> dict[str, str]:
    """The components by level; of a level that comes twice, the first."""
    return {name: found.get(name) or "" for name, _ in found.components}


@pytest.mark.parametrize(("scheme", "form"), FORMS, ids=STRINGS)
def test_a_real_form_is_found_in_prose_and_parsed(scheme: str, form: Form) -> None:
    printed, levels, archive, archive_now = form
    text = f"as one reads there ({printed}) and elsewhere"
    (found,) = find_references(text)
    assert found.printed == printed
    assert (found.scheme, components(found)) == (scheme, levels)
    assert (found.archive, found.archive_now) == (archive, archive_now)


@pytest.mark.parametrize(("scheme", "form"), FORMS, ids=STRINGS)
def test_a_real_form_is_read_as_a_whole(scheme: str, form: Form) -> None:
    found = parse_reference(f"  {form[0]} ")
    assert found is not None
    assert (found.scheme, components(found), found.span) == (scheme, form[1], None)


@pytest.mark.parametrize("form", AUSTRALIA_WHOLE, ids=[form[0] for form in AUSTRALIA_WHOLE])
def test_metadata_may_describe_more_loosely(form: Form) -> None:
    found = parse_reference(form[0])
    assert found is not None
    assert (components(found), found.archive) == (form[1], form[2])


def test_every_grammar_has_forms_in_the_table() -> None:
    assert {grammar.scheme for grammar in GRAMMARS.values()} == set(ALL)


@pytest.mark.parametrize(
    "text",
    [
        "F. Scott Fitzgerald and D. H. Lawrence, L. 1 alone",
        "on page f. 3 one reads",
        "F. 558 alone says too little",
        "Op. 2 by Chopin, D. 51 by Schubert",
        "фонд 500 рублей выдан",
        "в деле 3 листа, 214 л. всего",
        "He lived in box 3. The folder was red",
        "AA batteries: 12, or NAA, the association",
        "a series of 20 items, part 3",
        "FO said 371 men",
        "RG 59",
        "R 901/25431",
        "R 901/25431, Bl. missing",
        "Box 3, item 5 was empty",
        "BL, London 1999 and the British Library 1973",
        "busta 3, c. 4 and reg. 5, c. 3",
        "una filza vecchia e la busta 3, c. 4",
        "Do 35/2 and say so",
        "on 2/11/1921 and 1921-11-02",
        "the PRO and the BL, the RGASPI and the GARF",
        "M316 was a road, T120 another",
        "Add. 3 spoons, MS 4",
        "555-12345-678",
        "Л. Н. Толстой, Д. И. Менделеев, Ф. М. Достоевский",
        "О. П. Иванов, оп. 5 не та",
        "№ 17/3/225 от 2 ноября",
        "RGASPI, an archive; 558/2/51 a number",
    ],
)
def test_what_only_looks_like_a_reference_is_none(text: str) -> None:
    assert find_references(text) == ()


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        (
            "RTSKHIDNI. F. 558. Op. 2. D. 51. L. 1. Typewritten text.",
            "RTSKHIDNI. F. 558. Op. 2. D. 51. L. 1.",
        ),
        ("(RTSKHIDNI. F. 17. Op. 3. D. 225. L. 1).", "RTSKHIDNI. F. 17. Op. 3. D. 225. L. 1"),
        ("See RGASPI, f. 17, op. 3, d. 225, l. 1. Then", "RGASPI, f. 17, op. 3, d. 225, l. 1"),
        ("See f. 17, op. 3, l. 3 ob. Then", "f. 17, op. 3, l. 3 ob."),
        ("in PRO: FO 371/21025.", "PRO: FO 371/21025"),
        ("NAA: A1838, 919/12/1 part 1. Cabinet", "NAA: A1838, 919/12/1 part 1"),
        ("(BL Add. MS 41295, f. 3v).", "BL Add. MS 41295, f. 3v"),
        ("(PM&C: A2694, 8 April 1938, unnumbered)", "PM&C: A2694"),
    ],
)
def test_the_end_is_the_forms_own(text: str, printed: str) -> None:
    assert [found.printed for found in find_references(text)] == [printed]


@pytest.mark.parametrize("before", ["", "It cost him for 12 days. "])
def test_a_section_belongs_to_a_reference_that_names_no_fond(before: str) -> None:
    (found,) = find_references(f"{before}Разд. II. Оп. 2. Д. 51. Л. 1.")
    assert found.printed == "Разд. II. Оп. 2. Д. 51. Л. 1."
    assert found.get("section") == "II"


def test_what_a_semicolon_leaves_out_is_what_was_said_before() -> None:
    text = "ГАРФ. Ф. Р-5446. Оп. 1. Д. 225. Л. 1; Д. 226. Л. 3; Ф. Р-393. Оп. 2. Д. 1"
    first, second, third = find_references(text)
    assert second.printed == "Д. 226. Л. 3"
    assert components(second) == {"fond": "R-5446", "opis": "1", "delo": "226", "leaves": "3"}
    assert (second.archive, third.archive) == ("GARF", "GARF")
    assert components(third) == {"fond": "R-393", "opis": "2", "delo": "1"}
    assert first.get("delo") == "225"
    australian = find_references("NAA: A1838, 532/7 part 1; A1209, 1957/5406")
    assert [found.get("series") for found in australian] == ["A1838", "A1209"]
    assert {found.archive for found in australian} == {"NAA"}


@pytest.mark.parametrize(
    ("question", "levels", "archive"),
    [
        ("F. 558 Op. 2", {"fond": "558", "opis": "2"}, None),
        ("ф. 558 оп. 2", {"fond": "558", "opis": "2"}, None),
        ("RGASPI 558/2/51", {"fond": "558", "opis": "2", "delo": "51"}, "RGASPI"),
        ("rgaspi f. 558", {"fond": "558"}, "RGASPI"),
        ("гарф ф. р-5446 оп. 1", {"fond": "R-5446", "opis": "1"}, "GARF"),
        ("RGASPI 558/2", {"fond": "558", "opis": "2"}, "RGASPI"),
        ("F. 558", {"fond": "558"}, None),
        ("RTsKhIDNI F. 558", {"fond": "558"}, "RTsKhIDNI"),
    ],
)
def test_a_question_may_be_a_bare_reference(
    question: str, levels: dict[str, str], archive: str | None
) -> None:
    found = parse_reference(question)
    assert found is not None
    assert (components(found), found.archive) == (levels, archive)


@pytest.mark.parametrize("text", ["", "  ", "How many rifles?", "F. Scott", "page 3", "1921"])
def test_what_is_no_reference_is_not_read_as_one(text: str) -> None:
    assert parse_reference(text) is None


@given(PROSE, st.sampled_from(STRINGS), PROSE)
def test_a_form_is_found_wherever_it_stands(before: str, form: str, after: str) -> None:
    text = f"{before} ({form}) {after}"
    found = [one.printed for one in find_references(text)]
    assert form in found


@given(st.lists(st.one_of(PROSE, st.sampled_from(STRINGS), st.text(max_size=20)), max_size=8))
def test_spans_are_exact_in_order_and_apart(pieces: list[str]) -> None:
    text = " ".join(pieces)
    end = 0
    for found in find_references(text):
        assert found.span is not None
        assert found.printed == found.span.of(text) != ""
        assert found.span.start >= end
        end = found.span.end


@given(st.sampled_from(STRINGS))
def test_what_was_found_reads_back_as_the_same(form: str) -> None:
    (found,) = find_references(form)
    again = parse_reference(found.printed)
    assert again is not None
    assert (again.components, again.archive) == (found.components, found.archive)
    (once_more,) = find_references(again.printed)
    assert once_more == found


@given(st.sampled_from(STRINGS), st.integers(0, 30), st.integers(0, 30))
def test_only_the_stretch_asked_for_is_read(form: str, before: int, after: int) -> None:
    text = "x" * before + " " + form + " " + "y" * after
    at = before + 1
    inside = find_references(text, at, at + len(form))
    assert [found.span for found in inside] == [Span(at, at + len(form))]
    assert find_references(text, 0, at) == ()


def _shelves(text: str, start: int, end: int, _whole: bool) -> Iterator[ArchivalReference]:
    for match in re.finditer(r"Shelf (\d+)/(\d+)", text[start:end]):
        span = Span(*match.span()).shift(start)
        yield reference(text, span, "shelves", [("shelf", match[1]), ("book", match[2])])


def test_a_grammar_of_a_plugins_own_is_read_beside_the_others() -> None:
    grammar = Grammar("shelves", _shelves, "Shelves and books")
    text = "See Shelf 3/14 and TNA, FO 371/12345."
    found = find_references(text, grammars=[grammar])
    assert [(one.scheme, one.printed) for one in found] == [
        ("shelves", "Shelf 3/14"),
        ("class and piece", "TNA, FO 371/12345"),
    ]
    whole = parse_reference("Shelf 3/14", grammars=[grammar])
    assert whole is not None
    assert whole.get("book") == "14"


def test_of_two_claims_to_one_stretch_the_longer_stands() -> None:
    def shorter(text: str, start: int, end: int, _whole: bool) -> Iterator[ArchivalReference]:
        for match in re.compile("See TNA").finditer(text, start, end):
            yield reference(text, Span(*match.span()), "shorter", [("name", "TNA")])

    text = "See TNA, FO 371/12345"
    (found,) = find_references(text, grammars=[Grammar("shorter", shorter)])
    assert found.printed == "TNA, FO 371/12345"


HOSTILE = {
    "initials": "F. " * 50_000,
    "fonds without end": "F. 1. Op. 1. " * 10_000,
    "leaves without end": "Ф. 1. Оп. 1. Д. 1. Л. " + "1, " * 50_000,
    "brackets never closed": "Ф. 1 (а(" * 20_000,
    "figures": "1" * 200_000,
    "spaces": "F." + " " * 200_000 + "1",
    "capitals": "Papers Of The " * 10_000,
    "continued": "Ф. 1. Оп. 2. Д. 3" + "; Д. 4" * 10_000,
    "series without end": "ASVe, Senato, " * 10_000,
    "slashes": "РГАСПИ 1/1/1 " * 10_000,
    "words": "a" * 200_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_read_in_linear_time(text: str) -> None:
    assert grows_by_length(lambda text: list(find_references(text)), text)
    assert grows_by_length(parse_reference, text[:20_000])


@pytest.mark.parametrize(
    ("note", "printed"),
    [
        (
            "Lund, Stadtbibliothek, 8 Cod. Ms. Hist. Lit. 48n, fol. 55.",
            "Lund, Stadtbibliothek, 8 Cod. Ms. Hist. Lit. 48n, fol. 55",
        ),
        ("Source: Paris, BnF, Ms. fr. 12, fol. 3. Autograph.", "Paris, BnF, Ms. fr. 12, fol. 3"),
        ("Wien, ÖNB, Autogr. 45/3-2. Unpublished.", "Wien, ÖNB, Autogr. 45/3-2"),
    ],
)
def test_a_note_on_the_source_ends_with_its_sentence_and_not_with_an_abbreviation(note, printed):
    found = read_source_note(note)
    assert found is not None
    assert found.printed == printed
