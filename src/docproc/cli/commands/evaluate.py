"""``docproc eval``: retrieval and abstention figures over a file of questions."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from docproc.cli.options.shared_options import (
    ForceOption,
    JsonOption,
    WorkspaceOption,
    outputs_of,
    print_json,
)


def evaluate(
    questions: Annotated[
        Path, typer.Argument(metavar="QUESTIONS.jsonl", help="One question a line, in JSON.")
    ],
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
    results: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the ranking of every question.")
    ] = None,
    force: ForceOption = False,
) -> int:
    """Measure retrieval and abstention over questions whose answers are known.

    A line holds `question`, `gold` (names or paths of the files that answer it, or of documents
    in them, `volume.xml/d81`; any is right), `answerable`, and, where known, `answers`
    (strings that the quote must hold).
    """
    from docproc.cli.open_library import library_of, say_notice
    from docproc.cli.printing.progress import make_progress
    from docproc.retrieval.calibrating.evaluation import (
        figures,
        ranking_lines,
        read_questions,
        trials,
    )

    asked = read_questions(questions)
    library = library_of(workspace)
    outputs = outputs_of(library.application.workspace, force=force)
    if results is not None:
        outputs.check(results)
    room = library.room
    say_notice(room)
    tried = []
    with make_progress() as progress:
        progress.start("asking", len(asked))
        for trial in trials(asked, room.answering.trial):
            tried.append(trial)
            progress.advance()
    if results is not None:
        outputs.write(results, ranking_lines(tried))
    found = figures(tried)
    if json:
        print_json(found)
    else:
        for name, value in found.items():
            typer.echo(
                f"{name:<32} {value:>8}" if isinstance(value, int) else f"{name:<32} {value:8.3f}"
            )
    return 0
