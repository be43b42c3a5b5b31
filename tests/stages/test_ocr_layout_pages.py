"""Recognized pages as transcribers and programs leave them: order, tables, hyphens, tags."""

from __future__ import annotations

import pytest
from ocr_pages import alto, block, custom, kinds, line, page, region, searched, string
from test_parse_ocr_layout import parse

from docproc.records import BlockKind

ORDERS = [
    '<OrderedGroup><RegionRefIndexed index="1" regionRef="b"/><OrderedGroupIndexed index="0">'
    '<RegionRefIndexed index="1" regionRef="d"/><RegionRefIndexed index="0" regionRef="c"/>'
    '</OrderedGroupIndexed><RegionRefIndexed index="2" regionRef="a"/></OrderedGroup>',
    '<OrderedGroup><RegionRefIndexed index="3" regionRef="a"/><UnorderedGroupIndexed index="2">'
    '<RegionRef regionRef="d"/><RegionRef regionRef="b"/></UnorderedGroupIndexed>'
    '<RegionRefIndexed index="0" regionRef="c"/></OrderedGroup>',
    '<UnorderedGroup><OrderedGroup><RegionRefIndexed index="7" regionRef="d"/>'
    '<RegionRefIndexed index="2" regionRef="c"/></OrderedGroup><RegionRef regionRef="b"/>'
    "</UnorderedGroup>",
]


@pytest.mark.parametrize("order", ORDERS)
def test_groups_within_groups_are_read_in_their_order(order):
    regions = "".join(region(name, name.upper()) for name in "abcd")
    document = parse(page(regions, f"<ReadingOrder>{order}</ReadingOrder>"))
    assert document.text.split() == ["C", "D", "B", "A"]


def test_where_there_is_no_order_of_the_page_regions_and_lines_say_their_own():
    lines = line("line 2", custom(index=1)) + line("line 1", custom(index=0))
    first = f'<TextRegion id="b" {custom(index=1)}>{lines}</TextRegion>'
    second = region("a", "Of mills", attributes=custom(index=0, type="heading"))
    third = region("c", "- 17 -", attributes=custom(index=2, type="page-number"))
    document = parse(page(first + second + third))
    assert document.text == "Of mills\n\nline 1\nline 2\n\n- 17 -"
    assert kinds(document) == [
        (BlockKind.HEADING, "Of mills"),
        (BlockKind.FURNITURE, "- 17 -"),
    ]


def test_a_line_may_be_a_heading_within_its_region():
    lines = line("Of mills", custom(type="heading")) + line("The mill stands on the river.")
    document = parse(page(f'<TextRegion id="a">{lines}</TextRegion>'))
    assert kinds(document) == [(BlockKind.HEADING, "Of mills")]
    assert document.text == "Of mills\n\nThe mill stands on the river."


CELLS = {(0, 0): "Place", (0, 1): "Guns", (1, 1): "12", (2, 0): "Kars", (2, 2): "lost"}


@pytest.mark.parametrize("way", ["cells", "roles"])
def test_the_cells_of_a_table_are_its_rows_and_empty_ones_keep_their_place(way):
    cells = "".join(
        f'<TableCell row="{row}" col="{column}">{line(words)}</TableCell>'
        if way == "cells"
        else f'<TextRegion><Roles><TableCellRole rowIndex="{row}" columnIndex="{column}"/></Roles>'
        f"{line(words)}</TextRegion>"
        for (row, column), words in reversed(CELLS.items())
    )
    before, after = region("a", "Before the table"), region("b", "After the table")
    document = parse(page(f'{before}<TableRegion id="t">{cells}</TableRegion>{after}'))
    table = "Place\tGuns\n\t12\nKars\t\tlost"
    assert document.text == f"Before the table\n\n{table}\n\nAfter the table"
    assert (BlockKind.PARAGRAPH, table) in kinds(document)


