"""The conformance kit, over the parsers of files that are not text."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path += [str(Path(__file__).parent / name) for name in ("docx", "pdf", "mail")]

import test_docx
import test_mail
import test_parse_archive
import test_parse_epub
import test_parse_odt
import test_parse_rows
import test_parse_rtf
from pdf_files import written

from docproc.stages import parse_archive, parse_epub, parse_odt, parse_rows, parse_rtf
from docproc.stages.docx import parser as docx
from docproc.stages.mail import parser as mail
from docproc.stages.pdf import parser as pdf
from docproc.testing import ParserContract


class TestDocx(ParserContract):
    @pytest.fixture
    def plugin(self):
        return docx.make({})

    @pytest.fixture
    def samples(self):
        return {"a.docx": test_docx.GOOD}


class TestOdt(ParserContract):
    @pytest.fixture
    def plugin(self):
        return parse_odt.make({})

    @pytest.fixture
    def samples(self):
        return {"a.odt": test_parse_odt.GOOD}


class TestRtf(ParserContract):
    @pytest.fixture
    def plugin(self):
        return parse_rtf.make({})

    @pytest.fixture
    def samples(self):
        return {"a.rtf": test_parse_rtf.HEAD + rb"\pard One.\par Two.}"}

    def enlarged(self, data, times):
        return data[:-1] + rb"\par And more of it." * (20 * times) + b"}"


class TestPdf(ParserContract):
    @pytest.fixture
    def plugin(self):
        return pdf.make(
            {"passwords": [], "max_pages": 100, "languages": ["eng"], "confidence": 60.0}
        )

    @pytest.fixture
    def samples(self):
        return {"a.pdf": written("One page.", "Another.")}


class TestEpub(ParserContract):
    @pytest.fixture
    def plugin(self):
        return parse_epub.make({})

    @pytest.fixture
    def samples(self):
        return {"a.epub": test_parse_epub.GOOD}


class TestMail(ParserContract):
    @pytest.fixture
    def plugin(self):
        return mail.make({})

    @pytest.fixture
    def samples(self):
        return {"a.eml": test_mail.letter().as_bytes()}


class TestArchive(ParserContract):
    @pytest.fixture
    def plugin(self):
        return parse_archive.make({})

    @pytest.fixture
    def samples(self):
        members = test_parse_archive.MEMBERS
        return {
            "a.zip": test_parse_archive.zipped(members),
            "a.tar.gz": test_parse_archive.tarred(members),
        }


class TestRows(ParserContract):
    @pytest.fixture
    def plugin(self):
        return parse_rows.make(test_parse_rows.SETTINGS)

    @pytest.fixture
    def samples(self):
        return {"a.csv": test_parse_rows.as_csv(), "a.jsonl": test_parse_rows.as_json()}
