"""What embedding costs, as ratios inside one run: ``make bench-embed``.

Letters are invented, indexed, and embedded again with a second model (the bundled one, which
cuts its texts one token sooner), so that every text is computed again; then the very texts are
given to the bare model, with the batch size that suits it best, and to the embedder in each
precision.  All of it runs in one process, with the same threads, one after the other; models
are loaded and exported before the clock starts, for that happens once and not for every text.

What is timed is cut into rounds that take turns, and each takes its best: a machine that others
use as well, or that heats up, then slows all of them alike.  The machine's own rate is that of
``torch.mm`` over matrices that fit its cache; the model's operations are counted from its
layers, over the tokens of the texts and no padding.  On a machine that others use, ``--shared``
computes with one thread and counts the processor's time.  Where there is a CUDA device, it is
measured last, and the table says so where there is none.  ``--write`` puts the table into
``docs/performance.md``.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from sentence_transformers import SentenceTransformer

from benchmarks.on_gpu import on_gpu
from docproc.hooks.specs import EMBED
from docproc.operations.application import Application
from docproc.operations.writing.runs import prepare_index, prepare_reembedding
from docproc.pipeline.building.embedding import SHARD
from docproc.pipeline.monitoring.progress import Recorded, Silent
from docproc.stages.embed.embedder import PRECISIONS, SentenceTransformersEmbedder
from docproc.store.files.durable import remove_tree
from docproc.workspace import Workspace, find_workspace

LETTERS = 40
PARAGRAPHS = 6
BATCH_SIZES = (8, 16, 32)
ROUNDS = 2
INDEX_AT_MOST, REEMBED_AT_MOST, INT8_AT_LEAST = 1.1, 1.05, 1.5
REPOSITORY = Path(__file__).parent.parent
PAGE = REPOSITORY / "docs" / "performance.md"
_TABLE = re.compile(r"(?<=<!-- embedding -->\n).*?(?=<!-- /embedding -->)", re.DOTALL)
CONFIG = "[plugins.sentence-transformers]\nmax_tokens = {}\n"


@dataclass(frozen=True, slots=True)
class Clock:
    """What is counted as time."""

    name: str
    now: Callable[[], float]


ALONE = Clock("wall-clock time", time.perf_counter)
SHARED = Clock("processor time of this process, for others computed too", time.process_time)
_FIRST, _SECOND = 0, 255
"""The two models, by the length that they cut texts to."""


def main() -> None:
    """Measure, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--shared", action="store_true", help="others compute here too")
    parser.add_argument("--letters", type=int, default=LETTERS)
    given = parser.parse_args()
    if given.shared:
        torch.set_num_threads(1)
    with tempfile.TemporaryDirectory() as folder:
        lines = measure(Path(folder), given.letters, SHARED if given.shared else ALONE)
    print(lines)
    if given.write:
        PAGE.write_text(_TABLE.sub(lambda _: lines, PAGE.read_text("utf-8")), "utf-8")


def measure(root: Path, letters: int, clock: Clock) -> str:
    """The table of Markdown."""
    workspace = prepared(root)
    write_letters(workspace.sources, letters)
    embedders = {name: SentenceTransformersEmbedder(precision=name) for name in PRECISIONS}
    for embedder in embedders.values():
        embedder.encode_passages(["loads the model"])
    steps: list[dict[str, float]] = []
    texts = sorted(set(noted(root)))
    bare = SentenceTransformer(str(embedders["fp32"].folder), device="cpu")
    timed: dict[str, Callable[[], None]] = {
        f"bare, {size}": lambda size=size: bare.encode(  # type: ignore[misc]
            texts, batch_size=size, normalize_embeddings=True, show_progress_bar=False
        )
        for size in BATCH_SIZES
    }
    timed |= {
        "index": lambda: index(root),
        "reembed": lambda: steps.append(reembed(root, clock.now)),
    }
    timed |= {
        name: lambda each=embedder: list(each.encode_shards(in_shards(texts)))  # type: ignore[misc]
        for name, embedder in embedders.items()
    }
    best = dict.fromkeys(timed, float("inf"))
    for _ in range(ROUNDS):
        for name, work in timed.items():
            if name == "index":
                forget(root)
            begun = clock.now()
            work()
            best[name] = min(best[name], clock.now() - begun)
    return f"{table(best, texts, embedders, steps, clock)}\n{on_gpu(in_shards(texts))}\n"


def in_shards(texts: list[str]) -> list[list[str]]:
    """*texts* as a run hands them over."""
    return [texts[start : start + SHARD] for start in range(0, len(texts), SHARD)]


def prepared(root: Path) -> Workspace:
    """A workspace over the letter, indexed with both models, so that both are exported."""
    (root / "seeds").mkdir()
    for letter in (REPOSITORY / "seeds").iterdir():
        shutil.copy(letter, root / "seeds" / letter.name)
    for limit in (_SECOND, _FIRST):
        configure(root, limit)
        index(root)
    return find_workspace(root)


def configure(root: Path, limit: int) -> None:
    (root / "config.toml").write_text(CONFIG.format(limit), "utf-8")


def index(root: Path) -> None:
    prepare_index(Application(find_workspace(root)), Silent()).run()


def reembed(root: Path, now: Callable[[], float]) -> dict[str, float]:
    """Embed what is published with the second model; seconds of each step."""
    configure(root, _SECOND)
    progress = Recorded(Silent(), now)
    progress.start("beginning", 0)
    report = prepare_reembedding(Application(find_workspace(root)), progress).run()
    assert report.embedded > 0.9 * report.texts, report
    progress.start("end", 0)
    return {step.name: step.seconds for step in progress.steps[:-1]}


