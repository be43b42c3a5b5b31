"""The published generation, opened for questions."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

from docproc.errors import ShardsSilent
from docproc.operations.application import NOTHING_HIDDEN, Application
from docproc.operations.published.calibration_warnings import warn_once
from docproc.operations.sources.changes import find_change_notice
from docproc.retrieval.answers.reading_room import ReadingRoom
from docproc.retrieval.query.rewriting import Rewriters
from docproc.retrieval.search.signals import Preferences
from docproc.verification.cite import Verifier

if TYPE_CHECKING:
    from collections.abc import Callable

    from docproc.retrieval.generation.open_generation import OpenGeneration


def open_reading_room(application: Application) -> ReadingRoom | None:
    """The published generation, opened for questions; ``None`` if there is none."""
    generation = application.generations.find_untouched()
    if generation is None:
        return None
    application.plugins.learn()
    executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="changes")
    looking = executor.submit(find_change_notice, application.workspace, generation, quickly=True)
    executor.shutdown(wait=False)

    readers = None
    if generation.manifest.shards:
        from docproc.operations.reading.shard_readers import find_shard_readers

        readers = find_shard_readers(application, generation)

    def room(silent: frozenset[int], why: str) -> ReadingRoom:
        lost = generation.lost | silent
        whole = application.open_generation(generation.folder, generation.manifest, lost)
        verifier: Callable[[], Verifier] = partial(
            Verifier, application.workspace.root, application.rereader.reparse
        )
        if readers is not None:
            from docproc.operations.reading.shard_readers import with_readers

            whole, verifier = with_readers(whole, readers, why)
        opened = _without_hidden(application, whole)

        def notice() -> str | None:
            said = (looking.result(), warn_once(generation), *opened.withheld)
            return "\n".join(filter(None, said)) or None

        return ReadingRoom(
            opened=opened,
            verifier=verifier,
            notice=notice,
            grammars=application.plugins.grammars,
            preferences=Preferences(application.extensions.signals, application.extensions.warn),
            rewriters=Rewriters(application.extensions.rewriters),
            without=room if readers and not silent else None,
        )

    try:
        return room(frozenset(), "")
    except ShardsSilent as error:  # rules of access look at every document
        return room(error.shards, str(error))


def _without_hidden(application: Application, whole: OpenGeneration) -> OpenGeneration:
    """*whole*, without what is withdrawn or closed today."""
    if application.hiding == NOTHING_HIDDEN:
        return whole
    from docproc.retrieval.generation.without_withdrawn import RemainingGeneration

    return RemainingGeneration.of(whole, application.hidden_in(whole.catalog))
