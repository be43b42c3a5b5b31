"""Publications that measure themselves by little: for tests of other things, of which each run
would spend half its time so.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from docproc.retrieval.calibrating import measure
from docproc.retrieval.evidence import token_scale


@contextmanager
def few_probes() -> Iterator[None]:
    """Calibrate by five cloze probes, of hundreds, four everyday questions, of twenty, and three
    pairs that show how near words are, of eight.
    """
    fewer = replace(measure.WEIGHTS, cloze_probes=5, compared=5)
    everyday = {name: questions[:4] for name, questions in measure.EVERYDAY.items()}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(measure, "WEIGHTS", fewer)
        patch.setattr(measure, "EVERYDAY", everyday)
        patch.setattr(token_scale, "PAIRS", token_scale.PAIRS[:3])
        yield
