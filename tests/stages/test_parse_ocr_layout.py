"""ALTO, PAGE XML, hOCR: the same page, in reading order, with the name of its image."""

from __future__ import annotations

import io

import pytest
from letter_workspace import product
from PIL import Image

from docproc.config import Limits
from docproc.errors import SourceError
from docproc.records import BlockKind, SourceFile, Span
from docproc.stages.parse.pages.ocr_layout.parser import OcrLayoutParser
from docproc.testing import ParserContract

ALTO = """<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#"><Description>
<sourceImageInformation><fileName>scans/0012.tif</fileName></sourceImageInformation></Description>
<ReadingOrder><OrderedGroup ID="o"><ElementRef ID="e1" REF="b2"/><ElementRef ID="e2" REF="b1"/>
</OrderedGroup></ReadingOrder>
<Layout><Page PHYSICAL_IMG_NR="12" WIDTH="200" HEIGHT="100"><PrintSpace>
<TextBlock ID="b1"><TextLine><String CONTENT="the" WC="0.9"/><SP/>
<String CONTENT="whole" WC="0.31" HPOS="20" VPOS="40" WIDTH="30" HEIGHT="10"/></TextLine>
<TextLine HPOS="20" VPOS="60" WIDTH="60" HEIGHT="10"><String CONTENT="dis"/>
<HYP CONTENT="-"/></TextLine>
<TextLine><String CONTENT="trict."/></TextLine></TextBlock>
<TextBlock ID="b2"><TextLine><String CONTENT="The"/><String CONTENT="harvest"/></TextLine>
</TextBlock></PrintSpace></Page></Layout></alto>"""

PAGE = """<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15">
<Page imageFilename="0012.tif" imageWidth="200" imageHeight="100">
<ReadingOrder><OrderedGroup id="o">
<RegionRefIndexed index="1" regionRef="b1"/><RegionRefIndexed index="0" regionRef="b2"/>
</OrderedGroup></ReadingOrder>
<TextRegion id="n" type="page-number"><TextLine><TextEquiv><Unicode>12</Unicode></TextEquiv>
</TextLine></TextRegion>
<TextRegion id="b1"><TextLine><Coords points="20,40 50,41 50,50 20,49"/>
<Word><TextEquiv conf="0.9"><Unicode>the</Unicode></TextEquiv></Word>
<Word><TextEquiv conf="0.31"><Unicode>whole</Unicode></TextEquiv></Word>
<TextEquiv index="1"><Unicode>the hole</Unicode></TextEquiv>
<TextEquiv index="0"><Unicode>the whole</Unicode></TextEquiv></TextLine>
<TextLine><Coords><Point x="20" y="60"/><Point x="80" y="70"/></Coords>
<TextEquiv><Unicode>dis-</Unicode></TextEquiv></TextLine>
<TextLine><TextEquiv><Unicode>trict.</Unicode></TextEquiv></TextLine></TextRegion>
<TextRegion id="b2"><TextEquiv><Unicode>The harvest</Unicode></TextEquiv></TextRegion>
</Page></PcGts>"""

HOCR = """<!DOCTYPE html><html><head><meta name="ocr-system" content="tesseract"></head><body>
<div class="ocr_page" title='image "scans/0012.tif"; bbox 0 0 200 100'><div class="ocr_carea">
<p class="ocr_par"><span class="ocr_line">The <span class="ocrx_word">harvest</span></span></p>
<p class="ocr_par"><span class="ocr_line" title="bbox 20 40 50 50; baseline 0 0">
<span class="ocrx_word" title="bbox 20 40 30 50; x_wconf 90">the</span>
<span class="ocrx_word" title="x_wconf 31">whole</span></span>
<span class="ocr_line" title="bbox 20 60 80 70">dis-</span>
<span class="ocr_line">trict.</span></p></div></div></body></html>"""

FILES = {"alto.xml": ALTO, "page.xml": PAGE, "hocr.html": HOCR}

MORE = {
    b"</PrintSpace>": b'<TextBlock><TextLine><String CONTENT="More"/></TextLine></TextBlock>',
    b"</Page></PcGts>": b"<TextRegion><TextEquiv><Unicode>More</Unicode></TextEquiv></TextRegion>",
    b"</div></body>": b'<p><span class="ocr_line">More</span></p>',
}


