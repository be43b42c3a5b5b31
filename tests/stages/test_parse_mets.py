"""METS: the recognized pages that lie in its folder are one document, in the order it gives."""

from __future__ import annotations

import pytest
from test_parse_mods import LETTER

from docproc.errors import SourceError
from docproc.records import BlockKind, Document, SourceFile, Unread
from docproc.stages.parse.pages.ocr_layout.mets import make


def alto(*lines: str, image: str = "") -> bytes:
    written = "".join(
        f'<TextLine HPOS="10" VPOS="{100 * n}" WIDTH="50" HEIGHT="20">'
        + "".join(f'<String CONTENT="{word}"/>' for word in line.split())
        + "</TextLine>"
        for n, line in enumerate(lines, 1)
    )
    return (
        '<alto xmlns="http://www.loc.gov/standards/alto/ns-v3#"><Description><sourceImageInformation>'
        f"<fileName>{image}</fileName></sourceImageInformation></Description><Layout>"
        f'<Page WIDTH="100" HEIGHT="400"><PrintSpace><TextBlock>{written}</TextBlock></PrintSpace>'
        "</Page></Layout></alto>"
    ).encode()


def page_xml(line: str, image: str) -> bytes:
    return (
        '<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15">'
        f'<Page imageFilename="{image}"><TextRegion id="r"><TextLine id="l"><TextEquiv><Unicode>'
        f"{line}</Unicode></TextEquiv></TextLine></TextRegion></Page></PcGts>"
    ).encode()


def mets(groups: dict[str, dict[str, str]], divisions: str = "", described: str = LETTER) -> bytes:
    """*groups* of files by their ids; *divisions* are what the structure of pages holds."""
    files = "".join(
        f'<fileGrp USE="{use}">'
        + "".join(f'<file ID="{i}"><FLocat x:href="{at}"/></file>' for i, at in own.items())
        + "</fileGrp>"
        for use, own in groups.items()
    )
    section = (
        f'<dmdSec ID="d1"><mdWrap><xmlData>{described}</xmlData></mdWrap></dmdSec>'
        if described
        else ""
    )
    plan = f'<structMap TYPE="PHYSICAL"><div>{divisions}</div></structMap>' if divisions else ""
    return (
        '<mets xmlns="http://www.loc.gov/METS/" xmlns:x="http://www.w3.org/1999/xlink">'
        f"{section}<fileSec>{files}</fileSec>{plan}</mets>"
    ).encode()


def division(ids: str, more: str = "") -> str:
    pointers = "".join(f'<fptr FILEID="{each}"/>' for each in ids.split())
    return f'<div TYPE="page" {more}>{pointers}</div>'


def read(data: bytes, **beside: bytes) -> tuple[list[Document], list[str]]:
    source = SourceFile("seeds/m.xml", "application/xml", len(data), "0" * 64)
    assert make({}).confidence(source, data[:8192]) > 0.9
    files = {f"alto/{name}.xml": content for name, content in beside.items()}
    found = list(make({}).parse_beside(source, data, files))
    told = [str(each) for each in found if isinstance(each, Unread)]
    return [each for each in found if isinstance(each, Document)], told


TEXTS = {"t1": "alto/one.xml", "t2": "alto/two.xml"}
IMAGES = {"i1": "file://./images/1.tif", "i2": "https://a.example/2.jpg"}
SMALL = {"s1": "thumbs/1.jpg", "s2": "thumbs/2.jpg"}
BOTH = {"THUMBS": SMALL, "DEFAULT": IMAGES, "FULLTEXT": TEXTS}
PLAN = division("s2 i2 t2", 'ORDERLABEL="iv"') + division("s1 i1 t1", 'ORDERLABEL=" - "')


def test_pages_are_one_document_in_the_order_of_the_structure_with_their_labels_and_images():
    one, two = alto("The mill stood still."), alto("The river froze", "in the night.")
    (document,), told = read(mets(BOTH, PLAN), one=one, two=two)
    assert told == []
    assert document.text.endswith("The river froze\nin the night.\n\nThe mill stood still.")
    first, second = document.pages
    assert (first.label, second.label) == ("iv", "image 1.tif")
    assert first.span.of(document.text).strip() == "The river froze\nin the night."
    assert second.span.of(document.text) == "The mill stood still."
    assert (first.image, second.image) == ("https://a.example/2.jpg", "")


