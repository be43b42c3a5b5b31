"""Make the pictures in ``docs/images``: ``make screenshots``; ``--site``: those of the site alone.

A few invented letters are indexed into a temporary workspace, ``docproc read`` serves them, and a
real Chromium photographs the pages; then two pages of this documentation as a site.  Needs
``docproc[dev]`` and Chromium.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

IMAGES = Path(__file__).parent / "images"
COLOURS = 64
SCREEN, NARROW = {"width": 940, "height": 700}, {"width": 320, "height": 640}
WIDE = {"width": 1240, "height": 760}
RYE = "How many sacks of seed rye should be sent?"
LETTERS = {
    "1-flour.txt": """P. Orlov to A. Lebedeva

14 October 1921

Dear Anna!

The barges with flour left Rybinsk on Monday1, and the millers of Uglich ask to be paid in salt.

Send 40 sacks of seed rye before the river freezes, or there will be no sowing at all. Lebedev of \
the provincial committee promises nothing.

P. Orlov.

RTSKHIDNI. F. 558. Op. 2. D. 51. L. 1. Typewritten text, autograph signature.

Notes:

1 The commission on seed agreed to this on 20 October 1921 and set aside 900 poods of rye \
(RTSKHIDNI. F. 17. Op. 3. D. 225. L. 4).
""",
    "2-horses.txt": """A. Lebedeva to P. Orlov

3 November 1921

Comrade Orlov!

The horses are tired and the road to Cherepovets is under water; nothing will move this month.

Give the rye to the children's homes, and let the commission hear of the theft at the station.

A. Lebedeva.

RTSKHIDNI. F. 558. Op. 2. D. 52. L. 3. Handwritten text.
""",
    "3-salt.txt": """P. Orlov to A. Lebedeva

9 February 1922

Dear Anna!

The salt came at last, eleven wagons of it, and the millers work again. Lebedeva's report on the \
children's homes was read aloud in Rybinsk.

P. Orlov.

RTSKHIDNI. F. 558. Op. 2. D. 60. L. 2. Typewritten text.
""",
    "4-ferry.txt": """K. Haas to P. Orlov

2 May 1923

The ferry sank at Kalyazin with two wagons of seed; nobody drowned. Ask Lebedeva for boats.

K. Haas.

RTSKHIDNI. F. 17. Op. 3. D. 301. L. 9. Copy.
""",
}
LEDGER = ("Received of the harbour office", "ninety lanterns for the lighthouse.",
          "Paid in salt, eleven poods.")  # fmt: skip
DRAFT = (
    "Orlov asked her to “Send 40 sacks of seed rye before the river freezes”. She answered that "
    "the horses are tired and “the road to Cherepovets is under snow; nothing will move this "
    "month”. Elsewhere he wrote: “Burn the mill and the bridge down”."
)


SITE = {"site-first-page": "index.html", "site-reference": "commands.html"}


def main() -> None:
    """Photograph every page, light, dark and narrow where that differs."""
    IMAGES.mkdir(exist_ok=True)
    photograph_site()
    if "--site" in sys.argv[1:]:
        return
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder, "Harbour letters")
        write(workspace)
        command = [sys.executable, "-m", "docproc"]
        subprocess.run([*command, "index"], cwd=workspace, check=True)
        server = subprocess.Popen(
            [*command, "read", "--no-browser", "--port", "0"],
            cwd=workspace, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        try:
            assert server.stdout is not None
            found = re.search(r"http://\S+", server.stdout.readline())
            assert found is not None
            photograph(found[0])
        finally:
            server.terminate()
            server.wait()


def write(workspace: Path) -> None:
    """The letters, and a page of a ledger with its image."""
    seeds, images = workspace / "seeds", workspace / "images"
    seeds.mkdir(parents=True)
    images.mkdir()
    (workspace / "config.toml").write_text("", "utf-8")
    for name, text in LETTERS.items():
        (seeds / name).write_text(text, "utf-8")
    page = Image.new("RGB", (760, 420), "#f3ead6")
    draw, font = ImageDraw.Draw(page), ImageFont.load_default(34)
    lines = []
    for number, line in enumerate(LEDGER):
        x, y = 60, 60 + 90 * number
        words = []
        for word in line.split():
            draw.text((x, y), word, fill="#2a2118", font=font)
            width = int(draw.textlength(word, font=font))
            words.append(
                f'<String CONTENT="{word}" HPOS="{x}" VPOS="{y}" WIDTH="{width}" HEIGHT="42"/>'
            )
            x += width + 14
        lines.append(
            f'<TextLine HPOS="60" VPOS="{y}" WIDTH="{x - 60}" HEIGHT="42">{"<SP/>".join(words)}'
            "</TextLine>"
        )
    page.save(images / "ledger.png")
    (seeds / "5-ledger.xml").write_text(
        '<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#"><Description><MeasurementUnit>pixel'
        "</MeasurementUnit><sourceImageInformation><fileName>../images/ledger.png</fileName>"
        '</sourceImageInformation></Description><Layout><Page ID="P1" PHYSICAL_IMG_NR="1" '
        'WIDTH="760" HEIGHT="420"><PrintSpace><TextBlock ID="b1">'
        f"{''.join(lines)}</TextBlock></PrintSpace></Page></Layout></alto>",
        "utf-8",
    )


def photograph_site() -> None:
    """Build the documentation as a site, and photograph its first page and one of the reference."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [sys.executable, "-m", "sphinx", "-q", "-b", "html", str(IMAGES.parent), folder],
            check=True,
        )
        with sync_playwright() as playwright:
            page = launch(playwright).new_context(viewport=WIDE).new_page()
            for name, file in SITE.items():
                page.goto(Path(folder, file).as_uri())
                save(page, name)