class TestContract(ParserContract):
    """The kit's tests."""

    @pytest.fixture
    def plugin(self):
        return OcrLayoutParser(Limits())

    @pytest.fixture
    def samples(self):
        return {name: text.encode() for name, text in FILES.items()}

    def enlarge(self, data, times):
        for end, more in MORE.items():
            data = data.replace(end, more * (20 * times) + end)
        return data


def parse(text):
    data = text.encode()
    source = SourceFile("seeds/a.xml", "application/xml", len(data), "0" * 64)
    (document,) = OcrLayoutParser(Limits()).parse(source, data)
    return document


@pytest.mark.parametrize("name", FILES)
def test_regions_come_in_reading_order_and_lines_as_they_stand(name):
    document = parse(FILES[name])
    assert document.text.removesuffix("\n\n12") == "The harvest\n\nthe whole\ndis-\ntrict."


@pytest.mark.parametrize("name", FILES)
def test_every_passage_leads_to_its_image(name):
    document = parse(FILES[name])
    (passage,) = product("segment", "structure").segment(document)
    assert passage.locator == "image 0012.tif, paragraphs 1–2"


@pytest.mark.parametrize("name", FILES)
def test_doubtful_words_are_marked_for_the_search_and_never_in_what_is_shown(name):
    document = parse(FILES[name])
    assert "[?]" not in document.text
    assert "the whole [?]\ndis-" in document.search.apply(document.text)
    assert document.search.apply(document.text).count("[?]") == 1
    assert ("OCR confidence", "60 of 100") in document.metadata.other


def image(*shades):
    """A file of frames, twice as large as the page was when it was recognized."""
    frames = [Image.new("L", (400, 200), shade) for shade in shades]
    stream = io.BytesIO()
    frames[0].save(stream, "TIFF", save_all=True, append_images=frames[1:])
    return stream.getvalue()


def drawn(text, quote, data, asked=None):
    start = parse(text).text.index(quote)

    def beside(name):
        if asked is not None:
            asked.append(name)
        return data

    return list(
        OcrLayoutParser(Limits()).draw_images(
            text.encode(), [Span(start, start + len(quote))], beside
        )
    )


@pytest.mark.parametrize("name", FILES)
def test_the_lines_quoted_are_marked_on_the_image_that_the_file_names(name):
    asked = []
    (page,) = drawn(FILES[name], "whole\ndis", image(255), asked)
    assert [each.rpartition("/")[2] for each in asked] == ["0012.tif"]
    picture = Image.open(io.BytesIO(page.png)).convert("RGB")
    yellow = [
        [picture.getpixel((x, y)) == (255, 240, 90) for x in (45, 90, 150)] for y in (90, 130)
    ]
    assert yellow == [[True, True, False], [True, True, True]]
    assert picture.getpixel((90, 110)) == (255, 255, 255)
    assert picture.getpixel((10, 90)) == (255, 255, 255)


def test_of_several_pages_on_one_file_of_images_each_has_its_own_frame():
    second = HOCR.replace("</body>", "").replace("</html>", "") + HOCR[
        HOCR.index("<div") :
    ].replace(">dis-", ">And more")
    (page,) = drawn(second, "And more", image(255, 200))
    assert page.label == "image 0012.tif"
    assert Image.open(io.BytesIO(page.png)).convert("RGB").getpixel((1, 1)) == (200, 200, 200)


def test_lines_without_places_and_images_that_are_none_are_told():
    with pytest.raises(SourceError, match="where on the page any line"):
        drawn(HOCR, "The harvest", image(255))
    with pytest.raises(SourceError, match="damaged, or not an image"):
        drawn(HOCR, "dis-", b"no image")


def test_page_numbers_are_furniture():
    document = parse(PAGE)
    assert [b.span.of(document.text) for b in document.blocks if b.kind is BlockKind.FURNITURE] == [
        "12"
    ]


def test_a_page_on_which_nothing_was_recognized_is_refused_in_words():
    with pytest.raises(SourceError, match="no recognized text"):
        parse('<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#"/>')


def test_it_is_surer_of_hocr_than_the_parser_of_web_pages():
    source = SourceFile("a.html", "text/html", 1, "0" * 64)
    web = product("parse", "html").confidence(source, HOCR.encode())
    assert OcrLayoutParser(Limits()).confidence(source, HOCR.encode()) > web