def test_what_describes_the_whole_is_its_metadata_and_stands_before_the_pages():
    (document,), _ = read(mets(BOTH, PLAN), one=alto("One."), two=alto("Two."))
    about = document.metadata
    assert (about.title.text, about.sender.text) == ("The letter on grain", "Hill, Ann")
    assert document.references[0].printed == "City Archive, Ms. 12"
    kinds = {block.span.of(document.text): block.kind for block in document.blocks}
    assert kinds["Abstract: On the harvest."] is BlockKind.EDITION


def test_divisions_are_ordered_by_their_numbers_where_all_have_one():
    plan = division("t1", 'ORDER="10"') + division("t2", 'ORDER="9"')
    (document,), _ = read(mets(BOTH, plan), one=alto("One."), two=alto("Two."))
    assert document.text.endswith("Two.\n\nOne.")


def test_of_two_groups_that_have_all_pages_the_later_step_is_read_or_else_the_other():
    groups = {
        "SEG": {"a1": "alto/a1.xml", "a2": "alto/a2.xml"},
        "OCR": {"b1": "alto/b1.xml", "b2": "alto/b2.xml"},
        "OCR-PART": {"c1": "alto/c1.xml"},
    }
    plan = division("a1 b1 c1") + division("a2 b2")
    files = {name: alto(f"Step {name}.") for name in ("a1", "a2", "b1", "b2", "c1")}
    (document,), told = read(mets(groups, plan), **files)
    assert document.text.endswith("Step b1.\n\nStep b2.")
    del files["b2"]
    (document,), told = read(mets(groups, plan), **files)
    assert document.text.endswith("Step a1.\n\nStep a2.")
    assert told == []


def test_one_file_of_several_pages_has_the_label_of_each():
    one, two = alto("One."), alto("Two.")
    pages = one.replace(
        b"</Layout>", two[two.index(b"<Page") : two.index(b"</Layout>")] + b"</Layout>"
    )
    area = '<div TYPE="page" ORDERLABEL="{}"><fptr><area FILEID="t1" BEGIN="P{}"/></fptr></div>'
    plan = area.format("7", 1) + area.format("8", 2)
    (document,), _ = read(mets({"FULLTEXT": TEXTS}, plan), one=pages)
    assert [(each.label, each.span.of(document.text).strip()) for each in document.pages] == [
        ("7", "One."),
        ("8", "Two."),
    ]


def test_page_xml_is_joined_as_well_and_a_sentence_goes_on_over_the_page():
    one, two = alto("The long", "sentence of the"), alto("miller ended", "here.")
    plan = division("t1") + division("t2")
    (document,), _ = read(mets(BOTH, plan), one=one, two=two)
    assert document.text.endswith("The long\nsentence of the\nmiller ended\nhere.")
    (document,), _ = read(mets(BOTH, plan), one=page_xml("Eins.", "1.jpg"), two=two)
    assert document.text.endswith("Eins.\n\nmiller ended\nhere.")
    assert [each.label for each in document.pages] == ["image 1.jpg", "image two.xml"]


def test_without_a_structure_the_files_of_the_fullest_group_are_read_as_they_stand():
    (document,), _ = read(mets({"FULLTEXT": TEXTS}), one=alto("One."), two=alto("Two."))
    assert document.text.endswith("One.\n\nTwo.")


def test_missing_and_broken_pages_are_told_and_the_others_read():
    (document,), told = read(mets(BOTH, PLAN), one=alto("One."))
    assert document.text.endswith("One.")
    (words,) = told
    assert "1 of the 2 pages with text" in words
    assert "alto/two.xml" in words
    (document,), told = read(mets(BOTH, PLAN), one=alto("One."), two=b"<alto><Layout>")
    assert document.text.endswith("One.")
    assert told[0].startswith("page alto/two.xml: it is not well-formed XML")


def test_a_label_is_the_title_where_nothing_is_described_and_pages_alone_are_enough():
    data = mets(BOTH, PLAN, described="").replace(b"<mets ", b'<mets LABEL="Mill book" ', 1)
    (document,), _ = read(data, one=alto("One."), two=alto("Two."))
    assert document.metadata.title.text == "Mill book"
    (document,), _ = read(mets(BOTH, PLAN, described=""), one=alto("One."), two=alto("Two."))
    assert document.text == "Two.\n\nOne."


