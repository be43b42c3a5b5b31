"""A pytest plugin that writes down how each check went, for ``docproc plugins check``."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from docproc.plugins.explaining.check import PLACE

_BROKEN = "docproc.testing.contract.ContractBroken: "

_found: dict[str, Any] = {"passed": 0, "skipped": [], "failed": [], "warned": []}


def pytest_runtest_logreport(report: Any) -> None:
    """Keep the message of a check that failed, or why it was not tried."""
    check = report.nodeid.rpartition("::")[2]
    if report.failed:
        crash = getattr(report.longrepr, "reprcrash", None)
        message = str(crash.message if crash else report.longrepr).removeprefix(_BROKEN)
        _found["failed"].append([check, message])
    elif report.skipped:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else ""
        _found["skipped"].append([check, reason.removeprefix("Skipped: ")])
    elif report.when == "call":
        _found["passed"] += 1


def pytest_warning_recorded(warning_message: Any, when: str, nodeid: str) -> None:
    """Keep what a check warns of."""
    if when == "runtest" and warning_message.category is UserWarning:
        _found["warned"].append([nodeid.rpartition("::")[2], str(warning_message.message)])


def pytest_sessionfinish() -> None:
    """Write it all down."""
    Path(os.environ[PLACE]).write_text(json.dumps(_found), "utf-8")
