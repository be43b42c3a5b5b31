"""Verify quotations that come from anywhere: the command line, lists, the notes of a draft."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from docproc.errors import SourceError, UsageError
from docproc.records import Document, SourceFile, Span
from docproc.text.encoding.decoding import decode
from docproc.verification.checks import Check

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from docproc.checking.findings import Finding
    from docproc.checking.listed import ListedQuotation
    from docproc.operations.application import Application
    from docproc.store.catalog import Catalog


_LISTS = (".csv", ".tsv", ".ris", ".bib", ".bibtex")
_DRAFTS = (".docx", ".docm", ".odt", ".rtf", ".md", ".html", ".htm", ".xml", ".tex", ".txt")


def is_list(file: Path) -> bool:
    """Whether *file* is a list of quotations, by its name."""
    return file.suffix.lower() in _LISTS


def is_draft(file: Path) -> bool:
    """Whether *file* is a draft: by its name, and not by what ``ask --json`` wrote into it."""
    if file.suffix.lower() not in _DRAFTS:
        return False
    try:
        with file.open("rb") as stream:
            return stream.read(64).lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in (b"{", b"[")
    except OSError:
        return True


def is_citations(text: str) -> bool:
    """Whether *text* is what ``docproc ask --json`` prints, whole or in part."""
    return text.lstrip("\ufeff \t\r\n")[:1] in ("{", "[") and _is_json(text)


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def read_list(application: Application, file: Path) -> list[ListedQuotation]:
    """The quotations in the CSV, RIS or BibTeX *file*.  Raises ``UsageError``."""
    from docproc.checking.listed import read_listed
    from docproc.errors import SourceError

    most = application.workspace.config.limits.megabytes
    try:
        if file.stat().st_size > most * 1_000_000:
            raise UsageError(f"{file}: larger than {most} MB (limits.megabytes)")
        text = decode(file.read_bytes()).text
    except OSError as error:
        raise UsageError(f"{file}: {error.strerror or error}") from None
    except SourceError as error:
        raise UsageError(f"{file}: {error}") from None
    return read_listed(text.replace("\r\n", "\n"), file.name)


def verify_listed(
    application: Application, catalog: Catalog, listed: Sequence[ListedQuotation]
) -> list[Check]:
    """What became of each of *listed*, held against the documents of *catalog*."""
    from docproc.checking.attributions import Attribution
    from docproc.checking.check import check_quotations
    from docproc.checking.quotations import Quotation
    from docproc.references import find_references

    grammars = application.plugins.grammars
    quoted, said = [], []
    for number, each in enumerate(listed):
        source = SourceFile(f"quotation {number}", "text/plain", len(each.quote), "0" * 64)
        document = Document(source, each.quote)
        whole = Span(0, len(each.quote))
        quoted.append(Quotation(document, whole, 1, said=each.reference, within=whole))
        references = find_references(each.reference, grammars=grammars)
        said.append(Attribution(references, each.reference))
    findings = check_quotations(quoted, said, catalog).findings
    return [_check(each.where, found) for each, found in zip(listed, findings, strict=True)]


def verify_notes(application: Application, catalog: Catalog, draft: Path) -> list[Check]:
    """What became of each quotation of *draft* that has a note, or stands in one."""
    from docproc.checking.check import check_draft

    read = read_draft(application, draft)
    checked = check_draft(read, catalog, application.plugins.grammars)
    return list(_check_notes(checked.findings))


def _check_notes(findings: Iterable[Finding]) -> Iterator[Check]:
    from docproc.checking.findings import Matched

    untold = (Matched.TRANSLATED, Matched.TITLE, Matched.TOO_SHORT)
    for found in findings:
        if found.quotation.note and found.held not in untold:
            yield _check(f"note {found.quotation.note}", found)


def _check(where: str, found: Finding) -> Check:
    """*found* in the terms of ``docproc verify``."""
    from docproc.checking.findings import Matched
    from docproc.checking.wording import list_remarks, source_lines

    stands = found.held in (Matched.EXACT, Matched.ELSEWHERE)
    under: bool | None = None
    if found.held is Matched.ELSEWHERE:
        under = False
    elif stands and found.given and found.own:
        under = True
    places = list(dict.fromkeys(place for _, place in source_lines(found)))
    told = "; ".join((found.held.value, *list_remarks(found)))
    quote = " ".join(found.quotation.text.split())
    quote = quote if len(quote) <= 80 else f"{quote[:79]}…"
    words = f"“{quote}”: {told}" + (f" · in {'; '.join(places)}" if places else "")
    return Check(where, stands, True if stands else None, under, words)


def read_draft(application: Application, file: Path) -> list[Document]:
    """The documents of the manuscript *file*.  Raises ``UsageError`` where it cannot be read."""
    from docproc.pipeline.scan import FoundFile

    try:
        state = file.stat()
    except OSError as error:
        raise UsageError(f"{file}: {error.strerror or error}") from None
    if not file.is_file():
        raise UsageError(f"{file}: not a file")
    with application.readings() as readings:
        reading = readings.one(FoundFile(file.name, file, state.st_size, state.st_mtime_ns))
    if isinstance(reading, SourceError):
        raise UsageError(f"{file}: {reading}")
    return [document for document, _ in reading.documents]
