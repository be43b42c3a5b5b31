"""Furniture of web pages: decided by what a part holds as well as by what it is called."""

from __future__ import annotations

import pytest
from test_parse_html import blocks, parse

from docproc.config import Limits
from docproc.errors import SourceError
from docproc.records import BlockKind, SourceFile, Unread
from docproc.stages.normalize.letter import LetterNormalizer
from docproc.stages.parse.web.html.parser import HtmlParser

BODY = "<h1>Parish book</h1><p>The parish book begins in the year of the great flood.</p>"
PROSE = "<p>His share of the meadow was four acres, and the mill stood on it.</p>"
LINKS = "".join(f"<a href='/{name}'>{name}</a> " for name in ("Home", "News", "Shop", "Help"))


def read(page):
    source = SourceFile("a.html", "text/html", len(page), "0" * 64)
    return list(HtmlParser(Limits()).parse(source, page.encode()))


def furniture(page):
    return " ".join(blocks(parse(page), BlockKind.FURNITURE))


@pytest.mark.parametrize(
    "name",
    [
        *("social-history", "share-of-land", "share", "menu", "history-of-navigation", "cookies"),
        *("sidebar", "footer", "social", "advertisement", "skip-town", "navigationActs"),
        *("content-sidebar-wrap", "letter-header"),
    ],
)
@pytest.mark.parametrize("attribute", ["class", "id"])
def test_a_part_that_holds_prose_is_text_whatever_it_is_called(name, attribute):
    page = f"<body>{BODY}<div {attribute}='{name}'><h2>Of the land</h2>{PROSE}</div></body>"
    assert not furniture(page)


@pytest.mark.parametrize(
    "part",
    [
        f"<nav>{LINKS}</nav>",
        f"<div class='main-nav'>{LINKS}</div>",
        f"<div class='siteFooter'>{LINKS}</div>",
        f"<div class='social-links'>{LINKS}</div>",
        f"<div class='elementor-social'>{LINKS}</div>",
        f"<div role='navigation'>{LINKS}</div>",
        "<div class='share'><span>Share</span> <span>Tweet</span></div>",
        "<div id='footer'>The museum, 12 Main Street</div>",
        "<footer>© 1999 The museum. It is open on every day of the week.</footer>",
        "<div class='cookie-banner'>We use cookies to make this site better for you.</div>",
        "<form><label>Find a letter</label><input name='q'><button>Go</button></form>",
        "<div class='breadcrumbs'><a href='/'>Home</a> &gt; <a href='/l'>All</a> &gt; Book</div>",
        "<header><a href='/'>The museum</a></header>",
        "<div class='site-header'><a href='/'>Home</a> <a href='/about'>About us</a></div>",
        "<div id='masthead'><a href='/'>The museum of the parish</a></div>",
        f"<header><h1><a href='/'>The museum</a></h1><nav>{LINKS}</nav></header>",
        "<aside><h2>See also</h2><a href='/2'>The second book of the parish.</a></aside>",
        "<div id='wm-ipp-base'><p>12 captures were made of this page by the machine.</p></div>",
    ],
)
def test_a_part_that_holds_links_or_the_words_of_a_site_is_furniture(part):
    document = parse(f"<body>{part}{BODY}</body>")
    kept = [b.span.of(document.text) for b in document.blocks if b.kind is BlockKind.HEADING]
    assert kept == ["Parish book"]
    assert blocks(document, BlockKind.FURNITURE)
    assert "Parish" not in " ".join(blocks(document, BlockKind.FURNITURE))


def test_a_form_around_the_whole_page_is_no_furniture_and_the_navigation_in_it_is():
    page = f"<form action='./a.aspx'><input type='hidden'><nav>{LINKS}</nav>{BODY}</form>"
    assert furniture(f"<body><div>Archive portal</div>{page}</body>") == "Home News Shop Help"


def test_a_form_of_words_alone_is_text():
    assert not furniture(f"<body>{BODY}<form>{PROSE}</form></body>")


@pytest.mark.parametrize("close", ["Your brother Ivan", "Kazan, 4 June 1890", "I. Petrov"])
@pytest.mark.parametrize("around", ["div", "article", "section", "blockquote"])
def test_the_footer_of_a_letter_closes_it(close, around):
    letter = f"<{around}><p>The house burned.</p><footer><p>{close}</p></footer></{around}>"
    assert not furniture(f"<body><h1>Letter 12</h1>{letter}</body>")


