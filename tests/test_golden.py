from __future__ import annotations

import pytest


def test_golden_files_are_compared_and_not_rewritten(pytestconfig: pytest.Config):
    assert not pytestconfig.getoption("--regenerate-golden"), "run the tests again without the flag"
