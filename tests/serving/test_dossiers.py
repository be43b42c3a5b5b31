"""Dossiers: kept in files of the user's own, re-checked, exported; nothing is kept for others."""

from __future__ import annotations

import json
import shutil

import pytest
from letters_served import TOKEN
from starlette.testclient import TestClient

import docproc
from docproc.errors import StoreError, UsageError
from docproc.operations.application import Application
from docproc.operations.writing.runs import prepare_index
from docproc.pipeline.monitoring.progress import Silent
from docproc.serving.application import application
from docproc.serving.dossiers.dossiers import Dossiers
from docproc.serving.service.safety import Admission
from docproc.serving.service.service import Service
from docproc.workspace import find_workspace

pytestmark = pytest.mark.slow

RYE = "How many sacks of seed rye should be sent?"
OWN = {"origin": "http://127.0.0.1", "sec-fetch-site": "same-origin"}


@pytest.fixture
def own_workspace(room_workspace, tmp_path):
    root = tmp_path / "own"
    shutil.copytree(room_workspace, root)
    return root


@pytest.fixture
def browser(own_workspace):
    made = application(Service(docproc.open(own_workspace), Admission(token=TOKEN)))
    with TestClient(made, base_url="http://127.0.0.1") as client:
        client.get("/", params={"token": TOKEN})
        yield client


def keep(browser, library, **given):
    citation = library.ask(RYE).citations[0]
    form = browser.get("/dossiers/keep", params={"name": citation.identifier})
    assert form.status_code == 200
    sent = {"does": "keep", "name": citation.identifier, "new": "Grain 1921"} | given
    shown = browser.post("/dossiers/keep", data=sent, headers=OWN)
    return citation, shown


