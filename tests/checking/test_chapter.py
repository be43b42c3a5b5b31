"""The invented chapter of forty notes over its letters: every verdict is the one that was planned.

What it quotes of the letter in ``seeds/``, which is no part of the repository, is left out here.
"""

from __future__ import annotations

from pathlib import Path

from invented_archive import Archive
from word_file import as_docx

from docproc.checking.check import check_draft
from docproc.records import Block, BlockKind, Document, Metadata, SourceFile, Span, StatedDate
from docproc.references import find_dates, find_references
from docproc.stages.parse.office.docx.parser import make

FOLDER = Path(__file__).parent / "chapter"
WRONG = {
    "4": ["exact", "differs"],
    "6": ["differs"],
    "19": ["wrong reference"],
    "21": ["stitched"],
    "25": ["translated"],
    "27": ["differs"],
    "29": ["wrong reference"],
    "34": ["not found"],
    "37": ["wrong reference"],
    "39": ["a title"],
    "40": ["exact", "exact"],
}
REAL = {str(number) for number in range(10, 16)}
"""The notes to the letter in ``seeds/``."""


def letter(path: Path) -> Document:
    text = path.read_text("utf-8")
    end = text.rstrip().rindex("\n") + 1
    (reference,) = find_references(text, end)
    date = find_dates(text)[0]
    return Document(
        SourceFile(f"seeds/{path.name}", "text/plain", len(text), "0" * 64),
        text,
        blocks=(
            Block(BlockKind.PARAGRAPH, Span(0, end)),
            Block(BlockKind.REFERENCE, Span(end, len(text.rstrip()))),
        ),
        metadata=Metadata(dates=(StatedDate(date.printed, date.edtf, "dateline"),)),
        references=(reference,),
    )


def test_every_quotation_of_the_chapter_gets_the_verdict_that_it_was_written_for():
    data = as_docx((FOLDER / "chapter.md").read_text("utf-8"))
    (draft,) = make({}).parse(SourceFile("chapter.docx", "x/y", len(data), "0" * 64), data)
    letters = tuple(letter(path) for path in sorted((FOLDER / "letters").glob("*.txt")))
    got: dict[str, list[str]] = {}
    for found in check_draft([draft], Archive(letters)).findings:
        got.setdefault(found.quotation.note, []).append(found.held.value)
    planned = {str(number): ["exact"] for number in range(1, 41)} | WRONG
    assert {note: got[note] for note in planned if note not in REAL} == {
        note: verdicts for note, verdicts in planned.items() if note not in REAL
    }
