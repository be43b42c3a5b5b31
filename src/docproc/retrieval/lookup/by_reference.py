"""Ask by reference: ``F. 558 Op. 2`` as a question goes to the documents that are kept there.

A question that is a reference and nothing else is answered with what it governs, each
document's beginning first; one that only holds a reference is searched within it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from docproc.dataclass_on_use import dataclass
from docproc.errors import UsageError
from docproc.records import ArchivalReference, PassageKind, Scope, Span
from docproc.retrieval.generation.open_generation import OpenGeneration
from docproc.retrieval.weights import WEIGHTS
from docproc.text.language.stop_words import STOP_WORDS
from docproc.text.patterns import compile_on_use

if TYPE_CHECKING:
    from docproc.references import FindsReferences
    from docproc.store.catalog import Catalog

Floats = NDArray[np.float32]
Rows = NDArray[np.int64]

_REQUESTS: Final = """
    please show list open find give tell print see document documents letter letters paper papers
    files items texts passages everything anything kept held stored filed contain contains say
    says said mention mentions mentioned state states stated write written speak speaks
    содержится содержит хранится хранятся лежит покажи покажите найди найдите открой дай дайте
    говорится сказано сообщается пишет пишется документы документах документ письма письме письмо
    бумаги дела zeige zeig finde dokumente dokument briefe brief akten liegt liegen steht sagt
    montre montrez trouve trouvez dit disent document documents lettres lettre pièces
    mostra dice documenti lettere muestra documentos cartas
