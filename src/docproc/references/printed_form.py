"""References by their printed form, where no grammar reads it: ``P106/120/57``, ``MN 239``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable

from docproc.records import ArchivalReference
from docproc.text.patterns import compile_on_use

UNPARSED = "unparsed"
"""The ``scheme`` of a reference of which only the printed form is known."""

_PIECE = compile_on_use(r"\d+|[^\W\d_]+")
_SIGNS = r"[\W_]*"
_SIGNS_OF_A_LINE = r"(?:[^\w\n]|_)*"
_NO_DIGIT = {True: r"(?<!\d{})", False: r"(?<![^\W\d_]{})"}
_NO_MORE = {True: r"(?!\d)", False: r"(?![^\W\d_])"}
_LONGEST = 200


def as_printed(words: str) -> ArchivalReference:
    """*words* as a reference of which nothing but the printed form is known."""
    return ArchivalReference(" ".join(words.split()), UNPARSED, ())


def match_printed(asked: str) -> Callable[[ArchivalReference], bool]:
    """Whether a reference's printed form, or the levels named of it, hold *asked*.

    The figures and words of *asked* must stand there in order with nothing but signs between,
    whole: ``Q44`` is in ``Q44/7/12`` and not in ``Q445``; ``12 J`` is in ``12J 4``.
    """
    form = _form(asked)

    def holds(reference: ArchivalReference) -> bool:
        return form is not None and any(map(form.search, _forms(reference)))

    return holds


class PrintedForms:
    """The printed forms of many *references*, for asking again and again what they hold."""

    def __init__(self, references: Iterable[ArchivalReference]) -> None:
        forms = {" ".join(form.split()) for each in references for form in _forms(each)}
        self._all = "\n".join(sorted(forms))

    def holds(self, asked: str) -> bool:
        """Whether any of the references holds *asked*, as ``match_printed`` matches it."""
        if not all(piece in self._all for piece in _pieces(asked)):
            return False  # most are asked for what none holds, and need no pattern of their own
        form = _form(asked, between=_SIGNS_OF_A_LINE)
        return form is not None and form.search(self._all) is not None


def _forms(reference: ArchivalReference) -> tuple[str, str]:
    named = ", ".join(value for _, value in reference.components)
    return _fold(reference.printed), _fold(named)


def prints(asked: str) -> Callable[[str], bool]:
    """Whether a text prints *asked*, as ``match_printed`` matches it: on one line, or over two."""
    form = _form(asked, between=r"[^\w]{0,4}")
    return lambda text: form is not None and form.search(_fold(text)) is not None


def _form(asked: str, between: str = _SIGNS) -> re.Pattern[str] | None:
    pieces = _pieces(asked)
    if not pieces:
        return None
    begin, *others = map(re.escape, pieces)
    # looked for by its first piece, as a string is: what stands before it is asked after that
    first = begin + _NO_DIGIT[pieces[0].isdigit()].format(begin)
    return re.compile(f"{between.join([first, *others])}{_NO_MORE[pieces[-1].isdigit()]}")


def _pieces(asked: str) -> list[str]:
    return _PIECE.findall(_fold(asked)[:_LONGEST])


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
