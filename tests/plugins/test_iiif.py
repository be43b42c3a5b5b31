"""IIIF manifests as a source: annotations, ALTO, collections, pictures."""

import json

import pytest
from loopback import serving
from shipped_sources import made, run, shipped, use

from docproc.errors import SourceError
from docproc.testing import SourceContract

pytestmark = pytest.mark.slow

pytest_plugins = ["docproc.testing.fixtures"]


class TestIiif(SourceContract):
    @pytest.fixture
    def plugin(self):
        return made("iiif")

    @pytest.fixture
    def answers(self):
        return shipped("iiif")


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
