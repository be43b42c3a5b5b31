"""Whether a GPU may be on this machine, found without importing what would use it."""

from __future__ import annotations

import platform
import sys
from pathlib import Path

_DEVICES = ("/dev/nvidiactl", "/dev/kfd", "/dev/dxg")
"""Of NVIDIA's driver, AMD's, and of Linux within Windows."""


def accelerator_likely() -> bool:
    """Whether there are signs of one that PyTorch could use."""
    if sys.platform == "darwin":
        return platform.machine() == "arm64"
    if sys.platform == "win32":
        return Path(r"C:\Windows\System32\nvcuda.dll").exists()
    return any(Path(device).exists() for device in _DEVICES)