def test_a_table_keeps_the_empty_cell_that_it_begins_with():
    cells = "".join(
        f'<TableCell row="{row}" col="{column}">{line(words) if words else ""}</TableCell>'
        for row, column, words in ((0, 0, ""), (0, 1, "Guns"), (1, 0, "Kars"), (1, 1, "12"))
    )
    document = parse(page(f'<TableRegion id="t">{cells}</TableRegion>'))
    assert kinds(document) == [(BlockKind.PARAGRAPH, "\tGuns\nKars\t12")]


def test_a_cell_may_hold_regions_and_words_stand_beside_the_cells():
    inner = f'<TableCell row="0" col="1">{region("i", "12", "lost")}</TableCell>'
    cells = f'<TableCell row="0" col="0">{line("Kars")}</TableCell>{inner}'
    document = parse(
        page(f'<TableRegion id="t">{cells}{region("n", "Of the guns.")}</TableRegion>')
    )
    assert document.text == "Kars\t12 lost\n\nOf the guns."


def at(words, left, top, wide=80):
    points = f"{left},{top} {left + wide},{top} {left + wide},{top + 30}"
    outline = f'<Coords points="{points}"/>'
    placed = line(words).replace("<TextEquiv>", f"{outline}<TextEquiv>")
    return f"<TextRegion>{outline}{placed}</TextRegion>"


def test_where_nothing_else_tells_the_cells_of_a_table_their_places_do():
    cells = at("Kars", 10, 52) + at("12", 300, 50) + at("Place", 10, 10, 90) + at("Guns", 290, 12)
    cells += at("lost", 305, 90)
    document = parse(page(f'<TableRegion id="t">{cells}</TableRegion>'))
    assert document.text == "Place\tGuns\nKars\t12\n\tlost"


def test_words_of_which_only_the_letters_are_transcribed_are_read():
    letters = "".join(
        f"<Glyph><TextEquiv><Unicode>{sign}</Unicode></TextEquiv></Glyph>" for sign in "Kars"
    )
    assert (
        parse(page(f"<TextRegion><TextLine><Word>{letters}</Word></TextLine></TextRegion>")).text
        == "Kars"
    )


@pytest.mark.parametrize(
    ("end", "start", "blocks"),
    [("con-", "quered.", 1), ("con-", "Quered", 2), ("con-", "a ij", 2), ("all", "men", 2)],
)
def test_a_word_that_the_end_of_a_column_cuts_is_found_whole(end, start, blocks):
    columns = block(f"The town was {end}") + block(f"{start} It was winter.")
    document = parse(alto(f"<PrintSpace>{columns}</PrintSpace>"))
    assert len(document.text.split("\n\n")) == blocks
    assert ("conquered" in searched(document)) == (blocks == 1)


@pytest.mark.parametrize(
    ("capital", "rest", "text"),
    [
        ("D", "ie Sache ist klar.", "Die Sache ist klar."),
        ("W", "HEN the war came.", "WHEN the war came."),
        ("I", "n the year of the flood.", "In the year of the flood."),
        ("I", "was at the mill.", "I was at the mill."),
        ("“T", "he mill stands.", "“The mill stands."),
        ("W", "Ir haben gesehen.", "WIr haben gesehen."),
        ("E", "Rstlich ist zu merken.", "ERstlich ist zu merken."),
    ],
)
@pytest.mark.parametrize("place", ["nested", "before", "line", "zone"])
def test_a_drop_capital_begins_the_word_beside_it(capital, rest, text, place):
    apart = region("d", capital, attributes='type="drop-capital"')
    source = {
        "nested": page(region("a", rest, nested=apart)),
        "before": page(apart + region("a", rest)),
        "line": page(
            f'<TextRegion id="a">{line(capital, custom(type="DropCapitalLine"))}{line(rest)}'
            "</TextRegion>"
        ),
        "zone": alto(
            "<PrintSpace>"
            + block(capital, attributes='TAGREFS="T1"')
            + block(rest)
            + "</PrintSpace>",
            '<Tags><OtherTag ID="T1" LABEL="DropCapitalZone"/></Tags>',
        ),
    }[place]
    assert parse(source).text == text


