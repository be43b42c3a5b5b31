"""What a grammar of archival references is, and the record by which one is added."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol, TypeAlias

from docproc.dataclass_on_use import dataclass
from docproc.records import ArchivalReference, Archive, Span
from docproc.references.archives import present_name

Finder: TypeAlias = Callable[[str, int, int, bool], Iterable[ArchivalReference]]
"""``finder(text, start, end, whole)`` yields the references of ``text[start:end]``.

Spans are offsets into *text*.  *whole* says that the stretch is known to be a reference
and nothing else (metadata, a user's question), so that less of a form is asked for.
"""


class FindsReferences(Protocol):
    """What finding asks of a grammar, a plugin's or a built-in one (see ``Grammar``)."""

    @property
    def scheme(self) -> str: ...
    def find(
        self, text: str, start: int, end: int, whole: bool, /
    ) -> Iterable[ArchivalReference]: ...


@dataclass(frozen=True, slots=True)
class Grammar:
    """A family of forms that gives ``scheme``; ``find`` must be linear and must not raise."""

    scheme: str
    find: Finder
    summary: str = ""


def holds_sign(text: str, start: int, end: int, signs: Iterable[str]) -> bool:
    """Whether one of *signs* stands in ``text[start:end]``: far quicker to see than a form is."""
    part = text[start:end]
    for sign in signs:  # noqa: SIM110 - a generator takes as long as all of this
        if sign in part:
            return True
    return False


def reference(
    text: str,
    span: Span,
    scheme: str,
    components: Iterable[tuple[str, str]],
    archive: Archive | None = None,
) -> ArchivalReference:
    """The reference that stands at *span* of *text*, with its archive's names filled in."""
    return ArchivalReference(
        printed=span.of(text),
        scheme=scheme,
        components=tuple(components),
        archive=archive.abbreviation if archive else None,
        archive_now=present_name(archive) if archive else None,
        span=span,
    )
