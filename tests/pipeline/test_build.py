"""What plugins say of what they built goes into the manifest as plain values."""

import numpy as np
import pytest

from docproc.errors import PluginError
from docproc.pipeline.building.reranking import plain_facts


def test_numpys_numbers_become_plain_ones():
    facts = plain_facts("vector index", {"recall": np.float64(0.98), "kind": "exact", "rows": 3})
    assert facts == {"recall": 0.98, "kind": "exact", "rows": 3}
    assert type(facts["recall"]) is float


def test_what_is_no_json_is_the_plugins_fault():
    with pytest.raises(PluginError, match="vector index plugin gave facts that are not JSON"):
        plain_facts("vector index", {"rows": np.arange(3)})