def test_a_region_within_a_region_is_a_block_of_its_own():
    nested = region("n", "Nota: vide supra.", attributes='type="marginalia"')
    document = parse(page(region("a", "The mill stands.", nested=nested)))
    assert kinds(document) == [(BlockKind.NOTE, "Nota: vide supra.")]
    assert document.text == "The mill stands.\n\nNota: vide supra."


def test_notes_that_one_region_holds_are_told_apart_by_their_numbers():
    document = parse(
        page(region("n", "1 On the", "3 ships.", "2 By rail.", attributes='type="footnote"'))
    )
    assert [(b.label, b.span.of(document.text)) for b in document.blocks] == [
        ("1", "1 On the\n3 ships."),
        ("2", "2 By rail."),
    ]


def test_what_stands_in_the_margins_never_comes_before_the_text():
    margins = (
        f"<TopMargin>{block('RUNNING HEAD')}</TopMargin><LeftMargin>{block('a gloss')}</LeftMargin>"
        f"<BottomMargin>{block('17')}</BottomMargin>"
    )
    document = parse(alto(f"{margins}<PrintSpace>{block('The text.')}</PrintSpace>"))
    assert document.text == "The text.\n\na gloss\n\nRUNNING HEAD\n\n17"
    assert kinds(document) == [
        (BlockKind.NOTE, "a gloss"),
        (BlockKind.FURNITURE, "RUNNING HEAD"),
        (BlockKind.FURNITURE, "17"),
    ]


def test_a_page_that_stands_in_its_margin_as_a_whole_is_text():
    blocks = "".join(block(f"The mill stood on the river in year {year}.") for year in range(9))
    document = parse(alto(f"<TopMargin>{blocks}</TopMargin><PrintSpace/>"))
    assert kinds(document) == []


def test_a_page_with_a_printed_number_keeps_the_name_of_its_image():
    named = (
        "<Description><sourceImageInformation><fileName>scans/0012.tif</fileName>"
        "</sourceImageInformation></Description>"
    )
    data = alto(f"<PrintSpace>{block('The text.')}</PrintSpace>", named)
    document = parse(data.replace("<Page>", '<Page PRINTED_IMG_NR="17">'))
    assert [page.label for page in document.pages] == ["17"]
    assert document.metadata.other == (("image", "0012.tif"),)


def test_blocks_follow_the_chain_that_they_make_even_where_it_is_a_ring():
    chain = {"a": "c", "b": "", "c": "b", "d": "e", "e": "d", "f": "none"}
    blocks = "".join(
        block(name.upper(), attributes=f'ID="{name}" IDNEXT="{following}"')
        for name, following in chain.items()
    )
    document = parse(alto(f"<PrintSpace>{blocks}</PrintSpace>"))
    assert document.text.split() == ["A", "C", "B", "F", "D", "E"]


TAGS = {
    "RunningTitleZone": BlockKind.FURNITURE,
    "NumberingZone:page": BlockKind.FURNITURE,
    "QuireMarksZone": BlockKind.FURNITURE,
    "MarginTextZone#2": BlockKind.NOTE,
    "HeadingLine": BlockKind.HEADING,
    "page-number": BlockKind.FURNITURE,
    "MainZone": None,
    "CustomZone": None,
    "MarginTextZone-note": BlockKind.NOTE,
    "GraphicZone:stamp": BlockKind.FURNITURE,
    "StampZone": BlockKind.FURNITURE,
    "GraphicZone": None,
}


@pytest.mark.parametrize("label", TAGS)
@pytest.mark.parametrize("where", ["block", "line", "around"])
def test_tags_say_what_a_block_or_a_line_is(label, where):
    tags = f'<Tags><OtherTag ID="T1" LABEL="{label}" TYPE="region"/></Tags>'
    ref = 'TAGREFS="T1"'
    inside = {
        "block": block("Some words", attributes=ref),
        "line": block("Some words").replace("<TextLine", f"<TextLine {ref}"),
        "around": f"<ComposedBlock {ref}>{block('Some words')}</ComposedBlock>",
    }[where]
    document = parse(alto(f"<PrintSpace>{inside}</PrintSpace>", tags))
    assert kinds(document) == ([(TAGS[label], "Some words")] if TAGS[label] else [])