def forget(root: Path) -> None:
    """As if nothing but the letter had ever been indexed: no vectors, no generation."""
    configure(root, _FIRST)
    for name in ("cache", "generations"):
        remove_tree(root / "embeddings" / name)
    (root / "embeddings" / "CURRENT").unlink()


def noted(root: Path) -> list[str]:
    """Every text that indexing embeds."""
    application = Application(find_workspace(root))
    texts = watch_texts(application)
    forget(root)
    prepare_index(application, Silent()).run()
    return texts


def watch_texts(application: Application) -> list[str]:
    """What the embedder of *application* is given from now on, as it is given."""
    embedder: Any = application.plugins.make(EMBED, application.workspace.config.pipeline.embedder)
    texts: list[str] = []
    encode = embedder.encode_shards

    def noting(shards: Any) -> Any:
        def passed() -> Any:
            for shard in shards:
                texts.extend(shard)
                yield shard

        return encode(passed())

    embedder.encode_shards = noting
    return texts


def write_letters(folder: Path, count: int) -> None:
    """Letters made by putting words of the seed into new sentences, the same every time."""
    chance = random.Random(1921)
    words = next(iter(sorted(folder.iterdir()))).read_text("utf-8").split()
    for number in range(count):
        paragraphs = []
        for _ in range(PARAGRAPHS):
            sentences = [
                " ".join(chance.choices(words, k=chance.randint(8, 30))).capitalize() + "."
                for _ in range(chance.randint(2, 7))
            ]
            paragraphs.append(" ".join(sentences))
        (folder / f"letter-{number:03}.txt").write_text("\n\n".join(paragraphs), "utf-8")


def operations(model: Any, lengths: list[int]) -> float:
    """Floating-point operations of the model's matrix products over texts of *lengths* tokens.

    Two for each weight of a linear layer and token; and in each layer of attention, for each
    pair of tokens, two for each number of a token: once for the scores, once for the values.
    """
    weights: int = sum(
        module.weight.numel()
        for name, module in model.named_modules()
        if type(module) is torch.nn.Linear and "pooler" not in name  # which reads one token only
    )
    config = model[0].config
    pairs = sum(length * length for length in lengths)
    attention: float = 4.0 * config.num_hidden_layers * config.hidden_size * pairs
    return 2.0 * weights * sum(lengths) + attention


def peak(kind: str, now: Callable[[], float], size: int = 1024) -> float:
    """The most operations a second of a product of two square matrices, over some tries.

    *now* is the clock.
    """
    left, right = torch.randn(size, size), torch.randn(size, size)
    if kind == "bf16":
        left, right = left.bfloat16(), right.bfloat16()
    multiply: Callable[[], Any] = lambda: torch.mm(left, right)  # noqa: E731
    if kind == "int8":
        whole, others = (left * 20).to(torch.int8), (right * 20).to(torch.int8)
        multiply = lambda: torch._int_mm(whole, others)  # noqa: E731
    best = float("inf")
    for _ in range(30):
        begun = now()
        multiply()
        best = min(best, now() - begun)
    return float(2.0 * size**3 / best)


def table(
    best: dict[str, float],
    texts: list[str],
    embedders: dict[str, SentenceTransformersEmbedder],
    steps: list[dict[str, float]],
    clock: Clock,
) -> str:
    """The figures as a table of Markdown, with the target beside each ratio."""
    bare = min(seconds for name, seconds in best.items() if name.startswith("bare"))
    exact = embedders["fp32"]
    lengths = exact._lengths(texts)
    work, count = operations(exact._model, lengths), len(texts)
    peaks = {name: peak(name, clock.now) for name in embedders}
    rows = [
        ("the bare model, at its best batch size", bare, ""),
        ("`docproc index`, from files to published", best["index"], _at_most(INDEX_AT_MOST)),
        ("`docproc reembed`, to published", best["reembed"], _at_most(REEMBED_AT_MOST)),
    ]
    lines = [
        f"{count:,} texts of {sum(lengths) / count:.0f} tokens on average; "
        f"{torch.get_num_threads()} threads of {torch.backends.cpu.get_cpu_capability()}; "
        f"torch {torch.__version__}; {clock.name}.\n",
        "| | texts a second | seconds, times the bare model's | target |",
        "| --- | ---: | ---: | ---: |",
    ]
    lines += [f"| {n} | {count / s:.1f} | {s / bare:.3f} | {target} |" for n, s, target in rows]
    fastest = min(steps, key=lambda each: sum(each.values()))
    lines += [
        "\nThe seconds of `docproc reembed`: "
        + ", ".join(f"{name} {seconds:.2f}" for name, seconds in fastest.items())
        + ".\n",
        "| precision | texts a second | times fp32 | target | cosine with fp32 | least "
        "| of the matrix rate | that rate, GFLOP/s | waiting for tokens |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for name, embedder in embedders.items():
        facts, spent = embedder.facts, embedder.spent
        cells = [
            f"`{name}`",
            f"{count / best[name]:.1f}",
            f"{best['fp32'] / best[name]:.2f}",
            f"at least {INT8_AT_LEAST}" if name == "int8" else "",
            f"{facts['cosine']:.4f}" if facts else "",
            f"{facts['least cosine']:.4f}" if facts else "",
            f"{work / best[name] / peaks[name]:.0%}",
            f"{peaks[name] / 1e9:,.0f}",
            f"{spent.waiting / (spent.waiting + spent.computing):.1%}",
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _at_most(ratio: float) -> str:
    return f"at most {ratio}"


if __name__ == "__main__":
    main()
