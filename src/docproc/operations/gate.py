"""The gate of a workspace: its golden questions, put to what is published and to what is new."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from docproc.errors import ConfigError, StoreError, UsageError
from docproc.operations.application import Application
from docproc.store.generation import Generation
from docproc.store.manifest import Manifest
from docproc.store.opening import open_catalog

if TYPE_CHECKING:
    from pathlib import Path

    from docproc.pipeline.progress import Progress
    from docproc.pipeline.publish import Gate
    from docproc.records import Judgement
    from docproc.retrieval.evaluation import Question, Trial


def gate_of(
    application: Application, questions: Path | None = None, tolerance: float | None = None
) -> Gate | None:
    """The gate over the golden *questions*, or those of config.toml; ``None`` without any.

    Raises ``UsageError``, or ``ConfigError`` where config.toml names it, for a file that cannot be
    read, or whose questions name no source: before anything is embedded.
    """
    settings = application.workspace.config.gate
    allowed = settings.tolerance if tolerance is None else tolerance
    golden = configured(application) if questions is None else _golden(application, questions)
    if not golden:
        return None

    def judged(
        parent: Generation | None,
        folder: Path,
        manifest: Manifest,
        progress: Progress,
    ) -> Judgement:
        from docproc.retrieval.gate import judge

        places = [(parent.folder, parent.manifest)] if parent else []
        progress.start("judging", len(golden) * (len(places) + 1))
        before = [_tried(application, golden, *place, progress) for place in places]
        after = _tried(application, golden, folder, manifest, progress)
        return judge(before[0] if before else [], after, allowed)

    return judged


def configured(application: Application) -> list[Question]:
    """The golden questions of config.toml; none where it names no file.

    Raises ``ConfigError`` naming the key, where the file cannot be read or names no source.
    """
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
    from docproc.retrieval.evaluation import read_questions, without_source

    questions = read_questions(path)
    named = [question for question in questions if question.gold]
    found = {each.path for each in scan(application.workspace)}
    with suppress(StoreError):  # what is damaged is told elsewhere
        generation = application.generations.current()
        if generation is not None:  # a source that is going is one that the gate is for
            with open_catalog(generation) as catalog:
                found.update(catalog.sources())
    if named and len(without_source(named, found)) == len(named):
        raise UsageError(
            f"{path}: none of its questions names a source of this workspace: "
            f"{', '.join(named[0].gold)}, …"
        )
    return questions


def _tried(
    application: Application,
    golden: list[Question],
    folder: Path,
    manifest: Manifest,
    progress: Progress,
) -> list[Trial]:
    """The trials of the *golden* questions in one generation, or in a draft of one."""
    from docproc.retrieval.evaluation import trials
    from docproc.retrieval.room import ReadingRoom
    from docproc.verification.cite import Verifier

    holdings = application.holdings(folder, manifest)
    room = ReadingRoom(
        holdings,
        lambda: Verifier(application.workspace.root, application.rereader.reparse),
        grammars=application.plugins.grammars,
    )
    tried = []
    for trial in trials(golden, room.answering.trial):
        tried.append(trial)
        progress.advance()
    holdings.catalog.close()
    return tried
