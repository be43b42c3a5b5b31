"""The first sources: a Zotero library, an OAI-PMH endpoint, a IIIF manifest; none needs the web."""

import json
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from loopback import in_turn, serving
from zotero_library import LETTER, make_library

from docproc.errors import SourceError, TryLater
from docproc.operations.fetching import fetch
from docproc.plugins.registry import load
from docproc.testing import SourceContract

pytestmark = pytest.mark.slow

pytest_plugins = ["docproc.testing.fixtures"]

PLUGINS = Path(__file__).parents[2] / "plugins"
REGISTRY = load(drop_ins=PLUGINS)


def made(name, **settings):
    registration = REGISTRY.offer("source", name).registration
    given = (registration.own_examples() or {}).get("settings", {})
    return registration.make({**registration.complete(), **given, **settings})


def shipped(name):
    return REGISTRY.offer("source", name).registration.own_examples()["answers"]


def use(space, name, table, parsers=()):
    space.drop_in(PLUGINS / f"{name}.py")
    space.configure({"parsers": ["...", *parsers]})
    with (space.root / "config.toml").open("a", encoding="utf-8") as file:
        file.write(f"\n[sources.there]\npause = 0\n{table}\n")


def run(space):
    (report,), stopped = fetch(space.application())
    return report, stopped


@pytest.fixture(scope="module")
def own_library(tmp_path_factory):
    return make_library(tmp_path_factory.mktemp("zotero"))


class TestZotero(SourceContract):
    @pytest.fixture
    def plugin(self, own_library):
        return made("zotero", library=str(own_library))

    @pytest.fixture
    def files(self, own_library):
        return [own_library]


class TestOai(SourceContract):
    @pytest.fixture
    def plugin(self):
        return made("oai-pmh")

    @pytest.fixture
    def answers(self):
        return shipped("oai-pmh")


class TestIiif(SourceContract):
    @pytest.fixture
    def plugin(self):
        return made("iiif")

    @pytest.fixture
    def answers(self):
        return shipped("iiif")


@pytest.fixture
def library(tmp_path):
    return make_library(tmp_path / "Zotero")


@pytest.fixture
def zotero(docproc_workspace, library):
    use(docproc_workspace, "zotero", f'uses = "zotero"\nlibrary = "{library}"')
    return docproc_workspace


def test_a_library_is_fetched_with_what_it_knows_of_each_document(zotero):
    report, stopped = run(zotero)
    assert stopped is None
    assert sorted(report.new) == [
        "seeds/there/Riga 1921/Quays boats/On the quay-NOTE0001.html",
        "seeds/there/Riga 1921/Quays boats/letter-FILE0001.txt",
        "seeds/there/group-GROUP001.txt",
    ]
    told = dict(report.failed)
    assert "its file is not on this machine" in told["zotero://select/library/items/FILE0002"]
    assert "it is linked and not stored" in told["zotero://select/library/items/FILE0003"]
    assert "is no name of a file" in told["zotero://select/library/items/FILE0004"]
    assert len(told) == 3
    (letter,) = zotero.read("letter-FILE0001.txt")
    about = letter.metadata
    assert (about.title.text, about.sender.text) == ("Boats", "Lind, Anna")
    assert about.recipient.text == "The Harbour Office"
    assert (about.date.edtf, about.date.printed) == ("1921-11-02", "2 November 1921")
    assert about.kind == "letter"
    assert letter.references[0].printed == "LVVA, f. 1, apr. 2"
    assert about.origin.address == "zotero://select/library/items/FILE0001"
    (note,) = zotero.read("On the quay-NOTE0001.html")
    assert "She meant the northern quay." in note.text
    (group,) = zotero.read("group-GROUP001.txt")
    assert group.metadata.origin.address == "zotero://select/groups/4711/items/GROUP001"
    zotero.index()
    (cited, *_) = zotero.ask("Where do the boats lie idle since Easter?").citations
    assert cited.verified
    assert "Fetched from <zotero://select/library/items/FILE0001>" in _plain(cited)


def _plain(cited):
    from docproc.citing import built_in_style

    return built_in_style("plain").render([cited])


def test_only_the_collections_that_are_named(zotero, library):
    use(zotero, "zotero", f'uses = "zotero"\nlibrary = "{library}"\ncollections = ["Riga 1921"]')
    report, _ = run(zotero)
    assert len(report.new) == 2
    assert report.failed == []
    use(zotero, "zotero", f'uses = "zotero"\nlibrary = "{library}"\ncollections = ["Rga"]')
    _, stopped = run(zotero)
    assert "no collection is called 'Rga'; there are: Elsewhere, Quays / boats" in str(stopped)


