"""Understanding a question: its words in, a ``ParsedQuestion`` out.  Nothing here searches."""

from docproc.questions.parse import parse_question
from docproc.questions.parsed import (
    Correction,
    Field,
    ParsedQuestion,
    Quantity,
    TimeCondition,
)

__all__ = [
    "Correction",
    "Field",
    "ParsedQuestion",
    "Quantity",
    "TimeCondition",
    "parse_question",
]
