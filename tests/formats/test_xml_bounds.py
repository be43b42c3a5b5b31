"""Bounds of XML that ``[limits]`` sets."""

import pytest

from docproc.config import Limits
from docproc.errors import SourceError
from docproc.formats.xml import parse_xml, text_of

LETTER = b'<!DOCTYPE a [<!ENTITY w "wheat ">]><a>' + b"&w;" * 10 + b"</a>"


def test_entities_may_add_as_much_text_as_the_configuration_says():
    assert text_of(parse_xml(LETTER, Limits(entities_megabytes=6e-5)).root) == "wheat " * 10
    with pytest.raises(SourceError, match=r"limits\.entities_megabytes"):
        parse_xml(LETTER, Limits(entities_megabytes=5.9e-5))
