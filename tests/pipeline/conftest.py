"""What the tests of whole runs share."""

from collections.abc import Iterator

import pytest
from few_probes import few_probes


@pytest.fixture(autouse=True, scope="module")
def _few_probes() -> Iterator[None]:
    with few_probes():
        yield
