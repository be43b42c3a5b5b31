"""Web pages: the main text, whole, apart from what only leads elsewhere."""

from __future__ import annotations

import pytest

from docproc.config import Limits
from docproc.errors import SourceError
from docproc.records import BlockKind, SourceFile
from docproc.stages.normalize.letter import LetterNormalizer
from docproc.stages.parse.web.html.parser import HtmlParser
from docproc.testing import ParserContract

PAGE = """<!doctype html><html lang="en"><head><title>A letter</title><meta charset="utf-8">
<script>var hidden = "<p>never</p>";</script></head><body>
<div class="site-nav"><a href="/">Home</a> | <a href="/a">About</a></div>
<h1>Ivan Petrov to Anna Orlova</h1><h2>From Tver</h2>
<p>The harvest failed<sup><a href="#fn1" id="r1">[1]</a></sup> in the
   whole&nbsp;district.<br>Send bread.</p>
<ol start="3"><li>wheat<li>rye</ol>
<table><tr><th>what<th>how much<tr><td>wheat<td>9</table>
<ul><li><a href="/1">One page</a><li><a href="/2">Two pages</a><li><a href="/3">Three</a>
 <li><a href="/4">Four pages</a></ul>
<section><p id="fn1"><a href="#r1">1</a> So in the draft.</p></section>
<footer>Copyright</footer></body></html>"""


class TestContract(ParserContract):
    """The kit's tests."""

    @pytest.fixture
    def plugin(self):
        return HtmlParser(Limits())

    @pytest.fixture
    def samples(self):
        return {"letter.html": PAGE.encode(), "bare.htm": b"<p>Only a paragraph."}

    def enlarge(self, data, times):
        return data.replace(b"</body>", b"<p>And more of it.</p>" * (20 * times) + b"</body>")


def parse(page, name="a.html", **limits):
    data = page if isinstance(page, bytes) else page.encode()
    source = SourceFile(f"seeds/{name}", "text/html", len(data), "0" * 64)
    (document,) = HtmlParser(Limits(**limits)).parse(source, data)
    return document


def blocks(document, kind):
    return [block.span.of(document.text) for block in document.blocks if block.kind is kind]


def test_the_text_is_all_that_a_reader_sees_in_order():
    assert parse(PAGE).text == (
        "Home | About\n\nIvan Petrov to Anna Orlova\n\nFrom Tver\n\n"
        "The harvest failed[1] in the whole\xa0district.\nSend bread.\n\n3. wheat\n\n4. rye\n\n"
        "what\thow much\nwheat\t9\n\nOne page\n\nTwo pages\n\nThree\n\nFour pages\n\n"
        "1 So in the draft.\n\nCopyright"
    )


def test_what_only_leads_elsewhere_is_furniture():
    assert blocks(parse(PAGE), BlockKind.FURNITURE) == [
        "Home | About",
        *("One page", "Two pages", "Three", "Four pages"),
        "Copyright",
    ]


def test_outside_the_main_text_that_the_page_marks_all_is_furniture():
    page = "<div>Shop</div><main><p>The letter itself, in full.</p></main><div>More</div>"
    document = parse(page)
    assert blocks(document, BlockKind.FURNITURE) == ["Shop", "More"]


def test_a_page_that_is_nothing_but_furniture_is_read_as_it_is():
    assert blocks(parse('<div class="menu">All there is.</div>'), BlockKind.FURNITURE) == []


def test_headings_lists_and_tables_are_what_they_are():
    document = parse(PAGE)
    headings = [(b.level, b.span.of(document.text)) for b in document.blocks if b.level]
    assert headings == [(1, "Ivan Petrov to Anna Orlova"), (2, "From Tver")]
    items = [b for b in document.blocks if b.kind is BlockKind.LIST_ITEM]
    assert [(b.label, b.span.of(document.text)) for b in items] == [
        ("3", "3. wheat"),
        ("4", "4. rye"),
    ]
    assert "what\thow much\nwheat\t9" in blocks(document, BlockKind.PARAGRAPH)


def test_a_note_knows_the_link_that_leads_to_it_and_its_link_back_is_none():
    document = parse(PAGE)
    (note,) = [block for block in document.blocks if block.kind is BlockKind.NOTE]
    assert (note.label, note.anchor.of(document.text)) == ("1", "[1]")
    assert note.span.of(document.text) == "1 So in the draft."


RUSSIAN = "Урожай погиб во всём уезде, и губернатор не отвечает на письма."


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1251", "koi8-r", "utf-16"])
@pytest.mark.parametrize("declared", [True, False])
def test_the_characters_are_found_by_declaration_or_by_detection(encoding, declared):
    meta = f'<meta charset="{encoding}">' if declared else "<style>p { color: red }</style>"
    page = f"<html><head>{meta}<title>A page</title></head><body><p>{RUSSIAN}</p></body></html>"
    assert parse(page.encode(encoding)).text == RUSSIAN