def test_zotero_may_be_open_and_its_database_is_never_touched(zotero, library):
    file = library / "zotero.sqlite"
    writer = sqlite3.connect(file, isolation_level=None)
    writer.execute("BEGIN EXCLUSIVE")  # as Zotero holds it
    writer.execute("DELETE FROM itemNotes")
    before = file.read_bytes()
    report, stopped = run(zotero)
    assert (stopped, len(report.new)) == (None, 3)  # what it was about to write is not there yet
    assert file.read_bytes() == before
    writer.execute("ROLLBACK")
    writer.close()
    assert sorted(path.name for path in library.iterdir()) == ["storage", "zotero.sqlite"]


def test_what_zotero_changes_and_drops_is_seen_at_the_next_fetch(zotero, library):
    run(zotero)
    (library / "storage/FILE0001/letter.txt").write_bytes(LETTER + b"And so on.\n")
    with sqlite3.connect(library / "zotero.sqlite") as database:
        database.execute("INSERT INTO deletedItems (itemID) VALUES (8)")
    database.close()
    report, _ = run(zotero)
    assert report.changed == ["seeds/there/Riga 1921/Quays boats/letter-FILE0001.txt"]
    assert report.gone == [("seeds/there/group-GROUP001.txt", "it is no longer named")]
    assert (zotero.root / "seeds/there/group-GROUP001.txt").is_file()


@pytest.mark.parametrize("what", ["missing", "no database", "empty", "no tables", "a folder"])
def test_a_library_that_is_none_is_told_in_words(zotero, library, what):
    file = library / "zotero.sqlite"
    file.unlink()
    if what == "no database":
        file.write_bytes(b"SQLite format 3\x00" + b"x" * 4000)
    elif what == "empty":
        file.write_bytes(b"")
    elif what == "no tables":
        sqlite3.connect(file).execute("CREATE TABLE a (b)").connection.close()
    elif what == "a folder":
        file.mkdir()
    _, stopped = run(zotero)
    assert isinstance(stopped, SourceError)
    assert "zotero.sqlite" in str(stopped)


