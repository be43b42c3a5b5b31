"""DOC: handed to LibreOffice, here one of the tests' own; and what is said without it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import docx
import pytest

from docproc.errors import SourceError
from docproc.records import Child, SourceFile
from docproc.stages.parse.office.doc import make
from docproc.stages.parse.office.docx.parser import make as make_docx

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FAKE = """#!{python}
import pathlib, sys
given = pathlib.Path(sys.argv[-1])
assert sys.argv[sys.argv.index("--convert-to") + 1] == "docx"
if b"broken" not in given.read_bytes():
    folder = pathlib.Path(sys.argv[sys.argv.index("--outdir") + 1])
    (folder / (given.stem + ".docx")).write_bytes(b"made of " + given.read_bytes())
"""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        sys.platform == "win32", reason="the tests' own LibreOffice is a script with a first line"
    ),
]


def parts(data: bytes) -> list:
    return list(make({}).parse(SourceFile("a.doc", "x/y", len(data), "0" * 64), data))


@pytest.fixture
def soffice(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    program = tmp_path / "soffice"
    program.write_text(FAKE.format(python=sys.executable), "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    return program


def test_what_libreoffice_makes_of_it_is_handed_on_as_docx(soffice):
    assert parts(OLE + b"words") == [Child("", b"made of " + OLE + b"words")]


def test_what_libreoffice_cannot_read_is_told(soffice):
    with pytest.raises(SourceError, match="LibreOffice cannot read it"):
        parts(OLE + b"broken")


def test_without_libreoffice_it_is_told_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SourceError, match="needs LibreOffice: install it"):
        parts(OLE)


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed here")
def test_what_libreoffice_itself_wrote_as_doc_comes_out(tmp_path):
    written = docx.Document()
    written.add_paragraph("The harvest of wheat has failed in our district.")
    written.add_paragraph("Хлеба нѣтъ, пишетъ Ѳедоръ.")
    written.save(tmp_path / "a.docx")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "doc", "a.docx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    (child,) = parts((tmp_path / "a.doc").read_bytes())
    (document,) = make_docx({}).parse(SourceFile("a.doc", "x/y", 1, "0" * 64), child.data)
    assert document.text == (
        "The harvest of wheat has failed in our district.\n\nХлеба нѣтъ, пишетъ Ѳедоръ."
    )


def test_what_does_not_begin_as_one_is_refused():
    with pytest.raises(SourceError, match="does not begin as one"):
        parts(b"Hello")
