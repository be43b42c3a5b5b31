"""The reading room in a real browser: by keyboard, without scripts, narrow, dark, printed.

Skipped where there is no Chromium; with ``DOCPROC_BROWSER=required`` that is a failure.
"""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from letters_served import TOKEN

pytestmark = pytest.mark.slow

REQUIRED = os.environ.get("DOCPROC_BROWSER") == "required"
BROWSER = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
)
AXE = Path(
    os.environ.get("DOCPROC_AXE", "")
    or Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
)


def needed(what: str, there: bool) -> None:
    if not there and REQUIRED:
        pytest.fail(f"{what} is not there, and DOCPROC_BROWSER=required")
    if not there:
        pytest.skip(f"{what} is not there")


@pytest.fixture(scope="module")
def address(app) -> Iterator[str]:
    """A running server."""
    import uvicorn

    listening = socket.create_server(("127.0.0.1", 0))
    running = uvicorn.Server(uvicorn.Config(app, log_level="error"))
    thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not running.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    running.should_exit = True
    thread.join()
    listening.close()


@pytest.fixture(scope="module")
def chromium():
    needed("chromium", bool(BROWSER))
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        needed("playwright", False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium, address):
    """Opens a page that has entered; any request elsewhere, and any error on it, is a failure."""
    opened, wrong = [], []

    def make(**options):
        context = chromium.new_context(**options)
        page = context.new_page()
        page.set_default_timeout(300_000)
        page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
        page.on(
            "request",
            lambda request: (
                None
                if request.url.startswith((address, "data:"))
                else wrong.append(f"asked for {request.url}")
            ),
        )
        page.on(
            "console",
            lambda said: wrong.append(f"console: {said.text}") if said.type == "error" else None,
        )
        page.goto(f"{address}/?token={quote(TOKEN)}")
        opened.append(context)
        return page

    yield make
    for context in opened:
        context.close()
    assert wrong == []


def addresses(library, *, every: bool = True) -> list[str]:
    """A page of each kind, with that of *every* document, or of one."""
    citation = library.ask("How many sacks of seed rye should be sent?").citations[0]
    documents = [f"/document/{row.id}" for row in library.documents()]
    return [
        "/", "/ask?q=seed+rye", "/ask?q=Which+zeppelin+was+bought%3F",
        "/ask?q=Who+asked+for+seed+rye%3F&q=And+when+was+that%3F",
        f"/cite/{citation.identifier}", f"/document/{citation.document_id}?find=rye",
        f"/alike/{citation.passage_id}", "/browse", "/correspondents", "/mentions",
        "/mentions?name=Lebedeva", "/status", "/dossiers",
        f"/dossiers/keep?name={citation.identifier}", "/check", "/browse?kept=RGASPI",
        f"/cite/{ledger_of(library).identifier}?page=1", *documents[: None if every else 1],
    ]  # fmt: skip


def ledger_of(library):
    """The passage whose page has an image."""
    return library.ask("How many lanterns were received for the lighthouse?").citations[0]


WIDE = {"width": 1280, "height": 900}
ALL_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OF_COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
"""In the dark the page is the same, and stands as it does in the light."""


@pytest.mark.parametrize(
    ("options", "rules"),
    [
        ({"viewport": WIDE}, ALL_RULES),
        ({"viewport": {"width": 320, "height": 640}}, ALL_RULES),
        ({"viewport": WIDE, "color_scheme": "dark"}, OF_COLOURS),
    ],
    ids=["light", "narrow", "dark"],
)
def test_no_page_has_an_obstacle_that_axe_knows(open_page, address, library, options, rules):
    needed("axe-core", AXE.is_file())
    page = open_page(**options, bypass_csp=True)
    script = AXE.read_text("utf-8")
    for path in addresses(library, every=options == {"viewport": WIDE}):
        page.goto(address + path)
        assert obstacles(page, script, rules) == [], path


def obstacles(page, script: str, rules: object = ALL_RULES) -> list[tuple[str, object, str]]:
    """What axe-core finds wrong with a page."""
    page.evaluate(script)
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", rules)
    return [
        (each["id"], node["target"], node["failureSummary"][:200])
        for each in found["violations"]
        for node in each["nodes"][:3]
    ]


DRAFT = (
    "He wrote: “Send 40 sacks of seed rye before the river freezes”, and “Give the rye to the "
    "children's houses, and let Dzerzhinsky hear of the theft”; then “Burn the mill down”."
)


