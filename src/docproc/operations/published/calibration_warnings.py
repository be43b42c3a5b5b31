"""What the calibration of a generation found wanting, said to those who index and ask."""

from __future__ import annotations

from docproc.store.generations.generation import Generation
from docproc.store.manifest import Manifest


def list_calibration_warnings(manifest: Manifest) -> tuple[str, ...]:
    """What a reader of the calibration in *manifest* should know; nothing where it has none."""
    from docproc.retrieval.evidence.calibration import Calibration

    if not manifest.calibration:
        return ()
    return Calibration.from_json(manifest.calibration).warnings(manifest.counts.documents)


def find_coverage_warning(manifest: Manifest) -> str | None:
    """That the model of *manifest* reads little of the corpus, and the command that changes it."""
    return next(
        (said for said in list_calibration_warnings(manifest) if "reads little" in said), None
    )


def warn_once(generation: Generation) -> str | None:
    """What ``find_coverage_warning`` says, once for each generation and user."""
    said = find_coverage_warning(generation.manifest)
    if said is None:
        return None
    from docproc.workspace.user_folders import user_state

    marker = user_state() / "said" / generation.id
    try:
        marker.parent.mkdir(parents=True, exist_ok=True)
        marker.touch(exist_ok=False)
    except FileExistsError:
        return None
    except OSError:
        pass
    return f"Note: {said}."
