"""Passwords: asked for at a terminal, tried on what comes after as well, and kept nowhere."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile

import pytest
from fpdf import FPDF
from fpdf.enums import EncryptionMethod
from tiny_workspace import index, tiny_workspace, wiring_of

from docproc.pipeline.monitoring.progress import Silent
from docproc.store.catalog import Catalog

pytestmark = pytest.mark.slow


def encrypted(password: str, words: str) -> bytes:
    pdf = FPDF()
    pdf.set_font("helvetica", size=12)
    pdf.set_encryption("owner", password, encryption_method=EncryptionMethod.RC4)
    pdf.add_page()
    pdf.cell(0, 6, words)
    return bytes(pdf.output())


def zipped(**members: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in members.items():
            archive.writestr(f"{name}.pdf", data)
    return stream.getvalue()


class Person(Silent):
    """Answers one question after another."""

    def __init__(self, *answers):
        self.answers, self.asked = list(answers), []

    def secret(self, question):
        self.asked.append(question)
        return self.answers.pop(0)


@pytest.fixture
def root(tmp_path):
    root = tiny_workspace(tmp_path / "workspace")
    (root / "seeds" / "a.pdf").write_bytes(encrypted("sesame", "The harvest failed."))
    (root / "seeds" / "b.pdf").write_bytes(encrypted("sesame", "The bridge is mended."))
    data = zipped(one=encrypted("other", "Send rifles."), two=encrypted("third", "Send bread."))
    (root / "seeds" / "c.zip").write_bytes(data)
    return root


def texts(root):
    generation = wiring_of(root).generations.current()
    with Catalog(generation.catalog) as catalog:
        return {catalog.document(row.id).text for row in catalog.documents()}


def test_a_password_opens_its_file_and_is_tried_on_those_after_it(root):
    person = Person("wrong", "sesame", "other", "")
    report = index(root, person)
    assert texts(root) == {"The harvest failed.", "The bridge is mended.", "Send rifles."}
    assert [question.partition(".")[0] for question in person.asked] == [
        "seeds/a",
        "seeds/a",
        "seeds/c",
        "seeds/c",
    ]
    assert "still encrypted" in person.asked[1]
    assert "still encrypted" not in person.asked[2]
    (failure,) = report.failures
    assert failure.path == "seeds/c.zip"
    assert "two.pdf: it is encrypted" in failure.cause


def test_who_gives_none_is_told_the_key_of_the_configuration(root):
    report = index(root, Person("", "", ""))
    assert [failure.path for failure in report.failures] == [
        "seeds/a.pdf",
        "seeds/b.pdf",
        "seeds/c.zip",
    ]
    assert all("[plugins.pdf] passwords" in failure.cause for failure in report.failures)


COMMAND = [sys.executable, "-m", "docproc", "index"]


@pytest.mark.skipif(sys.platform == "win32", reason="pexpect needs a Unix terminal")
def test_at_a_terminal_it_is_typed_unseen_and_written_nowhere(root):
    pexpect = pytest.importorskip("pexpect")
    (root / "seeds" / "c.zip").unlink()
    child = pexpect.spawn(COMMAND[0], COMMAND[1:], cwd=root, timeout=300, encoding="utf-8")
    child.expect("seeds/a.pdf is encrypted. Password")
    child.waitnoecho()
    child.sendline("sesame")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    assert "sesame" not in child.before
    assert texts(root) == {"The harvest failed.", "The bridge is mended."}
    for file in (path for path in root.rglob("*") if path.is_file()):
        assert b"sesame" not in file.read_bytes(), file


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_nobody_is_asked_where_there_is_no_terminal(root, options):
    done = subprocess.run(
        [*COMMAND, *options],
        cwd=root,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        env=os.environ | {"NO_COLOR": "1"},
    )
    assert done.returncode == 5
    assert "[plugins.pdf] passwords" in done.stderr
    assert "Password" not in done.stdout + done.stderr
