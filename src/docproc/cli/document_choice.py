"""The options by which commands choose among the documents, and the choice."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from docproc.dataclass_on_use import dataclass

if TYPE_CHECKING:
    from docproc.records import DocumentRow
    from docproc.store.catalog import Catalog

ScopeOption = Annotated[
    str | None,
    typer.Option("--scope", help="A reference ('F. 558 Op. 2'), or words as in the chat's /scope."),
]
FromOption = Annotated[
    str | None, typer.Option("--from", metavar="DATE", help="No document before this date.")
]
ToOption = Annotated[
    str | None, typer.Option("--to", metavar="DATE", help="No document after this date.")
]
SenderOption = Annotated[str | None, typer.Option("--sender", help="Part of the sender's name.")]
RecipientOption = Annotated[
    str | None, typer.Option("--recipient", help="Part of the recipient's name.")
]
KindOption = Annotated[
    str | None, typer.Option("--kind", help="Only documents of this kind: letter, telegram, …")
]
LanguageOption = Annotated[
    str | None,
    typer.Option(
        "--language", metavar="CODE", help="Only passages in this language: en, ru, de, fr, …"
    ),
]
WitnessOption = Annotated[
    str | None,
    typer.Option(
        "--witness", help="Only documents with this witness: typewritten, draft, certified, …"
    ),
]
OutputOption = Annotated[
    Path | None,
    typer.Option(
        "--output", "-o", metavar="FILE", help="Draw it into FILE: .svg, .html, .png or .pdf."
    ),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentConditions:
    """The options that narrow what is searched or listed."""

    scope: ScopeOption = None
    earliest: FromOption = None
    latest: ToOption = None
    sender: SenderOption = None
    recipient: RecipientOption = None
    language: LanguageOption = None
    witness: WitnessOption = None

    @property
    def words(self) -> str:
        """The conditions that are set, in the words of the chat's ``/scope``; ``""`` for none."""
        said = {"from": self.earliest, "to": self.latest, "sender": self.sender}
        said |= {"recipient": self.recipient, "language": self.language, "witness": self.witness}
        words = [self.scope or "", *(f"{name} {value}" for name, value in said.items() if value)]
        return " ".join(words).strip()


@dataclass(frozen=True, slots=True)
class ChosenDocuments:
    """The documents chosen, and the words of the choice, for a title; ``""`` for all."""

    rows: list[DocumentRow]
    words: str
    catalog: Catalog


def choose_documents(
    workspace: Path | None, conditions: DocumentConditions, kind: str | None
) -> ChosenDocuments:
    """The documents that meet every condition.  Raises ``UsageError`` as ``ask`` does."""
    from docproc.cli.open_library import library_of

    library = library_of(workspace)
    rows = library.documents(conditions.words, kind=kind)
    said = " ".join([conditions.words, *([f"kind {kind}"] if kind else [])]).strip()
    return ChosenDocuments(rows, said, library.room.opened.catalog)
