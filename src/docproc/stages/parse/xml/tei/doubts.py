"""Doubts: where a title and the roles of the markup say the opposite of who wrote to whom."""

from __future__ import annotations

from dataclasses import replace

from docproc.letters.correspondents.sender_recipient import heading_correspondents
from docproc.persons import folded_words, match_names, natural_order
from docproc.records import Block, BlockKind, Document, Mention

ROLES = "roles"
"""Under this name ``Metadata.other`` says that title and markup differ."""
_CLOSING = 8
"""Blocks at the end of a letter among which its signature is."""
_SHORT = 80


def check_title_roles(document: Document) -> Document:
    """*document*; where its title reverses the roles of its markup, that is said.

    The title decides, which its readers have before them, unless the letter is signed by the one
    whom the markup calls its writer.  In a public edition of 120 letters the roles were reversed in
    all, and no signature bore them out.
    """
    about = document.metadata
    if not (about.title and about.sender and about.recipient):
        return document
    if not _reversed_in(about.title.text, about.sender, about.recipient):
        return document
    titled = heading_correspondents(Mention(about.title.text), letter=True)
    if not (titled.sender and titled.recipient):
        return document
    sender, recipient = titled.sender.text, titled.recipient.text
    if _are_one(sender, about.sender) or not (
        _are_one(sender, about.recipient) and _are_one(recipient, about.sender)
    ):
        return document
    said = f"the title has “{sender}” write to “{recipient}”; the markup says the reverse"
    if not _signed(document, recipient, sender):
        about = replace(about, sender=about.recipient, recipient=about.sender)
    return replace(document, metadata=replace(about, other=(*about.other, (ROLES, said))))


def _reversed_in(title: str, sender: Mention, recipient: Mention) -> bool:
    """Whether a word of the recipient's name alone stands in *title* before all of the sender's."""
    there = {word: at for at, word in reversed(list(enumerate(folded_words(title))))}
    writer, reader = frozenset(folded_words(sender.text)), frozenset(folded_words(recipient.text))
    first, second = (
        min((there[word] for word in own if word in there), default=-1)
        for own in (writer - reader, reader - writer)
    )
    return -1 < second < first


def _are_one(title: str, mention: Mention) -> bool:
    """Whether the name in a title is that of *mention*, whichever is shorter."""
    name = natural_order(mention.text)
    return match_names(title)(name) or match_names(name)(title)


def _signed(document: Document, one: str, other: str) -> bool:
    """Whether the last of the closing lines that names *one* or *other* names *one* alone."""
    closing = [b for b in document.blocks if b.kind not in (BlockKind.NOTE, BlockKind.REGISTER)]
    families = [
        natural_order(name).partition(",")[0].split()[-1].casefold() for name in (one, other)
    ]
    for block in reversed(closing[-_CLOSING:]):
        line = _words(document, block) if len(block.span) < _SHORT else set()
        named = [family in line for family in families]
        if any(named):
            return named[0] and not named[1]
    return False


def _words(document: Document, block: Block) -> set[str]:
    return {word.strip(".,;:!?()[]").casefold() for word in block.span.of(document.text).split()}