def test_a_declaration_that_the_bytes_belie_does_not_count():
    page = f'<meta charset="utf-8"><p>{RUSSIAN}</p>'
    assert parse(page.encode("windows-1251")).text == RUSSIAN


def test_it_takes_a_page_by_its_bytes_whatever_it_is_called():
    parser = HtmlParser(Limits())
    source = SourceFile("a.txt", "text/plain", 1, "0" * 64)
    assert parser.confidence(source, PAGE.encode()) >= 0.9
    assert parser.confidence(source, b"Dear Anna, a < b") == 0


HOSTILE = {
    "open brackets": (b"<" * 200_000, "without words|cannot be read"),
    "open scripts": (b"<script>" * 30_000, "without words"),
    "ten thousand levels": (b"<div>" * 10_000 + b"x", "nested deeper"),
    "a word of ten million letters": (b"<p>" + b"x" * 10_000_001, "longer than libxml2 reads"),
    "attributes": (b"<meta " * 30_000, "without words"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_are_refused_in_a_word(name):
    data, words = HOSTILE[name]
    with pytest.raises(SourceError, match=words):
        parse(data)


def test_many_links_to_one_note_and_long_lines_are_read_like_any_other():
    assert parse(b"<a href=#a>1</a>" * 3000 + b"<p id=a>x").blocks
    assert len(parse(b"<p>" + b"x" * 2_000_000).text) == 2_000_000
    assert parse(b"<p>" + b" " * 2_000_000 + b"x").text == "x"


def test_a_table_with_a_paragraph_in_each_cell_is_a_table_and_one_with_more_lays_out_the_page():
    cells = (
        "<tr><td><p>Wheat</p></td><td> <p>20 tons</p> </td></tr><tr><td>Rye</td><td>none</td></tr>"
    )
    document = parse(f"<body><table>{cells}</table></body>")
    assert blocks(document, BlockKind.PARAGRAPH) == ["Wheat\t20 tons\nRye\tnone"]
    document = parse("<body><table><tr><td><p>One</p><p>Two</p></td><td>3</td></tr></table></body>")
    assert document.text == "One\n\nTwo\n\n3"
    document = parse("<body><table><tr><td>Words <p>One</p></td><td>3</td></tr></table></body>")
    assert document.text == "Words\n\nOne\n\n3"


def table(*rows: str) -> str:
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        (["<td>a<td>b<td>c", "<td><td>d<td>e", "<td><td><td>f"], ["a\tb\tc", "\td\te", "\t\tf"]),
        (["<td><td>a", "<td>b<td>c"], ["\ta", "b\tc"]),
        (["<td>a<td>b<td>c", "<td>d<td><td>", "<td>e<td>f<td>g"], ["a\tb\tc", "d\t\t", "e\tf\tg"]),
        (["<td>a<td>b", "<td>&nbsp;<td>c"], ["a\tb", "\tc"]),
        (["<td rowspan=2>a<td>b", "<td>c", "<td>d<td>e"], ["a\tb", "\tc", "d\te"]),
        (["<td>a<td rowspan=3>b<td>c", "<td>d<td>e", "<td>f"], ["a\tb\tc", "d\t\te", "f"]),
        (["<td colspan=2 rowspan=2>a<td>b", "<td>c"], ["a\tb", "\tc"]),
        (["<td><p>a</p><p>b</p><td>c", "<td><ul><li>d<li>e</ul><td>f"], ["a b\tc", "d e\tf"]),
        (["<td>a<br>b<td>c", "<td>d<td>e"], ["a b\tc", "d\te"]),
    ],
)
@pytest.mark.parametrize("parted", [False, True])
def test_the_cells_of_a_table_keep_their_places(rows, lines, parted):
    written = table(*rows)
    if parted:  # as browsers save every table
        written = written.replace("<table>", "<table><tbody>").replace(
            "</table>", "</tbody></table>"
        )
        written = written.replace("<tr>", "</tbody><tbody><tr>", 2)
    (read,) = blocks(parse(f"<body>{written}<h2>After</h2></body>"), BlockKind.PARAGRAPH)
    assert read.split("\n") == lines


INNER = "<table><tr><td>1</td><td>2</td></tr><tr><td>3</td><td></td></tr></table>"


@pytest.mark.parametrize(
    "marked",
    [
        "<table border=1><tr><td></td><td>Guns</td></tr>{}</table>",
        "<table><tr><th></th><th>Guns</th></tr>{}</table>",
        "<table><caption></caption><tr><td></td><td>Guns</td></tr>{}</table>",
    ],
)
def test_a_table_within_a_cell_stands_on_its_line(marked):
    rows = f"<tr><td>Kars {INNER}</td><td>12</td></tr>"
    assert parse(f"<body>{marked.format(rows)}</body>").text == "\tGuns\nKars 1 2 3\t12"


