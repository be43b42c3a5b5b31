"""Embedding on a CUDA device, if there is one: part of ``make bench-embed``.

Each precision computes the texts once to warm up (kernels are loaded, memory is taken), and
then again while the clock runs, in shards as a run hands them over.  Work on a GPU goes on after
the call that began it, so the clock is read only when the device has done all.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

import torch

from docproc.stages.embed.embedder import BF16, FP32, SentenceTransformersEmbedder, Spent

NONE = "No CUDA device was at hand: nothing here was measured on one."


def on_gpu(shards: Sequence[list[str]]) -> str:
    """A table of Markdown, or the line that says that there is no such device."""
    if not torch.cuda.is_available():
        return NONE
    lines = [
        f"On {torch.cuda.get_device_name()}, CUDA {torch.version.cuda}:\n",
        "| precision | texts a second | cosine with fp32 | of the time it waits | memory, MB |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    count = sum(map(len, shards))
    for precision in (FP32, BF16):
        embedder = SentenceTransformersEmbedder(precision=precision, device="cuda")
        list(embedder.encode_shards(shards))
        embedder.spent = Spent()
        torch.cuda.reset_peak_memory_stats()
        torch.cuda.synchronize()
        begun = time.perf_counter()
        list(embedder.encode_shards(shards))
        torch.cuda.synchronize()
        seconds = time.perf_counter() - begun
        spent, facts = embedder.spent, embedder.facts
        cells = [
            f"`{precision}`",
            f"{count / seconds:,.0f}",
            f"{facts['cosine']:.4f}" if facts else "",
            f"{spent.waiting / (spent.waiting + spent.computing):.0%}",
            f"{torch.cuda.max_memory_allocated() / 1e6:,.0f}",
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)
