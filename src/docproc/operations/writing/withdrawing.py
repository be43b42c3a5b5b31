"""Withdrawing documents, and showing them again."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from docproc.errors import UsageError
from docproc.records import Document
from docproc.store.hidden import Withdrawal

if TYPE_CHECKING:
    from docproc.operations.application import Application


def withdraw(application: Application, document: Document, why: str) -> Withdrawal:
    """Withdraw *document* from the next question on.  Raises ``UsageError`` without a reason."""
    if not why.strip():
        raise UsageError("say why it is withdrawn: --why 'request of the depositor, 3 May'")
    title = document.metadata.title
    withdrawal = Withdrawal(
        document=document.id,
        source=document.source.path,
        member=document.member,
        title=title.text if title else "",
        when=datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        why=" ".join(why.split()),
    )
    application.withdrawals.add(withdrawal)
    return withdrawal


def restore(application: Application, name: str) -> tuple[Withdrawal, ...]:
    """Show again the source or document that *name* means.  Raises ``UsageError`` for none."""
    withdrawals = application.withdrawals
    listed = withdrawals.read()
    found = tuple(
        each
        for each in listed
        if name in (each.source, each.source.rsplit("/", 1)[-1], f"{each.source}/{each.member}")
        or (len(name) >= 4 and each.document.startswith(name.lower()))
    )
    if not found:
        there = "; ".join(map(str, listed)) or "nothing"
        raise UsageError(f"nothing that is withdrawn is called {name!r}; withdrawn is: {there}")
    withdrawals.remove([each.document for each in found])
    return found