def filled(page, address, library) -> list[str]:
    """Keep a passage and a search in a dossier, in the browser; the addresses that show them."""
    citation = library.ask("How many sacks of seed rye should be sent?").citations[0]
    for what in (f"name={citation.identifier}", "q=the+river"):
        page.goto(f"{address}/dossiers/keep?{what}")
        if page.locator("#note").count():
            page.fill("#note", "So much rye? <b>Ask</b> at the archive.")
            page.fill("#tags", "rye, seed")
        page.fill("#new", "Grain")
        page.click("button.main")
    return ["/dossiers/Grain", "/dossiers"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_filled_dossier_and_a_checked_draft_have_no_obstacle(open_page, address, library, scheme):
    needed("axe-core", AXE.is_file())
    script = AXE.read_text("utf-8")
    page = open_page(viewport={"width": 320, "height": 640}, color_scheme=scheme, bypass_csp=True)
    try:
        for path in filled(page, address, library):
            page.goto(address + path)
            assert obstacles(page, script) == [], path
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        page.goto(f"{address}/check")
        page.fill("#text", DRAFT)
        page.click("button.main")
        assert page.locator("article.citation").count() == 3
        assert obstacles(page, script) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
    finally:
        shutil.rmtree(library.workspace / "dossiers", ignore_errors=True)


def test_no_page_is_wider_than_a_narrow_screen(open_page, address, library):
    page = open_page(viewport={"width": 320, "height": 640})
    for path in addresses(library):
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


def test_a_question_is_asked_read_and_cited_by_keyboard_alone(open_page, address):
    page = open_page()
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("a")
    page.keyboard.type("How many sacks of seed rye should be sent?")
    page.keyboard.press("Enter")
    page.wait_for_selector(".citation blockquote")
    page.wait_for_load_state("load")
    page.keyboard.press("c")
    assert page.locator(".citation details").first.get_attribute("open") is not None
    assert "F. 558" in page.locator(".cites textarea").first.input_value()
    page.locator(".citation .head a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("mark.passage")
    page.wait_for_load_state("load")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "find"
    page.keyboard.type("rye")
    page.keyboard.press("Enter")
    page.wait_for_selector("#found-1")
    page.wait_for_load_state("load")
    page.locator("h1").click()
    reached = set()
    for _ in range(2):
        page.keyboard.press("n")
        reached.add(page.url.partition("#")[2])
    assert reached == {"found-1", "found-2"}  # a note stands beside its anchor
    page.keyboard.press("?")
    assert page.locator("dialog").is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("b")
    page.wait_for_url("**/browse")


def test_tab_reaches_everything_and_shows_where_it_is(open_page, address):
    page = open_page()
    page.goto(f"{address}/ask?q=seed+rye")
    seen = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        name = page.evaluate("document.activeElement.outerHTML.slice(0, 80)")
        assert page.evaluate(
            "document.activeElement === document.body"
            " || getComputedStyle(document.activeElement).outlineStyle !== 'none'"
        ), name
        seen.add(name)
    links = page.evaluate(
        "[...document.querySelectorAll('main a, main button, main input')].length"
    )
    assert len(seen) >= min(links, 20)


def test_everything_works_without_scripts(open_page, address):
    page = open_page(java_script_enabled=False)
    page.fill("main input[type=search]", "Who is to hear of the theft at the station?")
    page.click("main button")
    assert page.locator(".citation").count() >= 1
    page.fill("main input[type=search]", "And when was that written?")
    page.click("main form button")
    assert page.locator(".understood").count() == 1
    page.click(".understood a")
    assert page.locator(".understood").count() == 0
    page.locator(".citation summary").first.click()
    assert page.locator(".cites textarea").first.is_visible()
    page.locator(".citation .head a").first.click()
    assert page.locator("mark.passage").count() >= 1
    page.click("text=Browse")
    page.locator(".facet a").first.click()
    assert page.locator(".chips a").count() >= 2


def test_hostile_documents_run_nothing_and_turn_nothing(open_page, address, library):
    page = open_page()
    page.on("dialog", lambda dialog: pytest.fail(f"a dialog: {dialog.message}"))
    for row in library.documents():
        page.goto(f"{address}/document/{row.id}")
        assert "taken" not in page.title()
        assert page.evaluate("document.querySelectorAll('main script, main img').length") == 0
        assert (
            page.evaluate("document.querySelector('header').getBoundingClientRect().height") < 400
        )


def test_text_from_right_to_left_stands_so(open_page, address, library):
    (row,) = [row for row in library.documents() if row.source.endswith("04-rtl.txt")]
    page = open_page()
    page.goto(f"{address}/document/{row.id}")
    directions = page.evaluate(
        "[...document.querySelectorAll('.document p')].map(p => getComputedStyle(p).direction)"
    )
    assert "rtl" in directions
    assert page.evaluate("getComputedStyle(document.querySelector('header')).direction") == "ltr"


def test_a_page_is_printed_with_its_text_and_without_its_controls(open_page, address, library):
    citation = library.ask("How many sacks of seed rye should be sent?").citations[0]
    page = open_page()
    page.goto(f"{address}/cite/{citation.identifier}")
    page.emulate_media(media="print")
    assert not page.locator("header.top").is_visible()
    assert not page.locator("form.find").is_visible()
    assert page.locator(".document").is_visible()
    assert page.pdf().startswith(b"%PDF")


def test_a_publication_under_an_open_page_breaks_nothing(open_page, address, library):
    page = open_page()
    page.goto(f"{address}/ask?q=seed+rye")
    for _ in range(5):
        library.application.generations.current()
        page.reload()
        assert page.locator(".citation").count() >= 1
