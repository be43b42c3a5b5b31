"""``docproc ask``: one question, answered with exact passages or an honest "not found"."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from docproc.cli.document_choice import DocumentConditions
from docproc.cli.options.arguments import read_question
from docproc.cli.options.option_groups import with_groups
from docproc.cli.options.shared_options import JsonOption, WorkspaceOption, print_json
from docproc.cli.printing.citations import STYLES, print_formatted
from docproc.errors import DocprocError, ExitCode, UsageError

if TYPE_CHECKING:
    from docproc.library import Library
    from docproc.records import Answer, WrittenAnswer


@with_groups
def ask(
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="QUESTION", help="In your own words; - reads it from standard input."
        ),
    ],
    workspace: WorkspaceOption = None,
    limit: Annotated[
        int | None, typer.Option("--limit", "-n", min=1, help="How many passages at most.")
    ] = None,
    conditions: DocumentConditions = DocumentConditions(),  # noqa: B008 - frozen
    kind: Annotated[
        str | None, typer.Option(help="Only passages of this kind: body, note or apparatus.")
    ] = None,
    full: Annotated[bool, typer.Option("--full", help="Show passages whole.")] = False,
    nearest: Annotated[
        bool, typer.Option("--nearest", help="When nothing answers, show what came nearest.")
    ] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Explain each passage: signals, words, plugins.")
    ] = False,
    as_typed: Annotated[
        bool,
        typer.Option(
            "--as-typed", help="Read no dates, names or quotations as conditions, and add no words."
        ),
    ] = False,
    style: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="NAME",
            help=f"Print citations alone, as {STYLES}; or the answer in a plugin's format.",
        ),
    ] = None,
    write: Annotated[
        bool,
        typer.Option(
            "--write",
            help="Have the plugin that ask.writer names write it, from verified quotations.",
        ),
    ] = False,
    json: JsonOption = False,
) -> int:
    """Answer one question with the exact passages that answer it.

    Exit code 0 when answered, 1 when the documents hold no answer, 12 when a part of the
    corpus could not be searched, 2 or more on an error.
    """
    question = read_question(words)
    if style and json:
        raise UsageError("--format and --json each say what to print: give one of them")
    if write and style:
        raise UsageError("--format prints citations alone: leave out --format or --write")
    from docproc.cli.open_library import library_of, say_notice

    library = library_of(workspace)
    from docproc.library import scope_of

    if write:
        library.writing.check()
    within = f"{conditions.words} kind {kind}" if kind else conditions.words
    where = scope_of(library.application, within)
    form = library.application.extensions.output_format(style) if style else None
    answer = library.ask(question, limit=limit, scope=where, as_typed=as_typed)
    room = library.room
    written, failed = _write(library, answer) if write else (None, None)
    if form:
        print_formatted(form, answer)
    elif json:
        from docproc.rendering.json import answer_json, explained_json
        from docproc.rendering.written_view import written_json

        explained = (
            explained_json(answer, room.explanation.behind(), room.explanation.makers)
            if explain
            else None
        )
        told = explained or answer_json(answer)
        print_json(told | ({"written": written_json(written)} if write else {}))
    else:
        from docproc.rendering.terminal import (
            render_answer,
            render_explanation,
            render_written,
            screen_for,
        )

        console = screen_for(sys.stdout)
        if written:
            render_written(written, console)
        render_answer(answer, console, full=full, nearest=nearest)
        if explain:
            render_explanation(answer, room.explanation.behind, console)
    sys.stdout.flush()  # the answer need not wait for a look at 100,000 files
    say_notice(room)
    if failed:
        raise failed
    if answer.searched.in_part:
        return ExitCode.SHARDS
    return ExitCode.DONE if answer.citations else ExitCode.NOT_FOUND


def _write(library: Library, answer: Answer) -> tuple[WrittenAnswer | None, DocprocError | None]:
    """What the writer makes of *answer*, or why it failed: that costs its words alone."""
    try:
        return library.writing.write(answer), None
    except DocprocError as error:
        return None, error
