"""Which precision ``auto`` means: int8 where the processor has instructions for it, else fp32."""

from __future__ import annotations

import re
from pathlib import Path

from docproc.dataclass_on_use import dataclass
from docproc.stages.embed import accelerators

AUTO = "auto"
_INSTRUCTIONS = ("amx_int8", "avx512_vnni", "avx_vnni")
_ABOUT = Path("/proc/cpuinfo")


@dataclass(frozen=True, slots=True)
class AutoPrecision:
    """The precision, and why, in words."""

    name: str
    because: str


def auto_precision(device: str, about: Path = _ABOUT) -> AutoPrecision:
    """The precision for *device*, as settings name it; *about* is what Linux says of processors.

    fp32 wherever a GPU may compute, and where it is not known what the processor has.
    """
    if device not in ("", "cpu") or (not device and accelerators.accelerator_likely()):
        return AutoPrecision("fp32", "a GPU may compute")
    found = _flags(about)
    for name in _INSTRUCTIONS:
        if name in found:
            return AutoPrecision("int8", f"the processor has {name}")
    return AutoPrecision("fp32", "the processor is not known to have VNNI or AMX")


def _flags(about: Path) -> set[str]:
    try:
        text = about.read_text("utf-8", "replace")
    except OSError:
        return set()
    line = re.search(r"^flags\s*:(.*)$", text, re.MULTILINE)
    return set(line[1].split()) if line else set()
