"""Notes of a page: short links to a later place in it, and the blocks that they lead to.

A note may be of several paragraphs, and the links by which it leads back to its marks ("↩",
"^ a b") are no words of it.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import field
from itertools import count

from docproc.dataclass_on_use import dataclass
from docproc.formats.xml import Element, lies_in, text_of
from docproc.text.patterns import compile_on_use

_MARK = compile_on_use(
    r"""\s*(?: [\[(]?\s* (?P<label>\d{1,4}|[¹²³⁰-⁹]{1,3}|[*†‡§]{1,4}|[a-z]) \s*[\])]?
    | [\[(]\s* (?P<capital>[A-Z]
    | (?i:notes?|nb|n|fn|anm\.?|remarque|прим\.?|注釈?|註)[ \xa0]*\d{1,4}) \s*[\])] )\s*""",
    re.VERBOSE,
)
_PAGE = compile_on_use(r"(?:page|pg|p|seite|s)[-_.]?(?:\d+|[ivxlc]+)", re.IGNORECASE)
"""What the place is called at which a page of print begins, to which an index leads."""
_CONTAINERS = frozenset(("li", "p", "div", "dd", "aside", "td", "section"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "hr"))
_SAYS_NOTE = compile_on_use(
    r"(?:foot|end|rear|side|margin)?notes?(?![a-z])|fußnoten?|sdfoot|(?:ftn|edn)\d|сноск",
    re.IGNORECASE,
)
_NAMING = ("class", "id", "role", "epub:type", "style")
_BACK = compile_on_use(
    r"""\W* (?:[↩↑↵⏎⤴⬆^][\ufe0e\ufe0f]? | [a-z] | \d+[.,]\d+
    | (?:go\s+|jump\s+)?back(?:\s+to\s+(?:content|text|article|reference|top))?
    | return(?:\s+to\s+text)?
    | zurück(?:\s+zum\s+text)? | retour(?:\s+au\s+texte)? | назад | вернуться)?\W*""",
    re.VERBOSE | re.IGNORECASE,
)
"""What a link says that leads from a note back to its mark, and says nothing of the note."""
_UP = compile_on_use(r"[\s^↑]*")
"""What stands before several such links."""


@dataclass(frozen=True, slots=True)
class HtmlNotes:
    """The notes of a page: each block with its id and label, each link with the id of its note."""

    blocks: dict[Element, tuple[str, str]]
    links: dict[Element, str]
    within: dict[Element, str] = field(default_factory=dict)
    """Notes that stand where their marks would, beside the text or shown when pointed at."""


def notes_of(body: Element, elements: Sequence[Element], told: Sequence[Element]) -> HtmlNotes:
    """Find the notes below *body*.

    *elements* are all that is there, in its order, and *told* those that have attributes.

    A link is a mark if its words are a number or a sign and it leads on to a block that no
    other note stands in; the link by which a note leads back is none.
    """
    local = [
        (link, href[1:])
        for link in body.iter("a")
        if (href := link.get("href")) and href.startswith("#")
    ]
    if not local:
        return HtmlNotes({}, {}, _notes_within(told))
    places = dict(zip(elements, count()))
    targets: dict[str, Element] = {}
    for element in told:
        if key := element.get("id"):
            targets.setdefault(key, element)
        if element.tag == "a" and (key := element.get("name")):
            targets.setdefault(key, element)
    blocks: dict[Element, tuple[str, str]] = {}
    links: dict[Element, str] = {}
    back: list[Element] = []
    crowded: set[Element] = set()
    for link, key in local:
        target = targets.get(key)
        # of a page that was cut: a link back, if it stands in a note
        if target is None or places[target] <= places[link]:
            back.append(link)
            continue
        mark = None if _PAGE.fullmatch(key) else _MARK.fullmatch(text_of(link)[:20])
        block = _block(target, body) if mark else None
        if (
            mark is None
            or block is None
            or (places[block] < places[link] and lies_in(link, (block,)))
        ):
            continue
        if block in blocks and blocks[block][0] != key:
            crowded.add(block)
        blocks.setdefault(block, (key, mark["label"] or mark["capital"]))
        links[link] = key
    kept = {block: note for block, note in blocks.items() if block not in crowded}
    kept = {block: note for block, note in kept.items() if not lies_in(block, kept)}
    keys = {key for key, _ in kept.values()}
    links = {link: key for link, key in links.items() if key in keys}
    _drop_back_links(back, kept)
    within = {} if kept else _notes_within(told)
    return HtmlNotes(_whole(kept, links, body), links, within)


def _notes_within(told: Sequence[Element]) -> dict[Element, str]:
    """The notes in the middle of a sentence, by their numbers, of a page that links to none."""
    found = [
        each
        for each in told
        if each.tag == "span"
        and _SAYS_NOTE.fullmatch((each.get("class") or "").replace("-", ""))
        and " " in text_of(each).strip()
        and next(each.iter("a"), None) is None
    ]
    return {each: str(number) for number, each in enumerate(found, 1)}


def _whole(
    blocks: dict[Element, tuple[str, str]], links: dict[Element, str], body: Element
) -> dict[Element, tuple[str, str]]:
    """*blocks*, each with the paragraphs that follow it in what holds the note, or all notes.

    They are moved into the note, which is written as one block.
    """
    wide: dict[Element, tuple[str, str]] = {}
    for block, note in blocks.items():
        while (above := block.getparent()) is not None and above is not body:
            if not _holds_one_note(above, block) or _holds(above, links):
                break
            if sum(each in blocks for each in above.iter()) > 1:
                break
            block = above
        wide[block] = note
    parents = {block: block.getparent() for block in wide}
    of_notes = {each for each in set(parents.values()) if _is_of_notes(each, body)}
    for block in wide:
        if parents[block] in of_notes:
            following = block.getnext()
            while following is not None and not _ends_note(following, blocks, links):
                block.append(following)
                following = block.getnext()
    return wide


def _holds_one_note(above: Element, block: Element) -> bool:
    """Whether *above* holds the note that begins with *block*, and nothing else."""
    if above.tag not in _CONTAINERS or (above.text or "").strip():
        return False
    first = next(iter(above), None)
    return first is block and (above.tag in ("li", "dd") or _says_note(above, several=False))


def _is_of_notes(parent: Element | None, body: Element) -> bool:
    """Whether *parent* holds notes alone."""
    return parent is not None and parent is not body and _says_note(parent, several=True)


def _says_note(element: Element, *, several: bool) -> bool:
    names = " ".join(filter(None, map(element.get, _NAMING)))
    found = _SAYS_NOTE.search(names)
    return found is not None and (several or not found[0].lower().endswith("s"))


def _ends_note(element: Element, notes: Container[Element], links: Container[Element]) -> bool:
    return element.tag in _HEADINGS or _holds(element, notes) or _holds(element, links)


def _holds(element: Element, others: Container[Element]) -> bool:
    """Whether *element* is one of *others* or holds one."""
    return any(each in others for each in element.iter())


def _drop_back_links(links: Iterable[Element], notes: Mapping[Element, tuple[str, str]]) -> None:
    """Take the links that lead back from *notes* out of the tree, with the "^" before them."""
    for link in links:
        note = next((each for each in link.iterancestors() if each in notes), None)
        said = text_of(link)
        if note is None or not _BACK.fullmatch(said) or _labels(said, note, notes[note][1]):
            continue
        above = link.getparent()
        while above is not note and text_of(above).strip() == text_of(link).strip():
            link, above = above, above.getparent()
        before = link.getprevious()
        written = (above.text if before is None else before.tail) or ""
        if before is None and _UP.fullmatch(written):
            written = ""
        written += link.tail or ""
        if before is None:
            above.text = written
        else:
            before.tail = written
        above.remove(link)


def _labels(said: str, note: Element, label: str) -> bool:
    """Whether a link that says *said* is what *note* prints as its *label*."""
    return said.strip("[]() .\n\t") == label and text_of(note).lstrip().startswith(said.strip())


def _block(target: Element | None, body: Element) -> Element | None:
    """The block that *target* is or stands in; ``None`` where that is the whole page."""
    while target is not None and target is not body:
        if target.tag in _CONTAINERS:
            return target
        target = target.getparent()
    return None
