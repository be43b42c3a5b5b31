"""No Tesseract but the one that a test brings, and a cache of its own."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

FAKE = """#!{python}
import sys
if "--version" in sys.argv:
    print("tesseract 0.0 (a test's own)")
    sys.exit()
with open({calls!r}, "a") as calls:
    calls.write(" ".join(sys.argv[1:]) + "\\n")
if "xxx" in sys.argv:
    sys.exit("Failed loading language 'xxx'")
image = sys.stdin.buffer.read()
assert image.startswith(b"P5")
pixels = image.split(b"\\n255\\n", 1)[1]
upright = pixels[0] > 128
if not upright and pixels[-1] < 128:
    sys.exit(0)
print("level\\tpage_num\\tblock_num\\tpar_num\\tline_num\\tword_num"
      "\\tleft\\ttop\\twidth\\theight\\tconf\\ttext")
words = [(1, 1, "The", 96), (1, 1, "harvcst", 31), (1, 2, "failed.", 95), (2, 1, "Nothing", 92)]
for number, (paragraph, line, word, conf) in enumerate(words if upright else [(1, 1, "pe1j", 12)]):
    print(5, 1, 1, paragraph, line, number, 10 + 40 * number, 20 * line + 60 * paragraph,
          30, 12, conf, word, sep="\\t")
"""


@pytest.fixture(autouse=True)
def no_tesseract(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty folder as the whole of PATH."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return folder


@pytest.fixture
def calls(no_tesseract: Path, tmp_path: Path) -> Path:
    """A Tesseract that reads the same few words on any page whose first pixel is light.

    It writes into the file that is returned how it was called.
    """
    calls = tmp_path / "calls"
    calls.touch()
    program = no_tesseract / "tesseract"
    program.write_text(FAKE.format(python=sys.executable, calls=str(calls)), "utf-8")
    program.chmod(0o755)
    return calls
