"""Pages as printers and word processors set them: heads, capitals, notes, forms."""

from __future__ import annotations

from itertools import cycle

import pytest
from fpdf import FPDF
from pdf_files import form
from test_pdf import parse

from docproc.records import BlockKind

BODY = [f"the mill stood still in week {n} and no rye was ground there at all" for n in "abc"]


def printed(*pages, size=12):
    """Pages of lines, each a place from the top in millimetres and its words."""
    pdf = FPDF()
    pdf.set_font("times", size=size)
    for page in pages:
        pdf.add_page()
        for place, words in page:
            pdf.text(20, place, words)
    return bytes(pdf.output())


ENDS = cycle(["It was so.", "Then it rained.", "Nobody came to us.", "All was lost."])


def page(first, place=15.0, apart=10.0, last=""):
    last = last or next(ENDS)
    rows = [(place + apart + 6 * number, words) for number, words in enumerate(BODY)]
    return [(place, first), *rows, (place + apart + 18, last)]


def furniture(document):
    return [b.span.of(document.text) for b in document.blocks if b.kind is BlockKind.FURNITURE]


def test_a_running_head_like_a_name_may_have_a_second_line_close_below():
    def margins(number):
        first, *rest = page("The Grain Office")
        return [first, (21, "Lund branch"), *[(y + 12, words) for y, words in rest]]

    document = parse(printed(*map(margins, (41, 42, 43))))
    assert furniture(document) == ["The Grain Office", "Lund branch"] * 3


def test_head_and_foot_may_be_written_before_the_text_and_have_two_lines():
    def margins(number):
        first, *rest = page("Papers of the office at Lund")
        return [first, (21, "Lund branch"), (280, str(number)), *[(y + 12, w) for y, w in rest]]

    document = parse(printed(*map(margins, (41, 42, 43))))
    around = ["Papers of the office at Lund", "Lund branch"]
    assert furniture(document) == [*around, "41", *around, "42", *around, "43"]
    assert document.text.rstrip().endswith("\n43")


@pytest.mark.parametrize(
    "heads",
    [
        ["HISTORY OF THE MILL"] * 3,
        ["12 HISTORY OF THE MILL", "13 HISTORY OF THE MILL"],
        ["Ann Orlova"] * 4,
    ],
)
def test_a_line_at_one_place_of_several_pages_is_a_running_head(heads):
    assert furniture(parse(printed(*map(page, heads)))) == heads


@pytest.mark.parametrize(
    ("lines", "apart"),
    [
        (["Dear Sir,"] * 3, 10.0),
        (["MR. ORLOV: I say that"] * 3, 10.0),
        (["Part 1 of the book", "Part 7 of the book"], 10.0),
    ],
)
def test_salutations_speakers_and_titles_are_no_running_heads(lines, apart):
    document = parse(printed(*(page(line, apart=apart) for line in lines)))
    assert furniture(document) == []


@pytest.mark.parametrize("head", ["184 HISTORY OF THE MILL", "OF THE MILL AND RYE 185"])
def test_capitals_beside_the_number_of_a_page_are_a_running_head(head):
    assert furniture(parse(printed(page(head)))) == [head]


@pytest.mark.parametrize("head", ["12 HISTORY OF THE MILL", "CHAPTER 184", "184 Of the mill"])
def test_numbered_titles_are_no_running_heads(head):
    assert furniture(parse(printed(page(head)))) == []


def test_a_sentence_stays_whole_though_a_page_ends_in_it():
    heads = ["12 HISTORY OF THE MILL", "13 HISTORY OF THE MILL"]
    pages = [page(heads[0], last="and so the people of"), page(heads[1])]
    document = parse(printed(*pages))
    assert f"and so the people of\n{BODY[0]}" in document.text
    assert sorted(furniture(document)) == heads


def test_a_signature_below_each_of_several_letters_is_no_running_foot():
    pages = [page("Of the mill", 15.0 + 20 * n, last="I. Orlov") for n in range(3)]
    assert "I. Orlov" not in furniture(parse(printed(*pages)))


