"""Long questions: a description of what is sought, and a question that needs its introduction.

"The conversion from cards to tapes is described …": in a paragraph "from" and "to" name no
correspondents, words in quotation marks are terms, and "how many documents" is part of what is
told.  A description has no conditions; a long question has those that some document meets.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from docproc.questions import ParsedQuestion
from docproc.retrieval.query.courtesy import without_courtesy
from docproc.retrieval.weights import WEIGHTS


def without_misreadings(
    parsed: ParsedQuestion, described: Callable[[ParsedQuestion], bool]
) -> ParsedQuestion:
    """*parsed*, and if it is a description, without what looks like conditions.

    *described* says whether some document meets the conditions of a question.
    """
    if len(parsed.text.split()) <= WEIGHTS.description:
        return parsed
    bare = replace(parsed, topic=parsed.text, times=(), sender=None, recipient=None,
                   place=None, phrases=(), field=None, quantity=None, position=None,
                   about_documents=False)  # fmt: skip
    return parsed if parsed.text.rstrip().endswith("?") and described(parsed) else bare


def with_introduction(parsed: ParsedQuestion) -> str | None:
    """All that *parsed* says, if it says more than the sentence that asks; without courtesy."""
    whole = without_courtesy(parsed.typed)
    more = len(whole.split()) - len(parsed.text.split())
    return whole if more >= WEIGHTS.introduction else None
