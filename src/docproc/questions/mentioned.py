"""Whom a question asks to find mentioned, as distinct from who wrote."""

from __future__ import annotations

import re
from collections.abc import Set
from typing import Final

from docproc.text.patterns import compile_on_use

MENTIONED: Final = compile_on_use(
    r"(?<!\w)(?:mention(?:s|ed|ing)?|(?:speaks?|spoke|talks?) (?:of|about)|refers? to|"
    r"concern(?:s|ing)?|erwähn\w*|genannt|(?:handeln|handelt|sprechen|spricht) (?:von|vom)|"
    r"betreffen|mentionn\w+|parle(?:nt)? d(?:e|u|['’])|citent|évoquent|concernent|упомина\w+|"
    r"упомянут\w*|говорится об?|касаются|mencion\w+|hablan? de|menzion\w+|parl(?:ano|a) di|"
    r"citano)(?!\w)\s*",
    re.IGNORECASE,
)
"""What a document does with those whom it names."""


def is_mentioned(
    question: str, start: int, titles: Set[str], mentioned: re.Match[str] | None, *, wrote_it: bool
) -> bool:
    """Whether the name at *start* of *question* is of whom it asks to find *mentioned*.

    That is the name behind the verb, *titles* apart ("Which letters mention Urquhart?"), or, before
    it, one of which nothing says that they *wrote it*: "In which letters is Urquhart mentioned?"
    """
    if mentioned is None:
        return False
    if start >= mentioned.end():
        return set(question[mentioned.end() : start].casefold().split()) <= titles
    return not wrote_it
