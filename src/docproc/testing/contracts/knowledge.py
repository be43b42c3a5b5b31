"""The conformance class of knowledge."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, ClassVar

from docproc.hooks.knowledge import Knowledge
from docproc.letters.vocabulary.words import KINDS
from docproc.markdown.fields import ROLES
from docproc.pipeline.reading.soundness import find_type_error
from docproc.references import find_archive, find_dates
from docproc.references.dates.edtf import is_edtf
from docproc.references.dates.months import MONTHS, SEASONS
from docproc.testing.checks.import_cost import ImportingContract
from docproc.testing.contract import break_promise, check
from docproc.text.knowledge import learn

_KNOWLEDGE = "docproc.hooks.Knowledge"
_ARCHIVE = "docproc.records.Archive"
_PHRASES = (
    "greetings", "closings", "signed", "offices", "before_offices", "markings", "dateline", "year",
    "notes", "enclosures", "sender", "recipient", "writes", "before", "until", "since", "after",
    "within", "between", "to",
)  # fmt: skip


class KnowledgeContract(ImportingContract):
    """What all knowledge must be.  Give ``plugin``."""

    product: ClassVar[type] = Knowledge

    @check(_KNOWLEDGE)
    def test_it_is_knowledge(self, plugin: Any) -> None:
        """The product is a ``Knowledge``, each field of the type that it has."""
        if not isinstance(plugin, Knowledge):
            break_promise(f"{type(plugin).__name__} is none")
        if wrong := find_type_error(plugin, Knowledge):
            break_promise(wrong)

    @check(_KNOWLEDGE)
    def test_its_language_is_one(self, plugin: Any) -> None:
        """``language`` is an ISO 639-1 code."""
        if not re.fullmatch("[a-z]{2}", plugin.language):
            break_promise(f"{plugin.language!r} is none")

    @check(_KNOWLEDGE)
    def test_there_are_twelve_months_and_four_seasons(self, plugin: Any) -> None:
        """``months`` are twelve texts, ``seasons`` four, or none at all."""
        for name, right in (("months", 12), ("seasons", 4)):
            given = getattr(plugin, name)
            if len(given) not in (0, right) or not all(each.strip() for each in given):
                break_promise(f"{name} are {len(given)}, or one of them is empty")

    @check(_KNOWLEDGE)
    def test_a_word_is_of_one_month(self, plugin: Any) -> None:
        """No word means two months, or another than it means to docproc already."""
        for name, known, first in (("months", MONTHS, 1), ("seasons", SEASONS, 21)):
            seen: dict[str, int] = {}
            for number, words in enumerate(getattr(plugin, name), first):
                for word in words.split():
                    bare = word.casefold().rstrip(".")
                    other = seen.setdefault(bare, number)
                    if other != number or known.get(bare, number) != number:
                        break_promise(f"{word!r} is of two {name}, or another to docproc")

    @check(_KNOWLEDGE)
    def test_its_months_are_read(self, plugin: Any) -> None:
        """A date with each form of a month's name is read as of that month."""
        with _known(plugin):
            for number, words in enumerate(plugin.months, 1):
                for word in words.split():
                    found = find_dates(f"12 {word} 1921")
                    if [each.edtf for each in found] != [f"1921-{number:02d}-12"]:
                        break_promise(f'"12 {word} 1921" is read as {found}')

    @check(_KNOWLEDGE)
    def test_a_phrase_has_words(self, plugin: Any) -> None:
        """A phrase is plain text, with ``*`` at the end of a word only."""
        for name, phrase in _phrases(plugin):
            if not phrase.strip():
                break_promise(f"{name} has an empty phrase, which would stand everywhere")
            if any("*" in word[:-1] or word == "*" for word in phrase.split()):
                break_promise(f"{name}: {phrase!r} has a * that ends no word")
            if re.search(r"[\\|()\[\]?+^$]", phrase):
                break_promise(f"{name}: {phrase!r} is no pattern: it is taken letter by letter")

    @check(_KNOWLEDGE)
    def test_kinds_and_fields_are_docprocs(self, plugin: Any) -> None:
        """``kinds`` and ``fields`` give each word docproc's own."""
        known = {kind for _, kind in KINDS}
        for words, kind in plugin.kinds:
            if kind not in known:
                break_promise(f"{words!r}: docproc knows no {kind!r}; it knows {sorted(known)}")
        for key, role in plugin.fields:
            if role not in ROLES:
                break_promise(f"{key!r}: there is no field {role!r}; there are {sorted(ROLES)}")

    @check(_ARCHIVE)
    def test_its_archives_are_known(self, plugin: Any) -> None:
        """An archive is found by each of its names; its dates are EDTF, and its successors known.

        No name of it is another archive's already.
        """
        with _known(plugin):
            for archive in plugin.archives:
                for name in archive.names:
                    if find_archive(name) != archive:
                        break_promise(f"{name!r} names {find_archive(name)}")
                for when in (archive.begin, archive.end):
                    if when and not is_edtf(when):
                        break_promise(f"{archive.abbreviation}: {when!r} is no EDTF")
                for other in archive.successors:
                    if find_archive(other) is None:
                        break_promise(f"{archive.abbreviation}: nobody knows {other!r}")

    @check(_KNOWLEDGE)
    def test_it_is_forgotten_again(self, plugin: Any) -> None:
        """What is known with it, and without it, is what it says, and nothing else."""
        before = dict(MONTHS)
        with _known(plugin):
            pass
        if before != MONTHS:
            break_promise("months stay known")


class _known:  # noqa: N801 - a context manager
    """Knows *knowledge*, and nothing else that was learned, for a while."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def __enter__(self) -> None:
        learn([self._knowledge])

    def __exit__(self, *_: object) -> None:
        learn([])


def _phrases(knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    for name in _PHRASES:
        for phrase in getattr(knowledge, name):
            yield name, phrase
    for words, _ in knowledge.kinds:
        yield "kinds", words
