"""What the tests of plugins share."""

import os
from collections.abc import Iterator

import pytest
from drop_ins import drop_in


@pytest.fixture(scope="session")
def cluster() -> Iterator[None]:
    """A Ray cluster of this machine, started once.

    Ray waits half a minute for its own processes, which is short on a machine at work: it is
    started once more then.  Its workers, which Ray has wait for all other processes, do not:
    beside other tests they would hardly run.
    """
    os.environ["RAY_worker_niceness"] = "0"  # noqa: SIM112 - so Ray spells it
    ray = drop_in("ray_executor")._ray()
    for last in (False, True):
        try:
            ray.init(
                num_cpus=4, object_store_memory=100_000_000, include_dashboard=False,
                log_to_driver=False, configure_logging=False, _node_ip_address="127.0.0.1",
            )  # fmt: skip
            break
        except Exception:
            ray.shutdown()
            if last:
                raise
    yield
    ray.shutdown()
