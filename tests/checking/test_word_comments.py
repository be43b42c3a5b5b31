"""Comments written into a copy of a DOCX: its own bytes stay, and Word's rules hold."""

from __future__ import annotations

import io
import re
import zipfile

import docx
import pytest
from invented_archive import Archive
from lxml import etree
from word_file import W, as_docx, package

from docproc.checking.check import check_draft
from docproc.checking.word_comments import with_comments
from docproc.config import Limits
from docproc.errors import SourceError
from docproc.records import SourceFile
from docproc.stages.parse.office.docx.parser import make

CHAPTER = """# One

He wrote “no barge has been loaded since then”,[^1] and that “the millers ask for *bread*”.[^2]

> Nobody in the village believes that the old commissar will keep his word about the flour.[^3]

Tom & Jerry “said & did nothing of the kind at all”; nobody else did.

[^1]: RGASPI. F. 558. Op. 2. D. 51. L. 1.
[^2]: RGASPI. F. 17. Op. 84. D. 13. L. 3.
[^3]: RGASPI. F. 17. Op. 84. D. 12. “the harbour master will pay the pilots in gold”.
"""
_INSERTED = re.compile(
    rb"<w:comment(?:RangeStart|RangeEnd) [^>]*/>|<w:r><w:commentReference [^>]*/></w:r>"
)
_SPLIT = re.compile(
    rb"</w:t></w:r>((?:<w:comment(?:RangeStart|RangeEnd) [^>]*/>"
    rb"|<w:r><w:commentReference [^>]*/></w:r>)+)"
    rb'<w:r>(?:<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<w:t xml:space="preserve">'
)


def commented(data: bytes, *, every: bool = False) -> tuple[bytes, int]:
    source = SourceFile("a.docx", "x/y", len(data), "0" * 64)
    (document,) = make({}).parse(source, data)
    findings = check_draft([document], Archive()).findings
    told = [each for each in findings if every or not each.stands or each.cautions]
    return with_comments(data, findings, every=every), len(told)


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def test_only_anchors_are_put_in_and_every_other_part_is_the_same_byte_by_byte():
    data = as_docx(CHAPTER)
    out, count = commented(data)
    before, after = parts(data), parts(out)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {
        "word/document.xml",
        "word/_rels/document.xml.rels",
        "[Content_Types].xml",
    }
    assert set(after) - set(before) == {"word/comments.xml"}
    bare = _INSERTED.sub(b"", _SPLIT.sub(b"", after["word/document.xml"]))
    assert bare == before["word/document.xml"]
    assert count == after["word/document.xml"].count(b"<w:commentReference ") == 5


def test_each_comment_stands_at_the_words_that_it_is_about():
    out, _ = commented(as_docx(CHAPTER))
    root = etree.fromstring(parts(out)["word/document.xml"])
    name = {"w": W.split('"')[1]}
    ranges = {}
    for start in root.iterfind(".//w:commentRangeStart", name):
        own = start.get(f"{{{name['w']}}}id")
        words, at = "", start
        while at is not None and not (
            at.tag.endswith("commentRangeEnd") and at.get(f"{{{name['w']}}}id") == own
        ):
            words += "".join(at.itertext())
            at = at.getnext()
        ranges[int(own)] = words
    assert ranges[0] == "no barge has been loaded since then"
    assert ranges[1] == "the millers ask for bread"
    assert ranges[2].startswith("Nobody in the village")
    assert ranges[2].endswith("the flour")
    assert ranges[3] == "said & did nothing of the kind at all"
    assert ranges[4] == ""  # of a quotation in a note: at the note's mark


def test_another_reader_of_word_files_reads_the_comments_and_the_same_text():
    data = as_docx(CHAPTER)
    out, count = commented(data)
    before, after = docx.Document(io.BytesIO(data)), docx.Document(io.BytesIO(out))
    assert [p.text for p in before.paragraphs] == [p.text for p in after.paragraphs]
    comments = [each.text for each in after.comments]
    assert len(comments) == count
    assert "“loaded” is “unloaded” in the source" in comments[0]
    assert {each.author for each in after.comments} == {"docproc"}


def test_comments_that_were_there_stay_and_a_second_check_reads_none_as_the_draft():
    own = f'<w:comments {W}><w:comment w:id="7" w:author="A"><w:p/></w:comment></w:comments>'
    first, count = commented(as_docx(CHAPTER, comments=own))
    comments = parts(first)["word/comments.xml"]
    assert comments.startswith(own.removesuffix("</w:comments>").encode())
    assert b'w:id="8"' in comments
    again, number = commented(first)
    assert number == count
    assert parts(again)["word/comments.xml"].count(b"<w:comment ") == 1 + 2 * count


def test_words_parted_by_runs_tabs_and_references_are_found():
    r = '<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{}</w:t></w:r>'
    runs = "".join(
        map(r.format, ("He said “no bar", "ge &#104;as been lo", "aded since then” at once"))
    )
    data = package(f"<w:document {W}><w:body><w:p>{runs}</w:p></w:body></w:document>")
    out, _ = commented(data)
    main = parts(out)["word/document.xml"].decode()
    start, end = main.index("<w:commentRangeStart"), main.index("<w:commentRangeEnd")
    assert re.sub("<[^>]*>", "", main[:start]).endswith("“")
    assert re.sub("<[^>]*>", "", main[end:]).startswith("”")
    assert main[start:].count("<w:rPr><w:b/></w:rPr>") == 4
    etree.fromstring(main.encode())


def test_what_is_no_word_file_in_utf_8_is_told():
    main = f"<w:document {W}><w:body><w:p/></w:body></w:document>"
    declared = f'<?xml version="1.0" encoding="UTF-16"?>{main}'
    with pytest.raises(SourceError, match="UTF-16"):
        with_comments(package(declared), ())
    with pytest.raises(SourceError, match="document type"):
        with_comments(package(f"<!DOCTYPE w [<!ENTITY a 'b'>]>{main}"), ())
    with pytest.raises(SourceError, match="damaged"):
        with_comments(b"PK", ())
    bomb = package(main, styles=" " * 5_000_000)
    with pytest.raises(SourceError):
        with_comments(bomb, (), limits=Limits(unpacked_megabytes=1))
