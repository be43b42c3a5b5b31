"""The conformance class of observers."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any, ClassVar

import pytest

from docproc.errors import nearest
from docproc.hooks.extensions import (
    DocumentParsed,
    GenerationPublished,
    Observer,
    PassagesMade,
    QuestionAnswered,
    SourceFailed,
)
from docproc.records import Answer, Passage, PassageKind, Searched, Span, Verdict
from docproc.testing import samples
from docproc.testing.checks.import_cost import ImportingContract
from docproc.testing.contract import break_promise, check
from docproc.testing.contracts.citations import citations

_OBSERVER = "docproc.hooks.Observer"
EVENTS = (
    "document_parsed", "passages_made", "source_failed", "generation_published",
    "question_answered",
)  # fmt: skip


class ObserverContract(ImportingContract):
    """What every observer must do.  Give ``plugin``."""

    product: ClassVar[type] = Observer

    @pytest.fixture(autouse=True)
    def aside(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """What an observer writes beside itself goes into a temporary folder."""
        monkeypatch.chdir(tmp_path)

    @check(_OBSERVER)
    def test_it_is_told_of_something(self, plugin: Any) -> None:
        """An observer overrides what it wants to be told of."""
        own = [
            name for name in EVENTS if getattr(type(plugin), name) is not getattr(Observer, name)
        ]
        if not own:
            break_promise(f"it overrides none of {', '.join(EVENTS)}")

    @check(_OBSERVER)
    def test_what_it_overrides_is_called(self, plugin: Any) -> None:
        """What an observer overrides is called with one event, and has a name of an event."""
        for name, member in inspect.getmembers(type(plugin), inspect.isfunction):
            if name in EVENTS:
                try:
                    inspect.signature(member).bind(plugin, object())
                except TypeError as error:
                    break_promise(f"{name} cannot be called with an event: {error}")
            elif not name.startswith("_") and (close := nearest(name, EVENTS)):
                break_promise(f"nobody calls {name!r}{close}")

    @check(_OBSERVER)
    def test_it_bears_every_event(self, plugin: Any) -> None:
        """It is told of whatever happens, more than once and in any order, of documents and
        answers that know much and that know nothing.
        """
        for name, event in (*events(), *reversed(events())):
            getattr(plugin, name)(event)

    @check(_OBSERVER)
    def test_what_it_is_told_stays(self, plugin: Any) -> None:
        """What an observer gets is docproc's: it is not changed."""
        for (name, event), (_, kept) in zip(events(), events(), strict=True):
            getattr(plugin, name)(event)
            if event != kept:
                break_promise(f"the event of {name} is another afterwards")


def events() -> list[tuple[str, Any]]:
    """Events of every kind, each with the name of the method that is told of it."""
    searched = Searched("20250101T000000Z-00000000", 3, 40, 0.3)
    answer = Answer("Who?", Verdict.ANSWERED, citations(), searched)
    refusal = Answer("Why?", Verdict.NOT_FOUND, (), searched)
    found: list[tuple[str, Any]] = []
    for document in samples.documents():
        found.append(("document_parsed", DocumentParsed(document=document, parser="text")))
        end = len(document.text)
        passage = Passage(
            document.id, Span(0, end), document.text, PassageKind.BODY, "all", document.text, ""
        )
        made = (passage,) if document.text.strip() else ()
        found.append(("passages_made", PassagesMade(document=document, passages=made)))
    published = GenerationPublished(
        workspace=Path("workspace").resolve(), generation=searched.generation, parent=None,
        sources=3, documents=3, passages=40, failures=1, embedded=40,
    )  # fmt: skip
    return [
        *found,
        ("source_failed", SourceFailed(path="seeds/b.pdf", cause="it is encrypted")),
        ("generation_published", published),
        ("question_answered", QuestionAnswered(answer=answer, seconds=0.4)),
        ("question_answered", QuestionAnswered(answer=refusal, seconds=0.0)),
    ]
