"""Recognized pages by where a line lies: columns, margins, page numbers, running titles."""

from __future__ import annotations

import pytest
from ocr_pages import alto, block, custom, kinds, line, page, region
from test_parse_ocr_layout import parse

from docproc.records import BlockKind


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
def test_what_is_called_a_header_and_is_in_the_middle_of_the_page_is_none(place, kind):
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
    between = parse(page(region("a", "The mill") + region("b", number) + region("c", "burned.")))
    assert BlockKind.FURNITURE not in dict(kinds(between))


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
