"""``docproc generations``: what is published, and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from docproc.cli.options import JsonOption, WorkspaceOption, print_json, workspace_of
from docproc.errors import UsageError
from docproc.text.quantities import counted

if TYPE_CHECKING:
    from pathlib import Path

    from docproc.store.generations import Generations, Listed
    from docproc.store.layout import Layout

app = typer.Typer(
    help="List the generations, take another, go back, remove old ones.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


_COLUMNS = (
    *("", "generation", "published", "documents", "passages"),
    *("model", "dimension", "MB", "figures", ""),
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
    rows = [_row(listed) for listed in generations.listing()]
    if json:
        print_json({"generations": rows})
        return 0
    print_table(
        _COLUMNS,
        [
            (
                "●" if row["current"] else "",
                row["id"],
                row["created"] or "",
                row["documents"],
                row["passages"],
                _model(row),
                row["dimension"],
                f"{row['bytes'] / 1e6:.1f}",
                ", ".join(f"{name} {value:.3f}" for name, value in (row["figures"] or {}).items()),
                row["problem"] or "",
            )
            for row in rows
        ],
    )
    return 0


def _row(listed: Listed) -> dict[str, Any]:
    """One generation as plain values; a damaged one with its problem and little else."""
    from docproc.operations.embedder_choice import FACTS, printed

    manifest = listed.generation.manifest if listed.generation else None
    return {
        "id": listed.id,
        "current": listed.current,
        "created": manifest.created if manifest else None,
        "bytes": listed.size,
        "documents": manifest.counts.documents if manifest else None,
        "passages": manifest.counts.passages if manifest else None,
        "embedder": manifest.recipe.embedder.name if manifest else None,
        "model name": printed(manifest.recipe.embedder) if manifest else None,
        "model": manifest.model.fingerprint if manifest else None,
        "dimension": manifest.model.dimension if manifest else None,
        "cosine": manifest.facts.get(FACTS, {}).get("cosine") if manifest else None,
        "figures": manifest.facts.get("gate") if manifest else None,
        "problem": listed.problem,
    }


def _model(row: dict[str, Any]) -> str:
    """The model as a person calls it; with its agreement with the exact one where it is reduced."""
    cosine = row["cosine"]
    return (row["model name"] or "") + (f", cosine {cosine:.3f}" if cosine is not None else "")


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
    keep: Annotated[
        int | None,
        typer.Option(
            min=1, help="How many of the newest to keep, whatever their age; else [retention]."
        ),
    ] = None,
    workspace: WorkspaceOption = None,
) -> int:
    """Remove old generations; never the current one.

    With them go the vectors and encoders of models that no generation left was made with. Of the
    others' vectors, the small shards that each run leaves are merged, and each is compared with
    its checksum: a damaged one is set aside, and its vectors computed again when they are wanted.
    """
    from datetime import timedelta

    from docproc.store.generations import Generations
    from docproc.store.layout import Layout
    from docproc.store.lock import WriterLock
    from docproc.store.retired import remove_retired, tidy_caches

    space = workspace_of(workspace)
    layout = Layout(space.embeddings)
    generations = Generations(layout)
    policy = space.config.retention
    if keep is None and not policy.generations:
        raise UsageError("retention.generations is 0: all are kept; --keep N says otherwise")
    young = timedelta(days=policy.days if keep is None else 0)

    def say(words: str) -> None:
        typer.echo(words, err=True)

    with WriterLock(layout):
        removed = generations.prune(keep or policy.generations, young, say)
        generations.sweep()
        retired = remove_retired(generations, say)
        tidied = tidy_caches(generations)
    for listed in removed:
        typer.echo(f"removed: {listed.id}", err=True)
    for folder, size in retired:
        typer.echo(f"removed: {folder} ({size / 1e6:.1f} MB, of a model no longer used)", err=True)
    for shard in tidied.damaged:
        typer.echo(f"damaged, set aside: {shard}", err=True)
    if tidied.merged:
        typer.echo(f"merged: {counted(tidied.merged, 'small shard')} of vectors", err=True)
    if not (removed or retired or tidied.merged or tidied.damaged):
        typer.echo("nothing to remove", err=True)
    return 0
