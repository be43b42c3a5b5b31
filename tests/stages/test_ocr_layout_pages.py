"""Recognized pages as transcribers and programs leave them: order, zones, tables, hyphens."""

from __future__ import annotations

import pytest
from test_parse_ocr_layout import parse

from docproc.records import BlockKind

NAMESPACE = "http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"


def page(inside, order=""):
    return f'<PcGts xmlns="{NAMESPACE}"><Page imageFilename="1.jpg">{order}{inside}</Page></PcGts>'


def region(name, *lines, attributes="", nested=""):
    texts = "".join(line(each) for each in lines)
    return f'<TextRegion id="{name}" {attributes}>{nested}{texts}</TextRegion>'


def line(text, attributes=""):
    return f"<TextLine {attributes}><TextEquiv><Unicode>{text}</Unicode></TextEquiv></TextLine>"


def custom(**said):
    index = f"readingOrder {{index:{said['index']};}}" if "index" in said else ""
    kind = f" structure {{type:{said['type']};}}" if "type" in said else ""
    return f'custom="{index}{kind}"'


def alto(inside, tags=""):
    return (
        f'<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#">{tags}<Layout><Page>'
        f"{inside}</Page></Layout></alto>"
    )


def block(*lines, attributes=""):
    texts = "".join(
        f"<TextLine>{each if '<' in each else string(each)}</TextLine>" for each in lines
    )
    return f"<TextBlock {attributes}>{texts}</TextBlock>"


def string(words):
    return "<SP/>".join(f'<String CONTENT="{word}"/>' for word in words.split())


def kinds(document):
    return [(block.kind, block.span.of(document.text)) for block in document.blocks]


def searched(document):
    from docproc.stages.normalize_search_text import make

    return make({}).normalize(document).search.apply(document.text)


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


@pytest.mark.parametrize("sign", "-‐‑¬\u00ad=⸗⹀")
def test_every_sign_of_division_at_the_end_of_a_line_joins_the_word(sign):
    document = parse(page(region("a", f"Die Kriegs{sign}", f"räthe der ver{sign}", "ſammelten")))
    assert searched(document) == "Die Kriegsräthe der verſammelten"


def hocr(inside):
    meta = '<meta name="ocr-system" content="x">'
    return f'<html><head>{meta}</head><body><div class="ocr_page">{inside}</div></body></html>'


LINES = ["ocr_line", "ocrx_line", "ocr_linear", "ocr_textfloat", "ocr_caption", "ocr_author"]


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


def placed(text, left, top, wide=400, name="TextLine"):
    corners = f"{left},{top} {left + wide},{top} {left + wide},{top + 30} {left},{top + 30}"
    return (
        f'<{name} id="{text}"><Coords points="{corners}"/>'
        f"<TextEquiv><Unicode>{text}</Unicode></TextEquiv></{name}>"
    )


def placed_alto(text, left, top, wide=400):
    return (
        f'<TextLine HPOS="{left}" VPOS="{top}" WIDTH="{wide}" HEIGHT="30">'
        f'<String CONTENT="{text}"/></TextLine>'
    )


LINES = [("one", 0, 0), ("three", 0, 80), ("two", 10, 40), ("four", 0, 120, 90)]


@pytest.mark.parametrize("way", ["page", "alto"])
@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (LINES, "one\ntwo\nthree\nfour"),
        ([("one", 0, 0), ("two", 0, 12), ("three", 0, 8)], "one\ntwo\nthree"),  # a slope
        ([("one", 0, 0), ("two", 0, 40), ("three", 500, 0), ("four", 500, 40)],
         "one\ntwo\nthree\nfour"),  # columns
        ([("one", 0, 0, 1000), ("two", 0, 40), ("three", 0, 80), ("four", 500, 40)],
         "one\ntwo\nthree\nfour"),  # a line over both
        ([("one", 90, 0, 20), ("two", 50, 0, 20), ("three", 10, 0, 20)], "one\ntwo\nthree"),
    ],
)  # fmt: skip
def test_a_line_of_a_column_that_is_out_of_its_place_is_put_there(way, lines, text):
    if way == "page":
        inside = "".join(placed(*each) for each in lines)
        read = parse(page(f'<TextRegion id="r">{inside}</TextRegion>'))
    else:
        inside = "".join(placed_alto(*each) for each in lines)
        read = parse(alto(f"<PrintSpace><TextBlock>{inside}</TextBlock></PrintSpace>"))
    assert read.text == text


def test_an_order_of_lines_that_the_file_states_is_kept():
    lines = [placed(*each).replace("<TextLine", f"<TextLine {custom(index=number)}")
             for number, each in enumerate(LINES)]  # fmt: skip
    read = parse(page(f'<TextRegion id="r">{"".join(lines)}</TextRegion>'))
    assert read.text == "one\nthree\ntwo\nfour"


@pytest.mark.parametrize(("place", "kind"), [(0, "FURNITURE"), (200, "HEADING")])
def test_what_is_called_a_header_and_stands_amid_the_page_is_none(place, kind):
    regions = [("r1", "paragraph", "The mill burned.", 100), ("r2", "header", "Of rye", place)]
    inside = "".join(
        f'<TextRegion id="{name}" type="{of}"><Coords points="0,{top} 400,{top + 30}"/>'
        f"{line(text)}</TextRegion>"
        for name, of, text, top in regions
    )
    assert dict(map(reversed, kinds(parse(page(inside)))))["Of rye"].name == kind


