"""The conformance kit, over the parsers of files that are not text."""

from __future__ import annotations

import gzip
import sys

import pytest
import test_built_in_stages
import test_contract_of_scans
import test_contracts_of_markup
import test_docx
import test_mail
import test_odt
import test_odt_layout
import test_parse_archive
import test_parse_cards
import test_parse_doc
import test_parse_ead
import test_parse_epub
import test_parse_html
import test_parse_oai
import test_parse_ocr_layout
import test_parse_odp
import test_parse_pptx
import test_parse_rows
import test_parse_rtf
import test_parse_subtitles
import test_parse_tei
import test_parse_warc
from letter_workspace import registry
from outlook_files import outlook_message
from pdf_files import written

from docproc.stages.parse import other_formats as name_others
from docproc.stages.parse.books import epub as parse_epub
from docproc.stages.parse.containers import archive as parse_archive
from docproc.stages.parse.containers import compressed as parse_compressed
from docproc.stages.parse.mail import outlook
from docproc.stages.parse.mail import parser as mail
from docproc.stages.parse.office import doc as parse_doc
from docproc.stages.parse.office import odp as parse_odp
from docproc.stages.parse.office import pptx as parse_pptx
from docproc.stages.parse.office.docx import parser as docx
from docproc.stages.parse.office.odt import parser as odt
from docproc.stages.parse.office.rtf import parser as rtf
from docproc.stages.parse.pages import djvu as parse_djvu
from docproc.stages.parse.pages.pdf import parser as pdf
from docproc.stages.parse.records import cards as parse_cards
from docproc.stages.parse.records.rows import parser as parse_rows
from docproc.stages.parse.text import subtitles as parse_subtitles
from docproc.stages.parse.web import warc as parse_warc
from docproc.testing import ParserContract

pytestmark = pytest.mark.slow


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
        return odt.make({})

    @pytest.fixture
    def samples(self):
        return {"a.odt": test_odt.GOOD, "a.fodt": test_odt_layout.flat("<text:p>A</text:p>")}


class TestRtf(ParserContract):
    @pytest.fixture
    def plugin(self):
        return rtf.make({})

    @pytest.fixture
    def samples(self):
        return {"a.rtf": test_parse_rtf.HEAD + rb"\pard One.\par Two.}"}

    def enlarge(self, data, times):
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


class TestOutlook(ParserContract):
    @pytest.fixture
    def plugin(self):
        return outlook.make({})

    @pytest.fixture
    def samples(self):
        message = {"sender": "anna@example.org", "subject": "A", "sent": 1_115_114_400}
        return {
            "a.msg": outlook_message(body="Bread.", attachments=[("a.txt", b"x")], **message),
            "long.msg": outlook_message(body="The harvest failed. " * 400, **message),
        }


@pytest.mark.skipif(sys.platform == "win32", reason="the tests' LibreOffice is a script")
class TestDoc(ParserContract):
    """LibreOffice is one of the tests' own, which makes the same DOCX of any file."""

    examples = 20
    linear = False  # what takes time is LibreOffice's

    @pytest.fixture
    def plugin(self, monkeypatch, tmp_path):
        program = tmp_path / "soffice"
        program.write_text(SOFFICE, "utf-8")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path))
        return parse_doc.make({})

    @pytest.fixture
    def samples(self):
        return {"a.doc": test_parse_doc.OLE + b"words"}


SOFFICE = """#!/bin/sh
while [ "$1" != --outdir ]; do shift; done
echo made > "$2/given.docx"
"""


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


class TestCompressed(ParserContract):
    @pytest.fixture
    def plugin(self):
        return parse_compressed.make({})

    @pytest.fixture
    def samples(self):
        return {"a.txt.gz": gzip.compress(b"The harvest failed.\n", mtime=0)}


class TestSubtitles(ParserContract):
    @pytest.fixture
    def plugin(self):
        return parse_subtitles.make({})

    @pytest.fixture
    def samples(self):
        return {
            "a.srt": test_parse_subtitles.SRT.encode(),
            "a.vtt": test_parse_subtitles.VTT.encode(),
        }


class TestOtherFormats(ParserContract):
    @pytest.fixture
    def plugin(self):
        return name_others.make({})

    @pytest.fixture
    def samples(self):
        return {}


class TestPptx(ParserContract):
    @pytest.fixture
    def plugin(self):
        return parse_pptx.make({})

    @pytest.fixture
    def samples(self):
        return {"a.pptx": test_parse_pptx.deck(test_parse_pptx.slide(test_parse_pptx.shape("One")))}


class TestDjvu(ParserContract):
    @pytest.fixture
    def plugin(self):
        return parse_djvu.make({})

    @pytest.fixture
    def samples(self):
        return {}


class TestWarc(ParserContract):
    @pytest.fixture
    def plugin(self):
        return parse_warc.make({})

    @pytest.fixture
    def samples(self):
        return {"a.warc": test_parse_warc.record("resource", "http://a.org", b"One.", "text/plain")}


class TestOdp(ParserContract):
    @pytest.fixture
    def plugin(self):
        return parse_odp.make({})

    @pytest.fixture
    def samples(self):
        flat = test_parse_odp.content()
        return {"a.fodp": flat, "a.odp": test_parse_odp.package(flat)}


class TestCards(ParserContract):
    @pytest.fixture
    def plugin(self):
        return parse_cards.make({})

    @pytest.fixture
    def samples(self):
        return {
            "a.ics": test_parse_cards.ICS.encode(),
            "a.vcf": test_parse_cards.VCF.encode(),
        }


HELD = {
    "text": test_built_in_stages.TestText,
    "markdown": test_built_in_stages.TestMarkdown,
    "html": test_parse_html.TestContract,
    "ead": test_parse_ead.TestContract,
    "ocr-layout": test_parse_ocr_layout.TestContract,
    "tei": test_parse_tei.TestContract,
    "docx": TestDocx,
    "doc": TestDoc,
    "odt": TestOdt,
    "rtf": TestRtf,
    "pdf": TestPdf,
    "scan": test_contract_of_scans.TestScan,
    "epub": TestEpub,
    "mail": TestMail,
    "outlook": TestOutlook,
    "archive": TestArchive,
    "rows": TestRows,
    "compressed": TestCompressed,
    "subtitles": TestSubtitles,
    "other-formats": TestOtherFormats,
    "pptx": TestPptx,
    "djvu": TestDjvu,
    "warc": TestWarc,
    "mediawiki": test_contracts_of_markup.TestMediaWiki,
    "jats": test_contracts_of_markup.TestJats,
    "mods": test_contracts_of_markup.TestMods,
    "mets": test_contracts_of_markup.TestMets,
    "latex": test_contracts_of_markup.TestLatex,
    "rst": test_contracts_of_markup.TestRst,
    "org": test_contracts_of_markup.TestOrg,
    "oai": test_parse_oai.TestContract,
    "fb2": test_contracts_of_markup.TestFictionBook,
    "odp": TestOdp,
    "cards": TestCards,
}


def test_every_parser_that_comes_with_docproc_is_held_to_the_kit():
    offers = (offer for offer in registry().offers if offer.stage.name == "parse")
    built_in = [offer for offer in offers if offer.origin.kind == "built-in"]
    assert {offer.registration.name for offer in built_in} == set(HELD)
    assert all(issubclass(held, ParserContract) for held in HELD.values())
