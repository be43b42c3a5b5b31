"""Check a draft: its quotations found, looked for in the archive, and judged one by one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from docproc.checking.alignment import ComparedDocument, words_quoted
from docproc.checking.attributions import Attribution, Attributions
from docproc.checking.candidates import Candidates
from docproc.checking.claims import CitedDocuments
from docproc.checking.findings import Finding, Matched
from docproc.checking.quotations import Draft, Quotation, paragraphs, quotations
from docproc.checking.verdicts import judge_cited, judge_quotation
from docproc.dataclass_on_use import dataclass
from docproc.records import Document
from docproc.references import FindsReferences, find_references
from docproc.store.catalog import Catalog

BLOCK = 7
"""Words from which a paragraph without quotation marks is tried as a quotation of its own."""
_SHARED = 0.4
"""The part of its runs of words that such a paragraph has in common with a document, at least."""
_BLOCK_LIKE = 0.75
"""How like a document it is at least, to be told as a quotation that differs."""
_SOURCES = 400
"""Documents that are kept ready to be compared with; each takes some 30 bytes a word."""


@dataclass(frozen=True, slots=True)
class CheckedDraft:
    """What came of a draft: its findings in order, and the count of documents compared with."""

    findings: tuple[Finding, ...]
    documents: int

    @property
    def stands(self) -> bool:
        """Whether every quotation stands."""
        return all(found.stands for found in self.findings)


def check_draft(
    drafts: Iterable[Document], catalog: Catalog, grammars: Sequence[FindsReferences] = ()
) -> CheckedDraft:
    """Hold every quotation of *drafts*, block quotations too, against *catalog*; none is kept."""
    every: list[Quotation] = []
    said: list[Attribution] = []
    for document in drafts:
        draft = Draft(document)
        marked = quotations(draft)
        quoted = [*marked, *paragraphs(draft, marked, BLOCK)]
        read = Attributions(draft, grammars).read(quoted)
        for each in quoted:
            found = read[each.span]
            every.append(replace(each, note=found.note or each.note, said=found.said))
            said.append(found)
    return check_quotations(every, said, catalog, grammars)


def check_quotations(
    quoted: Sequence[Quotation],
    said: Sequence[Attribution],
    catalog: Catalog,
    grammars: Sequence[FindsReferences] = (),
) -> CheckedDraft:
    """Hold each of *quoted* against *catalog*, and against what is *said* of its place."""
    candidates = Candidates([words_quoted(each).words for each in quoted])
    rows = list(catalog.documents())
    candidates.look((row.id, catalog.document(row.id).text) for row in rows)

    @lru_cache(_SOURCES)
    def open_source(identity: str) -> ComparedDocument:
        return ComparedDocument(catalog.document(identity))

    cited = CitedDocuments(rows)
    findings = []
    for number in candidates.in_order():
        quotation = quoted[number]
        if not quotation.known and (
            candidates.share(number) < _SHARED or _is_reference(quotation, grammars)
        ):
            continue
        found = judge_quotation(quotation, candidates.of(number), open_source, said[number])
        if found.held is Matched.NOT_FOUND and quotation.known and said[number].references:
            there = cited.by(said[number].references)
            found = judge_cited(quotation, there, open_source, said[number]) or found
        if quotation.known or _is_block(found):
            findings.append((number, found))
    order: dict[int, int] = {}
    for each in quoted:
        order.setdefault(id(each.document), len(order))
    findings.sort(
        key=lambda each: (order[id(quoted[each[0]].document)], quoted[each[0]].span.start)
    )
    return CheckedDraft(tuple(found for _, found in findings), len(rows))


def _is_reference(quotation: Quotation, grammars: Sequence[FindsReferences]) -> bool:
    """Whether a paragraph is an archival reference for the most part, and quotes nothing."""
    text = quotation.text
    found = find_references(text, grammars=grammars)
    return 2 * sum(len(each.printed) for each in found) > len(text)


def _is_block(found: Finding) -> bool:
    """Whether a paragraph without marks stands in the archive, or all but stands there."""
    if found.held is Matched.DIFFERS:
        return found.likeness >= _BLOCK_LIKE
    return found.held in (Matched.EXACT, Matched.ELSEWHERE)


def best_of(several: Sequence[CheckedDraft]) -> CheckedDraft:
    """The findings of one draft over *several* archives, the best of each quotation."""
    best: dict[tuple[str, str, int, int], Finding] = {}
    for checked in several:
        for found in checked.findings:
            quotation = found.quotation
            draft, span = quotation.document, quotation.span
            key = draft.source.path, draft.member, span.start, span.end
            known = best.get(key)
            if known is None or _rank(found) > _rank(known):
                best[key] = found
    ordered = sorted(best.values(), key=lambda each: each.quotation.span)
    return CheckedDraft(tuple(ordered), sum(checked.documents for checked in several))


_ORDER = (
    Matched.NOT_FOUND, Matched.TOO_SHORT, Matched.TITLE, Matched.TRANSLATED, Matched.STITCHED,
    Matched.DIFFERS, Matched.ELSEWHERE, Matched.EXACT,
)  # fmt: skip


def _rank(found: Finding) -> tuple[int, float]:
    return _ORDER.index(found.held), found.likeness
