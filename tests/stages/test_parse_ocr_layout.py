"""ALTO, PAGE XML, hOCR: the same page, in reading order, with the name of its image."""

from __future__ import annotations

import pytest
from letter_workspace import product

from docproc.config import Limits
from docproc.errors import SourceError
from docproc.records import BlockKind, SourceFile
from docproc.stages.ocr_layout.parser import OcrLayoutParser
from docproc.testing import ParserContract

ALTO = """<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#"><Description>
<sourceImageInformation><fileName>scans/0012.tif</fileName></sourceImageInformation></Description>
<ReadingOrder><OrderedGroup ID="o"><ElementRef ID="e1" REF="b2"/><ElementRef ID="e2" REF="b1"/>
</OrderedGroup></ReadingOrder>
<Layout><Page PHYSICAL_IMG_NR="12"><PrintSpace>
<TextBlock ID="b1"><TextLine><String CONTENT="the"/><SP/><String CONTENT="whole"/></TextLine>
<TextLine><String CONTENT="dis"/><HYP CONTENT="-"/></TextLine>
<TextLine><String CONTENT="trict."/></TextLine></TextBlock>
<TextBlock ID="b2"><TextLine><String CONTENT="The"/><String CONTENT="harvest"/></TextLine>
</TextBlock></PrintSpace></Page></Layout></alto>"""

PAGE = """<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15">
<Page imageFilename="0012.tif"><ReadingOrder><OrderedGroup id="o">
<RegionRefIndexed index="1" regionRef="b1"/><RegionRefIndexed index="0" regionRef="b2"/>
</OrderedGroup></ReadingOrder>
<TextRegion id="n" type="page-number"><TextLine><TextEquiv><Unicode>12</Unicode></TextEquiv>
</TextLine></TextRegion>
<TextRegion id="b1"><TextLine><TextEquiv index="1"><Unicode>the hole</Unicode></TextEquiv>
<TextEquiv index="0"><Unicode>the whole</Unicode></TextEquiv></TextLine>
<TextLine><TextEquiv><Unicode>dis-</Unicode></TextEquiv></TextLine>
<TextLine><TextEquiv><Unicode>trict.</Unicode></TextEquiv></TextLine></TextRegion>
<TextRegion id="b2"><TextEquiv><Unicode>The harvest</Unicode></TextEquiv></TextRegion>
</Page></PcGts>"""

HOCR = """<!DOCTYPE html><html><head><meta name="ocr-system" content="tesseract"></head><body>
<div class="ocr_page" title='image "scans/0012.tif"; bbox 0 0 9 9'><div class="ocr_carea">
<p class="ocr_par"><span class="ocr_line">The <span class="ocrx_word">harvest</span></span></p>
<p class="ocr_par"><span class="ocr_line">the whole</span><span class="ocr_line">dis-</span>
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

    def enlarged(self, data, times):
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
