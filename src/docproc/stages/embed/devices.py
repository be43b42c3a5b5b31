"""Which device a model computes on."""

from __future__ import annotations

import torch

from docproc.errors import ConfigError

CPU = "cpu"
_TOKENS = {CPU: 1024}
_TOKENS_ELSEWHERE = 16_384


def choose_device(device: str, precision: str) -> str:
    """The device that *device* means; empty: a GPU where there is one, else the CPU.

    Raises ``ConfigError`` for one that is not there, or that cannot compute in *precision*.
    """
    if not device:
        return CPU if precision == "int8" else _best()
    try:
        kind = torch.device(device).type
    except RuntimeError:
        raise ConfigError(f"device {device!r}: no such device; cpu, cuda, cuda:1, mps") from None
    if kind != CPU and precision == "int8":
        raise ConfigError(f"device {device!r}: int8 is computed on the CPU only; use bf16 there")
    if kind == "cuda" and not torch.cuda.is_available():
        why = "" if torch.version.cuda else f" (torch {torch.__version__} is built without)"
        raise ConfigError(f"device {device!r}: no CUDA device can be used here{why}; use cpu")
    if kind == "cuda" and (torch.device(device).index or 0) >= torch.cuda.device_count():
        raise ConfigError(f"device {device!r}: there are {torch.cuda.device_count()}, from cuda:0")
    if kind == "mps" and not torch.backends.mps.is_available():
        raise ConfigError(f"device {device!r}: there is none here; use cpu")
    return device


def batch_tokens(device: str) -> int:
    """How many tokens *device* is given at once: what fits a core's cache, or fills a GPU."""
    return _TOKENS.get(device, _TOKENS_ELSEWHERE)


def _best() -> str:
    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else CPU
