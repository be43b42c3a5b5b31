"""The gate of a workspace: its golden questions, put to what is published and to what is new."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docproc.operations.application import Application
from docproc.store.generation import Generation
from docproc.store.manifest import Manifest

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

    Raises ``UsageError`` for a file that cannot be read: before anything is embedded.
    """
    from docproc.retrieval.evaluation import read_questions

    settings = application.workspace.config.gate
    if questions is None and settings.questions:
        questions = application.workspace.root / settings.questions
    if questions is None:
        return None
    allowed = settings.tolerance if tolerance is None else tolerance
    golden = read_questions(questions)

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
    for trial in trials(golden, room.trial):
        tried.append(trial)
        progress.advance()
    holdings.catalog.close()
    return tried
