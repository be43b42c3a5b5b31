"""What the tests of whole runs share."""

from dataclasses import replace

import pytest

from docproc.retrieval import measure


@pytest.fixture(autouse=True)
def _few_probes(monkeypatch):
    """Each publication measures itself, which is not what is tested here: a third of a run."""
    fewer = replace(measure.WEIGHTS, cloze_probes=5, compared=5)
    monkeypatch.setattr(measure, "WEIGHTS", fewer)
