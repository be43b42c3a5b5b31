"""Asked: the words of a question that are looked for, and which of them are names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docproc.hooks.protocols import TextIndex
from docproc.retrieval.coverage import QuestionWords
from docproc.text.names import asked_names
from docproc.text.terms import question_words

LONGEST_WHOLE = 4
"""Parts of a hyphened word at most."""


def asked(question: str, index: TextIndex) -> QuestionWords:
    """The words of *question*, and which are names: capitalised, or unknown to *index*.

    A hyphened whole that no text has is left out: its parts say all that it does.  But where
    texts have its name in another spelling, as Zedong for Tse-tung, it is the parts that no
    text has that say nothing.
    """
    words = question_words(question, tuple(index.languages))
    names = asked_names(question)
    unknown = {word for word, terms in words if not any(map(index.document_frequency, terms))}
    left_out: set[str] = set()
    for parts in _runs([word for word, _ in words]):
        whole = "".join(parts)
        if whole in unknown:
            keys = names[whole].keys if whole in names else ()
            respelled = any(map(index.document_frequency, keys))
            left_out |= unknown.intersection(parts) if respelled else {whole}
    return QuestionWords(
        [(word, terms) for word, terms in words if word not in left_out],
        {w: name.keys for w, name in names.items() if name.capitalised or w in unknown},
    )


def _runs(words: Sequence[str]) -> Iterator[Sequence[str]]:
    """Two to four of *words* that stand side by side."""
    for size in range(2, LONGEST_WHOLE + 1):
        for at in range(len(words) - size + 1):
            yield words[at : at + size]
