"""Verification: do quotations stand, in the source, at their place, under their reference?"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import msgspec

from docproc.errors import DocprocError, UsageError
from docproc.records import Document, Passage, SourceFile, Span
from docproc.retrieval.cite import Verifier
from docproc.store.catalog import Catalog

Reread = Callable[[str], tuple[SourceFile, Sequence[tuple[Document, Sequence[Passage]]]]]
"""Reads the source at a path anew, as indexing would; raises ``SourceError``."""


@dataclass(frozen=True, slots=True)
class Check:
    """What became of one quotation.

    Each of the three is ``None`` where it could not be told: a quotation that does not stand
    has no place, and one without a reference none to compare.
    """

    where: str
    in_source: bool
    at_place: bool | None
    under_reference: bool | None
    words: str

    @property
    def stands(self) -> bool:
        """Whether nothing is wrong with it."""
        return self.in_source and self.at_place is True and self.under_reference is not False

    def as_dict(self) -> dict[str, Any]:
        return asdict(self) | {"stands": self.stands}


class _Source(msgspec.Struct, frozen=True):
    path: str
    start: int
    end: int
    sha256: str = ""


class _Reference(msgspec.Struct, frozen=True):
    printed: str


class SavedCitation(msgspec.Struct, frozen=True):
    """What verifying needs of a citation that ``docproc ask --json`` printed."""

    quote: str
    source: _Source
    reference: _Reference | None = None
    rank: int = 0


def read_citations(path: Path) -> list[SavedCitation]:
    """The citations in a file that ``ask --json`` printed, or in a list of them.

    Raises ``UsageError`` naming the file and what is wrong with it.
    """
    try:
        value = json.loads(path.read_text("utf-8"))
        found = value.get("citations") if isinstance(value, dict) else value
        return msgspec.convert(found, list[SavedCitation])
    except (OSError, ValueError, msgspec.ValidationError, RecursionError) as error:
        raise UsageError(f"{path}: not citations as `docproc ask --json` prints: {error}") from None


def check_citations(citations: Sequence[SavedCitation], reread: Reread) -> Iterator[Check]:
    """Check each of *citations* against the sources as they are now."""
    for number, citation in enumerate(citations, 1):
        where = f"citation {citation.rank or number}, {citation.source.path}"
        try:
            _, documents = reread(citation.source.path)
        except DocprocError as error:
            yield Check(where, False, None, None, f"the source cannot be read: {error}")
            continue
        yield _check(where, citation, documents)


def _check(
    where: str,
    citation: SavedCitation,
    documents: Sequence[tuple[Document, Sequence[Passage]]],
) -> Check:
    quote = citation.quote
    holding = [pair for pair in documents if quote and quote in pair[0].text]
    if not holding:
        return Check(where, False, None, None, "the quotation does not stand in the source")
    start, end = citation.source.start, citation.source.end
    placed = [pair for pair in holding if pair[0].text[start:end] == quote]
    if not placed:
        at = holding[0][0].text.index(quote)
        words = f"moved: it stands at characters {at} to {at + len(quote)}, not {start} to {end}"
        return Check(where, True, False, None, words)
    if citation.reference is None:
        return Check(where, True, True, None, "stands verbatim")
    printed = citation.reference.printed
    governing = _governing(placed, Span(start, end))
    if printed in governing:
        return Check(where, True, True, True, "stands verbatim, under its reference")
    there = "; ".join(sorted(governing)) or "none"
    words = f"stands verbatim, but not under {printed!r}: its reference is {there}"
    return Check(where, True, True, False, words)


def _governing(placed: Sequence[tuple[Document, Sequence[Passage]]], span: Span) -> frozenset[str]:
    """The references, as printed, of the passages that *span* touches."""
    return frozenset(
        passage.reference.printed
        for _, passages in placed
        for passage in passages
        if passage.reference and passage.span.overlaps(span)
    )


def check_all(catalog: Catalog, verifier: Callable[[], Verifier]) -> Iterator[Check]:
    """Check every passage of a generation against the sources as they are now."""
    for row, passages in catalog.each_document():
        document = catalog.document(row.id)
        checking = verifier()
        for passage in passages:
            verified, words = checking.check(document, passage.span, passage.text)
            where = f"{row.source}, {passage.locator}"
            yield Check(where, verified, verified, None, words)


def path_of(root: Path, path: str) -> Path:
    """The file at *path* in the workspace; raises ``UsageError`` for one outside it."""
    file = (root / path).resolve()
    if not file.is_relative_to(root.resolve()):
        raise UsageError(f"{path} lies outside the workspace")
    return file


def summary(checks: Sequence[Check]) -> Mapping[str, int]:
    """How many stand, and how many fall for which reason."""
    return {
        "checked": len(checks),
        "stand": sum(check.stands for check in checks),
        "not in the source": sum(not check.in_source for check in checks),
        "at another place": sum(check.at_place is False for check in checks),
        "under another reference": sum(check.under_reference is False for check in checks),
    }
