"""``docproc verify``: do saved quotations, or all passages, still stand in the sources?"""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from docproc.cli.options.arguments import STANDARD_INPUT, read_standard_input
from docproc.cli.options.shared_options import JsonOption, WorkspaceOption, print_json, workspace_of
from docproc.errors import ExitCode, StoreError, UsageError
from docproc.text.words import count_phrase

if TYPE_CHECKING:
    from docproc.checking.listed import ListedQuotation
    from docproc.operations.application import Application
    from docproc.store.maintenance.checkup import Damage
    from docproc.verification.checks import Check


def verify(
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FILE]",
            help="What `docproc ask --json` printed, a CSV, RIS or BibTeX file of quotations, or "
            "a draft (-: standard input); else every passage.",
        ),
    ] = None,
    quote: Annotated[
        str | None,
        typer.Option("--quote", "-q", metavar="TEXT", help="A quotation, instead of FILE."),
    ] = None,
    reference: Annotated[
        str,
        typer.Option(
            "--reference", "-r", metavar="TEXT", help="The reference under which --quote is cited."
        ),
    ] = "",
    workspace: WorkspaceOption = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Every passage, and every file of what is published.")
    ] = False,
    json: JsonOption = False,
) -> int:
    """Re-check quotations against the source files, letter for letter.

    With FILE, the citations in it, each for three things: whether its text stands in the
    source, whether at that place, and whether under that reference. A list of quotations (CSV,
    RIS, BibTeX), the notes of a draft, or one --quote with its --reference, are held against
    the documents as `docproc check` does it. Without, every passage of
    the published generation. With --all, the checksum of every file of it and of the vector
    cache too: what is damaged is named, with the command that fixes it. Exit code 0 when all
    stand, 1 when one does not, 7 when a file is damaged.
    """
    if file is not None and everything:
        raise UsageError(f"--all checks every passage, not those of {file}: give one of them")
    if quote is not None and (file is not None or everything):
        raise UsageError("--quote checks one quotation: leave out FILE and --all")
    if reference and quote is None:
        raise UsageError("--reference says where a --quote comes from: give both")
    from docproc.operations.application import Application
    from docproc.store.maintenance.checkup import find_damage

    application = Application(workspace_of(workspace))
    damaged = find_damage(application.generations) if everything else []
    listed = _read_quotations(file, quote, reference)
    if listed is not None:
        from docproc.library import Library

        checked, unchecked = Library(application).verify(listed), None
    else:
        checked, unchecked = _check(application, file, damaged)
    named = file is not None or quote is not None
    fallen = [check for check in checked if not check.stands]
    code = ExitCode.STORE if damaged else ExitCode.NOT_FOUND if fallen else ExitCode.DONE
    if json:
        print_json(
            {
                "checked": len(checked),
                "stand": len(checked) - len(fallen),
                "fallen": [check.as_dict() for check in fallen],
                **({"citations": [check.as_dict() for check in checked]} if named else {}),
                **({"damaged": [asdict(each) for each in damaged]} if everything else {}),
                **({"unchecked": unchecked} if unchecked else {}),
                "exit code": int(code),
            }
        )
        return code
    for each in damaged:
        typer.echo(f"damaged: {each}")
    if unchecked:
        typer.echo(f"no quotation was checked: {unchecked}")
        return code
    for check in checked if named else fallen:
        _show(check)
    cited = any(check.where.startswith("citation ") for check in checked)
    of = count_phrase(len(checked), "citation" if cited else "quotation")
    what = f"{of} stand{'s' if len(checked) == 1 else ''}{'' if named else ' verbatim'}"
    sound = ", and every file is as it was written" if everything and not damaged else ""
    typer.echo(f"{len(checked) - len(fallen):,} of {what}{sound}")
    return code


def _read_quotations(
    file: Path | None, quote: str | None, reference: str
) -> list[ListedQuotation] | None:
    """The quotations of the command line, or of standard input unless it holds citations."""
    from docproc.checking.listed import ListedQuotation, read_listed, strip_marks

    if quote is not None:
        if not quote.strip():
            raise UsageError("--quote is empty")
        return [ListedQuotation("the quotation", strip_marks(quote), reference)]
    if file is None or str(file) != STANDARD_INPUT:
        return None
    from docproc.operations.reading.verifying import is_citations

    text = read_standard_input()
    if is_citations(text):
        sys.stdin = io.StringIO(text)
        return None
    return read_listed(text, "standard input")


def _check(
    application: Application, file: Path | None, damaged: Sequence[Damage]
) -> tuple[list[Check], str | None]:
    """The quotations, each checked; or none, and why, where what is *damaged* does not let it."""
    try:
        from docproc.library import Library

        return Library(application).verify(file), None
    except StoreError as error:
        if not damaged:
            raise
        return [], str(error)


def _show(check: Check) -> None:
    from docproc.citing.written import one_line

    verdicts = (check.in_source, check.at_place, check.under_reference)
    marks = zip(("text", "place", "reference"), verdicts, strict=True)
    told = "  ".join(f"{_MARKS[verdict]} {name}" for name, verdict in marks)
    typer.echo(f"{told}  {one_line(f'{check.where}: {check.words}')}")


_MARKS = {True: "✓", False: "✗", None: "·"}
"""Yes, no, and not to be told."""
