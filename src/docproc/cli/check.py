"""``docproc check``: every quotation of a draft held against the archive."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from docproc.cli.options import ForceOption, JsonOption, outputs_of, print_json
from docproc.errors import ExitCode


def check(
    draft: Annotated[
        Path,
        typer.Argument(
            metavar="DRAFT", help="A chapter: DOCX, ODT, Markdown, HTML, TEI, LaTeX or plain text."
        ),
    ],
    workspace: Annotated[
        list[Path] | None,
        typer.Option(
            "--workspace",
            "-w",
            metavar="DIR",
            help="The workspace; several times for a draft that quotes several archives.",
        ),
    ] = None,
    html: Annotated[
        Path | None,
        typer.Option("--html", metavar="FILE.html", help="Write a page with both texts."),
    ] = None,
    force: ForceOption = False,
    every: Annotated[
        bool, typer.Option("--all", help="List the quotations that stand as well.")
    ] = False,
    json: JsonOption = False,
) -> int:
    """Check every quotation of a draft against the sources, with its footnote's reference.

    A quotation is exact, differs, is stitched of parts, stands under another reference, is not
    found, or is too short to tell. Nothing of the draft is kept. Exit code 0 when all stand, 1
    when one does not.
    """
    from docproc.checking.check import best_of
    from docproc.checking.report import as_html, as_json, as_lines
    from docproc.cli.opening import library_of

    named: list[Path | None] = [*workspace] if workspace else [None]
    libraries = [library_of(each) for each in named]
    outputs = outputs_of(libraries[0].application.workspace, force=force)
    if html:
        outputs.check(html)
    checked = best_of([library.check(draft) for library in libraries])
    if html:
        page = as_html(checked.findings, checked.documents, f"{draft.name}: quotations checked")
        outputs.write(html, page.encode())
    if json:
        print_json(as_json(checked.findings, checked.documents))
    else:
        for line in as_lines(checked.findings, checked.documents, every=every):
            typer.echo(line)
    return ExitCode.DONE if checked.stands else ExitCode.NOT_FOUND
