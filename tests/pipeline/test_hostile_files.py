"""A folder of files made to hurt, indexed as any other: each costs one clear message or is read.

The whole of reading is real: the scan, every built-in parser by the default configuration, the
worker processes and their limits.
"""

from __future__ import annotations

import os
import random
import sys
import unicodedata

import pytest

from docproc.errors import SourceError
from docproc.operations.application import Application
from docproc.pipeline.reading.read import Reading
from docproc.pipeline.scan import scan
from docproc.workspace import find_workspace

pytestmark = pytest.mark.slow

SUFFIXES = (
    *(".txt", ".md", ".html", ".xml", ".docx", ".odt", ".pdf", ".png", ".jpg", ".tif", ".epub"),
    *(".eml", ".msg", ".mbox", ".zip", ".tar", ".csv", ".jsonl", ".rtf", ".doc", ".json"),
)
BOMB = (
    "<!DOCTYPE {0} [<!ENTITY a0 'ha'>"
    + "".join(f"<!ENTITY a{n + 1} '{f'&a{n};' * 10}'>" for n in range(12))
    + "]><{0}>&a12;</{0}>"
)
OUTSIDE = '<!DOCTYPE {0} [<!ENTITY x SYSTEM "file:///etc/passwd">]><{0}>&x;</{0}>'
ROOTS = ("TEI", "ead", "alto", "PcGts", "html")
LETTER = "<TEI><text><body><p>The harvest failed.</p></body></text></TEI>"
NOISE = random.Random(7).randbytes(4000)
PNG = b"\x89PNG\r\n\x1a\n" + NOISE[:500]


def files():
    for root in ROOTS:
        yield f"bomb-{root}.xml", BOMB.format(root).encode()
        yield f"outside-{root}.xml", OUTSIDE.format(root).encode()
        yield f"deep-{root}.xml", (f"<{root}><text>" + "<p>" * 10_000).encode()
        yield f"truncated-{root}.xml", f"<{root}><text><body><p>The harvest".encode()
        yield f"line-{root}.xml", f"<{root}>{'x' * 1_000_000}</{root}>".encode()
    for suffix in SUFFIXES:
        yield f"noise{suffix}", NOISE
        yield f"zeros{suffix}", bytes(2000)
        yield f"empty{suffix}", b""
    yield "line.txt", b"x" * 1_000_000
    yield "picture-called.txt", PNG
    yield "letter-called.txt", LETTER.encode()
    yield "page-called.docx", b"<!doctype html><html><body><p>The harvest failed.</p></body></html>"
    yield "n" * 251 + ".txt", b"The harvest failed."
    yield unicodedata.normalize("NFD", "письмо й é.txt"), b"The harvest failed."
    if sys.platform != "win32":
        yield "two\nlines.txt", b"The harvest failed."


READ = {
    "letter-called.txt",
    "page-called.docx",
    "line.txt",
    "n" * 251 + ".txt",
    unicodedata.normalize("NFD", "письмо й é.txt"),
}
"""Files that are no harm: they must be read."""


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory):
    """What came of each file, by name."""
    root = tmp_path_factory.mktemp("hostile")
    (root / "config.toml").write_text("[limits]\nseconds = 60\nmegabytes = 1500\n", "utf-8")
    seeds = root / "seeds"
    seeds.mkdir()
    for name, data in files():
        (seeds / name).write_bytes(data)
    if sys.platform != "win32":
        os.mkfifo(seeds / "pipe.txt")
        (seeds / "out.txt").symlink_to("/etc/hostname")
        (seeds / "loop.txt").symlink_to(seeds / "loop.txt")
    application = Application(find_workspace(root))
    with application.readings() as readings:
        found = list(scan(application.workspace))
        return {each.path.removeprefix("seeds/"): outcome for each, outcome in readings.each(found)}


def test_what_is_no_harm_is_read_whatever_it_is_called(outcomes):
    for name in READ:
        assert isinstance(outcomes[name], Reading), (name, outcomes[name])
    text = outcomes["letter-called.txt"].documents[0][0].text
    assert text == "The harvest failed."
    assert outcomes["letter-called.txt"].parser == "tei"
    assert outcomes["page-called.docx"].parser == "html"


def test_every_other_file_is_read_or_refused_in_one_line_of_words(outcomes):
    for name, outcome in outcomes.items():
        if isinstance(outcome, SourceError):
            said = str(outcome)
            assert said.strip()
            assert "\n" not in said, name
            assert len(said) < 500, name
            assert "crash" not in said, name
            assert "failed:" not in said, (name, said)  # a parser's own exception, unforeseen


@pytest.mark.parametrize("root", [root for root in ROOTS if root != "html"])
def test_bombs_and_nesting_are_refused_by_name(outcomes, root):
    assert "builds on others" in str(outcomes[f"bomb-{root}.xml"])
    assert "nested more than 200 deep" in str(outcomes[f"deep-{root}.xml"])


def test_nothing_outside_the_file_is_ever_read(outcomes):
    for outcome in outcomes.values():
        for document, _ in outcome.documents if isinstance(outcome, Reading) else ():
            assert "root:" not in document.text
            assert "ha" * 200 not in document.text


@pytest.mark.skipif(sys.platform == "win32", reason="the file system has none of these")
def test_special_files_links_that_leave_and_names_with_controls_are_not_opened(outcomes):
    assert str(outcomes["pipe.txt"]) == "not a regular file"
    assert str(outcomes["out.txt"]) == "a symbolic link that leads out of the workspace"
    assert "symbolic link" in str(outcomes["loop.txt"])
    assert "control characters" in str(outcomes[r"two\nlines.txt"])