def test_a_link_in_the_storage_is_left(zotero, library, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("no", "utf-8")
    file = library / "storage/FILE0001/letter.txt"
    file.unlink()
    file.symlink_to(secret)
    report, _ = run(zotero)
    assert any("a link" in cause for _, cause in report.failed)
    assert not any("FILE0001" in path for path in report.new)


HEAD = '<?xml version="1.0"?><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">'


def oai(*records, token=""):
    more = f"<resumptionToken>{token}</resumptionToken>" if token else ""
    return f"{HEAD}<ListRecords>{''.join(records)}{more}</ListRecords></OAI-PMH>".encode()


def record(name, inner="", day="2026-01-01", status=""):
    return (
        f"<record><header{status}><identifier>oai:x:{name}</identifier>"
        f"<datestamp>{day}</datestamp></header>{inner}</record>"
    )


DC = (
    '<metadata><oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Letters of the mill at Sloka</dc:title>'
    "<dc:creator>Lind, Anna</dc:creator><dc:date>1921</dc:date>"
    "<dc:description>The mill has stood idle since Easter.</dc:description></oai_dc:dc></metadata>"
)
TEI = (
    '<metadata><TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt>'
    "<title>Tar</title></titleStmt></fileDesc></teiHeader><text><body><p>Forty barrels of tar were "
    "sent to Memel.</p></body></text></TEI></metadata>"
)
MODS = (
    '<metadata><mods xmlns="http://www.loc.gov/mods/v3"><titleInfo><title>A chart of the bay'
    "</title></titleInfo></mods></metadata>"
)
EAD = (
    '<metadata><ead xmlns="urn:isbn:1-931666-22-9"><eadheader><eadid>x</eadid></eadheader>'
    '<archdesc level="fonds"><did><unittitle>Harbour Office of Riga</unittitle></did></archdesc>'
    "</ead></metadata>"
)
LIST = "/oai?verb=ListRecords&metadataPrefix=oai_dc"
MORE = "/oai?verb=ListRecords&resumptionToken="


@pytest.fixture
def archive(docproc_workspace):
    with serving({LIST: oai(record("1", DC), record("2", TEI), token="t1"),
                  MORE + "t1": oai(record("3", MODS), record("4", EAD))}) as served:  # fmt: skip
        use(docproc_workspace, "oai_pmh", f'uses = "oai-pmh"\nurl = "{served.url("/oai")}"',
            ["dublin-core"])  # fmt: skip
        served.allow(docproc_workspace.root)
        yield docproc_workspace, served


def test_an_archive_is_harvested_and_every_format_read(archive):
    space, served = archive
    report, stopped = run(space)
    assert (stopped, len(report.new)) == (None, 4)
    read = {name: space.read(f"{name}.xml") for name in "1234"}
    assert all(read.values())
    (described,) = read["1"]
    assert described.metadata.sender.text == "Lind, Anna"
    assert "Description: The mill has stood idle since Easter." in described.text
    address = described.metadata.origin.address
    assert address.startswith(served.url("/oai?verb=GetRecord&identifier=oai%3Ax%3A1"))
    space.index()
    assert space.ask("How many barrels of tar were sent to Memel?").citations[0].verified


def test_after_the_first_harvest_only_changes_are_asked_for_and_deletions_told(archive):
    space, served = archive
    run(space)
    served.asked.clear()
    day = datetime.now(UTC).strftime("%Y-%m-%d")
    since = f"{LIST}&from={day}"
    served.pages[since] = oai(
        record("2", TEI, "2026-02-01"), record("1", status=' status="deleted"')
    )
    report, stopped = run(space)
    assert (stopped, served.asked) == (None, [since])
    assert report.changed == ["seeds/there/2.xml"]
    assert report.gone == [("seeds/there/1.xml", "the archive has deleted the record")]
    served.pages[since] = f'{HEAD}<error code="noRecordsMatch"/></OAI-PMH>'.encode()
    report, stopped = run(space)
    assert (stopped, report.gone, report.fresh) == (None, [], False)


def test_a_harvest_that_was_stopped_goes_on_with_its_token(archive):
    space, served = archive
    later = served.pages[MORE + "t1"]
    served.pages[MORE + "t1"] = in_turn((503, {"Retry-After": "900"}, b""), later)
    report, stopped = run(space)
    assert isinstance(stopped, TryLater)
    assert len(report.new) == 2
    served.asked.clear()
    report, stopped = run(space)
    assert (stopped, len(report.new), report.resumed) == (None, 2, True)
    assert served.asked == [MORE + "t1"]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (b"<html><body>Busy</body></html>", "no answer of OAI-PMH"),
        (b"{}", "XML"),
        (oai(record("1", DC))[:200], "line 1"),
        (f'{HEAD}<error code="badVerb">Illegal</error></OAI-PMH>'.encode(), "badVerb: Illegal"),
        (f'{HEAD}<error code="badResumptionToken"/></OAI-PMH>'.encode(), "fetch --restart"),
        (oai(record("1", DC), token="t1"), None),
    ],
)
def test_an_archive_that_makes_no_sense(archive, answer, said):
    space, served = archive
    served.pages[LIST] = answer
    served.pages[MORE + "t1"] = oai(record("9", DC), token="t1")  # round and round
    _, stopped = run(space)
    assert isinstance(stopped, SourceError)
    assert (said or "comes back to where it was") in str(stopped)


MANIFEST = "/iiif/manifest.json"


def version_3(base, **more):
    canvases = [
        {"id": f"{base}/c{n}", "type": "Canvas", "label": {"none": [f"f. {n}r"]},
         "annotations": [{"id": f"{base}/text/{n}", "type": "AnnotationPage"}]}
        for n in (1, 2)
    ]  # fmt: skip
    label = {"de": ["Briefbuch"], "en": ["Letter book"]}
    about = [{"label": {"en": ["Author"]}, "value": {"none": ["Anna Lind"]}}]
    return {"@context": "http://iiif.io/api/presentation/3/context.json", "id": base + MANIFEST,
            "type": "Manifest", "label": label, "metadata": about,
            "items": canvases} | more  # fmt: skip


def annotation_page(words, motivation="supplementing"):
    body = {"type": "TextualBody", "value": words, "format": "text/plain"}
    items = [{"type": "Annotation", "motivation": motivation, "body": body}]
    return json.dumps({"type": "AnnotationPage", "items": items}).encode()


def version_2(base):
    def canvas(number):
        listed = {"@id": f"{base}/text/{number}", "@type": "sc:AnnotationList"}
        return {"@id": f"{base}/c{number}", "@type": "sc:Canvas", "label": f"f. {number}r",
                "otherContent": [listed]}  # fmt: skip

    return {"@id": base + MANIFEST, "@type": "sc:Manifest", "label": "Letter book",
            "metadata": [{"label": "Author", "value": ["Anna Lind"]}],
            "sequences": [{"canvases": [canvas(1), canvas(2)]}]}  # fmt: skip


def annotation_list(words):
    resource = {"@type": "cnt:ContentAsText", "chars": words, "format": "text/plain"}
    items = [{"@type": "oa:Annotation", "motivation": "sc:painting-text", "resource": resource}]
    return json.dumps({"@type": "sc:AnnotationList", "resources": items}).encode()


