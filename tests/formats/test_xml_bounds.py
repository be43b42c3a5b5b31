"""Bounds of XML that ``[limits]`` sets."""

import pytest

from docproc.config import Limits
from docproc.errors import SourceError
from docproc.formats.package import parse_part
from docproc.formats.xml import parse_xml, text_of

LETTER = b'<!DOCTYPE a [<!ENTITY w "wheat ">]><a>' + b"&w;" * 10 + b"</a>"


def test_entities_may_add_as_much_text_as_the_configuration_says():
    assert text_of(parse_xml(LETTER, Limits(entities_megabytes=6e-5)).root) == "wheat " * 10
    with pytest.raises(SourceError, match=r"limits\.entities_megabytes"):
        parse_xml(LETTER, Limits(entities_megabytes=5.9e-5))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("place", ["http://host.invalid/a.dtd", "FILE", "file://FILE", "none.dtd"])
def test_a_document_type_that_is_kept_elsewhere_is_never_opened(tmp_path, place, encoding):
    kept = tmp_path / "a.dtd"
    kept.write_text('<!ENTITY w "wheat"><!ATTLIST a b CDATA "added">', "utf-8")
    data = f'<!DOCTYPE a SYSTEM "{place.replace("FILE", str(kept))}"><a>oats</a>'.encode(encoding)
    root = parse_xml(data, Limits()).root
    assert (text_of(root), root.get("b")) == ("oats", None)
    kept.write_text("no declaration", "utf-8")
    assert text_of(parse_xml(data, Limits()).root) == "oats"


def test_a_part_of_a_package_opens_no_document_type(tmp_path):
    data = f'<!DOCTYPE a SYSTEM "{tmp_path}"><a>oats</a>'.encode()
    with pytest.raises(SourceError, match="has a document type, which this format forbids"):
        parse_part(data, "part.xml")


def test_an_id_that_is_used_twice_is_read_with_a_document_type_and_without():
    twice = b'<a><b xml:id="e"/><b xml:id="e">oats &eacute;&who;</b></a>'
    assert parse_xml(twice.replace(b"&who;", b""), Limits()).root[1].text == "oats \u00e9"
    for named in (b'PUBLIC "-//A//B" "http://host.invalid/a.dtd"', b"SYSTEM 'a.dtd' [<!--'-->]"):
        read = parse_xml(b"<!DOCTYPE a %b>\n" % named + twice, Limits())
        assert (read.root[1].text, read.outside) == ("oats \u00e9", ("who",))


@pytest.mark.parametrize("encoding", ["utf-7", "cp037"])
def test_a_document_type_in_an_unusual_encoding_is_not_opened(tmp_path, encoding):
    kept = tmp_path / "a.dtd"
    kept.write_text("no declaration", "utf-8")
    head = f'<?xml version="1.0" encoding="{encoding}"?>'
    data = f'<!DOCTYPE a SYSTEM "{kept}"><a>oats</a>'.encode(encoding).replace(b"<", b"+ADw-")
    whole = (head.encode() if encoding == "utf-7" else head.encode(encoding)) + data
    said = ""
    try:
        said = text_of(parse_xml(whole, Limits()).root)
    except SourceError as error:
        said = str(error)
    assert said == "oats" or "subset" not in said


@pytest.mark.parametrize("before", ["<!-- <a> - <!x> -->", "<?a <b> ?>\n", "<?a?><!----> ", ""])
def test_a_document_type_is_seen_behind_comments_and_never_within_the_text(before):
    data = f'{before}<!DOCTYPE a [<!ENTITY w "wheat">]><a>&w;</a>'.encode()
    assert text_of(parse_xml(data, Limits()).root) == "wheat"
    data = f"{before}<a><![CDATA[<!DOCTYPE a><b>]]></a>".encode()
    assert text_of(parse_xml(data, Limits()).root) == "<!DOCTYPE a><b>"
