"""Letters invented for these tests, as a catalog, and drafts that quote them."""

from __future__ import annotations

from types import SimpleNamespace

from docproc.checking.check import CheckedDraft, check_draft
from docproc.records import (
    ArchivalReference,
    Block,
    BlockKind,
    Document,
    Mention,
    Metadata,
    Page,
    SourceFile,
    Span,
    StatedDate,
)
from docproc.references import parse_reference

QUAY = (
    "The quay at Sloka was closed on Tuesday, and no barge has been unloaded since then. "
    "The harbour master will pay the pilots in silver, but only if the ice has gone by Easter. "
    "I was not told who had ordered the two hundred barrels of lamp oil for the garrison."
)
MILL = (
    "The mill on the upper river has stood idle for nine weeks, and the millers ask for bread. "
    "Nobody in the village believes that the new commissar will keep his word about the flour."
)
RUSSIAN = (
    "Ещё вчера я просил прислать двести пудов муки, однако обоз до сих пор не пришёл. "
    "Командир полка считает, что дороги будут закрыты до весны."
)


def letter(name: str, text: str, reference: str, date: str = "", pages: int = 0) -> Document:
    found: ArchivalReference | None = parse_reference(reference)
    assert found is not None, reference
    dates = (StatedDate(date, date, "metadata"),) if date else ()
    half = len(text) // 2
    leaves = (Page("57", Span(0, half)), Page("58", Span(half, len(text)))) if pages else ()
    return Document(
        SourceFile(f"seeds/{name}", "text/plain", len(text), "0" * 64),
        text,
        blocks=(Block(BlockKind.PARAGRAPH, Span(0, len(text))),),
        metadata=Metadata(title=Mention(name), dates=dates),
        references=(found,),
        pages=leaves,
    )


LETTERS = (
    letter("quay.txt", QUAY, "RGASPI. F. 558. Op. 2. D. 51. L. 1.", "1921-11-02", pages=2),
    letter("mill.txt", MILL, "RGASPI. F. 17. Op. 84. D. 12. L. 3.", "1920-05-04"),
    letter("russian.txt", RUSSIAN, "РГАСПИ. Ф. 5. Оп. 1. Д. 7. Л. 9.", "1919-01-20"),
)


class Archive:
    """What checking asks of a catalog."""

    def __init__(self, documents: tuple[Document, ...] = LETTERS) -> None:
        self._documents = {each.id: each for each in documents}

    def documents(self) -> list[SimpleNamespace]:
        return [
            SimpleNamespace(id=each.id, reference=each.references and each.references[0].printed)
            for each in self._documents.values()
        ]

    def document(self, identity: str) -> Document:
        return self._documents[identity]


def draft(body: str, *notes: str) -> Document:
    """A draft of one paragraph; ``[^1]`` in *body* is the mark of the first of *notes*."""
    blocks, text, anchors = [], "", {}
    for number in range(1, len(notes) + 1):
        before, mark, body = body.partition(f"[^{number}]")
        text += before
        if mark:
            anchors[number] = Span(len(text), len(text) + 1)
            text += str(number)
    text += body
    blocks.append(Block(BlockKind.PARAGRAPH, Span(0, len(text))))
    for number, note in enumerate(notes, 1):
        text += "\n"
        span = Span(len(text), len(text) + len(note))
        text += note
        blocks.append(Block(BlockKind.NOTE, span, str(number), anchors.get(number)))
    return Document(
        SourceFile("chapter.md", "text/markdown", len(text), "1" * 64), text, blocks=tuple(blocks)
    )


def check(body: str, *notes: str) -> CheckedDraft:
    return check_draft([draft(body, *notes)], Archive())


def only(body: str, *notes: str):
    (found,) = check(body, *notes).findings
    return found