def test_a_passage_is_kept_with_its_note_as_a_web_annotation(browser, library, own_workspace):
    citation, shown = keep(browser, library, note="So *much* rye?", tags="rye, seed, rye")
    assert shown.status_code == 200
    assert "✓ stands as it was kept" in shown.text
    assert "So *much* rye?" in shown.text
    assert "1 passage, 0 saved searches" in browser.get("/dossiers").text
    (file,) = (own_workspace / "dossiers").iterdir()
    kept = json.loads(file.read_text("utf-8"))
    assert kept["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert (kept["type"], kept["total"]) == ("AnnotationCollection", 1)
    assert kept["first"]["type"] == "AnnotationPage"
    (item,) = kept["first"]["items"]
    assert item["type"] == "Annotation"
    assert item["target"]["source"] == citation.identifier
    assert item["target"]["selector"] == {"type": "TextQuoteSelector", "exact": citation.quote}
    assert [each["value"] for each in item["body"]] == ["So *much* rye?", "rye", "seed"]


def test_a_dossier_is_saved_for_other_programs_and_its_items_can_be_taken_out(browser, library):
    keep(browser, library, note="# no heading")
    markdown = browser.get("/dossiers/Grain 1921/markdown").text
    assert "> Send 40 sacks" in markdown
    assert "\\# no heading" in markdown
    assert "[^1]: " in markdown
    assert "558" in markdown
    assert browser.get("/dossiers/Grain 1921/ris").text.startswith("TY  -")
    assert browser.get("/dossiers/Grain 1921/unheard-of").status_code == 404
    own = browser.get("/dossiers/Grain 1921/json").json()
    sent = {"does": "remove", "dossier": "Grain 1921", "item": own["first"]["items"][0]["id"]}
    left = browser.post("/dossiers/keep", data=sent, headers=OWN)
    assert "No passage is kept here" in left.text


def test_what_changed_in_the_source_is_told_after_the_next_publication(
    browser, library, own_workspace
):
    keep(browser, library)
    letter = own_workspace / "seeds" / "01-flour.txt"
    letter.write_text(letter.read_text("utf-8").replace("40 sacks", "70 sacks"), "utf-8")
    prepare_index(Application(find_workspace(own_workspace)), Silent()).run()
    fresh = application(Service(docproc.open(own_workspace), Admission(token=TOKEN)))
    with TestClient(fresh, base_url="http://127.0.0.1") as client:
        client.get("/", params={"token": TOKEN})
        shown = client.get("/dossiers/Grain 1921").text
        assert "1 passage changed or gone" in client.get("/dossiers").text
    assert "✓ stands as it was kept" not in shown
    assert "the words are gone from it" in shown
    assert "40 sacks" in shown  # what was kept is still there


def test_a_saved_search_says_what_is_new(browser, own_workspace):
    sent = {"does": "search", "q": "the river", "scope": "", "new": "Watch"}
    assert "Nothing new" in browser.post("/dossiers/keep", data=sent, headers=OWN).text
    dossiers = Dossiers(own_workspace)
    (search,) = dossiers.read("Watch").searches
    import msgspec

    dossiers.save_search("Watch", msgspec.structs.replace(search, seen=search.seen[1:]))
    if search.seen:
        assert "1 new" in browser.get("/dossiers/Watch").text
        assert "1 new since" in browser.get("/dossiers").text
        seen = {"does": "seen", "q": "the river", "scope": "", "dossier": "Watch"}
        assert "Nothing new" in browser.post("/dossiers/keep", data=seen, headers=OWN).text


@pytest.mark.parametrize(
    "name", ["../up", "a/b", "a\\b", ".hidden", "", "x" * 200, "con:", "a\x00"]
)
def test_a_name_is_a_file_name_and_nothing_more(own_workspace, name, library):
    citation = library.ask(RYE).citations[0]
    with pytest.raises(UsageError):
        Dossiers(own_workspace).keep(name, citation)
    assert not (own_workspace / "dossiers").exists()


def test_a_file_that_is_no_dossier_is_named(own_workspace):
    (own_workspace / "dossiers").mkdir()
    bad = own_workspace / "dossiers" / "Bad.dossier.json"
    bad.write_text("[]", "utf-8")
    with pytest.raises(StoreError, match=r"Bad\.dossier\.json"):
        Dossiers(own_workspace).read("Bad")


def test_others_keep_nothing(library):
    entry = Admission(token=TOKEN, password="correct horse")
    made = application(Service(library, entry))
    bearer = {"authorization": f"Bearer {TOKEN}"}
    with TestClient(made, base_url="http://127.0.0.1", headers=bearer) as client:
        for path in ("/dossiers", "/dossiers/Grain 1921", "/dossiers/keep", "/dossiers/x/json"):
            assert client.get(path).status_code == 404
        sent = {"does": "search", "q": "rye", "new": "Watch"}
        assert client.post("/dossiers/keep", data=sent).status_code == 404
    assert not (library.workspace / "dossiers").exists()


def test_a_dossier_that_another_program_wrote_takes_another_passage_and_its_odd_names_cost_nothing(
    browser, library, own_workspace
):
    keep(browser, library)
    (file,) = (own_workspace / "dossiers").iterdir()
    other = file.read_text("utf-8").replace("urn:docproc:kept-1", "urn:uuid:1b4e-28ba-XYZ")
    file.write_text(other, "utf-8")
    (own_workspace / "dossiers" / "..x.dossier.json").write_text(other, "utf-8")
    (own_workspace / "dossiers" / "-$(x).dossier.json").write_text(other, "utf-8")
    assert Dossiers(own_workspace).names() == ["Grain 1921"]
    assert browser.get("/dossiers").status_code == 200
    assert keep(browser, library)[1].status_code == 200
    assert len(Dossiers(own_workspace).read("Grain 1921").items) == 2


@pytest.mark.parametrize("path", ["/?scope=", "/mentions?name=", "/mentions?scope=",
                                  "/dossiers/keep?q="])  # fmt: skip
def test_what_an_address_holds_turns_no_text_on_a_page(browser, path):
    shown = browser.get(f"{path}ab%E2%80%AEcd%1B").text
    fields = [line for line in shown.split("<") if line.startswith("input")]
    told = shown
    for field in fields:  # a field holds just what will be asked again
        told = told.replace(field, "")
    assert "\u202e" not in told
    assert "\x1b" not in told
