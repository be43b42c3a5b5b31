"""Context: the words put before a passage so that a model knows what it is part of."""

from __future__ import annotations

from docproc.passages.runs import BlockRun
from docproc.records import BlockKind, Document, PassageKind

LONGEST = 1_000
"""Characters of the line: no model reads more, and it stands before each passage of a document."""


class ContextLines:
    """The context lines of one document's passages."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self.line = _line(document)

    def of(self, run: BlockRun) -> str:
        """The line that goes before the words of *run*; may be empty."""
        if run.kind is PassageKind.NOTE:
            label = run.blocks[0].label
            name = f"Note {label}" if label else "Note"
            return f"{name} to {self.line}" if self.line else name
        if run.kind is PassageKind.BODY:
            return self.line
        about = self._about(run)
        line = self.line.rstrip(".")
        return f"{line}. {about}" if line else about

    def _about(self, run: BlockRun) -> str:
        """What a run of apparatus tells, in the words that a question would use."""
        kind = self._document.metadata.kind or "document"
        if run.place == "edition":
            return (
                "Edition: title of the published collection and the years it covers; "
                "its compilers and editors, who put it together"
            )
        if run.place == "register":
            return "From the register of the edition: who or what is named in it"
        about: list[str] = []
        kinds = {block.kind for block in run.blocks}
        if kinds & {BlockKind.HEADING, BlockKind.SALUTATION}:
            about.append(
                f"who wrote the {kind} and to whom it is addressed: sender, recipient, addressee"
            )
        if BlockKind.SIGNATURE in kinds:
            about.append(f"who signed the {kind}")
        if BlockKind.DATELINE in kinds:
            about.append(f"date: when the {kind} was written")
        if BlockKind.REFERENCE in kinds:
            about.append("archive where the original is kept, archival reference")
        if BlockKind.WITNESS in kinds:
            about.append(f"physical form of the {kind}: {self._witness()}")
        said = "; ".join(about)
        return said[:1].upper() + said[1:]

    def _witness(self) -> str:
        """The witness's values, with the words that people ask for them by."""
        witness = self._document.witness
        if witness is None:
            return "typed or handwritten, original or copy"
        values = (
            witness.technique and _ASKED.get(witness.technique, witness.technique),
            witness.status,
            witness.signature and f"{witness.signature} signature",
        )
        return ", ".join(value for value in values if value)


_ASKED = {
    "typewritten": "typed (typewritten), not handwritten",
    "handwritten": "handwritten (manuscript), not typed",
    "autograph": "autograph, handwritten by the author, not typed",
}


def _line(document: Document) -> str:
    """Title, who to whom unless the title says so, and the date as printed."""
    metadata = document.metadata
    title = metadata.title.text if metadata.title else ""
    pieces = [" ".join(title.split())]
    sender = metadata.sender.text if metadata.sender else ""
    recipient = metadata.recipient.text if metadata.recipient else ""
    if (sender and sender not in title) or (recipient and recipient not in title):
        who = f"{sender} to {recipient}" if recipient else sender
        pieces.append(" ".join(who.split()).strip() if sender else f"to {recipient}")
    if metadata.date and metadata.date.printed not in title:
        pieces.append(" ".join(metadata.date.printed.split()))
    line = ", ".join(piece for piece in pieces if piece)
    return line if len(line) <= LONGEST else line[:LONGEST].rpartition(" ")[0] or line[:LONGEST]
