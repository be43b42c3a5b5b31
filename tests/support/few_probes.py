"""Publications that measure themselves by little: for tests of other things, of which each run
would spend half its time so.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from docproc.retrieval.calibrating import measure


@contextmanager
def few_probes() -> Iterator[None]:
    """Calibrate by five cloze probes, of hundreds, and four everyday questions, of twenty."""
    fewer = replace(measure.WEIGHTS, cloze_probes=5, compared=5)
    everyday = {name: questions[:4] for name, questions in measure.EVERYDAY.items()}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(measure, "WEIGHTS", fewer)
        patch.setattr(measure, "EVERYDAY", everyday)
        yield
