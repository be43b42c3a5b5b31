"""What the pages share: the library, what is remembered of it, and who may enter."""

from __future__ import annotations

import gc
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from importlib import import_module
from threading import Lock, Thread
from typing import TYPE_CHECKING

from starlette.requests import Request

from docproc.dataclass_on_use import dataclass
from docproc.errors import DocprocError, UsageError
from docproc.library import pin, scope_of
from docproc.operations.application import NOTHING_HIDDEN
from docproc.records import Citation, Document, DocumentRow, DrawnPage, Scope, Span
from docproc.serving.service.conversations import AskedQuestions, Conversations
from docproc.serving.service.safety import Admission
from docproc.store.catalog import Catalog
from docproc.store.generations.open_catalog import catalog_at
from docproc.text.output import clip
from docproc.text.words import count_phrase

if TYPE_CHECKING:
    from docproc.chat.turn import Turn
    from docproc.hooks import CitationStyle
    from docproc.library import Library
    from docproc.retrieval.generation.open_generation import OpenGeneration

RENEW_EVERY = 1.0
"""Seconds after which it is looked whether something was published since."""
LOOK_EVERY = 60.0
"""Seconds for which what is said of stale sources holds."""
_PAGES_KEPT = 8
_LISTS_KEPT = 8


@dataclass(frozen=True, slots=True)
class About:
    """What every page says of the library."""

    generation: str
    counts: str
    span: str


class Service:
    """One library, served: to this machine's user, or shared."""

    def __init__(self, library: Library, entry: Admission, name: str = "") -> None:
        self.entry = entry
        self.name = clip(name, 60) or "docproc"
        self.lasting = False
        """Whether this process does nothing else until it ends."""
        self._library = library
        self._renewed = time.monotonic()
        self._lock = Lock()
        self._conversations = Conversations()
        self._about: tuple[str, About] | None = None
        self._staleness = _Staleness()
        self._drawn = lru_cache(_PAGES_KEPT)(self._draw)
        self._listed = lru_cache(_LISTS_KEPT)(self._list)
        self._warming = False
        self._styles: dict[str, CitationStyle] = {}

    @property
    def shared(self) -> bool:
        """Whether others read here too: nothing can be changed then."""
        return self.entry.shared

    @property
    def limit(self) -> int:
        """How many passages an answer holds, unless more are asked for."""
        return self._library.application.workspace.config.ask.limit

    def reading(self) -> Library:
        """The library as it is published now, to be read during one request."""
        with self._lock:
            if time.monotonic() - self._renewed > RENEW_EVERY:
                self._library.renew()
                self._renewed = time.monotonic()
            return pin(self._library)

    def warm_up(self) -> None:
        """Begin to open what questions need, once, beside what is served."""
        if not self._warming:
            self._warming = True
            Thread(target=self.warm, daemon=True, name="warming").start()

    def warm(self) -> None:
        """Open what questions need, so that the first of them waits for nothing; errors wait."""
        with suppress(DocprocError, OSError):
            self.reading().search("warming", limit=1)
            import_module("docproc.serving.pages.questions")
            import_module("docproc.chat.asking")
            if self.lasting:
                gc.collect()
                gc.freeze()  # what is open stays open: it need not be looked through again

    def converse(self, library: Library, asked: AskedQuestions) -> Sequence[Turn]:
        """The turns of a conversation."""
        every, few = asked.limit, replace(asked, limit=0)
        turns = self._conversations.turns(
            library.view, few, lambda each, before: _turn(library, each, before)
        )
        if not every or not turns[-1].answer.citations:
            return turns
        last, as_typed = turns[-1], len(asked.questions) in asked.typed
        answer = library.room.answering.ask(
            last.searched, limit=every, scope=last.within, every=True, as_typed=as_typed
        )
        return (*turns[:-1], replace(last, answer=answer))

    def cite(self, citations: Sequence[Citation], style: str) -> str:
        """*citations* in a style.  Raises ``UsageError`` for an unknown one."""
        if style not in self._styles:
            self._styles[style] = self._library.application.extensions.citation_style(style)
        return self._styles[style].render(citations)

    def rows(self, library: Library, scope: Scope, kind: str | None) -> Sequence[DocumentRow]:
        """The documents of a scope and a kind; the lists made last are remembered."""
        return self._listed(_Kept(library), scope, kind)

    def page_images(self, library: Library, document: Document, span: Span) -> Sequence[DrawnPage]:
        """The pages that a span touches, as images; those drawn last are remembered."""
        return self._drawn(_Kept(library), document.id, span)

    def about(self, library: Library | None) -> About:
        """The generation of *library*, or of the published one, which is not opened for that."""
        hides = self._library.application.hiding != NOTHING_HIDDEN
        if library is None and (hides or "room" in self._library.__dict__):
            library = self.reading()
        if library is not None:
            opened = library.room.opened
            view, id_, said = opened.view, opened.manifest.id, _counts(opened)
            if self._about is None or self._about[0] != view:
                self._about = view, About(id_, said, _span(opened.catalog))
            return self._about[1]
        published = self._library.application.generations.current()
        if published is None:
            return About("", "nothing is indexed yet", "")
        manifest = published.manifest
        if self._about is None or self._about[0] != manifest.id:
            said = _count_phrase(manifest.counts.documents, manifest.counts.passages)
            catalog = catalog_at(published.folder, manifest.shards)
            self._about = manifest.id, About(manifest.id, said, _span(catalog))
        return self._about[1]

    def notice(self, library: Library | None) -> str:
        """What is stale, in one line; it is looked into in the background."""
        return self._staleness.of(library) if library is not None else ""

    @staticmethod
    def _draw(kept: _Kept, document_id: str, span: Span) -> Sequence[DrawnPage]:
        return kept.library.around.page_images(kept.library.room.lookup.document(document_id), span)

    @staticmethod
    def _list(kept: _Kept, scope: Scope, kind: str | None) -> Sequence[DocumentRow]:
        return tuple(kept.library.documents(scope, kind=kind))