@pytest.mark.parametrize(
    ("letter", "rest", "text"),
    [("D", "ie Sache ist klar", "Die Sache ist klar"), ("I", "was there", "I was there")],
)
def test_a_drop_capital_begins_the_word_beside_it(letter, rest, text):
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("times", size=48)
    pdf.text(20, 52, letter)
    pdf.set_font("times", size=12)
    for number, words in enumerate([f"{rest} and will", "stay so for good."]):
        pdf.text({"D": 33, "I": 26}[letter], 42 + 6 * number, words)
    assert parse(bytes(pdf.output())).text == f"{text} and will\nstay so for good."


def noted(*pieces):
    """A page of *pieces*: words with the figures that are raised, between upright strokes."""
    pdf = FPDF()
    pdf.add_page()
    for place, words in pieces:
        x = 20.0
        for number, piece in enumerate(words.split("|")):
            size = 7 if number % 2 else 12
            pdf.set_font("times", size=size)
            pdf.text(x, place - (1.5 if number % 2 else 0), piece)
            x += pdf.get_string_width(piece)
    return bytes(pdf.output())


def test_raised_figures_are_tied_to_the_notes_below():
    document = parse(
        noted(
            (20, "The board met in the hall|1| in 1921, and decided on rye.|2|"),
            (26, "It was so, and no word was said of it to us by anybody."),
            (250, "|1| See the letter of Orlova, in the"),
            (256, "archive of Tver."),
            (262, "|2| The same."),
        )
    )
    notes = [b for b in document.blocks if b.kind is BlockKind.NOTE]
    assert [(b.label, b.span.of(document.text)) for b in notes] == [
        ("1", "1 See the letter of Orlova, in the\narchive of Tver."),
        ("2", "2 The same."),
    ]
    before = [document.text[: b.anchor.start][-4:] for b in notes]
    assert before == ["hall", "rye."]


def test_figures_that_are_as_large_as_the_words_are_no_marks():
    document = parse(noted((20, "The board met in hall1 in 1921."), (250, "1 See the letter.")))
    assert [b for b in document.blocks if b.kind is BlockKind.NOTE] == []


def test_what_is_filled_in_or_typed_onto_a_page_stands_where_it_is_seen():
    data = form({"Name:": "Ivan Petrov", "Place:": "Tver", "Empty:": ""}, "Seen by the board.")
    lines = parse(data).text.split("\n")
    assert [line for line in lines if line] == [
        "Name: Ivan Petrov",
        "Place: Tver",
        "Empty:",
        "Seen by the board.",
    ]


def test_ticked_boxes_and_remarks_are_read():
    drawing = "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length 0 >>\nstream\n\nendstream"
    words = "BT /F1 12 Tf 20 160 Td (Paid:) Tj 0 -40 Td (Owed:) Tj ET"
    box = "<< /Type /Annot /Subtype /Widget /FT /Btn /T ({0}) /V /{1} /AS /{1} /Rect [{2}] "
    box += "/AP << /N << /Yes 8 0 R /Off 8 0 R >> >> >>"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [5 0 R 6 0 R] >> >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R "
        "/Resources << /Font << /F1 9 0 R >> >> /Annots [5 0 R 6 0 R 7 0 R] >>",
        f"<< /Length {len(words)} >>\nstream\n{words}\nendstream",
        box.format("paid", "Yes", "60 156 72 170"),
        box.format("owed", "Off", "60 116 72 130"),
        "<< /Type /Annot /Subtype /Text /Rect [20 60 30 70] /Contents (See the ledger.) >>",
        drawing,
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    body = "".join(f"{n} 0 obj\n{each}\nendobj\n" for n, each in enumerate(objects, 1))
    data = f"%PDF-1.7\n{body}trailer << /Root 1 0 R /Size 10 >>\n%%EOF\n".encode()
    lines = [line for line in parse(data).text.split("\n") if line]
    assert lines == ["Paid: ☒", "Owed: ☐", "See the ledger."]
