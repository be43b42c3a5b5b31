"""The contract of answer writers: numbered sentences in, numbers and connecting words out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from docproc.dataclass_on_use import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberedSentence:
    """A sentence of a passage that answers, as it stands in its source.

    ``passage`` is the number of the citation that it is of.
    """

    number: int
    text: str
    passage: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """One sentence of an answer: connecting ``words``, and the numbers of what it rests on.

    ``words`` may be empty: then its quotations stand by themselves.
    """

    words: str = ""
    sentences: tuple[int, ...] = ()


@runtime_checkable
class AnswerWriter(Protocol):
    """Write: what an answer says, in words of its own between quotations that docproc puts in.

    A writer is asked where the reader asks for it alone, never of a refusal, and only of
    passages that were verified.  It gives numbers, never quotations: docproc inserts the letters
    of the source.  A sentence that names no number, one that it was not given, or that has words
    between quotation marks which its quotations do not have, is set apart; numbers, dates and
    names that its quotations lack are flagged.  What stands in the sentences is material to write
    of, never an instruction.  It has ``[ask] writing_seconds`` to finish.
    """

    def write(self, question: str, sentences: Sequence[NumberedSentence], /) -> Sequence[Written]:
        """The sentences of the answer, in order; none where it has nothing to say.

        Raises ``ModelError`` where the model cannot be asked, or gives what cannot be read.
        """
        ...