def test_the_footer_of_the_page_may_close_the_letter_that_the_page_is():
    page = (
        "<body><p>The house burned on Monday night.</p><footer>Your brother, Ivan</footer></body>"
    )
    assert not furniture(page)


def test_a_header_with_the_title_and_date_belongs_to_the_main_text():
    links = "<nav><a href='/'>Home</a></nav>"
    head = f"<header>{links}<h1>Ann to Bob</h1><p>Tver, 4 June 1890</p></header>"
    document = parse(
        f"<title>A</title><body>{head}<main><p>The flood took it all.</p></main></body>"
    )
    assert blocks(document, BlockKind.FURNITURE) == ["Home"]
    assert document.metadata.title.text == "Ann to Bob"


def test_main_text_of_less_than_half_of_the_words_is_not_all_there_is():
    page = f"<body><div>{PROSE * 3}</div><main><p>A summary in a word.</p></main></body>"
    assert not furniture(page)


def test_navigation_that_is_all_the_page_holds_is_its_text():
    assert not furniture(f"<body><h1>Of acts</h1><nav>{PROSE * 4}</nav></body>")


@pytest.mark.parametrize(
    ("window", "title"),
    [
        ("Letter 12 | Museum of Parma", "Ann to Bob"),
        ("Letter 12 – Ann to Bob", "Letter 12 – Ann to Bob"),
        ("Ann to Bob", "Ann to Bob"),
        ("", "Ann to Bob"),
    ],
)
def test_the_one_main_heading_is_the_title_unless_it_is_the_name_of_the_site(window, title):
    document = parse(f"<title>{window}</title><body><h1>Ann to Bob</h1><p>Come.</p></body>")
    assert document.metadata.title.text == title


def test_of_a_page_of_frames_what_stands_beside_them_is_read_and_each_frame_is_told():
    frames = "<frameset><frame src='nav.html'><frame src='text.html'>{}</frameset>"
    words = "<noframes><body><p>The letters of Ann.</p></body></noframes>"
    first, second, document = read(frames.format(words))
    assert [each.where for each in (first, second)] == ["frame nav.html", "frame text.html"]
    assert all(isinstance(each, Unread) for each in (first, second))
    assert document.text == "The letters of Ann."
    message = "<noframes>Your browser does not show frames.</noframes>"
    for page in (frames.format(""), frames.format(message)):
        with pytest.raises(SourceError, match=r"frames.*nav\.html, text\.html"):
            read(page)


def test_a_letter_that_a_page_quotes_does_not_sign_the_page():
    letter = "<p>Dear Sir,</p><p>The mill burned.</p><p>I. Holm</p>"
    quoted = f"<p>He wrote:</p><blockquote>{letter}</blockquote><p>So it ended for all of us.</p>"
    normalizer = LetterNormalizer()
    assert normalizer.normalize(parse(f"<body>{quoted}</body>")).metadata.sender is None
    whole = normalizer.normalize(parse(f"<body><blockquote>{letter}</blockquote></body>"))
    assert whole.metadata.sender.text == "I. Holm"


def test_the_terms_of_project_gutenberg_are_furniture_by_their_name():
    terms = (
        "<section class='pg-boilerplate pgheader'><p>For the use of anyone anywhere.</p></section>"
    )
    document = parse(f"<body>{terms}<p>We sailed at dawn.</p></body>")
    assert blocks(document, BlockKind.FURNITURE) == ["For the use of anyone anywhere."]


def test_words_in_drawings_and_for_browsers_without_scripts_are_set_apart_and_cut_no_sentence():
    page = (
        f"<body>{BODY}<p>The mill <svg><title>x</title><text>Map of "
        "<tspan>Lund</tspan></text></svg>"
        "stood<noscript><p>Its wheel was of oak.</p></noscript> there.</p></body>"
    )
    assert furniture(page) == "Map of Lund Its wheel was of oak."
    assert "The mill stood there." in parse(page).text


def test_a_frame_within_a_page_is_told_where_its_file_may_lie_beside():
    page = (
        f"<body>{BODY}<iframe src='notes.html'></iframe><iframe src='https://a.example/ad.html'>"
        "</iframe><iframe src='about:blank'></iframe></body>"
    )
    told, _ = read(page)
    assert told.where == "frame notes.html"