@pytest.mark.parametrize("number", ["- 2 -", "— 170 —", "(12)", "-6-"])
def test_the_number_of_the_page_is_furniture_wherever_the_file_puts_it(number):
    last = page(region("a", "The mill burned.") + region("b", number))
    together = page(region("a", number, "The mill burned,", "and the rye."))
    for source in (last, together):
        assert (BlockKind.FURNITURE, number) in kinds(parse(source))
    headed = page(region("a", "184 HISTORY OF THE MILL") + region("b", "It burned."))
    assert (BlockKind.FURNITURE, "184 HISTORY OF THE MILL") in kinds(parse(headed))
    amid = parse(page(region("a", "The mill") + region("b", number) + region("c", "burned.")))
    assert BlockKind.FURNITURE not in dict(kinds(amid))


def pages(*inside):
    made = "".join(
        f'<Page PHYSICAL_IMG_NR="{number}"><TopMargin>{block("LETTERS OF HOLM")}</TopMargin>'
        f"<PrintSpace>{''.join(block(*lines) for lines in regions)}</PrintSpace>"
        f"<BottomMargin>{block(str(number))}</BottomMargin></Page>"
        for number, regions in enumerate(inside, 1)
    )
    return f'<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#"><Layout>{made}</Layout></alto>'


def test_a_sentence_that_goes_on_over_the_end_of_a_page_stays_whole():
    read = parse(pages([["The mill burned", "in the"]], [["night of May.", "Then came rain."]]))
    parts = read.text.split("\n\n")
    assert "The mill burned\nin the\nnight of May.\nThen came rain." in parts
    assert len(parts) == 5
    assert [page.span.of(read.text)[:5] for page in read.pages] == ["The m", "night"]
    assert [kind for kind, _ in kinds(read)] == [BlockKind.FURNITURE] * 4


@pytest.mark.parametrize(
    ("end", "start"),
    [("It burned.", "night of May"), ("in the", "Night of May"), ("in the", "a) rye")],
)
def test_what_begins_on_a_page_is_a_block_of_its_own(end, start):
    read = parse(pages([["The mill burned", end]], [[start, "and the rye."]]))
    assert len(read.text.split("\n\n")) == 6


MILL = ("the mill was sold", "with all its wheels,", "and the miller wept", "as he left it", "so")


@pytest.mark.parametrize("figure", ["71", "7.", "184"])
def test_a_figure_that_is_a_region_by_itself_beside_a_text_is_the_page_number(figure):
    for regions in (
        region("a", figure) + region("b", *MILL) + region("c", "Y. Hill"),
        region("b", *MILL) + region("a", figure),
    ):
        found = parse(page(regions))
        assert (BlockKind.FURNITURE, figure) in kinds(found)


def test_a_year_a_figure_in_a_text_and_one_beside_few_lines_stay():
    for regions in (
        region("a", "1871") + region("b", *MILL),
        region("a", "71") + region("b", "Bread", "Salt"),
        region("a", "71", *MILL),
    ):
        found = parse(page(regions))
        assert BlockKind.FURNITURE not in {kind for kind, _ in kinds(found)}


ZONES = (
    '<Tags><OtherTag ID="run" LABEL="RunningTitleZone"/><OtherTag ID="head" LABEL="HeadingLine"/>'
    '<OtherTag ID="drop" LABEL="DropCapitalZone"/></Tags>'
)


def at(words, left, top, width=500, height=40, tags=""):
    strings = "<SP/>".join(f'<String CONTENT="{word}"/>' for word in words.split())
    box = f'HPOS="{left}" VPOS="{top}" WIDTH="{width}" HEIGHT="{height}"'
    return f"<TextLine {box} {tags}>{strings}</TextLine>"


def test_a_running_title_stays_one_whatever_its_line_is_called():
    line = at("THE ROMANCE", 10, 10, tags='TAGREFS="head"')
    text = f"<TextBlock>{at('He wore old hose.', 10, 90)}</TextBlock>"
    found = parse(alto(f"<TextBlock TAGREFS='run'>{line}</TextBlock>{text}", ZONES))
    assert kinds(found) == [(BlockKind.FURNITURE, "THE ROMANCE")]


def test_a_zone_of_many_lines_is_no_running_title_whatever_it_is_called():
    lines = "".join(at(f"line {n} of the text,", 10, 90 + 50 * n) for n in range(9))
    found = parse(alto(f"<TextBlock TAGREFS='run'>{lines}</TextBlock>", ZONES))
    assert kinds(found) == []  # text like any other


def test_a_drop_capital_begins_the_line_that_it_stands_before_wherever_it_is_in_the_file():
    text = f"<TextBlock>{at('To the queen', 60, 10)}</TextBlock>"
    lines = at("he miller wept and", 60, 100) + at("went to Kars.", 60, 150)
    text += f"<TextBlock>{lines}</TextBlock>"
    after = f"<TextBlock>{at('Mieux et plus', 10, 300)}</TextBlock>"
    capital = f"<TextBlock TAGREFS='drop'>{at('T', 5, 95, 40, 90)}</TextBlock>"
    for inside in (capital + text + after, text + capital + after, text + after + capital):
        assert "The miller wept and\nwent to Kars." in parse(alto(inside, ZONES)).text
    elided = text.replace('"he"', '"\'oiseau"')
    found = parse(alto(elided + capital.replace('"T"', '"L"'), ZONES))
    assert "L'oiseau" in found.text
