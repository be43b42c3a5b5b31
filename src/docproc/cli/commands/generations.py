"""``docproc generations``: what is published, and the way back."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from docproc.cli.options.shared_options import JsonOption, WorkspaceOption, print_json, workspace_of
from docproc.errors import ExitCode, UsageError
from docproc.text.words import count_phrase

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from docproc.store.generations.generations import Generations, ListedGeneration
    from docproc.store.generations.object_generations import ObjectGenerations

_NEXT_RUN = "The next `docproc index` publishes again; `docproc generations hold` prevents that."

app = typer.Typer(
    help="List the generations, publish another, go back, remove old ones.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


def _open(workspace: Path | None) -> Generations:
    from docproc.store.generations.generations import Generations
    from docproc.store.layout import Layout

    return Generations(Layout(workspace_of(workspace).embeddings))


@contextmanager
def _open_locked(workspace: Path | None) -> Iterator[Generations]:
    """The generations, for the one who may change them."""
    from docproc.store.runs.lock import WriterLock

    generations = _open(workspace)
    with WriterLock(generations.layout):
        yield generations


@app.command("list")
def list_generations(workspace: WorkspaceOption = None, json: JsonOption = False) -> int:
    """List the generations in the order in which they were published."""
    from docproc.cli.printing.tables import print_table

    generations = _open(workspace)
    held = generations.hold.is_on
    rows = [_row(listed) | {"held": held and listed.current} for listed in generations.listing()]
    if json:
        print_json({"generations": rows})
        return 0
    if sys.stdout.isatty():
        _print_fitted(rows)
        return 0
    print_table(
        (),
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
                _figures(row),
                row["problem"] or "",
            )
            for row in rows
        ],
    )
    return 0


def _print_fitted(rows: list[dict[str, Any]]) -> None:
    """Print *rows*: each id whole on one line, the rest folded beside it."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from docproc.rendering.console import console_for
    from docproc.text.output import one_line

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1))
    table.add_column("")
    table.add_column("generation", no_wrap=True, min_width=25)
    for name in ("documents", "passages", "MB"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("model", overflow="fold", ratio=1)
    for row in rows:
        about = [_model(row), _figures(row), row["problem"] or ""]
        sizes = [
            "" if row[name] is None else f"{row[name]:,}" for name in ("documents", "passages")
        ]
        table.add_row(
            "●" if row["current"] else "",
            row["id"],
            *sizes,
            f"{row['bytes'] / 1e6:.1f}",
            Text("\n".join(one_line(each) for each in about if each)),
        )
    console_for(sys.stdout).print(table)
    held = next((row["id"] for row in rows if row["held"]), None)
    if held:
        typer.echo(f"held: {held}", err=True)
    typer.echo("●: published. `generations use` takes an id, or what follows its dash.", err=True)


def _figures(row: dict[str, Any]) -> str:
    return ", ".join(f"{name} {value:.3f}" for name, value in (row["figures"] or {}).items())


def _row(listed: ListedGeneration) -> dict[str, Any]:
    """One generation as plain values; a damaged one with its problem and little else."""
    from docproc.operations.published.embedder_choice import name_embedder
    from docproc.store.manifest import EMBEDDING

    manifest = listed.generation.manifest if listed.generation else None
    return {
        "id": listed.id,
        "current": listed.current,
        "created": manifest.created if manifest else None,
        "bytes": listed.size,
        "documents": manifest.counts.documents if manifest else None,
        "passages": manifest.counts.passages if manifest else None,
        "embedder": manifest.recipe.embedder.name if manifest else None,
        "model name": name_embedder(manifest.recipe.embedder) if manifest else None,
        "model": manifest.model.fingerprint if manifest else None,
        "dimension": manifest.model.dimension if manifest else None,
        "cosine": manifest.facts.get(EMBEDDING, {}).get("cosine") if manifest else None,
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
    with _open_locked(workspace) as generations:
        typer.echo(f"published: {generations.use(generation).id}", err=True)
    return 0


@app.command()
def rollback(workspace: WorkspaceOption = None) -> int:
    """Publish the generation before the current one again."""
    with _open_locked(workspace) as generations:
        typer.echo(f"published: {generations.rollback().id}", err=True)
        if not generations.hold.is_on:
            typer.echo(_NEXT_RUN, err=True)
    return 0


@app.command()
def push(workspace: WorkspaceOption = None) -> int:
    """Publish the current generation in the object storage that `[scale] generations` names.

    `docproc index` does so by itself; this is for after a failure. Where another machine has
    published meanwhile nothing changes there: exit code 75.
    """
    with _open_locked(workspace) as generations:
        elsewhere = _find_elsewhere(workspace, generations)
        current = generations.current()
        if current is None:
            raise UsageError("nothing is published here: `docproc index` first")
        files = elsewhere.push(current)
        typer.echo(f"published there: {current.id} ({count_phrase(files, 'new file')})", err=True)
    return 0


@app.command()
def pull(workspace: WorkspaceOption = None) -> int:
    """Bring the generation that the object storage of `[scale] generations` publishes.

    Files that are here already are not brought again; each is compared with its checksum.
    """
    with _open_locked(workspace) as generations:
        elsewhere = _find_elsewhere(workspace, generations)
        found, files = elsewhere.pull()
        if found is None:
            typer.echo(
                "nothing is published there yet (`docproc generations push`)",
                err=True,
            )
            return ExitCode.UNPUBLISHED
        typer.echo(f"published: {found.id} ({count_phrase(files, 'file')} brought)", err=True)
    return 0


def _find_elsewhere(workspace: Path | None, generations: Generations) -> ObjectGenerations:
    from docproc.store.generations.object_generations import ObjectGenerations

    url = workspace_of(workspace).config.scale.generations
    if not url:
        raise UsageError('config.toml names no object storage: [scale] generations = "s3://…"')
    return ObjectGenerations(url, generations)


@app.command()
def hold(
    release: Annotated[bool, typer.Option("--release", help="Let runs publish again.")] = False,
    workspace: WorkspaceOption = None,
) -> int:
    """Keep runs from publishing over the current generation.

    `docproc index` and `docproc reembed` then end with exit code 75 until --release; `use` and
    `rollback` still do what they are asked.
    """
    with _open_locked(workspace) as generations:
        if not release:
            typer.echo(f"held: {generations.hold.put()}", err=True)
        elif generations.hold.release():
            typer.echo("released: runs publish again", err=True)
        else:
            typer.echo("nothing was held", err=True)
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

    So are the vectors and encoders of models that no remaining generation was made with. Of the
    others' vectors, the small shards that each run leaves are merged, and each is compared with
    its checksum: a damaged one is set aside, and its vectors computed again when they are wanted.
    """
    from datetime import timedelta
    from functools import partial

    from docproc.store.generations.published_vectors import keep_vectors
    from docproc.store.maintenance.unused_models import remove_retired, tidy_caches

    space = workspace_of(workspace)
    policy = space.config.retention
    if keep is None and not policy.generations:
        raise UsageError("retention.generations is 0: all are kept; --keep N says otherwise")
    young = timedelta(days=policy.days if keep is None else 0)

    def say(words: str) -> None:
        typer.echo(words, err=True)

    with _open_locked(workspace) as generations:
        going = partial(keep_vectors, generations.layout)
        removed = generations.prune(keep or policy.generations, young, say, going)
        generations.sweep()
        retired = remove_retired(generations, say)
        tidied = tidy_caches(generations, merge=not space.config.scale.vectors)
    for listed in removed:
        typer.echo(f"removed: {listed.id}", err=True)
    for folder, size in retired:
        typer.echo(f"removed: {folder} ({size / 1e6:.1f} MB, of a model no longer used)", err=True)
    for shard in tidied.damaged:
        typer.echo(f"damaged, set aside: {shard}", err=True)
    if tidied.merged:
        typer.echo(f"merged: {count_phrase(tidied.merged, 'small shard')} of vectors", err=True)
    if not (removed or retired or tidied.merged or tidied.damaged):
        typer.echo("nothing to remove", err=True)
    return 0
