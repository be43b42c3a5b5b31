"""``docproc generations``: what is published, and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from docproc.cli.options import JsonOption, WorkspaceOption, print_json, workspace_of

if TYPE_CHECKING:
    from pathlib import Path

    from docproc.store.generations import Generations
    from docproc.store.layout import Layout

app = typer.Typer(
    help="List the generations, take another, go back, remove old ones.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


def _open(workspace: Path | None) -> tuple[Generations, Layout]:
    from docproc.store.generations import Generations
    from docproc.store.layout import Layout

    layout = Layout(workspace_of(workspace).embeddings)
    return Generations(layout), layout


@app.command("list")
def list_generations(workspace: WorkspaceOption = None, json: JsonOption = False) -> int:
    """List the generations in the order in which they were published."""
    from docproc.cli.tables import print_table

    generations, _ = _open(workspace)
    rows = []
    sizes = []
    for listed in generations.listing():
        manifest = listed.generation.manifest if listed.generation else None
        sizes.append(listed.size / 1e6)
        rows.append(
            {
                "id": listed.id,
                "current": listed.current,
                "created": manifest.created if manifest else None,
                "bytes": listed.size,
                "documents": manifest.counts.documents if manifest else None,
                "passages": manifest.counts.passages if manifest else None,
                "embedder": manifest.recipe.embedder.name if manifest else None,
                "model": manifest.model.fingerprint if manifest else None,
                "dimension": manifest.model.dimension if manifest else None,
                "problem": listed.problem,
            }
        )
    if json:
        print_json({"generations": rows})
        return 0
    print_table(
        ("", "generation", "documents", "passages", "dimension", "MB", ""),
        [
            (
                "●" if row["current"] else "",
                row["id"],
                row["documents"],
                row["passages"],
                row["dimension"],
                f"{megabytes:.1f}",
                row["problem"] or "",
            )
            for row, megabytes in zip(rows, sizes, strict=True)
        ],
    )
    return 0


@app.command()
def use(
    generation: Annotated[str, typer.Argument(help="A generation's id, or its beginning.")],
    workspace: WorkspaceOption = None,
) -> int:
    """Publish another generation, after checking every file of it."""
    from docproc.store.lock import WriterLock

    generations, layout = _open(workspace)
    with WriterLock(layout):
        typer.echo(f"published: {generations.use(generation).id}", err=True)
    return 0


@app.command()
def rollback(workspace: WorkspaceOption = None) -> int:
    """Publish the generation that stood before the current one."""
    from docproc.store.lock import WriterLock

    generations, layout = _open(workspace)
    with WriterLock(layout):
        typer.echo(f"published: {generations.rollback().id}", err=True)
    return 0


@app.command()
def prune(
    keep: Annotated[int, typer.Option(min=1, help="How many of the newest to keep.")] = 3,
    workspace: WorkspaceOption = None,
) -> int:
    """Remove old generations; never the current one."""
    from docproc.store.lock import WriterLock

    generations, layout = _open(workspace)
    with WriterLock(layout):
        removed = generations.prune(keep)
        generations.sweep()
    for listed in removed:
        typer.echo(f"removed: {listed.id}", err=True)
    if not removed:
        typer.echo("nothing to remove", err=True)
    return 0
