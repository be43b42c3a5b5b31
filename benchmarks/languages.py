"""How much of reading is telling in which language a text is.

``python -m benchmarks.languages [--write] FOLDER…`` reads the files of each folder (parsing,
normalizing, segmenting; those that cannot be read are left out) and takes the processor time of
all that asks for a language within it, the best of three rounds.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from benchmarks.parsing import as_processes_do, reader_in, write_between
from docproc.errors import SourceError
from docproc.pipeline.reading.read import Reader, load
from docproc.pipeline.scan import FoundFile
from docproc.records import SourceFile
from docproc.stages import segment_structure
from docproc.stages.normalize import letter as normalize_letter
from docproc.text.encoding import decoding
from docproc.text.language import identify as language

ROUNDS = 3
_ASKED = (
    (normalize_letter, "language_of"),
    (segment_structure, "language_of"),
    (decoding, "language_of"),
    (language.LanguagesWithin, "of"),
)
"""What asks for the language of a text, or of a passage of one."""


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--write", action="store_true", help="write the table into performance.md")
    given.add_argument("folders", nargs="+", type=Path)
    options = given.parse_args()
    lines = ["| folder | files | reading (ms) | its share |", "| --- | ---: | ---: | ---: |"]
    with TemporaryDirectory() as folder:
        reader = reader_in(Path(folder))
        lines += [_row(reader, each) for each in options.folders]
    table = "\n".join(lines) + "\n"
    if options.write:
        write_between("languages", table)
    print(table)


def _row(reader: Reader, folder: Path) -> str:
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    sources = []
    for path in files:
        with suppress(SourceError):
            sources.append((*load(FoundFile(path.name, path, path.stat().st_size, 0)), path))
    whole, share, read = min(_share(reader, sources) for _ in range(ROUNDS))
    return f"| {folder.name} | {read} | {whole * 1e3:,.0f} | {share:.2f} |"


def _share(
    reader: Reader, sources: Sequence[tuple[SourceFile, bytes, Path]]
) -> tuple[float, float, int]:
    """Seconds of reading *sources*, the share of telling languages, and how many could be read."""
    asking = 0.0

    def timed(asks: Callable[..., Any]) -> Callable[..., Any]:
        def ask(*given: Any) -> Any:
            nonlocal asking
            begun = time.process_time()
            try:
                return asks(*given)
            finally:
                asking += time.process_time() - begun

        return ask

    language._tell.cache_clear()
    as_processes_do()
    with ExitStack() as patches:
        for holder, name in _ASKED:
            patches.enter_context(patch.object(holder, name, timed(getattr(holder, name))))
        begun, read = time.process_time(), 0
        for source, data, path in sources:
            with suppress(SourceError):
                reader.read(source, data, path)
                read += 1
        whole = time.process_time() - begun
    return whole, asking / whole, read


if __name__ == "__main__":
    main()
