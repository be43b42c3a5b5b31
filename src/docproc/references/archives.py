"""The authority of archives: their names, when each was in force, and what became of them.

The data is ``archives.toml``; each entry names its sources.  It is read once, when first
needed.
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from docproc.records import Archive
from docproc.references.lookalikes import name_key, name_keys
from docproc.text.knowledge import learned_knowledge, on_knowledge_learned


@cache
def archives() -> tuple[Archive, ...]:
    """Every archive of the authority, in the order of the file; then those that were learned."""
    import tomllib  # a question that names no archive needs neither it nor the file

    data = Path(__file__).with_name("archives.toml").read_text("utf-8")
    own = (_archive(entry) for entry in tomllib.loads(data)["archive"])
    return (*own, *(archive for each in learned_knowledge() for archive in each.archives))


_ENDING = 24
"""Characters at the end of a text that hold the last three letters of a name, if one is there."""


@lru_cache(maxsize=4096)
def find_archive(name: str) -> Archive | None:
    """The archive that *name* names in any spelling, case or transliteration known."""
    return _by_name().get(name_key(name))


def may_end_a_name(text: str) -> bool:
    """Whether *text* ends as some archive's name does; most texts do not.

    A name that ends where *text* ends can only be there if so, wherever it begins.
    """
    keys = name_keys(text[-_ENDING:])
    return any(len(key) < 3 or key[-3:] in _endings() or key[-2:] in _endings() for key in keys)


def successors(archive: Archive) -> tuple[Archive, ...]:
    """Where the holdings of *archive* went: its successors, theirs, and so on, nearest first."""
    found: dict[str, Archive] = {}
    queue = list(archive.successors)
    while queue:
        abbreviation = queue.pop(0)
        if abbreviation not in found and abbreviation != archive.abbreviation:
            if (entry := _by_abbreviation().get(abbreviation)) is None:
                continue  # one that a plugin names, and nobody knows
            found[abbreviation] = entry
            queue += entry.successors
    return tuple(found.values())


def predecessors(archive: Archive) -> tuple[Archive, ...]:
    """The archives whose holdings came to *archive*, directly or through others."""
    return tuple(other for other in archives() if archive in successors(other))


def present_name(archive: Archive | str) -> str | None:
    """The abbreviation of what *archive* is called now.

    Its own where it still stands; ``None`` where the authority does not know, or where the
    holdings were divided among several archives.
    """
    entry = find_archive(archive) if isinstance(archive, str) else archive
    if entry is None:
        return None
    seen = {entry.abbreviation}
    while entry.successors:
        if len(entry.successors) > 1 or entry.successors[0] in seen:
            return None
        if (entry := _by_abbreviation().get(entry.successors[0])) is None:
            return None
        seen.add(entry.abbreviation)
    return entry.abbreviation if entry.end is None else None


def all_names(archive: Archive | str) -> tuple[str, ...]:
    """Every name under which the holdings of *archive* were ever cited, its own first.

    The names of its successors and of its and their predecessors are among them: a search
    for any one of them should find them all.  An unknown name comes back alone.
    """
    entry = find_archive(archive) if isinstance(archive, str) else archive
    if entry is None:
        return (str(archive),)
    after = successors(entry)
    family = [entry, *after]
    for member in (entry, *after):
        family += [other for other in predecessors(member) if other not in family]
    return tuple(dict.fromkeys(name for member in family for name in member.names))


@cache
def _by_abbreviation() -> dict[str, Archive]:
    return {archive.abbreviation: archive for archive in archives()}


@cache
def _endings() -> frozenset[str]:
    """The last three letters of all names; both letters of a name that has but two."""
    return frozenset(key[-3:] for key in _by_name())


@cache
def _by_name() -> dict[str, Archive]:
    table: dict[str, Archive] = {}
    for archive in archives():
        table.setdefault(name_key(archive.abbreviation), archive)
    for archive in archives():
        for name in archive.names:
            table.setdefault(name_key(name), archive)
    return table


def _archive(entry: dict[str, Any]) -> Archive:
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()
    }
    return Archive(**values)


def _forget(_: object) -> None:
    for made in (archives, find_archive, _by_abbreviation, _endings, _by_name):
        made.cache_clear()


on_knowledge_learned(_forget)
