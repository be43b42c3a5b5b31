"""The telemetry of the libraries that docproc uses, switched off before one is imported.

``docproc`` itself calls this when it is imported, so it holds for each process that uses it, and
for those that it starts: the variables are inherited.  docproc sends nothing anywhere; the one
thing that it fetches is a model, where the user's own configuration says ``download = true``.

ONNX Runtime (from 1.24 on, on Linux and macOS too) queues events in the user's cache folder, with
an id of the machine, and sends them to its maker.  The hub's client and its relatives count uses.
"""

from __future__ import annotations

import os

SWITCHES = {
    "ORT_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "DISABLE_TELEMETRY": "1",
    "DO_NOT_TRACK": "1",
    "SCARF_NO_ANALYTICS": "true",
    "SCARF_ANALYTICS": "false",
}
"""Environment variables, and the value of each that says no."""


def switch_off() -> None:
    """Set them, whatever they were."""
    os.environ.update(SWITCHES)
