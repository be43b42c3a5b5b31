"""The gate of a workspace: its golden questions, put to what is published and to what is new."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from docproc.errors import ConfigError, GateFailed, PluginError, StoreError, UsageError
from docproc.hooks.extensions import GenerationDrafted, Holdings
from docproc.hooks.specs import VETO
from docproc.operations.application import Application
from docproc.plugins.guards.guarded_extensions import guard_plugin
from docproc.store.generations.generation import Generation
from docproc.store.generations.open_catalog import catalog_at, open_catalog
from docproc.store.manifest import Manifest

if TYPE_CHECKING:
    from pathlib import Path

    from docproc.pipeline.monitoring.progress import Progress
    from docproc.pipeline.publishing.publish import Gate
    from docproc.records import Judgement
    from docproc.retrieval.calibrating.evaluation import Question, Trial


def make_gate(
    application: Application, questions: Path | None = None, tolerance: float | None = None
) -> Gate | None:
    """The gate over the golden *questions*, or those of config.toml; ``None`` without any.

    Raises ``UsageError``, or ``ConfigError`` where config.toml names it, for a file that cannot be
    read, or whose questions name no source: before anything is embedded.
    """
    settings = application.workspace.config.gate
    allowed = settings.tolerance if tolerance is None else tolerance
    golden = (
        read_configured_questions(application)
        if questions is None
        else _golden(application, questions)
    )
    vetoes = application.workspace.config.gate.vetoes
    for name in vetoes:
        application.plugins.make(VETO, name)
    if not golden and not vetoes:
        return None

    def judge_draft(
        parent: Generation | None, folder: Path, manifest: Manifest, progress: Progress
    ) -> Judgement | None:
        from docproc.retrieval.calibrating.gate import compare_trials

        _ask_vetoes(application, parent, folder, manifest)
        if not golden:
            return None
        places = [(parent.folder, parent.manifest)] if parent else []
        progress.start("judging", len(golden) * (len(places) + 1))
        before = [_try(application, golden, *place, progress) for place in places]
        after = _try(application, golden, folder, manifest, progress)
        return compare_trials(before[0] if before else [], after, allowed)

    return judge_draft


def _ask_vetoes(
    application: Application, parent: Generation | None, folder: Path, manifest: Manifest
) -> None:
    """Raise ``GateFailed`` where a plugin objects to the draft in *folder*."""
    plugins = application.plugins
    names = application.workspace.config.gate.vetoes
    if not names:
        return
    with catalog_at(folder, manifest.shards) as catalog:
        drafted = GenerationDrafted(
            workspace=application.workspace.root,
            now=_holdings(manifest),
            before=_holdings(parent.manifest) if parent else None,
            rows=catalog.documents,
        )
        for name in names:
            who = f"{plugins.offer(VETO, name).origin}: the veto {name!r}"
            veto = plugins.make(VETO, name)
            said = guard_plugin(who, partial(veto.objection, drafted))
            if said is not None and (not isinstance(said, str) or not said.strip()):
                raise PluginError(
                    f"{who} broke its contract: {said!r} is not an objection in words"
                )
            if said:
                raise GateFailed(
                    f"{who} objects: {said}; what was published stands, and the vectors are kept. "
                    "`--no-gate` publishes all the same",
                    {"veto": name, "objection": said},
                )


def _holdings(manifest: Manifest) -> Holdings:
    counts = manifest.counts
    return Holdings(
        sources=counts.sources,
        documents=counts.documents,
        passages=counts.passages,
        failures=counts.failures,
    )


def read_configured_questions(application: Application) -> list[Question]:
    """The golden questions of config.toml, or none.  Raises ``ConfigError`` naming the key."""
    workspace = application.workspace
    if not workspace.config.gate.questions:
        return []
    try:
        return _golden(application, workspace.root / workspace.config.gate.questions)
    except UsageError as error:
        raise ConfigError(f"{workspace.config_file}: gate.questions: {error}") from None


def _golden(application: Application, path: Path) -> list[Question]:
    """The questions in the file at *path*.  Raises ``UsageError`` where they name no source."""
    from docproc.pipeline.scan import scan
    from docproc.retrieval.calibrating.evaluation import read_questions, without_source

    questions = read_questions(path)
    named = [question for question in questions if question.gold]
    found = {each.path for each in scan(application.workspace)}
    with suppress(StoreError):  # what is damaged is reported elsewhere
        generation = application.generations.current()
        if generation is not None:  # a source that is going is one that the gate is for
            with open_catalog(generation) as catalog:
                found.update(catalog.readings.sources())
    if named and len(without_source(named, found)) == len(named):
        raise UsageError(
            f"{path}: none of its questions names a source of this workspace: "
            f"{', '.join(named[0].gold)}, …"
        )
    return questions


def _try(
    application: Application,
    golden: list[Question],
    folder: Path,
    manifest: Manifest,
    progress: Progress,
) -> list[Trial]:
    """The trials of the *golden* questions in one generation, or in a draft of one."""
    from docproc.retrieval.answers.reading_room import ReadingRoom
    from docproc.retrieval.calibrating.evaluation import trials
    from docproc.verification.cite import Verifier

    opened = application.open_generation(folder, manifest)
    room = ReadingRoom(
        opened,
        lambda: Verifier(application.workspace.root, application.rereader.reparse),
        grammars=application.plugins.grammars,
    )
    tried = []
    for trial in trials(golden, room.answering.trial):
        tried.append(trial)
        progress.advance()
    opened.catalog.close()
    return tried
