"""Work for executors that ends its process, as the killer of a full memory does."""

import os
from pathlib import Path


def dies_once(task: bytes) -> bytes:
    """*task*, the path of a file; the first time, the process is gone instead."""
    path = Path(task.decode())
    if not path.exists():
        path.touch()
        os._exit(9)
    return task


def dies(task: bytes) -> bytes:
    os._exit(9)