def launch(playwright: Playwright) -> Browser:
    """Chromium as it is installed, else Playwright's own."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    return playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])


def photograph(address: str) -> None:
    """Open the room at *address* and photograph its pages."""
    base = address.partition("?")[0].rstrip("/")
    with sync_playwright() as playwright:
        browser = launch(playwright)

        def room(**options: Any) -> Page:
            page = browser.new_context(**options).new_page()
            page.set_default_timeout(60_000)
            page.goto(address)
            return page

        light = room(viewport=SCREEN)
        dark, narrow = room(viewport=SCREEN, color_scheme="dark"), room(viewport=NARROW)
        for name, page in (("answer", light), ("answer-dark", dark), ("answer-narrow", narrow)):
            ask(page, base, RYE)
            save(page, name)
        ask(light, base, "Which zeppelin was bought in Lisbon?")
        save(light, "refusal")
        ask(light, base, "On which day did the barges leave Rybinsk?")
        light.set_viewport_size(WIDE)
        light.click(".citation .head a")
        light.wait_for_selector("mark.passage")
        light.evaluate("document.querySelector('.document').scrollIntoView({behavior: 'instant'})")
        save(light, "document-with-notes")
        ask(light, base, "How many lanterns for the lighthouse?")
        light.goto(f"{base}{light.locator('a[rel=bookmark]').first.get_attribute('href')}?page=1")
        light.wait_for_function("[...document.images].every((image) => image.naturalWidth > 0)")
        save(light, "page-image")
        light.set_viewport_size(SCREEN)
        light.goto(f"{base}/mentions?name=Lebedeva")
        save(light, "mentions")
        keep(light, base)
        save(light, "dossier")
        light.goto(f"{base}/check")
        light.fill("#text", DRAFT)
        light.click("button.main")
        save(light, "checked-draft")
        browser.close()


def ask(page: Page, base: str, question: str) -> None:
    """Ask *question*, in a fresh conversation."""
    page.goto(base)
    page.fill("main input[type=search]", question)
    page.click("main button")
    page.wait_for_selector(".turn")


def keep(page: Page, base: str) -> None:
    """Keep the passage that answers, with a note, and a search."""
    ask(page, base, RYE)
    page.click("a[href^='/dossiers/keep?name']")
    page.fill("#note", "The earliest request for seed; compare the commission's 900 poods.")
    page.fill("#tags", "rye, seed")
    page.fill("#new", "Grain 1921")
    page.click("button.main")
    page.wait_for_selector("article.citation")


def save(page: Page, name: str) -> None:
    """What *page* shows now, as a small PNG."""
    page.evaluate("document.activeElement.blur()")
    image = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    few = image.quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(IMAGES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
