"""The web edition "Bolshevik leadership Correspondence. 1912-1927": its furniture and its title.

Every page of that edition opens with the site's title, a line of links, and the title page
of the printed collection.  None of it is the document.  This plugin marks it, so that the
normalizers after it see the document alone.
"""

from __future__ import annotations

import re
from dataclasses import replace

from docproc.hooks import Registration, hookimpl
from docproc.records import Block, BlockKind, Collection, Document, Span, strip_span

_SPACE = r"[ \t\xa0]*"
_LINE_END = rf"{_SPACE}(?:\r\n|\r|\n|\Z)"
_HEAD = re.compile(
    rf"""
    \s*
    (?:(?P<site> Bolshevik\ Leaders\ correspondence ){_LINE_END}\s*)?
    (?:(?P<links> Marx-Engels{_SPACE}\|[^\r\n]* ){_LINE_END}\s*)?
    (?P<edition>
        (?P<title> Bolshevik\ leadership\.?\ Correspondence\.\ 1912\s?[-–]\s?1927\.? ){_LINE_END}\s*
        (?:(?P<statement> Collection\ of\ documents,?\ (?P<year>\d{{4}})\.? ){_LINE_END}\s*)?
        (?:Compiled\ by:?\s*(?P<compilers> [^\r\n]+? ))?
    )
    {_LINE_END}
    """,
    re.VERBOSE,
)


class BolshevikLeadership:
    """Marks the head of a page of the edition, and names the edition in the metadata."""

    def normalize(self, document: Document) -> Document:
        """Return *document* with its furniture marked; any other document unchanged."""
        head = _HEAD.match(document.text)
        if head is None:
            return document
        marked = [
            Block(kind, strip_span(document.text, *head.span(name)))
            for name, kind in (
                ("site", BlockKind.FURNITURE),
                ("links", BlockKind.FURNITURE),
                ("edition", BlockKind.EDITION),
            )
            if head[name]
        ]
        here = Span(0, head.end())
        kept = [block for block in document.blocks if not block.span.overlaps(here)]
        compilers = (head["compilers"] or "").rstrip(". ")
        collection = Collection(
            title=head["title"],
            editors=tuple(name.strip() for name in compilers.split(",") if name.strip()),
            statement=head["statement"],
            year=head["year"],
        )
        return replace(
            document,
            blocks=tuple(sorted([*marked, *kept], key=lambda block: block.span)),
            metadata=replace(document.metadata, collection=collection),
        )


@hookimpl
def docproc_normalizers() -> list[Registration]:
    """Offer the normalizer; name it in ``config.toml`` before "letter"."""
    return [
        Registration(
            "bolshevik-leadership",
            lambda _: BolshevikLeadership(),
            summary="The web edition of the Bolshevik leadership's correspondence.",
        )
    ]
