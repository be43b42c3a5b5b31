"""What indexing costs beside the bare model on the very texts that indexing embeds.

A workspace is indexed once over one document, so that the model is loaded and its query
encoder exported; then documents are added and indexed again.  The bare model is given its
own best batch size.  Both run in this process, with the same threads, one after the other.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from pathlib import Path
from typing import Any

from sentence_transformers import SentenceTransformer

from benchmarks.embedding import watch_texts, write_letters
from docproc.hooks.specs import EMBED
from docproc.operations.application import Application
from docproc.operations.writing.runs import prepare_index
from docproc.pipeline.monitoring.progress import Silent
from docproc.workspace import find_workspace

DOCUMENTS = 40
BATCH_SIZES = (8, 16, 32, 64)
AT_MOST = 1.1
REPOSITORY = Path(__file__).parent.parent


def main() -> None:
    """Print the table: texts, seconds, texts a second, and the ratio."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = _workspace(Path(folder))
        application = Application(workspace)
        prepare_index(application, Silent()).run()
        texts = watch_texts(application)
        write_letters(workspace.sources, DOCUMENTS)
        begun = time.perf_counter()
        prepare_index(application, Silent()).run()
        indexing = time.perf_counter() - begun
        embedder: Any = application.plugins.make(EMBED, workspace.config.pipeline.embedder)
        model = SentenceTransformer(str(embedder.folder), device="cpu")
        _bare(model, texts[:32], 8)  # warm, as the embedder is
        bare = {size: _bare(model, texts, size) for size in BATCH_SIZES}
    best = min(bare, key=lambda size: bare[size])
    print(f"\n{'indexing ' + format(len(texts), ',') + ' texts':<44} {'seconds':>8} {'texts/s':>8}")
    for size, seconds in bare.items():
        name = f"SentenceTransformer.encode, batches of {size}"
        print(f"{name:<44} {seconds:8.2f} {len(texts) / seconds:8.1f}")
    name = "docproc index, from files to published"
    print(f"{name:<44} {indexing:8.2f} {len(texts) / indexing:8.1f}")
    print(f"ratio to the bare model's best: {indexing / bare[best]:.3f} (at most {AT_MOST})")


def _workspace(root: Path) -> Any:
    (root / "seeds").mkdir()
    shutil.copy(REPOSITORY / "config.toml", root / "config.toml")
    shutil.copytree(REPOSITORY / "plugins", root / "plugins")
    for letter in (REPOSITORY / "seeds").iterdir():
        shutil.copy(letter, root / "seeds" / letter.name)
    return find_workspace(root)


def _bare(model: Any, texts: list[str], size: int) -> float:
    begun = time.perf_counter()
    model.encode(texts, batch_size=size, normalize_embeddings=True)
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
