"""Box-and-folder collections: ``Lansing Papers, Box 12, Folder 4, Library of Congress``.

The levels: ``collection``, ``series``, ``box``, ``folder``, ``item``, ``reel``.
"""

from __future__ import annotations

from collections.abc import Iterator

from docproc.records import ArchivalReference, Archive, Span
from docproc.references.grammars.chain import Level, Levels
from docproc.references.grammars.grammar import Grammar, reference
from docproc.references.grammars.nearby_archives import archive_after, archive_before
from docproc.references.grammars.walk import plain_value
from docproc.text.patterns import compile_on_use

SCHEME = "box and folder"

_N = r"(?:[A-Z]-?)?\d{1,5}[A-Za-z]?(?:\s?[-–]\s?\d{1,5})?(?!\w)"
_QUOTED = r"[“\"‘'][^“”\"’'\n]{1,80}[”\"’']"
_LEVELS = Levels(
    (
        Level("series", 1, r"(?:[Ss]eries|[Ss]ubseries)", r"(?:\d{1,3}|[IVX]{1,5}|[A-Z])(?!\w)"),
        Level("box", 2, r"(?:[Bb]ox(?:es)?|BOX|[Cc]ontainer|[Cc]arton)", _N),
        Level("reel", 2, r"(?:[Rr]eel|[Mm]icrofilm reel)", _N),
        Level("folder", 3, r"(?:[Ff]older|FOLDER|[Ff]ile|[Ff]ld\.)", rf"(?:{_N}|{_QUOTED})"),
        Level("item", 4, r"(?:[Ii]tem|ITEM)", _N),
    ),
    separator=r"\s{0,2}[,;:.]?\s{0,2}",
    ordered=False,
)
_COLLECTION = compile_on_use(
    r"(?<!\w)((?:[A-Z][\w.'’&-]{0,20}\s|(?:of|and|the|for|de|von|van|on)\s){1,8}"
    r"(?:Papers|Collection|Records|Archives?|Manuscripts|MSS|Correspondence))"
    r"(?:\s\([^()\n]{1,30}\))?[,.;:]\s{1,2}\Z"
)
_LONGEST = 120
_NUMBERED = compile_on_use(r"[BbCcRr](?:ox(?:es)?|OX|ontainer|arton|eel)\s{0,2}(?:[A-Z]-?)?\d")
"""Nothing counts without a box or a reel; most texts hold none."""


def _find(text: str, start: int, end: int, whole: bool) -> Iterator[ArchivalReference]:
    if not _NUMBERED.search(text, start, end):
        return
    for chain in _LEVELS.chains(text, start, end):
        names = {link.level.name for link in chain}
        if not names & {"box", "reel"}:
            continue
        begin, stop = chain[0].start, chain[-1].end
        components = [(link.level.name, plain_value(link.value).strip("“”\"‘’'")) for link in chain]
        collection, begin = _collection(text, start, begin)
        if collection:
            components.insert(0, ("collection", collection))
        archive, begin = archive_before(text, start, begin, any_case=whole)
        if archive is None:
            archive, stop = _behind(text, stop, end, components, bool(collection))
        if archive or (len(components) > 1 and (collection or "folder" in names)) or whole:
            yield reference(text, Span(begin, stop), SCHEME, components, archive)


def _collection(text: str, start: int, at: int) -> tuple[str, int]:
    low = max(start, at - _LONGEST)
    match = _COLLECTION.search(text[low:at])
    return (match[1], low + match.start()) if match else ("", at)


_COLLECTION_BEHIND = compile_on_use(
    r",\s((?:[A-Z][\w.'’&-]{0,20}\s){1,6}(?:Papers|Collection|Records|Manuscripts|MSS))(?!\w)"
)


def _behind(
    text: str, stop: int, end: int, components: list[tuple[str, str]], collected: bool
) -> tuple[Archive | None, int]:
    """The collection and the archive that a form names after its box, as American ones do."""
    match = None if collected else _COLLECTION_BEHIND.match(text, stop, end)
    if match:
        components.insert(0, ("collection", match[1]))
        stop = match.end()
    return archive_after(text, stop, end)


GRAMMAR = Grammar(SCHEME, _find, "Collections kept in boxes and folders")
