"""OCR with Tesseract, where it is installed: lines and words with their places and confidences."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

from docproc.dataclass_on_use import dataclass
from docproc.errors import SourceError
from docproc.workspace.user_folders import user_cache, write_user_file

NEEDED = (
    "reading it needs OCR: install Tesseract (apt install tesseract-ocr, brew install tesseract) "
    "with the languages of the documents"
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word as Tesseract reads it: its box in pixels, its confidence from 0 to 100."""

    text: str
    left: int
    top: int
    right: int
    bottom: int
    confidence: float


@dataclass(frozen=True, slots=True)
class TextLine:
    """The words of a line, and whether it begins a paragraph."""

    words: tuple[Word, ...]
    begins: bool


@dataclass(frozen=True, slots=True)
class Ocr:
    """Tesseract, with the languages that it is to expect."""

    languages: Sequence[str]
    seconds: float = 120.0

    def available(self) -> bool:
        """Whether Tesseract is installed."""
        return _executable() is not None

    def version(self) -> str:
        """What Tesseract says it is."""
        return _version(_executable() or "")

    def lines(self, image: bytes) -> list[TextLine]:
        """Read *image*, a PNG, JPEG, TIFF or PNM of one page.

        What was read once is kept in the user's cache folder, by the image, the languages and
        the version, for to verify a quotation is to read its page again.  Raises
        ``SourceError`` where Tesseract is missing, lacks a language, or fails.
        """
        executable = _executable()
        if executable is None:
            raise SourceError(NEEDED)
        languages = "+".join(self.languages) or "eng"
        key = hashlib.sha256(f"{_version(executable)}\n{languages}\n".encode() + image).hexdigest()
        kept = user_cache("ocr") / f"{key}.tsv"
        try:
            table = kept.read_text("utf-8")
        except (OSError, UnicodeDecodeError):
            table = self._run(executable, languages, image)
            _keep(kept, table)
        return list(_lines(table))

    def _run(self, executable: str, languages: str, image: bytes) -> str:
        command = [executable, "stdin", "stdout", "-l", languages, "--psm", "1", "tsv"]
        environment = os.environ | {"OMP_THREAD_LIMIT": "1"}
        try:
            done = subprocess.run(  # noqa: S603 - the executable is the user's own
                command,
                input=image,
                capture_output=True,
                timeout=self.seconds,
                check=False,
                env=environment,
            )
        except subprocess.TimeoutExpired:
            raise SourceError(f"OCR takes more than {self.seconds:g} s a page") from None
        except OSError as error:
            raise SourceError(f"Tesseract cannot be run: {error}") from None
        if done.returncode != 0:
            said = done.stderr.decode("utf-8", "replace")
            if "Failed loading language" in said or "could not initialize" in said.lower():
                raise SourceError(
                    f"Tesseract lacks one of the languages {languages} (languages of [plugins.pdf] "
                    "or [plugins.scan]); `tesseract --list-langs` shows those that are installed"
                )
            last = " ".join(said.split())[-200:]
            raise SourceError(f"Tesseract cannot read it: {last or done.returncode}")
        return done.stdout.decode("utf-8", "replace")


def _lines(table: str) -> Iterator[TextLine]:
    """The lines of Tesseract's TSV, in its reading order."""
    words: list[Word] = []
    at = paragraph = None
    begins = True
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        if row.get("level") != "5" or not (row.get("text") or "").strip():
            continue
        here = (row["block_num"], row["par_num"])
        line = (*here, row["line_num"])
        if line != at and words:
            yield TextLine(tuple(words), begins)
            words = []
        if line != at:
            begins, paragraph, at = here != paragraph, here, line
        left, top = int(row["left"]), int(row["top"])
        right, bottom = left + int(row["width"]), top + int(row["height"])
        words.append(Word(row["text"].strip(), left, top, right, bottom, float(row["conf"])))
    if words:
        yield TextLine(tuple(words), begins)


def _executable() -> str | None:
    return shutil.which("tesseract")


@cache
def _version(executable: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603 - as above
            [executable, "--version"], capture_output=True, timeout=20, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return "unknown"
    return (done.stdout or done.stderr).decode("utf-8", "replace").partition("\n")[0].strip()


def _keep(path: Path, table: str) -> None:
    """Write *table* whole or not at all; a cache that cannot be written is none."""
    with suppress(OSError):
        write_user_file(path, table)
