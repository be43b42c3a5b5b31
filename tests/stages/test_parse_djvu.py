"""DjVu by DjVuLibre: its layer of text page by page; without the program, what to install."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from docproc.errors import SourceError
from docproc.records import SourceFile
from docproc.stages.parse.pages import djvu as parse_djvu

needs_tools = pytest.mark.skipif(
    not all(map(shutil.which, ("djvutxt", "cjb2", "djvused"))), reason="DjVuLibre is not installed"
)


def parse(data: bytes):
    source = SourceFile("a.djvu", "x/y", len(data), "0" * 64)
    (document,) = parse_djvu.make({}).parse(source, data)
    return document


def drawn(folder, words: str) -> bytes:
    (folder / "a.pbm").write_bytes(b"P4\n16 16\n" + bytes(32))
    subprocess.run(["cjb2", folder / "a.pbm", folder / "a.djvu"], check=True)
    if words:
        (folder / "a.txt").write_text(f'(page 0 0 16 16 (line 0 0 16 16 "{words}"))', "utf-8")
        script = f"select 1; set-txt {folder / 'a.txt'}; save"
        subprocess.run(["djvused", folder / "a.djvu", "-e", script], check=True)
    return (folder / "a.djvu").read_bytes()


@pytest.mark.slow
@needs_tools
def test_the_text_of_its_pages_is_read(tmp_path):
    document = parse(drawn(tmp_path, "The harvest failed."))
    assert document.text == "The harvest failed."
    assert [(page.label, page.number) for page in document.pages] == [("1", 1)]


@pytest.mark.slow
@needs_tools
def test_pages_without_text_and_damage_are_told(tmp_path):
    with pytest.raises(SourceError, match="no text"):
        parse(drawn(tmp_path, ""))
    with pytest.raises(SourceError, match="damaged, or not a DjVu"):
        parse(b"FORM" + bytes(40))


def test_without_the_program_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr(parse_djvu.shutil, "which", lambda _: None)
    with pytest.raises(SourceError, match=r"djvulibre.*convert it to PDF"):
        parse(b"AT&TFORM")
