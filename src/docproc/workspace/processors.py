"""Processors: how many this process may use, and how many of them are free."""

from __future__ import annotations

import math
import os
import time
from contextlib import suppress
from pathlib import Path

_GROUPS = Path("/sys/fs/cgroup")
_MEMBERSHIP = Path("/proc/self/cgroup")
_LOAD = Path("/proc/loadavg")
_LOOKS, _BETWEEN_LOOKS = 8, 0.002


def usable_processors() -> int:
    """How many processors this process may use: not all that the machine has.

    Those that it may run on, and no more than the quota of its control group, as a container's.
    """
    if hasattr(os, "sched_getaffinity"):
        count = len(os.sched_getaffinity(0))
    else:
        count = os.cpu_count() or 1
    quota = quota_of_group(_GROUPS, _MEMBERSHIP)
    return max(1, min(count, math.ceil(quota)) if quota else count)


def free_processors() -> int:
    """How many of the usable processors nobody else keeps busy.

    By the load of the last minute, and by what runs right now where that is less: a command that
    has just ended keeps nothing busy.  More threads would wait for one another, and each spins
    while it waits.
    """
    usable = usable_processors()
    try:
        busy = os.getloadavg()[0]
    except (OSError, AttributeError):  # Windows has none
        return usable
    with suppress(OSError, ValueError, IndexError):
        if round(busy):  # else all are free
            busy = min(busy, min(_count_running() for _ in range(_LOOKS)) - 1)
    return max(1, min(usable, round((os.cpu_count() or usable) - busy)))


def _count_running() -> int:
    """How many threads run or wait for a processor, this one too: ``proc_loadavg(5)``."""
    time.sleep(_BETWEEN_LOOKS)  # for what wakes for a moment only
    return int(_LOAD.read_text("ascii").split()[3].partition("/")[0])


def threads_of_environment() -> int | None:
    """What ``OMP_NUM_THREADS`` says, ``None`` where it says nothing that can be understood."""
    first = os.environ.get("OMP_NUM_THREADS", "").split(",")[0].strip()
    return int(first) if first.isascii() and first.isdigit() and int(first) else None


def quota_of_group(groups: Path, membership: Path) -> float | None:
    """The processors that the control group allows, the least up to the root; ``None``: all.

    Linux: ``cpu.max`` of version 2, ``cpu.cfs_quota_us`` of version 1.
    """
    place = ""
    with suppress(OSError):
        for line in membership.read_text("ascii", "replace").splitlines():
            number, controllers, path = line.split(":", 2)
            if number == "0" or "cpu" in controllers.split(","):
                place = path.strip("/")
    found = []
    for name in ("", "cpu"):
        folder = groups / name / place
        for each in (folder, *folder.parents):
            if each.is_relative_to(groups):
                found += [quota for quota in (_version_2(each), _version_1(each)) if quota]
    return min(found, default=None)


def _version_2(folder: Path) -> float | None:
    with suppress(OSError, ValueError):
        quota, period = (folder / "cpu.max").read_text("ascii").split()
        return None if quota == "max" else int(quota) / int(period)
    return None


def _version_1(folder: Path) -> float | None:
    with suppress(OSError, ValueError, ZeroDivisionError):
        quota = int((folder / "cpu.cfs_quota_us").read_text("ascii"))
        return quota / int((folder / "cpu.cfs_period_us").read_text("ascii")) if quota > 0 else None
    return None
