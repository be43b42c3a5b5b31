"""Drawing: the page is found wherever within a source it lies, and images where they lie beside."""

from __future__ import annotations

import pytest

from docproc.config import Limits
from docproc.errors import SourceError
from docproc.pipeline.reading.draw_pages import MOST_DRAWN, draw_pages, in_folder
from docproc.pipeline.reading.read import Reader
from docproc.records import Child, Document, DrawnPage, SourceFile, Span

SOURCE = SourceFile("seeds/a.box", "application/octet-stream", 1, "0" * 64)
SPANS = [Span(0, 2)]


class Text:
    """Has no pages."""

    suffix = ".txt"

    def confidence(self, source, head):
        return 0.5 if source.suffix == self.suffix else 0.0

    def parse(self, source, data):
        yield Document(source, data.decode())


class Box(Text):
    """Holds files: lines ``name=content``; a box within has its lines parted by ``;``."""

    suffix = ".box"

    def parse(self, source, data):
        for line in data.decode().splitlines():
            name, _, content = line.partition("=")
            yield Child(name, content.replace(";", "\n").encode())


class Pages(Text):
    """A page a letter, each of which can be drawn."""

    suffix = ".pages"

    def draw(self, data, spans):
        return (DrawnPage(letter, repr(spans).encode()) for letter in data.decode())


class Recognized(Text):
    """The text of a page whose image is another file, which it names."""

    suffix = ".layout"

    def draw_images(self, data, spans, image):
        return [DrawnPage("1", image(data.decode()))]


READER = Reader([(type(each).__name__, each) for each in (Text(), Box(), Pages(), Recognized())])


def nothing_beside(name):
    return None


def draw(data, member="", beside=nothing_beside, source=SOURCE):
    pages, more = draw_pages(READER.choose, source, data, member, SPANS, beside)
    return [(page.label, page.png) for page in pages], more


def test_a_page_is_drawn_wherever_within_the_source_it_lies():
    data = b"a.txt=Hello\nin.box=b.txt=x;c.pages=p\nc.pages=q"
    assert draw(data, "in.box/c.pages") == ([("p", repr(SPANS).encode())], False)
    assert draw(data, "c.pages")[0][0][0] == "q"


@pytest.mark.parametrize("member", ["a.txt", "", "gone.pages", "a.txt/more"])
def test_what_has_no_pages_is_told(member):
    with pytest.raises(SourceError, match=r"knows no pages to draw; --html"):
        draw(b"a.txt=Hello", member)


def test_of_a_whole_book_only_the_beginning_is_drawn_and_that_is_told():
    book = SourceFile("seeds/a.pages", "x/y", 1, "0" * 64)
    pages, more = draw(b"p" * (MOST_DRAWN + 5), source=book)
    assert (len(pages), more) == (MOST_DRAWN, True)
    pages, more = draw(b"p" * MOST_DRAWN, source=book)
    assert (len(pages), more) == (MOST_DRAWN, False)


@pytest.mark.parametrize(
    "named", ["12.tif", "scans/12.tif", "C:\\scans\\12.tif", "file:///s/12.tif"]
)
def test_the_image_of_a_page_in_an_archive_is_the_one_beside_it_there(named):
    data = f"12.tif=other\nf/12.tif=right\nf/a.layout={named}".encode()
    assert draw(data, "f/a.layout")[0] == [("1", b"right")]


def test_an_image_that_does_not_lie_there_is_named():
    with pytest.raises(SourceError, match=r"image of its page, 12\.tif, does not lie beside it"):
        draw(b"a.layout=x/12.tif", "a.layout")


def test_images_are_looked_for_beside_the_file_and_nowhere_outside_the_workspace(tmp_path):
    (tmp_path / "secret.tif").write_bytes(b"secret")
    root = tmp_path / "workspace"
    (root / "seeds" / "scans").mkdir(parents=True)
    (root / "seeds" / "scans" / "1.tif").write_bytes(b"one")
    (root / "seeds" / "2.tif").write_bytes(b"two")
    (root / "seeds" / "link.tif").symlink_to(tmp_path / "secret.tif")
    beside = in_folder(root / "seeds" / "a.xml", root, Limits())
    assert beside("scans/1.tif") == b"one"
    assert beside("2.tif") == b"two"
    outside = tmp_path / "secret.tif"
    for name in (
        "../../secret.tif",
        str(outside),
        "link.tif",
        "gone.tif",
        "",
        ".",
        "x\0y",
        "n" * 999,
    ):
        assert beside(name) is None
    with pytest.raises(SourceError, match="too large"):
        in_folder(root / "seeds" / "a.xml", root, Limits(unpacked_megabytes=0))("2.tif")


class Letters(Text):
    """Several documents in one file, ``name=text`` on each line, each of which can be drawn."""

    suffix = ".letters"

    def parse(self, source, data):
        for line in data.decode().splitlines():
            name, _, content = line.partition("=")
            yield Document(source, content, member=name)

    def draw_member(self, data, member, spans):
        return [DrawnPage(member, repr(list(spans)).encode())]


def test_a_parser_of_several_documents_is_told_which_one_to_draw():
    reader = Reader([("letters", Letters())])
    source = SourceFile("seeds/a.letters", "text/plain", 1, "0" * 64)
    pages, more = draw_pages(reader.choose, source, b"a=x\nb=y", "b", SPANS, nothing_beside)
    assert ([page.label for page in pages], more) == (["b"], False)
    assert pages[0].png == repr(SPANS).encode()
