"""Reembed: a new generation from the catalog of the published one, with another model."""

from __future__ import annotations

import dataclasses
import shutil
import time
from collections.abc import Iterator
from typing import Any

import msgspec
import numpy as np

from docproc.dataclass_on_use import dataclass
from docproc.errors import ConfigError
from docproc.pipeline.building.build import Builder
from docproc.pipeline.building.embedding import unique_missing
from docproc.pipeline.building.units import load_units, missing_texts
from docproc.pipeline.ingesting.plan import Plan
from docproc.pipeline.publishing.publish import Publication, Publisher
from docproc.pipeline.runs.run import RunReport
from docproc.pipeline.runs.shards import Sharding, ShardTask, publish_all
from docproc.store.catalog import Catalog
from docproc.store.files.durable import folder_size
from docproc.store.generations.draft import DraftGeneration
from docproc.store.generations.generation import Generation
from docproc.store.layout import CATALOG, VECTOR_INDEX
from docproc.store.runs.lock import WriterLock
from docproc.store.vectors.cache import VectorCache
from docproc.store.vectors.quantization import row_bytes
from docproc.store.vectors.shard import KEY_BYTES

SAMPLE = 64
"""Texts from which the rate is measured; the first few, which warm the model up, apart."""
WARM_UP = 8
_NOTHING = "nothing is published to re-embed: `docproc index` first"


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a re-embedding would do.

    ``rate`` is in texts a second, measured over ``sample`` texts of this corpus with this
    precision on ``device``; ``None`` where nothing is missing.  ``disk`` is what it adds, in
    bytes, ``free`` what there is.
    """

    model: str
    dimension: int
    texts: int
    missing: int
    sample: int
    rate: float | None
    disk: int
    free: int
    device: str | None = None

    @property
    def seconds(self) -> float:
        """How long embedding would take."""
        return self.missing / self.rate if self.rate else 0.0

    def summary(self) -> str:
        """What a person wants to know, one thing a line."""
        lines = [
            f"With {self.model}, dimension {self.dimension}: {self.missing:,} of {self.texts:,} "
            "texts would be embedded."
        ]
        if self.rate:
            lines.append(
                f"That takes about {_duration(self.seconds)}, at the {self.rate:,.1f} texts a "
                f"second measured over {self.sample}{f' on {self.device}' if self.device else ''}."
            )
        lines.append(
            f"It adds {self.disk / 1e6:,.1f} MB to embeddings/, where "
            f"{self.free / 1e9:,.1f} GB are free; the model's query encoder comes on top of that "
            "the first time."
        )
        return "\n".join(lines)

    def as_dict(self) -> dict[str, Any]:
        """The estimate as plain values, for JSON."""
        return {"outcome": "dry run", **dataclasses.asdict(self), "seconds": round(self.seconds, 1)}


@dataclass(frozen=True, slots=True)
class Reembedder:
    """All that a re-embedding needs; *model* names the embedder, *wait* is for the lock, in s."""

    publisher: Publisher
    model: str
    wait: float = 0
    sharding: Sharding | None = None
    """How the shards of what is published in shards are built."""

    def run(self) -> RunReport:
        """Embed the published catalog and publish it as a new generation; no source is read.

        Raises ``ConfigError`` if nothing is published, ``TryLater`` when another run is under
        way or the budget is spent, ``GateFailed``, and whatever a plugin or the store raises;
        the published generation then stands as it was.
        """
        begun = time.monotonic()
        publisher = self.publisher
        with WriterLock(publisher.generations.layout, self.wait):
            publisher.generations.hold.check()
            publisher.generations.sweep()
            builder = publisher.builder()
            parent, fix = publisher.generations.examine(builder.progress.say)
            if parent is None:
                raise ConfigError(_NOTHING)
            same = publisher.fresh(parent) and publisher.records(parent)
            if not fix and same and publisher.measured(parent):
                doing = f"{parent.id} is embedded with {self.model}"
                return RunReport("nothing to do", parent.id, Plan(), doing=doing)
            made = self._publish(builder, parent)
        before, after = parent.manifest.model.dimension, made.generation.manifest.model.dimension
        doing = f"Re-embedded with {self.model} (dimension {before} -> {after})"
        report = RunReport("published", made.generation.id, Plan(), doing=doing).of(made)
        return dataclasses.replace(report, seconds=time.monotonic() - begun)

    def _publish(self, builder: Builder, parent: Generation) -> Publication:
        publisher = self.publisher
        shards = len(parent.manifest.shards)
        if not shards or self.sharding is None:
            with publisher.generations.begin() as draft:
                draft.take(parent, CATALOG)
                return publisher.publish(draft, builder, parent)
        common = self.sharding.task(publisher)

        def tasks(draft: DraftGeneration) -> list[ShardTask]:
            return [
                msgspec.structs.replace(
                    common,
                    draft=str(draft.folder),
                    shard=number,
                    shards=shards,
                    parent=parent.id,
                    damaged=tuple(sorted(parent.damaged or ())),
                    reads=False,
                )
                for number in range(shards)
            ]

        _, made = publish_all(self.sharding, publisher, builder, parent, tasks)
        assert made is not None
        return made

    def estimate(self) -> Estimate:
        """What ``run`` would do.  Embeds a sample, and writes nothing; needs no lock."""
        parent = self._parent()
        builder = self.publisher.builder()
        builder.use_known_export()
        embedder, layout = builder.embedder, builder.layout
        cache = VectorCache(
            layout.cache(embedder.fingerprint),
            embedder.dimension,
            published=builder.published_vectors(parent),
        )
        whole = [parent]
        if parent.manifest.shards:
            whole = [parent.shard(number) for number in range(len(parent.manifest.shards))]
        texts: list[str] = []
        seen = [np.zeros((0, KEY_BYTES), np.uint8)]
        for each in whole:
            units = load_units(each.vectors, each.manifest.counts.passages)
            missing = unique_missing(units.keys, cache)
            seen.append(units.keys[missing])
            if missing.any():
                with Catalog(each.catalog) as catalog:
                    texts += _spread(catalog, units, missing)
        count = len(np.unique(np.concatenate(seen), axis=0))
        texts = texts[: SAMPLE + WARM_UP]
        total = parent.manifest.counts.passages + parent.manifest.counts.sentences
        sample, rate = texts[WARM_UP:] or texts, None
        if sample:
            embedder.encode_passages(texts[:WARM_UP])
            begun = time.perf_counter()
            embedder.encode_passages(sample)
            rate = len(sample) / max(time.perf_counter() - begun, 1e-6)
        width, before = embedder.dimension, parent.manifest.model.dimension
        index = sum(folder_size(each.vectors / VECTOR_INDEX) for each in whole) * width // before
        vectors = (total + parent.manifest.counts.documents) * row_bytes(width)
        disk = vectors + index + total * (KEY_BYTES + 4)
        disk += count * (row_bytes(width) + KEY_BYTES)
        free = shutil.disk_usage(layout.root).free
        return Estimate(
            model=self.model,
            dimension=width,
            texts=total,
            missing=count,
            sample=len(sample),
            rate=rate,
            disk=int(disk),
            free=free,
            device=getattr(embedder, "device", None) if sample else None,
        )

    def _parent(self) -> Generation:
        parent = self.publisher.generations.current()
        if parent is None:
            raise ConfigError(_NOTHING)
        return parent


def _spread(catalog: Catalog, units: Any, missing: Any) -> Iterator[str]:
    """Some of the *missing* texts, from all over the corpus."""
    wanted = np.zeros_like(missing)
    at = np.flatnonzero(missing)
    wanted[at[np.unique(np.linspace(0, len(at) - 1, SAMPLE + WARM_UP).astype(int))]] = True
    for _, texts in missing_texts(catalog, units, wanted):
        yield from texts


def _duration(seconds: float) -> str:
    """*seconds* as a person says it."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    if seconds < 5400:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} h"
