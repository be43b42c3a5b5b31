"""The condition of a workspace: what is published, what is stale and what fixes it."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from docproc.dataclass_on_use import dataclass
from docproc.errors import ConfigError, DocprocError, ExitCode, ModelError, PluginError
from docproc.hooks.specs import EMBED
from docproc.hooks.specs import VECTOR_INDEX as VECTOR_STAGE
from docproc.operations.published.calibration_warnings import list_calibration_warnings
from docproc.operations.published.embedder_choice import (
    describe_embedder,
    name_embedder,
    was_chosen_by_reembed,
    with_published_embedder,
)
from docproc.operations.sources.changes import describe_changes
from docproc.operations.writing.gate import read_configured_questions
from docproc.store.catalog import not_read
from docproc.store.files.durable import folder_size
from docproc.store.generations.open_catalog import open_catalog
from docproc.store.layout import (
    CATALOG,
    DUPLICATES,
    ENCODER,
    RERANKER,
    TEXT,
    UNIT_VECTORS,
    VECTOR_INDEX,
    VECTORS,
    Layout,
)
from docproc.store.maintenance.checkup import INDEX, START, find_damage
from docproc.store.manifest import (
    EMBEDDING,
    Manifest,
    PluginUse,
    calibrated_as_now,
    without_learning,
)
from docproc.store.runs.reports import last_run, last_success
from docproc.store.runs.unfinished import Unfinished
from docproc.text.words import count_phrase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docproc.operations.application import Application
    from docproc.plugins.selection.selection import PluginSelection
    from docproc.store.catalog.rows import Failure
    from docproc.store.generations.generation import Generation


REEMBED, LIST = "docproc reembed", "docproc plugins list"
HELD = "yes: nothing else is published until `docproc generations hold --release`"
NOTHING = f"nothing is indexed here yet: `{INDEX}`"


_HALF = 0.5
_NAMED = 5
"""How many documents are named of which most is in no passage."""

STATES: dict[str, ExitCode] = {
    "healthy": ExitCode.DONE,
    "failed files": ExitCode.PARTIAL,
    "stale": ExitCode.STALE,
    "nothing published": ExitCode.UNPUBLISHED,
    "damaged": ExitCode.STORE,
}
"""What a workspace can be, from the best to the worst, and what ``docproc status`` exits with."""


@dataclass(frozen=True, slots=True)
class StalePart:
    """A stale part of the published generation."""

    what: str
    fix: str

    def __str__(self) -> str:
        return f"{self.what}: `{self.fix}`"


def describe_status(application: Application) -> dict[str, Any]:
    """What ``docproc status`` says, as plain values; ``state`` is one of ``STATES``."""
    if damaged := find_damage(application.generations, quick=True):
        return {
            "state": "damaged",
            "damaged": [asdict(each) for each in damaged],
            **_last_run(application),
            **_describe_unfinished(application),
        }
    generation = application.generations.current()
    if generation is None:
        nothing = {"state": "nothing published", "published": None, "advice": NOTHING}
        return nothing | _last_run(application) | _describe_unfinished(application)
    manifest = generation.manifest
    found, failed = find_stale_parts(application, generation), list_failures(generation)
    parts = disk_use(generation, application.generations.layout)
    return {
        "state": "stale" if found else "failed files" if failed else "healthy",
        "published": generation.id,
        **({"held": HELD} if application.generations.hold.is_on else {}),
        "created": manifest.created,
        "holds": {
            "sources": manifest.counts.sources,
            "documents": manifest.counts.documents,
            "passages": manifest.counts.passages,
            "sentences": manifest.counts.sentences,
            "bytes": generation.size,
            **_shards(manifest),
        },
        "disk": parts,
        "disk, bytes for a character of text": bytes_per_character(
            parts, count_characters(generation)
        ),
        "model": {
            "name": name_embedder(manifest.recipe.embedder),
            "embedder": manifest.recipe.embedder.name,
            "fingerprint": manifest.model.fingerprint,
            "dimension": manifest.model.dimension,
            "questions encoded by": manifest.model.query_encoder
            or f"the model itself ({manifest.model.no_encoder_because})",
        }
        | ({"chosen by": f"`{REEMBED}`, not config.toml"} if _told(application, generation) else {})
        | {k: v for k, v in manifest.facts.get(EMBEDDING, {}).items() if k != "configured"},
        VECTOR_STAGE.name: manifest.facts[VECTOR_STAGE.name],
        "calibration": manifest.calibration
        | _describe_calibration(manifest)
        | _list_warnings(manifest),
        "gate": manifest.facts.get("gate"),
        **_last_run(application),
        **_describe_unfinished(application),
        "stale": [{"what": each.what, "fix": each.fix} for each in found],
        "not taken": _not_taken(generation, failed),
        "failed": [failure_line(failure) for failure in failed],
        **_list_withdrawn(application),
        **_list_withheld(application, generation),
        **_duplicates(generation),
    }


def _not_taken(generation: Generation, failed: Sequence[Failure]) -> dict[str, Any]:
    """What of the sources is in no passage: text that was set apart, and what could not be read."""
    with open_catalog(generation) as catalog:
        text = catalog.readings.text_in_passages()
    whole, taken = (sum(each) for each in zip(*text.values(), strict=True)) if text else (0, 0)
    mostly = [name for name, (length, inside) in text.items() if inside < _HALF * length]
    named = [*mostly[:_NAMED], *([f"and {len(mostly) - _NAMED:,} more"] if mostly[_NAMED:] else [])]
    return {
        "in no passage": f"{1 - taken / whole:.1%} of the text" if whole else "none",
        "mostly in no passage": named,
        "could not be read": asdict(not_read(failed)),
    }


def _last_run(application: Application) -> dict[str, Any]:
    """How the newest run that left a report ended."""
    run = last_run(application.generations.layout)
    told = ("command", "outcome", "exit code", "began", "seconds", "error")
    if not run:
        return {}
    success = last_success(application.generations.layout)
    return {
        "last run": {name: run[name] for name in told if name in run},
        "last success": success or "none of the runs whose reports are kept",
    }


def _describe_unfinished(application: Application) -> dict[str, str]:
    """How far a run came that has not published what it read."""
    kept = Unfinished(application.generations.layout).progress()
    return {"unfinished": f"{kept}; run `{INDEX}` to go on"} if kept and kept.of else {}


def _describe_calibration(manifest: Manifest) -> dict[str, str]:
    """Over how many passages the calibration was measured, and how many changed since."""
    known = manifest.facts.get("calibration")
    if not known:
        return {}
    since = f", {known['changed']:,} have come or gone since" if known["changed"] else ""
    return {"measured over": f"{count_phrase(known['passages'], 'passage')}{since}"}


def _list_warnings(manifest: Manifest) -> dict[str, list[str]]:
    """What the calibration rests on too little of."""
    said = list_calibration_warnings(manifest)
    return {"warnings": list(said)} if said else {}


def _shards(manifest: Manifest) -> dict[str, str]:
    """Of a generation in shards: how many there are, and how even they are."""
    if not manifest.shards:
        return {}
    sizes = [entry.counts.passages for entry in manifest.shards]
    return {"shards": f"{len(sizes)}, of {min(sizes):,} to {max(sizes):,} passages"}


def _list_withdrawn(application: Application) -> dict[str, list[str]]:
    """The documents that no reader shows, each with the reason."""
    listed = application.withdrawals.read()
    return {"withdrawn": [str(each) for each in listed]} if listed else {}


def _list_withheld(application: Application, generation: Generation) -> dict[str, list[str]]:
    """What the rules of access close today, in words: all of it counts among what is held."""
    if not application.workspace.config.access.rules:
        return {}
    try:
        with open_catalog(generation) as catalog:
            return {"withheld": list(application.hidden_in(catalog).told)}
    except PluginError as error:
        return {"withheld": [f"nothing is shown: {error}"]}


def _duplicates(generation: Generation) -> dict[str, list[str]]:
    """The groups of documents that are the same, and of those that are nearly so."""
    path = generation.folder / DUPLICATES
    if not path.exists():  # a generation that an earlier docproc published
        return {}
    found = json.loads(path.read_text("utf-8"))
    exact = [" = ".join(group) for group in found["exact"]]
    near = [f"{' ~ '.join(each['documents'])} ({each['likeness']:.0%})" for each in found["near"]]
    if found["more"]:
        near.append(f"and {count_phrase(found['more'], 'group')} more")
    return {"exact duplicates": exact, "near duplicates": near}


def list_failures(generation: Generation) -> list[Failure]:
    """The quarantine: every source that could not be read, by path."""
    with open_catalog(generation) as catalog:
        return list(catalog.readings.failures().values())


def count_characters(generation: Generation) -> int:
    """How many characters the texts of all its documents have."""
    with open_catalog(generation) as catalog:
        return catalog.columns.characters()


def failure_line(failure: Failure) -> str:
    """One source in quarantine, for a person."""
    times = "once" if failure.count == 1 else f"{failure.count} times"
    return f"{failure.path}: {failure.cause} (tried {times})"


def find_stale_parts(application: Application, generation: Generation) -> list[StalePart]:
    """What of *generation* is stale, each with the command that fixes it."""
    found = []
    if since := describe_changes(application.workspace, generation):
        found.append(StalePart(f"sources have changed ({since})", INDEX))
    obstacle = application.find_obstacle(generation)
    unopened = [StalePart(obstacle, INDEX)] if obstacle else []
    if silent := application.find_silent_index(generation):
        found.append(StalePart(f"questions are answered in part ({silent})", START))
    try:
        following = with_published_embedder(application.plugins, generation.manifest)
        now, then = following.recipe(), generation.manifest.recipe
    except PluginError as error:
        found.append(StalePart(f"a plugin that config.toml names cannot be had ({error})", LIST))
        return found + unopened
    for field in fields(now):
        before, after = getattr(then, field.name), getattr(now, field.name)
        if before == after:
            continue
        name = field.name.replace("_", " ")
        if field.name != "embedder":
            found.append(StalePart(f"other {name} ({_difference(before, after)})", INDEX))
        elif (
            describe_embedder(before) != describe_embedder(after) or before.version != after.version
        ):
            found.append(StalePart(f"another embedder ({_difference(before, after)})", REEMBED))
    if now.embedder == then.embedder:
        found += _model(following, generation)
    if not calibrated_as_now(generation.manifest.calibration):
        found.append(StalePart("calibrated as an earlier docproc did", INDEX))
    try:
        read_configured_questions(application)
    except ConfigError as error:
        found.append(StalePart(f"the gate would stop the next run ({error})", "fix config.toml"))
    return found + unopened


def _model(plugins: PluginSelection, generation: Generation) -> list[StalePart]:
    """Whether the model is there, and is still the one that embedded *generation*."""
    use, then = generation.manifest.recipe.embedder, generation.manifest.model
    try:
        now = plugins.make(EMBED, use.name).fingerprint
    except ModelError as error:
        return [StalePart(f"the model cannot be had ({error})", "docproc reembed --model NAME")]
    except DocprocError as error:
        return [StalePart(f"the embedder cannot be made ({error})", LIST)]
    if now == without_learning(then.fingerprint):
        return []
    what = (
        f"the model {name_embedder(use)} has changed under its name "
        f"({then.fingerprint[:12]} -> {now[:12]})"
    )
    return [StalePart(what, REEMBED)]


def _told(application: Application, generation: Generation) -> bool:
    try:
        return was_chosen_by_reembed(application.plugins, generation.manifest)
    except PluginError:  # it is reported as a state
        return False


def _difference(before: Any, after: Any) -> str:
    """What is other in one part of the recipe, in words."""
    old, new = _uses(before), _uses(after)
    said = []
    for name in dict.fromkeys([*old, *new]):
        was, now = old.get(name), new.get(name)
        if was is None:
            said.append(f"{name} is new")
        elif now is None:
            said.append(f"without {name}")
        elif was.version != now.version:
            said.append(f"{name} {was.version} -> {now.version}")
        else:
            keys = {
                k
                for k in {*was.settings, *now.settings}
                if was.settings.get(k) != now.settings.get(k)
            }
            said += [
                f"{name}.{k} {was.settings.get(k)!r} -> {now.settings.get(k)!r}"
                for k in sorted(keys)
            ]
    return ", ".join(said) or "their order or origin"


def _uses(part: Any) -> dict[str, PluginUse]:
    several = part if isinstance(part, tuple) else (part,) if part else ()
    return {use.name: use for use in several}


OTHER = "other"
ENCODER_PART = "query encoder"


def disk_use(generation: Generation, layout: Layout) -> dict[str, int]:
    """Bytes by part of *generation*, the largest first, its encoder in full; then the cache."""
    parts: dict[str, int] = {}
    for name, file in generation.manifest.files.items():
        part = name_part(name)
        parts[part] = parts.get(part, 0) + file.size
    ordered = dict(sorted(parts.items(), key=lambda each: (-each[1], each[0])))
    return ordered | {"cache of vectors": folder_size(layout.root / "cache")}


def bytes_per_character(parts: dict[str, int], characters: int) -> dict[str, float]:
    """Bytes of each part and of all, without the encoder, for each character of text."""
    told = {part: size for part, size in parts.items() if part != ENCODER_PART}
    told = {"all of it": sum(told.values())} | told
    return {part: round(size / characters, 2) for part, size in told.items()} if characters else {}


def name_part(name: str) -> str:
    """Which part of a generation the file called *name*, a path from its folder, belongs to."""
    steps = PurePosixPath(name).parts
    if ENCODER in steps[:-1]:
        return ENCODER_PART
    if RERANKER in steps[:-1]:
        return "re-ranker"
    if TEXT in steps[:-1]:
        return "index of words"
    if VECTORS in steps[:-1]:
        if VECTOR_INDEX in steps:
            return "index of vectors"
        return "vectors" if steps[-1] == UNIT_VECTORS else "about vectors"
    return "texts" if steps[-1] == CATALOG else OTHER