def test_a_table_that_lays_out_tables_is_none():
    columns = f"<tr><td>Menu</td><td>Home</td></tr><tr><td>{INNER}</td><td>The mill.</td></tr>"
    assert "1\t2\n3" in parse(f"<body><table>{columns}</table></body>").text


def test_how_a_word_is_read_stands_after_it_in_brackets():
    assert parse("<body><p>In <ruby>東京<rt>とうきょう</rt></ruby>.").text == "In 東京(とうきょう)."
    own = "<ruby>東京<rp>[</rp><rt>とうきょう</rt><rp>]</rp></ruby>"
    assert parse(f"<body><p>In {own}.").text == "In 東京[とうきょう]."


def test_the_points_of_a_list_have_the_numbers_that_they_are_given():
    points = "<li>three</li><li value='9'>nine</li><li>ten</li><li value='x'>eleven</li>"
    document = parse(f"<body><ol start='3'>{points}</ol></body>")
    assert document.text == "3. three\n\n9. nine\n\n10. ten\n\n11. eleven"


@pytest.mark.parametrize("way", ["hidden", "style='color:red; DISPLAY : none'"])
def test_what_is_not_displayed_is_not_read_unless_it_is_a_note(way):
    document = parse(f"<body><p>Seen</p><div {way}><p>not seen</p></div></body>")
    assert document.text == "Seen"
    note = f"<div {way}><p id='n'>1 A note.</p></div>"
    document = parse(f"<body><p>Seen <a href='#n'>1</a></p>{note}</body>")
    assert blocks(document, BlockKind.NOTE) == ["1 A note."]


def test_the_paragraph_that_a_point_begins_with_stands_behind_its_number():
    points = "<li><p>wheat</p></li><li> <p>rye</p><p>and oats</p></li><li>barley</li>"
    document = parse(f"<body><ol>{points}</ol><ul>{points}</ul></body>")
    numbered = "1. wheat\n\n2. rye\n\nand oats\n\n3. barley"
    assert document.text == f"{numbered}\n\nwheat\n\nrye\n\nand oats\n\nbarley"
    items = ["1. wheat", "2. rye", "3. barley", "wheat", "rye", "barley"]
    assert blocks(document, BlockKind.LIST_ITEM) == items


def test_formulas_and_fields_filled_in_are_text():
    formula = (
        "<math><semantics><mi>x</mi><mo>=</mo><mn>2</mn><annotation>x=2</annotation></semantics>"
    )
    document = parse(f"<p>So {formula}</math>.</p><textarea>Read as: rye.</textarea><p>End.</p>")
    assert document.text.split("\n\n") == ["So x=2.", "Read as: rye.", "End."]


def test_a_rule_ends_a_paragraph():
    assert parse("<p>Hello</p><div>Bob<hr><b>From:</b> Ann</div>").text.endswith("Bob\n\nFrom: Ann")


@pytest.mark.parametrize(
    ("head", "dates"),
    [
        ("<h1>To Olof</h1><time datetime='1890-06-04'>4. VI. 90</time>", ["1890-06-04"]),
        (
            "<header><h1>To Olof</h1><p>Papers of the board. <time datetime='1890-06-04T10:00'>"
            "Thursday</time></p></header>",
            ["1890-06-04"],
        ),
        ("<h1>To Olof</h1><p>Posted <time datetime='2020-06-04'>4 June</time></p>", []),
        ("<nav><time datetime='2020-06-04'>today</time></nav><h1>To Olof</h1>", []),
    ],
)
def test_a_day_for_machines_in_the_head_of_a_page_is_the_documents(head, dates):
    document = LetterNormalizer().normalize(parse(f"{head}<p>The flood took the bridge.</p>"))
    assert [date.edtf for date in document.metadata.dates] == dates


def test_notes_without_links_keep_their_paragraphs_and_end_at_a_heading():
    page = (
        "<h1>Letters</h1><p>We sailed.[1] Then rain.[2]</p><h2>FOOTNOTES</h2>"
        "<p>[1] On the ship.</p>"
        "<p>A second paragraph: see Box 4.</p><p>[2] In May.</p><h2>II</h2><p>The sea was calm.</p>"
    )
    document = LetterNormalizer().normalize(parse(page))
    assert blocks(document, BlockKind.NOTE) == [
        "[1] On the ship.\n\nA second paragraph: see Box 4.",
        "[2] In May.",
    ]
    assert blocks(document, BlockKind.PARAGRAPH)[-1] == "The sea was calm."
