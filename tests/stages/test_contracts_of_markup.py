"""The conformance kit, over the parsers of files that are marked-up text."""

from __future__ import annotations

import pytest
import test_parse_fb2
import test_parse_jats
import test_parse_mediawiki
import test_parse_mets
import test_parse_mods

from docproc.stages.parse.books import fb2 as parse_fb2
from docproc.stages.parse.pages.ocr_layout import mets
from docproc.stages.parse.text import mediawiki as parse_mediawiki
from docproc.stages.parse.text import org as parse_org
from docproc.stages.parse.text import rst as parse_rst
from docproc.stages.parse.text.latex import parser as parse_latex
from docproc.stages.parse.xml import jats as parse_jats
from docproc.stages.parse.xml import mods as parse_mods
from docproc.testing import ParserContract

pytestmark = pytest.mark.slow


class TestMediaWiki(ParserContract):
    @pytest.fixture
    def plugin(self):
        return parse_mediawiki.make({})

    @pytest.fixture
    def samples(self):
        return {"a.xml": test_parse_mediawiki.export(test_parse_mediawiki.page("One."))}


class TestJats(ParserContract):
    @pytest.fixture
    def plugin(self):
        return parse_jats.make({})

    @pytest.fixture
    def samples(self):
        return {"a.xml": test_parse_jats.article("<p>One.</p>")}


class TestMods(ParserContract):
    @pytest.fixture
    def plugin(self):
        return parse_mods.make({})

    @pytest.fixture
    def samples(self):
        return {"a.xml": test_parse_mods.LETTER.encode()}


class TestMets(ParserContract):
    @pytest.fixture
    def plugin(self):
        return mets.make({})

    @pytest.fixture
    def samples(self):
        return {"a.xml": test_parse_mets.mets(test_parse_mets.BOTH, test_parse_mets.PLAN)}


class TestLatex(ParserContract):
    @pytest.fixture
    def plugin(self):
        return parse_latex.make({})

    @pytest.fixture
    def samples(self):
        return {"a.tex": b"\\section{War} One.\\footnote{Two.}\n"}


class TestRst(ParserContract):
    @pytest.fixture
    def plugin(self):
        return parse_rst.make({})

    @pytest.fixture
    def samples(self):
        return {"a.rst": b"War\n===\n\nOne [1]_.\n\n.. [1] Two.\n"}


class TestOrg(ParserContract):
    @pytest.fixture
    def plugin(self):
        return parse_org.make({})

    @pytest.fixture
    def samples(self):
        return {"a.org": b"* War\nOne[fn:1].\n\n[fn:1] Two.\n"}


class TestFictionBook(ParserContract):
    @pytest.fixture
    def plugin(self):
        return parse_fb2.make({})

    @pytest.fixture
    def samples(self):
        return {"a.fb2": test_parse_fb2.FB2.encode()}
