"""An exported graph over several texts, or pairs of texts, at once; no model library is imported.

The folder has what a query encoder's has (``docproc.stages.embed.encoder``): a description, the
graph, its weights, memory-mapped, and the tokenizer.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from docproc.errors import StoreError
from docproc.stages.embed import encoder as layout
from docproc.stages.embed.batching import batches, make_feed

BATCH_TOKENS = 4096


class ExportedGraph:
    """The graph in *folder*, whose description must say that it is of that *kind*.

    Raises ``StoreError`` where the folder does not hold what it should.
    """

    def __init__(self, folder: Path, kind: str) -> None:
        where = folder / layout.DESCRIPTION
        with layout.raise_store_errors(folder, kind):
            self.about: dict[str, Any] = json.loads(where.read_text("utf-8"))
            if (self.about["format"], self.about["kind"]) != (layout.FORMAT, kind):
                raise StoreError(f"{where}: not a {kind} of this version")
            layout.check_sizes(folder, self.about)
            self._inputs = [str(name) for name in self.about["inputs"]]
            self._pad = int(self.about["pad"])
            self._tokenizer = layout.tokenizer(folder, int(self.about["max_tokens"]))
            self._session = layout.session(str(folder / layout.GRAPH))

    def encode(self, texts: Sequence[Any]) -> list[Any]:
        """The tokens of each of *texts*, which are texts or pairs of them."""
        found: list[Any] = self._tokenizer.encode_batch(list(texts))
        return found

    def compute(self, encoded: Sequence[Any], output: str) -> Iterator[tuple[list[int], Any]]:
        """What the graph gives as *output* for *encoded*, in batches: which they are, and what."""
        lengths = [len(each.ids) for each in encoded]
        for rows in batches(lengths, BATCH_TOKENS):
            feed = make_feed([encoded[row] for row in rows], self._inputs, self._pad)
            (made,) = self._session.run([output], feed)
            yield rows, made
