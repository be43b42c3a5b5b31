"""The pictures of ``docs/checking.md``: the invented chapter checked, as a page and in Word.

``python docs/pictures_of_checking.py [SEEDS]`` makes ``checking-page.png`` with Chromium and
``checking-word.png`` with LibreOffice, both of which have to be there.  The letters are those of
``tests/checking/chapter``, and what is in SEEDS.  Beside the page that LibreOffice sets stand the
comments that its PDF holds, at the height of their places.
"""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path

DOCS = Path(__file__).parent
_PDF = 'pdf:writer_pdf_Export:{"ExportNotes":{"type":"boolean","value":"true"}}'
CHAPTER = DOCS.parent / "tests" / "checking" / "chapter"
sys.path.insert(0, str(DOCS.parent / "tests" / "support"))


def main() -> None:
    """Make both pictures."""
    from word_file import as_docx

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        seeds = folder / "seeds"
        seeds.mkdir()
        for given in (CHAPTER / "letters", *map(Path, sys.argv[1:])):
            for path in given.glob("*.txt"):
                shutil.copy(path, seeds)
        docproc = [sys.executable, "-m", "docproc"]
        _run(*docproc, "init", cwd=folder)
        _run(*docproc, "index", cwd=folder)
        draft = folder / "chapter.docx"
        draft.write_bytes(as_docx((CHAPTER / "chapter.md").read_text("utf-8")))
        page, commented = folder / "page.html", folder / "commented.docx"
        _run(*docproc, "check", draft.name, "--html", page.name, "--docx", commented.name,
             cwd=folder, code=1)  # fmt: skip
        _page(page, DOCS / "checking-page.png")
        _run("soffice", "--headless", "--convert-to", _PDF, commented.name, cwd=folder)
        _word(folder / "commented.pdf", DOCS / "checking-word.png")


def _run(*command: str, cwd: Path, code: int = 0) -> None:
    done = subprocess.run(command, cwd=cwd, check=False, capture_output=True)
    if done.returncode != code:
        raise SystemExit(f"{command}: {done.returncode}\n{done.stderr.decode()}")


def _page(page: Path, picture: Path) -> None:
    browser = shutil.which("chromium") or shutil.which("google-chrome") or "chromium"
    shot = page.with_suffix(".png")
    _run(browser, "--headless", "--no-sandbox", "--disable-gpu", f"--screenshot={shot}",
         "--hide-scrollbars", "--window-size=1000,1120", page.as_uri(),
         cwd=page.parent)  # fmt: skip
    from PIL import Image

    _save(Image.open(shot).convert("RGB").resize((750, 840), Image.Resampling.LANCZOS), picture)


def _word(pdf: Path, picture: Path, number: int = 1, scale: float = 1.1) -> None:
    """A page of *pdf* with its comments beside it."""
    import pypdfium2
    import pypdfium2.raw as raw
    from PIL import Image, ImageDraw, ImageFont

    page = pypdfium2.PdfDocument(pdf)[number]
    drawn = page.render(scale=scale, may_draw_forms=False, draw_annots=False).to_pil()
    wide = Image.new("RGB", (drawn.width + 330, drawn.height), "white")
    wide.paste(drawn, (0, 0))
    pen, font = ImageDraw.Draw(wide), ImageFont.truetype("DejaVuSans.ttf", 10)
    pen.rectangle((drawn.width - 20, 0, wide.width, wide.height), fill="#f4f1ea")
    notes = []
    for place in range(raw.FPDFPage_GetAnnotCount(page)):
        note, box = raw.FPDFPage_GetAnnot(page, place), raw.FS_RECTF()
        raw.FPDFAnnot_GetRect(note, box)
        if raw.FPDFAnnot_GetSubtype(note) == raw.FPDF_ANNOT_TEXT:
            notes.append(((page.get_height() - box.top) * scale, _contents(raw, note)))
    low, left = 8.0, drawn.width - 8
    for top, told in sorted(notes):
        wrapped = (line for each in told.splitlines() for line in textwrap.wrap(each, 50))
        lines = list(wrapped)[:8]
        low, height = max(low, top), 15 * len(lines) + 8
        pen.line((left - 14, top + 9, left, low + 9), fill="#b9a26a", width=2)
        pen.rectangle((left, low, wide.width - 8, low + height), fill="#fff7d6", outline="#d8c27a")
        words = "\n".join(lines)
        pen.multiline_text((left + 6, low + 3), words, fill="black", font=font, spacing=3)
        low += height + 6
    _save(wide, picture)


def _contents(raw: object, note: object) -> str:
    read = raw.FPDFAnnot_GetStringValue  # type: ignore[attr-defined]
    size = read(note, b"Contents", None, 0)
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    read(note, b"Contents", buffer, size)
    return bytes(buffer)[: max(0, size - 2)].decode("utf-16-le").strip()


def _save(picture: object, path: Path) -> None:
    picture.quantize(64).save(path, optimize=True)  # type: ignore[attr-defined]
    print(f"{path.name}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
