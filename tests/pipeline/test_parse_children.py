"""Files within files: parsed in their turn, named by their path inside, and bounded."""

from __future__ import annotations

import pytest

from docproc.config import Limits
from docproc.errors import SourceError
from docproc.pipeline.reading.read import Reader
from docproc.records import Child, Document, SourceFile, Unread

SOURCE = SourceFile("seeds/a.box", "application/octet-stream", 1, "0" * 64)


class Text:
    def confidence(self, source, head):
        return 0.5 if source.suffix == ".txt" else 0.0

    def parse(self, source, data):
        yield Document(source, data.decode())


class Box:
    """Holds files: lines ``name=content``; a box within has its lines parted by ``;``."""

    def confidence(self, source, head):
        return 0.5 if source.suffix == ".box" else 0.0

    def parse(self, source, data):
        for line in data.decode().splitlines():
            name, _, content = line.partition("=")
            yield Child(name, content.replace(";", "\n").encode())


class Endless:
    def confidence(self, source, head):
        return 0.5

    def parse(self, source, data):
        yield Child("again", data)


def reader(*parsers, **limits):
    parsers = [(type(p).__name__, p) for p in parsers or (Text(), Box())]
    return Reader(parsers, limits=Limits(**limits))


def test_what_stands_within_is_parsed_by_its_own_parser_under_its_path_inside():
    parsed = reader().parts(SOURCE, b"a.txt=Hello\nin.box=b.txt=World")
    assert [(d.member, d.text) for d in parsed.documents] == [
        ("a.txt", "Hello"),
        ("in.box/b.txt", "World"),
    ]
    assert {d.source for d in parsed.documents} == {SOURCE}
    assert parsed.unread == []


def test_a_child_that_cannot_be_read_is_told_and_costs_the_others_nothing():
    reading = reader().read(SOURCE, b"a.txt=Hello\nb.exe=MZ\nin.box=c.exe=MZ;d.txt=World")
    assert [d.member for d, _ in reading.documents] == ["a.txt", "in.box/d.txt"]
    assert len(reading.unread) == 2
    assert reading.unread[0].startswith("b.exe: no parser in use reads this kind of file")
    assert reading.unread[1].startswith("in.box, c.exe: no parser")


def test_a_source_of_which_nothing_can_be_read_fails_with_the_causes():
    with pytest.raises(SourceError, match=r"b\.exe: no parser in use"):
        reader().parts(SOURCE, b"b.exe=MZ")


def test_nesting_ends_at_the_bound():
    with pytest.raises(SourceError, match="nested more than 8 files deep"):
        reader(Endless()).parts(SOURCE, b"x")


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        ({"documents": 3}, "more than 3 files"),
        ({"unpacked_megabytes": 0}, "unpack to more than 0 MB"),
        ({"characters": 0}, "over the limit of 0"),
    ],
)
def test_what_all_files_within_cost_together_is_bounded_and_fails_the_whole(limits, said):
    inner = ";".join(f"{n}.txt=a" for n in range(4))
    with pytest.raises(SourceError, match=said):
        reader(**limits).parts(SOURCE, f"a.txt=a\nin.box={inner}".encode())


class Lame(Text):
    def parse(self, source, data):
        yield from super().parse(source, data)
        yield Unread("page 2", "it has no text")


def test_a_part_that_could_not_be_read_is_told_beside_what_could():
    source = SourceFile("seeds/a.txt", "text/plain", 1, "0" * 64)
    assert reader(Lame()).read(source, b"Hello").unread == ("page 2: it has no text",)


class Converted:
    """Hands on the source itself in another form."""

    def confidence(self, source, head):
        return 0.9 if head.startswith(b"old:") else 0.0

    def parse(self, source, data):
        yield Child("", data.removeprefix(b"old:"))


def test_a_source_in_another_form_has_the_name_and_the_faults_of_the_source_itself():
    source = SourceFile("seeds/a.txt", "text/plain", 1, "0" * 64)
    parsed = reader(Converted(), Text(), Box()).parts(source, b"old:Hello")
    assert [(d.source, d.member, d.text) for d in parsed.documents] == [(source, "", "Hello")]
    with pytest.raises(SourceError, match=r"^no parser in use"):
        reader(Converted(), Box()).parts(source, b"old:Hello")
