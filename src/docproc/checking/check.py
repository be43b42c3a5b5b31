"""Check a draft: its quotations found, looked for in the archive, and judged one by one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from docproc.checking.alignment import Source, without_remarks
from docproc.checking.candidates import Candidates
from docproc.checking.claims import is_repeated, references_in
from docproc.checking.findings import Finding, Held
from docproc.checking.quotations import Quotation, paragraphs, quotations
from docproc.checking.verdicts import judge
from docproc.records import ArchivalReference, Document
from docproc.references import FindsReferences
from docproc.store.catalog import Catalog

BLOCK = 20
"""Words from which a paragraph without quotation marks is tried as a quotation of its own."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of a draft: its findings in order, and the count of documents compared with."""

    findings: tuple[Finding, ...]
    documents: int

    @property
    def stands(self) -> bool:
        """Whether every quotation stands."""
        return all(found.stands for found in self.findings)


def check_draft(
    drafts: Iterable[Document], catalog: Catalog, grammars: Sequence[FindsReferences] = ()
) -> Checked:
    """Hold every quotation of *drafts* against the documents of *catalog*.

    Paragraphs of the draft that stand in the archive word for word, without quotation marks,
    are block quotations and are judged too.  Nothing of the draft is kept.
    """
    drafts = list(drafts)
    marked = [each for draft in drafts for each in quotations(draft)]
    blocks = [each for draft in drafts for each in _blocks(draft, marked)]
    every = [*marked, *blocks]
    words = [without_remarks(each.document.text, each.span).words for each in every]
    candidates = Candidates(words)
    rows = list(catalog.documents())
    candidates.look((row.id, catalog.document(row.id).text) for row in rows)

    @lru_cache(64)
    def open_source(identity: str) -> Source:
        return Source(catalog.document(identity))

    given: tuple[ArchivalReference, ...] = ()
    findings = []
    for number, quotation in enumerate(every):
        if quotation.block and quotation is blocks[0]:
            given = ()
        own = references_in(quotation.said, grammars)
        if own or not is_repeated(quotation.said):
            given = own
        found = judge(quotation, candidates.of(number), open_source, given, quotation.said)
        if not quotation.block or found.held in (Held.EXACT, Held.ELSEWHERE):
            findings.append(found)
    findings.sort(key=lambda each: each.quotation.span.start)
    return Checked(tuple(findings), len(rows))


def _blocks(draft: Document, marked: Sequence[Quotation]) -> list[Quotation]:
    """The paragraphs of *draft* that may be quotations without marks."""
    inside = [each.span for each in marked if each.document is draft]
    return [
        each
        for each in paragraphs(draft)
        if len(each.text.split()) >= BLOCK
        and not any(each.span.start <= s.start and s.end <= each.span.end for s in inside)
    ]


def best_of(several: Sequence[Checked]) -> Checked:
    """The findings of one draft over *several* archives, each quotation's best.

    The same draft gives the same quotations in each, except for those without marks.
    """
    best: dict[tuple[int, int], Finding] = {}
    for checked in several:
        for found in checked.findings:
            span = found.quotation.span
            known = best.get((span.start, span.end))
            if known is None or _rank(found) > _rank(known):
                best[span.start, span.end] = found
    ordered = tuple(best[span] for span in sorted(best))
    return Checked(ordered, sum(checked.documents for checked in several))


_ORDER = (
    Held.NOT_FOUND,
    Held.TOO_SHORT,
    Held.TRANSLATED,
    Held.DIFFERS,
    Held.STITCHED,
    Held.ELSEWHERE,
)


def _rank(found: Finding) -> tuple[int, float]:
    held = len(_ORDER) if found.held is Held.EXACT else _ORDER.index(found.held)
    return held, found.likeness
