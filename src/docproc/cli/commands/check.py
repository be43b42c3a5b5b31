"""``docproc check``: every quotation of a draft held against the archive."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from docproc.cli.options.shared_options import ForceOption, JsonOption, outputs_of, print_json
from docproc.errors import ExitCode, SourceError, UsageError

if TYPE_CHECKING:
    from docproc.checking.check import CheckedDraft
    from docproc.config import Limits

ROOM = "http://127.0.0.1:7315"
"""Where ``docproc read`` serves, if nothing else is asked of it."""


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
    docx: Annotated[
        Path | None,
        typer.Option(
            "--docx", metavar="FILE.docx", help="Write a copy of a DOCX draft with comments in it."
        ),
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
    import shutil

    from docproc.checking.check import best_of
    from docproc.checking.page import as_html
    from docproc.checking.report import as_json, as_lines
    from docproc.cli.open_library import library_of

    named: list[Path | None] = [*workspace] if workspace else [None]
    libraries = [library_of(each) for each in named]
    outputs = outputs_of(libraries[0].application.workspace, force=force)
    if html:
        outputs.check(html)
    if docx:
        _check_word(draft, docx)
        outputs.check(docx)
    checked = best_of([library.check(draft) for library in libraries])
    if html:
        page = as_html(
            checked.findings, checked.documents, f"{draft.name}: quotations checked", ROOM
        )
        outputs.write(html, page.encode())
    if docx:
        limits = libraries[0].application.workspace.config.limits
        outputs.write(docx, _with_comments(draft, checked, every, limits))
    if json:
        print_json(as_json(checked.findings, checked.documents))
    else:
        width = min(100, shutil.get_terminal_size().columns)
        for line in as_lines(checked.findings, checked.documents, every=every, width=width):
            typer.echo(line)
    return ExitCode.DONE if checked.stands else ExitCode.NOT_FOUND


def _check_word(draft: Path, docx: Path) -> None:
    """Raise ``UsageError`` where no comments can be written into a copy of *draft*."""
    suffix = draft.suffix.lower()
    if suffix not in (".docx", ".docm"):
        raise UsageError(
            f"--docx writes comments into a copy of a Word file, and {draft} is none: "
            "save it as .docx in the word processor, or use --html"
        )
    if docx.suffix.lower() != suffix:
        raise UsageError(f"{docx}: a copy of {draft.name} is a {suffix} file too")
    if draft.exists() and docx.exists() and docx.samefile(draft):
        raise UsageError(f"{docx} is the draft itself; name another file")


def _with_comments(draft: Path, checked: CheckedDraft, every: bool, limits: Limits) -> bytes:
    from docproc.checking.word_comments import with_comments

    try:
        return with_comments(draft.read_bytes(), checked.findings, every=every, limits=limits)
    except SourceError as error:
        raise UsageError(f"{draft}: no comments can be written into it: {error}") from None
