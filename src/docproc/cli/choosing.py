"""The options by which commands choose among the documents, and the choice."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

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
    typer.Option("--language", metavar="CODE", help="Only passages in it: en, ru, de, fr, …"),
]
WitnessOption = Annotated[
    str | None,
    typer.Option("--witness", help="Only documents so witnessed: typewritten, draft, certified, …"),
]
OutputOption = Annotated[
    Path | None,
    typer.Option(
        "--output", "-o", metavar="FILE", help="Draw it into FILE: .svg, .html, .png or .pdf."
    ),
]


def conditions(
    scope: str | None, earliest: str | None, latest: str | None, **others: str | None
) -> list[str]:
    """The conditions that options set, in the words of the chat's ``/scope``."""
    said = {"from": earliest, "to": latest, **others}
    return [scope or "", *(f"{name} {value}" for name, value in said.items() if value)]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The documents chosen, and the words of the choice, for a title; ``""`` for all."""

    rows: list[DocumentRow]
    words: str
    catalog: Catalog


def choose(
    workspace: Path | None,
    *,
    scope: str | None,
    earliest: str | None,
    latest: str | None,
    sender: str | None,
    recipient: str | None,
    kind: str | None,
    language: str | None,
    witness: str | None,
) -> Chosen:
    """The documents that meet every condition.  Raises ``UsageError`` as ``ask`` does."""
    from docproc.cli.opening import library_of

    words = conditions(
        scope, earliest, latest, sender=sender, recipient=recipient, language=language,
        witness=witness,
    )  # fmt: skip
    library = library_of(workspace)
    rows = library.documents(" ".join(words), kind=kind)
    said = " ".join([*words, *([f"kind {kind}"] if kind else [])]).strip()
    return Chosen(rows, said, library.room.holdings.catalog)
