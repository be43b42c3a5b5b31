"""The fields of the index, and what of an entry goes into each."""

from __future__ import annotations

import tantivy

from docproc.hooks.indexes import TextEntry
from docproc.text import terms as analysis
from docproc.text.names import keys as names

NUMBER, BODY, PAIRS, CONTEXT, NAMES = "row", "body", "pairs", "context", "names"
"""``NUMBER`` is what the index knows an entry by; see ``rows``."""


def schema() -> tantivy.Schema:
    """The fields, none of them stored."""
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field(NUMBER, indexed=True, fast=True)
    for field in (BODY, PAIRS, CONTEXT):
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
    # no text holds a key twice
    builder.add_text_field(NAMES, tokenizer_name="whitespace", index_option="basic")
    return builder.build()


def pair(first: str, second: str) -> str:
    """The term of two neighbours."""
    return f"{first}_{second}"  # no term holds a low line


def document(entry: TextEntry, number: int, language: str | None) -> tantivy.Document:
    """*entry*, known by *number*, its words cut as those of *language* are."""
    made = tantivy.Document()
    made.add_integer(NUMBER, number)
    body = analysis.terms(entry.body, language)
    made.add_text(BODY, " ".join(body))
    made.add_text(PAIRS, " ".join(map(pair, body, body[1:])))
    made.add_text(CONTEXT, analysis.joined_terms(entry.context, language))
    made.add_text(NAMES, " ".join(sorted(names.keys_in(entry.body) | {names.SMALL})))
    return made
