"""The words of a scope: ``--scope`` of the commands, and ``/scope`` of the conversation.

::

    F. 558. Op. 2                    what is kept under an archival reference
    Nachlass 239                     the same, of a form that docproc does not read: as printed
    from 1921-10 to December 1921    what may be dated within these days, both included
    sender Stalin  recipient Trotsky  place Moscow
    kind note                        passages of notes, of the body, of the apparatus
    language ru
    witness typewritten copy         documents whose witness is known to be all of this
    document 2                       the document of the second citation shown last
    off                              everything

They combine: ``F. 558 from 1921 kind note``.  A reference comes first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from docproc.errors import UsageError, nearest
from docproc.records import WITNESS_VALUES, Citation, PassageKind, Scope
from docproc.references import FindsReferences, as_printed, date_bounds, parse_date, parse_reference
from docproc.rendering.wording import headline

KEYWORDS = ("from", "to", "sender", "recipient", "place", "kind", "language", "witness", "document")
SAYABLE = (
    "Say a reference (F. 558. Op. 2), from DATE, to DATE, sender NAME, recipient NAME, "
    "place NAME, kind note, language CODE, witness typewritten, document N, several of these, "
    "or off."
)
OFF = ("off", "none", "all", "everything")

_ALSO = {"since": "from", "until": "to", "till": "to", "through": "to"}
_KEYWORD = re.compile(
    rf"(?:^|[\s,;])(?:up (?=to\b))?({'|'.join((*KEYWORDS, *_ALSO))})(?=\s|$)", re.IGNORECASE
)
_TO = re.compile(r"(^|[\s,;])(?:up )?to(?=\s)", re.IGNORECASE)


def parse_scope(
    words: str, citations: Sequence[Citation] = (), grammars: Sequence[FindsReferences] = ()
) -> Scope:
    """The scope that *words* describe; ``citations`` are those that ``document N`` counts.

    *grammars* of references are those of plugins, beside the built-in ones.

    Raises ``UsageError`` saying which words were not understood and what can be said.
    """
    words = " ".join(words.split())
    if not words:
        raise UsageError(f"a scope needs words, such as F. 558. Op. 2. {SAYABLE}")
    if words.casefold() in OFF:
        return Scope()
    reference, *rest = _KEYWORD.split(words)
    keywords = [_ALSO.get(each.casefold(), each.casefold()) for each in rest[::2]]
    said = set(keywords)
    alone = "to" in said and "from" not in said
    scope = Scope(printed=_TO.sub(r"\1up to", words, count=1) if alone else words)
    if reference.strip(" ,;"):
        scope = _with_reference(scope, reference.strip(" ,;"), grammars)
    seen = set()
    for keyword, value in zip(keywords, rest[1::2], strict=True):
        if keyword in seen:
            raise UsageError(f"the scope says {keyword!r} twice: {words!r}")
        seen.add(keyword)
        value = value.strip(" ,;")
        if not value:
            raise UsageError(f"what should follow {keyword!r} in the scope? {SAYABLE}")
        scope = _with(scope, keyword, value, citations)
    if scope.earliest and scope.latest and scope.latest < scope.earliest:
        raise UsageError(f"this scope ends before it begins: {words!r}")
    return scope


def earliest_day(words: str) -> date:
    """The first day that the date in *words* can mean.  Raises ``UsageError``."""
    return _bounds(words)[0]


def latest_day(words: str) -> date:
    """The last day that the date in *words* can mean.  Raises ``UsageError``."""
    return _bounds(words)[1]


def _with(scope: Scope, keyword: str, value: str, citations: Sequence[Citation]) -> Scope:
    match keyword:
        case "from":
            return replace(scope, earliest=earliest_day(value))
        case "to":
            return replace(scope, latest=latest_day(value))
        case "sender":
            return replace(scope, sender=value)
        case "recipient":
            return replace(scope, recipient=value)
        case "place":
            return replace(scope, place=value)
        case "language":
            return replace(scope, language=value.casefold())
        case "witness":
            return replace(scope, witness=_witness(value))
        case "kind":
            return replace(scope, kinds=_kinds(value))
        case _:
            return _with_document(scope, value, citations)


def _with_reference(scope: Scope, words: str, grammars: Sequence[FindsReferences]) -> Scope:
    """*scope* with the reference that *words* are; if no grammar reads them, as they are printed.

    Raises ``UsageError`` where they look like a misspelt keyword.
    """
    reference = parse_reference(words, grammars)
    first, *others = words.split()
    meant = nearest(first.casefold(), (*KEYWORDS, "off"))
    if reference is None and first.islower() and (meant or not others):
        raise UsageError(
            f"{words!r} is not an archival reference that docproc can read, nor another scope"
            f"{meant}. {SAYABLE}"
        )
    return replace(scope, reference=reference or as_printed(words))


def _kinds(value: str) -> tuple[PassageKind, ...]:
    kinds = []
    for word in re.split(r"[\s,;]+|\band\b", value.casefold()):
        name = word.removesuffix("s")
        if name and name not in list(PassageKind):
            known = ", ".join(PassageKind)
            raise UsageError(f"no kind of passage: {word!r}; there are: {known}")
        kinds += [PassageKind(name)] if name else []
    return tuple(kinds)


def _witness(value: str) -> tuple[str, ...]:
    """The words of ``WITNESS_VALUES`` in *value*, the longest that fit.  Raises ``UsageError``."""
    rest = " ".join(re.split(r"[\s,;]+|\band\b", value.casefold())).strip()
    found: list[str] = []
    while rest:
        fits = [word for word in WITNESS_VALUES if f"{rest} ".startswith(f"{word} ")]
        if not fits:
            known = ", ".join(WITNESS_VALUES)
            word = rest.split()[0]
            raise UsageError(
                f"no kind of witness is called {word!r}"
                f"{nearest(word, WITNESS_VALUES)}; there are: {known}"
            )
        found.append(max(fits, key=len))
        rest = rest[len(found[-1]) :].strip()
    return tuple(found)


def _with_document(scope: Scope, value: str, citations: Sequence[Citation]) -> Scope:
    try:
        citation = next(c for c in citations if c.rank == int(value))
    except (StopIteration, ValueError):
        ranks = ", ".join(str(c.rank) for c in citations)
        known = f"those shown last are {ranks}" if ranks else "none has been shown yet"
        raise UsageError(f"'document' takes the number of a citation; {known}") from None
    title = headline(citation.metadata, citation.source)
    printed = (scope.printed or "").replace(f"document {value}", f"document {title!r}")
    return replace(scope, documents=(citation.document_id,), printed=printed)


def _bounds(words: str) -> tuple[date, date]:
    """The first and the last day that *words*, EDTF or as one writes a date, can mean."""
    try:
        return date_bounds(words)
    except ValueError:
        stated = parse_date(words)
    if stated is None:
        raise UsageError(
            f"{words!r} is not a date that docproc can read; "
            "write 1921, 1921-11, 1921-11-02 or 2 November 1921"
        )
    return date_bounds(stated.edtf)
