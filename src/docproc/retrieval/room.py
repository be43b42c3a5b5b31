"""The reading room: one published generation, opened for questions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import numpy as np

from docproc.errors import UsageError, nearest
from docproc.questions import Field
from docproc.questions.cleaning import without_controls
from docproc.records import (
    Answer,
    Citation,
    CitationId,
    Document,
    DocumentRow,
    NotRead,
    Passage,
    PassageKind,
    Scope,
    Searched,
    Span,
    Verdict,
)
from docproc.retrieval.answer_kind import holds_kind, wanted_kind
from docproc.retrieval.by_reference import (
    Asked,
    Referred,
    in_order,
    known_there,
    nearest_rows,
    rows_of,
    understand,
)
from docproc.retrieval.described import stating
from docproc.retrieval.evaluation import Ranked
from docproc.retrieval.explain import (
    behind,
    generation_line,
    in_words,
    makers,
    model_line,
)
from docproc.retrieval.open_generation import OpenGeneration
from docproc.retrieval.outcome import Outcome, QuestionReader
from docproc.retrieval.quoting import BEYOND, Quoter
from docproc.retrieval.search import Search, Searcher
from docproc.retrieval.signals import NOTHING, Preferences, Preferred
from docproc.retrieval.weights import WEIGHTS
from docproc.store.catalog import IN_PART, not_read
from docproc.store.manifest import PluginUse
from docproc.verification.cite import Verifier
from docproc.verification.stable_names import Resolution, cited, resolve

if TYPE_CHECKING:
    from docproc.references import FindsReferences

EVERYTHING = Scope()
NAMED = 5
"""How many documents a message names where one name means several."""


class ReadingRoom:
    """Answers questions from one generation; what it opened stays as it was published.

    ``generation`` is the id of the generation; *notice* tells what is stale when it is asked;
    ``grammars`` are those of plugins, by which references in questions are read as well, and
    *preferences* their signals, which order what may answer.
    """

    def __init__(
        self,
        holdings: OpenGeneration,
        verifier: Callable[[], Verifier],
        notice: Callable[[], str | None] = lambda: None,
        grammars: Sequence[FindsReferences] = (),
        preferences: Preferences | None = None,
    ) -> None:
        self.holdings = holdings
        self.generation = holdings.manifest.id
        self._notice = notice
        self.grammars = grammars
        self._verifier = verifier
        self._preferences = preferences or Preferences()
        self._searcher = Searcher(holdings)
        self._reader = QuestionReader(holdings, self._searcher)
        self._quoter = Quoter(holdings, self._searcher, verifier)

    @property
    def notice(self) -> str | None:
        """One line on what is stale, ``None`` if nothing is; waits for anyone who looks into it."""
        return self._notice()

    def ask(
        self,
        question: str,
        *,
        limit: int,
        scope: Scope = EVERYTHING,
        every: bool = False,
        as_typed: bool = False,
    ) -> Answer:
        """Answer *question* from the passages within *scope*, with at most *limit* citations.

        Passages whose score is below the generation's floor are never an answer; when there
        are none above it, the verdict is ``not_found`` and the nearest are given as such.
        Those far behind the best one are left out as well, unless *every* one is asked for.

        What the question says of the documents that answer (their dates, correspondents, words
        in quotation marks) narrows the search; *as_typed* leaves its words as they are.  All
        documents, or their number, are answered with the complete list, whatever *limit* is.

        A question that is an archival reference is answered with what is kept there, each
        document's beginning first; one that holds a reference is searched within it.
        """
        self.known_there(scope)
        outcome, asked = self._outcome(question, scope, as_typed=as_typed)
        found, best = outcome.found, outcome.best
        beside, above = _groups(found, best)
        found, preferred = self._prefer(found, beside, above)
        outcome = replace(outcome, found=found)
        among = above if every or outcome.total is not None else beside
        limit = len(found.rows) if outcome.total is not None else limit
        answering = min(limit, among)
        count = answering or min(WEIGHTS.nearest, len(found.rows))
        citations = self._quoter.cite(
            outcome, count, preferred, among=min(among, answering + BEYOND)
        )
        answered = answering > 0
        searched = Searched(
            generation=self.generation,
            documents=found.documents,
            passages=found.passages,
            floor=round(found.floor, 4),
            best=round(max(best, 0.0), 4),
            scope=_printed(asked, outcome.scope),
            words=() if isinstance(found, Referred) else found.words.words,
            not_read=NotRead() if answered else self.not_read(),
        )
        return Answer(
            question=question,
            verdict=Verdict.ANSWERED if answered else Verdict.NOT_FOUND,
            citations=citations if answered else (),
            searched=searched,
            nearest=() if answered else citations,
            understood=outcome.conditions,
            remarks=outcome.remarks,
            total=outcome.total if answered else None,
        )

    def known_there(self, scope: Scope) -> Scope:
        """*scope* itself; raises ``UsageError`` where no document can be within its reference."""
        return known_there(scope, self.holdings.catalog)

    def not_read(self) -> NotRead:
        """What of the sources could not be read."""
        return not_read(self.holdings.catalog.failures().values())

    def unread_of(self, path: str) -> str | None:
        """Which parts of the source at *path* could not be read, and why; ``None``: none."""
        failure = self.holdings.catalog.failures().get(path)
        return failure.cause.removeprefix(IN_PART) if failure and failure.in_part else None

    def search(
        self, question: str, *, limit: int, scope: Scope = EVERYTHING
    ) -> tuple[Citation, ...]:
        """The *limit* best passages within *scope*, best first, without a verdict."""
        outcome, _ = self._outcome(question, scope)
        return self._quoter.cite(outcome, min(limit, len(outcome.found.rows)))

    def trial(self, question: str) -> tuple[list[Ranked], float, bool]:
        """The ranking, the best score and the verdict, for ``docproc eval``."""
        outcome, _ = self._outcome(question, EVERYTHING)
        best_score = outcome.best
        found, _ = self._prefer(outcome.found, *_groups(outcome.found, best_score))
        outcome = replace(outcome, found=found)
        passages = self.holdings.catalog.passages(int(row) for row in found.rows[: WEIGHTS.ranked])
        of: dict[str, DocumentRow] = self.holdings.catalog.document_rows(
            {passage.document_id for passage in passages}
        )
        ranked = []
        for number, passage in enumerate(passages):
            highlight = self._quoter.best_sentence(outcome, passage) if number == 0 else ""
            row = of[passage.document_id]
            ranked.append(Ranked(row.source, passage.text, highlight, row.member))
        return ranked, best_score, outcome.answered

    def document(self, document_id: str) -> Document:
        """The document of that id; raises ``KeyError``."""
        return self.holdings.catalog.document(document_id)

    def passages(self, document_id: str) -> Sequence[Passage]:
        """The passages of a document, in the order of its text."""
        return self.holdings.catalog.passages_of(document_id)

    def find(self, name: str) -> Passage | Document:
        """The passage or document whose id begins with *name*, or whose source file is called so.

        Raises ``UsageError`` when there is none or more than one.
        """
        catalog = self.holdings.catalog
        name = name.removeprefix("./")
        documents = catalog.documents_of(name)
        if len(documents) > 1:
            documents = self._whole(name, documents)
        rows: list[int] = []
        if not documents and len(name) >= 4:
            documents = catalog.documents_starting(name.lower())
            rows = catalog.rows_starting(name.lower())
        if len(documents) + len(rows) > 1:
            raise UsageError(
                f"{name!r} means {len(documents)} documents and {len(rows)} passages; "
                "give more of it"
            )
        if documents:
            return catalog.document(documents[0])
        if rows:
            return catalog.passages(rows)[0]
        every = list(catalog.documents())
        named = [row.id for row in every if PurePosixPath(row.source).stem == name]
        named = named or [row.id for row in every if _row_called(row, name)]
        if named:
            return catalog.document((self._whole(name, named) if len(named) > 1 else named)[0])
        known = [row.source.rsplit("/", 1)[-1] for row in every]
        raise UsageError(f"no document and no passage is called {name!r}{nearest(name, known)}")

    def _whole(self, name: str, documents: list[str]) -> list[str]:
        """Of several *documents* called *name*, that which is no part of its source.

        Such is a message beside what is attached to it.  Raises ``UsageError`` naming them where
        there is none, or more than one.
        """
        found = [self.document(each) for each in documents[:NAMED]]
        whole = [each.id for each in found if not each.member]
        if len(whole) == 1 and len({each.source.path for each in found}) == 1:
            return whole
        names = [f"{each.source.path}/{each.member}".rstrip("/") for each in found]
        more = f" and {len(documents) - NAMED:,} more" if len(documents) > NAMED else ""
        raise UsageError(
            f"{name!r} means {len(documents):,} documents: {', '.join(names)}{more}; name one so, "
            "or by its id (`docproc documents --json`)"
        )

    def resolve(self, name: CitationId) -> Resolution:
        """What a stable *name* names, where it stands now, or why it is broken."""
        return resolve(name, self.holdings.catalog, self._verifier())

    def cited(self, found: Passage | Document) -> Citation:
        """The citation of a passage; of a document, that of its beginning."""
        document = self.document(found.document_id) if isinstance(found, Passage) else found
        passages = self.passages(document.id)
        if isinstance(found, Document) and not passages:
            raise UsageError(f"{document.source.path} has no passage that could be cited")
        span = found.span if isinstance(found, Passage) else _beginning(passages).span
        return cited(document, span, passages, self._verifier())

    def cited_at(self, document: Document, span: Span) -> Citation:
        """The citation of a *span* of a document.  Raises ``ValueError`` where no passage is."""
        return cited(document, span, self.passages(document.id), self._verifier())

    def dated(self, question: str, citation: Citation) -> Citation | None:
        """Where the document of *citation* states its date, if *question* asks for a date.

        ``None`` where it does not, where the quotation says one itself, and where the document
        states none.
        """
        date = citation.metadata.date
        if date is None or date.span is None or wanted_kind(question) != "date":
            return None
        if holds_kind("date", citation.quote):
            return None
        for passage in self.passages(citation.document_id):
            if passage.span.contains(date.span):
                stated = date.span.shift(-passage.span.start)
                why = (("document's date", 1.0),)
                return replace(self.cited(passage), highlights=(stated,), why=why)
        return None

    def placed(self, citation: Citation) -> Citation | None:
        """Where the document of *citation* states the place it was written at, if it does."""
        row = self.holdings.catalog.rows_of(citation.document_id)[0]
        number = int(self.holdings.document_of(np.array([row]))[0])
        found = stating(self.holdings, [number], Field.PLACE)
        if not len(found.rows):
            return None
        why = (("document's place", 1.0),)
        (stated,) = self._quoter.cite(Outcome(found, EVERYTHING), 1)
        return replace(stated, why=why)

    def recheck(self, citation: Citation) -> Citation:
        """*citation* held again against its source's bytes, as they are now."""
        try:
            document = self.document(citation.document_id)
        except KeyError:
            verified, words = False, "its document is no longer in the index"
        else:
            verified, words = self._verifier().check(document, citation.span, citation.quote)
        return replace(citation, verified=verified, verification=words)

    def behind(self, citation: Citation | None = None) -> Sequence[tuple[str, str]]:
        """What took part in answering: each stage with its plugins and their versions.

        With *citation*, those that made it, with their settings.
        """
        manifest = self.holdings.manifest
        if citation is None:
            return behind(manifest, self._signals)
        made = in_words(self.makers(citation))
        return (*made, model_line(manifest), generation_line(manifest))

    def makers(self, citation: Citation) -> Sequence[tuple[str, PluginUse]]:
        """Which plugin, in which version, with which settings, made what of *citation*."""
        read_by = self.holdings.catalog.read_by(citation.source.path)
        manifest = self.holdings.manifest
        return makers(manifest, read_by, self._grammar(citation), self._signals)

    @property
    def _signals(self) -> list[PluginUse]:
        return [plugged.use for plugged in self._preferences.plugged]

    def _grammar(self, citation: Citation) -> PluginUse | None:
        """What read the reference of *citation*: a plugin's grammar, or docproc's own."""
        if citation.reference is None:
            return None
        scheme, manifest = citation.reference.scheme, self.holdings.manifest
        plugins = {getattr(g, "name", "") for g in self.grammars if g.scheme == scheme}
        for use in manifest.recipe.references:
            if use.name in plugins:
                return use
        return PluginUse(scheme, manifest.docproc, "docproc")

    def words(self) -> Sequence[str]:
        """Names and titles of the corpus, for completion."""
        seen: dict[str, None] = {}
        for row in self.holdings.catalog.documents():
            for text in (row.sender, row.recipient, row.title):
                if text:
                    seen.setdefault(text)
        return list(seen)

    def _outcome(
        self, question: str, scope: Scope, *, as_typed: bool = False
    ) -> tuple[Outcome, Asked]:
        """What *question* finds within *scope*, and the references that it names."""
        question = without_controls(question)
        parsed = None if as_typed else self._reader.parse(question)
        words = parsed.text if parsed else question
        asked = understand(words, self.grammars, self.holdings.catalog.is_printed)
        if parsed is None or asked.references:
            return Outcome(self._find(asked, scope), scope), asked
        return self._reader.outcome(parsed, scope), asked

    def _find(self, asked: Asked, scope: Scope) -> Search | Referred:
        if not asked.references:
            return self._searcher.search(asked.words, scope)
        rows = rows_of(self.holdings, asked, scope)
        if not len(rows):
            return nearest_rows(self.holdings, asked, scope)
        if asked.words:
            return self._searcher.search(asked.words, scope, within=rows)
        return in_order(self.holdings, rows)

    def _prefer(
        self, found: Search | Referred, beside: int, above: int
    ) -> tuple[Search | Referred, Preferred]:
        """*found* as the signals of plugins order it: what is shown first, then what is above."""
        if isinstance(found, Referred):  # it stands in the order of the reference
            return found, NOTHING
        return self._preferences.order(found, (beside, above - beside), self.holdings)


def _row_called(row: DocumentRow, name: str) -> bool:
    """Whether *name* is a row's file and its code alone, without the column that names it."""
    source, _, code = name.rpartition("/")
    here = row.source == source or row.source.endswith(f"/{source}")
    return bool(source and code) and here and row.member.endswith(f" {code}")


def _groups(found: Search | Referred, best: float) -> tuple[int, int]:
    """How many passages are shown beside the *best*, and how many are above the floor."""
    if best < found.floor:
        return 0, 0
    beside = int((found.scores >= max(found.floor, WEIGHTS.shown_beside * best)).sum())
    return beside, int((found.scores >= found.floor).sum())


def _beginning(passages: Sequence[Passage]) -> Passage:
    body = (passage for passage in passages if passage.kind is PassageKind.BODY)
    return next(body, passages[0])


def _printed(asked: Asked, scope: Scope) -> str | None:
    """Where was searched, in the words of who asked; ``None`` for everywhere."""
    where = [] if scope.everything else [scope.printed or "as asked"]
    return ", ".join([*where, *filter(None, [asked.printed])]) or None
