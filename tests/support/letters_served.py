"""Invented letters that the reading room serves, some of them hostile."""

from __future__ import annotations

TOKEN = "a token for the tests"
SCRIPT = '<script>document.title="taken"</script><img src=x onerror=alert(1)>'
TITLE = "A title without an end " * 4_600
"""A title of a hundred thousand characters."""
LETTERS = {
    "01-flour.txt": f"""P. Orlov to A. Lebedeva

14 October 1921

Dear Anna!

The barges with flour left Rybinsk on Monday1, and the millers of Uglich ask to be paid in salt.

Send 40 sacks of seed rye before the river freezes, or there will be no sowing at all. {SCRIPT}

P. Orlov.

RTSKHIDNI. F. 558. Op. 2. D. 51. L. 1. Typewritten text.

Notes:

1 The commission on seed agreed to this on 20 October 1921 and set aside 900 poods of rye \
(RTSKHIDNI. F. 17. Op. 3. D. 225. L. 4).
""",
    "02-horses.txt": """A. Lebedeva to P. Orlov

3 November 1921

Comrade Orlov!

The horses are tired and the road to Cherepovets is under water; nothing will move this month.

Give the rye to the children's homes, and let Dzerzhinsky hear of the theft at the station.

A. Lebedeva.

RTSKHIDNI. F. 558. Op. 2. D. 52. L. 3. Handwritten text.
""",
    "03-цемент.txt": """А. Лебедева – П. Орлову

1 ноября 1921 г.

Цемент для плотины пришёл из Новороссийска, но мешки порваны и половина груза пропала.

А. Лебедева.
""",
    "04-rtl.txt": """מכתב אל הנהלת הטחנה

הקמח הגיע לעיר ביום שלישי, והשקים היו רטובים מן הגשם הכבד שירד כל הלילה על הנהר.

\u202eevil\u202c <b>not bold</b>
""",
    "05-title.md": f"# {TITLE[:11_000]}{SCRIPT}\n\nThe ferry sank at Kalyazin.\n",
}
TEI = f"""<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt>
<title>A dispatch &lt;script&gt;alert(2)&lt;/script&gt; {TITLE}</title></titleStmt>
<publicationStmt><p/></publicationStmt>
<sourceDesc><p/></sourceDesc></fileDesc></teiHeader><text><body><div>
<pb n="12r"
 facs="https://images.example.org/iiif/12r/full/max/0/default.jpg"/>
<p>The envoy reached Zurich<note n="1">Written over a crossed-out word
{SCRIPT.replace("<", "&lt;")}.</note> on the ninth of July with eleven horses.</p>
<pb n="12v"/><p>He asked the council
for passage <pb n="13 &quot;r"/>through the mountain valleys.</p>
</div></body></text></TEI>
"""
ALTO = """<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#"><Description>
<MeasurementUnit>pixel</MeasurementUnit><sourceImageInformation><fileName>../images/ledger.png
</fileName></sourceImageInformation></Description><Layout>
<Page ID="P1" PHYSICAL_IMG_NR="1" WIDTH="400" HEIGHT="200"><PrintSpace><TextBlock ID="b1">
<TextLine HPOS="20" VPOS="20" WIDTH="300" HEIGHT="30">
<String CONTENT="Received" HPOS="20" VPOS="20" WIDTH="90" HEIGHT="30"/><SP/>
<String CONTENT="ninety" HPOS="120" VPOS="20" WIDTH="80" HEIGHT="30"/><SP/>
<String CONTENT="lanterns" HPOS="210" VPOS="20" WIDTH="100" HEIGHT="30"/></TextLine>
<TextLine HPOS="20" VPOS="60" WIDTH="300" HEIGHT="30">
<String CONTENT="for" HPOS="20" VPOS="60" WIDTH="40" HEIGHT="30"/><SP/>
<String CONTENT="the" HPOS="70" VPOS="60" WIDTH="40" HEIGHT="30"/><SP/>
<String CONTENT="lighthouse." HPOS="120" VPOS="60" WIDTH="150" HEIGHT="30"/></TextLine>
</TextBlock></PrintSpace></Page></Layout></alto>
"""
"""A page of a ledger as recognized; its image lies in `images/` of the workspace."""
HOCR = """<!DOCTYPE html><html><head><meta name="ocr-system" content="invented"/>
<title>A page without its image</title></head><body>
<div class="ocr_page" title='image "lost.png"; bbox 0 0 400 200'><p class="ocr_par">
<span class="ocr_line" title="bbox 20 20 300 50">The bell of the chapel was sold.</span></p></div>
</body></html>
"""


def ledger_image() -> bytes:
    """The image of the page of the ledger."""
    import io

    from PIL import Image, ImageDraw

    image = Image.new("RGB", (400, 200), "white")
    draw = ImageDraw.Draw(image)
    draw.text((20, 28), "Received ninety lanterns", fill="black")
    draw.text((20, 68), "for the lighthouse.", fill="black")
    written = io.BytesIO()
    image.save(written, "PNG")
    return written.getvalue()