def test_what_has_neither_pages_nor_a_description_is_refused():
    with pytest.raises(SourceError, match="describes nothing"):
        read(mets(BOTH, PLAN, described=""))


def test_other_descriptions_are_documents_of_their_own():
    part = LETTER.replace("ID='m1'", "ID='m2'").replace("letter on grain", "bill")
    more = f'</xmlData></mdWrap></dmdSec><dmdSec ID="d2"><mdWrap><xmlData>{part}'
    whole = mets(BOTH, PLAN, described=LETTER + more)
    documents, _ = read(whole, one=alto("One."), two=alto("Two."))
    assert [each.member for each in documents] == ["", "m2"]
    assert documents[1].text.startswith("The bill")


def test_mets_tells_its_structure_and_that_its_pages_are_elsewhere():
    data = mets({"DEFAULT": {"i": "1.jpg"}}).replace(
        b"</mets>",
        b'<structMap TYPE="LOGICAL"><div LABEL="Letters"><div LABEL="Of spring"/></div>'
        b"</structMap></mets>",
    )
    (document,), (told,) = read(data)
    assert document.text.endswith("Holder: City Archive\n\nLetters\n\nOf spring")
    assert "1 named files are not held in it" in told


def test_the_names_of_files_with_text_are_told_before_anything_is_parsed():
    groups = {"A": {"a": "file://./alto/1.xml", "b": "alto/2.xml", "c": "images/1.tif"}}
    data = mets(groups)
    assert make({}).names_beside(data) == ["./alto/1.xml", "alto/2.xml"]
    (_,), (told,) = read(data)
    assert "2 of the 2 files with text" in told
    assert "./alto/1.xml" in told


def test_the_page_that_a_passage_stands_on_is_drawn_from_the_image_that_mets_names():
    Image = pytest.importorskip("PIL.Image")  # noqa: N806
    from io import BytesIO

    buffer = BytesIO()
    Image.new("RGB", (100, 400), "white").save(buffer, "PNG")
    files = {
        "alto/one.xml": alto("The mill stood still."),
        "alto/two.xml": alto("The river froze."),
        "./images/1.tif": buffer.getvalue(),
    }
    asked = []

    def beside(name: str) -> bytes:
        asked.append(name)
        if name not in files:
            raise SourceError("not there")
        return files[name]

    data = mets(BOTH, PLAN)
    (document,), _ = read(data, one=files["alto/one.xml"], two=files["alto/two.xml"])
    span = document.pages[1].span
    (drawn,) = make({}).draw_images(data, [span], beside)
    assert drawn.label == "image 1.tif"
    assert asked[-1] == "./images/1.tif"


def test_a_part_that_is_called_as_the_whole_is_not_named_twice():
    plan = (
        '<structMap TYPE="LOGICAL"><div DMDID="d1" LABEL="The letter on grain"/></structMap></mets>'
    )
    (document,), _ = read(mets(BOTH, PLAN).replace(b"</mets>", plan.encode()), one=alto("One."))
    assert document.text.count("The letter on grain") == 1


def test_parts_of_the_logical_structure_say_on_which_pages_they_stand():
    plan = "".join(
        division(f"t{n}", f'ID="p{n}" ORDER="{n}" ORDERLABEL="{label}"')
        for n, label in ((1, "12"), (2, "13"))
    )
    other = LETTER.replace("letter on grain", "answer")
    logical = (
        '<dmdSec ID="d2"><mdWrap><xmlData>' + other + "</xmlData></mdWrap></dmdSec>"
        '<structMap TYPE="LOGICAL"><div ID="l0" DMDID="d1"><div ID="l1" LABEL="First letter"/>'
        '<div ID="l2" LABEL="The answer" DMDID="d2"/></div></structMap><structLink>'
        + "".join(
            f'<smLink x:from="{a}" x:to="{b}"/>'
            for a, b in (("l0", "p1"), ("l0", "p2"), ("l1", "p1"), ("l1", "p2"), ("l2", "p2"))
        )
        + "</structLink></mets>"
    )
    data = mets(BOTH, plan).replace(b"</mets>", logical.encode())
    (whole, answer), _ = read(data, one=alto("One."), two=alto("Two."))
    assert "The answer (p. 13)" in whole.text
    assert "First letter\n" in whole.text
    assert answer.metadata.title.text == "The answer"
    assert answer.text.endswith("p. 13")
