"""The conformance class of vetoes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

import pytest

from docproc.dataclass_on_use import dataclass
from docproc.hooks.extensions import GenerationDrafted, Holdings, Veto
from docproc.records import DocumentRow
from docproc.testing.checks.purity import PureContract, Work
from docproc.testing.contract import break_promise, check
from docproc.testing.processes import tasks

_OBJECTION = "docproc.hooks.Veto.objection"


class VetoContract(PureContract):
    """What every veto must do.  Give ``plugin``; a ``refused`` draft that it objects to."""

    product: ClassVar[type] = Veto

    @pytest.fixture
    def drafts(self) -> Sequence[GenerationDrafted]:
        """Drafts of several kinds: the first generation, one that grows, one that is empty."""
        return drafts()

    @pytest.fixture
    def refused(self) -> GenerationDrafted | None:
        """A draft that it must object to.  Override it."""
        return None

    @pytest.fixture
    def work(self, drafts: Sequence[GenerationDrafted]) -> Work:
        """It is watched while it looks at the drafts."""
        return tasks.object_to_each, (list(drafts),)

    @check(_OBJECTION)
    def test_an_objection_has_words(self, plugin: Any, drafts: Sequence[GenerationDrafted]) -> None:
        """Why the draft must not be published, in words; ``None`` if it may be: of a first
        generation too, of an empty one, and of one that is as the last.
        """
        for draft in drafts:
            said = plugin.objection(draft)
            if said is not None and (not isinstance(said, str) or not said.strip()):
                break_promise(f"it says {said!r}")

    @check(_OBJECTION)
    def test_it_does_not_object_to_everything(
        self, plugin: Any, drafts: Sequence[GenerationDrafted]
    ) -> None:
        """``None`` where the draft may be published: an objection to every one stops all runs."""
        if all(plugin.objection(draft) for draft in drafts):
            break_promise(f"it objects to each of {len(drafts)} drafts")

    @check(_OBJECTION)
    def test_it_objects_to_what_it_is_for(
        self, plugin: Any, refused: GenerationDrafted | None
    ) -> None:
        """A veto objects to what it is made for."""
        if refused is None:
            pytest.skip("no draft is given that it objects to: override `refused`")
        if not plugin.objection(refused):
            break_promise("it does not object")


@dataclass(frozen=True, slots=True)
class MadeUpRows:
    """Gives the rows of invented documents."""

    count: int

    def __call__(self) -> Iterable[DocumentRow]:
        for number in range(self.count):
            yield DocumentRow(
                id=f"{number:064x}", source=f"seeds/{number}.txt", member="", title=None,
                sender=None, recipient=None, place=None, date="1921" if number % 2 else None,
                date_printed=None, kind=None, language="en", reference=None, characters=900,
                first_row=number * 4, passages=4,
            )  # fmt: skip


def drafts() -> tuple[GenerationDrafted, ...]:
    """The first generation, one as the last, one that grows, one that shrinks, an empty one."""
    some = Holdings(sources=10, documents=10, passages=40, failures=1)
    first = GenerationDrafted(
        workspace=Path("workspace"), now=some, before=None, rows=MadeUpRows(some.documents)
    )
    few = replace(some, sources=2, documents=2, passages=8, failures=9)
    many = replace(some, sources=20, documents=20, passages=80)
    return (
        first,
        replace(first, before=some),
        replace(first, before=some, now=many, rows=MadeUpRows(20)),
        replace(first, before=some, now=few, rows=MadeUpRows(2)),
        replace(first, before=some, now=Holdings(), rows=MadeUpRows(0)),
        replace(first, now=Holdings(), rows=MadeUpRows(0)),
    )