@pytest.fixture
def shelf(docproc_workspace):
    with serving() as served:
        use(docproc_workspace, "iiif", f'uses = "iiif"\nurl = "{served.url(MANIFEST)}"')
        served.allow(docproc_workspace.root)
        yield docproc_workspace, served


@pytest.mark.parametrize("version", [2, 3])
def test_a_transcription_in_annotations_is_one_document_with_its_pages(shelf, version):
    space, served = shelf
    make = version_2 if version == 2 else version_3
    write = annotation_list if version == 2 else annotation_page
    served.pages[MANIFEST] = json.dumps(make(served.url())).encode()
    served.pages["/text/1"] = write("The quay is shut & barred.")
    served.pages["/text/2"] = write("Forty barrels of tar were sent to Memel.")
    report, stopped = run(space)
    assert (stopped, len(report.new)) == (None, 1)
    (document,) = space.read(report.new[0].rpartition("/")[2])
    assert "The quay is shut & barred." in document.text
    assert [page.label for page in document.pages] == ["f. 1r", "f. 2r"]
    assert document.metadata.sender.text == "Anna Lind"
    assert document.metadata.origin.address == served.url(MANIFEST)
    assert all(agent.startswith("docproc/") for agent in served.agents)
    space.index()
    (cited, *_) = space.ask("How many barrels of tar were sent to Memel?").citations
    assert cited.verified
    assert cited.pages.endswith("f. 2r")


ALTO = (
    b'<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#"><Description><sourceImageInformation>'
    b'<fileName>1.jpg</fileName></sourceImageInformation></Description><Layout><Page ID="p1" '
    b'PHYSICAL_IMG_NR="1"><PrintSpace><TextBlock ID="b1"><TextLine><String CONTENT="Forty"/><SP/>'
    b'<String CONTENT="barrels"/></TextLine></TextBlock></PrintSpace></Page></Layout></alto>'
)


def test_alto_beside_a_canvas_and_a_text_of_the_whole(shelf):
    space, served = shelf
    manifest = version_3(served.url())
    manifest["items"][0]["seeAlso"] = [
        {"id": f"{served.url()}/alto/1", "type": "Dataset", "format": "application/xml",
         "profile": "http://www.loc.gov/standards/alto/ns-v4#"}
    ]  # fmt: skip
    served.pages[MANIFEST] = json.dumps(manifest).encode()
    served.pages["/alto/1"] = ALTO
    report, stopped = run(space)
    assert stopped is None
    assert "Forty barrels" in space.read(report.new[0].rpartition("/")[2])[0].text
    rendering = [{"id": f"{served.url()}/whole", "type": "Text", "format": "text/plain"}]
    served.pages[MANIFEST] = json.dumps(version_3(served.url(), rendering=rendering)).encode()
    served.pages["/whole"] = b"All of the letter book.\n"
    report, _ = run(space)
    assert len(report.new) == 1
    assert len(report.gone) == 1
    assert space.read(report.new[0].rpartition("/")[2])[0].text == "All of the letter book.\n"


def test_a_collection_and_pictures_alone(shelf):
    space, served = shelf
    inner = [{"id": served.url(f"/m{n}"), "type": "Manifest", "label": {}} for n in (1, 2, 3)]
    served.pages[MANIFEST] = json.dumps({"type": "Collection", "items": inner}).encode()
    served.pages["/m1"] = json.dumps(version_3(served.url())).encode()
    served.pages["/text/1"] = annotation_page("The quay is shut.")
    served.pages["/text/2"] = annotation_page("a picture", "tagging")
    served.pages["/m2"] = json.dumps({**version_3(served.url()), "items": []}).encode()
    report, stopped = run(space)
    assert stopped is None
    assert len(report.new) == 1
    causes = dict(report.failed)
    assert "only pictures" in causes[served.url("/m2")]
    assert "404" in causes[served.url("/m3")]


def test_a_host_that_a_manifest_refers_to_is_not_asked_unless_it_is_allowed(shelf):
    space, served = shelf
    manifest = version_3(served.url())
    manifest["rendering"] = [{"id": "http://127.0.0.2:9/whole", "format": "text/plain"}]
    served.pages[MANIFEST] = json.dumps(manifest).encode()
    report, _ = run(space)
    assert "docproc trust --host 127.0.0.2:9" in report.failed[0][1]


@pytest.mark.parametrize("answer", [b"", b"[]", b'{"type": "Canvas"}', b"[" * 50_000, b"\xff"])
def test_a_manifest_that_is_none(shelf, answer):
    space, served = shelf
    served.pages[MANIFEST] = answer
    _, stopped = run(space)
    assert isinstance(stopped, SourceError)
