"""Where the image of a page is, as TEI names it: kept as an address, and never fetched."""

from __future__ import annotations

import pytest

from docproc.config import Limits
from docproc.records import SourceFile
from docproc.stages.parse.xml.tei.parser import TeiParser

IIIF = "https://images.example.org/iiif/reel-2%2F71r/full/max/0/default.jpg"
FACSIMILE = f"""<facsimile><surface xml:id="s1"><graphic url="{IIIF}"/>
<zone xml:id="z1"/></surface>
<surface xml:id="s2"><graphic url="local/72v.png"/></surface></facsimile>"""


def parsed(pages: str, facsimile: str = FACSIMILE):
    text = f"""<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>A</title>
    </titleStmt></fileDesc></teiHeader>{facsimile}<text><body><div>{pages}</div></body></text></TEI>"""
    data = text.encode()
    source = SourceFile("a.xml", "application/xml", len(data), "0" * 64)
    (document,) = TeiParser(Limits()).parse(source, data)
    return document


@pytest.mark.parametrize("named", [IIIF, "#s1", "#z1"])
def test_the_address_of_a_pages_image_is_kept_however_it_is_named(named):
    page = parsed(f'<pb n="71r" facs="{named}"/><p>The envoy came.</p>').pages[0]
    assert (page.label, page.image) == ("fol. 71r", IIIF)


@pytest.mark.parametrize(
    "named", ["", "#s2", "#nowhere", "p71.jpg", "javascript:alert(1)", "https://a b/&quot;onload=x"]
)
def test_what_is_no_address_is_none(named):
    assert parsed(f'<pb n="71r" facs="{named}"/><p>The envoy came.</p>').pages[0].image in (
        "", "https://a",
    )  # fmt: skip
