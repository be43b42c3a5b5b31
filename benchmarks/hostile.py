"""What hostile files cost: time, memory and words of each, in a worker of its own.

``python -m benchmarks.hostile [--write]``.  Seconds are those of the worker and of the programs
that it runs; memory is the most that it held beyond what it held before, with the libraries that
the file needs.  ``--write`` puts the table into docs/formats.md.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.hostile_files import HOSTILE
from docproc.config import Limits
from docproc.errors import SourceError
from docproc.operations.application import make_reader
from docproc.pipeline.reading.read import load
from docproc.pipeline.reading.worker import _limit_memory, out_of_memory
from docproc.pipeline.scan import FoundFile
from docproc.records import SourceFile

PAGE = Path(__file__).parent.parent / "docs" / "formats.md"
MARKS = ("<!-- hostile -->\n", "<!-- /hostile -->")
SHOWN = 150
"""Characters of a message; the rest is the library's."""


def main() -> None:
    if sys.argv[1:2] == ["one"]:
        print(json.dumps(measured(*sys.argv[2:4])))
        return
    lines = ["| file | time | memory | message |", "| --- | --- | --- | --- |"]
    for line in rows():
        lines.append(line)
        print(line, flush=True)
    if "--write" in sys.argv:
        text = PAGE.read_text("utf-8")
        start, end = text.index(MARKS[0]) + len(MARKS[0]), text.index(MARKS[1])
        table = "\n".join(lines) + "\n"
        PAGE.write_text(text[:start] + table + text[end:], "utf-8")


def rows() -> Iterator[str]:
    """A row a file, each read in a process of its own."""
    limits = Limits()
    with tempfile.TemporaryDirectory(prefix="docproc-hostile-") as folder:
        Path(folder, "config.toml").touch()
        Path(folder, "seeds").mkdir()
        for words, (name, make) in HOSTILE.items():
            file = Path(folder, "seeds", name)
            file.write_bytes(make())
            command = [sys.executable, "-m", "benchmarks.hostile", "one", folder, name]
            try:
                done = subprocess.run(
                    command, capture_output=True, timeout=limits.seconds, check=True
                )
            except subprocess.TimeoutExpired:
                said = f"reading it takes more than {limits.seconds:g} s (limits.seconds)"
                yield f"| {words} | | | {said} |"
            else:
                found = json.loads(done.stdout)
                said = found["said"].replace("|", "\\|")
                said = said if len(said) <= SHOWN else f"{said[:SHOWN]}…"
                yield f"| {words} | {found['seconds']:.2f} s | {found['megabytes']} MB | {said} |"
            file.unlink()


def measured(folder: str, name: str) -> dict[str, object]:
    """What reading the file costs, and what is said of it."""
    file = Path(folder, "seeds", name)
    size = file.stat().st_size
    _limit_memory(Limits().megabytes)
    reader = make_reader(folder)
    reader.read(*_warm(folder))
    Path("/proc/self/clear_refs").write_text("5")  # Linux: the most held is counted from here
    before, begun = _peak(), _spent()
    try:
        reading = reader.read(*load(FoundFile(f"seeds/{name}", file, size, 0)))
    except SourceError as error:
        said = str(error)
    except MemoryError:
        said = out_of_memory(Limits().megabytes)
    else:
        told = "; ".join(reading.unread[:1])
        said = f"none: it is read{f', and told: {told}' if told else ''}"
    return {"seconds": _spent() - begun, "megabytes": _peak() - before, "said": said}


def _warm(folder: str) -> tuple[SourceFile, bytes]:
    """A small letter, so that what every file needs is there before."""
    file = Path(folder, "seeds", "warm.txt")
    words = b"The harvest of this year has failed, and there is no bread in the district."
    file.write_bytes(words)
    return load(FoundFile("seeds/warm.txt", file, len(words), 0))


def _spent() -> float:
    programs = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + programs.ru_utime + programs.ru_stime


def _peak() -> int:
    """The most megabytes that this process has held."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) // 1024


if __name__ == "__main__":
    main()
