"""What the commands that cite share: styles, stable names, and how what is cited is printed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from docproc.hooks import CitationStyle
    from docproc.plugins.guards.guarded_extensions import GuardedFormat
    from docproc.records import Answer, Citation
    from docproc.retrieval import ReadingRoom

STYLES = (
    "plain, markdown, chicago, chicago-short, chicago-bibliography, gost, csl-json, ris, bibtex, "
    "biblatex, tei, cmif, or csl:NAME"
)
"""In words, so that ``--help`` need not import them; a test compares."""


def print_formatted(form: CitationStyle | GuardedFormat, answer: Answer) -> None:
    """Print the citations of *answer* in a style, or the whole of it in a plugin's format."""
    from docproc.citing.written import visible
    from docproc.plugins.guards.guarded_extensions import GuardedFormat

    if isinstance(form, GuardedFormat):
        typer.echo(visible(form.render(answer)))
    elif answer.citations:
        print_cited(form, answer.citations)
    else:
        typer.echo("Not found: no passage answers the question.", err=True)


def print_cited(style: CitationStyle, citations: Sequence[Citation]) -> None:
    """Print *citations* in *style*, with nothing in them that could command a terminal."""
    if not citations:
        return
    from docproc.citing.written import visible

    typer.echo(visible(style.render(citations)))


def resolve(room: ReadingRoom, name: str) -> Citation | None:
    """The citation called *name*; ``None`` where it is broken.  Raises ``UsageError``."""
    from docproc.library import parse_name
    from docproc.verification.stable_names import Standing

    found = room.lookup.resolve(parse_name(name))
    if found.standing is not Standing.STANDS:
        broken = "broken: " if found.standing is Standing.BROKEN else ""
        typer.echo(f"docproc: {broken}{found.words}", err=True)
    return found.citation
