"""Who held an office: told by the names of correspondents, "The Consul at Libau (Ames)"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

import numpy as np

from docproc.questions import Field, ParsedQuestion
from docproc.questions.parties import KnownNames
from docproc.records import Scope
from docproc.retrieval.generation.open_generation import OpenGeneration
from docproc.retrieval.search.described_documents import Described, passages_stating
from docproc.retrieval.weights import WEIGHTS
from docproc.text.names.matching import name_words
from docproc.text.patterns import compile_on_use
from docproc.text.words import word_set

_ASKED: Final = compile_on_use(
    r"\W*(?:who\s+(?:is|was|were|are)|(?:wer|qui)\s+(?:ist|war|est|était)|кто\s+(?:был[аи]?\s+)?)"
    r"\s*(?P<office>[^?;]+?)\s*\??\W*",
    re.IGNORECASE,
)
_HOLDER: Final = compile_on_use(r"(?P<office>[^()]{4,}?)\s*\((?P<holder>[^()\d]{2,40})\)")
_SMALL: Final = word_set("the a an of in at for to on der die das le la les l")


def holders_of(
    held: OpenGeneration, known: KnownNames, parsed: ParsedQuestion, scope: Scope
) -> tuple[Described, tuple[str, ...]] | None:
    """The headings that name who held the office that *parsed* asks for, one a holder.

    And each holder in words: ``"the Consul at Libau: Ames"``.  ``None`` where it asks for no
    office of the correspondents, of the time that it names.
    """
    match = _ASKED.fullmatch(parsed.topic if parsed.times else parsed.text)
    office = _words(match["office"]) if match else ()
    if len(office) < 2:
        return None
    scope = parsed.within(scope, parties=False)
    found: dict[str, tuple[int, int, Field, str]] = {}
    for field in (Field.SENDER, Field.RECIPIENT):
        for printed in known.values_of(field.value):
            named = _HOLDER.match(printed) if "(" in printed else None
            if named is None or _words(named["office"]) != office:
                continue
            document = _first(held, scope, field, printed)
            if document is None:
                continue
            day, number = document
            said = f"{named['office']}: {named['holder']}"
            holder = named["holder"].casefold()
            one = (day, number, field, said)
            found[holder] = min(one, found.get(holder, one))
    if not found:
        return None
    told = sorted(found.values())[: WEIGHTS.holders]
    parts = [passages_stating(held, [number], field) for _, number, field, _ in told]
    rows = np.concatenate([part.rows for part in parts])
    kept = np.unique(rows, return_index=True)[1]
    rows = rows[np.sort(kept)]
    stated = {row: value for part in parts for row, value in part.stated.items()}
    passages, documents = held.shown_passages, held.shown_documents
    scores = np.ones(len(rows), np.float32)
    shown = Described(rows, scores, passages, documents, stated=stated)
    return shown, tuple(dict.fromkeys(said for *_, said in told))


def _words(office: str) -> tuple[str, ...]:
    return tuple(word for word in name_words(office) if word not in _SMALL)


def _first(
    held: OpenGeneration, scope: Scope, field: Field, printed: str
) -> tuple[int, int] | None:
    """The first day and the number of the first document that has *printed* as its *field*."""
    if getattr(scope, field.value):
        return None
    rows = held.catalog.scoped.rows(replace(scope, **{field.value: printed}))  # type: ignore[arg-type]
    if not len(rows):
        return None
    numbers = np.unique(held.document_of(rows))
    number = int(numbers[np.argmin(held.catalog.first_days[numbers])])
    return int(held.catalog.first_days[number]), number
