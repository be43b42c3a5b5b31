"""Verification: do quotations stand, in the source, at their place, under their reference?"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, replace
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import msgspec

from docproc.dataclass_on_use import dataclass
from docproc.errors import DocprocError, UsageError
from docproc.records import Document, Passage, SourceFile, Span
from docproc.store.catalog import Catalog, each_document
from docproc.verification.cite import Verifier

Reread = Callable[[str], tuple[SourceFile, Sequence[tuple[Document, Sequence[Passage]]]]]
"""Reads the source at a path again, as indexing would; raises ``SourceError``."""

Elsewhere = Callable[["SavedCitation"], str | None]
"""The path of the source that a citation's one has become, where it was renamed or moved."""

_ALIKE = 0.6
"""The share of words in common from which a false quotation is an altered one."""
_COMPARABLE = 2_000
"""Of so many words at most is it told where an altered quotation differs."""


@dataclass(frozen=True, slots=True)
class Check:
    """What became of one quotation: three verdicts, and their words.

    Each is ``None`` where it could not be told: a quotation that does not stand has no place,
    and one without a reference none to compare.
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
    identifier: str = ""


def read_citations(path: Path) -> list[SavedCitation]:
    """The citations that ``ask --json`` printed into a file, or ``-``.  Raises ``UsageError``."""
    try:
        printed = sys.stdin.read() if str(path) == "-" else path.read_text("utf-8-sig")
        value = json.loads(printed)
        found = value.get("citations") if isinstance(value, dict) else value
        return msgspec.convert(found, list[SavedCitation])
    except (OSError, ValueError, msgspec.ValidationError, RecursionError) as error:
        raise UsageError(f"{path}: not citations as `docproc ask --json` prints: {error}") from None


def check_citations(
    citations: Sequence[SavedCitation], reread: Reread, elsewhere: Elsewhere = lambda _: None
) -> Iterator[Check]:
    """Check each of *citations* against the sources as they are now.

    One whose source is gone, or is another by its hash and has not the words, is followed to
    where *elsewhere* says that its source is now: it stands, but not at its place.
    """
    for number, citation in enumerate(citations, 1):
        where = f"citation {citation.rank or number}, {citation.source.path}"
        try:
            source, documents = reread(citation.source.path)
        except DocprocError as error:
            fallen = Check(where, False, None, None, f"the source cannot be read: {error}")
            yield _follow(where, citation, reread, elsewhere) or fallen
            continue
        check = _check(where, citation, documents)
        if not check.in_source and citation.source.sha256 != source.sha256:
            check = _follow(where, citation, reread, elsewhere) or check
        if check.stands and citation.source.sha256 not in ("", source.sha256):
            words = f"{check.words}; elsewhere the file has changed since"
            check = replace(check, words=words)
        yield check


def _follow(
    where: str, citation: SavedCitation, reread: Reread, elsewhere: Elsewhere
) -> Check | None:
    """How *citation* stands in the source that its own has become; ``None`` where none has."""
    path = elsewhere(citation)
    if path is None or path == citation.source.path:
        return None
    try:
        _, documents = reread(path)
    except DocprocError:
        return None
    check = _check(where, citation, documents)
    if not check.in_source:
        return None
    words = check.words if check.at_place else check.words.removeprefix("moved: ")
    return replace(check, at_place=False, words=f"moved: its source is called {path} now; {words}")


def _check(
    where: str, citation: SavedCitation, documents: Sequence[tuple[Document, Sequence[Passage]]]
) -> Check:
    quote, said = citation.quote, Span(citation.source.start, citation.source.end)
    holding = [pair for pair in documents if quote and quote in pair[0].text]
    if not holding:
        return Check(where, False, None, None, _false(citation, documents))
    placed = [pair for pair in holding if said.of(pair[0].text) == quote]
    at, words = said, "stands verbatim"
    if not placed:
        placed = holding[:1]
        start = _nearest(placed[0][0].text, quote, said.start)
        at = Span(start, start + len(quote))
        words = (
            f"moved: it stands at characters {at.start} to {at.end}, not {said.start} to {said.end}"
        )
    if citation.reference is None:
        return Check(where, True, at == said, None, words)
    printed = " ".join(citation.reference.printed.split())
    governing = _governing(placed, at)
    if printed in governing:
        return Check(where, True, at == said, True, f"{words}, under its reference")
    there = "; ".join(sorted(governing)) or "none"
    words = f"{words}, but not under {printed!r}: its reference is {there}"
    return Check(where, True, at == said, False, words)


def _false(citation: SavedCitation, documents: Sequence[tuple[Document, Sequence[Passage]]]) -> str:
    """That the quotation is false; and where it all but stands at its place, how it differs."""
    words = "the quotation does not stand in the source"
    for document, _ in documents:
        stands = document.text[citation.source.start : citation.source.end]
        said, read = citation.quote.split(), stands.split()
        # a quotation of a whole book would take long to compare, and differ beyond a phrase
        if not said or len(said) > _COMPARABLE or len(read) > _COMPARABLE:
            continue
        compared = SequenceMatcher(None, said, read, autojunk=False)
        if compared.ratio() < _ALIKE:
            continue
        for kind, a, b, c, d in compared.get_opcodes():
            if kind != "equal":
                there, here = " ".join(read[c:d]) or "nothing", " ".join(said[a:b]) or "nothing"
                return f"{words}: at its place the source has “{there}”, the quotation “{here}”"
    return words


def _nearest(text: str, quote: str, place: int) -> int:
    """Where *quote* begins in *text*, the nearest to *place* of the places where it does."""
    before = text.rfind(quote, 0, place + len(quote))
    after = text.find(quote, place)
    if before < 0 or after < 0:
        return max(before, after)
    return before if place - before <= after - place else after


def _governing(placed: Sequence[tuple[Document, Sequence[Passage]]], span: Span) -> frozenset[str]:
    """The references, as printed, of the passages that *span* touches."""
    return frozenset(
        " ".join(passage.reference.printed.split())
        for _, passages in placed
        for passage in passages
        if passage.reference and passage.span.overlaps(span)
    )


def check_all(catalog: Catalog, verifier: Callable[[], Verifier]) -> Iterator[Check]:
    """Check every passage of a generation against the sources as they are now.

    A source of many documents is read once for those that stand together in the catalog.
    """
    checking, source = verifier(), ""
    for row, passages in each_document(catalog):
        document = catalog.document(row.id)
        if row.source != source:
            checking, source = verifier(), row.source
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