@dataclass(frozen=True, eq=False)
class _Kept:
    """A library as part of a key: the same where its generation is, and what is hidden of it."""

    library: Library

    def __hash__(self) -> int:
        return hash(self.library.view)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Kept) and other.library.view == self.library.view


class _Staleness:
    """Looks now and then, beside the requests, whether sources have changed."""

    def __init__(self) -> None:
        self._said = ("", "")
        self._looked = 0.0
        self._looking = Lock()

    def of(self, library: Library) -> str:
        due = self._said[0] != library.generation or time.monotonic() - self._looked > LOOK_EVERY
        if due and self._looking.acquire(blocking=False):
            Thread(target=self._look, args=(library,), daemon=True, name="staleness").start()
        generation, said = self._said
        return said if generation == library.generation else ""

    def _look(self, library: Library) -> None:
        from docproc.operations.sources.changes import find_change_notice

        try:
            application = library.application
            generation = application.generations.current()
            if generation is not None:
                said = find_change_notice(application.workspace, generation) or ""
                self._said = (generation.id, clip(said, 400))
        except (DocprocError, OSError) as error:
            self._said = (library.generation, clip(str(error), 400))
        finally:
            self._looked = time.monotonic()
            self._looking.release()


def service_of(request: Request) -> Service:
    """The service that a request is put to."""
    service: Service = request.app.state.service
    return service


def message_of(request: Request, error: DocprocError) -> str:
    """What *error* says; to others only what they did wrong, for its path is none of theirs."""
    if service_of(request).shared and not isinstance(error, UsageError):
        return "This cannot be shown now; who shares this room finds out why in the terminal."
    return str(error)


def library_of(request: Request) -> Library:
    """The library, the same during one request.  Raises ``ConfigError`` if nothing is published."""
    library: Library | None = getattr(request.state, "library", None)
    if library is None:
        library = request.state.library = service_of(request).reading()
    return library


def _turn(library: Library, asked: AskedQuestions, before: Sequence[Turn]) -> Turn:
    """The turn of the last question of *asked*, after the turns *before* it."""
    from docproc.chat.turn import ask_as_typed

    question, number = asked.questions[-1], len(asked.questions)
    scope = scope_of(library.application, asked.scope)
    if number in asked.typed:
        limit = library.application.workspace.config.ask.limit
        return ask_as_typed(library.room, question, scope, limit, plain=True)
    session = library.conversation(scope)
    session.turns = list(before)
    session.ask(question)
    return session.turns[-1]


def _counts(opened: OpenGeneration) -> str:
    """What readers are shown, and what is withheld from them."""
    said = _count_phrase(opened.shown_documents, opened.shown_passages)
    return "; ".join((said, *opened.withheld))


def _count_phrase(documents: int, passages: int) -> str:
    return f"{count_phrase(documents, 'document')}, {count_phrase(passages, 'passage')}"


def _span(catalog: Catalog) -> str:
    """``"1616 to 1921"``: the years that the documents are dated within; ``""`` for none."""
    days = catalog.first_days
    known = days[(days > 0) & (days < 10**9)]
    if not len(known):
        return ""
    first, last = (f"{int(day) // 10000}" for day in (known.min(), known.max()))
    return first if first == last else f"{first} to {last}"