"""
"""Words that ask for documents, or for what is in them, and do not say what about."""

_READING: Final = (PassageKind.BODY, PassageKind.NOTE, PassageKind.APPARATUS)

UNPARSED: Final = "unparsed"

_REQUEST: Final = frozenset(_REQUESTS.split())
_ASKING: Final = _REQUEST.union(*STOP_WORDS.values())
_WORD: Final = compile_on_use(r"\w+")
_SHELVED: Final = compile_on_use(r"\d[/.:-]\d|[^\W\d_][\W_]*\d|\d[\W_]*[^\W\d_]")
"""A figure beside another or beside a letter: a year or an amount alone is no reference."""
_LETTER: Final = compile_on_use(r"\s[^\W\d_]$")
_GOES_ON: Final = compile_on_use(r"\s[^\W\d_]{2}")
_LEADING: Final = compile_on_use(r"\W*([^\W\d_]+)(?=[\s,:])")


@dataclass(frozen=True, slots=True)
class AskedReferences:
    """A question as it is understood: what is left to search for, within which references.

    ``words`` is ``""`` where the question asks for nothing but the references.
    """

    words: str
    references: tuple[ArchivalReference, ...] = ()

    @property
    def printed(self) -> str:
        """The references in the words of who asked."""
        return "; ".join(reference.printed for reference in self.references)


@dataclass(frozen=True, slots=True)
class Referred:
    """The passages that references govern: rows, each with the share of the levels it meets."""

    rows: Rows
    scores: Floats
    passages: int
    documents: int
    floor: float = WEIGHTS.met

    def why(self, number: int) -> tuple[tuple[str, float], ...]:
        """How far the reference of one passage agrees."""
        return (("reference", round(float(self.scores[number]), 4)),)


def understand(
    question: str,
    grammars: Sequence[FindsReferences] = (),
    is_printed: Callable[[str], bool] = lambda _: False,
) -> AskedReferences:
    """Read the references of *question*; without any, all of it is left to search for.

    *grammars* are those of plugins, beside the built-in ones; *is_printed* says whether a
    reference of the corpus is printed so, which settles what no grammar reads.
    """
    # No reference of the built-in grammars that is asked by goes without a figure.
    if not grammars and not any(map(str.isdigit, question)):
        return AskedReferences(question)
    from docproc.references import as_printed, parse_date, parse_reference

    for words in (question, _without_request(question)):
        whole = parse_reference(words, grammars)
        if whole is not None:
            return AskedReferences("", (whole,))
    bare = _without_request(question).strip(" ?!.")
    short = len(bare.split()) <= WEIGHTS.shelfmark_words
    shelved = short and _SHELVED.search(bare) and not parse_date(bare)
    if shelved and is_printed(bare):
        return AskedReferences("", (as_printed(bare),))
    found = list(_references(question, grammars))
    if not found:
        return AskedReferences(question)
    ends = [0, *(span.end for _, span in found)]
    begins = [*(span.start for _, span in found), len(question)]
    rest = " ".join(question[end:begin] for end, begin in zip(ends, begins, strict=True))
    rest = _WORD.sub(lambda word: "" if word[0].casefold() in _REQUEST else word[0], rest)
    only = all(word in _ASKING for word in _WORD.findall(rest.casefold()))
    references = tuple(reference for reference, _ in found)
    return AskedReferences("" if only else " ".join(rest.split()), references)


def check_known(scope: Scope, catalog: Catalog) -> Scope:
    """*scope* itself.

    Raises ``UsageError`` where its reference is of no form that is read, and no document has one
    that is printed so: a scope of nothing is no answer.
    """
    reference = scope.reference
    if reference is None or reference.scheme != UNPARSED:
        return scope
    if not (
        catalog.printed.has_reference(reference.printed)
        or catalog.printed.has_words(reference.printed)
    ):
        raise UsageError(
            f"{reference.printed!r} is not an archival reference of a form that docproc can read, "
            "and none of these documents prints it (`docproc documents` shows their references)"
        )
    return scope


def rows_of(opened: OpenGeneration, asked: AskedReferences, scope: Scope) -> Rows:
    """The sorted rows within *scope* that any of the references governs."""
    each = [_within(opened, reference, scope) for reference in asked.references]
    return np.unique(np.concatenate(each))


def in_order(opened: OpenGeneration, rows: Rows) -> Referred:
    """*rows* to be read: the beginning of each document first, the earliest document first.

    Documents without a date come last.  A document begins with its body; its notes follow, and
    then what surrounds it.
    """
    catalog = opened.catalog
    documents = opened.document_of(rows)
    days, kinds = catalog.first_days[documents], _kinds(opened, rows)
    reading = np.lexsort((rows, kinds, documents))
    numbers, begins = np.unique(documents[reading], return_index=True)
    later = np.ones(len(rows), np.bool_)
    later[reading[begins]] = False
    order = np.lexsort((rows, kinds, documents, days, later))
    return Referred(rows[order], np.ones(len(rows), np.float32), len(rows), len(numbers))


def _kinds(opened: OpenGeneration, rows: Rows) -> Rows:
    """The place of each of *rows* in ``_READING``."""
    places = np.zeros(len(rows), np.int64)
    for place, kind in enumerate(_READING):
        places[np.isin(rows, opened.catalog.scoped.rows(Scope(kinds=(kind,))))] = place
    return places


def nearest_rows(opened: OpenGeneration, asked: AskedReferences, scope: Scope) -> Referred:
    """What the references would govern with the fewest of their inner levels left off.

    ``scores`` are the share of the levels that is left.
    """
    for reference in asked.references:
        levels = reference.components
        for kept in range(len(levels) - 1, 0, -1):
            outer = replace(reference, components=levels[:kept])
            rows = _within(opened, outer, scope)
            if len(rows):
                found = in_order(opened, rows)
                share = np.float32(kept / len(levels))
                return replace(found, scores=found.scores * share, passages=0, documents=0)
    nothing = np.zeros(0, np.int64)
    return Referred(nothing, np.zeros(0, np.float32), 0, 0)


def _within(opened: OpenGeneration, reference: ArchivalReference, scope: Scope) -> Rows:
    rows = opened.catalog.scoped.rows(replace(scope, reference=reference))
    if scope.reference is None:
        return rows
    return rows[np.isin(rows, opened.catalog.scoped.rows(scope))]


def _references(
    question: str, grammars: Sequence[FindsReferences]
) -> Iterator[tuple[ArchivalReference, Span]]:
    """The references within *question*, and where each stands.

    A letter after a number may belong to it (``д. 53 а``), but not where the sentence goes on
    with it (``д. 53 о цементе``).
    """
    from docproc.references import find_references, parse_reference

    for reference in find_references(question, grammars=grammars):
        printed, span = reference.printed, reference.span
        assert span is not None
        letter = _LETTER.search(printed)
        if letter and _GOES_ON.match(question, span.end):
            shorter = parse_reference(printed[: letter.start()], grammars)
            if shorter is not None:
                reference, span = shorter, Span(span.start, span.start + letter.start())
        yield replace(reference, span=None), span


def _without_request(question: str) -> str:
    """*question* without the words before a reference that only ask to see it."""
    at = 0
    while (word := _LEADING.match(question, at)) and word[1].casefold() in _ASKING:
        at = word.end()
    return question[at:]