def parted(word, rest, hyphen):
    first = f'<String CONTENT="{word}" SUBS_TYPE="HypPart1" SUBS_CONTENT="x"/>{hyphen}'
    return block(first, f'<String CONTENT="{rest}" SUBS_TYPE="HypPart2"/><SP/>{string("end.")}')


@pytest.mark.parametrize(
    ("word", "rest", "hyphen", "shown"),
    [
        ("Täydel", "linen", "", "Täydel\nlinen end."),
        ("Fon-", "tanes", '<HYP CONTENT="-"/>', "Fon-\ntanes end."),
        ("Fon", "tanes", '<HYP CONTENT="¬"/>', "Fon¬\ntanes end."),
        ("E", "IN", '<HYP CONTENT="-"/>', "E-\nIN end."),
    ],
)
def test_a_word_that_the_file_says_is_parted_is_found_whole(word, rest, hyphen, shown):
    document = parse(alto(f"<PrintSpace>{parted(word, rest, hyphen)}</PrintSpace>"))
    assert document.text == shown
    assert searched(document) == f"{word.strip('-')}{rest} end."


@pytest.mark.parametrize("sign", "-‐‑¬\u00ad=⸗⹀⸚゠꞊－")
def test_every_sign_of_division_at_the_end_of_a_line_joins_the_word(sign):
    document = parse(page(region("a", f"Die Kriegs{sign}", f"räthe der ver{sign}", "ſammelten")))
    assert searched(document) == "Die Kriegsräthe der verſammelten"


def hocr(inside):
    meta = '<meta name="ocr-system" content="x">'
    return f'<html><head>{meta}</head><body><div class="ocr_page">{inside}</div></body></html>'


LINES = ["ocr_line", "ocrx_line", "ocr_linear", "ocr_textfloat", "ocr_caption", "ocr_author"]


def test_a_note_of_hocr_is_a_note_and_an_image_may_stand_without_quotation_marks():
    note = '<span class="ocr_footnote">1) Burnt in 1903.</span>'
    text = '<p class="ocr_par"><span class="ocr_line">The mill stands.</span></p>'
    called = "title='image a.png; bbox 0 0 9 9'"
    document = parse(hocr(text + note).replace('"ocr_page"', f'"ocr_page" {called}'))
    assert kinds(document)[-1] == (BlockKind.NOTE, "1) Burnt in 1903.")
    assert document.pages[0].label == "image a.png"


@pytest.mark.parametrize("name", LINES)
def test_lines_of_every_class_are_read(name):
    first, second = (f'<span class="{name}">{words}</span>' for words in ("The mill", "stands."))
    assert parse(hocr(f'<p class="ocr_par">{first}{second}</p>')).text == "The mill\nstands."


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ('<p class="ocr_par">No lines <b>at</b> all.</p>', "No lines at all."),
        ('<div class="ocr_carea">Bare words.</div>', "Bare words."),
        ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
        ('<p>Before <span class="ocr_line">a line</span> after.</p>', "Before\na line\nafter."),
        (
            '<div class="ocr_textfloat"><span class="ocr_line">One</span>'
            '<span class="ocr_line">two</span></div>',
            "One\ntwo",
        ),
        (
            '<span class="ocr_line"><span class="ocrx_word">The</span>'
            '<span class="ocrx_word">mill</span></span>',
            "The mill",
        ),
    ],
)
def test_words_that_stand_in_no_line_are_read_as_well(inside, text):
    assert parse(hocr(inside)).text == text


def test_heads_feet_and_titles_are_what_their_classes_say():
    head = '<div class="ocr_header"><span class="ocr_line">Mills</span></div>'
    title = '<h1 class="ocr_title"><span class="ocr_line">Of mills</span></h1>'
    foot = '<span class="ocr_pageno">17</span>'
    assert kinds(parse(hocr(head + title + foot))) == [
        (BlockKind.FURNITURE, "Mills"),
        (BlockKind.HEADING, "Of mills"),
        (BlockKind.FURNITURE, "17"),
    ]
