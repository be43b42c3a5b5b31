"""What writes to a workspace: index, reembed, and the choice of a published generation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docproc.operations.writing.runs import prepare_index, prepare_reembedding
from docproc.pipeline.monitoring.progress import Progress, Silent

if TYPE_CHECKING:
    from docproc.operations.application import Application
    from docproc.pipeline.runs.run import RunReport
    from docproc.store.generations.generations import Generations


class Operations:
    """The operations on one workspace that write."""

    def __init__(self, application: Application) -> None:
        self._application = application

    def index(self, *, progress: Progress | None = None, retry_failed: bool = False) -> RunReport:
        """Read, embed and publish what changed.  Raises ``TryLater`` while another run writes."""
        from docproc.operations.writing.gate import make_gate

        gate = make_gate(self._application)
        run = prepare_index(
            self._application, progress or Silent(), gate=gate, retry_failed=retry_failed
        )
        return run.run()

    def reembed(
        self,
        *,
        model: str | None = None,
        precision: str | None = None,
        progress: Progress | None = None,
    ) -> RunReport:
        """Embed what is published again, with *model*; no source is read."""
        from docproc.operations.writing.gate import make_gate

        run = prepare_reembedding(
            self._application,
            progress or Silent(),
            model=model,
            precision=precision,
            gate=make_gate(self._application),
        )
        return run.run()

    @property
    def generations(self) -> Generations:
        """What is published and kept: list, use, roll back, prune."""
        return self._application.generations
