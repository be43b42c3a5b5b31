"""The conformance kit over scans, read by a Tesseract that finds the same words on any image."""

from __future__ import annotations

import sys

import pytest
from test_scanned_pages import image

from docproc.stages.parse.pages.pdf import parser as pdf
from docproc.stages.parse.pages.pdf import scan
from docproc.testing import ParserContract

SETTINGS = {"passwords": [], "max_pages": 9, "languages": ["eng"], "confidence": 60.0}
QUICK = """#!/bin/sh
if [ "$1" = --version ]; then echo "tesseract 0.0 (a test's own)"; exit; fi
/bin/cat > /dev/null
printf 'level\\tpage_num\\tblock_num\\tpar_num\\tline_num\\tword_num'
printf '\\tleft\\ttop\\twidth\\theight\\tconf\\ttext\\n'
printf '5\\t1\\t1\\t1\\t1\\t1\\t10\\t10\\t30\\t12\\t96\\tHarvest\\n'
printf '5\\t1\\t1\\t1\\t1\\t2\\t50\\t10\\t30\\t12\\t20\\tfailcd\\n'
"""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="the tests' Tesseract is a script"),
]


@pytest.fixture(autouse=True)
def tesseract(no_tesseract):
    program = no_tesseract / "tesseract"
    program.write_text(QUICK, "utf-8")
    program.chmod(0o755)


class TestScan(ParserContract):
    linear = False  # the same image twice is one image

    @pytest.fixture
    def plugin(self):
        return scan.make(SETTINGS)

    @pytest.fixture
    def samples(self):
        return {
            "a.png": image(255, form="PNG"),
            "a.jpg": image(255, form="JPEG"),
            "a.tif": image(255, 200, 0),
        }


class TestPdfOfScans(ParserContract):
    linear = False
    examples = 20

    @pytest.fixture
    def plugin(self):
        return pdf.make(SETTINGS)

    @pytest.fixture
    def samples(self):
        from fpdf import FPDF

        document = FPDF()
        document.add_page()
        document.rect(50, 50, 50, 50, style="F")
        return {"a.pdf": bytes(document.output())}
