"""What the tests of plugins share."""

from collections.abc import Iterator

import pytest
from drop_ins import drop_in


@pytest.fixture(scope="session")
def cluster() -> Iterator[None]:
    """A Ray cluster of this machine, started once: a second start in one process may not end."""
    ray = drop_in("ray_executor")._ray()
    ray.init(
        num_cpus=4, object_store_memory=100_000_000, include_dashboard=False, log_to_driver=False,
        configure_logging=False, _node_ip_address="127.0.0.1",
    )  # fmt: skip
    yield
    ray.shutdown()
