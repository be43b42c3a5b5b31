"""``docproc show``: a document, or a passage in its document."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from docproc.cli.options.arguments import source_name
from docproc.cli.options.shared_options import (
    ForceOption,
    JsonOption,
    WorkspaceOption,
    outputs_of,
    print_json,
)
from docproc.cli.printing.citations import resolve
from docproc.errors import ExitCode

if TYPE_CHECKING:
    from docproc.operations.application import Application
    from docproc.records import Document, Passage, Span
    from docproc.store.files.outputs import Write


def show(
    name: Annotated[
        str,
        typer.Argument(
            metavar="CITATION-OR-DOCUMENT",
            help="A stable name (docproc:…), the beginning of a passage's or a document's id, "
            "or a source file's name, with the path inside if it holds several (box.zip/3.pdf).",
        ),
    ],
    image: Annotated[
        Path | None,
        typer.Option(
            "--image",
            metavar="FILE.png",
            help="Write the page of the PDF, scan or recognized page, with the passage marked.",
        ),
    ] = None,
    html: Annotated[
        Path | None,
        typer.Option(
            "--html",
            metavar="FILE.html",
            help="Write the document as a page, with the passage marked in it and notes linked.",
        ),
    ] = None,
    force: ForceOption = False,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> int:
    """Show a document as it was understood, or a passage marked in its document."""
    from docproc.cli.open_library import library_of, say_notice
    from docproc.records import Passage
    from docproc.records.citation_id import SCHEME

    library = library_of(workspace)
    application = library.application
    outputs = outputs_of(application.workspace, force=force)
    for file in (html, image):
        if file is not None:
            outputs.check(file)
    room = library.room
    say_notice(room)
    root, mark = application.workspace.root, None
    if name.startswith(SCHEME):
        citation = resolve(room, name)
        if citation is None:
            return ExitCode.NOT_FOUND
        mark, document = citation.span, room.lookup.document(citation.document_id)
    elif isinstance(found := room.lookup.find(source_name(name, root)), Passage):
        mark, document = found.span, room.lookup.document(found.document_id)
    else:
        document = found
    passages = room.lookup.passages(document.id)
    unread = room.lookup.unread_of(document.source.path)
    if image or html:
        if html:
            _write_html(html, outputs.write, document, passages, mark)
        if image:
            _write_image(image, outputs.write, application, document, mark)
        return ExitCode.DONE
    if json:
        from docproc.rendering.json import document_json

        print_json(document_json(document, passages, unread))
    else:
        from docproc.rendering.terminal import render_document, screen_for

        render_document(document, passages, screen_for(sys.stdout), mark=mark, unread=unread)
    return 0


def _write_html(
    file: Path, write: Write, document: Document, passages: Sequence[Passage], mark: Span | None
) -> None:
    from docproc.rendering.html import QUOTE, html_page

    locator = next((p.locator for p in passages if p.span == mark), "")
    write(file, html_page(document, mark, locator).encode())
    typer.echo(f"{file}#{QUOTE}" if mark else str(file))


def _write_image(
    file: Path, write: Write, application: Application, document: Document, mark: Span | None
) -> None:
    """Write the pages that the passage stands on: ``x.png``, ``x-2.png``, …"""
    from docproc.passages.locators import page_in_words
    from docproc.records import Span

    pages, more = application.rereader.draw(document, mark or Span(0, len(document.text)))
    for number, page in enumerate(pages, 1):
        path = file if number == 1 else file.with_stem(f"{file.stem}-{number}")
        write(path, page.png)
        typer.echo(f"{path}: {page_in_words(page.label)}")
    if more:
        typer.echo(
            f"Only the first {len(pages)} pages are drawn; name a passage to see its own.", err=True
        )
